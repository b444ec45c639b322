"""What the articles of a paper share, and what each has alone, tells where its fields stand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.read.clean import key
from crawler.read.reader import read
from crawler.scaffold.contrast import (
    Ground,
    is_news,
    lay_ground,
    learn_contrast,
    list_shared,
)
from crawler.scaffold.figures import learn_captions
from crawler.scaffold.insets import learn_insets
from crawler.scaffold.kinds import Judged, judge_page, list_lines
from crawler.scaffold.shapes import name_variant
from crawler.scaffold.variants import list_refuted
from crawler.scaffold.visit import Visit
from spiders import profile
from spiders.site import Site

from .held.andes import Andes
from .held.bohemia import Bohemia
from .held.frame import Stranger
from .held.ngan import Ngan
from .held.ouest import Ouest

AT = datetime(2026, 2, 5, tzinfo=UTC)


def make_site(paper: Stranger) -> Site:
    """The paper's site as a survey would have it before anything is learned of its pages."""
    section, article = (f"^{paper.base}{path}" for path in ("/(?:seccion|rubrika)", "/.*[0-9]{6}"))
    made, problems = profile.build(
        {"home": f"{paper.base}/", "walk": {"article": [article], "category": [section]}}
    )
    assert made is not None and not problems
    return Site(paper.key, made)


def visit(paper: Stranger, path: str) -> Visit:
    """A page of a paper as a survey gets it."""
    answer = paper.answer(path)
    assert answer is not None
    headers = (("content-type", answer.type),)
    return Visit(paper.base + path, paper.base + path, 200, headers, answer.body, AT)


def judge(paper: Stranger, count: int = 8) -> list[Judged]:
    """Articles of a paper, read without a profile."""
    site = make_site(paper)
    seen = [visit(paper, paper.path(one)) for one in paper.show(paper.newsroom.visible()[:count])]
    return [Judged(one, read(one.page("article"), site), "article") for one in seen]


def ground_of(paper: Stranger, count: int = 8) -> tuple[list[Ground], list[Judged]]:
    """The pages of articles compared with each other and with the categories'."""
    pages = judge(paper, count)
    trees = [
        tree
        for section in paper.newsroom.sections
        if (tree := visit(paper, paper.section_path(section)).tree) is not None
    ]
    return lay_ground(pages, trees, {}), pages


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Andes, {"title": ".titular", "lead": ".bajada-nota", "body": ".cuerpo-nota"}),
        (Ngan, {"title": ".tieude-bai", "lead": ".tomtat", "body": ".noidung-bai"}),
        (Ouest, {"title": ".zz-a > h1", "lead": ".zz-chapo", "body": ".zz-corps"}),
        (Bohemia, {"title": 'font[size="5"]', "body": ".txt12"}),
    ],
)
def test_places_are_told_by_contrast(kind: type[Stranger], told: dict[str, str]) -> None:
    """Breadcrumbs and sections as h1, comments behind the text, pages of tables: found all the
    same, and where a place cannot be named there is none."""
    assert learn_contrast(ground_of(kind(24))[0]) == told


def test_two_articles_are_too_few() -> None:
    """Of two pages nothing is learned."""
    assert learn_contrast(ground_of(Andes(24), 2)[0]) == {}


def test_captions_boxes_and_speech() -> None:
    """What stands with pictures only is a caption, what links elsewhere from within the text is
    another article's box, what all pages say beside their text is speech to the reader."""
    ground, _ = ground_of(Ngan(48), 12)
    assert learn_captions(ground, [".noidung-bai"]) == ["div.chu-thich"]
    assert learn_insets(ground, [".noidung-bai"]) == ".chen"
    ground, pages = ground_of(Andes(24))
    assert "Compartir en Facebook Compartir en WhatsApp" in list_shared(
        ground, [page.reading for page in pages]
    )


TELLS = ("The mill wheel turns again", "Ferry fares rise in March", "Choir seeks two basses")


