from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from contested.errors import InputError
from contested.types import Action, Correctable, Decision, EventType, Role, Span, Stance, Target, document_key
from tests.claims.reports import Report

NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)


def story(model: str = "reader-1"):
    report = Report("Rebels said they had killed at least 15 soldiers. The army denied the raid.")
    report.event(EventType.ATTACK, "killed", by="they", killed="at least 15 soldiers")
    report.said("Rebels", "said", Stance.ASSERTS, "killed")
    return report, dataclasses.replace(report.claims(), model=model)


REPORT, STORY = story()
KEY = document_key(STORY.document)
TYPE = Decision(
    KEY, Target.EVENT, REPORT.span("killed"), Action.CORRECT, "R1", field=Correctable.TYPE, value="battle", was="attack"
)
TOLL = Decision(
    KEY,
    Target.ARGUMENT,
    REPORT.span("at least 15 soldiers"),
    Action.CORRECT,
    "R1",
    field=Correctable.AMOUNT,
    value="12",
    role=Role.KILLED,
    trigger=REPORT.span("killed"),
    reason="the caption says so",
)


def filled(store):
    run = store.begin_run(settings="{}", code="1", at=NOW)
    store.add([STORY], run=run)
    return run


def test_decisions_come_back_equal_and_are_applied(store):
    filled(store)
    kept = [store.decide(TYPE, NOW), store.decide(TOLL, NOW)]
    assert [d.number for d in kept] == [1, 2]
    assert store.decisions() == kept
    assert store.decisions([KEY]) == kept
    assert store.decisions(["dother"]) == []
    (claims,) = store.claims()
    assert claims.events[0].type is EventType.BATTLE
    assert claims.events[0].arguments(Role.KILLED)[0].amount.low == 12
    assert next(iter(store.claims_of([KEY]))) == claims


def test_a_saying_that_was_added_comes_back_with_what_it_is_about(store):
    filled(store)
    added = Decision(
        KEY,
        Target.CLAIM,
        REPORT.span("denied"),
        Action.ADD,
        "R1",
        Correctable.STANCE,
        "denies",
        trigger=REPORT.span("The army"),
        covers=(REPORT.span("killed"),),
    )
    kept = store.decide(added, NOW)
    assert store.decisions() == [kept]
    assert kept.covers == added.covers
    (claims,) = store.claims()
    assert (claims.claims[-1].stance, claims.claims[-1].events) == (Stance.DENIES, ("E1",))
    store.undo(kept.number, reviewer="R1", at=NOW)
    assert len(next(iter(store.claims())).claims) == 1


def test_what_the_model_read_stays_beside_and_the_fingerprint_with_it(store):
    filled(store)
    before = store.fingerprint()
    store.decide(TYPE, NOW)
    assert next(iter(store.claims(decided=False))) == STORY
    assert store.fingerprint() == before


def test_correction_is_kept_when_another_model_reads_again(store):
    run = filled(store)
    store.decide(TYPE, NOW)
    later = dataclasses.replace(
        STORY, model="reader-2", events=tuple(dataclasses.replace(e, type=EventType.SHELLING) for e in STORY.events)
    )
    store.add([later], run=run, again=True)
    (claims,) = store.claims()
    assert (claims.model, claims.events[0].type) == ("reader-2", EventType.BATTLE)


def test_undo_is_one_more_row_and_brings_back_what_stood(store):
    filled(store)
    number = store.decide(TYPE, NOW).number
    undone = store.undo(number, reviewer="R2", at=NOW)
    assert (undone.action, undone.undoes, undone.reviewer) == (Action.UNDO, number, "R2")
    assert len(store.decisions()) == 2
    assert next(iter(store.claims())) == STORY


def test_decisions_are_never_changed_or_removed(store):
    filled(store)
    store.decide(TYPE, NOW)
    for sql in ("UPDATE decision SET value = 'x'", "DELETE FROM decision"):
        with pytest.raises(Exception, match="append-only"):
            store._db.rows(sql)


@pytest.mark.parametrize(
    "wrong",
    [
        dataclasses.replace(TYPE, reviewer=" "),
        dataclasses.replace(TYPE, value="party"),
        dataclasses.replace(TYPE, document="dnone"),
    ],
)
def test_what_is_no_decision_is_refused_and_leaves_no_row(store, wrong):
    filled(store)
    with pytest.raises(InputError, match="expected"):
        store.decide(wrong, NOW)
    assert store.decisions() == []


def test_only_a_decision_can_be_undone(store):
    filled(store)
    number = store.undo(store.decide(TYPE, NOW).number, reviewer="R1", at=NOW).number
    for wrong in (number, 99):
        with pytest.raises(InputError, match="number of a decision"):
            store.undo(wrong, reviewer="R1", at=NOW)


def test_state_changes_with_everything_that_is_added(store):
    states = [store.state()]
    run = filled(store)
    states.append(store.state())
    store.decide(TYPE, NOW)
    states.append(store.state())
    store.retract(STORY.document.id, "withdrawn", NOW)
    states.append(store.state())
    store.add([dataclasses.replace(STORY, model="reader-2")], run=run, again=True)
    states.append(store.state())
    assert len(set(states)) == len(states)


def test_computed_lists_are_replaced_whole(store):
    store.keep_computed("1", [("incident", 0, "ia", '{"a":1}', "[1]"), ("actor", 0, "", "{}", "")])
    store.keep_computed("2", [("incident", 0, "ib", '{"b":2}', "[2]")])
    assert store.computed() == ("2", [("incident", '{"b":2}')])
    assert store.computed_detail("incident", "ib") == "[2]"
    assert store.computed_detail("incident", "ia") is None


def test_a_span_of_a_decision_is_kept_in_code_points(store):
    filled(store)
    kept = store.decide(dataclasses.replace(TYPE, span=Span(3, 9)), NOW)
    assert store.decisions()[0].span == kept.span == Span(3, 9)
