"""Pages that claim to be articles and are none, and real ones that look like them; own words.

`list_impostors()` puts each wording into several layouts: bare, in the paper's frame with teasers
of other articles (whose dates and texts tempt a reader), as headline, as a paragraph, as a title
alone. `SOUND` are articles about captchas, missing pages and domains, news of forty words,
galleries, videos, tickers.
"""

from __future__ import annotations

from collections.abc import Iterator

WORDS = (
    "Sáng nay, lớp học ven suối mở cửa trở lại sau ba tuần mưa lũ, bốn mươi em nhỏ đã có mặt. "
    "Các thầy cô dọn bùn từ tinh mơ, phụ huynh góp củi và gạo để bếp ăn của trường đỏ lửa. "
)
TEASERS = "".join(
    f'<li><a href="/tin-so-{n}-post{n}.html">Người làng góp công làm đường số {n}</a>'
    f"<time>2{n}/10/2025</time></li>"
    for n in range(6)
)
FRAME = (
    '<header><a href="/">Báo Suối</a><nav><a href="/thoi-su/">Thời sự</a>'
    '<a href="/kinh-te/">Kinh tế</a></nav></header>'
    "<main>{}</main><aside><h3>Tin mới</h3><ul>{}</ul></aside>"
    "<footer>Báo Suối. Bản quyền thuộc về tòa soạn. Điện thoại 0123 456 789.</footer>"
)

