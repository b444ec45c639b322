"""The papers of the hostile looker-on: each with the one habit that it is there for."""

from __future__ import annotations

from .habits import Habits

ALL = frozenset
STRANGERS: dict[str, Habits] = {
    "indonesian": Habits("id", "/{section}/{id}/{slug}", "/kanal/{slug}", "?page={n}",
                         extras=ALL(("inline", "sidebar"))),
    "thai": Habits("th", "/news/{id}", "/cat/{slug}", "?p={n}"),
    "french": Habits("fr", "/{section}/{slug}-{id}.php", "/{slug}/", "page-{n}/", structured=True,
                     announce=ALL(("feed",)), markup="semantic"),
    "table": Habits("vi", "/{section}/{y}/{m}/{slug}.htm", "/{slug}.htm", "?trang={n}",
                    markup="table"),
    "bare-slug": Habits("fr", "/{slug}", "/rubrique/{slug}", "/page/{n}/", turning="older"),
    "query-only": Habits("vi", "/xem?tin={id}", "/chuyen-muc?ma={n}", "?start={start}"),
    "capitals": Habits("id", "/Berita/{Slug}_{id}.html", "/Rubrik/{slug}", "?start={start}",
                       turning="button"),
    "script-front": Habits("de", "/{section}/{slug}-{id}", "/{slug}", front="script",
                           structured=True, announce=ALL(("sitemap",))),
    "two-shapes": Habits("id", "/{slug}", "/rubrik/{slug}", "/page/{n}/",
                         before="/{section}/{slug}-{id}.html"),
    "twins": Habits("vi", "/{slug}-{id}.html", "/{slug}.html", "/trang-{n}.html",
                    extras=ALL(("amp", "print"))),
    "tags": Habits("id", "/{slug}-{id}", "/kanal/{slug}", "?halaman={n}",
                   extras=ALL(("tags", "galleries"))),
    "load-more": Habits("id", "/{section}/{slug}-{id}", "/{slug}", "json"),
    "keyset": Habits("de", "/{section}/{y}/{m}/{d}/{slug}", "/{slug}", "?vor={last}",
                     turning="older"),
}  # fmt: skip
