-- Reports in all their versions, the runs that added them, and what could not be read.
-- One SQL for SQLite and PostgreSQL: TEXT, INTEGER, BIGINT, DOUBLE PRECISION; days and times as ISO 8601 text;
-- lists as JSON text; spans as `[start, end]` in code points of `document.text`.

CREATE TABLE run (
    number BIGINT PRIMARY KEY,
    started TEXT NOT NULL,
    ended TEXT,               -- NULL: it was killed, or is under way
    settings TEXT NOT NULL,   -- JSON: what it was asked to do
    code TEXT NOT NULL,       -- version of the program
    model TEXT,               -- name and version of the reader; NULL until something is read
    added BIGINT NOT NULL DEFAULT 0,
    known BIGINT NOT NULL DEFAULT 0,
    failed BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE document (
    key TEXT PRIMARY KEY,     -- hash of id and text
    place BIGINT NOT NULL UNIQUE,  -- in the order in which they came
    id TEXT NOT NULL,
    report TEXT NOT NULL,     -- id of the first version of this report
    version INTEGER NOT NULL, -- 1, 2 …: a changed text under the same id, or the same address
    sha256 TEXT NOT NULL,     -- of the text in UTF-8
    text TEXT NOT NULL,       -- never altered
    sentences TEXT NOT NULL,  -- [[start, end], …]
    published TEXT,
    published_origin TEXT,
    publisher TEXT,
    url TEXT,
    source TEXT NOT NULL,     -- file, file:line or URL it was read from
    headline_start INTEGER,
    headline_end INTEGER,
    headline_text TEXT,
    byline TEXT,
    dateline_start INTEGER,
    dateline_end INTEGER,
    wire_credit TEXT,
    language TEXT NOT NULL,
    furniture TEXT NOT NULL,  -- [[start, end, kind, rule], …]
    warnings TEXT NOT NULL,   -- [text, …]
    run BIGINT NOT NULL REFERENCES run (number),
    UNIQUE (report, version),
    UNIQUE (id, sha256)
);
CREATE INDEX document_by_url ON document (url);

CREATE TABLE retraction (     -- the outlet took a report back: a fact beside the report, which stays
    number BIGINT PRIMARY KEY,
    report TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (report, reason)
);

CREATE TABLE failure (
    key TEXT PRIMARY KEY,     -- hash of source and reason
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    run BIGINT NOT NULL REFERENCES run (number)
);
