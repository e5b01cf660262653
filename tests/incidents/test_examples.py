"""The examples as a person reads them: one offensive, outcomes in conflict, tolls that rise, disputed corridors."""

import json
from functools import cache
from pathlib import Path

from contested.claims import assemble
from contested.incidents import Record, Standing, find_incidents
from contested.incidents.form import to_form
from contested.types import EventType
from evaluation.gold_reading import gold_document, gold_reading

GOLD = Path(__file__).parents[2] / "examples" / "gold"


@cache
def record() -> Record:
    rows = [json.loads(line) for path in sorted(GOLD.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return find_incidents(assemble(gold_document(row), gold_reading(row)) for row in rows)


def incident_of(document, event):
    return next(i for i in record().incidents if any((a.document, a.event) == (document, event) for a in i.accounts))


def test_one_offensive_is_reported_by_all_with_its_outcome_in_conflict():
    offensive = incident_of("wire-2016-08-02", "E3")
    assert len(offensive.documents) == 4
    outcomes = {(r.a.document, r.b.document) for r in offensive.relations if r.field == "outcome"}
    assert any("state-agency" in pair or "wire-2016-08-02" in pair for pair in outcomes)


def test_a_toll_that_rises_within_one_source_is_an_update():
    for document, event in (("state-agency", "E8"), ("wire-2016-08-02", "E10"), ("aid-bulletin-2016-08-03", "E5")):
        relations = incident_of(document, event).relations
        updates = {(r.a.document, r.b.document) for r in relations if r.standing is Standing.UPDATE}
        assert (document, document) in updates, document


def test_the_corridors_are_one_incident_and_contested():
    corridors = incident_of("rebel-outlet", "E12")
    assert corridors.type is EventType.OPEN_ACCESS
    assert len(corridors.documents) == 4
    assert corridors.is_contested


def test_every_account_id_leads_to_its_incident():
    for incident in record().incidents:
        assert all(record().find(a.id) is incident for a in incident.accounts)


def test_the_form_has_its_keys_and_survives_json():
    form = json.loads(json.dumps([to_form(i) for i in record().incidents]))
    assert {"id", "type", "when", "place", "reports", "relations"} <= set(form[0])
    assert {"document", "spans", "killed", "wounded", "doer", "speaker"} <= set(form[0]["reports"][0])
    relation = next(r for i in form for r in i["relations"])
    assert {"field", "a", "b", "relation", "why"} <= set(relation)
