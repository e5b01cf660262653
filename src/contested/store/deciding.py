"""Decisions as rows of their table and back."""

from __future__ import annotations

from collections.abc import Sequence

from contested.store.database import Database, Row, Value
from contested.types import Action, Correctable, Decision, Role, Span, Target

_COLUMNS = (
    "number, document, target, start_at, end_at, action, reviewer, field, value, was, role, trigger_start, trigger_end,"
    " reason, at, undoes, covers"
)
_SELECT = f"SELECT {_COLUMNS} FROM decision"


def cells_of(decision: Decision) -> dict[str, Value]:
    """Return the cells of a new decision, all but its number."""
    return {
        "document": decision.document,
        "target": decision.target.value,
        "start_at": decision.span.start,
        "end_at": decision.span.end,
        "action": decision.action.value,
        "reviewer": decision.reviewer,
        "field": decision.field.value if decision.field else None,
        "value": decision.value,
        "was": decision.was,
        "role": decision.role.value if decision.role else None,
        "trigger_start": decision.trigger.start if decision.trigger else None,
        "trigger_end": decision.trigger.end if decision.trigger else None,
        "reason": decision.reason,
        "at": decision.at,
        "undoes": decision.undoes,
        "covers": " ".join(f"{s.start}-{s.end}" for s in decision.covers),
    }


def read_decisions(database: Database, documents: Sequence[str] | None = None) -> list[Decision]:
    """Return the decisions on some versions of reports, or all, oldest first."""
    if documents is None:
        return [_decision(row) for row in database.rows(f"{_SELECT} ORDER BY number")]
    if not documents:
        return []
    where = f"WHERE document IN ({', '.join('?' * len(documents))})"
    return [_decision(row) for row in database.rows(f"{_SELECT} {where} ORDER BY number", documents)]


def read_decision(database: Database, number: int) -> Decision | None:
    """Return the decision with this number, or None."""
    rows = database.rows(f"{_SELECT} WHERE number = ?", [number])
    return _decision(rows[0]) if rows else None


def _decision(row: Row) -> Decision:
    number, document, target, start, end, action, reviewer, field, value, was, role, *more = row
    first, last, reason, at, undoes, covers = more
    return Decision(
        document=document,
        target=Target(target),
        span=Span(start, end),
        action=Action(action),
        reviewer=reviewer,
        field=Correctable(field) if field else None,
        value=value,
        was=was,
        role=Role(role) if role else None,
        trigger=Span(first, last) if first is not None else None,
        reason=reason,
        number=number,
        at=at,
        undoes=undoes,
        covers=tuple(Span(*map(int, span.split("-"))) for span in covers.split()),
    )
