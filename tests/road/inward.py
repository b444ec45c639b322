"""A paper that names addresses inside wherever a crawler looks for addresses.

``FORMS`` spells them, ``CHANNELS`` is where they stand. The paper is served on 127.0.0.77 (the
only address that the operator allows) under a name of a made-up DNS; the same port on 127.0.0.1
and ::1 is the canary's, so nothing but the address itself keeps the crawl out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from spiders.address import domain
from tests.gazette.around import Around
from tests.gazette.paper import Answer, redirect
from tests.gazette.plain import PlainPaper

PREFIX = "/thoi-su/2026/01/"  # where articles of the paper are
HOME = "127.0.0.77"
PAPER = "bao.example"

HOSTS = (
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0X7F.1"),
    *("017700000001", "0177.0.0.1", "0177.0x0.1", "00000177.0.0.1", "127.0.0.1.", "0", "0.0.0.0"),
    *("0x100000000", "4294967297", "127.0.0.01", "127.0x1", "0177.1", "127.0.0.1%20", "0x7F.0.1"),
    *("localhost", "localhost.", "LOCALHOST", "localhost.localdomain", "ⓛocalhost"),
    *("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    *("[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]"),
    *("[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[::ffff:0:127.0.0.1]", "[fe80::1%25lo]"),
    *("[fe80::1%lo]", "[fec0::1]", "[::1%251]", "[0000::0001]", "[::ffff:0x7f.1]"),
    *("127.127.127.127", "127.0.0.2", "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "127｡0｡0｡1"),
    *("user@127.0.0.1", "user:pass@127.0.0.1", f"{PAPER}@127.0.0.1", f"127.0.0.1#@{PAPER}"),
    *(f"{PAPER}\\@127.0.0.1", f"127.0.0.1\\@{PAPER}", f"127.0.0.1;@{PAPER}", "%31%32%37.0.0.1"),
    *("127%2e0%2e0%2e1", f"127.0.0.1%00.{PAPER}", f"127.0.0.1%23.{PAPER}", "127.0.0.1%0a"),
    *("169.254.169.254", "0xa9fea9fe", "2852039166", "100.100.100.200", "168.63.129.16"),
    *("[fd00:ec2::254]", "[::ffff:a9fe:a9fe]", "metadata.google.internal", "10.0.0.1"),
    *("192.168.1.1", "172.16.0.1", "192.0.0.192", "224.0.0.1", "255.255.255.255"),
)
DNS = {
    "localhost.localdomain": [["127.0.0.1"]],
    "metadata.google.internal": [["169.254.169.254"]],
    **{
        f"{name}.{PAPER}": [[address]]
        for name, address in {
            "noi-mot": "127.0.0.1",
            "noi-hai": "::1",
            "noi-ba": "169.254.169.254",
            "noi-bon": "10.0.0.1",
            "noi-nam": "::ffff:127.0.0.1",
            "noi-sau": "0.0.0.0",
            "noi-bay": "64:ff9b::7f00:1",
            "noi-tam": "2002:7f00:1::",
            "noi-chin": "::",
            "noi-muoi": "fd00:ec2::254",
            "bi-danh": "localhost",
            "dai": "2130706433",
        }.items()
    },
    f"tron.{PAPER}": [["127.0.0.1", "::1", HOME, "10.0.0.1"]],  # one of them is allowed
    f"doi.{PAPER}": [[HOME], ["127.0.0.1"]],
    f"doi-nua.{PAPER}": [[HOME], [HOME, "::1"], ["::1"]],
}
SCHEMES = (
    *(
        "https://127.0.0.1:{port}{tail}",
        "https://localhost:{port}{tail}",
        "//127.0.0.1:{port}{tail}",
    ),
    *(
        "http:\\\\127.0.0.1:{port}{tail}",
        "http:/127.0.0.1:{port}{tail}",
        "http:127.0.0.1:{port}{tail}",
    ),
    *(
        "http:///127.0.0.1:{port}{tail}",
        "\thttp://127.1:{port}{tail}",
        "ht\ttp://127.1:{port}{tail}",
    ),
    *(
        "http://127.\n0.0.1:{port}{tail}",
        "http://127.1:{port}\r\nX: y{tail}",
        "HTTP://127.1:{port}{tail}",
    ),
    *("\x00http://127.1:{port}{tail}", "http://127.1:{port}@" + PAPER + "{tail}"),
    *(
        "http://" + HOME + ":22{tail}",
        "http://" + HOME + ":{other}{tail}",
        "http://127.0.0.1:0{tail}",
    ),
    *("http://" + HOME + ":99999{tail}", "http://" + HOME + ":-80{tail}"),
    *(
        "file://{bait}",
        "file://localhost{bait}",
        "FILE://{bait}",
        "file:{bait}",
        "file://127.0.0.1{bait}",
    ),
    *(
        "{bait}",
        "ftp://127.0.0.1:{port}/x",
        "gopher://127.0.0.1:{port}/_x",
        "dict://127.0.0.1:{port}/x",
    ),
    *(
        "data:text/html,<h1>x</h1>",
        "s3://bucket/key",
        "javascript:alert(1)",
        "jar:file://{bait}!/x",
    ),
    *(
        "ldap://127.0.0.1:{port}/",
        "unix:{bait}",
        "view-source:file://{bait}",
        "ws://127.0.0.1:{port}/",
    ),
    *("blob:http://127.0.0.1:{port}/x", "about:blank", "http+unix://%2Ftmp%2Fx{tail}"),
)
CHANNELS = (
    *("redirect", "chain", "redirect of a category", "refresh", "content-location", "link header"),
    *("article", "category", "next", "feed", "sitemap", "sitemap index", "robots sitemap"),
    *("robots redirect", "base", "canonical", "meta refresh", "alternate"),
)
LISTS = ("article", "category", "feed", "sitemap", "sitemap index", "robots sitemap", "alternate")
"""Channels that name every form on one page; in the others each form has a page of its own."""
ON_PAGE = ("refresh", "content-location", "link header", "base", "canonical", "meta refresh")


def list_forms(port: int, other: int, bait: Path) -> list[str]:
    """Every form; each has an address of its own, so that each is met for itself."""
    words = {"port": port, "other": other, "bait": bait}
    names = [name for name in DNS if name.endswith(PAPER)]
    raw = [f"http://{host}:{port}{{tail}}" for host in (*HOSTS, *names)]
    raw += [form.format(tail="{tail}", **words) for form in SCHEMES]
    return [form.replace("{tail}", place("mat", 99_0000 + n)) for n, form in enumerate(raw)]


def place(word: str, number: int) -> str:
    """A path that looks like an article of the paper."""
    return f"{PREFIX}{word}-{number}.html"


class InwardPaper(Around[PlainPaper]):
    """Adds the forms to a paper's pages; ``met`` has each (channel, number of form) served."""

    def __init__(self, paper: PlainPaper, forms: list[str]) -> None:
        super().__init__(paper)
        self.forms = forms
        self.met: set[tuple[str, int]] = set()
        self._robots = 0

    def profile(self, port: int) -> str:
        """The paper's profile, as wide as a profile can be: every host of a form is the paper's
        own where a profile may say so, and any address may be an article's."""
        text = self.paper.profile()
        hosts = [f"{PAPER}:{port}", *(f"r{n}.{PAPER}:{port}" for n in range(len(self.forms)))]
        named = [host for host in (*HOSTS, *DNS) if domain(f"{host}:{port}")]
        hosts += [f"{host}:{port}" for host in named]
        quoted = ", ".join(f'"{host}"' for host in dict.fromkeys(hosts))
        text = re.sub(r"(?m)^domains = .*$", lambda _: f"domains = [{quoted}]", text)
        seeds = [
            f"{self.base}/{word}-{n}" for word in ("muc", "ke") for n in range(len(self.forms))
        ]
        named_seeds = ", ".join(f'"{seed}"' for seed in seeds)
        text = text.replace("categories = [", f"categories = [{named_seeds}, ")
        text = re.sub(r"(?m)^sitemaps = .*\n", "", text)
        wide = "article = ['^[a-z]*:?/*[^/]*/[a-z-]+/\\d{4}/\\d\\d/[^/?#]+-(?P<id>\\d+)\\.html$']"
        return re.sub(r"(?m)^article = .*$", lambda _: wide, text)

    def answer(self, target: str) -> Answer | None:
        """Answer as the paper does, with the forms where the channel has them."""
        if target == "/robots.txt":
            return self._answer_robots()
        if target == "/chi-muc.xml":
            return self._answer_index()
        if match := re.fullmatch(
            r"/(muc|ke)-(\d+)|.*/(dan|xich-[abc][a-e]|trang)-\d\d(\d{4})\.html", target
        ):
            return self._answer_one(match[1] or match[3], int(match[2] or match[4]))
        found = self.paper.answer(target)
        if found is None or found.status != 200:
            return found
        return replace(found, body=self._add(target, found.body.decode()).encode())

    def _answer_robots(self) -> Answer:
        """The first host to ask is the paper itself; each other one is sent on to a form."""
        number, self._robots = self._robots - 1, self._robots + 1
        if 0 <= number < len(self.forms):
            self.met.add(("robots redirect", number))
            return send_on(self.forms[number], 302)
        self._meet("robots sitemap")
        rows = [f"{self.base}/news-sitemap.xml", f"{self.base}/chi-muc.xml", *self.forms]
        text = "User-agent: *\nDisallow:\n" + "".join(f"Sitemap: {row.strip()}\n" for row in rows)
        return Answer(text.encode(), "text/plain; charset=utf-8", headers=CLOSE)

    def _answer_index(self) -> Answer:
        self._meet("sitemap index")
        rows = "".join(f"<sitemap><loc>{clean(form)}</loc></sitemap>" for form in self.forms)
        text = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}'
        return Answer(f"{text}</sitemapindex>".encode(), "application/xml")

    def _answer_one(self, word: str, number: int) -> Answer:
        form = self.forms[number]
        if word.startswith(("xich-a", "xich-b")):
            return redirect(self.base + link_chain("bc"[word[5] == "b"], number), 301)
        word = word.partition("-")[0]
        channels = {"dan": "redirect", "xich": "chain", "muc": "redirect of a category"}
        if word in channels:
            self.met.add((channels[word], number))
            return send_on(form, (301, 302, 303, 307, 308)[number % 5])
        if word == "ke":
            self.met.add(("next", number))
            return self._answer_category(form)
        self.met.update((channel, number) for channel in ON_PAGE)
        return self._answer_page(form, number)

    def _answer_category(self, form: str) -> Answer:
        text = self._take("/thoi-su").replace(
            "</head>", f"<link rel=next href={attribute(form)}></head>"
        )
        more = f"<nav><a rel=next href={attribute(form)}>2</a></nav></main>"
        return Answer(text.replace("</main>", more).encode())

    def _answer_page(self, form: str, number: int) -> Answer:
        story = self.paper.newsroom.find(self.paper.newsroom.visible()[number % 6])
        assert story is not None
        head = (
            f"<base href={attribute(form)}><link rel=canonical href={attribute(form)}>"
            f"<meta http-equiv=refresh content={attribute('0;url=' + form)}>"
        )
        text = re.sub(r'<link rel="canonical"[^>]*>', "", self._take(self.paper.path(story)))
        text = text.replace("<head>", f"<head>{head}")
        near = f'<ol><li><a href="{place("gan", 98_0000 + number)[1:]}">Tin</a></li></ol></main>'
        said = header(form)
        fields = (
            ("Refresh", f"0; url={said}"),
            ("Content-Location", said),
            ("Link", f"<{said}>; rel=next"),
        )
        return Answer(text.replace("</main>", near).encode(), headers=fields)

    def _take(self, target: str) -> str:
        found = self.paper.answer(target)
        assert found is not None
        return found.body.decode()

    def _meet(self, channel: str) -> None:
        self.met.update((channel, number) for number in range(len(self.forms)))

    def _add(self, target: str, text: str) -> str:
        if target == "/feed.xml":
            self._meet("feed")
            items = (f"<item><title>x</title><link>{clean(f)}</link></item>" for f in self.forms)
            return text.replace("</channel>", f"{''.join(items)}</channel>")
        if "sitemap" in target:
            self._meet("sitemap")
            rows = "".join(f"<url><loc>{clean(form)}</loc></url>" for form in self.forms)
            return text.replace("</urlset>", f"{rows}</urlset>")
        self._meet("alternate")
        head = "".join(
            f"<link rel={rel} type='{kind}' href={attribute(form)}>"
            for form in self.forms
            for rel, kind in (("alternate", "application/rss+xml"), ("amphtml", ""))
        )
        text = text.replace("</head>", f"{head}</head>")
        if "<article" in text:
            self._meet("article")
            links = "".join(f"<li><a href={attribute(form)}>Tin</a></li>" for form in self.forms)
            return text.replace(
                "</main>", f"<aside><h2>Tin liên quan</h2><ol>{links}</ol></aside></main>"
            )
        self._meet("category")
        links = "".join(
            f"<li><h2><a href={attribute(form)}>Tin</a></h2></li>"
            for form in (*self.forms, *self._list_own())
        )
        return text.replace("</main>", f"<ul>{links}</ul></main>", 1)

    def _list_own(self) -> list[str]:
        """The paper's own pages behind which one form each is waiting."""
        pages = []
        for n in range(len(self.forms)):
            pages += [place("dan", 96_0000 + n), link_chain("a", n)]
            pages += [place("trang", 95_0000 + n)]
            host = self.base.replace(PAPER, f"r{n}.{PAPER}")
            pages += [host + place("khac", 94_0000 + n)]
        return pages


CLOSE = (("Connection", "close"),)


def link_chain(step: str, number: int) -> str:
    """A path in a chain of redirects: five patterns, or the guard against traps ends it."""
    return place(f"xich-{step}{'abcde'[number % 5]}", 97_0000 + number)


def send_on(form: str, status: int) -> Answer:
    """A redirect whose target stands in the header as the form is spelt, in UTF-8."""
    return Answer(status=status, headers=(("Location", header(form)), *CLOSE))


def header(form: str) -> str:
    """The form as a header can carry it."""
    return re.sub(r"[\r\n]", "", form).encode().decode("latin-1")


def attribute(form: str) -> str:
    """The form as an attribute of HTML."""
    return quoteattr(form.replace("\0", ""))


def clean(form: str) -> str:
    """The form as XML text."""
    return escape(form.replace("\0", ""))
