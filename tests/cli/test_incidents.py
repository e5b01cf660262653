"""`contested incidents`, `show`, `control`, `judge` over a store of the example reports, as their gold reads them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from contested.claims import assemble
from contested.cli.main import main
from contested.incidents import Verdict
from contested.store import open_store
from evaluation.gold_reading import gold_document, gold_reading
from tests.export.made import two_tolls

GOLD = Path(__file__).parents[2] / "examples" / "gold"
NOW = datetime(2024, 5, 1, tzinfo=UTC)


def examples():
    lines = [line for path in sorted(GOLD.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [assemble(gold_document(row), gold_reading(row)) for row in map(json.loads, lines)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "s.db"
    with open_store(str(path)) as opened:
        run = opened.begin_run(settings="{}", code="1", at=NOW)
        opened.add(examples(), run=run)
        opened.end_run(run, NOW)
    return str(path)


def run(*arguments):
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def listed(store, *filters):
    return json.loads(run("incidents", "--store", store, "--format", "json", *filters))


def test_a_filter_that_nothing_meets_and_days_the_wrong_way_round_are_said(store):
    done = CliRunner().invoke(main, ["incidents", "--store", store, "--actor", "Ruritania", "--place", "syria"])
    assert done.exit_code == 0
    assert done.stderr.strip() == "no actor in these reports is called 'Ruritania'"
    done = CliRunner().invoke(main, ["incidents", "--store", store, "--from", "2017-01-02", "--until", "2017-01-01"])
    assert done.exit_code == 2
    assert "expected --from" in done.stderr


def test_the_filters_leave_what_is_asked_for(store):
    every = listed(store)
    disputed = listed(store, "--contested")
    assert disputed
    assert len(disputed) < len(every)
    assert all(i["contested"] for i in disputed)
    battles = listed(store, "--type", "battle")
    assert battles
    assert all(any("battle" in r["types"] for r in i["reports"]) for i in battles)
    assert all(len(i["reports"]) >= 2 for i in listed(store, "--least", "2"))
    assert listed(store, "--place", "Aleppo")
    assert listed(store, "--place", "Nowhere") == listed(store, "--actor", "nobody at all") == []
    assert listed(store, "--from", "2017-01-01") == []


def test_the_csv_has_a_row_an_incident(store):
    rows = list(csv.DictReader(io.StringIO(run("incidents", "--store", store, "--format", "csv"))))
    assert len(rows) == len(listed(store))
    assert {row["incident_id"] for row in rows} == {i["id"] for i in listed(store)}


def test_show_is_a_matrix_with_who_says_what(store):
    incident = next(i for i in listed(store) if i["corroboration"]["origins"] > 1 and i["killed"] != [None, None])
    page = run("show", incident["id"], "--store", store)
    assert all(word in page for word in ("what", "killed", "who says so", "How the reports stand to each other"))
    assert json.loads(run("show", incident["id"][:9], "--store", store, "--format", "json"))["id"] == incident["id"]


def test_a_judgement_parts_an_incident_and_holds_at_every_later_look(store):
    incident = next(i for i in listed(store) if len(i["links"]) == 1 and len(i["reports"]) == 2)
    (link,) = incident["links"]
    assert {i["id"] for i in listed(store)}.isdisjoint({link["a"], link["b"]} - {incident["id"]})
    assert "different incidents" in run("judge", link["a"], link["b"], "different", "--store", store, "--by", "me")

    def shown(account):
        return json.loads(run("show", account, "--store", store, "--format", "json"))["id"]

    for _ in range(2):
        assert shown(link["a"]) != shown(link["b"])
    run("judge", link["a"], link["b"], "unsure", "--store", store, "--by", "me")
    assert any(i["id"] == incident["id"] and len(i["reports"]) == 2 for i in listed(store))
    assert shown(link["a"]) == shown(link["b"]) == incident["id"]


def test_control_as_of_a_day_carries_nothing_forward_and_known_on_leaves_later_reports_out(store):
    every = json.loads(run("control", "--store", store, "--format", "json"))
    said = [c for c in every if c["control_type"] != "gap"]
    assert said
    day = next(c["first"] for c in said if c["first"])
    on_day = json.loads(run("control", "--store", store, "--format", "json", "--as-of", day))
    assert on_day
    assert all(c["first"] <= day <= (c["last"] or c["first"]) for c in on_day)
    assert json.loads(run("control", "--store", store, "--format", "json", "--as-of", "2019-01-01")) == []
    assert json.loads(run("control", "--store", store, "--format", "json", "--known-on", "2016-01-01")) == []


def test_gaps_have_rows_of_their_own_in_every_form(store):
    rows = list(csv.DictReader(io.StringIO(run("control", "--store", store, "--format", "csv"))))
    gaps = [row for row in rows if row["control_type"] == "gap"]
    page = run("control", "--store", store)
    assert ("nobody says anything" in page) == bool(gaps)
    assert all(gap["controller"] == gap["doc_id"] == "" and gap["first"] <= gap["last"] for gap in gaps)


def two_tellings(tmp_path):
    """Return a store of two reports of one airstrike."""
    path = str(tmp_path / "two.db")
    with open_store(path) as opened:
        number = opened.begin_run(settings="{}", code="1", at=NOW)
        opened.add(two_tolls(), run=number)
        opened.end_run(number, NOW)
    return path


def test_an_id_that_a_retracted_report_lent_leads_to_what_the_others_tell(tmp_path):
    store = two_tellings(tmp_path)
    (incident,) = listed(store)
    first = incident["reports"][0]["document"]
    run("retract", first, "--store", store, "--reason", "not so")
    (left,) = listed(store)
    assert left["id"] != incident["id"]
    assert json.loads(run("show", incident["id"], "--store", store, "--format", "json"))["id"] == left["id"]


def test_a_judgement_on_an_id_that_was_lent_holds(tmp_path):
    store = two_tellings(tmp_path)
    with open_store(store) as opened:
        opened.alias_incident("lent", "stands-in", NOW)
        opened.judge("lent", "other", Verdict.DIFFERENT, reviewer="me", at=NOW)
        assert {j for k in opened.judgements() for j in (k.a, k.b)} == {"stands-in", "other"}


def test_show_prints_the_ids_that_judge_takes_and_judge_takes_reports_and_events(tmp_path):
    store = two_tellings(tmp_path)
    (incident,) = listed(store)
    link = incident["links"][0]
    shown = run("show", incident["id"], "--store", store)
    assert link["a"] in shown
    assert link["b"] in shown
    assert f"{link['a']} and {link['b']}" in run("judge", "a", "b:E1", "different", "--store", store, "--by", "me")
    assert len(listed(store)) == 2
    done = CliRunner().invoke(main, ["judge", "a", "nowhere:E1", "same", "--store", store])
    assert done.exit_code == 1


def test_a_report_of_several_incidents_is_asked_for_one_of_its_events(store):
    several = next(
        d for d in sorted({r["document"] for i in listed(store) for r in i["reports"]}) if events_of(store, d) > 1
    )
    done = CliRunner().invoke(main, ["judge", several, "nowhere", "same", "--store", store])
    assert done.exit_code == 1
    assert f"expected one event of the report {several!r}: {several}:E" in done.output


def events_of(store, document):
    return sum(any(r["document"] == document for r in i["reports"]) for i in listed(store))
