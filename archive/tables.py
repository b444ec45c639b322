"""The CREATE statements of the tables of ``index.db``, with what each column means.

The comments are printed into archive/README.md. Times are ISO 8601 text in UTC with ``Z``; days
and a paper's own dates keep what the paper wrote. Tables are STRICT, so a wrong type is an error
on the day it is written.
"""

# What a reading says of an article: the same columns in ``articles`` (latest), ``versions`` (all).
WORDS = """
  title              TEXT NOT NULL,
  lead               TEXT,                        -- the standfirst (sapo); not part of body
  body               TEXT NOT NULL,               -- paragraphs, one a line; NFC
  authors            TEXT NOT NULL DEFAULT '[]',  -- JSON array of names
  agency             TEXT,                        -- the news agency that is credited
  section            TEXT,
  breadcrumbs        TEXT NOT NULL DEFAULT '[]',  -- JSON array, outermost first
  tags               TEXT NOT NULL DEFAULT '[]',  -- JSON array
  date_published     TEXT,                        -- RFC 3339 with the paper's offset, or a day
  date_precision     TEXT,                        -- second, minute or day
  date_published_raw TEXT,                        -- as the page writes it
  published_on       TEXT,                        -- the paper's own day, YYYY-MM-DD
  date_modified      TEXT,
  language           TEXT,                        -- BCP 47, as declared
  publisher          TEXT,
  dateline           TEXT,                        -- marker before the lead
  word_count         INTEGER NOT NULL,            -- of lead and body
  is_free            INTEGER,                     -- 0 behind a paywall, NULL not said
  meta_robots        TEXT,
  x_robots_tag       TEXT,
  tdm_reservation    TEXT,                        -- W3C TDM reservation protocol
  license            TEXT,
  text_sha256        TEXT NOT NULL,               -- of the words of body
  words_sha256       TEXT NOT NULL,               -- of title, lead and body
  extractor          TEXT NOT NULL,
  profile            TEXT NOT NULL,               -- digest of the profile that was used
  template           TEXT,                        -- digest of the template that was used
  warnings           TEXT NOT NULL DEFAULT '[]',  -- JSON array of "code: words"
  sources            TEXT NOT NULL DEFAULT '{}',  -- JSON: field -> where on the page it was found
"""

