-- Decisions are never changed or removed: an undo is one more row.

CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
