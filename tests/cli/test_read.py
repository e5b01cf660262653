from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Sequence

import pytest
from click.testing import CliRunner

from contested.cli.main import main
from contested.types import ActorKind, Document, EventType, Reading, Stance
from tests.claims.reports import Report

STORY = (
    "Rebels said on Sunday they had killed at least 15 soldiers near Darvand. The army denied the raid. "
    "Monitors said the raid killed nine soldiers. Shells fell on the bus station of the town."
)


def make() -> Report:
    report = Report(STORY)
    report.event(EventType.ATTACK, "killed", by="they", killed="at least 15 soldiers", place="Darvand", time="Sunday")
    report.event(EventType.ATTACK, "raid", again=0)
    report.event(EventType.ATTACK, "raid#2", again=0, killed="nine soldiers")
    report.event(EventType.SHELLING, "fell", on="the bus station")
    report.said("Rebels", "said", Stance.ASSERTS, "killed")
    report.said("The army", "denied", Stance.DENIES, "raid")
    report.said("Monitors", "said#2", Stance.ASSERTS, "raid#2")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.MILITARY, "The army")
    report.actor(ActorKind.NGO, "Monitors")
    report.actor(None, "the bus station")
    return report


class KnowingReader:
    """Finds in the story what a person would, and in anything else nothing."""

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        return [
            dataclasses.replace(
                make().reading() if d.text.startswith(STORY) else Reading("", (), (), (), (), (), (), "by hand"),
                document=d.id,
            )
            for d in documents
        ]


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr("contested.reader.load", KnowingReader)


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def run(*arguments: str, **options):
    return CliRunner().invoke(main, ["read", *arguments], **options)


def test_the_table_is_the_default_and_puts_disputes_first(story):
    done = run(story, "--date", "2024-05-15", "--publisher", "The Valley Post")
    assert done.exit_code == 0, done.output
    page = " ".join(done.stdout.split())
    assert (
        page.index("In dispute")
        < page.index("Who says what")
        < page.index("Reported by The Valley Post in its own voice")
    )
    assert "✗ denied by The army (“denied”)" in page
    assert "✓ says attack “killed”" in page
    assert "killed ≥15 (“at least 15 soldiers”)" in page
    assert "2024-05-12" in page
    assert "shelling “fell” · on the bus station" in page


def test_the_table_fits_a_hundred_columns_and_quotes_with_offsets(story):
    page = run(story).stdout
    assert max(map(len, page.splitlines())) <= 100
    assert "❝The army denied the raid.❞  sentence 2, 73–98" in page


def test_no_colour_where_nobody_sees_it(story):
    assert "\x1b[" not in run(story).stdout


def test_what_a_report_holds_cannot_steer_the_terminal(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a\x1b[31mb\u202e", "text": STORY, "publisher": "\x1b]0;title\x07"}))
    page = run(str(path)).stdout
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_jsonl_is_one_object_a_report_with_id_and_text_kept(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": f"n {n}", "text": STORY}) + "\n" for n in range(3)))
    forms = [json.loads(line) for line in run(str(path), "--format", "jsonl").stdout.splitlines()]
    assert [form["id"] for form in forms] == ["n 0", "n 1", "n 2"]
    assert all(form["text"] == STORY for form in forms)
    assert len(forms[0]["claims"]) == 3


@pytest.mark.parametrize("number", [0, 1, 3])
def test_json_is_a_list_of_the_same_objects(tmp_path, number):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": f"n{n}", "text": STORY}) + "\n" for n in range(number)) or "\n")
    forms = json.loads(run(str(path), "--format", "json").stdout)
    assert [form["id"] for form in forms] == [f"n{n}" for n in range(number)]


def test_csv_has_a_row_for_each_claim_and_event(story):
    rows = list(csv.DictReader(io.StringIO(run(story, "--format", "csv", "--date", "2024-05-15").stdout)))
    assert [(row["claim_id"], row["event_id"], row["stance"], row["attribution_type"]) for row in rows] == [
        ("C1", "E1", "asserts", "named"),
        ("C2", "E1", "denies", "named"),
        ("C3", "E1", "asserts", "named"),
        ("", "E2", "asserts", "author"),
    ]
    denial = rows[1]
    assert denial["quote"] == STORY[int(denial["char_start"]) : int(denial["char_end"])] == "The army denied the raid."
    assert denial["disputes"]
    assert rows[0]["date_earliest"] == rows[0]["date_latest"] == "2024-05-12"
    # each speaker's own number beside the speaker: the other one is in the other's row
    assert [(row["killed"], row["killed_low"]) for row in rows[:3]] == [
        ("at least 15 soldiers", "15"),
        ("", ""),
        ("nine soldiers", "9"),
    ]


def test_csv_cells_are_never_formulas(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "=HYPERLINK(1)", "text": STORY, "publisher": "@SUM(A1)"}))
    rows = list(csv.DictReader(io.StringIO(run(str(path), "--format", "csv").stdout)))
    assert {row["doc_id"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["publisher"] for row in rows} == {"'@SUM(A1)"}


def test_explain_names_a_rule_or_the_model_for_each_value(story):
    page = " ".join(run(story, "--date", "2024-05-15", "--explain").stdout.split())
    for words in (
        "How each value was found",
        "found by by hand",
        "[from: given]",
        "score 1.00",
        "[rule: own time]",
        "[rule: denial of a claim]",
    ):
        assert words in page


def test_output_goes_to_a_file(story, tmp_path):
    out = tmp_path / "out.jsonl"
    done = run(story, "--format", "jsonl", "-o", str(out))
    assert done.stdout == ""
    assert json.loads(out.read_text(encoding="utf-8"))["text"] == STORY


def test_a_run_ends_with_its_counts(story):
    assert "read 1 report: 3 claims, 2 events, " in run(story).stderr


def test_failures_are_named_counted_and_end_in_exit_code_1(story, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps({"id": "a", "text": STORY}) + "\n{broken\n")
    done = run(str(tmp_path / "empty.txt"), story, str(bad), str(tmp_path / "missing.txt"), "--format", "jsonl")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    assert "empty.txt" in done.stderr
    assert "bad.jsonl:2" in done.stderr
    assert "missing.txt" in done.stderr
    assert "not read: 3" in done.stderr


def test_strict_stops_at_the_first_failure(story, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    done = run(str(tmp_path / "empty.txt"), story, "--strict", "--format", "jsonl")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "empty.txt" in done.stderr


def test_standard_input_is_read(story):
    done = run("-", "--format", "jsonl", input=STORY)
    assert json.loads(done.stdout)["text"] == STORY


def test_a_date_that_is_none_is_refused(story):
    assert run(story, "--date", "yesterday").exit_code == 2


def test_without_events_the_page_says_so(tmp_path):
    path = tmp_path / "calm.txt"
    path.write_text("The market of the old town was calm all day, and the shops were open until the evening.")
    assert "No event of armed conflict is spoken of in this report." in run(str(path)).stdout


def test_the_same_input_gives_the_same_output(story):
    for form in ("table", "jsonl", "csv"):
        assert run(story, "--format", form).stdout == run(story, "--format", form).stdout
