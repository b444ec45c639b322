"""What the papers of unseen.py say in each language besides their stories: dates and labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Tongue:
    """The words of one language's papers."""

    name: str
    timezone: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    date: str  # of {day}, {d}, {month}, {y}, {by} (Buddhist year), {h}, {min}
    older: str
    print: str
    gallery: str
    gallery_of: str
    all_about: str
    notices: dict[str, str] = field(default_factory=dict)


TONGUES = {
    "id": Tongue(
        "Warta Rimbaraya",
        "Asia/Jakarta",
        ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        ("Januari", "Februari", "Maret"),
        "{day}, {d} {month} {y} | {h}:{min} WIB",
        "Berita sebelumnya",
        "Cetak",
        "galeri",
        "Foto:",
        "Kumpulan berita tentang",
        {"/tentang-kami": "Tentang Kami", "/pedoman-media-siber": "Pedoman Media Siber"},
    ),
    "th": Tongue(
        "ข่าวลุ่มน้ำใส",
        "Asia/Bangkok",
        ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"),
        ("มกราคม", "กุมภาพันธ์", "มีนาคม"),
        "วัน{day}ที่ {d} {month} พ.ศ. {by} เวลา {h}:{min} น.",
        "ข่าวก่อนหน้า",
        "พิมพ์",
        "gallery",
        "ภาพชุด",
        "รวมข่าว",
        {"/about-us": "เกี่ยวกับเรา", "/contact": "ติดต่อ"},
    ),
    "fr": Tongue(
        "L'Écho du Vauzois",
        "Europe/Paris",
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        ("janvier", "février", "mars"),
        "Publié le {day} {d} {month} {y} à {h}h{min}",
        "Articles plus anciens",
        "Imprimer",
        "diaporama",
        "En images :",
        "Toute l'actualité sur",
        {"/mentions-legales": "Mentions légales", "/nous-contacter": "Nous contacter"},
    ),
    "vi": Tongue(
        "Báo Sơn Khê",
        "Asia/Ho_Chi_Minh",
        ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
        ("1", "2", "3"),
        "{day}, {d}/{month}/{y}, {h}:{min} [GMT+7]",
        "Tin cũ hơn",
        "Bản in",
        "anh",
        "Chùm ảnh:",
        "Tổng hợp tin tức về",
        {"/gioi-thieu.html": "Giới thiệu", "/lien-he-quang-cao.html": "Quảng cáo"},
    ),
    "de": Tongue(
        "Vauzbacher Tagblatt",
        "Europe/Berlin",
        ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        ("Januar", "Februar", "März"),
        "{day}, {d}. {month} {y}, {h}.{min} Uhr",
        "Ältere Beiträge",
        "Drucken",
        "bilder",
        "Bilderstrecke:",
        "Alle Nachrichten zu",
        {"/impressum": "Impressum", "/datenschutz": "Datenschutz"},
    ),
    "en": Tongue(
        "The Ferris Ridge Courier",
        "America/New_York",
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        ("January", "February", "March"),
        "{month} {d}, {y} at {h}:{min}",
        "Older stories",
        "Print",
        "photos",
        "In pictures:",
        "All stories on",
        {"/about-us": "About us", "/contact": "Contact"},
    ),
}


def write_date(language: str, at: datetime) -> str:
    """The instant as the papers of a language print it, to the minute."""
    tongue = TONGUES[language]
    return tongue.date.format(
        day=tongue.days[at.weekday()],
        d=at.day,
        month=tongue.months[at.month - 1],
        y=at.year,
        by=at.year + 543,
        h=f"{at.hour:02}",
        min=f"{at.minute:02}",
    )
