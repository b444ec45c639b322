"""What an editor does to words, by class: each deed is one that nobody would class otherwise.

blank        white space and entities alone: nothing happened
cosmetic     a mistyped word of common speech is set right, a comma is added
headline     the title says something else
text         a number, a sentence more, a sentence less, another opening
both         title and text
correction   a number is set right, and a notice in the paper's own language says so
"""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from .piece import Happened, Words

NUMBER = re.compile(r"(?<![\w.,/])\d{2,3}(?![\w.,/])")
COMMON = re.compile(r"(?<=[a-z,] )[a-z]{5,}(?= [a-z])")  # within a sentence, no name, no accent

ADDED = {
    "vi": "Đến cuối buổi chiều, thêm {n} người đã ký vào biên bản và nhận giấy hẹn ở trụ sở.",
    "en": "By late afternoon another {n} people had signed the petition at the town hall.",
    "id": "Menjelang sore, {n} warga lain ikut menandatangani berita acara di balai desa.",
}
RETITLED = {
    "vi": ("Vì sao {n} hộ dân phải chờ đợi?", "Thêm {n} hộ dân được hỗ trợ khẩn cấp"),
    "en": ("Why {n} families are still waiting", "Council faces {n} fresh complaints"),
    "id": ("Mengapa {n} keluarga masih menunggu", "Sebanyak {n} warga mengadu lagi"),
}
NOTICES = {
    "vi": (
        "Đính chính: Bản tin trước ghi nhầm con số là {a}, con số đúng là {b}.",
        "Tòa soạn xin lỗi bạn đọc vì đã ghi nhầm {b} thành {a} trong bản tin trước.",
        "* Bài viết đã được chỉnh sửa: số liệu đúng là {b}, không phải {a}.",
        "Thông tin đính chính: số liệu {a} trong bài đã đăng là chưa chính xác, đúng là {b}.",
    ),
    "en": (
        "Correction: An earlier version of this article gave the figure as {a}; it is {b}.",
        "This story has been updated to correct the figure, which is {b}, not {a}.",
        "Editor's note: we misstated the figure as {a}. It is {b}. We regret the error.",
        "This article was amended on Tuesday to say that the figure is {b} rather than {a}.",
    ),
    "id": (
        "Ralat: Sebelumnya tertulis {a}, angka yang benar adalah {b}.",
        "Redaksi meminta maaf atas kekeliruan angka {a} yang seharusnya {b}.",
        "Catatan redaksi: artikel ini telah dikoreksi, angka yang benar {b}, bukan {a}.",
    ),
}


def edit(words: Words, kind: Happened, language: str, random: Random) -> Words:
    """Return the words after an edit of a kind; ``cosmetic`` mends what `mistype` spoiled."""
    match kind:
        case "headline":
            return _retitle(words, language, random)
        case "text":
            deed = random.choice((_recount, _add, _drop, _open))
            return deed(words, language, random)
        case "both":
            return _retitle(_add(words, language, random), language, random)
        case "correction":
            return _correct(words, language, random)
    return words


def mistype(words: Words, random: Random) -> Words | None:
    """Return the words with a slip that nobody means; None where no word is common enough."""
    places = [(n, m) for n, text in enumerate(words.paragraphs) for m in COMMON.finditer(text)]
    if not places:
        return None
    number, match = random.choice(places)
    text, word = words.paragraphs[number], match[0]
    spot = random.randrange(1, len(word) - 1)
    slips = (
        word[:spot] + word[spot + 1 :],  # left out
        word[:spot] + word[spot] + word[spot:],  # twice
        word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],  # exchanged
    )
    slip = random.choice([one for one in slips if one != word])
    return _put(words, number, text[: match.start()] + slip + text[match.end() :])


def _retitle(words: Words, language: str, random: Random) -> Words:
    title = random.choice(RETITLED[language]).format(n=random.randrange(31, 99))
    return replace(words, title=title)


def _recount(words: Words, language: str, random: Random) -> Words:
    changed = _swap_number(words, random)
    return changed[0] if changed else _add(words, language, random)


def _swap_number(words: Words, random: Random) -> tuple[Words, str, str] | None:
    places = [(n, m) for n, text in enumerate(words.paragraphs) for m in NUMBER.finditer(text)]
    if not places:
        return None
    number, match = random.choice(places)
    text, new = words.paragraphs[number], str(int(match[0]) + random.randrange(1, 40))
    changed = _put(words, number, text[: match.start()] + new + text[match.end() :])
    return changed, match[0], new


def _add(words: Words, language: str, random: Random) -> Words:
    said = ADDED[language].format(n=random.randrange(31, 99))
    spot = random.randrange(1, len(words.paragraphs) + 1)
    paragraphs = (*words.paragraphs[:spot], said, *words.paragraphs[spot:])
    return replace(words, paragraphs=paragraphs)


def _drop(words: Words, language: str, random: Random) -> Words:
    if len(words.paragraphs) < 4:
        return _add(words, language, random)
    spot = random.randrange(1, len(words.paragraphs))
    return replace(words, paragraphs=words.paragraphs[:spot] + words.paragraphs[spot + 1 :])


def _open(words: Words, language: str, random: Random) -> Words:
    return replace(words, lead=ADDED[language].format(n=random.randrange(31, 99)))


def _correct(words: Words, language: str, random: Random) -> Words:
    changed = _swap_number(words, random)
    after, a, b = changed or (words, "30", "40")
    notice = random.choice(NOTICES[language]).format(a=a, b=b)
    first = random.random() < 0.4
    paragraphs = (notice, *after.paragraphs) if first else (*after.paragraphs, notice)
    return replace(after, paragraphs=paragraphs)


def _put(words: Words, number: int, text: str) -> Words:
    paragraphs = list(words.paragraphs)
    paragraphs[number] = text
    return replace(words, paragraphs=tuple(paragraphs))
