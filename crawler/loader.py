"""Scrapy's SPIDER_LOADER_CLASS: one spider for every TOML file of the catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from crawler import config as config_file
from crawler.walk.spider import PaperSpider
from crawler.wire.address import Policy
from spiders.catalog import Catalog, UnknownSite

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings

from crawler.version import VERSION

# Seconds. Without a delay Scrapy 2.19 hands out all that waits before the first of it counts as
# under way: three requests at once to a host that takes one.
LEAST_DELAY = 0.001


class CatalogLoader:
    """Makes spider classes of profiles; the operator's sites/ folder takes precedence."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Scrapy's way to make a loader."""
        return cls(Catalog(Path(settings["KHOBAO_ARCHIVE"]) / "sites"))

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider class of a site. Raises KeyError when there is no such site."""
        try:
            return make_spider(self._catalog, spider_name)
        except UnknownSite as error:
            raise KeyError(str(error)) from error

    def list(self) -> list[str]:
        """Return the keys of all sites."""
        return list(self._catalog.keys())

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        """Return the sites whose pages include a request's address."""
        return [site.key for site in self._catalog.all()[0] if site.in_scope(request.url)]


def make_spider(catalog: Catalog, key: str) -> type[PaperSpider]:
    """Return the spider class of one paper, with the settings its profile asks for."""
    site = catalog.get(key)

    def update_settings(cls: type[PaperSpider], settings: BaseSettings) -> None:
        super(PaperSpider, cls).update_settings(settings)
        for name, value in derive_settings(settings, cls).items():
            settings.set(name, value, priority="spider")

    members = {"name": key, "site": site, "update_settings": classmethod(update_settings)}
    return type("PaperSpider", (PaperSpider,), members)


def derive_settings(settings: BaseSettings, spider: type[PaperSpider]) -> dict[str, Any]:
    """Return the Scrapy settings that follow from khobao.toml and the profile."""
    config = config_file.load(Path(settings["KHOBAO_ARCHIVE"]) / "khobao.toml")
    manners, language = spider.site.profile.manners, spider.site.profile.language
    return {
        "USER_AGENT": config_file.user_agent(config, VERSION),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            # warcio can not read br beside Scrapy's brotli, pywb can not replay zstd.
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": f"{language},*;q=0.5" if language else "*",
        },
        "DOWNLOAD_DELAY": max(manners.delay, LEAST_DELAY),
        "CONCURRENT_REQUESTS_PER_DOMAIN": manners.concurrency,
        # Two more than one host takes, so that a second host (an api.) does not stand idle; not
        # more, because what the downloader holds has to end before SIGTERM is obeyed.
        "CONCURRENT_REQUESTS": manners.concurrency + 2,
        "DOWNLOAD_TIMEOUT": config.crawl.total_seconds,
        "KHOBAO_BODY_CAP": config.crawl.body_mb * 2**20,
        "KHOBAO_CONNECT_SECONDS": config.crawl.connect_seconds,
        "KHOBAO_POLICY": Policy(
            config.network.allow_addresses, config.network.allow_ports, config.identified
        ),
    }
