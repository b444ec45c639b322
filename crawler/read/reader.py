"""Reads a page: bytes in, a Reading out; the same bytes give the same reading anywhere.

    unpack -> sniff -> decode -> one parse -> links, following page, article

Decision: what the content is decides how it is read, what the address promised only what is
expected; where the two differ there is a warning, and `Reading.role` is what it was read as.
A page that is an impostor (captcha, soft 404, ...) is quarantined: no article, no links.
A further page of an article (parts.py) is none of its own: it names the first; one that is read as
such (`Page.origin`) gives its lines as an article, to be joined (joint.py).
Pages that are cut (over 5 MB or 2,048 levels, or broken off on their way) are read for links, but
give no article: half a text would be a false version. What broke off has the status `cut`, and is
asked for again. Answers other than 200 and 203 are not read: an error page is not the paper's word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from archive.records import Article, Impostor, Link, Part, Reading, ReadingStatus, Role
from crawler.read.accept import accept
from crawler.read.anchors import collect_anchors
from crawler.read.article import read_article, read_lines
from crawler.read.decode import Decoded, decode
from crawler.read.escaped import is_markup, unescape
from crawler.read.extractor import name_extractor
from crawler.read.feeds import read_feed
from crawler.read.head import declares_static, find_canonical, find_language
from crawler.read.impostor import Found, find_impostor, tell_other
from crawler.read.links import link_entries, read_links
from crawler.read.lists import is_list
from crawler.read.onward import find_onward
from crawler.read.page import Page
from crawler.read.pagers import find_next
from crawler.read.parts import cut_pager, find_parts
from crawler.read.published import find_future
from crawler.read.sitemaps import read_robots, read_sitemap
from crawler.read.sniff import Kind, is_binary, name_kind
from crawler.read.template import NONE, Line, Template
from crawler.read.tree import TREE_CUT, parse_html
from crawler.read.unpack import CODING_CUT, unpack
from crawler.read.whole import find_opening, find_shortfall, is_measured
from spiders.listing import read_listing
from spiders.pager import Fragment, PagerError
from spiders.site import Site

HTML_LIMIT = 5 * 2**20  # the largest of 929 pages in eight corpora has 2.2 MB
SITEMAP_LIMIT = 50 * 2**20  # sitemaps.org allows 50 MB
READABLE = frozenset((200, 203))


@dataclass(slots=True)
class _Draft:
    """A reading in the making."""

    page: Page
    site: Site
    role: Role
    template: Template = NONE
    status: ReadingStatus = "ok"
    partial: bool = False  # part of the page is missing
    links: Sequence[Link] = ()
    article: Article | None = None
    next_page: str | None = None
    warnings: list[str] = field(default_factory=list)
    canonical_url: str | None = None
    language: str | None = None
    used: str | None = None  # the template's digest, where an article was looked for
    impostor: Impostor | None = None
    parts: tuple[Part, ...] = ()
    first: str | None = None
    onward: str | None = None

    def finish(self, status: ReadingStatus | None = None) -> Reading:
        """Return the reading as it stands."""
        return Reading(
            role=self.role,
            status=status or self.status,
            extractor=name_extractor(),
            profile=self.site.digest,
            links=tuple(self.links),
            article=self.article,
            next_page=self.next_page,
            warnings=tuple(dict.fromkeys(self.warnings)),
            canonical_url=self.canonical_url,
            language=self.language,
            template=self.used,
            impostor=self.impostor,
            parts=self.parts,
            first=self.first,
            onward=self.onward,
        )

    def quarantine(self, found: Found) -> None:
        """Take the page for an impostor: no article, no links, and why as the first warning."""
        self.status, self.impostor = "quarantined", found.kind
        self.article, self.links, self.next_page, self.onward = None, (), None, None
        self.warnings.insert(0, f"impostor: {found.kind}: {found.evidence}")


def read(page: Page, site: Site, template: Template = NONE) -> Reading:
    """Return what `page` says: links and, if it is an article, the article. Pure.

    `template`: the lines that the site's pages share, as learned; the reading names its digest.
    A page that cannot be read gives a Reading whose status and warnings say why. Raises
    MemoryError, which the worker turns into its own end.
    """
    draft = _Draft(page, site, page.role, template)
    if page.status not in READABLE:
        draft.warnings.append(f"http-status: {page.status} is an error page, nothing is read")
        return draft.finish()
    decoded = _take_text(draft)
    if decoded is None:
        return draft.finish()
    kind = name_kind(decoded.text)
    draft.warnings += decoded.warnings
    if page.role == "robots":
        draft.links = read_robots(decoded.text)
    elif kind == "sitemap" or (page.role == "sitemap" and kind == "text"):
        _read_machines(draft, decoded.text, "sitemap")
    elif kind == "feed" or (page.role in ("feed", "sitemap") and kind == "json"):
        _read_machines(draft, decoded.text, "feed")
    else:
        _read_page(draft, decoded.text, kind)
    return draft.finish()


def list_lines(page: Page, site: Site) -> tuple[Line, ...]:
    """Return the lines of an article's text that a template may be learned from. Pure.

    None of a page that is no HTML or of which part is missing.
    """
    draft = _Draft(page, site, page.role)
    decoded = _take_text(draft) if page.status in READABLE else None
    if decoded is None or draft.partial or name_kind(decoded.text) != "html":
        return ()
    tree, _ = parse_html(decoded.text)
    if tree is None:
        return ()
    links = read_links(tree, url=page.url, site=site, role=page.role)
    related = tuple(link for link in links if link.channel == "related")
    return read_lines(tree, url=page.url, site=site, related=related, captured_at=page.captured_at)


def _take_text(draft: _Draft) -> Decoded | None:
    """Return the page as text; None leaves the reason in the draft's status."""
    page = draft.page
    limit = SITEMAP_LIMIT if page.role == "sitemap" else HTML_LIMIT
    codings = [value for name, value in page.headers if name.lower() == "content-encoding"]
    unpacked = unpack(page.payload, codings, limit=limit)
    draft.warnings += unpacked.warnings
    content_type = page.header("content-type")
    if not unpacked.data.strip():
        draft.status = "undecodable" if page.payload.strip() else "empty"
        draft.warnings.append("page-empty: the body has no content")
        return None
    if is_binary(unpacked.data, content_type):
        draft.status = "not-text"
        draft.warnings.append(f"not-text: {content_type or 'no Content-Type'}")
        return None
    if unpacked.cut:
        draft.status = "too-large"
        draft.warnings.append(f"too-large: cut after {limit} bytes")
    short = find_shortfall(page)
    draft.warnings += [short] if short else []
    torn = any(words.startswith(CODING_CUT) for words in unpacked.warnings)
    draft.partial = unpacked.cut or torn or short is not None
    data = unpacked.data
    if draft.partial and page.role not in ("sitemap", "feed"):
        data = data[: data.rfind(b">") + 1] or data  # the last address may be cut in half
    return decode(
        data,
        content_type=content_type,
        encoding=draft.site.profile.encoding,
        language=draft.site.profile.language,
    )


