"""Pages of sixteen languages in their old encodings: declared right, declared wrong, not at all."""

from __future__ import annotations

from tests.read.forms import LATIN1, UTF8, Form, write_page

_TEXTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ru cp1251 koi8-r iso8859-5": (
        "Жители посёлка спорят о новом мосте",
        (
            "Сегодня утром жители посёлка собрались у старого моста, чтобы обсудить планы.",
            "Глава района пообещал, что работы начнутся весной, а объезд будет готов к июню.",
        ),
    ),
    "uk cp1251 koi8-u": (
        "Мешканці селища сперечаються про новий міст",
        (
            "Сьогодні вранці мешканці селища зібралися біля старого мосту, щоб обговорити плани.",
            "Голова району пообіцяв, що роботи почнуться навесні, а дорога буде готова.",
        ),
    ),
    "ja cp932 euc_jp iso2022_jp": (
        "地方新聞の記事が今朝発表された",
        (
            "今朝、町の住民は古い橋の前に集まり、県の計画について話し合いました。",
            "町長は、工事は春に始まり、迂回路は六月までに完成すると約束しました。",
        ),
    ),
    "zh gb18030": (
        "镇上居民讨论新桥的建设计划",
        (
            "今天早上，镇上的居民聚集在老桥前，讨论省里的计划，许多人表示支持。",
            "镇长承诺，工程将于春天开工，绕行道路将在六月之前完成。",
        ),
    ),
    "zh big5hkscs": (
        "鎮上居民討論新橋的建設計劃",
        (
            "今天早上，鎮上的居民聚集在老橋前，討論省裡的計劃，許多人表示支持。",
            "鎮長承諾，工程將於春天開工，繞行道路將在六月之前完成。",
        ),
    ),
    "ko euc_kr": (
        "마을 주민들이 새 다리 계획을 논의했다",
        (
            "오늘 아침 마을 주민들은 오래된 다리 앞에 모여 도의 계획에 대해 이야기했다.",
            "군수는 공사가 봄에 시작되고 우회로는 유월까지 완성될 것이라고 약속했다.",
        ),
    ),
    "cs iso8859-2 cp1250": (
        "Občané vsi se přou o nový most přes řeku",
        (
            "Dnes ráno se obyvatelé sešli u starého mostu, aby probrali plány, které je netěší.",
            "Starosta slíbil, že práce začnou na jaře a že objížďka bude hotová do června.",
        ),
    ),
    "pl iso8859-2 cp1250": (
        "Mieszkańcy wsi spierają się o nowy most",
        (
            "Dziś rano mieszkańcy wsi zebrali się przy starym moście, żeby omówić plany.",
            "Wójt obiecał, że prace zaczną się wiosną, a objazd będzie gotowy w czerwcu.",
        ),
    ),
    "hu iso8859-2 cp1250": (
        "A falu lakói az új hídról vitáznak",
        (
            "Ma reggel a falu lakói összegyűltek a régi hídnál, hogy megbeszéljék a terveket.",
            "A polgármester megígérte, hogy a munkák tavasszal kezdődnek, őszre készen lesznek.",
        ),
    ),
    "el cp1253 iso8859-7": (
        "Οι κάτοικοι του χωριού συζητούν για τη γέφυρα",
        (
            "Σήμερα το πρωί οι κάτοικοι του χωριού συγκεντρώθηκαν μπροστά στην παλιά γέφυρα.",
            "Ο δήμαρχος υποσχέθηκε ότι τα έργα θα αρχίσουν την άνοιξη.",
        ),
    ),
    "ar cp1256 iso8859-6": (
        "سكان القرية يناقشون خطة الجسر الجديد",
        (
            "اجتمع سكان القرية صباح اليوم أمام الجسر القديم لمناقشة خطط المحافظة.",
            "وعد رئيس البلدية بأن الأعمال ستبدأ في الربيع.",
        ),
    ),
    "he cp1255 iso8859-8": (
        "תושבי הכפר דנים בתוכנית הגשר",
        (
            "הבוקר התאספו תושבי הכפר ליד הגשר הישן כדי לדון בתוכניות המחוז.",
            "ראש העיר הבטיח שהעבודות יתחילו באביב.",
        ),
    ),
    "tr cp1254 iso8859-9": (
        "Köylüler yeni köprü planını tartışıyor",
        (
            "Bu sabah köylüler eski köprünün önünde toplanıp ilin planlarını görüştü.",
            "Başkan, çalışmaların ilkbaharda başlayacağına ve yolun hazır olacağına söz verdi.",
        ),
    ),
    "th tis_620 cp874": (
        "ชาวบ้านหารือแผนสร้างสะพานใหม่",
        (
            "เช้าวันนี้ชาวบ้านมารวมตัวกันหน้าสะพานเก่าเพื่อหารือแผนของจังหวัด",
            "นายกเทศมนตรีสัญญาว่างานจะเริ่มในฤดูใบไม้ผลิ",
        ),
    ),
    "de cp1252 iso8859-15": (
        "Bürger streiten über die Brücke von Größen",
        (
            "Heute früh trafen sich die Bürger an der alten Brücke, um über die Pläne zu reden.",
            "Der Bürgermeister versprach, dass die Umleitung über Köln führt; süße Grüße.",
        ),
    ),
    "fr cp1252 iso8859-15": (
        "Les élus débattent du pont de la cité",
        (
            "Ce matin, les habitants se sont réunis près du vieux pont pour évoquer les projets.",
            "Le maire a promis que les travaux débuteraient au printemps, à l'été ou après Noël.",
        ),
    ),
}


def foreign() -> dict[str, Form]:
    """Return pages of other languages: declared right, wrong, and not at all."""
    found = {}
    for key, (title, paragraphs) in _TEXTS.items():
        language, *codecs = key.split()
        for codec in codecs:
            for how in ("header", "meta", UTF8, LATIN1, "undeclared", "no language", "neither"):
                spoken = "" if how in ("no language", "neither") else language
                head = f'<meta charset="{codec}">' if how == "meta" else ""
                text = write_page(title, paragraphs, head=head, language=spoken)
                header = f"text/html; charset={codec}" if how in ("header", "no language") else None
                header = how if how.startswith("text") else header
                found[f"{language} {codec}: {how}"] = Form(
                    text.encode(codec), header, title, paragraphs, language
                )
    return found
