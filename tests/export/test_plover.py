from __future__ import annotations

import csv
import json
from datetime import date
from importlib.resources import files

import pytest

from contested.events.plover import plover_sectors, plover_types
from contested.export import FormatName, KilledRule, Options, OutFile
from contested.export.plover import write
from contested.export.plover_records import LeftOut, Record, records_of, size_of, slots
from contested.types import ActorKind, EventType, Role
from tests.claims.reports import Report
from tests.export.evidence_reports import export, problems, report, view

PLOVER = FormatName.PLOVER


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    path, number = export(PLOVER, tmp_path_factory.mktemp("plover"))
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert number == len(records)
    return path, {r["event_text"][0]: r for r in records}


def test_every_record_is_legal_and_those_without_actor_or_day_are_listed_with_why(exported):
    path, records = exported
    assert problems(PLOVER, path) == []
    assert set(records) == {"bombed", "withdraw", "shot dead", "captured", "shelled"}
    with (path.parent / "plover_left_out.csv").open(encoding="utf-8") as file:
        left = {row["event_type"]: row["reason"] for row in csv.DictReader(file)}
    assert left == {
        "displacement": "people leave, and nobody is said to have driven them out",
        "bombing": "no actor is named",
    }


def test_auxiliary_modes_say_what_has_not_happened_and_what_is_long_over(exported):
    _, records = exported
    assert records["withdraw"]["event"] == ["CONCEDE"]
    assert records["withdraw"]["mode"] == ["future"]
    assert records["shelled"]["mode"] == ["heavy-weapons", "hypothetical"]
    assert records["captured"]["mode"] == ["seize", "historical"]
    assert (records["captured"]["date"], records["captured"]["enddate"]) == ("2014-03-01", "2014-03-31")
    assert "enddate" not in records["bombed"]


def test_a_record_says_who_says_it_and_who_denies_it(exported):
    record = exported[1]["bombed"]
    said = [(claim["stance"], claim["who"]) for claim in record["claims"]]
    assert said == [("asserts", "rebels"), ("denies", "The army"), ("asserts", "activists")]
    assert record["comment"].startswith("put forward by rebels, activists; denied by The army")


def test_actors_bear_sector_and_country_and_places_their_resolution(exported):
    records = exported[1]
    assert records["bombed"]["actor"] == [
        {
            "code": "SYR",
            "sector": "MIL",
            "entity_text": "Army helicopters",
            "identifier_text": "Syrian Arab Air Force",
        }
    ]
    assert records["shot dead"]["actor"][0]["sector"] == "UAF"
    assert records["shot dead"]["recipient"][0]["sector"] == "CVL"
    place = records["withdraw"]["event_loc"]
    assert (place["geonameid"], place["resolution"], place["country_code"]) == ("169389", 4, "SYR")


def test_private_names_are_masked_unless_asked_for(exported, tmp_path):
    assert "Haddad" not in exported[0].read_text(encoding="utf-8")
    assert "haddad" not in exported[0].read_text(encoding="utf-8")
    path, _ = export(PLOVER, tmp_path, Options(include_names=True))
    assert "Omar Haddad" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rule", "dead"),
    [
        (KilledRule.RANGE, None),
        (KilledRule.LOWEST, 12),
        (KilledRule.HIGHEST, 15),
        (KilledRule.LATEST, 15),
        (KilledRule.MEDIAN_OF_ORIGINS, 12),
    ],
)
def test_one_number_of_two_by_the_rule_and_the_claim_that_lost(rule, dead):
    told = next(view().reports())
    strike = next(r for r in records_of(told) if isinstance(r, Record))
    size = size_of(strike, Role.KILLED, rule)
    assert size.value == dead
    assert len(size.losing) == (2 if dead is None else 1)


def test_an_event_without_a_day_bears_its_reports_only_when_asked_and_says_so():
    made = Report("Rebels shelled Idlib, a monitor said.")
    made.event(EventType.SHELLING, "shelled", by="Rebels", on="@Idlib")
    made.actor(ActorKind.REBEL, "Rebels")
    told = next(view(None, made.claims()).reports())
    (left,) = records_of(told)
    assert isinstance(left, LeftOut)
    assert left.reason == "no day is said"
    (record,) = records_of(told, date_by_report=True)
    assert (record.first, record.day_note) == (
        date(2024, 5, 15),
        "the day is the report's: when it happened is not said",
    )


