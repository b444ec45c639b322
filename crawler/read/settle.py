"""Settle what a page declares of its article with what the article's text itself shows.

language    of the text, where the page declares none or another
published   the date line at the head of the text, where nothing better than a guess is known
"""

from __future__ import annotations

from crawler.read.dates import find_order
from crawler.read.facts import Facts
from crawler.read.published import Candidate, choose_date
from crawler.read.sheet import Sheet
from crawler.read.story import Story
from crawler.read.tongue import guess_language

_GUESSED = "date-guessed"
_MAX_LINE = 70  # letters of a date line
_SAME = {"nb": ("no", "nn", "da", "nb"), "da": ("da", "no", "nb"), "id": ("id", "ms", "in")}


def settle_facts(facts: Facts, story: Story, sheet: Sheet, lead: str) -> None:
    """Correct language and date by the text of a story; what is corrected is a warning."""
    _settle_language(facts, "\n".join([lead, *(block.text for block in story.blocks)]))
    if facts.published is None or facts.published.source == "htmldate":
        _settle_date(facts, story, sheet)


def _settle_language(facts: Facts, text: str) -> None:
    found = guess_language(text)
    if found is None:
        return
    declared = (facts.language or "").lower().split("-")[0]
    facts.claims.setdefault("language", []).append(("text", found))
    if declared in (found, *_SAME.get(found, ())):
        return
    if declared:
        said = f"{facts.sources.get('language')} says {facts.language}, the text is {found}"
        facts.warnings.append(f"language-differs: {said}")
    facts.language, facts.sources["language"] = found, "text"


def _settle_date(facts: Facts, story: Story, sheet: Sheet) -> None:
    cuts = [line for step, line in story.cuts if step in ("date", "sign DATE")]
    site = sheet.site
    order = find_order(site.profile.language or facts.language)
    lines = [Candidate("seen", line, order) for line in cuts if len(line) < _MAX_LINE][:3]
    found, doubts = choose_date([c for c in lines if c.read()], site.timezone)
    if found is None:
        return
    facts.published, facts.sources["published"] = found, found.source
    kept = [words for words in facts.warnings if not words.startswith(_GUESSED)]
    facts.warnings[:] = [*kept, *doubts]
