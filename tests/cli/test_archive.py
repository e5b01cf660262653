from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from contested import pipeline
from contested.cli.archive import Pace
from contested.cli.main import main
from contested.cli.query import ask, load_questions
from contested.pipeline.archiving import Progress
from contested.sources import count_reports
from tests.pipeline.readers import WordReader

STORY = "Troops shelled the market in the old town on Sunday. Nobody was hurt, the mayor of the town said."


@pytest.fixture
def coded(tmp_path, monkeypatch):
    monkeypatch.setattr("contested.reader.load", WordReader)
    path = tmp_path / "reports.jsonl"
    rows = [{"id": f"r{n}", "date": "2016-08-01", "publisher": "Gazette", "text": f"{STORY} {n}."} for n in range(5)]
    path.write_text("\n".join(map(json.dumps, [*rows, {"text": ""}])))
    pipeline.archive([str(path)], tmp_path / "out", settings={}, jobs=1)
    return tmp_path / "out"


@pytest.mark.parametrize("name", load_questions())
def test_every_ready_question_is_answered(coded, name):
    pytest.importorskip("duckdb", reason="the extra `duckdb` is not installed")
    assert ask(coded, load_questions()[name]["sql"]).columns


def test_answers_come_from_the_parts(coded):
    pytest.importorskip("duckdb", reason="the extra `duckdb` is not installed")
    result = CliRunner().invoke(main, ["query", str(coded), "by-month", "--csv"])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[1].endswith("shelling,5")
    result = CliRunner().invoke(main, ["query", str(coded), "unread", "--csv"])
    assert result.output.splitlines()[1].endswith(",1")


def test_a_wrong_question_is_said(coded):
    pytest.importorskip("duckdb", reason="the extra `duckdb` is not installed")
    result = CliRunner().invoke(main, ["query", str(coded), "--sql", "select nothing from nowhere"])
    assert result.exit_code == 1
    assert "nowhere" in result.output
    assert "there are who-says" in CliRunner().invoke(main, ["query", str(coded), "no-such"]).output


def test_the_ready_questions_are_listed(coded):
    assert "disputed-tolls" in CliRunner().invoke(main, ["query", str(coded)]).output


def test_pace_says_rate_and_time_left():
    pace = Pace(total=1000)
    pace.line(Progress(), now=10.0)
    assert pace.line(Progress(documents=90, claims=700, unread=10, words=9), now=20.0) == (
        "100 of 1,000 reports · 700 claims · 10.0 a second · 1 min 30 s left · 10 not read"
    )


def test_pace_follows_the_last_two_minutes():
    pace = Pace(total=None)
    for minute in range(10):
        line = pace.line(Progress(documents=600 * minute), now=60.0 * minute)
    assert "10.0 a second" in line
    for second in range(1, 200):
        line = pace.line(Progress(documents=5400 + second), now=540.0 + second)
    assert "1.0 a second" in line


def test_reports_are_counted_where_that_is_quick(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n{"text": "y"}')
    (tmp_path / "b.csv").write_text("id,text\n1,x\n2,y\n3,z\n")
    (tmp_path / "c.txt").write_text("x")
    assert count_reports([str(tmp_path)]) == 6
    (tmp_path / "d.warc.gz").write_bytes(b"\x1f\x8b")
    assert count_reports([str(tmp_path)]) is None


def test_a_device_that_is_not_there_is_said_and_the_processor_reads(tmp_path, monkeypatch):
    monkeypatch.setattr("onnxruntime.get_available_providers", lambda: ["CPUExecutionProvider"])
    report = tmp_path / "a.txt"
    report.write_text("Troops shelled the market in the old town on Sunday. Nobody was hurt, the mayor said.")
    command = ["archive", str(report), "-o", str(tmp_path / "out"), "--device", "gpu", "--jobs", "1"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert "no graphics card is used" in result.output
    same = CliRunner().invoke(main, [*command[:4], "--jobs", "1"])
    assert same.exit_code == 0, same.output
