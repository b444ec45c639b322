"""The words a fictional paper is crawled with: its system's name, next to nothing, or the words
of a real paper of the system with the hosts changed.

``{base}`` and ``{host}`` stand for where the paper is served, as scores.py fills them in.
"""

from __future__ import annotations

import re

from spiders.catalog import Catalog
from tests.gazette.paper import Paper
from tests.gazette.system import System

MANNERS = "[manners]\ndelay = 0.0\n"
PAGES = 20  # of a category: the fiction's lists show four stories, and all are to be found
HOST = re.compile(r"""(?<=\^https\?://)(?:\[\^[^\]]*\]\+|[^/'"])+?(?=/|['"])""")


def name_platform(paper: Paper, platform: str) -> str:
    """Return the least profile that names the system; the API of the scripted front has a host of
    its own in the world, so that every profile of it has to name it.
    """
    api = 'api = "{base}/api/web/"\n' if platform == "spa" else ""
    return f"""\
title = "{paper.name}"
home = "{{base}}/"
domains = ["{{host}}"]
{tell_place(paper)}platform = "{platform}"
[walk]
pages = {PAGES}
{api}{MANNERS}"""


def say_little(paper: Paper) -> str:
    """Return a profile that says where the front page is, its language and its clock."""
    return f'home = "{{base}}/"\n{tell_place(paper)}[walk]\npages = {PAGES}\n{MANNERS}'


def tell_place(paper: Paper) -> str:
    """Return language and time zone of a paper."""
    zone = paper.timezone if isinstance(paper, System) else "Asia/Ho_Chi_Minh"
    return f'language = "{paper.newsroom.language.code}"\ntimezone = "{zone}"\n'


def adopt(key: str, paper: Paper) -> str:
    """Return the shipped profile of ``key`` for a fictional paper: its hosts are where that is
    served, its categories that paper's; every other word is as shipped.
    """
    catalog = Catalog()
    text = catalog.origin(key).read_text(encoding="utf-8")
    domains = sorted({*catalog.get(key).profile.domains, *_find_hosts(text)}, key=len, reverse=True)
    text = HOST.sub(lambda _: "@HOST@", text)
    for domain in domains:
        name = re.escape(domain)
        text = re.sub(rf'"https?://(?:[\w-]+\.)*{name}(?=[/"])', '"{base}', text)
        text = re.sub(rf'"(?:[\w-]+\.)*{name}"', '"{host}"', text)
    sections = ", ".join(f'"{_find_place(paper, one.slug)}"' for one in paper.newsroom.sections)
    text, count = re.subn(
        r"(?m)^categories = \[.*?\]$", f"categories = [{sections}]", text, flags=re.S
    )
    text = text.replace("@HOST@", r"127\.0\.0\.1:\d+")
    text = re.sub(r"(?m)^(?:delay|concurrency) = .*\n", "", text)
    if "[manners]" in text:
        text = text.replace("[manners]\n", MANNERS, 1)
    else:
        text += MANNERS
    return text if count else text.replace("[walk]\n", f"[walk]\ncategories = [{sections}]\n", 1)


def _find_hosts(text: str) -> set[str]:
    return set(re.findall(r'"https?://([\w.-]+)', text))


def _find_place(paper: Paper, slug: str) -> str:
    """Where the paper's menu has a section."""
    section = next(one for one in paper.newsroom.sections if one.slug == slug)
    if isinstance(paper, System):
        return paper.section_path(section)
    return f"/{slug}/" if paper.key == "epi" else f"/{slug}"
