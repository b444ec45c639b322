"""What stands where an article's redirect leads, at an address of its paper that is no article's.

    gone      404, 410, a page that says so: the article is, too
    itself    its headline stands there: a paper made anew, whose new addresses the profile does not
              know; moved where the redirect is for good and the address names it, else nothing
    another   a page headed as something else, or a search for the article's own words
    a door    a log-in, a captcha, a wall: nothing

The crawl asks such a target once (crawler/walk/plan.py), since its address alone tells nothing:
"/retirado/235", "/noticias/235" and "/entrar?de=235" look alike. Rejected: every address that is no
article's as a sign (a profile that does not know the paper's new addresses would empty the
archive), reading the target as an article (a page of help would be one).
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from archive.index.namesake import WORD, is_namesake
from archive.index.turned import KIND, SAME, find_words, read_headed

FOR_GOOD = (301, 308)
OTHER = "page-other"  # warning of a reading: no article is looked for there
DOOR = re.compile(
    r"(?:log|sign)[-_]?(?:in|on|up)|sso|o?auth\d?|(?:my[-_]?)?account|register|registration|"
    r"consent|cookies?|captcha|challenge|paywall|subscri(?:be|ption)s?|premium|"
    r"dang[-_]?(?:nhap|ky)|iniciar[-_]?sesion|acceso|registro|suscri(?:bete|pcion)(?:es)?|entrar|"
    r"connexion|abonnement|abo|anmelden|login\.\w+"
)
"""Parts of a path that lead to a door."""


@dataclass(frozen=True, slots=True)
class Landing:
    """What was found at a redirect's target."""

    url: str
    status: int | None
    location: str | None
    role: str | None
    impostor: str | None
    warnings: str | None  # of its reading

    @property
    def is_read(self) -> bool:
        """Whether it gave a page of which something is known."""
        return (self.role == "other" and self.impostor is None) or self.impostor == KIND


def judge_target(
    db: sqlite3.Connection, article_id: int, url: str, target: str, status: int | None, at: Landing
) -> Literal["sign", "led"] | None:
    """Say what a page that answered is for the article whose address ``url`` led there, for good
    or not (``status``)."""
    if not at.is_read or _is_door(target):
        return None
    if _searches(url, target):
        return "sign"
    headed = read_headed(at.warnings)
    if not headed:
        return None
    titles = db.execute("SELECT title FROM versions WHERE article_id = ?", (article_id,))
    for (title,) in titles.fetchall():
        words = find_words(title)
        if len(words & headed) >= SAME * len(words):
            return "led" if status in FOR_GOOD and is_namesake(url, target) else None
    return "sign"


def _is_door(target: str) -> bool:
    parts = urlsplit(target).path.lower().split("/")
    return any(DOOR.fullmatch(part) for part in parts)


def _searches(url: str, target: str) -> bool:
    """Say whether an address asks for the words of another's slug."""
    slug = set(WORD.findall(urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()))
    asked = set(WORD.findall(urlsplit(target).query.lower()))
    return len(slug & asked) >= 3 and "/" not in urlsplit(target).query.replace("%2F", "/")
