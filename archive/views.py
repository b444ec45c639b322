"""The CREATE statements of the views: questions an archivist asks in plain SQL."""

VIEWS = """
CREATE VIEW days AS                                -- articles a day of each paper
  SELECT site, published_on AS day, count(*) AS articles, sum(word_count) AS words
  FROM articles WHERE published_on IS NOT NULL GROUP BY site, published_on;
CREATE VIEW papers AS                              -- which papers, since when, how many
  SELECT s.site, s.title, s.province, count(a.id) AS articles, min(a.published_on) AS oldest,
         max(a.published_on) AS newest, min(a.first_seen_at) AS since,
         (SELECT max(started_at) FROM crawls c WHERE c.site = s.site) AS last_crawl
  FROM sites s LEFT JOIN articles a ON a.site = s.site GROUP BY s.site;
CREATE VIEW history AS                             -- every version with its capture
  SELECT a.id AS article_id, a.site, a.url, v.version, v.title, v.word_count, v.first_seen_at,
         v.last_seen_at, a.gone_at, c.captured_at, c.status, c.warc_file, c.warc_offset,
         c.warc_length, c.payload_digest, a.removed_at,
         (SELECT x.kind FROM changes x WHERE x.article_id = a.id AND x.to_version = v.version
          AND x.kind IN ('cosmetic', 'headline', 'text', 'correction')
          ORDER BY x.at LIMIT 1) AS change
  FROM versions v JOIN articles a ON a.id = v.article_id JOIN captures c ON c.id = v.capture_id;
CREATE VIEW removals AS                            -- articles taken down, or with a sign of it
  SELECT a.site, a.url, a.title, a.last_seen_at, x.at AS gone_at,
         json_extract(x.detail, '$.believed_at') AS believed_at,
         json_extract(x.detail, '$.sign') AS sign,
         (SELECT min(b.at) FROM changes b
          WHERE b.article_id = a.id AND b.kind = 'back' AND b.at > x.at) AS back_at,
         c.warc_file, c.warc_offset
  FROM changes x JOIN articles a ON a.id = x.article_id JOIN captures c ON c.id = x.capture_id
  WHERE x.kind = 'removed'
  UNION ALL
  SELECT site, url, title, last_seen_at, gone_at, NULL, NULL, NULL, NULL, NULL
  FROM articles WHERE gone_at IS NOT NULL AND removed_at IS NULL;
CREATE VIEW announced AS                           -- who announced an address, and since when
  SELECT d.site, d.url, d.role, d.state, d.reason, s.channel, s.source, s.position, s.title,
         s.first_seen_at, s.last_seen_at
  FROM sightings s JOIN addresses d ON d.id = s.address_id;
CREATE VIEW missing AS                             -- announced and not fetched, and why
  SELECT site, url, role, state, reason, depth, tries, first_seen_at, last_seen_at
  FROM addresses WHERE state IN ('announced', 'failed', 'skipped');
CREATE VIEW linked AS                              -- which article links to which as related
  SELECT r.article_id AS from_id, a.url AS from_url, r.url AS to_url, d.article_id AS to_id,
         r.title, r.position
  FROM related r JOIN articles a ON a.id = r.article_id AND a.version = r.version
  LEFT JOIN addresses d ON d.url = r.url;
CREATE VIEW syndicated AS                          -- one story at several addresses
  SELECT t.cluster, a.id, a.site, a.url, a.title, a.agency, a.date_published, a.date_precision,
         a.first_seen_at, a.word_count, a.text_sha256
  FROM texts t JOIN fingerprints f ON f.text = t.text JOIN articles a ON a.id = f.article_id
  WHERE EXISTS (SELECT 1 FROM texts JOIN fingerprints o USING (text)
                WHERE cluster = t.cluster AND o.article_id <> a.id);
CREATE VIEW quarantine AS                          -- captures that could not be read, and why
  SELECT c.site, c.url, c.captured_at, r.role, r.status, r.impostor AS kind,
         CASE WHEN r.impostor IS NULL THEN r.warnings ->> '$[0]'
              ELSE substr(r.warnings ->> '$[0]', length('impostor: : ') + 1 + length(r.impostor))
         END AS evidence,
         r.warnings, c.warc_file, c.warc_offset
  FROM readings r JOIN captures c ON c.id = r.capture_id
  WHERE r.status <> 'ok' OR r.warnings LIKE '%article-without-text%';
CREATE VIEW fates AS                               -- announced articles, what came of each
  SELECT d.site, d.url, a.published_on, d.first_seen_at, d.article_id,
         CASE WHEN d.article_id IS NOT NULL THEN 'read'
              WHEN d.state = 'fetched' THEN 'unread' WHEN d.state = 'skipped' THEN 'refused'
              WHEN d.state = 'announced' THEN 'missing' ELSE d.state END AS fate, d.reason,
         (SELECT group_concat(DISTINCT channel) FROM sightings s WHERE s.address_id = d.id)
           AS channels
  FROM addresses d LEFT JOIN articles a ON a.id = d.article_id
  WHERE d.role = 'article' OR d.article_id IS NOT NULL;
CREATE VIEW channels AS                            -- articles a day that each channel announced
  SELECT d.site, a.published_on AS day, s.channel, count(DISTINCT a.id) AS articles
  FROM sightings s JOIN addresses d ON d.id = s.address_id JOIN articles a ON a.id = d.article_id
  WHERE a.published_on IS NOT NULL GROUP BY d.site, a.published_on, s.channel;
CREATE VIEW walked AS                              -- how far a backfill walked each list, by job
  SELECT site, list, from_on, to_on, max(page) AS pages, max(newest_on) AS newest,
         min(oldest_on) AS oldest, max(ended) AS ended, max(walked_at) AS walked_at
  FROM walks GROUP BY site, list, from_on, to_on;
"""
