from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from contested.export import FormatName, Options
from contested.export.schema import names_of
from tests.export.evidence_reports import export, problems, report

FTM = FormatName.FTM


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return export(FTM, tmp_path_factory.mktemp("ftm"))[0]


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(rows, schema, prop):
    return {row["value"] for row in rows if (row["schema"], row["prop"]) == (schema, prop)}


def test_every_statement_is_legal_and_has_followthemoneys_columns(path):
    assert problems(FTM, path) == []
    assert ",".join(names_of("ftm")) == (
        "canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,original_value,external,"
        "first_seen,last_seen,id"
    )


def test_each_statement_has_its_outlet_and_its_report_and_the_reports_words(path):
    rows = rows_of(path)
    assert {row["dataset"] for row in rows} == {"the_valley_post"}
    assert {row["origin"] for row in rows} == {"report-1"}
    assert {row["first_seen"] for row in rows} == {"2024-05-15"}
    day = next(row for row in rows if row["prop"] == "date" and row["value"] == "2024-05-13")
    assert day["original_value"] == "Monday"


def test_an_event_is_called_reported_and_says_how_it_stands(path):
    names = values(rows_of(path), "Event", "name")
    assert "Reported airstrike, Saraqib, 2024-05-13" in names
    assert any("announced, demanded or expected" in name for name in names)


def test_both_sides_and_both_numbers_stand_side_by_side(path):
    said = values(rows_of(path), "Event", "summary")
    assert any(s.endswith(": denies") for s in said)
    assert any(s.endswith(": killed 12") for s in said)
    assert any(s.endswith(": killed 15") for s in said)


def test_actors_of_the_register_are_entities_and_others_are_not(path):
    rows = rows_of(path)
    assert values(rows, "PublicBody", "name") == {"Syrian Arab Air Force"}
    assert values(rows, "Event", "involved") == {"ctd-actor-syr-air-force-syrian-arab-air-force"}
    assert values(rows, "PublicBody", "country") == {"sy"}


def test_private_names_are_masked_unless_asked_for(path, tmp_path):
    assert "addad" not in path.read_text(encoding="utf-8")
    named, _ = export(FTM, tmp_path, Options(include_names=True))
    assert "Haddad" in named.read_text(encoding="utf-8")


def test_a_second_outlets_word_is_a_statement_of_its_own(tmp_path):
    other = report()
    document = replace(other.document, id="report-2", publisher="Radio Plain", url=None)
    path, _ = export(FTM, tmp_path, None, report(), replace(other, document=document))
    assert problems(FTM, path) == []
    days = [row for row in rows_of(path) if row["prop"] == "date" and row["value"] == "2024-05-13"]
    assert {row["dataset"] for row in days} == {"the_valley_post", "radio_plain"}
    assert len({row["id"] for row in days}) == len(days)


def test_a_value_that_a_spreadsheet_would_run_is_made_safe_before_its_id_is_made(tmp_path):
    made = report()
    path, _ = export(FTM, tmp_path, None, replace(made, document=replace(made.document, headline_text="=1+1")))
    assert problems(FTM, path) == []
    assert values(rows_of(path), "Article", "title") == {"'=1+1"}


@pytest.mark.parametrize(
    ("prop", "column", "value"),
    [
        ("date", "value", "Monday"),
        ("date", "prop_type", "text"),
        ("date", "lang", "eng"),
        ("country", "value", "SYR"),
        ("name", "schema", "Vessel"),
        ("name", "prop", "nickname"),
        ("involved", "value", "ctd-actor-nobody"),
        ("proof", "value", "ctd-report-none"),
        ("sourceUrl", "value", "valley.example"),
        ("name", "dataset", "The Valley Post"),
        ("name", "id", "0" * 40),
        ("name", "external", "perhaps"),
    ],
)
def test_the_validator_refuses(path, tmp_path, prop, column, value):
    rows = rows_of(path)
    next(row for row in rows if row["prop"] == prop)[column] = value
    wrong = tmp_path / "wrong.csv"
    with wrong.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names_of("ftm"))
        writer.writeheader()
        writer.writerows(rows)
    assert problems(FTM, wrong)


def test_an_entity_without_a_name_is_refused(path, tmp_path):
    wrong = tmp_path / "wrong.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    wrong.write_text("".join(line for line in lines if ",name,name,Article," not in line), encoding="utf-8")
    assert any("a Article has a name" in p or "an Article has a name" in p for p in problems(FTM, wrong))
