"""Pages in every form of bytes that their text may come in: encodings, lies about them, mixtures.

``vietnamese()`` and ``foreign()`` give forms by name; what a page should say is the same in all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from html.entities import codepoint2name

from crawler.read.vietnamese import latin
from tests.read.encodings import spell

UTF8 = "text/html; charset=utf-8"
LATIN1 = "text/html; charset=iso-8859-1"
CP1258 = "text/html; charset=windows-1258"
LEGACY = ("tcvn3", "vni", "viscii", "vps", "bkhcm2", "windows-1258")
OWN = {"tcvn3": "x-viet-tcvn5712", "vps": "x-viet-vps", "vni": "x-viet-vni"}

TITLE = "Mùa gặt sớm ở bản vùng cao: nỗi lo và niềm vui của người giữ nước"
PARAGRAPHS = (
    "Sáng nay, bà con bản Nậm Lúc xuống đồng gặt lúa sớm; tiếng cười nói rộn khắp thửa ruộng.",
    "Ông Sùng A Chứ kể rằng năm ngoái lũ về bất ngờ, cả nhà chỉ kịp vớt được vài bó mạ.",
    "Những ngày này trời quang, gió nhẹ, thóc phơi đầy sân kho hợp tác xã, ai cũng phấn khởi.",
    "Chị Lò Thị Ửng bảo: nhờ giống mới và mương nước kiên cố, sản lượng tăng hai tạ một sào.",
    "Theo ông Vừ A Dính, 'mỗi hộ - mỗi vườn' là cách làm mới; bà Nguyễn Thị Thảo ở phường "
    "Quỳnh Mai thì nói: có nước là có tất cả, còn nợ nần rồi cũng sẽ trả hết.",
)


@dataclass(frozen=True, slots=True)
class Form:
    """Bytes, what their header says, and what a reader should find in them."""

    data: bytes
    content_type: str | None
    title: str = TITLE
    paragraphs: tuple[str, ...] = PARAGRAPHS
    language: str = field(default="vi")


def write_page(
    title: str = TITLE,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    *,
    head: str = '<meta charset="utf-8">',
    language: str = "vi",
) -> str:
    """Return an article's page."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    spoken = f' lang="{language}"' if language else ""
    return (
        f"<!DOCTYPE html><html{spoken}><head>{head}<title>{title}</title>"
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'</head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>{body}</article>'
        "</body></html>"
    )


def refer(text: str, kind: str) -> str:
    """Return ``text`` with references for what is not ASCII: dec, hex, or named where it can be."""

    def name(code: int) -> str:
        if kind == "named" and code in codepoint2name:
            return f"&{codepoint2name[code]};"
        return f"&#x{code:X};" if kind == "hex" else f"&#{code};"

    return "".join(c if c.isascii() else name(ord(c)) for c in text)


def split(page: str) -> tuple[str, str]:
    """Return what comes before the article, and the rest."""
    start = page.index("<article>")
    return page[:start], page[start:]


def vietnamese() -> dict[str, Form]:
    """Return every form of the Vietnamese page."""
    found: dict[str, Form] = {}
    for name in LEGACY:
        found |= {f"{name}: {key}": form for key, form in _legacy(name).items()}
    found |= {f"utf-8: {key}": form for key, form in _unicode().items()}
    found |= {f"twice: {key}": form for key, form in _twice().items()}
    found |= {f"lost: {key}": form for key, form in _lost().items()}
    return found


def _legacy(name: str) -> dict[str, Form]:
    page = write_page()
    bare = spell(write_page(head=""), name)
    before, after = split(page)
    own = f"text/html; charset={OWN.get(name, name)}"
    found = {f"header {header}": Form(bare, header) for header in (LATIN1, UTF8, CP1258, own, None)}
    found |= {
        "meta utf-8": Form(spell(page, name), None),
        "meta windows-1252": Form(
            spell(write_page(head='<meta charset="windows-1252">'), name), None
        ),
        "written as utf-8": Form(latin(spell(page, name)).encode(), UTF8),
        "no language": Form(spell(write_page(head="", language=""), name), LATIN1),
        "another language": Form(spell(write_page(head="", language="en"), name), LATIN1),
        "body in bytes": Form(before.encode() + spell(after, name), UTF8),
        "body in letters": Form((before + latin(spell(after, name))).encode(), UTF8),
        "title alone": Form(page.replace(TITLE, latin(spell(TITLE, name))).encode(), UTF8),
        "a paragraph alone": Form(_one(page, name).encode(), UTF8),
        "a paragraph in bytes": Form(
            page.encode().replace(PARAGRAPHS[1].encode(), spell(PARAGRAPHS[1], name)), UTF8
        ),
        "short": Form(
            spell(write_page(paragraphs=PARAGRAPHS[1:2], head=""), name),
            LATIN1,
            paragraphs=PARAGRAPHS[1:2],
        ),
    }
    for kind in ("dec", "hex", "named"):
        written = latin(spell(page, name))
        found[f"references {kind}"] = Form(refer(written, kind).encode(), UTF8)
        title = refer(latin(spell(TITLE, name)), kind)
        found[f"title in references {kind}"] = Form(page.replace(TITLE, title).encode(), UTF8)
    return found


def _one(page: str, name: str) -> str:
    return page.replace(PARAGRAPHS[1], latin(spell(PARAGRAPHS[1], name)))


