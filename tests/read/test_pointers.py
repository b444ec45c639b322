"""Lines that point to other articles: a label and a link, and the lines that only look like it."""

from __future__ import annotations

import lxml.html
import pytest

from crawler.read.blocks import lay_out
from crawler.read.pointers import find_pointers
from spiders.site import Site
from tests.read.test_article import PARAGRAPHS, STORY, UNKNOWN, find_article, make_site, wrap

NAMED = make_site('body = ".bai"')
OTHER = "/tin/lang-gom-do-lua-tro-lai-post10234.html"
SHORT, LONG = "Làng gốm đỏ lửa", "Làng gốm ven sông đỏ lửa trở lại sau nhiều năm để lò nguội " * 2
LABELS = {
    "dash": "यह भी पढ़ें- {}",
    "long dash": "Okuyun — {}",
    "angle": "Още по темата » {}",
    "arrow": "→ Leia aqui → {}",
    "colon": "Още по темата: {}",
    "wide colon": "相关阅读：{}",
    "known words": "Baca juga {}",
    "bold": "<strong>यह भी पढ़ें- {}</strong>",
}
STAY = {
    "elsewhere": "<p>Toà soạn – {link}</p>".replace("{link}", "<a href=https://x.test/a>{}</a>"),
    "clock": "<p>12h30 – {link}</p>",
    "sentence": "<p>HÀ NỘI – {link_stop}</p>",
    "goes on": "<p>Trên báo – {link} là bài được đọc nhiều nhất trong tuần qua ở hai xã này.</p>",
    "no sign": "<p>Ông Pản nhắc đến {link}</p>",
    "list": "<ul><li>Tác giả Pản – {link}</li></ul>",
}


def _link(words: str, href: str = OTHER) -> str:
    return f'<a href="{href}">{words}</a>'


@pytest.mark.parametrize("site", [UNKNOWN, NAMED], ids=["bare", "named"])
@pytest.mark.parametrize("title", [SHORT, LONG.strip()], ids=["short", "long"])
@pytest.mark.parametrize("form", LABELS)
def test_a_label_and_a_link_to_an_article_are_no_text(form: str, title: str, site: Site) -> None:
    """Whatever sign ends the label and however long the headline is: as a paragraph and between
    two breaks."""
    line = LABELS[form].format(_link(title))
    head = "<h1>Hai xã chờ đền bù</h1>"
    paragraphs = STORY.replace("</p><p>", f"</p><p>{line}</p><p>", 1)
    broken = f"<br><br><i>{line}</i><br><br>".join([PARAGRAPHS[0], "<br><br>".join(PARAGRAPHS[1:])])
    cell = f"<table><tr><td class=bai>{broken}</td></tr></table>"
    for body in (f"<div class=bai>{paragraphs}</div>", f"<div class=bai>{broken}</div>", cell):
        text = find_article(wrap(f"{head}{body}"), site).text
        assert text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("form", STAY)
def test_text_with_a_link_at_its_end_stays(form: str) -> None:
    """A link that leads elsewhere, a time, a sentence, words behind the link, a list's item."""
    title = LONG.strip()
    line = STAY[form].replace("{link_stop}", _link(f"{title}.")).replace("{link}", _link(title))
    body = STORY.replace("</p><p>", f"</p>{line.replace('{}', title)}<p>", 1)
    text = find_article(wrap(f"<h1>Hai xã chờ đền bù</h1><div class=bai>{body}</div>"), NAMED).text
    assert title in text


def test_lines_whose_labels_all_differ_are_a_list() -> None:
    """Four names with what each of them wrote stay; one label before four headlines goes."""
    titles = [f"Làng gốm đỏ lửa sau {n} năm để lò nguội" for n in range(4)]
    for labels in (
        [f"Nghệ nhân {name} ở bản" for name in ("Pản", "Chứ", "Ửng", "Lúc")],
        ["यह भी पढ़ें"] * 4,
    ):
        lines = "".join(
            f"{STORY}<p>{label} - {_link(title, f'/tin/lang-gom-do-lua-post1023{n}.html')}</p>"
            for n, (label, title) in enumerate(zip(labels, titles, strict=True))
        )
        page = wrap(f"<h1>Hai xã chờ đền bù</h1><div class=bai>{lines}</div>")
        text = find_article(page, NAMED).text
        assert all((title in text) is ("Pản" in labels[0]) for title in titles)


def test_sentences_are_not_asked_where_their_links_lead() -> None:
    """The walk's rules are asked of a link only where the rest of its line is short."""
    asked: list[str] = []

    def leads(href: str) -> bool:
        asked.append(href)
        return True

    markup = (
        f"<div><p>{PARAGRAPHS[0]} {_link(SHORT)}</p><p>Okuyun — {_link(LONG.strip())}</p></div>"
    )
    blocks = lay_out(lxml.html.fromstring(markup))
    assert find_pointers(blocks, leads) == blocks[1:]
    assert asked == [OTHER]
