-- Lists worked out from all the rest, kept so that pages need not work them out again. They may be thrown away at any
-- time: nothing here is said anywhere but in the tables above.

CREATE TABLE computed (
    kind TEXT NOT NULL,       -- what it is a row of
    place INTEGER NOT NULL,   -- its order
    id TEXT NOT NULL,
    content TEXT NOT NULL,    -- JSON: what lists show
    detail TEXT NOT NULL,     -- JSON: what one page shows beside it
    PRIMARY KEY (kind, place)
);
CREATE INDEX computed_by_id ON computed (kind, id);

CREATE TABLE computed_from (
    state TEXT NOT NULL       -- of the store when they were worked out
);
