-- Decisions are never changed or removed: an undo is one more row.

CREATE TRIGGER decision_refuses_update BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'append-only: decision'); END;
CREATE TRIGGER decision_refuses_delete BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'append-only: decision'); END;
