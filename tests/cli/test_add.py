from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from contested.cli.main import main
from tests.pipeline.readers import WordReader

STORY = "The army shelled the village of Darvand on Sunday, and the rebels said so as well."


@pytest.fixture(autouse=True)
def reader(monkeypatch, tmp_path):
    monkeypatch.setattr("contested.reader.load", WordReader)
    monkeypatch.setenv("CONTESTED_STORE", str(tmp_path / "store.db"))


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "reports" / "story.txt"
    path.parent.mkdir()
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def run(*arguments: str):
    return CliRunner().invoke(main, [*arguments])


def test_reports_are_added_once_and_the_run_says_so(story):
    first, second = run("add", story, "--publisher", "The Post"), run("add", story)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "added 1 reports: 0 claims, 1 events" in first.stderr
    assert "1 were there already" in second.stderr
    assert first.stdout == ""


def test_a_failure_is_named_and_ends_in_exit_code_1(story, tmp_path):
    (tmp_path / "reports" / "empty.txt").write_text("")
    done = run("add", str(tmp_path / "reports"))
    assert done.exit_code == 1
    assert "not read: " in done.stderr
    assert "empty.txt" in done.stderr
    assert "not read: 1" in done.stderr
    assert "added 1 reports" in done.stderr


def test_what_a_store_holds_is_listed(story):
    run("add", story, "--date", "2024-05-15")
    (held,) = json.loads(run("documents", "--format", "json").stdout)
    assert (held["published"], held["where"], held["version"], held["retracted"]) == ("2024-05-15", story, 1, None)
    (row,) = csv.DictReader(io.StringIO(run("documents", "--format", "csv").stdout))
    assert row["id"] == held["id"]
    assert held["id"][:4] in run("documents").stdout


def test_runs_say_what_they_were_asked(story):
    run("add", story)
    (kept,) = json.loads(run("runs", "--format", "json").stdout)
    assert (kept["added"], kept["model"], kept["settings"]["paths"]) == (1, "one word", [story])
    assert kept["ended"]


def test_a_retracted_report_stays_and_says_so(story):
    run("add", story)
    (held,) = json.loads(run("documents", "--format", "json").stdout)
    assert run("retract", held["id"], "--reason", "withdrawn on 17 May").exit_code == 0
    (after,) = json.loads(run("documents", "--format", "json").stdout)
    assert after["retracted"] == "withdrawn on 17 May"


@pytest.mark.parametrize("command", ["runs", "documents"])
def test_without_a_store_the_program_says_how_to_make_one(command):
    done = run(command)
    assert done.exit_code == 1
    assert "contested add" in done.stderr
