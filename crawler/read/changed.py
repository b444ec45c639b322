"""Tell the date of a change from that of publication, by the words beside it.

    Updated: 19 Nov 2026, 12:49 · Published: 18 Nov 2026, 22:42      two dates, one line
    Modificado em Domingo, 15 Novembro 2026 19:21                     a change
    2.11.2026, 10:15 Uhr, aktualisiert                                a change

A label belongs to the date behind it, or before it where none follows. Decision: a line is parted
at its labels, not asked as a whole; "published ..., updated ..." was a change else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from lxml.html import HtmlElement

from crawler.read.words import read_words

Kind = Literal["published", "plain", "changed"]

CHANGED = re.compile(
    r"mis(?:e)? à jour|modifié|updated?\b|modified|edited on|revised on|aktualisier|geändert"
    r"|actualizad|actualitzat|modificad|modificat|editado em|aggiornat|uppdaterad|ändrad"
    r"|oppdatert|endret|opdateret|ændret|päivitetty|muokattu|uppfært|bijgewerkt|gewijzigd|cập nhật"
    r"|sửa lúc|güncelle|atualiza|zaktualizowan|aktualizacja|aktualizov|upraveno|ažuriran"
    r"|posodobljen|frissít|módosít|actualizat|përditësuar|uuendatud|atnaujint|atjaun"
    r"|обновлен|изменен|оновлен|змінен|актуализир|обновен|ажуриран|абноўлен|ενημερώθηκε|ενημέρωση"
    r"|τελευταία τροποποίηση|diperbarui|diperbaharui|dikemas ?kini|diubah|imesasishwa|na-update"
    r"|تحديث|آخر تعديل|تم التعديل|به‌روزرسانی|بروزرسانی|ویرایش شده|اپ ڈیٹ|اپڈیٹ|עודכן|עדכון"
    r"|अपडेट|अपडेटेड|संशोधित|अद्यतन|अद्ययावत|হালনাগাদ|আপডেট|સુધારો|અપડેટ|ਅਪਡੇਟ|புதுப்பிக்கப்பட்ட"
    r"|అప్‌డేట్|ನವೀಕರಿಸ|อัปเดต|อัพเดต|แก้ไขล่าสุด|ปรับปรุงล่าสุด|ອັບເດດ|កែប្រែ|განახლ|թարմացվ"
    r"|更新|修改|最終更新|수정|업데이트|최종수정",
    re.I,
)
PUBLISHED = re.compile(
    r"published|posted|first published|veröffentlicht|erstellt|publiée?\b|paru le|publicad[oa]"
    r"|publicat|pubblicat|publicerad|publisert|udgivet|offentliggjort|julkaistu|birt\b|gepubliceerd|geplaatst"
    r"|opublikowan|dodano|publikován|zveřejněn|vydáno|zverejnen|uverejnen|objavljen|közzét|megjelent"
    r"|publikuar|avaldatud|publicēts|paskelbta|yayınlanma|yayın tarihi|eklenme|giriş|yayım"
    r"|ngày đăng|đăng lúc|đăng ngày|xuất bản|tayang|diterbitkan|dipublikasikan|disiarkan"
    r"|imechapishwa"
    r"|опубликован|опубліковано|публикуван|објављено|апублікавана|δημοσιεύ|ανάρτηση"
    r"|نشر|تاريخ النشر|منشور|انتشار|شائع|פורסם|प्रकाशित|पब्लिश|प्रकाशन|প্রকাশ|પ્રકાશિત|ਪ੍ਰਕਾਸ਼ਿਤ"
    r"|வெளியிடப்பட்ட|ప్రచురణ|ప్రచురించ|ಪ್ರಕಟ|เผยแพร่|ເຜີຍແຜ່|ផ្សាយ|გამოქვეყნ|հրապարակ"
    r"|发布|發布|发表|發表|公開|掲載|입력|등록|승인|게재|발행",
    re.I,
)
_FIGURES = 5  # of a date
_BEFORE = 40  # letters that are read before an element


def tell_kind(text: str) -> Kind:
    """What the first label of a line says of its date; "plain" for a line without one."""
    changed, told = CHANGED.search(text), PUBLISHED.search(text)
    if changed is not None and (told is None or changed.start() < told.start()):
        return "changed"
    return "published" if told is not None else "plain"


def part_line(text: str) -> Sequence[tuple[Kind, str]]:
    """The parts of a line that have the figures of a date, with what their labels say; those of
    publication first, those of changes last."""
    if not is_figured(text):  # most lines: two hundred words need not be looked for, 3 % of a page
        return []
    found = [m for pattern in (CHANGED, PUBLISHED) for m in pattern.finditer(text)]
    starts = sorted({0, *(match.start() for match in found)})
    parts: list[tuple[Kind, str]] = []
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        part = text[start:end]
        if is_figured(part):
            parts.append((tell_kind(part), part.strip(" |·•;,(-–—")))
        elif parts and parts[-1][0] == "plain" and (kind := tell_kind(part)) != "plain":
            parts[-1] = (kind, parts[-1][1])  # "2.11.2026, 10:15 Uhr, aktualisiert"
    order: Sequence[Kind] = ("published", "plain", "changed")
    return sorted(parts, key=lambda part: order.index(part[0]))


def is_change(element: HtmlElement) -> bool:
    """Whether an element of a date is that of a change: so named, or behind a word that says so."""
    names = (element.get("class") or "").lower()
    named = "updated" in names or "modified" in names
    if named and "publish" not in names and "entry-date" not in names and "created" not in names:
        return True
    own = read_words(element, 100)
    if tell_kind(own) != "plain":
        return tell_kind(own) == "changed"
    previous, outer = element.getprevious(), element.getparent()
    before = (previous.tail or "") if previous is not None else ""
    if previous is None and outer is not None:
        before = outer.text or ""
    elif previous is not None and not before.strip(" :|·"):
        before = read_words(previous, 100) if isinstance(previous.tag, str) else ""
        if is_figured(before):
            return False
    return tell_kind(before[-_BEFORE:]) == "changed"


def is_figured(text: str) -> bool:
    """Whether a text has as many figures as a date."""
    return sum(map(str.isdigit, text)) >= _FIGURES
