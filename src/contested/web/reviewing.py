"""One entry of the queue as its page shows it, and a review form as a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from contested.claims import Index
from contested.errors import InputError
from contested.store import Store
from contested.types import Action, Correctable, Decision, Role, Span, Target
from contested.web.board import Board
from contested.web.marks import Segment
from contested.web.queue import Entry, Kind, Progress
from contested.web.reporting import EventView, passage, passage_span, view_events

MOST_REASON = 500  # characters; a reason, no essay
MOST_REVIEWER = 40
ASKED = "you asked for it"  # why an entry is open that is not in the queue
RECENT = 12  # decisions listed for undoing


@dataclass(frozen=True, slots=True)
class Card:
    """One account of an entry: the event, its words in the report, and the report's frame. `event` None: it is gone."""

    document: str
    key: str
    publisher: str
    published: str
    headline: str
    event: EventView | None
    passage: tuple[Segment, ...] = ()
    start: int = 0  # the character of the report at which the passage begins


@dataclass(frozen=True, slots=True)
class Work:
    """What is open, what is next, how much is done."""

    entry: Entry | None
    cards: tuple[Card, ...]
    number: int
    open: int
    done: int
    previous: str
    next: str
    by_kind: tuple[tuple[str, int], ...]

    @property
    def left(self) -> int:
        """How many of the cards nobody has accepted or rejected as a whole."""
        return sum(card.event is not None and not card.event.decided for card in self.cards)


def view_review(store: Store, board: Board, asked: str = "", kind: str = "", report: str = "") -> Work:
    """Return the entry that is asked for, or the first that is open.

    Args:
        store: where decisions are.
        board: what the queue was worked out with.
        asked: id of an entry, done or not.
        kind: only entries of this kind; all if empty.
        report: where an event is told that is asked for and not in the queue.
    """
    entries = board.queue if not kind else tuple(e for e in board.queue if e.kind.value == kind)
    done = _done(store, board, entries)
    entry = next((e for e in board.queue if e.id == asked), None) if asked else None
    entry = entry or _outside(store, board, asked, report) or next((e for e in entries if e.id not in done), None)
    at = next((n for n, e in enumerate(entries) if entry is not None and e.id == entry.id), -1)
    before = (e.id for e in reversed(entries[: max(at, 0)]) if e.id not in done)
    after = (e.id for e in islice(entries, at + 1, None) if e.id not in done)
    counts = Counter(e.kind for e in board.queue)
    return Work(
        entry=entry,
        cards=tuple(_cards(store, entry)) if entry else (),
        number=1 + sum(e.id not in done for e in entries[: max(at, 0)]),
        open=len(entries) - len(done),
        done=len(done),
        previous=next(before, ""),
        next=next(after, ""),
        by_kind=tuple((k.value, counts[k]) for k in Kind),
    )


def _done(store: Store, board: Board, entries: Sequence[Entry]) -> frozenset[str]:
    """Return the ids of the entries that are done; nobody having decided anything, that is known at once."""
    decisions, judgements = store.decisions(), store.judgements()
    if not decisions and not judgements:
        return frozenset()
    progress = Progress(decisions, judgements, {r.id: r.key for r in board.reports})
    return frozenset(e.id for e in entries if progress.is_done(e))


def _outside(store: Store, board: Board, asked: str, report: str) -> Entry | None:
    """Return an entry for any event of a report, also one that nobody would have put into the queue."""
    account = asked.removeprefix("event-")
    read = next(iter(store.claims_of([report])), None) if report and account != asked else None
    if read is None:
        return None
    event = next((e for e in view_events(read) if e.account == account), None)
    if event is None:
        return None
    row = board.incident(account)
    span = event.trigger.span
    where = ((span.start, span.end),)
    return Entry(asked, Kind.EVENT, ASKED, row.id if row else "", (account,), (report,), where, 0.0)


def _cards(store: Store, entry: Entry) -> list[Card]:
    cards = []
    for document, account, (start, end) in zip(entry.documents, entry.accounts, entry.triggers, strict=True):
        version = store.document(document)
        read = next(iter(store.claims_of([document])), None)
        if version is None or read is None:
            continue
        events = view_events(read, store.decisions([version.key]))
        event = next((e for e in events if e.account == account), None)
        told = passage(read, event) if event else _words_at(read.document.text, start, end)
        published = read.document.published
        cards.append(
            Card(
                document,
                version.key,
                read.document.publisher or "outlet not known",
                published.day.isoformat() if published else "",
                read.document.headline_text or Index(read).words(read.document.sentences[0]),
                event,
                told,
                passage_span(read, event).start if event else 0,
            )
        )
    return cards


def _words_at(text: str, start: int, end: int) -> tuple[Segment, ...]:
    return (Segment(text[max(0, start - 100) : end + 100]),)


def recent_decisions(store: Store) -> list[Decision]:
    """Return the last decisions that stand, newest first."""
    every = store.decisions()
    undone = {d.undoes for d in every if d.action is Action.UNDO}
    standing = [d for d in every if d.action is not Action.UNDO and d.number not in undone]
    return standing[: -RECENT - 1 : -1]


def read_decision(form: Mapping[str, str], reviewer: str) -> Decision:
    """Return the decision that a form says.

    Raises:
        InputError: when it says none.
    """
    try:
        target, action = Target(form.get("target", "")), Action(form.get("action", ""))
        field = Correctable(form["field"]) if form.get("field") and action is Action.CORRECT else None
        role = Role(form["role"]) if form.get("role") else None
        span = read_span(form.get("span", ""))
        trigger = read_span(form["trigger"]) if form.get("trigger") else None
    except ValueError as error:
        raise InputError(f"expected a decision, got a form that says none ({error})") from error
    if action is Action.UNDO or (action is Action.CORRECT and field is None):
        raise InputError("expected which value is corrected, got none")
    if (target is Target.ARGUMENT) != (role is not None):
        raise InputError("expected a role for an argument, and for nothing else")
    return Decision(
        document=form.get("document", ""),
        target=target,
        span=span,
        action=action,
        reviewer=reviewer,
        field=field,
        value=form.get("value", "")[:MOST_REASON] if field else "",
        was=form.get("was", "")[:MOST_REASON],
        role=role,
        trigger=trigger,
        reason=form.get("reason", "")[:MOST_REASON],
    )


def read_span(written: str) -> Span:
    """Return the span of `120-134`.

    Raises:
        ValueError: when it is none.
    """
    start, _, end = written[:40].partition("-")
    return Span(int(start), int(end))


def read_reviewer(written: str) -> str:
    """Return a reviewer's id as it is kept: one line, no more than forty characters."""
    return "".join(c for c in " ".join(written.split()) if c.isprintable())[:MOST_REVIEWER]
