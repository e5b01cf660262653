from __future__ import annotations

import csv

import pytest

from contested.export import FormatName
from contested.export.schema import names_of
from tests.export.evidence_reports import export, problems

POLECAT = FormatName.POLECAT


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return export(POLECAT, tmp_path_factory.mktemp("polecat"))[0]


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_it_has_polecats_forty_columns_in_their_order(path):
    header = path.read_text(encoding="utf-8").splitlines()[0].split("\t")
    assert len(header) == 40
    assert header[:7] == ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"]
    assert header[10:12] == ["Primary Actor Sector", "Actor Sectors"]
    assert header[-2:] == ["Language", "Version"]
    assert tuple(header) == names_of("polecat")


def test_every_row_is_legal_and_has_a_cell_a_column(path):
    assert problems(POLECAT, path) == []
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {len(line.split("\t")) for line in lines} == {40}
    assert len(lines) == 6


def test_what_is_not_known_is_the_word_none_and_modes_bear_their_auxiliaries(path):
    rows = {row["Actor Name Raw"]: row for row in rows_of(path)}
    strike = rows["Army helicopters"]
    assert (strike["Event Type"], strike["Event Mode"], strike["Intensity"]) == ("ASSAULT", "aerial", "-9.5")
    assert (strike["Quad Code"], strike["Actor COW"]) == ("MATERIAL CONFLICT", "652")
    assert {strike[c] for c in strike if c.startswith("Recipient")} == {"None"}
    assert (strike["Latitude"], strike["Longitude"], strike["GeoNames ID"]) == ("35.865", "36.805", "None")
    assert rows["Fighters"]["Event Mode"] == "seize; historical"
    assert rows["Troops"]["Event Mode"] == "future"
    assert rows["gunmen"]["Primary Actor Sector"] == "UAF"


def test_who_says_and_who_denies_stands_beside_it(path):
    strike = next(row["Event ID"] for row in rows_of(path) if row["Event Mode"] == "aerial")
    with (path.parent / "polecat_claims.csv").open(encoding="utf-8", newline="") as file:
        said = [(r["stance"], r["who"]) for r in csv.DictReader(file) if r["event_id"] == strike]
    assert said == [("asserts", "rebels"), ("denies", "The army"), ("asserts", "activists")]


def test_private_names_are_masked(path):
    assert "Haddad" not in "".join(p.read_text(encoding="utf-8") for p in path.parent.iterdir())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Event Type", "FIGHT"),
        ("Event Mode", "demo"),
        ("Event Mode", "aerial; drone"),
        ("Intensity", "-3"),
        ("Intensity", "-11"),
        ("Quad Code", "VERBAL CONFLICT"),
        ("Contexts", "military; weather"),
        ("Event Date", "yesterday"),
        ("Actor Name", "None"),
        ("Actor Country", "Syria"),
        ("Actor Country", "SYR; TUR"),
        ("Actor COW", "SYR"),
        ("Actor Sectors", "ARMY"),
        ("Primary Actor Sector", "REB"),
        ("Latitude", "95"),
        ("Longitude", "None"),
        ("GeoNames ID", "gn1"),
        ("Country", "Syria"),
        ("Publication Date", "15 May 2024"),
        ("Source", ""),
    ],
)
def test_the_validator_names_row_column_and_rule(path, tmp_path, column, value):
    rows = rows_of(path)
    rows[0][column] = value
    wrong = tmp_path / "wrong.tsv"
    with wrong.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names_of("polecat"), delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)
    found = problems(POLECAT, wrong)
    assert found
    assert all(problem.startswith("row 1, ") for problem in found)
    assert any(column in problem for problem in found)


def test_columns_in_another_order_are_refused(path, tmp_path):
    wrong = tmp_path / "wrong.tsv"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    wrong.write_text("\n".join("\t".join([cells[1], cells[0], *cells[2:]]) for cells in lines), encoding="utf-8")
    assert "the columns stand in this order" in problems(POLECAT, wrong)[0]
