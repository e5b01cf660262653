-- What people decided, and what became of the ids that they saw.

CREATE TABLE judgement (
    number BIGINT PRIMARY KEY, -- later ones stand above earlier ones
    a TEXT NOT NULL,           -- ids of accounts or incidents
    b TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
);

CREATE TABLE incident_alias (
    number BIGINT PRIMARY KEY,
    alias TEXT NOT NULL,       -- an id that was given once
    incident TEXT NOT NULL,    -- the id that it became
    at TEXT NOT NULL
);
CREATE INDEX incident_alias_by_alias ON incident_alias (alias);
