"""Oracle: claims assembled from a perfect reading of the example reports say what a person wrote down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contested.claims import assemble, to_form
from contested.types import DisputeKind
from evaluation.gold_reading import gold_document, gold_reading

GOLD = sorted((Path(__file__).parents[2] / "examples" / "gold").glob("*.gold.jsonl"))
REPORTS = [json.loads(line) for path in GOLD for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(params=REPORTS, ids=lambda gold: gold["id"])
def gold(request):
    return request.param


def _events(form):
    return {
        (
            event["type"],
            event["status"],
            tuple(
                (tuple(m["trigger"]), tuple(sorted((a["role"], *a["span"], a["part"]) for a in m["args"])))
                for m in sorted(event["mentions"], key=lambda m: m["trigger"])
            ),
        )
        for event in form["events"]
    }


def _claims(form):
    first = {event["id"]: min(m["trigger"] for m in event["mentions"]) for event in form["events"]}
    return {
        (c["stance"], *map(str, (c["source"], c["via"], c["cue"])), tuple(sorted(str(first[e]) for e in c["of"])))
        for c in form["claims"]
    }


def test_events_and_claims_are_gold(gold):
    form = to_form(assemble(gold_document(gold), gold_reading(gold)))
    assert _events(form) == _events(gold)
    assert _claims(form) == _claims(gold)


def test_every_actor_span_of_gold_is_kept_with_its_company(gold):
    form = to_form(assemble(gold_document(gold), gold_reading(gold)))
    arguments = [a for e in gold["events"] for m in e["mentions"] for a in m["args"]]
    used = {tuple(a["span"]) for a in arguments if a["role"] in ("by", "on")}
    used |= {tuple(c[key]) for c in gold["claims"] for key in ("source", "via") if c[key]}
    expected = {tuple(sorted(map(tuple, a["spans"]))) for a in gold["actors"] if {tuple(s) for s in a["spans"]} <= used}
    assert expected <= {tuple(sorted(map(tuple, a["spans"]))) for a in form["actors"]}


def test_the_examples_hold_disputes():
    kinds = {d.kind for gold in REPORTS for d in assemble(gold_document(gold), gold_reading(gold)).disputes}
    assert {DisputeKind.DENIAL, DisputeKind.DOUBT} <= kinds
