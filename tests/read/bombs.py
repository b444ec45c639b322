"""Pages made to stop a reader: each a function of its size, 1.0 being the full charge."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable

import brotli

from crawler.read.page import Page
from tests.read.samples import HOME, make_page

Bomb = Callable[[float], Page]
MIB = 2**20


def _html(body: str, **fields: str) -> Page:
    return make_page(f"<html><head><title>t</title></head><body>{body}</body></html>", **fields)


def _times(text: str, count: float) -> str:
    return text * max(1, int(count))


def _attributes(size: float) -> Page:
    return _html("<div " + " ".join(f"a{n}=1" for n in range(int(40_000 * size))) + ">x</div>")


def _layers(size: float) -> Page:
    data = b"<p>x</p>" * int(1000 * size + 1)
    for _ in range(30):
        data = gzip.compress(data)
    return make_page(data, content_encoding=", ".join(["gzip"] * 30))


def _gzip_bomb(size: float) -> Page:
    data = gzip.compress(b"<p>" + b"\0" * int(900 * MIB * size), 9)
    return make_page(data, content_encoding="gzip")


def _double_gzip(size: float) -> Page:
    data = gzip.compress(gzip.compress(b"a" * int(900 * MIB * size), 9), 9)
    return make_page(data, content_encoding="gzip, gzip")


def _brotli_bomb(size: float) -> Page:
    data = brotli.compress(b"<p>a" * int(100 * MIB * size), quality=5)
    return make_page(data, content_encoding="br")


def _members(size: float) -> Page:
    return make_page(gzip.compress(b"") * int(200_000 * size), content_encoding="gzip")


def _raw_deflate(size: float) -> Page:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(b" " * int(400 * MIB * size)) + packer.flush()
    return make_page(data, content_encoding="deflate")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><rss><channel><item><link>/x</link><title>&a11;</title></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<urlset><url><loc>https://bao.example.vn/&x;</loc></url></urlset>"
)


def _sitemap(size: float) -> Page:
    entries = "".join(f"<url><loc>{HOME}a-{n}</loc></url>" for n in range(int(600_000 * size)))
    return make_page(f"<urlset>{entries}</urlset>", "sitemap", url=f"{HOME}sitemap.xml")


def _noise(size: float) -> Page:
    return make_page(random.Random(1).randbytes(int(5 * MIB * size)))


def _names(size: float) -> Page:
    return _html("".join(f"<t{n}>x</t{n}>" for n in range(int(200_000 * size))))


def _anchors(size: float) -> Page:
    links = "".join(f'<a href="/a-b-c-post{n}.html">t {n}</a>' for n in range(int(100_000 * size)))
    return make_page(f"<html><body>{links}</body></html>", "home", url=HOME)


def _srcset(size: float) -> Page:
    entries = ", ".join(f"/a{n}.jpg {n}w" for n in range(int(200_000 * size)))
    return _html(f'<article><h1>t</h1><p>x</p><img srcset="{entries}"></article>')


def _zips(size: float) -> Page:
    data = b"0" * int(50 * MIB * size)
    for _ in range(3):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("a.zip"), data)
        data = file.getvalue()
    return make_page(data, content_type="text/html")


def _feed_of(text: str) -> Page:
    item = f"<item><link>/a</link><title>t</title><description>{text}</description></item>"
    return make_page(f"<rss><channel>{item}</channel></rss>", "feed")


def _fonts(size: float) -> Page:
    text = "<font face='.VnTimeH'>c«ng nh©n ®ång chÝ ViÖt B¾c " * int(60_000 * size)
    return make_page(f"<html lang=vi><body><p>{text}".encode("cp1252"))


def _json_ld(text: str) -> Page:
    return _html(f'<script type="application/ld+json">{text}</script><p>x</p>')


BOMBS: dict[str, Bomb] = {
    "attributes on one tag": _attributes,
    "empty paragraphs": lambda size: _html(_times("<p>", 100_000 * size)),
    "paragraphs with words": lambda size: _html(_times("<p>một hai ba", 100_000 * size)),
    "deep blocks": lambda size: _html(_times("<div>", 100_000 * size)),
    "deep inline elements": lambda size: _html(_times("<b><i>", 100_000 * size)),
    "nested tables": lambda size: _html(_times("<table><tr><td>", 30_000 * size)),
    "nested lists": lambda size: _html(_times("<ul><li>x", 50_000 * size)),
    "misnested formatting": lambda size: _html(_times("<b><p></b>", 50_000 * size)),
    "line breaks": lambda size: _html("<p>" + _times("a<br>", 300_000 * size)),
    "many tag names": _names,
    "many links": _anchors,
    "one huge attribute": lambda size: _html(f'<p title="{_times("x", 4.9 * MIB * size)}">y</p>'),
    "one huge class": lambda size: _html(f'<p class="{_times("c ", 2.4 * MIB * size)}">y</p>'),
    "one huge word": lambda size: _html(f"<p>{_times('x', 4.9 * MIB * size)}</p>"),
    "one huge blank": lambda size: _html(f"<p>x{_times(' ', 4.9 * MIB * size)}y</p>"),
    "zero bytes": lambda size: make_page(b"<p>x" + b"\0" * int(5 * MIB * size)),
    "less-than signs": lambda size: _html(_times("<", 4.9 * MIB * size)),
    "open comments": lambda size: _html(_times("<!--", 1.2 * MIB * size)),
    "open quotes": lambda size: _html(_times('<a href="', 500_000 * size)),
    "open scripts": lambda size: _html(_times("<script>", 600_000 * size)),
    "ampersands": lambda size: _html(_times("&amp", 1.2 * MIB * size)),
    "open CDATA in a feed": lambda size: make_page(
        "<rss>&" + _times("<![CDATA[", 500_000 * size), "feed"
    ),
    "open DOCTYPEs in a feed": lambda size: make_page(
        "<rss>" + _times("<!DOCTYPE [", 400_000 * size), "feed"
    ),
    "entities that multiply": lambda _: make_page(LAUGHS, "feed"),
    "entity from outside": lambda _: make_page(OUTSIDE, "sitemap"),
    "feed of many items": lambda size: make_page(
        "<rss>" + _times("<item><link>/a</link><title>&lt;b&gt;x</title></item>", 70_000 * size),
        "feed",
    ),
    "deep XML": lambda size: make_page("<rss>" + _times("<a>", 1_000_000 * size), "feed"),
    "sitemap of many entries": _sitemap,
    "deep JSON-LD": lambda size: _json_ld(_times("[", 1_000_000 * size)),
    "long JSON-LD": lambda size: _json_ld(json.dumps([{"@type": "x"}] * int(200_000 * size))),
    "deep JSON feed": lambda size: make_page('{"items":' + _times("[", 1_000_000 * size), "feed"),
    "gzip of zeros": _gzip_bomb,
    "gzip of gzip": _double_gzip,
    "gzip in thirty layers": _layers,
    "gzip members without end": _members,
    "deflate of blanks": _raw_deflate,
    "brotli": _brotli_bomb,
    "a million attributes": lambda size: _html("<p " + _times("a ", 1_000_000 * size) + ">x"),
    "a million siblings": lambda size: _html(_times("<i/>", 1_000_000 * size)),
    "one huge comment": lambda size: _html(f"<!--{_times('-', 4.9 * MIB * size)}--><p>x"),
    "one huge script": lambda size: _html(f"<script>{_times('a<', 2.4 * MIB * size)}</script>"),
    "one huge CDATA": lambda size: _feed_of(f"<![CDATA[{_times('a ', 2.4 * MIB * size)}]]>"),
    "one huge address": lambda size: _html(f'<a href="/{_times("a/", 2.4 * MIB * size)}">x</a>'),
    "data addresses": lambda size: _html(
        _times(f'<img src="data:image/gif;base64,{"A" * 4000}">', 1200 * size)
    ),
    "srcset": _srcset,
    "meta refreshes": lambda size: _html(
        _times('<meta http-equiv="refresh" content="0;url=/a">', 100_000 * size)
    ),
    "bases": lambda size: _html(_times('<base href="//[">', 250_000 * size)),
    "stylesheet instructions": lambda size: make_page(
        _times('<?xml-stylesheet href="file:///etc/passwd"?>', 100_000 * size) + "<rss/>", "feed"
    ),
    "zip of zips": _zips,
    "open scripts in a feed": lambda size: _feed_of(_times("&lt;script", 490_000 * size)),
    "open styles in a feed": lambda size: _feed_of(
        _times("&lt;style", 490_000 * size) + "&lt;/script&gt;"
    ),
    "references": lambda size: _html("<p>" + _times("&eacute;", 600_000 * size)),
    "escapes": lambda size: _json_ld('{"headline":"' + _times("\\u00e9", 800_000 * size) + '"}'),
    "blanks in JSON-LD": lambda size: _json_ld("{" + _times(" ", 1.9 * MIB * size) + "}"),
    "letters encoded twice": lambda size: _html("<p>" + _times("áº£", 700_000 * size)),
    "fonts of capitals": _fonts,
    "marks without end": lambda size: _html("<p>a" + _times("\u0301", 2.4 * MIB * size)),
    "quotes": lambda size: _html("<p>" + _times('"é', 1_600_000 * size)),
    "noise": _noise,
    "utf-16 noise": lambda size: make_page(b"\xff\xfe" + b"<\0" * int(2 * MIB * size)),
}
