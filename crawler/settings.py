"""Scrapy's settings, each with its reason; a run adds what khobao.toml and the profile say.

What Scrapy brings and we switch off swallows exchanges that belong into the archive (redirects,
retries, cookies, compression), opens doors (telnet, remote control: a server that runs Python,
on by default since 2.19), or reaches where a crawler has no business (file, ftp, s3, data).
"""

from __future__ import annotations

import os

BOT_NAME = "khobao"
KHOBAO_ARCHIVE = os.environ.get("KHOBAO_ARCHIVE", "khobao-archive")

SPIDER_LOADER_CLASS = "crawler.loader.CatalogLoader"  # a spider for every TOML file
SPIDER_MODULES: list[str] = []
SCHEDULER = "crawler.walk.scheduler.FrontierScheduler"  # JOBDIR loses work at kill -9

DOWNLOAD_HANDLERS = {
    "http": "crawler.wire.handler.WireHandler",  # the tap: byte-exact, vetted addresses
    "https": "crawler.wire.handler.WireHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

DOWNLOADER_MIDDLEWARES = {
    "crawler.walk.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # scope is the profile's
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # 5xx means "go on" to it
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # the frontier retries
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,  # each hop is a capture
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # bombs
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,  # an archive is nobody
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,  # the wire reads the env
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # depth is in the ledger
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # 404 is evidence
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.logstats.LogStats": None,
}
ROBOTSTXT_OBEY = False  # our middleware does, by RFC 9309
COOKIES_ENABLED = False  # also makes tldextract call out
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
METAREFRESH_ENABLED = False
REDIRECT_ENABLED = False
RETRY_ENABLED = False
COMPRESSION_ENABLED = False
REFERER_ENABLED = False
HTTPPROXY_ENABLED = False  # the wire reads the environment

# Bytes of answers that may wait for a reading worker, each counted as 1 KB at least. Scrapy's 5 MB
# are 4,900 small pages of 40 KB in objects each: a crawl of 20,000 peaked at 280 MB, not 115.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 500_000
DOWNLOAD_DELAY_JITTER = 0  # the delay of the profile is the least interval, not the mean
DOWNLOAD_MAXSIZE = 0  # the wire caps and keeps; this would drop
DOWNLOAD_WARNSIZE = 0
STATS_DUMP = False
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "crawler.log.Quiet"
