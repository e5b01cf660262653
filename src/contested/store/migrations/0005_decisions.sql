-- What reviewers decided on what was read. Bound to words of one version of a report, not to a reading's rows, so that
-- it is replayed on every later reading of the same text.

CREATE TABLE decision (
    number BIGINT PRIMARY KEY,  -- the last one on a value holds
    document TEXT NOT NULL REFERENCES document (key),
    target TEXT NOT NULL,       -- event, claim, argument, place
    start_at INTEGER NOT NULL,  -- the words: a trigger, a cue, an argument, a place name
    end_at INTEGER NOT NULL,
    action TEXT NOT NULL,       -- accept, reject, correct, undo
    reviewer TEXT NOT NULL,     -- a pseudonym
    field TEXT,                 -- corrections: what is corrected
    value TEXT NOT NULL,
    was TEXT NOT NULL,          -- what the reviewer saw
    role TEXT,                  -- arguments
    trigger_start INTEGER,      -- arguments: which event's
    trigger_end INTEGER,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    undoes BIGINT REFERENCES decision (number)
);
CREATE INDEX decision_by_document ON decision (document);
