-- What was said once is never changed or removed: the database itself refuses.

CREATE FUNCTION contested_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$;

CREATE TRIGGER document_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON document
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER retraction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON retraction
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER failure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON failure
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER reading_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reading
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER argument_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON argument
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER claim_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER claim_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim_event
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER actor_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON actor
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER toponym_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON toponym
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER time_mention_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON time_mention
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER dispute_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER dispute_side_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute_side
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER judgement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON judgement
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
CREATE TRIGGER incident_alias_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON incident_alias
    FOR EACH STATEMENT EXECUTE FUNCTION contested_append_only();