def _expect(draft: _Draft, *expected: Role, found: Role) -> None:
    """Take the page for `found`, and warn unless its role was one of `expected`."""
    if draft.role not in expected:
        draft.warnings.append(f"role-differs: taken for {draft.role}, the content is a {found}")
        draft.role = found


def _read_machines(draft: _Draft, text: str, found: Role) -> None:
    """Read a sitemap, or a feed, which stands where a sitemap is expected, too."""
    _expect(draft, found, "sitemap", found=found)
    read_list = read_sitemap if found == "sitemap" else read_feed
    draft.links, warnings = read_list(text, url=draft.page.url, site=draft.site)
    draft.warnings += warnings


def _read_page(draft: _Draft, text: str, kind: Kind) -> None:
    """Read HTML, or the JSON that a platform's pager serves for it."""
    page, site = draft.page, draft.site
    if kind == "json" and draft.role in ("category", "home"):
        _read_entries(draft, text)
        return
    if kind in ("json", "text"):
        draft.status = "not-text"
        draft.warnings.append(f"not-html: the body is {kind}")
        return
    text, escaped = unescape(text)
    tree, warnings = parse_html(text)
    draft.warnings += (*escaped, *warnings)
    if tree is None:
        draft.status = "empty"
        draft.warnings.append("page-empty: no element in the body")
        return
    if any(words.startswith(TREE_CUT) for words in warnings):
        draft.status = "too-large"
        draft.partial = True
    role = draft.role
    if role in ("feed", "sitemap"):
        _expect(draft, found="category")
    draft.canonical_url = find_canonical(tree, page.url)
    draft.language = find_language(tree)
    draft.links = read_links(tree, url=page.url, site=site, role=draft.role)
    if draft.role in ("home", "category"):
        linked = len({link.url for link in draft.links if link.role == "article"})
        found = find_impostor(tree, url=page.url, site=site, role=role, linked=linked)
        if found is not None:
            draft.role = role
            draft.quarantine(found)
            return
        _read_listing(draft, tree, text)
    elif draft.role == "article":
        _read_article(draft, tree, text)
    elif draft.role == "other":
        draft.links = ()  # nobody's announcement: an article's redirect led here
        draft.onward = find_onward(tree, page.url, None)
        if found := find_impostor(tree, url=page.url, site=site, role=role):
            draft.quarantine(found)
        draft.warnings += tell_other(tree)


