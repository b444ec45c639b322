"""What we hold: WARC files that are the truth, and one SQLite file that is their index.

The disk, drawn::

    khobao-archive/
      khobao.toml                 the operator's settings (read by crawler/, never by this room)
      sites/<site>.toml           the operator's own profiles (read by spiders/)
      warc/<site>/<site>-<timestamp>-<serial>-<host>.warc.gz        whole, never written again
      warc/<site>/<site>-<timestamp>-<serial>-<host>.warc.gz.open   being written, or torn
      warc/foreign/<name>           WARC files made by others, kept as they came
      warc/imports/...              what was read in those, as our own records
      index.db                    SQLite; `khobao rebuild` makes it again from warc/
      lock                        held (flock) by the one writer
      logs/                       what each run said

This room could serve any crawler: it knows no newspaper, and importing it loads neither
Scrapy nor trafilatura nor lxml. Import the module you need; the package itself imports nothing.
"""