MISSING = {
    "vi": (
        "Trang bạn đang tìm không có ở đây hoặc đã được chuyển đi",
        "Bài viết không tồn tại hoặc đã bị gỡ",
        "Xin lỗi, nội dung quý độc giả yêu cầu hiện không còn trên hệ thống",
        "Không tìm thấy bài viết này",
        "Đường dẫn bạn truy cập không hợp lệ hoặc đã bị xoá",
        "Bài báo này đã được tòa soạn gỡ bỏ",
        "Rất tiếc! Chúng tôi không tìm thấy trang mà bạn yêu cầu",
        "Tin bài đã bị xóa",
        "404 - Không tìm thấy trang",
        "Liên kết đã hết hạn",
    ),
    "en": (
        "Sorry, the page you requested could not be found",
        "This article is no longer available",
        "We can't find the page you're looking for",
        "The story you are trying to view has been removed by the editors",
        "Oops! That page can't be found.",
        "404 Not Found",
        "The content you requested does not exist",
        "This post has been deleted",
    ),
    "id": (
        "Halaman yang Anda cari tidak ditemukan",
        "Maaf, artikel ini sudah dihapus",
        "Berita tidak tersedia lagi",
    ),
    "de": ("Diese Seite wurde leider nicht gefunden", "Der Artikel ist nicht mehr verfügbar"),
    "fr": ("La page que vous cherchez n'existe plus", "Article introuvable"),
    "es": ("La página solicitada no existe", "Esta noticia ya no está disponible"),
    "pt": ("Página não encontrada", "O conteúdo que você procura foi removido"),
    "it": ("La pagina richiesta non è stata trovata",),
    "nl": ("Deze pagina bestaat niet meer",),
    "pl": ("Nie znaleziono strony", "Ten artykuł został usunięty"),
    "sv": ("Sidan kunde inte hittas",),
    "cs": ("Stránka nenalezena",),
    "tr": ("Aradığınız sayfa bulunamadı",),
    "ru": ("Запрашиваемая страница не найдена", "Материал удалён"),
    "zh": ("您访问的页面不存在", "文章已被删除"),
    "ja": ("お探しのページは見つかりませんでした",),
    "ko": ("요청하신 페이지를 찾을 수 없습니다",),
    "th": ("ไม่พบหน้าที่คุณค้นหา",),
}
CAPTCHA = (
    "Checking your browser before accessing baosuoi.test",
    "Verify you are human by completing the action below.",
    "Our systems have detected unusual traffic from your computer network.",
    "Please enable cookies and JavaScript to continue",
    "Please confirm that you are not a robot",
    "Vui lòng xác nhận bạn không phải là robot",
    "Hệ thống đang kiểm tra trình duyệt của bạn",
    "Nhập mã xác nhận trong hình bên dưới để tiếp tục",
    "Vui lòng bật JavaScript để tiếp tục truy cập",
    "Bitte bestätigen Sie, dass Sie kein Roboter sind",
    "Veuillez vérifier que vous êtes un humain",
    "Подтвердите, что вы не робот",
    "请完成安全验证",
    "Access denied",
)
PARKED = (
    "The domain baosuoi.test is for sale",
    "This domain may be for sale. Click here to inquire.",
    "Tên miền baosuoi.test đang được rao bán",
    "Tên miền này đã hết hạn",
    "Account Suspended",
    "Welcome to nginx!",
    "Diese Domain steht zum Verkauf",
    "Website này đã bị tạm ngưng hoạt động",
)
RESTING = (
    "Hệ thống đang bảo trì, xin quý khách quay lại sau",
    "The website is currently under maintenance",
    "Error establishing a database connection",
    "503 Service Temporarily Unavailable",
    "Website đang được nâng cấp",
    "We'll be back soon",
)
LOGIN = (
    "Đăng nhập",
    "Log in to your account",
    "Vui lòng đăng nhập để tiếp tục",
    "Anmelden",
    "Masuk",
)
SOLD = (
    "Subscribe now to continue reading this story",
    "This article is for subscribers only",
    "Vui lòng đăng nhập để đọc tiếp",
    "Bài viết chỉ dành cho thành viên trả phí",
    "Jetzt weiterlesen mit Ihrem Abo",
    "Cet article est réservé aux abonnés",
    "Artikel ini khusus pelanggan premium",
)
CONSENT = (
    (
        "We and our 842 partners store and access cookies on your device to personalise content.",
        "You can change your consent at any time in our privacy policy.",
        "Accept all",
    ),
    (
        "Wir und unsere Partner verwenden Cookies und ähnliche Technologien für Werbung.",
        "Ihre Einwilligung können Sie jederzeit in der Datenschutzerklärung widerrufen.",
        "Alle akzeptieren",
    ),
    (
        "Chúng tôi sử dụng cookie để cải thiện trải nghiệm của bạn trên trang này.",
        "Xem chính sách bảo mật để biết cách dữ liệu cá nhân được xử lý.",
        "Tôi đồng ý",
    ),
    (
        "Nous utilisons des cookies et traceurs avec votre consentement.",
        "Vos données personnelles sont traitées selon notre politique de confidentialité.",
        "Tout accepter",
    ),
)


def list_impostors() -> Iterator[tuple[str, str, str]]:
    """Yield (kind, name, page)."""
    for lang, wordings in MISSING.items():
        for n, words in enumerate(wordings):
            yield from _spread("soft-404", f"{lang}{n}", words, _lay_missing(words))
    for n, words in enumerate(CAPTCHA):
        yield from _spread("captcha", f"{n}", words, _lay_captcha(words))
    for kind, wordings in (("parked-domain", PARKED), ("maintenance", RESTING)):
        for n, words in enumerate(wordings):
            yield from _spread(kind, f"{n}", words, _lay_notice(words))
    for n, words in enumerate(LOGIN):
        yield from _spread("login", f"{n}", words, _lay_login(words))
    for n, words in enumerate(SOLD):
        yield from _spread("paywall-stub", f"{n}", words, _lay_stub(words))
    for n, parts in enumerate(CONSENT):
        yield from _spread("consent-wall", f"{n}", parts[0], _lay_consent(*parts))
    for n, page in enumerate(BARE_CHALLENGES):
        yield "captcha", f"bare{n}", page


