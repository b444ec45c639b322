"""Pictures: addresses, captions and credits, and the paragraphs that are none of these."""

from __future__ import annotations

import pytest

from archive.records import Image
from crawler.read.captions import split_credit
from tests.read.test_article import PARAGRAPHS, STORY, find_article, make_site, wrap

SITE = make_site('body = ".body"\ncaption = "p.imgdesc"')
BASE = "https://paper.test"
WORDS = "Quang cảnh lễ phát động."

FORMS = {
    "figure": f"<figure><img src=/a.jpg><figcaption>{WORDS}</figcaption></figure>",
    "table": f"<table><tr><td><img src=/a.jpg></td></tr><tr><td><p>{WORDS}</p></td></tr></table>",
    "profile": f"<p><img src=/a.jpg></p><p class=imgdesc>{WORDS}</p>",
    "named": f"<div><img src=/a.jpg><span class=photo-caption>{WORDS}</span></div>",
    "bild": f"<div><img src=/a.jpg><p class=absatzbild__info__text>{WORDS}</p></div>",
    "centred block": "<div align=center><img src=/a.jpg></div>"
    f"<div align=center><span>{WORDS}</span></div>",
    "centred line": f'<p style="text-align:center"><img src=/a.jpg><br><span>{WORDS}</span></p>',
    "in its cell": f"<table><tr><td><p><img src=/a.jpg><br>{WORDS}</p></td></tr></table>",
    "centred": f'<p><img src=/a.jpg></p><p style="text-align:center"><em>{WORDS}</em></p>',
}


@pytest.mark.parametrize("form", FORMS)
def test_a_caption_belongs_to_its_picture(form: str) -> None:
    """In each known form the caption is the picture's and not in the text."""
    article = find_article(wrap(f"<h1>Lễ</h1><div class=body>{FORMS[form]}{STORY}</div>"), SITE)
    assert article.images == (Image(f"{BASE}/a.jpg", WORDS),)
    assert article.text.split("\n") == PARAGRAPHS


def test_a_line_that_repeats_the_alt_text_is_a_caption() -> None:
    """Behind its picture, whatever it is called; another line there is text."""
    picture = f'<p><img src=/a.jpg alt="{WORDS}"></p>'
    for line in (WORDS, f"{WORDS} Hơn 300 người đã đến từ sáng sớm."):
        page = f"<h1>Lễ</h1><div class=body>{picture}<p class=u7>{line}</p>{STORY}</div>"
        article = find_article(wrap(page), SITE)
        assert (article.images[0].caption == WORDS) is (line == WORDS)
        assert (line in article.text) is (line != WORDS)


def test_a_box_of_a_picture_and_its_credit_is_a_caption() -> None:
    """Whatever its tags: few words in one box with one picture, the credit last."""
    box = f"<div class=x><img src=/a.jpg><h3>{WORDS}</h3><p>Ảnh: Thanh Sơn</p></div>"
    article = find_article(wrap(f"<h1>Lễ</h1><div class=body>{STORY}{box}{STORY}</div>"), SITE)
    assert article.images == (Image(f"{BASE}/a.jpg", WORDS, "Thanh Sơn"),)
    assert WORDS not in article.text


def test_a_credit_in_an_element_of_its_own_keeps_its_caption() -> None:
    """The line that holds it is the caption's."""
    line = f"<p>{WORDS} <span class=credit>(Ảnh: Thanh Sơn)</span></p>"
    box = f"<aside class=photo><img src=/a.jpg>{line}</aside>"
    article = find_article(wrap(f"<h1>Lễ</h1><div class=body>{STORY}{box}{STORY}</div>"), SITE)
    assert article.images == (Image(f"{BASE}/a.jpg", WORDS, "Thanh Sơn"),)
    assert WORDS not in article.text


def test_a_table_of_pictures_has_a_caption_row_each() -> None:
    """Row for row, even where the table has more words than a caption."""
    rows = "".join(
        f"<tr><td><img src=/{n}.jpg></td></tr><tr><td class=pCaption>{WORDS * 5} {n}</td></tr>"
        for n in range(9)
    )
    page = wrap(f"<h1>Lễ</h1><div class=body>{STORY}<table>{rows}</table></div>")
    article = find_article(page, SITE)
    assert [image.caption for image in article.images] == [f"{WORDS * 5} {n}" for n in range(9)]
    assert article.text.split("\n") == PARAGRAPHS


