"""`contested export` and `validate` from a store, as a user runs them; no network."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from contested.cli import export as export_module
from contested.cli.main import main
from contested.export import FormatName
from contested.store import open_store
from tests.export.made import battle, strike, two_tolls


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "s.db"
    with open_store(path) as opened:
        run = opened.begin_run(settings="{}", code="test", at=datetime(2024, 6, 1, tzinfo=UTC))
        opened.add([*two_tolls(), battle("nine soldiers"), strike(id_="later", day="Monday")], run=run)
    return path


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_a_table_goes_to_the_screen_and_the_count_beside_it(store):
    done = run("export", "incidents", "--store", store)
    assert done.exit_code == 0
    assert len(list(csv.DictReader(io.StringIO(done.stdout)))) == 2
    assert "claims, not established facts" in done.stderr


def test_the_filters_are_those_of_incidents(store):
    every = json.loads(run("incidents", "--store", store, "--format", "json").stdout)
    for filters in (["--type", "battle"], ["--place", "Idlib"], ["--least", "2"], ["--until", "2024-05-13"]):
        asked = {i["id"] for i in json.loads(run("incidents", "--store", store, "--format", "json", *filters).stdout)}
        table = run("export", "incidents", "--store", store, *filters).stdout
        assert {r["incident_id"] for r in csv.DictReader(io.StringIO(table))} == asked
        assert asked < {i["id"] for i in every}


@pytest.mark.parametrize("form", [f.value for f in FormatName])
def test_a_folder_is_legal_explains_itself_and_is_the_same_in_every_run(store, tmp_path, form):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        done = run("export", form, "--store", store, "-o", f"{folder}/")
        assert done.exit_code == 0, done.output
    names = sorted(p.relative_to(folders[0]) for p in folders[0].rglob("*") if p.is_file())
    assert {"README.md", "datapackage.json", "query.json"} <= {str(n) for n in names}
    assert all((folders[0] / n).read_bytes() == (folders[1] / n).read_bytes() for n in names)
    checked = run("validate", folders[0], "--as", form)
    assert checked.exit_code == 0, checked.output


def test_a_single_file(store, tmp_path):
    file = tmp_path / "new" / "acled.csv"
    assert run("export", "acled", "--store", store, "-o", file).exit_code == 0
    assert [p.name for p in file.parent.iterdir()] == ["acled.csv"]
    assert run("validate", file, "--as", "acled").exit_code == 0


def test_validate_names_row_column_value_and_rule(store, tmp_path):
    file = tmp_path / "acled.csv"
    run("export", "acled", "--store", store, "-o", file)
    file.write_text(file.read_text(encoding="utf-8").replace(",Battles,", ",Battle,"), encoding="utf-8")
    done = run("validate", file, "--as", "acled")
    assert done.exit_code == 1
    assert "event_type: 'Battle': expected one of: Battles" in done.stdout
    assert run("validate", file, "--as", "ucdp").exit_code == 1


def test_the_killed_rule_reaches_the_row(store):
    table = run("export", "acled", "--store", store, "--killed-rule", "highest", "--least", "2").stdout
    assert [r["fatalities"] for r in csv.DictReader(io.StringIO(table))] == ["20"]


def test_an_embargo_in_days_counts_back_from_today(store):
    assert run("export", "documents", "--store", store, "--embargo", "2024-05-01").stdout.count("\n") == 1
    assert run("export", "documents", "--store", store, "--embargo", "3").stdout.count("\n") == 5
    assert run("export", "documents", "--store", store, "--embargo", "soon").exit_code == 2


def test_a_format_of_several_files_asks_for_a_folder(store):
    done = run("export", "brat", "--store", store)
    assert done.exit_code == 1
    assert "expected a folder" in done.stderr


def test_a_store_that_is_not_there_is_said(tmp_path):
    done = run("export", "claims", "--store", tmp_path / "none.db")
    assert done.exit_code == 1
    assert "none.db" in done.stderr


def test_a_leak_stops_the_export(store, tmp_path, monkeypatch):
    monkeypatch.setattr(export_module, "refusal", lambda paths, withheld, in_office: "a name still stood in claims.csv")
    done = run("export", "claims", "--store", store, "-o", f"{tmp_path / 'out'}/")
    assert done.exit_code == 1
    assert "nothing was exported: a name still stood in claims.csv" in done.stderr
    assert not (tmp_path / "out").exists()
    assert list(tmp_path.iterdir()) == []
