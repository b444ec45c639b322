"""Pages and Vietnamese text of our own making, in the encodings that papers have used."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from archive.records import Role
from crawler.read import vietnamese
from crawler.read.page import Page
from spiders.catalog import generic
from spiders.profile import load
from spiders.site import Site

AT = datetime(2026, 2, 4, 1, 15, tzinfo=UTC)
HOME = "https://bao.example.vn/"
ARTICLE = "https://bao.example.vn/mua-gat-tren-nuong-cao-post1001.html"
PLAIN = generic("bao.example.vn")

TEXT = (
    "Sáng nay, bà con bản Nậm Lúc xuống đồng gặt lúa sớm; tiếng cười nói rộn khắp thửa ruộng. "
    "Ông Sùng A Chứ kể rằng năm ngoái lũ về bất ngờ, cả nhà chỉ kịp vớt được vài bó mạ. "
    "Những ngày này trời quang, gió nhẹ, thóc phơi đầy sân kho hợp tác xã, ai cũng phấn khởi. "
    "Chị Lò Thị Ửng bảo: nhờ giống mới và mương nước kiên cố, sản lượng tăng hơn hai tạ một sào. "
    "Ẩn sau nụ cười ấy là bao đêm thức trắng giữ nước, đắp bờ, đuổi chuột và chờ nắng hửng."
)
LOWER = TEXT.lower()
"""TCVN3 has no capitals with tones: what its fonts drew large, Unicode keeps small."""


def make_site(walk: str = "", read: str = "") -> Site:
    """Return a paper whose articles end in -post<number>.html; the words are TOML lines."""
    text = (
        f'home = "{HOME}"\ndomains = ["bao.example.vn"]\nlanguage = "vi"\n'
        f"[walk]\narticle = ['-post(?P<id>\\d+)\\.html$']\n{walk}\n[read]\n{read}\n"
    )
    return Site("bao", load(text))


def make_page(
    payload: bytes | str,
    role: Role = "article",
    *,
    url: str = ARTICLE,
    status: int = 200,
    number: int = 1,
    **fields: str,
) -> Page:
    """Return a page; `fields` are header fields with "_" for "-"."""
    data = payload.encode() if isinstance(payload, str) else payload
    headers = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return Page(url, status, headers, data, role, AT, number)


def wrap(text: str, head: str = "") -> str:
    """Return `text` as the one paragraph of a page."""
    return f"<html lang=vi><head>{head}<title>t</title></head><body><p>{text}</p></body></html>"


def to_cp1258(text: str) -> bytes:
    """Return `text` in windows-1258: each tone as a mark behind its vowel."""
    spelled = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = "".join(part for part in parts if part not in vietnamese.TONES)
        tones = "".join(part for part in parts if part in vietnamese.TONES)
        spelled.append(unicodedata.normalize("NFC", base) + tones)
    return "".join(spelled).encode("cp1258")


def to_single(text: str, name: str) -> bytes:
    """Return `text` in tcvn3, tcvn, viscii or vni, by turning the tables round."""
    if name == "vni":
        back = {letter: spelled for spelled, letter in vietnamese._VNI_TABLE.items()}
    else:
        table = {
            "tcvn3": vietnamese._TCVN3_TABLE,
            "tcvn": vietnamese._TCVN_TABLE,
            "viscii": vietnamese._VISCII_TABLE,
        }[name]
        back = {letter: chr(code) for code, letter in table.items()}
    data = vietnamese.unlatin("".join(back.get(letter, letter) for letter in text))
    assert data is not None
    return data