def test_what_is_told_beside_pictures_is_text() -> None:
    """A recipe's steps in the cells beside its pictures; a story whose paragraphs are centred."""
    step = f"<table><tr><td><img src=/a.jpg></td><td><p>Bước 1:</p><p>{WORDS}</p></td></tr></table>"
    article = find_article(wrap(f"<h1>Lễ</h1><div class=body>{STORY}{step}</div>"), SITE)
    assert WORDS in article.text and article.images[0].caption is None
    centred = STORY.replace("<p>", "<p align=center>")
    body = f"{centred}<p align=center><img src=/a.jpg></p><p align=center>{WORDS}</p>{centred}"
    article = find_article(wrap(f"<h1>Lễ</h1><div class=body>{body}</div>"), SITE)
    assert WORDS in article.text and article.images[0].caption is None


def test_a_paragraph_after_a_picture_stays_text() -> None:
    """Nothing sets it apart: it is a paragraph."""
    article = find_article(wrap(f"<div class=body><p><img src=/a.jpg></p>{STORY}</div>"), SITE)
    assert article.images == (Image(f"{BASE}/a.jpg"),)
    assert article.text.split("\n") == PARAGRAPHS


def test_a_table_of_data_with_a_picture_stays_text() -> None:
    """A table with more than a caption in it is data."""
    rows = "".join(f"<tr><td>Xã số {n}</td><td>{n} hộ</td></tr>" for n in range(3))
    table = f"<table><tr><td><img src=/a.jpg></td><td>Ảnh</td></tr>{rows}</table>"
    article = find_article(wrap(f"<div class=body>{STORY}{table}</div>"), SITE)
    assert "Xã số 2 | 2 hộ" in article.text and article.images[0].caption is None


SENTENCE = f"Ông Bằng xem ảnh: một kỷ niệm xưa của làng. {'Nay làng đã thành phố. ' * 6}"
CREDITS = {
    "Lễ phát động. Ảnh: Thanh Sơn": ("Lễ phát động.", "Thanh Sơn"),
    "Lễ phát động (Ảnh: THANH SƠN)": ("Lễ phát động", "THANH SƠN"),
    "Ảnh: Phạm Bằng": (None, "Phạm Bằng"),
    "The new bridge. Photo: Jane Roe/AP": ("The new bridge.", "Jane Roe/AP"),
    "Die neue Brücke © Max Beispiel": ("Die neue Brücke", "Max Beispiel"),
    "Ảnh minh họa": ("Ảnh minh họa", None),
    SENTENCE: (SENTENCE, None),
}


@pytest.mark.parametrize("written", CREDITS)
def test_a_credit_is_parted_from_its_caption(written: str) -> None:
    """ "Ảnh: X" is who took it, not what is on it."""
    assert split_credit(written) == CREDITS[written]


ADDRESSES = {
    '<img src="data:image/gif;base64,R0" data-src="/b.jpg">': "/b.jpg",
    '<img src="/lazy.gif" data-original="//cdn.test/c.jpg">': "https://cdn.test/c.jpg",
    '<img src="/s.jpg" srcset="/s.jpg 300w, /l.jpg 1200w, /m.jpg 600w">': "/l.jpg",
    '<img src="/x y.jpg">': "/x%20y.jpg",
}


@pytest.mark.parametrize("tag", ADDRESSES)
def test_the_address_is_the_real_pictures(tag: str) -> None:
    """Placeholders give way to lazy addresses, small sizes to the largest; all are absolute."""
    wanted = ADDRESSES[tag]
    article = find_article(wrap(f"<div class=body>{tag}{STORY}</div>"), SITE)
    assert [one.url for one in article.images] == [
        wanted if wanted.startswith("https") else BASE + wanted
    ]


def test_icons_and_pixels_are_no_pictures() -> None:
    """Logos, emoji, tiny and broken images are left out; a picture counts once."""
    junk = (
        "<img src=/logo.png><img src=/a.jpg width=1 height=1><img src=/icons/share.png>"
        "<img><img src='javascript:x'><img src=/b.jpg><img src=/b.jpg>"
    )
    article = find_article(wrap(f"<div class=body>{junk}{STORY}</div>"), SITE)
    assert [one.url for one in article.images] == [f"{BASE}/b.jpg"]


def test_a_story_told_in_captions_keeps_them() -> None:
    """Where captions are all the words there are, they are the text, and a warning says so."""
    body = "".join(
        f"<figure><img src=/{n}.jpg><figcaption>{text}</figcaption></figure>"
        for n, text in enumerate(PARAGRAPHS)
    )
    article = find_article(wrap(f"<div class=body>{body}</div>"), SITE)
    assert article.text.split("\n") == PARAGRAPHS
    assert [one.caption for one in article.images] == PARAGRAPHS


