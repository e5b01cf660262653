-- What was said once is never changed or removed: the database itself refuses.

CREATE TRIGGER document_refuses_update BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'append-only: document'); END;
CREATE TRIGGER document_refuses_delete BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'append-only: document'); END;

CREATE TRIGGER retraction_refuses_update BEFORE UPDATE ON retraction
BEGIN SELECT RAISE(ABORT, 'append-only: retraction'); END;
CREATE TRIGGER retraction_refuses_delete BEFORE DELETE ON retraction
BEGIN SELECT RAISE(ABORT, 'append-only: retraction'); END;

CREATE TRIGGER failure_refuses_update BEFORE UPDATE ON failure
BEGIN SELECT RAISE(ABORT, 'append-only: failure'); END;
CREATE TRIGGER failure_refuses_delete BEFORE DELETE ON failure
BEGIN SELECT RAISE(ABORT, 'append-only: failure'); END;

CREATE TRIGGER reading_refuses_update BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'append-only: reading'); END;
CREATE TRIGGER reading_refuses_delete BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'append-only: reading'); END;

CREATE TRIGGER event_refuses_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'append-only: event'); END;
CREATE TRIGGER event_refuses_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'append-only: event'); END;

CREATE TRIGGER argument_refuses_update BEFORE UPDATE ON argument
BEGIN SELECT RAISE(ABORT, 'append-only: argument'); END;
CREATE TRIGGER argument_refuses_delete BEFORE DELETE ON argument
BEGIN SELECT RAISE(ABORT, 'append-only: argument'); END;

CREATE TRIGGER claim_refuses_update BEFORE UPDATE ON claim
BEGIN SELECT RAISE(ABORT, 'append-only: claim'); END;
CREATE TRIGGER claim_refuses_delete BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'append-only: claim'); END;

CREATE TRIGGER claim_event_refuses_update BEFORE UPDATE ON claim_event
BEGIN SELECT RAISE(ABORT, 'append-only: claim_event'); END;
CREATE TRIGGER claim_event_refuses_delete BEFORE DELETE ON claim_event
BEGIN SELECT RAISE(ABORT, 'append-only: claim_event'); END;

CREATE TRIGGER actor_refuses_update BEFORE UPDATE ON actor
BEGIN SELECT RAISE(ABORT, 'append-only: actor'); END;
CREATE TRIGGER actor_refuses_delete BEFORE DELETE ON actor
BEGIN SELECT RAISE(ABORT, 'append-only: actor'); END;

CREATE TRIGGER toponym_refuses_update BEFORE UPDATE ON toponym
BEGIN SELECT RAISE(ABORT, 'append-only: toponym'); END;
CREATE TRIGGER toponym_refuses_delete BEFORE DELETE ON toponym
BEGIN SELECT RAISE(ABORT, 'append-only: toponym'); END;

CREATE TRIGGER time_mention_refuses_update BEFORE UPDATE ON time_mention
BEGIN SELECT RAISE(ABORT, 'append-only: time_mention'); END;
CREATE TRIGGER time_mention_refuses_delete BEFORE DELETE ON time_mention
BEGIN SELECT RAISE(ABORT, 'append-only: time_mention'); END;

CREATE TRIGGER dispute_refuses_update BEFORE UPDATE ON dispute
BEGIN SELECT RAISE(ABORT, 'append-only: dispute'); END;
CREATE TRIGGER dispute_refuses_delete BEFORE DELETE ON dispute
BEGIN SELECT RAISE(ABORT, 'append-only: dispute'); END;

CREATE TRIGGER dispute_side_refuses_update BEFORE UPDATE ON dispute_side
BEGIN SELECT RAISE(ABORT, 'append-only: dispute_side'); END;
CREATE TRIGGER dispute_side_refuses_delete BEFORE DELETE ON dispute_side
BEGIN SELECT RAISE(ABORT, 'append-only: dispute_side'); END;

CREATE TRIGGER judgement_refuses_update BEFORE UPDATE ON judgement
BEGIN SELECT RAISE(ABORT, 'append-only: judgement'); END;
CREATE TRIGGER judgement_refuses_delete BEFORE DELETE ON judgement
BEGIN SELECT RAISE(ABORT, 'append-only: judgement'); END;

CREATE TRIGGER incident_alias_refuses_update BEFORE UPDATE ON incident_alias
BEGIN SELECT RAISE(ABORT, 'append-only: incident_alias'); END;
CREATE TRIGGER incident_alias_refuses_delete BEFORE DELETE ON incident_alias
BEGIN SELECT RAISE(ABORT, 'append-only: incident_alias'); END;