def _spread(kind: str, name: str, _: str, pages: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for layout, page in pages.items():
        yield kind, f"{name}-{layout}", page


def _page(title: str, body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body>{body}</body></html>"
    )


def _lay_missing(words: str) -> dict[str, str]:
    back = '<p><a href="/">Quay lại trang chủ</a></p>'
    return {
        "bare": _page(words, f"<h1>{words}</h1>"),
        "framed": _page("Báo Suối", FRAME.format(f"<h1>{words}</h1>{back}", TEASERS)),
        "paragraph": _page("Báo Suối", FRAME.format(f"<div class=msg>{words}.</div>", TEASERS)),
        "title": _page(f"{words} - Báo Suối", FRAME.format(f"<h2>404</h2>{back}", TEASERS)),
        "sloppy": _page(
            "Báo Suối",
            FRAME.format(f"<p><b>Thông báo:</b> <br>{words}</p>", TEASERS),
            '<meta property="og:type" content="article">',
        ),
        "kept": _page(
            "Lớp học ven suối - Báo Suối",
            FRAME.format(f"<h1>Lớp học ven suối mở cửa</h1><p>{words}.</p>", TEASERS),
        ),
    }


def _lay_captcha(words: str) -> dict[str, str]:
    widget = '<form action="/check"><div class="g-recaptcha" data-sitekey="x"></div></form>'
    return {
        "bare": _page("Just a second", f"<h1>{words}</h1>"),
        "widget": _page("baosuoi.test", f"<p>{words}</p>{widget}"),
        "noscript": _page(
            "baosuoi.test", f"<noscript>{words}</noscript><script src=/cdn/c.js></script>"
        ),
        "image": _page(
            "Báo Suối", f"<p>{words}</p><form><img src=/captcha.php><input name=captcha></form>"
        ),
    }


BARE_CHALLENGES = (
    '<html><body><script>document.cookie="D=1";window.location.reload(true);</script></body></html>',
    "<html><head><title>baosuoi.test</title></head><body><noscript></noscript>"
    '<script src="https://challenges.example/cdn-cgi/challenge-platform/h/b/x.js"></script>'
    "<script>window._cf_chl_opt={a:1}</script></body></html>",
    '<html><body><iframe src="https://geo.captcha-delivery.com/captcha/?x=1"></iframe></body></html>',
)


def _lay_notice(words: str) -> dict[str, str]:
    more = "<p>Powered by a hosting company. <a href=https://host.example/>Contact</a></p>"
    return {
        "bare": _page(words, f"<h1>{words}</h1>{more}"),
        "paragraph": _page("baosuoi.test", f"<div>{words}</div>{more}"),
    }


def _lay_login(words: str) -> dict[str, str]:
    form = "<form><input name=user><input type=password name=p><button>OK</button></form>"
    return {
        "bare": _page(words, f"<h1>{words}</h1>{form}"),
        "framed": _page(f"{words} | Báo Suối", FRAME.format(f"<h2>{words}</h2>{form}", TEASERS)),
    }


def _lay_stub(words: str) -> dict[str, str]:
    start = "Sáng nay, lớp học ven suối mở cửa trở lại sau ba tuần mưa lũ"
    locked = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Lớp học ven suối"'
    )
    locked += ',"datePublished":"2026-02-04T08:00:00+07:00","isAccessibleForFree":false}</script>'
    head = "<h1>Lớp học ven suối</h1>"
    return {
        "cut": _page("Lớp học", FRAME.format(f"{head}<p>{start}…</p><p>{words}.</p>", TEASERS)),
        "empty": _page("Lớp học", FRAME.format(f"{head}<div>{words}.</div>", TEASERS)),
        "declared": _page(
            "Lớp học", FRAME.format(f"{head}<p>{start}.</p><div>{words}.</div>", TEASERS), locked
        ),
    }


def _lay_consent(first: str, second: str, button: str) -> dict[str, str]:
    form = f"<form><button>{button}</button></form>"
    return {
        "bare": _page("baosuoi.test", f"<h1>Cookies</h1><p>{first}</p><p>{second}</p>{form}"),
        "linked": _page("Báo Suối", f"<div><p>{first} {second}</p><a href=/ok>{button}</a></div>"),
    }


