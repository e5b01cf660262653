from __future__ import annotations

import pytest
from click.testing import CliRunner

from contested.cli.main import main
from tests.pipeline.readers import WordReader

STORY = "The army shelled the village of Darvand on Sunday, and the rebels said so as well."


@pytest.fixture(autouse=True)
def reader(monkeypatch, tmp_path):
    monkeypatch.setattr("contested.reader.load", WordReader)
    monkeypatch.setenv("CONTESTED_STORE", str(tmp_path / "store.db"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def run(*arguments: str):
    return CliRunner().invoke(main, ["report", *arguments])


def test_reports_given_as_paths_become_one_file_and_the_command_says_where(story, tmp_path):
    done = run(story, "-o", "out/week.html", "--title", "A week", "--publisher", "The Post", "--date", "2024-05-15")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("out/week.html: 1 incidents")
    html = (tmp_path / "out" / "week.html").read_text(encoding="utf-8")
    assert "<h1>A week</h1>" in html
    assert "Darvand" in html
    assert done.stdout.split()[-1] in html
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["week.html"]


def test_a_store_gives_the_same_incidents_as_its_reports(story, tmp_path):
    CliRunner().invoke(main, ["add", story, "--publisher", "The Post"])
    stored, read = run("-o", "a.html"), run(story, "--publisher", "The Post", "-o", "b.html")
    assert stored.exit_code == read.exit_code == 0
    assert stored.stdout.split(":")[1].split(" reports")[0] == read.stdout.split(":")[1].split(" reports")[0]


def test_an_embargo_holds_back_what_is_newer(story):
    assert ": 1 incidents" in run(story, "--date", "2024-05-15", "--embargo", "2024-05-20").stdout
    assert ": 0 incidents" in run(story, "--date", "2024-05-15", "--embargo", "2024-05-01").stdout


def test_what_cannot_be_read_is_named_and_ends_with_one(story, tmp_path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    done = run(story, str(tmp_path / "empty.txt"))
    assert done.exit_code == 1
    assert "not read:" in done.stderr
    assert "1 report could not be read" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_without_a_store_nothing_is_written(tmp_path):
    done = run()
    assert done.exit_code == 1
    assert "contested:" in done.stderr
    assert not (tmp_path / "report.html").exists()


def test_a_name_that_slips_through_stops_the_file(story, tmp_path, monkeypatch):
    monkeypatch.setattr("contested.export.everywhere.private_names", lambda claims: ("Village Of",))
    monkeypatch.setattr("contested.export.view.withhold", lambda value, names, decimals: value)
    monkeypatch.setattr("contested.web.report.withhold", lambda value, names, decimals: value)
    done = run(story)
    assert done.exit_code == 1
    assert "a name that is withheld in the report " in done.stderr
    assert not (tmp_path / "report.html").exists()
