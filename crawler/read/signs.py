"""Read what the names of an element (tag, class, id) say it is: caption, byline, related, ...

Names are hints: wrappers are called "ad-free" and "premium-content", too. So whoever uses a sign
subtracts those that most of the story shares (lines.find_common) and asks for more evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntFlag

from lxml.html import HtmlElement


class Sign(IntFlag):
    """What the names (tag, class, id) of a line's elements say it is."""

    NONE = 0
    CAPTION = 1
    BYLINE = 2
    DATE = 4
    RELATED = 8
    PROMPT = 16
    SHARE = 32
    TAGS = 64
    COMMENT = 128
    FRAME = 256  # navigation, header, footer, sidebar of the page
    AD = 512
    FIGURE = 1024
    ASIDE = 2048
    HIDDEN = 4096
    LEAD = 8192
    EMBED = 16384
    QUOTE = 32768
    BOX = 65536

    # enum's own operators cost a microsecond each, and a page asks some ten thousand times

    def __and__(self, other: int) -> Sign:
        return name_signs(int.__and__(self, other))

    def __or__(self, other: int) -> Sign:
        return name_signs(int.__or__(self, other))

    def __contains__(self, other: object) -> bool:
        return isinstance(other, int) and int.__and__(self, other) == other

    __bool__ = int.__bool__
    __hash__ = int.__hash__


_made: dict[int, Sign] = {}


def name_signs(value: int) -> Sign:
    """The signs that the bits of a number say."""
    found = _made.get(value)
    if found is None:
        found = _made[value] = Sign(value)
    return found


def find_shared(weights: Mapping[Sign, int], whole: int) -> Sign:
    """The signs that carry more than half of a whole: those of the wrapper, which say nothing."""
    pairs = [(int(signs), weight) for signs, weight in weights.items()]
    shared = 0
    for bit in _SINGLE:  # plain numbers: 500 questions a page
        if 2 * sum(weight for signs, weight in pairs if signs & bit) > whole:
            shared |= bit
    return name_signs(shared)


_SINGLE = tuple(map(int, Sign))
_WORDS: tuple[tuple[Sign, str], ...] = (
    (
        Sign.CAPTION,
        r"caption|(?:image|photo|img|picture|media)[-_]*(?:desc|credit|info|source|text|copyright|title)|imgdesc"
        r"|(?:bild|foto)[-_]*(?:info|text|credit|copyright|desc)|video[-_]*(?:title|head)|chu-?thich"
        r"|copyright|legende|bildunterschrift|bildtext|\bcredits?\b|photocredit",
    ),
    (
        Sign.BYLINE,
        r"by-?line|author|autor|writer|journalist|reporter|signature|\bbyl\b|contributor|\bbio\b|tac-?gia"
        r"|pseudonym|but-?danh|\bsigned\b(?!-(?:in|up|out))",
    ),
    (
        Sign.DATE,
        r"timestamp|datetime|\bdate(?:line)?\b|-date\b|\btime\b|pub-?date|publish(?:ed)?[-_]?(?:on|date|time|at)|\bupdated\b",
    ),
    (
        Sign.RELATED,
        r"relat(?!iv)|read-?(?:more|also|next)|also-?read|see-?also|recommend|more-?(?:on|from|news|stories|articles)"
        r"|\bteaser(?!-?text)|promo(?!t)|most-?(?:read|popular|viewed)|cross-?link|inline-?(?:article|story)|lire-?aussi|linkbox"
        r"|link-?list|mehr-?zum|tinlienquan|tin-?lien|onward|outbrain|taboola",
    ),
    (
        Sign.PROMPT,
        r"newsletter|subscri|paywall|sign-?up|consent|cookie|\blog-?in|regwall|donat|membership|app-?(?:promo|banner)"
        r"|call-?to-?action|\bcta\b|piano",
    ),
    (Sign.SHARE, r"\bshar(?:e|ing)|social|follow-?us|sociable|addtoany"),
    (
        Sign.TAGS,
        r"\btags?\b|tag-?list|keywords|\btopics?\b|\betiketler\b|\betiquet(?:as|tes)\b|\bassuntos\b|tu-?khoa"
        r"|schlag-?w[oö]e?rt|stich-?w[oö]e?rt|mots-?cles|palabras-?clave|palavras-?chave|parole-?chiave|trefwoord"
        r"|nyckelord|\bstitky\b|\bcimkek\b|slowa-?kluczowe|kata-?kunci|anahtar-?kelime",
    ),
    (
        Sign.COMMENT,
        r"\bcomments?\b|disqus|comment-|\byorum|\bcomentari|\bcommentaire|\bcommenti\b|\bkomentar|\bkommentar"
        r"|\bbinh-?luan|\by-?kien-?ban|\breacties\b",
    ),
    (
        Sign.FRAME,
        r"\bnav\b|navbar|navigation|breadcrumb|\bmenu\b|side-?bar|\bfooter\b|site-?header|toolbar|masthead",
    ),
    (
        Sign.AD,
        r"\bads?\b|advert|\bad[-_]|sponsor|werbung|anzeige|\bbanner\b|\bdfp\b|publicidad|\biklan\b|quang-?cao"
        r"|publicite|pubblicita|\breklama?\b",
    ),
    (
        Sign.LEAD,
        r"\blead\b|sapo|stand-?first|sub-?(?:title|head(?:ing|line)?)|\bintro|summary|\bdek\b|chapeau|perex|ingress"
        r"|excerpt|preamble|\bdeck\b|vorspann|anlauf|article-?desc|detail-?desc|\bdescription\b|teaser-?text|\blede\b"
        r"|headline__sub|bajada|copete|entradilla|sommario|catenaccio|occhiello|underline|leadtext",
    ),
    (Sign.EMBED, r"twitter|instagram|tiktok|facebook-?(?:post|embed)|fb-post|\bembed"),
    (Sign.BOX, r"fact-?(?:box|sheet|file)|info-?box|fakta|faktabo|box-?fact|call-?out|side-?note"),
    (Sign.HIDDEN, r"\bhidden\b|visually-?hidden|sr-only|screen-?reader"),
)
_NAMES = re.compile("|".join(f"(?P<{sign.name}>{words})" for sign, words in _WORDS))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BITS = {sign.name or "": sign.value for sign in Sign} | {"NONE": 0}
_MOST_TAGS = 1_000  # names of elements that are remembered