@pytest.mark.parametrize(
    ("opening", "found"),
    [
        (f"<figure><img src=/a.jpg><figcaption>{WORDS}</figcaption></figure>", WORDS),
        (f"<div><img src=/a.jpg><span class=photo-caption>{WORDS}</span></div>", WORDS),
        ("<div><img src=/le-phat-dong.jpg></div>", None),
        ("<div><img src=/qc.jpg></div>", "no"),
        ('<img src=/qc.jpg><p style="text-align:center">Lời dẫn của bài ở đây.</p>', "no"),
    ],
)
def test_the_picture_that_opens_an_article(opening: str, found: str | None) -> None:
    """Between headline and text, with words below it or declared by the page; nothing else there,
    and its caption is not in the text."""
    head = f'<meta property="og:image" content="{BASE}/anh/600x400/le-phat-dong.jpg">'
    page = wrap(
        f"<div><h1>Lễ phát động ở xã</h1>{opening}<div class=body>{STORY}</div></div>", head
    )
    article = find_article(page, SITE)
    if found == "no":
        assert article.images == (Image(f"{BASE}/anh/600x400/le-phat-dong.jpg"),)
    else:
        name = "a" if found else "le-phat-dong"
        assert article.images == (Image(f"{BASE}/{name}.jpg", found),)
    assert article.text.split("\n") == PARAGRAPHS


def test_a_picture_of_the_text_comes_after_the_opening_one() -> None:
    """The opening picture is the first, and once."""
    figure = f"<figure><img src={{}}><figcaption>{WORDS}</figcaption></figure>"
    first, second = figure.format("/w640/a.jpg"), figure.format("/khac.jpg")
    page = wrap(f"<div><h1>Lễ phát động</h1>{first}<div class=body>{second}{STORY}</div></div>")
    urls = [image.url for image in find_article(page, SITE).images]
    assert urls == [f"{BASE}/w640/a.jpg", f"{BASE}/khac.jpg"]


def test_a_series_of_pictures_under_one_paragraph_is_told_in_its_captions() -> None:
    """Four captions beside a lead alone are the text; beside a story they are not."""
    series = "".join(
        f"<p class=imgdesc-photo><img src=/{n}.jpg></p><p class=photo-caption>{text}</p>"
        for n, text in enumerate(PARAGRAPHS)
    )
    lead = "<p>Hàng trăm người dân hai xã đã có mặt từ sáng sớm để xem lễ khởi công đường mới.</p>"
    head = f"<h1>Lễ khởi công tuyến đường</h1>{lead}"
    article = find_article(wrap(f"{head}<div class=body>{lead}{series}</div>"), SITE)
    assert article.text.endswith("\n".join(PARAGRAPHS))
    assert [one.caption for one in article.images] == PARAGRAPHS
    other = STORY.replace("<p>", "<p>Năm nay, ")
    whole = find_article(wrap(f"{head}<div class=body>{series}{other}</div>"), SITE)
    assert not any(text in whole.text.split("\n") for text in PARAGRAPHS)


COVER = {
    "figure": f"<figure><img src=/a.jpg><figcaption>{WORDS}</figcaption></figure>",
    "behind its figure": f"<figure><img src=/a.jpg></figure><figcaption>{WORDS}</figcaption>",
    "linked": f"<div><a href=/photos/1><img src=/a.jpg></a></div><p class=caption>{WORDS}</p>",
}


@pytest.mark.parametrize("form", COVER)
def test_the_picture_above_a_story_is_the_articles(form: str) -> None:
    """Between headline and body, outside of the body's element, with its caption."""
    page = f"<div><h1>Lễ phát động</h1><div>{COVER[form]}</div><div class=body>{STORY}</div></div>"
    article = find_article(wrap(page), SITE)
    assert article.images == (Image(f"{BASE}/a.jpg", WORDS),)
    assert article.text.split("\n") == PARAGRAPHS


def test_a_picture_above_a_story_without_a_caption_is_the_one_declared() -> None:
    """The head may name it in another size; an author's face and another article's are none."""
    head = '<meta property="og:image" content="/anh/640/le-phat-dong.jpg">'
    told = f"<h1>Lễ phát động</h1>{{}}<div class=body>{STORY}</div>"
    shown = told.format('<p><img src="/anh/1280/le-phat-dong.jpg" alt=x></p>')
    assert find_article(wrap(shown, head), SITE).images == (
        Image(f"{BASE}/anh/1280/le-phat-dong.jpg", alt="x"),
    )
    assert find_article(wrap(shown), SITE).images == ()
    caption = f"<img src=/b.jpg><figcaption>{WORDS}</figcaption>"
    for alien in (
        f"<div class=author><figure>{caption}</figure></div>",
        f"<figure><a href=/khac.html>{caption}</a></figure>",
    ):
        assert find_article(wrap(told.format(alien)), SITE).images == ()


