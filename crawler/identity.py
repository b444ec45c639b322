"""Nobody crawls public papers without saying who they are: name and contact, checked before.

A module of its own, without Scrapy, so that a wrong configuration and a held archive are told
before 0.8 s are spent on loading it.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from crawler.config import Config, ConfigError
from spiders.site import Site
from spiders.strict import Problem


def check_identity(config: Config, sites: Sequence[Site], path: Path) -> None:
    """Raise ConfigError when public papers would be crawled by nobody.

    Without a name and a contact only the private addresses that khobao.toml allows are crawled.
    """
    if config.identified:
        return
    public = [site.key for site in sites if not _is_allowed(site, config)]
    if public:
        says = (
            "a name and a contact are needed to crawl public sites "
            f"({', '.join(public[:3])}{' ...' if len(public) > 3 else ''})"
        )
        remedy = 'add [operator] with name = "..." and contact = "https://..." or a mail address'
        raise ConfigError(str(path), [Problem("operator", says)], remedy)


def _is_allowed(site: Site, config: Config) -> bool:
    host = urlsplit(site.profile.home).hostname or ""
    networks = [ip_network(entry) for entry in config.network.allow_addresses]
    if host == "localhost":
        return bool(networks)
    try:
        return any(ip_address(host) in network for network in networks)
    except ValueError:
        return False