class _Tags(dict[object, int]):
    """The signs of elements by name; a custom element's name is a word like a class's."""

    def __missing__(self, tag: object) -> int:
        signs = _read_word(tag) if isinstance(tag, str) and "-" in tag else 0
        if len(self) < _MOST_TAGS:
            self[tag] = signs
        return signs


_BY_TAG = _Tags(
    {
        "figcaption": Sign.CAPTION.value,
        "figure": Sign.FIGURE.value,
        "nav": Sign.FRAME.value,
        "footer": Sign.FRAME.value,
        "aside": Sign.ASIDE.value,
        "time": Sign.DATE.value,
        "address": Sign.BYLINE.value,
        "blockquote": Sign.QUOTE.value,
    }
)


def read_signs(element: HtmlElement) -> Sign:
    """The signs an element itself gives by its tag, class, id, role and style."""
    return name_signs(weigh_signs(element))


def weigh_tag(element: HtmlElement) -> int:
    """The signs of an element's name alone, as a number."""
    return _BY_TAG[element.tag]


def weigh_signs(element: HtmlElement) -> int:
    """`read_signs` as a number, for those who add up many."""
    signs = _BY_TAG[element.tag]
    named = ident = component = None
    for name, value in element.items():  # asking for five attributes one by one takes longer
        if name == "class":
            named = value
        elif name == "id":
            ident = value
        elif name == "data-component":
            component = value
        elif (name == "aria-hidden" and value == "true") or (
            name == "style" and "display:none" in value.replace(" ", "")
        ):
            signs |= _HIDDEN
    names = (named, ident, component)
    if names != _NAMELESS:
        found = _known.get(names)
        signs |= _read_names(names) if found is None else found
    return signs


_Names = tuple[str | None, str | None, str | None]
_NAMELESS: _Names = (None, None, None)
_HIDDEN = Sign.HIDDEN.value
_known: dict[_Names, int] = {}
_known_words: dict[str, int] = {}
_MOST_KNOWN = 20_000


def _read_names(names: _Names) -> int:
    """The signs of class, id and component; remembered, since a page repeats them.

    Word by word, for no expression reaches over a blank: a page of 160 spellings repeats most of
    their words. 8.9 ms a page that nobody has read before became 0.8 by this, by `_ANY` and by
    asking `_NAMES` only at the places that `_ANY` finds.
    """
    written = " ".join([name for name in names if name])[:400]
    signs = 0
    for word in written.split():
        found = _known_words.get(word)
        signs |= _read_word(word) if found is None else found
    if len(_known) < _MOST_KNOWN and len(written) < 400:
        _known[names] = signs
    return signs


def _read_word(word: str) -> int:
    spelled = word if word.islower() else _CAMEL.sub("-", word).lower()
    spelled = spelled.replace("_", "-")
    signs, at = 0, 0
    while (place := _ANY.search(spelled, at)) is not None:
        match = _NAMES.match(spelled, place.start())
        if match is None:  # the two are made of the same words
            break
        signs |= _BITS[match.lastgroup or "NONE"]
        at = match.end()
    if len(_known_words) < _MOST_KNOWN and len(word) < 400:
        _known_words[word] = signs
    return signs


def forget_names() -> None:
    """Forget all names that were read: a measurement asks as if for the first time."""
    _known.clear()
    _known_words.clear()


def _sort_by_letter(words: str) -> re.Pattern[str]:
    """An expression that matches where one of these alternatives does, sorted by first letters.

    `re` tries alternatives one by one: 26 first letters cost a tenth of 150 words.
    """
    letters: dict[str, list[str]] = {}
    for word in _spread(words):
        edge = word.startswith(r"\b")
        first, rest = (word[2], word[3:]) if edge else (word[0], word[1:])
        letters.setdefault(first, []).append(rf"(?<=\b{first}){rest}" if edge else rest)
    parts = (f"{first}(?:{'|'.join(rests)})" for first, rests in letters.items())
    return re.compile("|".join(parts))


def _spread(words: str) -> list[str]:
    """The alternatives of an expression; one that begins with a choice of words as several."""
    parts, depth = [""], 0
    for letter in words:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    choices = [(part, _CHOICE.match(part)) for part in parts]
    return [
        first + part[choice.end() if choice else 0 :]
        for part, choice in choices
        for first in (choice[1].split("|") if choice else ("",))
    ]


_CHOICE = re.compile(r"\(\?:([a-z|]+)\)")
_ANY = _sort_by_letter("|".join(words for _, words in _WORDS))