def _story(title: str, text: str, *, dated: bool = True, more: str = "") -> str:
    date = '<meta property="article:published_time" content="2026-02-04T08:00:00+07:00">'
    body = f"<article><h1>{title}</h1><p>{text}</p>{more}</article>"
    return _page(f"{title} - Báo Suối", FRAME.format(body, TEASERS), date if dated else "")


_CAPTCHAS = (
    "Nhiều trang mạng bắt người dùng xác minh không phải robot trước khi đọc tin. Theo một khảo "
    "sát, mỗi người mất trung bình ba mươi giây mỗi ngày cho việc này. Checking your browser là "
    "dòng chữ quen thuộc. Giới nghiên cứu cho rằng các chương trình tự động nay giải nhanh hơn."
)
_MISSING_PAGES = (
    "Dòng chữ “Không tìm thấy trang” đã có từ những năm đầu của mạng. Các nhà thiết kế nay biến "
    "trang 404 thành chỗ đùa vui với độc giả. Một cuộc thi ở làng nghề chọn ra mười trang đẹp nhất."
)
_DOMAINS = (
    "A small town sold its web address for a year's budget. The mayor said the domain is for sale "
    "no longer, and that the money pays for a bridge. Residents had voted for it in May, after a "
    "long dispute about who owns the name and what it is worth."
)
SOUND = {
    "about-captchas": _story("Vì sao bạn phải chứng minh mình không phải robot", _CAPTCHAS),
    "about-captchas-undated": _story("Captcha làm khó ai?", _CAPTCHAS, dated=False),
    "about-404": _story("Không tìm thấy trang: nghệ thuật báo lỗi", _MISSING_PAGES),
    "about-404-undated": _story("Những trang 404 đẹp nhất", _MISSING_PAGES, dated=False),
    "about-domains": _story("Town sells its domain", _DOMAINS),
    "about-cookies": _story(
        "Cookie và quyền riêng tư",
        "Các trang báo phải xin phép trước khi lưu cookie trên máy của độc giả. " + WORDS,
    ),
    "about-removal": _story(
        "Bài viết đã bị xóa vẫn còn trên mạng", "Một bài viết đã bị gỡ vẫn sống mãi. " + WORDS
    ),
    "brief": _story("Mưa lớn ở vùng cao", WORDS[:190]),
    "brief-undated": _story("Mưa lớn ở vùng cao", WORDS[:190], dated=False),
    "brief-with-form": _story(
        "Mưa lớn ở vùng cao",
        WORDS[:190],
        more='<form><div class="g-recaptcha"></div><input name=captcha><textarea></textarea>'
        "</form>",
    ),
    "gallery": _story(
        "Ảnh: chợ phiên ngày mưa",
        "Chùm ảnh của bạn đọc.",
        more="<figure><img src=/1.jpg><figcaption>Chợ họp từ sáng</figcaption></figure>" * 4,
    ),
    "video": _story(
        "Video: suối dâng trong đêm",
        "Clip do người dân quay.",
        more="<div>Video không khả dụng</div><video src=/1.mp4></video>",
        dated=False,
    ),
    "ticker": _story("Trực tiếp: bão vào bờ", "Cập nhật liên tục.", more=f"<p>08:15 {WORDS}</p>"),
    "login-menu": _story(
        "Mưa lớn ở vùng cao",
        WORDS,
        more="<div><h4>Đăng nhập</h4><form><input type=password></form></div>",
    ),
    "metered-free": _story(
        "Mưa lớn ở vùng cao", WORDS, more="<div>Subscribe now to continue reading</div>"
    ),
    "consent-layer": _story(
        "Mưa lớn ở vùng cao",
        WORDS,
        more="<div><p>We use cookies and our partners store data with your consent for privacy and "
        "personalised ads on this device and more.</p><button>Accept all</button></div>",
    ),
    "maintenance-news": _story(
        "Trang dịch vụ công bảo trì hai ngày", "Hệ thống đang bảo trì đến hết Chủ nhật. " + WORDS
    ),
}