def test_who_drives_people_out_is_the_actor_and_those_who_leave_the_recipient():
    made = Report("Militiamen forced families to flee Idlib on Monday.")
    made.event(EventType.DISPLACEMENT, "forced", by=["Militiamen", "families"], place="Idlib", time="Monday")
    made.actor(ActorKind.MILITIA, "Militiamen")
    made.actor(ActorKind.CIVILIANS, "families")
    (record,) = records_of(next(view(None, made.claims()).reports()))
    assert (record.code.event.name, record.code.mode) == ("SANCTION", "expel")
    assert [e.words for e in record.actors] == ["Militiamen"]
    assert [e.words for e in record.recipients] == ["families"]


def test_what_is_refused_decides_the_mode():
    made = Report("Rebels refused to withdraw from Idlib on Monday.")
    made.event(EventType.REJECT, "refused", by="Rebels", time="Monday")
    made.event(EventType.WITHDRAW, "withdraw", status="hypothetical", by="Rebels", place="Idlib")
    made.actor(ActorKind.REBEL, "Rebels")
    records = [r for r in records_of(next(view(None, made.claims()).reports())) if isinstance(r, Record)]
    assert records[0].code.modes == ("yield",)


def test_the_united_nations_have_a_slot_of_their_own_and_no_country():
    made = Report("The UN condemned the army on Monday.")
    made.event(EventType.ACCUSE, "condemned", by="The UN", on="the army", time="Monday")
    made.actor(ActorKind.IGO, "The UN")
    made.actor(ActorKind.MILITARY, "the army")
    (record,) = records_of(next(view(None, made.claims()).reports()))
    assert (record.actors[0].slot, record.actors[0].sector) == ("UNO", "")


def test_the_schema_lists_what_the_tables_list():
    schema = json.loads(files("contested.export").joinpath("plover.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]["event"]["items"]["enum"]) == set(plover_types())
    assert set(schema["$defs"]["entity"]["properties"]["sector"]["enum"]) == set(plover_sectors())
    assert {"UNO", "IGO", "NGO", "IMG", "MNC", "ISM", "EUR"} == slots()


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"event": ["FIGHT"]}, "event[0]"),
        ({"mode": ["demo"]}, "mode"),
        ({"context": ["weather"]}, "context"),
        ({"quad_code": 1}, "quad_code"),
        ({"date": "2024-02-30"}, "date"),
        ({"enddate": "2020-01-01"}, "enddate"),
        ({"actor": []}, "actor"),
        ({"actor": [{"code": "XQX"}]}, "code"),
        ({"actor": [{"sector": "ARMY"}]}, "actor[0].sector"),
        ({"event_loc": {"lat": 91, "lon": 0}}, "event_loc.lat"),
        ({"event_loc": {"lat": 9}}, "event_loc"),
        ({"size": {"dead": -1}}, "size.dead"),
        ({"goldstein": -10}, "$"),
    ],
)
def test_the_validator_refuses_what_the_codebook_does_not_know(exported, tmp_path, change, column):
    record = {**exported[1]["bombed"], **change}
    path = tmp_path / "wrong.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    found = problems(PLOVER, path)
    assert found
    assert all(problem.startswith(f"row 1, {column}:") for problem in found)


def test_the_validator_refuses_lines_that_are_no_json_and_ids_that_stand_twice(exported, tmp_path):
    line = json.dumps(exported[1]["bombed"])
    path = tmp_path / "wrong.jsonl"
    path.write_text(f"{line}\n{line}\n{{\n", encoding="utf-8")
    assert [p.split(":")[0] for p in problems(PLOVER, path)] == ["row 2, id", "row 3"]


def test_to_one_file_only_the_records_go(tmp_path):
    with (tmp_path / "one.jsonl").open("wb") as file:
        out = OutFile(file)
        assert write(view(), Options(), out) == 5
    assert out.written == ["plover.jsonl"]


def test_quotes_are_short_and_whole_texts_come_only_when_asked_for(tmp_path):
    path, _ = export(PLOVER, tmp_path / "short", Options(longest_quote=40))
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(len(r["text"]) <= 40 and "text_story" not in r["text_info"] for r in records)
    path, _ = export(PLOVER, tmp_path / "whole", Options(full_text=True))
    story = json.loads(path.read_text(encoding="utf-8").splitlines()[0])["text_info"]["text_story"]
    assert len(story) == len(report().document.text)
