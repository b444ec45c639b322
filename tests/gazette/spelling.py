"""The many spellings of one address that papers use for their own links."""

from __future__ import annotations


def spell(base: str, path: str, choice: int) -> str:
    """Return a spelling of ``base + path``: absolute, without a host, with tracking, with a
    fragment, in the other scheme, without a scheme; ``choice`` picks one.
    """
    host = base.partition("//")[2]
    other = "https" if base.startswith("http:") else "http"
    forms = (
        base + path,
        path,
        f"{base}{path}?utm_source=trangchu&utm_medium=box&utm_campaign=tin-moi",
        f"{path}#noi-dung",
        f"{other}://{host}{path}",
        f"//{host}{path}?zarsrc=30",
        f"{base}{path}?fbclid=IwAR{choice}#binh-luan",
    )
    return forms[choice % len(forms)]
