"""Texts that papers print from forms (weather, draws, listings, prices, notices), and the set of
labelled pairs of them and of agency.py's stories.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.archive.agency import (
    EDITS,
    WORDS,
    Pair,
    Text,
    end_alike,
    follow,
    round_up,
    say,
    strangers,
    tell,
    write,
)

PHRASES = WORDS["forms"]


def forecast(chance: Random) -> Text:
    """A weather report from the form that is printed every day."""
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    parts = []
    for region in PHRASES["region"]:
        wind = chance.choice(PHRASES["wind"]).format(k=chance.randint(2, 3), l=chance.randint(4, 6))
        low = chance.randint(16, 25)
        parts.append(
            f"{region} {chance.choice(PHRASES['sky'])}. {wind.capitalize()}. Độ ẩm trung bình từ "
            f"{chance.randint(55, 65)} đến {chance.randint(85, 98)} phần trăm. Trong mưa dông có "
            "khả năng xảy ra lốc, sét, mưa đá và gió giật mạnh. Nhiệt độ thấp nhất "
            f"{low}-{low + 3} độ C, nhiệt độ cao nhất {low + 6}-{low + 9} độ C."
        )
    return Text(
        f"Thời tiết hôm nay {day}/{month}",
        f"Dự báo thời tiết ngày {day}/{month} của Trung tâm Dự báo khí tượng thủy văn quốc gia.",
        tuple(parts),
    )


def lottery(chance: Random) -> Text:
    """The numbers that were drawn."""
    day = f"{chance.randint(1, 28)}/{chance.randint(1, 12)}"
    prizes = ("đặc biệt", "nhất", "nhì", "ba", "tư", "năm", "sáu", "bảy", "tám")
    lines = [
        f"Giải {prize}: {' - '.join(f'{chance.randrange(100000):05}' for _ in range(rank + 1))}."
        for rank, prize in enumerate(prizes)
    ]
    return Text(
        f"Kết quả xổ số miền Bắc ngày {day}",
        f"Kết quả xổ số kiến thiết miền Bắc mở thưởng ngày {day}, xin mời quý bạn đọc theo dõi.",
        (
            *lines,
            "Vé trúng thưởng được lĩnh trong thời hạn 30 ngày kể từ ngày mở thưởng tại các đại lý.",
        ),
    )


SHOWS = (
    "Thời sự|Phim truyện|Ca nhạc theo yêu cầu|Khuyến nông|Bản tin thể thao|Phim tài liệu|Thiếu nhi|"
)
SHOWS += "Sức khỏe cho mọi người|Dân ca và nhạc cổ truyền|An toàn giao thông|Tiếng dân tộc|Quà tặng"


def listing(chance: Random) -> Text:
    """A day's television programme: the hours stay, the shows move."""
    day = f"{chance.randint(1, 28)}/{chance.randint(1, 12)}"
    lines = [
        f"{hour:02}:{minute} {chance.choice(PHRASES['show'])}"
        + (f": {write(chance, 'vi', '{pool} {place}')}" if chance.random() < 0.5 else "")
        for hour in range(5, 24)
        for minute in ("00", "30")
    ]
    return Text(f"Chương trình truyền hình ngày {day}", "", tuple(lines))


def market(chance: Random) -> Text:
    """The day's prices of gold and rice."""
    day = f"{chance.randint(1, 28)}/{chance.randint(1, 12)}"

    def price() -> str:
        return f"{chance.randint(70, 90)},{chance.randrange(100):02}"

    lines = tuple(
        f"Tại {place}, giá vàng miếng được niêm yết ở mức {price()} triệu đồng mỗi lượng chiều "
        f"mua vào và {price()} triệu đồng mỗi lượng chiều bán ra, "
        f"{chance.choice(('tăng', 'giảm'))} "
        f"{chance.randint(50, 900)}.000 đồng so với phiên trước."
        for place in WORDS["vi"]["place"][:6]
    )
    return Text(f"Giá vàng hôm nay {day}", f"Giá vàng trong nước sáng {day} biến động.", lines)


def caption(chance: Random) -> Text:
    """A photo story of thirty words, as a paper's template has it."""
    event = write(chance, "vi", "{does} {what} tại {place}")
    return Text(
        f"Chùm ảnh: {event}",
        "",
        (f"Một số hình ảnh phóng viên Báo ghi lại tại buổi lễ {event}. {say(chance, 'vi', 1)}",),
    )


def notice(chance: Random) -> Text:
    """A court's notice from a form: only names and numbers differ."""
    name, place = write(chance, "vi", "{name}"), write(chance, "vi", "{place}")
    number, day = chance.randint(1, 400), f"{chance.randint(1, 28)}/{chance.randint(1, 12)}"
    return Text(
        f"Thông báo tìm kiếm người vắng mặt: {name}",
        "",
        (
            f"Tòa án nhân dân huyện {place} đang thụ lý vụ án số {number}/TLST-DS ngày {day} về "
            f"việc yêu cầu tuyên bố một người vắng mặt tại nơi cư trú là ông/bà {name}, nơi cư trú "
            f"cuối cùng tại {place}. Trong thời hạn 4 tháng kể từ ngày đăng thông báo đầu tiên, ai "
            f"có tin tức của ông/bà {name} đề nghị báo ngay cho Tòa án theo địa chỉ trụ sở. Hết "
            "thời hạn trên, Tòa án sẽ "
            "giải quyết vụ việc theo quy định của pháp luật.",
        ),
    )


FORMS: dict[str, Callable[[Random], Text]] = {
    "weather of two days": forecast,
    "two lottery draws": lottery,
    "two TV programmes": listing,
    "two days' gold prices": market,
    "two photo stories": caption,
    "two court notices": notice,
}


def make_pairs(seed: int, number: int) -> list[Pair]:
    """Return ``number`` pairs of each kind; every third story is English."""
    pairs = []
    for kind, edit in EDITS.items():
        for count in range(number):
            chance = Random(f"{seed} {kind} {count}")
            language = (
                "en" if count % 3 == 2 and kind not in ("accents lost", "other spelling") else "vi"
            )
            story = tell(chance, language, 7 if count % 2 else 5 + count % 5)
            pairs.append(Pair(kind, story, edit(chance, language, story), same=True))
    for count in range(number):
        chance = Random(f"{seed} photo {count}")
        story = caption(chance)
        other = replace(story, title=f"Ảnh: {write(chance, 'vi', '{what} ở {place}')}")
        pairs.append(Pair("photo story, other headline", story, other, same=True))
        form = chance.choice((forecast, lottery, market))(chance)
        other = replace(form, title=f"{form.title} - bản tin", paragraphs=form.paragraphs[:-1])
        pairs.append(Pair("one day's form in two papers", form, other, same=True))
    for kind, make in (
        ("two stories", strangers),
        ("story and its sequel", follow),
        ("one ending", end_alike),
        ("round-up and a story of it", round_up),
    ):
        for count in range(number):
            chance = Random(f"{seed} {kind} {count}")
            pairs.append(Pair(kind, *make(chance, "en" if count % 3 == 2 else "vi"), same=False))
    for kind, form_of in FORMS.items():
        for count in range(number):
            chance = Random(f"{seed} {kind} {count}")
            pairs.append(Pair(kind, form_of(chance), form_of(chance), same=False))
    return pairs
