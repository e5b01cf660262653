-- What a report says, as one model read it. Every row leads to its reading, its document and the characters it rests on.
-- `place` orders the rows of one reading; `name` is the id within the report (`E1`, `C1` …). Keys are made from content
-- without the model, so an event found again by a later model keeps its key.

CREATE TABLE reading (
    key TEXT PRIMARY KEY,     -- hash of document and model
    place BIGINT NOT NULL UNIQUE,  -- a document's reading with the highest place holds
    document TEXT NOT NULL REFERENCES document (key),
    model TEXT NOT NULL,
    run BIGINT NOT NULL REFERENCES run (number)
);
CREATE INDEX reading_by_document ON reading (document);

CREATE TABLE event (
    reading TEXT NOT NULL REFERENCES reading (key),
    key TEXT NOT NULL,        -- hash of document, type and first trigger
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    triggers TEXT NOT NULL,   -- [[start, end], …], one a mention
    when_value TEXT,          -- these eight NULL: the report gives no time
    when_earliest TEXT,
    when_latest TEXT,
    when_edge TEXT,
    when_acled_precision INTEGER,
    when_ucdp_precision INTEGER,
    when_found_by TEXT,       -- rule that resolved the words
    when_reason TEXT,
    when_start INTEGER,
    when_end INTEGER,
    when_rule TEXT NOT NULL,  -- how the event came by its time
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (reading, key)
);
CREATE INDEX event_by_key ON event (key);
CREATE INDEX event_by_day ON event (when_earliest);
CREATE INDEX event_by_type ON event (type);

CREATE TABLE argument (
    reading TEXT NOT NULL,
    event TEXT NOT NULL,
    mention INTEGER NOT NULL, -- which of the event's triggers, from 0
    place INTEGER NOT NULL,
    role TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    part INTEGER NOT NULL,    -- 1: the number is inside a larger one
    score DOUBLE PRECISION NOT NULL,
    amount_low DOUBLE PRECISION,   -- what the number phrase states; NULL for an open or unknown end
    amount_high DOUBLE PRECISION,
    amount_rule TEXT,              -- NULL: no amount at all
    amount_reason TEXT,
    amount_hedge TEXT,
    amount_of_whom TEXT,
    amount_vague TEXT,
    amount_cumulative INTEGER,
    amount_mixed INTEGER,
    PRIMARY KEY (reading, event, mention, place),
    FOREIGN KEY (reading, event) REFERENCES event (reading, key)
);

CREATE TABLE claim (
    reading TEXT NOT NULL REFERENCES reading (key),
    key TEXT NOT NULL,        -- hash of document, stance, cue, source, via and triggers
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    stance TEXT NOT NULL,
    cue_start INTEGER NOT NULL,
    cue_end INTEGER NOT NULL,
    source_start INTEGER,     -- NULL: nobody is named
    source_end INTEGER,
    via_start INTEGER,
    via_end INTEGER,
    triggers TEXT NOT NULL,   -- [[start, end], …]
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (reading, key)
);

CREATE TABLE claim_event (
    reading TEXT NOT NULL,
    claim TEXT NOT NULL,
    place INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (reading, claim, place),
    FOREIGN KEY (reading, claim) REFERENCES claim (reading, key),
    FOREIGN KEY (reading, event) REFERENCES event (reading, key)
);
CREATE INDEX claim_event_by_event ON claim_event (event);

CREATE TABLE actor (
    reading TEXT NOT NULL REFERENCES reading (key),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    spans TEXT NOT NULL,
    link_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    entry TEXT,               -- id in the register; NULL: not in it
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    candidates TEXT NOT NULL, -- [id, …]
    PRIMARY KEY (reading, place)
);
CREATE INDEX actor_by_entry ON actor (entry);

CREATE TABLE toponym (
    reading TEXT NOT NULL REFERENCES reading (key),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    spans TEXT NOT NULL,
    link_name TEXT NOT NULL,
    country TEXT,
    level TEXT,
    lat DOUBLE PRECISION,     -- NULL: not found (NIL)
    lon DOUBLE PRECISION,
    radius_km DOUBLE PRECISION,
    relation TEXT NOT NULL,
    acled_precision INTEGER,
    ucdp_precision INTEGER,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    chosen TEXT,              -- JSON: the gazetteer's entry
    candidates TEXT NOT NULL, -- JSON: [entry, …]
    PRIMARY KEY (reading, place)
);

CREATE TABLE time_mention (
    reading TEXT NOT NULL REFERENCES reading (key),
    place INTEGER NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    when_value TEXT NOT NULL,
    when_earliest TEXT,
    when_latest TEXT,
    when_edge TEXT,
    when_acled_precision INTEGER,
    when_ucdp_precision INTEGER,
    when_found_by TEXT NOT NULL,
    when_reason TEXT NOT NULL,
    PRIMARY KEY (reading, place)
);

CREATE TABLE dispute (
    reading TEXT NOT NULL REFERENCES reading (key),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (reading, place)
);

CREATE TABLE dispute_side (
    reading TEXT NOT NULL,
    dispute INTEGER NOT NULL, -- the dispute's place
    place INTEGER NOT NULL,   -- 0 and 1
    event TEXT NOT NULL,
    claim TEXT,               -- NULL: the outlet's own voice
    says TEXT NOT NULL,
    evidence TEXT NOT NULL,   -- [[start, end], …]
    PRIMARY KEY (reading, dispute, place),
    FOREIGN KEY (reading, dispute) REFERENCES dispute (reading, place),
    FOREIGN KEY (reading, event) REFERENCES event (reading, key),
    FOREIGN KEY (reading, claim) REFERENCES claim (reading, key)
);
