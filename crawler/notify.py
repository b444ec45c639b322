"""Tells the operator's monitors how a run went: pings, a webhook, a mail. Tried, never fatal.

    ping      <address>/start   <address>   <address>/fail      POST, the short report as its body
    webhook   JSON: exit_code, sites, text ...                  on failure
    mail      the short report                                  on failure

The addresses are the operator's, so loopback and private networks are fine; they are passwords as
often as not, so nothing here writes more of one than its host. Each try runs in a thread of its
own that is given up after ``seconds``: a server that sends a byte a minute keeps urllib and smtplib
for ever, whatever timeout they have. Redirects are not followed, since a password would go along.
Rejected: a library a service (Slack, Telegram ...): the webhook's ``text`` is what most take.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import os
import smtplib
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from crawler.config import Notices
from crawler.version import VERSION

logger = logging.getLogger(__name__)

LATE = "no answer in time"
PASSWORD = "KHOBAO_SMTP_PASSWORD"
MOST = 10_000  # letters of a report that are sent


@dataclass(frozen=True, slots=True)
class Told:
    """One try: by which way, to which host, and what went wrong ("": nothing)."""

    way: str
    host: str
    trouble: str = ""


class Try:
    """A delivery in a thread of its own; whatever goes wrong in it must not end a run."""

    def __init__(self, way: str, host: str, deliver: Callable[[], None]) -> None:
        self.way, self.host, self._deliver = way, host, deliver
        self.trouble = LATE

    def run(self) -> None:
        """Deliver, and remember how it went."""
        try:
            self._deliver()
            self.trouble = ""
        except Exception as error:
            self.trouble = describe(error)


class _Straight(urllib.request.HTTPRedirectHandler):
    """Takes a redirect for the failure it is here."""

    def redirect_request(self, *_args: Any) -> None:
        """Follow none."""


def tell_start(notices: Notices) -> list[Told]:
    """Tell the monitor that a run begins."""
    return _deliver(notices, [_ping(notices, "/start", "")] if notices.ping else [])


def tell_end(
    notices: Notices,
    code: int,
    text: str,
    data: Mapping[str, Any],
    environ: Mapping[str, str] = os.environ,
) -> list[Told]:
    """Tell how a run ended: the monitor always, webhook and mail where ``code`` is not 0.

    ``text``: the short report; ``data``: the same for programs. All are tried at the same time.
    """
    body = f"exit code {code}\n{text}"[:MOST]
    tries = [_ping(notices, "/fail" if code else "", body)] if notices.ping else []
    if code and notices.webhook:
        message = json.dumps({**data, "exit_code": code, "text": body}, ensure_ascii=False)
        tries.append(
            _post("webhook", notices.webhook, message, "application/json", notices.seconds)
        )
    if code and notices.mail_to:
        mail = write_mail(notices, code, body)
        tries.append(Try("mail", notices.smtp, lambda: _send(notices, mail, environ)))
    return _deliver(notices, tries)


def write_mail(notices: Notices, code: int, body: str) -> EmailMessage:
    """Return the mail about a run that failed."""
    mail = EmailMessage()
    mail["Subject"] = f"khobao: a run ended with {code}"
    mail["From"] = notices.mail_from or notices.mail_to[0]
    mail["To"] = ", ".join(notices.mail_to)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    mail.set_content(body)
    return mail


def _ping(notices: Notices, way: str, body: str) -> Try:
    assert notices.ping is not None
    parts = urlsplit(notices.ping)
    url = urlunsplit(parts._replace(path=parts.path.rstrip("/") + way))
    return _post(f"ping{way}", url, body, "text/plain", notices.seconds)


def _post(way: str, url: str, body: str, kind: str, seconds: float) -> Try:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    headers = {"Content-Type": f"{kind}; charset=utf-8", "User-Agent": f"khobao/{VERSION}"}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
    bare = urlunsplit(parts._replace(netloc=host, fragment=""))

    def deliver() -> None:
        request = urllib.request.Request(bare, body.encode("utf-8", "replace"), headers)
        opener = urllib.request.build_opener(_Straight)
        with opener.open(request, timeout=seconds) as answer:
            answer.read(1)

    return Try(way, host, deliver)


def _send(notices: Notices, mail: EmailMessage, environ: Mapping[str, str]) -> None:
    host, _, port = notices.smtp.rpartition(":") if ":" in notices.smtp else (notices.smtp, "", "")
    context = ssl.create_default_context()
    secure = notices.smtp_tls == "tls"
    number = int(port or (465 if secure else 25))
    server: smtplib.SMTP
    if secure:
        server = smtplib.SMTP_SSL(host, number, timeout=notices.seconds, context=context)
    else:
        server = smtplib.SMTP(host, number, timeout=notices.seconds)
    try:
        if notices.smtp_tls == "starttls":
            server.starttls(context=context)
        if notices.smtp_user:
            server.login(notices.smtp_user, _read_password(notices, environ))
        server.send_message(mail)
    finally:  # how it takes leave says nothing of the mail
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()


def _read_password(notices: Notices, environ: Mapping[str, str]) -> str:
    if notices.smtp_password_file:
        return Path(notices.smtp_password_file).read_text(encoding="utf-8").strip()
    return environ.get(PASSWORD, "")


def _deliver(notices: Notices, tries: Sequence[Try]) -> list[Told]:
    """Make deliveries side by side, for so many seconds at most; log what became of them."""
    ends = time.monotonic() + notices.seconds
    threads = [threading.Thread(target=one.run, name=one.way, daemon=True) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, ends - time.monotonic()))
    told = [Told(one.way, one.host, one.trouble) for one in tries]
    for one in told:
        if one.trouble:
            logger.warning("%s to %s failed: %s", one.way, one.host, one.trouble)
        else:
            logger.info("%s to %s", one.way, one.host)
    return told


def describe(error: BaseException) -> str:
    """Return what went wrong without repeating addresses, names or passwords."""
    match error:
        case urllib.error.HTTPError():
            return f"http {error.code}"
        case urllib.error.URLError(reason=BaseException() as reason):
            return describe(reason)
        case smtplib.SMTPResponseException():
            return f"smtp {error.smtp_code}"
        case ssl.SSLCertVerificationError():
            return f"its certificate: {error.verify_message}"
        case socket.gaierror():
            return "its name is not known"
        case TimeoutError():
            return LATE
        case OSError() if error.errno:
            return os.strerror(error.errno)
    return type(error).__name__
