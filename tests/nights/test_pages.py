"""How far a category is paged: until its page reaches back to what it showed before."""

from __future__ import annotations

import pytest

from archive.index.addresses import Announced
from archive.instants import to_text
from archive.records import Link
from crawler.walk.paging import Paging

from .ledger import Ledger

NEWS = "http://p/news"
SIZE = 10


class Category:
    """A category of SIZE entries a page with a most-read box below; what it showed at the first
    visit (numbers 1 to 30, the greatest on top) is in the ledger."""

    def __init__(self, box: tuple[int, ...] = (4, 2, 1)) -> None:
        self.box: tuple[int, ...] = (4, 2, 1)
        self.ledger = Ledger()
        for position, number in enumerate(self.list_page(30, 1)):
            self.ledger.add_article(
                self.address(number), [("category", NEWS)], night=0, position=position
            )
        for number in range(5, 21):
            page = f"{NEWS}?page={2 if number > 10 else 3}"
            self.ledger.add_article(self.address(number), [("category", page)], night=0)
        self.box = box  # what it shows now

    def address(self, number: int) -> str:
        """Return the address of a story."""
        return f"http://p/{number}.html"

    def list_page(self, newest: int, page: int) -> list[int]:
        """Return the stories of a page, its box among them."""
        top = newest - (page - 1) * SIZE
        return list(dict.fromkeys((*range(top, top - SIZE, -1), *self.box)))

    def goes_on(self, newest: int, *, known: int = 30, is_late: bool = False) -> int:
        """Return how many pages a run looks at when ``newest`` is on top; stories up to ``known``
        had been announced by other lists before."""
        for number in range(31, known + 1):
            self.ledger.add_article(self.address(number), [("feed", "http://p/feed")], night=0.5)
        paging = Paging(self.ledger.db, to_text(self.ledger.night(1)))
        url = NEWS
        for page in range(1, 9):
            numbers = self.list_page(newest, page)
            entries = [
                Announced(self.address(n), Link(self.address(n), "category", place, "article"))
                for place, n in enumerate(numbers)
            ]
            if not paging.look(url, entries, source=url, page=page, is_late=is_late):
                return page
            following = f"{NEWS}?page={page + 1}"
            paging.follow(url, following)
            url = following
        return 9


@pytest.mark.parametrize(
    ("fresh", "pages"), [(0, 1), (1, 1), (7, 1), (8, 1), (10, 2), (17, 2), (25, 3)]
)
def test_pages_until_the_news_end(fresh: int, pages: int) -> None:
    """With eight new stories two known ones stand where they should: one request. With ten the
    page is full of news, and its most-read box does not pass for the old list."""
    assert Category().goes_on(30 + fresh) == pages


@pytest.mark.parametrize("box", [(30, 29, 28), (25, 30, 21), ()])
def test_a_box_of_what_was_on_top(box: tuple[int, ...]) -> None:
    """The most read are yesterday's top stories; they do not stop the paging either."""
    assert Category(box).goes_on(42) == 2


def test_nothing_is_paged_for_what_others_told() -> None:
    """Stories that a feed announced in the nights before are no news on a category page."""
    assert Category().goes_on(45, known=45) == 1


def test_a_category_left_alone_is_paged_to_where_it_was() -> None:
    """After a week without a visit it goes back to what it showed itself, known or not: a story of
    its own may stand between the others."""
    assert Category().goes_on(45, known=45, is_late=True) == 2
    assert Category().goes_on(65, known=65, is_late=True) == 4


def test_a_category_never_seen_before_is_paged_as_far_as_allowed() -> None:
    """On a first crawl nothing reaches back."""
    category = Category(())
    category.ledger.db.execute("DELETE FROM sightings")
    category.ledger.db.execute("DELETE FROM addresses")
    assert category.goes_on(90) == 9