def _read_listing(draft: _Draft, tree: HtmlElement | None, text: str) -> None:
    """Find the following page, and say it when a listing lists nothing."""
    page = draft.page
    if draft.role == "category":
        draft.next_page, warnings = find_next(
            tree, url=page.url, text=text, number=page.page_number, site=draft.site
        )
        draft.warnings += warnings
    if not any(link.role == "article" for link in draft.links):
        draft.warnings.append(f"{draft.role}-without-links: no link to an article on the page")


def _read_entries(draft: _Draft, text: str) -> None:
    """Read a platform's JSON list."""
    page, site = draft.page, draft.site
    try:
        listed = site.pager.entries(page.url, text)
    except PagerError as error:
        draft.warnings.append(f"pager-error: {error}")
        listed = []
    if listed is None:
        listed = read_listing(site, page.url, text)
    if listed is None:
        draft.warnings.append("not-html: JSON that the profile's pager does not know")
        listed = []
    if isinstance(listed, Fragment):
        tree, warnings = parse_html(listed.html)
        draft.warnings += warnings
        if tree is not None:
            draft.links = read_links(tree, url=listed.base, site=site, role="category")
    else:
        draft.links = link_entries(listed, site)
    if draft.links:
        _read_listing(draft, None, text)


def _read_article(draft: _Draft, tree: HtmlElement, text: str) -> None:
    """Read the article; a list at an article's address is read as the list it is."""
    page, site = draft.page, draft.site
    if not draft.partial and (left := find_opening(text)):
        draft.warnings.append(left)
        draft.partial = not is_measured(page)
    if draft.partial:
        draft.warnings.append("article-skipped: part of the page is missing")
        draft.status = "cut" if draft.status == "ok" else draft.status
        return
    anchors = collect_anchors(tree, page.url, site)
    pages = find_parts(tree, url=page.url, site=site, origin=page.origin)
    if pages.first is not None:
        draft.role, draft.first = "part", pages.first
        draft.links = [Link(pages.first, "part", 0, "article")]
        return
    related = tuple(link for link in draft.links if link.channel == "related")
    draft.used = draft.template.digest or None
    try:
        article, warnings = read_article(
            tree,
            url=page.url,
            site=site,
            html=text,
            related=related,
            template=draft.template,
            captured_at=page.captured_at,
        )
    except MemoryError:
        raise
    except Exception as error:  # trafilatura on hostile trees: links are kept, the fault is said
        draft.status = "crashed"
        draft.warnings.append(f"article-crashed: {type(error).__name__}: {error}"[:300])
        return
    draft.warnings += warnings
    if article is not None:
        draft.warnings += find_future(article, page.captured_at)
    listed = page.origin is None and is_list(tree, article, anchors)
    found = find_impostor(
        tree,
        url=page.url,
        site=site,
        role="article",
        article=article,
        linked=len({anchor.url for anchor in anchors if anchor.role == "article"}),
        is_list=listed,
    )
    if found is not None:
        draft.quarantine(found)
        return
    draft.onward = find_onward(tree, page.url, article)
    if draft.onward is not None:
        draft.links = ()
        return
    if listed:
        _expect(draft, found="category")
        links = read_links(tree, url=page.url, site=site, role="category")
        draft.links = links
        return
    if declares_static(tree) and (article is None or article.published is None):
        _expect(draft, found="other")
        return
    draft.article, said = accept(article)
    draft.warnings += [said] if said else []
    if is_markup(article.text if article else ""):
        draft.status = "empty"
    if draft.article is not None and pages.words:
        draft.article, draft.parts = cut_pager(draft.article, pages.words), pages.parts
