"""Floors only rise, and a score below its floor is said."""

from __future__ import annotations

import json

from evaluation.scores import FLOORS, Floors, draw, fingerprints, strip_annotations

HELD = Floors(0.5, "a reason", {"dev.jsonl": "a"}, {"all": {"event": 70.0, "claim": 40.0}})


def test_a_score_within_epsilon_of_its_floor_passes():
    assert HELD.below({"all": {"event": 69.6, "claim": 45.0}}) == []


def test_a_score_below_its_floor_is_named_with_both_numbers():
    (problem,) = HELD.below({"all": {"event": 69.4, "claim": 40.0}})
    assert "event (all) is 69.4, its floor 70.0" in problem


def test_a_measure_that_is_gone_fails():
    assert HELD.below({"all": {"event": 80.0}}) == ["claim (all) was not measured; its floor is 40.0"]


def test_raising_never_lowers():
    raised = HELD.raised({"all": {"event": 72.0, "claim": 39.9}}, {"dev.jsonl": "b"}, allow_regression=False)
    assert raised.floors == {"all": {"event": 72.0, "claim": 40.0}}
    assert raised.pinned == {"dev.jsonl": "b"}


def test_lowering_must_be_allowed():
    raised = HELD.raised({"all": {"event": 72.0, "claim": 39.9}}, {}, allow_regression=True)
    assert raised.floors == {"all": {"event": 72.0, "claim": 39.9}}


def test_the_floors_of_the_project_say_what_they_were_measured_on(tmp_path):
    floors = Floors.load(FLOORS)
    assert set(floors.pinned) == {"dev.jsonl", "score.py"}
    assert len(floors.epsilon_reason) > 40
    floors.dump(tmp_path / "again.json")
    assert Floors.load(tmp_path / "again.json") == floors


def test_reports_go_in_without_their_annotations(tmp_path):
    gold, bare = tmp_path / "dev.jsonl", tmp_path / "bare.jsonl"
    gold.write_text(
        json.dumps({"id": "a", "date": None, "text": "Words.", "events": [1], "sentences": [[0, 6]]}) + "\n\n"
    )
    assert strip_annotations(gold, bare) == 1
    assert json.loads(bare.read_text()) == {"id": "a", "text": "Words."}


def test_a_changed_gold_has_another_fingerprint(tmp_path):
    (tmp_path / "score.py").write_text("pass")
    (tmp_path / "dev.jsonl").write_text("{}")
    before = fingerprints(tmp_path)
    (tmp_path / "dev.jsonl").write_text("{ }")
    after = fingerprints(tmp_path)
    assert before["dev.jsonl"] != after["dev.jsonl"]
    assert before["score.py"] == after["score.py"]


def test_the_table_has_a_row_a_measure():
    scores = {"all": {"event": 71.0, "claim": 39.0}, "articles": {"event": 60.0}, "entries": {"event": 80.0}}
    assert draw(scores, HELD).row_count == 2
