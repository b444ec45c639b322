"""Reads khobao.toml, the operator's words: who crawls, which addresses may be dialled, how much.

Every word has a default, so that no file is a file too; the same strict errors as for profiles.
A crawler that does not say who it is may only dial the private addresses allowed here, which is
the wire's rule: this module only tells it (``identified``).
"""

from __future__ import annotations

import ipaddress
import json
import re
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from spiders import address, strict
from spiders.answer import Hours, Slug
from spiders.strict import Answer, Problem

REMEDY = "correct these words; `khobao init` in an empty folder writes a file with all of them"

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LIMIT = 100  # characters of a name in User-Agent: some servers refuse long fields


class ConfigError(strict.StrictError):
    """A khobao.toml that cannot be used; lists all that is wrong with it."""


def _check_contact(contact: str) -> str:
    page = contact.isascii() and address.split(contact) and not re.search(r"[\s()\\;]", contact)
    if not page and not _MAIL.fullmatch(contact):
        raise ValueError(
            f"must be an http(s) address or a mail address in ASCII, found {contact!r}"
        )
    return contact


def _check_name(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise ValueError(f"must be a name on one line, found {name!r}")
    return name


def _check_network(entry: str) -> str:
    try:
        return (
            str(ipaddress.ip_network(entry)) if "/" in entry else str(ipaddress.ip_address(entry))
        )
    except ValueError as error:
        raise ValueError(f"must be an IP address or network, found {entry!r} ({error})") from None


def _check_hook(url: Any) -> str:
    """Such an address is a password as often as not: no error repeats it."""
    if not isinstance(url, str) or not address.split(url) or re.search(r"[^!-~]", url):
        raise ValueError("must be an http(s) address in quotes, without blanks, in ASCII")
    return url


def _check_mail(mail: str) -> str:
    if not _MAIL.fullmatch(mail):
        raise ValueError(f"must be a mail address alone, found {mail!r}")
    return mail


def _check_host(host: str) -> str:
    if address.domain(host) is None:
        raise ValueError(
            f'must be a host or host:port as in "mail.example.org:587", found {host!r}'
        )
    return host


Network = Annotated[str, AfterValidator(_check_network), Answer("IP address or network")]
Hook = Annotated[str, BeforeValidator(_check_hook), Answer("address")]
Mail = Annotated[str, AfterValidator(_check_mail), Answer("mail address")]
Host = Annotated[str, AfterValidator(_check_host), Answer("host or host:port")]
Port = Annotated[int, Field(ge=1, le=65_535), Answer("port")]


class _Table(BaseModel):
    """A table of words: unknown ones are errors, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Operator(_Table):
    """[operator]: who crawls; goes into User-Agent and warcinfo."""

    name: Annotated[str, AfterValidator(_check_name)] | None = Field(
        default=None, description="who crawls: person or institution"
    )
    contact: (
        Annotated[str, AfterValidator(_check_contact), Answer("address or mail address")] | None
    ) = Field(default=None, description="a page or a mail address by which you can be reached")


class NetworkRules(_Table):
    """[network]: what may be dialled besides public addresses on ports 80 and 443."""

    allow_addresses: tuple[Network, ...] = Field(
        default=(), description="private addresses or networks that may be dialled"
    )
    allow_ports: tuple[Port, ...] = Field(default=(), description="ports besides 80 and 443")


class Limits(_Table):
    """[crawl]: how much one run over one site may take."""

    pages: int = Field(default=10_000, ge=1, description="requests a run and site")
    minutes: float = Field(default=240.0, gt=0, description="minutes a run and site")
    depth: int = Field(default=20, ge=0, description="links from a start page to an article")
    body_mb: int = Field(default=20, ge=1, description="MB of one response that are kept")
    warc_mb: int = Field(default=1024, ge=1, description="MB after which a new WARC file is begun")
    workers: int = Field(default=2, ge=1, le=64, description="processes that read pages")
    connect_seconds: float = Field(default=20.0, gt=0, description="to connect, TLS included")
    total_seconds: float = Field(default=300.0, gt=0, description="for one response as a whole")
    read_seconds: float = Field(default=20.0, gt=0, description="CPU time for reading one page")
    read_mb: int = Field(default=1024, ge=64, description="memory of a process that reads pages")


class Runs(_Table):
    """[run]: what `khobao run` takes, and when."""

    sites: tuple[Slug, ...] = Field(
        default=(), description="papers of `khobao run`; without any, those crawled or added so far"
    )
    minutes: float = Field(default=170.0, gt=0, description="minutes after which a run has ended")
    every_hours: float = Field(
        default=24.0, ge=1, le=24 * 31, description="hours between two visits to a paper"
    )
    hours: Annotated[dict[str, tuple[Hours, ...]], Answer("table of lists of hours")] = Field(
        default={}, description="when a paper may be asked, by its own clock; before its profile"
    )
    logs: int = Field(default=60, ge=1, description="logs of runs that are kept")


class Notices(_Table):
    """[notify]: who is told how a run ended."""

    ping: Hook | None = Field(
        default=None,
        description="told of start, success and failure, as Healthchecks is",
        repr=False,
    )
    webhook: Hook | None = Field(
        default=None, description="gets a JSON object when a run failed", repr=False
    )
    mail_to: tuple[Mail, ...] = Field(default=(), description="who gets a mail when a run failed")
    mail_from: Mail | None = Field(
        default=None, description="sender; without it, the first of them"
    )
    smtp: Host = Field(default="localhost:25", description="mail server")
    smtp_tls: Literal["none", "starttls", "tls"] = Field(
        default="none", description="how the mail server is talked to"
    )
    smtp_user: str | None = Field(default=None, description="name at the mail server")
    smtp_password_file: str | None = Field(
        default=None, description="file with the password; else KHOBAO_SMTP_PASSWORD"
    )
    seconds: float = Field(default=10.0, gt=0, le=60, description="for each of these, at most")


class Config(_Table):
    """What khobao.toml says, with a default for every word."""

    operator: Operator = Operator()
    network: NetworkRules = NetworkRules()
    crawl: Limits = Limits()
    run: Runs = Runs()
    notify: Notices = Notices()

    @property
    def identified(self) -> bool:
        """Whether the operator says both who crawls and how to reach them."""
        return bool(self.operator.name and self.operator.contact)


def load(path: Path) -> Config:
    """The words of a khobao.toml; the defaults when there is no such file.

    Raises ConfigError with every problem found.
    """
    if not path.exists():
        return Config()
    text, problems = strict.read_text(path)
    return parse(text, str(path)) if not problems else _refuse(str(path), problems)


def parse(text: str, name: str = "khobao.toml") -> Config:
    """The words of a TOML text that errors call ``name``. Raises ConfigError."""
    tables, problems = strict.parse_toml(text)
    config, found = strict.check(Config, tables)
    return _refuse(name, problems or found) if problems or config is None else config


def user_agent(config: Config, version: str) -> str:
    """``khobao/0.1 (+https://example.org/crawl; Thu vien tinh Lao Cai)`` (RFC 9110, 10.1.5).

    The field is ASCII: a name loses its accents (đ is d), then what is still not ASCII, then
    what would end the comment. A name of which nothing is left is not sent; warcinfo has it whole.
    """
    name = fold_ascii(config.operator.name or "")
    contact = f"+{config.operator.contact}" if config.operator.contact else ""
    comment = "; ".join(part for part in (contact, name) if part)
    return f"khobao/{version} ({comment})" if comment else f"khobao/{version}"


def fold_ascii(name: str) -> str:
    """A name in the printable ASCII that an HTTP comment may hold; may be empty."""
    bare = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    plain = bare.encode("ascii", "ignore").decode("ascii")
    return " ".join(re.sub(r"[^ -~]|[()\\;]", " ", plain).split())[:_LIMIT].rstrip()


def write_template() -> str:
    """The khobao.toml that `khobao init` writes: every word, with its default and meaning."""
    lines = [
        "# Kho Báo: what the operator says. Every word is optional; these are the defaults.",
        "# Without a name and a contact only the private addresses allowed below are crawled.",
    ]
    table = ""
    for key, _, default, meaning in strict.describe(Config):
        section, _, word = key.partition(".")
        if section != table:
            lines += ["", f"[{section}]"]
            table = section
        lines.append(f"{_show(word, default):<28}  # {meaning}")
    return "\n".join(lines) + "\n"


_EXAMPLES: dict[str, Any] = {
    "name": "Thư viện tỉnh Lào Cai",
    "contact": "https://example.org/crawl",
    "hours.a-paper": ["22:00-05:30"],
    "ping": "https://hc-ping.com/your-uuid",
    "webhook": "https://example.org/hook",
    "mail_from": "khobao@example.org",
    "smtp_user": "khobao",
    "smtp_password_file": "/etc/khobao/smtp-password",
}


def _show(word: str, default: str) -> str:
    """A line of the template; a word without a default is commented out, with an example."""
    if default != "-":
        return f"{word} = {default}"
    shown = next(name for name in _EXAMPLES if name.partition(".")[0] == word)
    return f"# {shown} = {json.dumps(_EXAMPLES[shown], ensure_ascii=False)}"


def _refuse(name: str, problems: list[Problem]) -> Config:
    raise ConfigError(name, problems, REMEDY)


TEMPLATE = write_template()