def test_pictures_of_parts_that_are_named_as_others_are_none() -> None:
    """A teaser's, an advert's, a share button's within the body; not where the story stands."""
    alien = "".join(
        f"<div class={name}><a href=/x><img src=/{name}.jpg></a></div>"
        for name in ("related-content", "ad-box", "donate-button")
    )
    icon = '<a href="#"><img src="/themes/retina_linkedin.png"></a>'
    own = f'<div class="share-wrap"><img src=/own.jpg>{STORY}</div>'
    own += '<div class="relative flex"><figure class=shareable-item><img src=/b.jpg></figure></div>'
    page = f"<h1>Lễ phát động</h1><div class=body>{alien}{icon}{own}</div>"
    found = [one.url for one in find_article(wrap(page), SITE).images]
    assert found == [f"{BASE}/own.jpg", f"{BASE}/b.jpg"]


def test_a_picture_above_the_text_is_the_articles_where_it_has_a_caption() -> None:
    """In a figure, or under what the profile names; one without a caption may be anything."""
    named = f"<div class=foto><img src=/a.jpg><p class=imgdesc>{WORDS}</p></div>"
    for top in (named, FORMS["figure"]):
        page = f"<h1>Lễ</h1><div class=by>x</div>{top}<div class=body>{STORY}</div>"
        article = find_article(wrap(page), SITE)
        assert article.images == (Image(f"{BASE}/a.jpg", WORDS),)
        assert article.text.split("\n") == PARAGRAPHS
    bare = f"<h1>Lễ</h1><div><img src=/ad.jpg></div><div class=body>{STORY}</div>{named}"
    assert find_article(wrap(bare), SITE).images == ()


GLUED = "<div class=x><span><a><img src=/a.jpg></a></span>{}<div class=clr></div></div>"
PARTS = f"<span class=u1>{WORDS}</span><span class=u2>Celeste Mabunda</span>"


@pytest.mark.parametrize(
    ("parts", "caption"),
    [
        (PARTS, 'caption = "span.u2, span.u1"'),
        (PARTS, 'caption = "span.u1"\ncredit = "span.u2"'),
        (PARTS.replace("u1", "itemImageCaption").replace("u2", "itemImageCredits"), ""),
    ],
    ids=["captions", "credit", "unnamed"],
)
def test_a_caption_glued_to_its_credit_is_no_line(parts: str, caption: str) -> None:
    """Spans of one box that are caption and credit leave nothing of its line."""
    page = f"<h1>Lễ</h1><div class=body>{GLUED.format(parts)}{STORY}</div>"
    article = find_article(wrap(page), make_site(f'body = ".body"\n{caption}'))
    assert article.text.split("\n") == PARAGRAPHS
    assert (article.images[0].caption or "").startswith(WORDS)


def test_a_named_caption_leaves_the_line_it_stands_in() -> None:
    """Words beside it in the paragraph of its picture stay; without a picture the line is whole."""
    site = make_site('body = ".body"\ncaption = "em"')
    for picture in ("<img src=/a.jpg>", ""):
        line = f"<p>{picture}<em>{WORDS}</em> Hơn 300 người đã đến.</p>"
        text = find_article(wrap(f"<h1>Lễ</h1><div class=body>{line}{STORY}</div>"), site).text
        assert (WORDS in text) is (not picture)
        assert "Hơn 300 người đã đến." in text


def test_figcaptions_are_no_text_of_a_short_picture_story() -> None:
    """Two short paragraphs above four of them are the text; where nothing else is, they are."""
    figure = "<figure><img src=/{}.jpg><figcaption>{}</figcaption></figure>"
    series = "".join(figure.format(n, text) for n, text in enumerate(PARAGRAPHS))
    short = ["Hội làng mở từ sáng sớm hôm nay với hàng trăm người.", "Lễ rước bắt đầu lúc tám giờ."]
    told = "".join(f"<p>{words}</p>" for words in [short[0] + " " + short[1], short[1]])
    page = "<h1>Hội làng trong ảnh</h1><div class=body>{}{}</div>"
    article = find_article(wrap(page.format(told, series)), SITE)
    assert article.text.split("\n") == [f"{short[0]} {short[1]}", short[1]]
    assert [one.caption for one in article.images] == PARAGRAPHS
    assert find_article(wrap(page.format("", series)), SITE).text.split("\n") == PARAGRAPHS
    dense = "<p>현장을 찾은 이상훈 소장은 예산 가운데 7억 원이 삭감됐다고 말했다.</p>"  # 41 letters
    lines = find_article(wrap(page.format(dense, series)), SITE).text.split("\n")
    assert lines == [dense[3:-4]]
