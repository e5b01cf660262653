from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from contested.incidents import Judgement, Verdict, find_incidents
from contested.store import open_store
from contested.types import Action, Decision, Span, Target
from contested.web.board import compute_board
from contested.web.queue import Kind, Progress, entries_of, order_entries
from tests.web.conftest import raid

NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)


@pytest.fixture
def board(path):
    with open_store(path) as store:
        return compute_board(store)


def test_disputes_come_first_and_say_which_fields(board):
    first = board.queue[0]
    assert first.kind is Kind.DISPUTE
    assert "in dispute" in first.why
    assert [e.kind for e in board.queue] == sorted((e.kind for e in board.queue), key=list(Kind).index)


def test_an_event_the_reader_is_unsure_of_is_in_the_queue_and_a_sure_one_is_not(path):
    unsure = raid("reader-2")
    unsure = dataclasses.replace(unsure, events=tuple(dataclasses.replace(e, score=0.4) for e in unsure.events))
    with open_store(path) as store:
        before = {e.id for e in compute_board(store).queue if e.kind is Kind.EVENT}
        store.add([unsure], run=store.begin_run(settings="{}", code="1", at=NOW), again=True)
        after = {e.id: e for e in compute_board(store).queue if e.kind is Kind.EVENT}
    assert before == set()
    (entry,) = after.values()
    assert "40%" in entry.why


def test_a_pair_is_done_when_judged_and_open_again_when_taken_back():
    incidents = find_incidents([raid()]).incidents
    entry = dataclasses.replace(entries_of(incidents)[0], kind=Kind.PAIR, accounts=("ia", "ib"))
    same = Judgement("ib", "ia", Verdict.SAME, 1)
    assert not Progress([], [], {}).is_done(entry)
    assert Progress([], [same], {}).is_done(entry)
    assert not Progress([], [same, Judgement("ia", "ib", Verdict.UNSURE, 2)], {}).is_done(entry)


def test_a_dispute_is_done_when_every_account_was_accepted_or_rejected(board):
    entry = board.queue[0]
    keys = {r.id: r.key for r in board.reports}
    decisions = [
        Decision(keys[document], Target.EVENT, Span(*trigger), Action.ACCEPT, "R1", number=n)
        for n, (document, trigger) in enumerate(zip(entry.documents, entry.triggers, strict=True), 1)
    ]
    assert Progress(decisions, [], keys).is_done(entry)
    assert not Progress(decisions[1:], [], keys).is_done(entry)
    undo = dataclasses.replace(decisions[0], action=Action.UNDO, undoes=1, number=99)
    assert not Progress([*decisions, undo], [], keys).is_done(entry)


def test_nothing_is_in_the_queue_twice(board):
    assert len({e.id for e in board.queue}) == len(board.queue)
    assert order_entries([*board.queue, *board.queue]) == board.queue
