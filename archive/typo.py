"""Says whether a word that gave way to another was a typo, or another fact.

    one letter     more, less, other or exchanged with its neighbour (Damerau's four)
    two letters    of a long word, where its consonants are the same in order: deputys, deputies;
                   minister and ministry differ in one
    one mark       of a tone, or a letter doubled, in a script without blanks, where a "word" is a
                   clause: there any other letter may be a word (他, 她)

Never in a number, a number word, a negation, a person's name, a word for a person's sex, nor where
the sex is what the ending tells (vecinos, vecinas; blessé, blessée; сказал, сказала): that an
adjective was put right is told as another fact then. Where one letter makes another ordinary word
(mayor, major; bán, bàn) nothing tells it from a typo: it passes for one. Rejected: a spelling
dictionary (none for half of the languages; names are not in it), two letters anywhere (convicted,
convinced).
"""

from __future__ import annotations

import re
import unicodedata

from archive.fingerprint import IS_UNSPACED
from archive.notice import load_weighty

LONG = 7  # letters of both words, before two may be wrong
AROUND = 6  # letters before and behind a mark that may be a number's, a negation's
CALLED = 14  # letters behind a title that may be the person's name
_VOWELS = frozenset("aeiouаеёиоуыэюяіїє")
_SEXES = (("o", "a"), ("i", "e"), ("é", "ée"), ("л", "ла"), ("ł", "ła"), ("l", "la"))
_TONES = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0ec8\u0ec9\u0eca\u0ecb\u0ecc")
_FACTS = re.compile("ไม่|มิได้|ไร้|มิใช่|หนึ่ง|สี่|ห้า|เจ็ด|เก้า|ร้อย|หมื่น|แสน|ล้าน|พ่อ|แม่|น้อง|พี่|ผู้หญิง|ผู้ชาย|ບໍ່")
_TITLES = re.compile(
    "(?:นาย|นาง(?:สาว)?|เด็ก(?:ชาย|หญิง)|พ\\.ต\\.|ร\\.ต\\.|ดร\\.|คุณ|อำเภอ|จังหวัด|ตำบล|บ้าน(?=หนอง))"
    f".{{0,{CALLED}}}$"
)


def is_typo(one: str, other: str) -> bool:
    """Say whether two folded words are one, written wrongly once."""
    if min(len(one), len(other)) < 2 or max(len(one), len(other)) < 3:
        return False
    if IS_UNSPACED.search(one + other):
        return _is_mark(one, other)
    if not (one.isalpha() and other.isalpha()) or {one, other} & load_weighty():
        return False
    if _tells_sex(one, other):
        return False
    return is_near(one, other) or _is_misspelt(one, other)


def is_near(one: str, other: str) -> bool:
    """Say whether two words are one letter apart, two exchanged ones being one."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    spot = _find_spot(short, long)
    if len(short) < len(long):
        return short[spot:] == long[spot + 1 :]
    turned = short[spot + 1 : spot + 2] + short[spot : spot + 1] + short[spot + 2 :]
    return short[spot + 1 :] == long[spot + 1 :] or turned == long[spot:]


def _find_spot(one: str, other: str) -> int:
    """Return where two words begin to differ."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def _tells_sex(one: str, other: str) -> bool:
    """Say whether the two differ by the ending that tells he from she, alone or before an s."""
    for first, second in ((one, other), (other, one)):
        if first[-1:] == second[-1:] == "s":
            first, second = first[:-1], second[:-1]
        for his, hers in _SEXES:
            stem = first.removesuffix(his)
            if stem not in ("", first) and stem + hers == second:
                return True
    return False


def _is_misspelt(one: str, other: str) -> bool:
    """Say whether two long words of the same consonants are two letters apart at most."""
    if min(len(one), len(other)) < LONG or one[0] != other[0]:
        return False
    return _spell(one) == _spell(other) and measure(one, other) <= 2


def _spell(word: str) -> str:
    """Return the consonants of a word, doubled ones once; "ies" is as "ys"."""
    plain = re.sub("ie(?=[sd]$)", "y", word)
    letters = (c for c in plain if unicodedata.normalize("NFD", c)[0] not in _VOWELS)
    return re.sub(r"(.)\1", r"\1", "".join(letters))


def measure(one: str, other: str) -> int:
    """Return how many letters of a word are more, less or other than another's (Levenshtein)."""
    row = [*range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return int(row[-1])


def _is_mark(one: str, other: str) -> bool:
    """Say whether two clauses differ by one tone mark, or one letter doubled, that is no number's
    and no name's."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1 or len(short) < 3:
        return False
    spot = _find_spot(short, long)
    if short[spot:] != long[spot + 1 :]:
        return False
    mark = long[spot]
    if mark not in _TONES and not ("ก" <= mark <= "ฮ" and mark == long[spot - 1]):
        return False
    around = long[max(0, spot - AROUND) : spot + AROUND + 1]
    return not _FACTS.search(around) and not _TITLES.search(long[:spot])
