"""Tell the line of date, authors and buttons under a headline from a sentence with a date in it.

    Publié le 2 février 2026 à 06h51 - par Élodie Riverolles, Bastien Chassenac
    2. 2. 2026 06:51 | Jana Nováková, Petr Dlouhý | vytisknout | fotogalerie

Decision: a date with its time at either end of a line, and beside it more words that begin with a
capital than others. Rejected: a limit of letters alone (two authors make a line
longer than many a sentence), and lists of the words for "by" and "published" (of what language).
"""

from __future__ import annotations

import re

from crawler.read.dates import find_stamp

LONGEST = 200  # letters of such a line
_EDGE = 30  # letters that a label before the date, or an hour's word behind it, may have
_SMALL, _FEW = 0.4, 2  # share of the words that begin with a small letter; buttons: "print"
_BARE = 40  # letters beside the date where a script has no capitals
_POSTED = re.compile(  # what stands before the date: "Submitted by A B on Thu, "
    r"\b(?:by|von|par|por|door|av|af|przez|bởi)\s+(?P<name>[^\W\d_][^,;:|()]{1,60}?)"
    r"\s+(?:on|am|le|el|em|op|den|il|dnia|vào|ngày)\s+(?:[^\W\d_]{2,10}\.?,?\s+)?$",
    re.I,
)
_MOST_POSTED = 400  # letters of such a line: tags may stand behind the date
_BETWEEN = re.compile(r"\s*[|·•]\s*|\s+[-–—/]\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_END = re.compile(r"[^\W\d_]{3,}[.!?…][\"'”’»)]*$")


def cut_stamp(text: str) -> list[str]:
    """The parts of a line beside its date: "23/11/2026 08:15 | Nguyễn Văn A" is "Nguyễn Văn A".

    Parts stand between strokes, dots and dashes with blanks; a part with figures is the date's, and
    what stands beside it within commas: "A B, C D, środa, 18 listopada 2026 r." is "A B, C D".
    """
    parts = (part.strip(" ,;") for part in _BETWEEN.split(text))
    return [bare for part in parts if part and (bare := _cut_date(part))]


def _cut_date(part: str) -> str:
    """A part of a line without the date in it, "" for one that is nothing else. A single word right
    before a date is the day's name."""
    if not any(letter.isdigit() for letter in part):
        return part
    stamp = find_stamp(part)
    before, _, behind = part.partition(stamp) if stamp else ("", "", "")
    names = [name.strip() for name in before.split(",")[:-1] if name.strip()]
    if names and " " not in names[-1] and not before.rpartition(",")[2].strip():
        names.pop()
    if behind.lstrip()[:1] == ",":
        names += [name.strip() for name in behind.split(",") if name.strip()]
    return ", ".join(name for name in names if not any(letter.isdigit() for letter in name))


def find_imprint(text: str) -> str | None:
    """The date and time of a line that is made of them, of names and of buttons, else None."""
    if len(text) > LONGEST:
        return None
    stamp = find_stamp(text)
    if stamp is None:
        return None
    before, _, behind = text.partition(stamp)
    if second := find_stamp(behind):  # "Güncelleme: 2 Şubat 2026 07:51"
        behind = behind.replace(second, " ")
    if len(before.strip()) > _EDGE and len(behind.strip()) > _EDGE:
        return None
    if behind.strip() and _END.search(text):
        return None
    words = _WORD.findall(f"{before} {behind}")
    cased = [word for word in words if word.lower() != word.upper()]
    if not cased:
        return stamp if sum(map(len, words)) <= _BARE else None
    small = sum(word[0].islower() for word in cased)
    return stamp if small <= max(_FEW, _SMALL * len(cased)) else None


def find_posted(text: str) -> tuple[str, str] | None:
    """(name, date with its time) of a line that says who put an article up and when: "Submitted by
    A B on Thu, 20/02/2014 - 15:26", with whatever before and behind; None for any other line."""
    rest = text[:_MOST_POSTED]
    while stamp := find_stamp(rest):
        before, _, rest = rest.partition(stamp)
        if found := _POSTED.search(before):
            return found["name"], stamp
    return None