def lay_page(number: int) -> Judged:
    """A page with a box of what is read most, the same on all, speech, cards and a picture."""
    told = f"<p>{'The wheel, the ferry and the choir were spoken of at length. ' * 3}{number}</p>"
    card = f"<div class=card><img src=/{number}.jpg><h4><span>Read also</span></h4></div>"
    picture = (
        f"<div class=pic><img src=/p{number}.jpg><i class=under>By the weir, {number}</i></div>"
    )
    most = "".join(f"<h4>{one}</h4><p>Saturday, 21 November 2026 13:44</p>" for one in TELLS[:2])
    body = f"<p>FERRIS (FRP) —</p><p>Tell us what you saw by the river.</p>{told}{picture}{card}"
    page = f"<h1>{TELLS[number]}</h1><div class=body>{body}<div>{most}</div></div>"
    whole = f"<html><head><title>{TELLS[number]} | Post</title></head><body>{page}</body></html>"
    url, kind = f"https://paper.test/a/{number}10001", (("content-type", "text/html"),)
    seen = Visit(url, url, 200, kind, whole.encode(), AT)
    return Judged(seen, read(seen.page("article"), make_site(Andes(6))), "article")


def test_what_is_news_is_no_speech_and_no_caption() -> None:
    """Headlines of a box that all pages have, the days that stand there, a dateline by itself, the
    words above each card: a profile that a person is to trust has none of them."""
    pages = [lay_page(number) for number in range(3)]
    ground, readings = lay_ground(pages, [], {}), [page.reading for page in pages]
    told = frozenset(map(key, TELLS))
    assert list_shared(ground, readings, told) == [
        "Tell us what you saw by the river.",
        "Read also",
    ]
    assert learn_captions(ground, [".body"], told) == ["i.under"]
    assert not learn_captions(ground, [".body"], {key(f"By the weir, {n}") for n in range(3)})


def test_a_card_s_headline_and_a_date_are_no_label_of_related_articles() -> None:
    """The first heading of a block without a label is that of its first card."""
    assert is_news("Ferry fares rise in March", {key(TELLS[1])}) and is_news("19 November 2026", ())
    assert not is_news("More of Ferris", {key(TELLS[1])})


def test_topics_and_galleries_are_no_articles() -> None:
    """A page whose lines announce others, or stand elsewhere, is judged a list or neither."""
    paper = Andes(36)
    site = make_site(paper)
    story = paper.show(paper.newsroom.visible()[:1])[0]
    home = list_lines(visit(paper, "/"))
    for start, kind in (("/nota/", "article"), ("/tema/", ""), ("/fotos/", ""), ("/video/", "")):
        path = next(p for p in paper._tabulate() if p.startswith(start))
        seen = visit(paper, path)
        judged = judge_page(seen, read(seen.page("article"), site), site, home)
        assert (judged == "article") is (kind == "article"), (path, judged, story.id)


VARIANTS = [
    ("/nota/340001-la-cooperativa/", "/fotos/340002-la-cooperativa/", False),
    ("/kinh-te/202602/hop-tac-xa-a340001/", "/kinh-te/202602/hop-tac-xa-v340002/", False),
    ("/region/sport/news_340001", "/region/sport/clip_340002", False),
    ("/sport/der-waldlauf;art8,340001", "/sport/der-dorflauf;gal8,340002", False),
    ("/?p=340001", "/?attachment_id=340002", False),
    ("/hop-tac-xa-340001.html", "/nha-may-duong-340004.html", True),
    ("/2026/02/05/hop-tac-xa/", "/2025/11/30/nha-may/", True),
]


@pytest.mark.parametrize(("one", "other", "same"), VARIANTS)
def test_variants(one: str, other: str, same: bool) -> None:
    """First folder, letters before an id and query keys make a variant; words of a slug do not."""
    base = "https://paper.test"
    assert (name_variant(base + one) == name_variant(base + other)) is same


def test_a_variant_is_refuted_by_a_list_or_by_two_others() -> None:
    """An article among its pages saves it."""
    base = "https://paper.test"
    urls = [f"{base}/tema/{n}-agua-potable-2026/" for n in (1, 2, 3)]
    assert list_refuted({urls[0]: "list"}) == {name_variant(urls[0])}
    assert list_refuted({urls[0]: "other"}) == set()
    assert list_refuted({urls[0]: "other", urls[1]: "other"}) == {name_variant(urls[0])}
    assert list_refuted({urls[0]: "list", urls[1]: "other", urls[2]: "article"}) == set()