TABLES = f"""
CREATE TABLE sites (                               -- newspapers
  site        TEXT PRIMARY KEY,                    -- file stem of the profile
  title       TEXT NOT NULL,
  home        TEXT,
  domain      TEXT NOT NULL,
  region      TEXT,                                -- ISO 3166-2
  province    TEXT,
  language    TEXT,
  timezone    TEXT,
  platform    TEXT,
  profile     TEXT NOT NULL,                       -- digest of the resolved profile
  merged_into TEXT                                 -- site that took it over, says the profile
) STRICT;

CREATE TABLE crawls (                              -- one run over one site
  crawl_id    TEXT PRIMARY KEY,                    -- <site>-<instant>
  site        TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  ended_at    TEXT,                                -- NULL: running, or it was killed
  outcome     TEXT,                                -- finished, capped, interrupted, ...
  software    TEXT NOT NULL,
  profile     TEXT NOT NULL,
  counts      TEXT NOT NULL DEFAULT '{{}}',        -- JSON: requests, bytes, new articles, ...
  problems    TEXT NOT NULL DEFAULT '[]',          -- JSON array: failed checks, in words
  notes       TEXT NOT NULL DEFAULT '[]'           -- the same: worth a look, no alarm
) STRICT;

CREATE TABLE warc_files (                          -- every WARC file, how far it is indexed
  warc_file   TEXT PRIMARY KEY,                    -- relative to the archive's folder
  site        TEXT,
  crawl_id    TEXT,
  committed   INTEGER NOT NULL                     -- bytes whose records are in this index
) STRICT;

CREATE TABLE captures (                            -- where each exchange lies
  id             INTEGER PRIMARY KEY,
  site           TEXT NOT NULL,
  crawl_id       TEXT,                             -- NULL for an import
  url            TEXT NOT NULL,                    -- as requested
  kind           TEXT NOT NULL,                    -- response, revisit, failure, resource
  method         TEXT NOT NULL DEFAULT 'GET',
  captured_at    TEXT NOT NULL,                    -- WARC-Date
  status         INTEGER,                          -- HTTP status; NULL: no answer
  mime           TEXT,                             -- media type, without parameters
  warc_file      TEXT NOT NULL,
  warc_offset    INTEGER NOT NULL,
  warc_length    INTEGER NOT NULL,
  record_id      TEXT NOT NULL,                    -- WARC-Record-ID
  payload_digest TEXT,                             -- of the body without transfer coding
  payload_length INTEGER,                          -- bytes, NULL for a revisit
  chunked        INTEGER NOT NULL DEFAULT 0,       -- stored with chunk framing
  truncated      TEXT,                             -- length, time or disconnect
  refers_to      INTEGER REFERENCES captures(id),  -- for a revisit: who has the bytes
  refers_record  TEXT,                             -- for a revisit: WARC-Refers-To
  etag           TEXT,                             -- validators, sent back next time
  last_modified  TEXT,
  location       TEXT,                             -- absolute target of a redirect
  x_robots_tag   TEXT,                             -- as the server said
  ip             TEXT,                             -- the address that was dialled
  failure        TEXT,                             -- why there was no answer
  UNIQUE (warc_file, warc_offset, record_id)
) STRICT;
CREATE INDEX captures_url ON captures (url, captured_at);
CREATE INDEX captures_digest ON captures (payload_digest) WHERE kind = 'response';
CREATE INDEX captures_record ON captures (record_id);
CREATE INDEX captures_waiting ON captures (refers_record) WHERE refers_to IS NULL;
CREATE INDEX captures_crawl ON captures (crawl_id);
CREATE INDEX captures_location ON captures (location) WHERE location IS NOT NULL;

CREATE TABLE readings (                            -- what a capture was read as
  capture_id   INTEGER PRIMARY KEY REFERENCES captures(id),
  role         TEXT NOT NULL,                      -- what the page was taken for
  status       TEXT NOT NULL,                      -- ok, quarantined, timeout, crashed, ...
  impostor     TEXT,                               -- what a quarantined page is: captcha, ...
  extractor    TEXT NOT NULL,
  profile      TEXT NOT NULL,
  template     TEXT,                               -- digest of the template that was used
  article_id   INTEGER REFERENCES articles(id),
  version      INTEGER,
  words_sha256 TEXT,                               -- of title, lead and text
  address      TEXT,                               -- it was read for, where not the capture's url
  listed       INTEGER NOT NULL DEFAULT 0,         -- articles (files) that the page names
  layout       TEXT,                               -- digest of where headline and text stand
  warnings     TEXT NOT NULL DEFAULT '[]',
  withdrawn    INTEGER                             -- article it was once taken for, by mistake
) STRICT;
CREATE INDEX readings_article ON readings (article_id);
CREATE INDEX readings_withdrawn ON readings (withdrawn) WHERE withdrawn IS NOT NULL;
CREATE INDEX readings_layout ON readings (layout);

CREATE TABLE traces (                              -- how a capture was read: show --explain
  capture_id INTEGER PRIMARY KEY REFERENCES captures(id),
  trace      TEXT NOT NULL                         -- JSON: cuts, what each place says, where shown
) STRICT;

CREATE TABLE templates (                           -- lines that many pages of a site share
  site       TEXT NOT NULL,
  learned_at TEXT NOT NULL,                        -- the latest is what readings use
  digest     TEXT NOT NULL,                        -- of the lines: what readings name
  pages      INTEGER NOT NULL,                     -- articles that were compared
  first_on   TEXT,                                 -- days of their captures
  last_on    TEXT,
  extractor  TEXT NOT NULL,                        -- by which they were read
  profile    TEXT NOT NULL,
  survey     TEXT NOT NULL,                        -- digest of what they had in common
  lines      TEXT NOT NULL,                        -- JSON: [signature, articles, words] each
  PRIMARY KEY (site, learned_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE profiles (                            -- what a site was read with, word for word
  site   TEXT NOT NULL,
  digest TEXT NOT NULL,                            -- what crawls, readings and versions name
  words  TEXT NOT NULL,                            -- JSON: what differs from the defaults
  PRIMARY KEY (site, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE addresses (                           -- every address a paper announced
  id            INTEGER PRIMARY KEY,
  site          TEXT NOT NULL,
  url           TEXT NOT NULL UNIQUE,              -- canonical
  role          TEXT NOT NULL,                     -- home, category, article, part, feed, ...
  state         TEXT NOT NULL,                     -- announced, fetched, failed, skipped, gone
  reason        TEXT,                              -- why skipped or failed
  depth         INTEGER NOT NULL,                  -- links from a start address
  page          INTEGER NOT NULL DEFAULT 1,        -- number within a category
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL,
  fetched_at    TEXT,                              -- last answer
  tries         INTEGER NOT NULL DEFAULT 0,        -- crawls it failed in since an answer
  capture_id    INTEGER REFERENCES captures(id),   -- last capture
  article_id    INTEGER REFERENCES articles(id)
) STRICT;
CREATE INDEX addresses_site ON addresses (site, state, role);
CREATE INDEX addresses_article ON addresses (article_id);

CREATE TABLE sightings (                           -- who announced an address, when, where
  address_id    INTEGER NOT NULL REFERENCES addresses(id),
  channel       TEXT NOT NULL,                     -- category, feed, sitemap, related, ...
  source        TEXT NOT NULL,                     -- the page that announced it
  position      INTEGER NOT NULL,                  -- its place there when first seen
  spelled       TEXT,                              -- the address as written, where it differs
  title         TEXT,
  summary       TEXT,
  date_raw      TEXT,                              -- lastmod, pubDate ... as written
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL,                     -- a sitemap's: when it last said something new
  dropped_at    TEXT,                              -- when a sitemap had let go of it
  PRIMARY KEY (address_id, channel, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_source ON sightings (source);

CREATE TABLE walks (                               -- pages of lists that a backfill is done with
  site      TEXT NOT NULL,
  list      TEXT NOT NULL,                         -- page 1 of the category, or the sitemap
  from_on   TEXT NOT NULL,                         -- the days that were wanted
  to_on     TEXT NOT NULL,
  page      INTEGER NOT NULL,
  url       TEXT NOT NULL,                         -- of the page
  newest_on TEXT,                                  -- days of the articles on it; a sitemap's period
  oldest_on TEXT,
  ended     TEXT,                                  -- why the walk ends here: range, end, jump, read
  walked_at TEXT NOT NULL,
  PRIMARY KEY (site, list, from_on, to_on, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (                            -- one row per article, its latest version
  id            INTEGER PRIMARY KEY,
  site          TEXT NOT NULL,
  url           TEXT NOT NULL,                     -- the address it was first read at
  canonical_url TEXT,                              -- what the page declares; may be a dead host
  identity      TEXT,                              -- paper and its own id: <site>:<id>
  version       INTEGER NOT NULL,
  versions      INTEGER NOT NULL,                  -- numbers given, none of them twice
{WORDS}
  capture_id    INTEGER NOT NULL REFERENCES captures(id),
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL,                     -- last capture that confirmed these words
  gone_at       TEXT,                              -- first sign of removal since it was there
  removed_at    TEXT                               -- the same, once the removal is believed
) STRICT;
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_day ON articles (site, published_on);
CREATE INDEX articles_identity ON articles (identity);
CREATE INDEX articles_canonical ON articles (site, canonical_url);
CREATE INDEX articles_words ON articles (text_sha256);

CREATE TABLE versions (                            -- every text, byline, caption it had
  article_id    INTEGER NOT NULL REFERENCES articles(id),
  version       INTEGER NOT NULL,
{WORDS}
  capture_id    INTEGER NOT NULL REFERENCES captures(id),
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL,
  PRIMARY KEY (article_id, version)
) STRICT;
CREATE INDEX versions_capture ON versions (capture_id);

CREATE TABLE changes (                             -- what happened to an article, and when
  article_id   INTEGER NOT NULL REFERENCES articles(id),
  at           TEXT NOT NULL,                      -- when it was first seen to be so
  kind         TEXT NOT NULL,                      -- cosmetic, text, removed, ... (see history)
  from_version INTEGER,                            -- what was there before
  to_version   INTEGER,                            -- what was there then; NULL: nothing
  capture_id   INTEGER NOT NULL REFERENCES captures(id), -- the evidence (of a removal the first)
  detail       TEXT NOT NULL DEFAULT '{{}}',       -- JSON: classes, numbers, notice, signs, to, ...
  PRIMARY KEY (article_id, at, kind, capture_id)
) STRICT;
CREATE INDEX changes_at ON changes (at);

CREATE TABLE dresses (                             -- what a paper gave all its pages at once
  site       TEXT NOT NULL,
  crawl_id   TEXT NOT NULL,                        -- whose changes showed it
  learned_at TEXT NOT NULL,                        -- when that began
  field      TEXT NOT NULL,                        -- title or text
  grain      TEXT NOT NULL,                        -- words, sentence or lines
  kind       TEXT NOT NULL,                        -- gained, lost or turned
  place      TEXT NOT NULL,                        -- start, end, head, tail; +2, -0 of lines
  mark       TEXT NOT NULL,                        -- the sign between words and the rest
  words      TEXT NOT NULL,                        -- folded; empty: each page has its own
  shown      TEXT NOT NULL,                        -- as one page has it
  articles   INTEGER NOT NULL,                     -- that have it, or had
  asked      INTEGER NOT NULL,                     -- ... of so many
  size       INTEGER NOT NULL,                     -- lines of most, words at most; 0: any
  lines      TEXT NOT NULL DEFAULT '[]',           -- JSON: folded, of those that turn
  PRIMARY KEY (crawl_id, field, grain, kind, place, mark, words)
) STRICT, WITHOUT ROWID;
CREATE INDEX dresses_site ON dresses (site, learned_at);

CREATE TABLE images (                              -- pictures of a version
  article_id INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  url        TEXT NOT NULL,
  caption    TEXT,
  credit     TEXT,
  alt        TEXT,
  PRIMARY KEY (article_id, version, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE related (                             -- related-news links of a version
  article_id INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  url        TEXT NOT NULL,                        -- canonical
  title      TEXT,
  summary    TEXT,
  PRIMARY KEY (article_id, version, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX related_url ON related (url);

CREATE TABLE parts (                               -- further pages of articles, read with the first
  capture_id INTEGER NOT NULL REFERENCES captures(id), -- of the first page, as versions name it
  number     INTEGER NOT NULL,                     -- 2 and more; 0: a page that has it whole
  url        TEXT NOT NULL,
  part_id    INTEGER REFERENCES captures(id),      -- its bytes; NULL: it is not in the text
  why        TEXT,                                 -- why it is not
  PRIMARY KEY (capture_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX parts_url ON parts (url);
CREATE INDEX parts_part ON parts (part_id);

CREATE TABLE fingerprints (                        -- which text an article's latest version has
  article_id INTEGER PRIMARY KEY REFERENCES articles(id),
  words      INTEGER NOT NULL,                     -- first 64 bits of articles.words_sha256
  text       INTEGER                               -- NULL: too short to be compared
) STRICT;
CREATE INDEX fingerprints_text ON fingerprints (text, article_id);

CREATE TABLE texts (                               -- texts that differ in more than spelling
  text     INTEGER PRIMARY KEY,                    -- digest of the folded words, 64 bits
  cluster  INTEGER NOT NULL,                       -- smallest article id among near texts
  size     INTEGER NOT NULL,                       -- different runs of four words
  shingles BLOB NOT NULL,                          -- smallest hashes of those, 4 bytes each
  numbers  BLOB NOT NULL                           -- of pairs of written numbers, 4 bytes each
) STRICT;
CREATE INDEX texts_cluster ON texts (cluster);

CREATE TABLE marks (                               -- hashes by which texts find each other
  mark INTEGER NOT NULL,                           -- one of the 16 smallest hashes of shingles
  text INTEGER NOT NULL,
  PRIMARY KEY (mark, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE pairs (                               -- texts of which one stands in the other
  text INTEGER NOT NULL,
  near INTEGER NOT NULL,                           -- each pair stands here in both directions
  PRIMARY KEY (text, near)
) STRICT, WITHOUT ROWID;

CREATE TABLE frontier (                            -- work left of the crawl that is running
  address_id INTEGER PRIMARY KEY REFERENCES addresses(id),
  site       TEXT NOT NULL,
  priority   INTEGER NOT NULL,                     -- larger is sooner
  tries      INTEGER NOT NULL DEFAULT 0,
  not_before TEXT                                  -- a retry waits until then
) STRICT;
CREATE INDEX frontier_next ON frontier (site, priority DESC, address_id);
"""


def words_columns() -> tuple[str, ...]:
    """Return the names of the columns that ``articles`` and ``versions`` share, in order."""
    return tuple(line.split()[0] for line in WORDS.strip().splitlines())
