-- The archive's SQLite file, format 1. docs/format.md explains it for a reader without this program.
-- A comment inside a CREATE statement is kept in the file, where `.schema` shows it.

CREATE TABLE bodies (                  -- the bytes of pages, each sequence once
  digest        TEXT PRIMARY KEY,      -- SHA-256 of the bytes, lower-case hex
  length_bytes  INTEGER NOT NULL,
  deflated      BLOB NOT NULL,         -- zlib stream (RFC 1950) of the bytes
  CHECK (length(digest) = 64 AND length_bytes > 0)
) STRICT;

CREATE TABLE captures (                -- a page as received: write-once
  capture_id    INTEGER PRIMARY KEY,   -- in order of arrival
  identity      TEXT NOT NULL,         -- normalised address, or sha256:DIGEST for a page without one
  digest        TEXT NOT NULL REFERENCES bodies,
  source_url    TEXT,                  -- the address as given
  captured_at   TEXT NOT NULL,         -- all times: ISO 8601, UTC, ending in Z
  media_type    TEXT NOT NULL,
  charset       TEXT,                  -- as the transport declared it
  origin        TEXT NOT NULL,         -- the file or WARC record it was read from
  UNIQUE (identity, digest)
) STRICT;

CREATE TABLE reports (                 -- every report id ever given out
  report_id     TEXT PRIMARY KEY,
  identity      TEXT NOT NULL,
  part          INTEGER NOT NULL,      -- 0 for a whole page, 1 to n in a compilation
  listed        INTEGER NOT NULL,      -- 0: the last reading of its newest capture no longer finds it
  UNIQUE (identity, part),
  CHECK (length(report_id) = 12 AND part >= 0 AND listed IN (0, 1))
) STRICT;

CREATE TABLE versions (                -- canonical copies: write-once
  report_id     TEXT NOT NULL REFERENCES reports,
  version       INTEGER NOT NULL,      -- 1, 2, 3 …
  digest        TEXT NOT NULL,         -- SHA-256 of the UTF-8 of text, lower-case hex
  text          TEXT NOT NULL,         -- title, then paragraphs, a LF after each
  made_at       TEXT NOT NULL,
  cause         TEXT NOT NULL,
  PRIMARY KEY (report_id, version),
  CHECK (length(digest) = 64 AND version > 0),
  CHECK (cause IN ('first capture', 'recaptured', 'cleaned again'))
) STRICT;

CREATE TABLE yields (                  -- which capture gave which version: write-once
  capture_id    INTEGER NOT NULL REFERENCES captures,
  report_id     TEXT NOT NULL,
  version       INTEGER NOT NULL,
  PRIMARY KEY (report_id, version, capture_id),
  FOREIGN KEY (report_id, version) REFERENCES versions
) STRICT, WITHOUT ROWID;

CREATE INDEX yields_by_capture ON yields (capture_id);

CREATE TABLE descriptions (            -- what was worked out about a version: replaceable
  report_id     TEXT NOT NULL,
  version       INTEGER NOT NULL,
  description   TEXT NOT NULL,         -- JSON
  PRIMARY KEY (report_id, version),
  FOREIGN KEY (report_id, version) REFERENCES versions
) STRICT;

CREATE TABLE compilations (            -- pages that hold several reports, as last read: replaceable
  report_id     TEXT PRIMARY KEY REFERENCES reports,
  compilation   TEXT NOT NULL          -- JSON
) STRICT;

CREATE TABLE unused (                  -- captures that gave no report, and why: replaceable
  capture_id    INTEGER PRIMARY KEY REFERENCES captures,
  reason        TEXT NOT NULL
) STRICT;

CREATE TABLE withdrawals (             -- tombstones: write-once
  report_id     TEXT PRIMARY KEY REFERENCES reports,
  withdrawn_at  TEXT NOT NULL,
  reason        TEXT NOT NULL
) STRICT;