def _unicode() -> dict[str, Form]:
    page = write_page()
    data, nfd = page.encode(), unicodedata.normalize("NFD", page)
    old = write_page(head='<meta charset="windows-1258">')
    late = write_page(head=f'<!--{"x" * 3000}--><meta charset="windows-1258">')
    later = write_page(head=f'<script>{"x" * 30_000}</script><meta charset="windows-1258">')
    declaration = b'<?xml version="1.0" encoding="windows-1258"?>'
    found = {
        "plain": Form(data, UTF8),
        "mark": Form(b"\xef\xbb\xbf" + data, None),
        "mark and meta disagree": Form(b"\xef\xbb\xbf" + old.encode(), LATIN1),
        "header windows-1258": Form(data, CP1258),
        "header windows-1251": Form(data, "text/html; charset=windows-1251"),
        "header latin-1, meta windows-1258": Form(old.encode(), LATIN1),
        "nfd": Form(nfd.encode(), UTF8),
        "cut in a letter": Form(data[: data.rfind("ả".encode()) + 2], UTF8),
        "windows-1258, meta late": Form(spell(late, "windows-1258"), None),
        "windows-1258, meta very late": Form(spell(later, "windows-1258"), None),
        "windows-1258, xml declaration": Form(
            declaration + spell(write_page(head=""), "windows-1258"), None
        ),
        "latin-1 and references": Form(page.encode("cp1252", "xmlcharrefreplace"), LATIN1),
        "windows-1258 and references": Form(page.encode("cp1258", "xmlcharrefreplace"), CP1258),
        "utf-7": Form(page.encode("utf-7"), None),
    }
    for kind in ("dec", "hex", "named"):
        found[f"references {kind}"] = Form(refer(page, kind).encode(), LATIN1)
        found[f"nfd in references {kind}"] = Form(refer(nfd, kind).encode(), LATIN1)
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\0\0"}
    for codec, mark in marks.items():
        found[f"{codec} with mark"] = Form(mark + page.encode(codec), LATIN1)
        if codec != "utf-32-le":
            found[f"{codec} without mark"] = Form(page.encode(codec), None)
            found[f"{codec} declared"] = Form(page.encode(codec), f"text/html; charset={codec}")
    return found


def _twice() -> dict[str, Form]:
    page = write_page()
    before, after = split(page)
    readings: dict[str, Callable[[bytes], str]] = {
        "latin-1": lambda data: data.decode("latin-1"),
        "windows-1252": latin,
        "windows-1258": lambda data: data.decode("cp1258", "replace"),
        "windows-1251": lambda data: data.decode("cp1251", "replace"),
        "windows-1250": lambda data: data.decode("cp1250", "replace"),
        "iso-8859-2": lambda data: data.decode("iso8859-2"),
        "macintosh": lambda data: data.decode("mac-roman"),
        "cp437": lambda data: data.decode("cp437"),
        "gb18030": lambda data: data.decode("gb18030", "replace"),
        "shift_jis": lambda data: data.decode("cp932", "replace"),
    }
    found = {
        f"by {name}": Form(misread(page.encode()).encode(), UTF8)
        for name, misread in readings.items()
    }
    for name in ("latin-1", "windows-1252"):
        misread, text = readings[name], page
        for times in range(3):
            text = misread(text.encode())
            found[f"{times + 2} times by {name}"] = Form(text.encode(), UTF8)
        wrong = misread(page.encode())
        found |= {
            f"body by {name}": Form((before + misread(after.encode())).encode(), UTF8),
            f"title by {name}": Form(page.replace(TITLE, misread(TITLE.encode())).encode(), UTF8),
            f"by {name} in references": Form(refer(wrong, "dec").encode(), UTF8),
            f"by {name} in names": Form(refer(wrong, "named").encode(), UTF8),
            f"nfd by {name}": Form(
                misread(unicodedata.normalize("NFD", page).encode()).encode(), UTF8
            ),
        }
    return found


def _lost() -> dict[str, Form]:
    """Text that cannot be had back: it has to be flagged."""
    page = write_page()
    bare = unicodedata.normalize("NFD", page).encode("ascii", "ignore")
    broken = bytearray(page.encode())
    for place in range(300, len(broken), 7):
        if broken[place] >= 0xC0:
            broken[place] = 0x20
    return {
        "question marks": Form(page.encode("ascii", "replace"), UTF8),
        "latin-1 with question marks": Form(page.encode("latin-1", "replace"), LATIN1),
        "windows-1258 with question marks": Form(page.encode("cp1258", "replace"), CP1258),
        "latin-1 with letters dropped": Form(page.encode("latin-1", "ignore"), LATIN1),
        "windows-1252 with letters dropped": Form(page.encode("cp1252", "ignore"), LATIN1),
        "accents dropped": Form(bare, UTF8),
        "a byte in seven": Form(bytes(broken), UTF8),
        "no-break spaces folded": Form(page.encode().replace(b"\xa0", b" "), UTF8),
        "swapped mark": Form(b"\xfe\xff" + page.encode("utf-16-le"), None),
        "viqr": Form(_viqr(page).encode(), UTF8),
        "few broken bytes": Form(page.encode().replace("ạ".encode(), b"\xe1\xbb"), UTF8),
    }


def _viqr(page: str) -> str:
    """Return ``page`` in VIQR (RFC 1456): accents as ASCII signs behind their letters."""
    signs = dict(zip("\u0301\u0300\u0309\u0303\u0323\u0302\u0306\u031b", "'`?~.^(+", strict=True))
    text = "".join(signs.get(c, c) for c in unicodedata.normalize("NFD", page))
    return text.replace("đ", "dd").replace("Đ", "DD")


def fold(text: str | None) -> str:
    """Return text as it is compared: NFC, one blank between words."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "")).strip()
