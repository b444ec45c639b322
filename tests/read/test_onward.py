"""Pages that tell nothing and send their reader on: by a meta refresh, or by a script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.onward import SCRIPTS, find_refresh
from crawler.read.reader import read
from crawler.read.tree import parse_html
from tests.read.samples import ARTICLE, HOME, TEXT, make_page, make_site

OTHER = HOME + "mua-gat-moi-post1001.html"


def send(content: str, body: str = "", *, name: str = "refresh", base: str = "") -> str:
    """Return a page with a meta refresh."""
    tag = f'<meta http-equiv="{name}" content="{content}">'
    return f"<html><head>{base}{tag}</head><body>{body}</body></html>"


def run(script: str, body: str = "") -> str:
    """Return a page with a script."""
    return f"<html><head><script>{script}</script></head><body>{body}</body></html>"


STORY = f"<h1>Mùa gặt</h1><article><p>{TEXT}</p><p>{TEXT}</p></article>"
NOTICE = '<p>Bạn đang được chuyển đi, hay <a href="/">bấm vào đây</a>.</p>'
SENT = [
    (send("0;url=/"), HOME),
    (send("0; URL='/'"), HOME),
    (send('0;url=&quot;/&quot;"'), HOME),
    (send("0;/"), HOME),
    (send("0,url = /"), HOME),
    (send(".5;url=./"), HOME),
    (send("3; url=mua-gat-moi-post1001.html", NOTICE), OTHER),
    (send("0; url=../../mua-gat-moi-post1001.html", name="Refresh"), OTHER),
    (send("0;url=moi", base=f'<base href="{HOME}da-doi/">'), HOME + "da-doi/moi"),
    (run('location.replace("/")'), HOME),
    (run("window.location = '/';"), HOME),
    (run("window.location.href='/mua-gat-moi-post1001.html'"), OTHER),
    (run("setTimeout(function(){ document.location.assign(`/`) }, 0)", "<p>...</p>"), HOME),
    (run("top.location.href = '/'; window.location.replace('/')"), HOME),
]
STAYS = [
    send("300", STORY),
    send("300;url=/", STORY),
    send("0;url=/", STORY),
    send("300;url=/", NOTICE),
    send("0"),
    send("0;url=" + ARTICLE),
    send("0;url=?xem=1"),
    send("0;url=javascript:alert(1)"),
    f"<noscript>{send('0;url=/khong-js')}</noscript>{STORY}",
    '<html><body><noscript><meta http-equiv=refresh content="0;url=/x"></noscript></body></html>',
    run('location.replace("/")', STORY),
    run('location.replace("/")', f"<p>{TEXT}</p>"),
    run("location.replace(target)"),
    run("location.reload()"),
    run("location.href = location.href + '?qua=1'"),
    run("location.href = a ? '/' : '/tin/'"),
    run('location = "?qua=1"'),
    run('if (x) location = "/a"; else location = "/b"'),
    run('location = "/"; var x = "' + "y" * SCRIPTS + '"'),
    '<html><body><div id=app></div><script>function go() { location = "/vao" }</script>'
    "<script src=/app.js></script></body></html>",
]


@pytest.mark.parametrize(("page", "target"), SENT)
def test_pages_that_send_on(page: str, target: str) -> None:
    """Whatever the quotes and the spelling, relative to the page or its base; they are no article,
    and name nothing but where they lead."""
    reading = read(make_page(page), make_site())
    assert (reading.onward, reading.article, reading.status) == (target, None, "ok")


@pytest.mark.parametrize("page", STAYS)
def test_pages_that_do_not(page: str) -> None:
    """A story, a page that reloads itself, what stands in <noscript>, a script that decides, and
    an application that loads its own."""
    assert read(make_page(page), make_site()).onward is None


def test_a_wall_is_a_wall_wherever_it_leads() -> None:
    """A notice that says that the story is gone is a soft 404, and a cookie's check a captcha."""
    gone = send("5;url=/", "<h1>404</h1><p>Bài viết không tồn tại hoặc đã bị xóa.</p>")
    assert read(make_page(gone), make_site()).impostor == "soft-404"
    check = run('document.cookie="a=1"; location.href="/"')
    assert read(make_page(check), make_site()).impostor == "captcha"


@given(st.text(max_size=40))
def test_any_content_is_read(content: str) -> None:
    """A refresh of any words leads to another address of the web, or nowhere."""
    tree, _ = parse_html(send(content.replace('"', "&quot;")))
    assert tree is not None
    found = find_refresh(tree, ARTICLE)
    assert found is None or (found[1].startswith("http") and found[1] != ARTICLE)
