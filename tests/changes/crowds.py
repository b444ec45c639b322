"""Made articles in four languages, what true edits do to them, and the dresses of whole papers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

WORDS = {
    "vi": "chợ phiên bà con vùng cao mang rau quả xuống bán từ sáng sớm xã đường dân trồng lúa "
    "nước mùa năm nay huyện làm cầu trường học trẻ em thầy cô giáo mưa lớn ruộng vườn nhà máy điện "
    "gió biển tàu cá ngư cảng khách tỉnh họp bàn kế hoạch vốn đầu tư mới",
    "en": "county board road crews bridge water school teachers farmers corn harvest dry season "
    "library budget vote council meeting permit river flood houses market prices fair volunteers "
    "station engine repair winter storm power lines clinic nurses patients bus routes riders",
    "es": "pueblo vecinos plaza mercado alcalde obras carretera puente agua escuela maestros campo "
    "cosecha olivos aceite feria verano lluvia río casas precio biblioteca presupuesto pleno "
    "hospital enfermeras autobús línea viajeros puerto barcos pesca fiesta música jóvenes",
    "th": "ตลาด ชาวบ้าน ถนน สะพาน โรงเรียน ครู นักเรียน ข้าว ฤดู ฝน น้ำ ท่วม บ้าน ราคา งบประมาณ "
    "ประชุม อำเภอ โรงพยาบาล พยาบาล รถ เมล์ ท่าเรือ ประมง งาน วัด เทศกาล เยาวชน ไฟฟ้า พายุ ซ่อม",
}
TOWNS = ("Tolliver", "Ashby", "Corrin", "Dunmore", "Elstow", "Fenwick", "Garrow", "Hexley")
KICKERS = ("Kinh tế", "Sucesos", "Weather", "Campo", "ข่าวด่วน")


@dataclass(frozen=True)
class Story:
    """An article: its headline and its paragraphs."""

    number: int
    lang: str
    title: str
    lines: tuple[str, ...]


def write(lang: str, number: int) -> Story:
    """Write an article like no other."""
    chance = random.Random(f"{lang}{number}")
    words = WORDS[lang].split()

    def say(least: int, most: int) -> str:
        said = [chance.choice(words) for _ in range(chance.randint(least, most))]
        return " ".join([said[0].capitalize(), *said[1:]])

    def sentence() -> str:
        return f"{say(4, 9)} {chance.randint(10, 99)} {say(3, 6).lower()}."

    lines = tuple(
        " ".join(sentence() for _ in range(chance.randint(1, 3)))
        for _ in range(chance.randint(4, 9))
    )
    return Story(number, lang, say(5, 9), lines)


def _number(story: Story) -> Story:
    line = story.lines[2]
    digits = next(word for word in line.split() if word.isdigit())
    return _put(story, 2, line.replace(digits, f"1{digits}", 1))


def _put(story: Story, place: int, line: str) -> Story:
    return replace(story, lines=(*story.lines[:place], line, *story.lines[place + 1 :]))


def _more(story: Story) -> Story:
    return replace(story, lines=(*story.lines, write(story.lang, story.number + 900).lines[0]))


def _less(story: Story) -> Story:
    return replace(story, lines=story.lines[:-1])


def _begin(story: Story) -> Story:
    return _put(story, 0, f"{write(story.lang, story.number + 700).title}, {story.lines[0]}")


def _inside(story: Story) -> Story:
    first = write(story.lang, story.number + 800).lines[0]
    return replace(story, lines=(*story.lines[:3], first, *story.lines[3:]))


def _headline(story: Story) -> Story:
    return replace(story, title=write(story.lang, story.number + 600).title)


EDITS: dict[str, tuple[str, Callable[[Story], Story]]] = {
    "number": ("text", _number),
    "more": ("text", _more),
    "less": ("text", _less),
    "begin": ("text", _begin),
    "inside": ("text", _inside),
    "headline": ("headline", _headline),
}
Dresser = Callable[[Story, random.Random], Story]


def _before(story: Story, *lines: str) -> Story:
    return replace(story, lines=(*lines, *story.lines))


def _behind(story: Story, *lines: str) -> Story:
    return replace(story, lines=(*story.lines, *lines))


def _among(story: Story, place: int, line: str) -> Story:
    return replace(story, lines=(*story.lines[:place], line, *story.lines[place:]))


def _pick(chance: random.Random, number: int) -> str:
    line = chance.randrange(number)
    return f"Prairie fact: {write('en', 5000 + line).title}."


def _summary(story: Story) -> list[str]:
    return list(write(story.lang, story.number + 400).lines[:3])


DRESSES: dict[str, Dresser] = {
    "dateline": lambda s, _: _put(s, 0, f"TOLLIVER — {s.lines[0]}"),
    "town": lambda s, _: _put(s, 0, f"{TOWNS[s.number % 8].upper()} — {s.lines[0]}"),
    "place": lambda s, _: _put(s, 0, f"({TOWNS[s.number % 8]}) - {s.lines[0]}"),
    "suffix": lambda s, _: replace(s, title=f"{s.title} | El Faro"),
    "kicker": lambda s, _: replace(s, title=f"{KICKERS[s.number % 5]}: {s.title}"),
    "php": lambda s, _: _before(
        s, 'Warning: Undefined array key "ads" in /var/www/html/single.php on line 133'
    ),
    "glued": lambda s, _: _put(s, 0, f"Notice: Undefined index in /ads.php on line 7 {s.lines[0]}"),
    "plea": lambda s, _: _behind(s, "Help us keep the river clean: write to the desk."),
    "forty": lambda s, c: _among(s, 2, _pick(c, 40)),
    "four": lambda s, c: _among(s, len(s.lines) // 2, _pick(c, 4)),
    "roaming": lambda s, c: _among(s, c.randint(1, len(s.lines) - 1), _pick(c, 5)),
    "box": lambda s, _: _before(s, "Tóm tắt nhanh", *_summary(s)),
    "summary": lambda s, _: _before(s, *_summary(s)),
    "writer": lambda s, _: _behind(s, "About the writer", write(s.lang, s.number + 300).lines[0]),
}
