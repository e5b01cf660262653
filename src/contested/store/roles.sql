-- Who may do what in a store on a server. Group roles of the database, so that the server itself refuses, whatever
-- program asks. Safe to run again; run by whoever owns the tables. Nobody may change or remove a row: triggers refuse.

DO $$
DECLARE wanted TEXT;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['contested_reader', 'contested_coder', 'contested_reviewer', 'contested_admin'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
END $$;

-- A reader sees everything and changes nothing.
GRANT SELECT ON migration, run, document, retraction, failure, reading, event, argument, claim, claim_event, actor,
    toponym, time_mention, dispute, dispute_side, judgement, incident_alias, decision, computed, computed_from
    TO contested_reader;

-- A coder adds reports and what was read in them.
GRANT contested_reader TO contested_coder;
GRANT INSERT ON run, document, failure, reading, event, argument, claim, claim_event, actor, toponym, time_mention,
    dispute, dispute_side TO contested_coder;
GRANT UPDATE ON run TO contested_coder;
GRANT INSERT, DELETE ON computed, computed_from TO contested_coder;

-- A reviewer decides on what was read and on what is one incident.
GRANT contested_reader TO contested_reviewer;
GRANT INSERT ON decision, judgement, incident_alias TO contested_reviewer;
GRANT INSERT, DELETE ON computed, computed_from TO contested_reviewer;

-- An administrator does both, and keeps that an outlet took a report back.
GRANT contested_coder, contested_reviewer TO contested_admin;
GRANT INSERT ON retraction TO contested_admin;