CREATE TABLE changes (                 -- what the search index must follow, in order: write-once
  change        INTEGER PRIMARY KEY,
  report_id     TEXT NOT NULL REFERENCES reports,
  what          TEXT NOT NULL,
  changed_at    TEXT NOT NULL,
  CHECK (what IN ('version', 'description', 'listed', 'unlisted', 'withdrawn', 'family'))
) STRICT;

CREATE INDEX changes_by_report ON changes (report_id);

CREATE TABLE sketches (                -- reports that were compared with the others: replaceable
  report_id     TEXT PRIMARY KEY REFERENCES reports,
  sample_count  INTEGER NOT NULL,      -- sampled shingles among its sketch_keys
  stated_year   INTEGER                -- the year that it is of beyond doubt
) STRICT;

CREATE TABLE sketch_keys (             -- numbers that texts with much in common share: replaceable
  key           INTEGER NOT NULL,
  report_id     TEXT NOT NULL REFERENCES reports,
  PRIMARY KEY (key, report_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE likenesses (              -- reports that share text, each pair both ways: replaceable
  report_id     TEXT NOT NULL REFERENCES reports,
  other_id      TEXT NOT NULL REFERENCES reports,
  relation      TEXT NOT NULL,
  jaccard       REAL NOT NULL,         -- shared shingles over all of both
  containment   REAL NOT NULL,         -- shared shingles over those of the shorter
  PRIMARY KEY (report_id, other_id),
  CHECK (relation IN ('copy', 'template'))
) STRICT, WITHOUT ROWID;

CREATE TABLE families (                -- copies of one text, two and more: replaceable
  report_id     TEXT PRIMARY KEY REFERENCES reports,
  representative TEXT NOT NULL REFERENCES reports,
  standing      TEXT NOT NULL          -- sorts a family's members, the representative first
) STRICT;

CREATE INDEX families_by_representative ON families (representative);

CREATE TRIGGER bodies_stay BEFORE UPDATE ON bodies
  BEGIN SELECT RAISE(ABORT, 'bodies are write-once'); END;
CREATE TRIGGER bodies_are_kept BEFORE DELETE ON bodies
  BEGIN SELECT RAISE(ABORT, 'bodies are write-once'); END;
CREATE TRIGGER captures_stay BEFORE UPDATE ON captures
  BEGIN SELECT RAISE(ABORT, 'captures are write-once'); END;
CREATE TRIGGER captures_are_kept BEFORE DELETE ON captures
  BEGIN SELECT RAISE(ABORT, 'captures are write-once'); END;
CREATE TRIGGER report_ids_stay BEFORE UPDATE OF report_id, identity, part ON reports
  BEGIN SELECT RAISE(ABORT, 'report ids are write-once'); END;
CREATE TRIGGER report_ids_are_kept BEFORE DELETE ON reports
  BEGIN SELECT RAISE(ABORT, 'report ids are write-once'); END;
CREATE TRIGGER versions_stay BEFORE UPDATE ON versions
  BEGIN SELECT RAISE(ABORT, 'versions are write-once'); END;
CREATE TRIGGER versions_are_kept BEFORE DELETE ON versions
  BEGIN SELECT RAISE(ABORT, 'versions are write-once'); END;
CREATE TRIGGER yields_stay BEFORE UPDATE ON yields
  BEGIN SELECT RAISE(ABORT, 'yields are write-once'); END;
CREATE TRIGGER yields_are_kept BEFORE DELETE ON yields
  BEGIN SELECT RAISE(ABORT, 'yields are write-once'); END;
CREATE TRIGGER withdrawals_stay BEFORE UPDATE ON withdrawals
  BEGIN SELECT RAISE(ABORT, 'withdrawals are write-once'); END;
CREATE TRIGGER withdrawals_are_kept BEFORE DELETE ON withdrawals
  BEGIN SELECT RAISE(ABORT, 'withdrawals are write-once'); END;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes
  BEGIN SELECT RAISE(ABORT, 'changes are write-once'); END;
CREATE TRIGGER changes_are_kept BEFORE DELETE ON changes
  BEGIN SELECT RAISE(ABORT, 'changes are write-once'); END;
