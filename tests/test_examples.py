"""The example reports and their gold: true to their notes, to the pages, and to each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contested.sources import find_documents
from contested.types import Stance
from evaluation.annotate import build_gold

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTES = sorted((EXAMPLES / "gold").glob("*.notes"))
REPORTS = sorted((EXAMPLES / "reports").iterdir())


def _gold(notes):
    (line,) = notes.with_suffix(".gold.jsonl").read_text(encoding="utf-8").splitlines()
    return json.loads(line)


def _document(report):
    (document,) = find_documents(report)
    return document


def test_every_report_has_gold():
    assert [notes.stem for notes in NOTES] == [report.stem for report in REPORTS]
    assert len(NOTES) == 4


@pytest.mark.parametrize("notes", NOTES, ids=lambda p: p.stem)
def test_gold_is_what_its_notes_say(notes):
    gold = _gold(notes)
    assert build_gold(notes.read_text(encoding="utf-8"), gold["text"]) == gold


@pytest.mark.parametrize("report", REPORTS, ids=lambda p: p.stem)
def test_the_page_holds_every_sentence_of_gold_and_its_date(report):
    gold, document = _gold(EXAMPLES / "gold" / f"{report.stem}.notes"), _document(report)
    flat = " ".join(document.text.split())
    for start, end in gold["sentences"]:
        assert " ".join(gold["text"][start:end].split()) in flat
    assert document.published is not None
    assert document.published.day.isoformat() == gold["date"]


@pytest.mark.parametrize("report", [r for r in REPORTS if r.suffix == ".html"], ids=lambda p: p.stem)
@pytest.mark.parametrize("furniture", ["cookie", "Related stories", "Privacy", "Share", "Skip to", "You may also like"])
def test_furniture_is_kept_out_of_the_reading(report, furniture):
    document = _document(report)
    assert not [s for s in document.sentences if furniture in s.of(document.text)]


@pytest.mark.parametrize("report", REPORTS, ids=lambda p: p.stem)
def test_offsets_count_in_the_untouched_text(report):
    document = _document(report)
    for sentence in document.sentences:
        words = sentence.of(document.text)
        assert words == words.strip()


def test_the_four_reports_disagree_as_they_are_meant_to():
    """What the reports were written for: repelled and taken, open and not open, tolls apart, doubts."""
    golds = {notes.stem: _gold(notes) for notes in NOTES}
    stances = {claim["stance"] for gold in golds.values() for claim in gold["claims"]}
    assert {Stance.ASSERTS, Stance.CONFIRMS, Stance.DENIES, Stance.DOUBTS} <= stances
    types = {name: {event["type"] for event in gold["events"]} for name, gold in golds.items()}
    assert "repel" in types["state-agency"]
    assert "take_control" in types["rebel-outlet"]
    assert all("open_access" in kinds for kinds in types.values())
