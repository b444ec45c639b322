"""The CREATE statements of the two search indexes over ``articles``, and their triggers.

Two plain FTS5 tables (design/search.md), one that folds accents and one that keeps them: any
SQLite client can read them. Rejected: a custom tokenizer (locks every other client out), trigrams
(318 % of the text), INSERT OR REPLACE and sqlite-utils' transform() on ``articles`` (ghost
entries, lost triggers). The ranks weigh title, lead and body 10 : 4 : 1.
"""

SEARCH = """
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, lead, body, content="articles", content_rowid='id',
  tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE articles_exact USING fts5(
  title, lead, body, content="articles", content_rowid='id',
  tokenize='unicode61 remove_diacritics 0');
INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(10.0, 4.0, 1.0)');
INSERT INTO articles_exact (articles_exact, rank) VALUES ('rank', 'bm25(10.0, 4.0, 1.0)');
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
  INSERT INTO articles_fts (rowid, title, lead, body)
    VALUES (new.id, new.title, new.lead, new.body);
  INSERT INTO articles_exact (rowid, title, lead, body)
    VALUES (new.id, new.title, new.lead, new.body);
END;
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title, lead, body)
    VALUES ('delete', old.id, old.title, old.lead, old.body);
  INSERT INTO articles_exact (articles_exact, rowid, title, lead, body)
    VALUES ('delete', old.id, old.title, old.lead, old.body);
END;
CREATE TRIGGER articles_changed AFTER UPDATE OF title, lead, body ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title, lead, body)
    VALUES ('delete', old.id, old.title, old.lead, old.body);
  INSERT INTO articles_fts (rowid, title, lead, body)
    VALUES (new.id, new.title, new.lead, new.body);
  INSERT INTO articles_exact (articles_exact, rowid, title, lead, body)
    VALUES ('delete', old.id, old.title, old.lead, old.body);
  INSERT INTO articles_exact (rowid, title, lead, body)
    VALUES (new.id, new.title, new.lead, new.body);
END;
"""
