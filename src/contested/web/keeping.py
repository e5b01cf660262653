"""A board kept in the store and read back, so that a large store opens at once. What is kept may be thrown away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any

from contested.incidents import Comparison, Judgement, Link, Origin, Verdict
from contested.store import Store
from contested.types import EventType
from contested.web.board import Board
from contested.web.queue import Entry, Kind
from contested.web.rows import ActorRow, ControlRow, IncidentRow, ReportRow

# Raise it when a row gains or loses a field: boards kept by another version are then worked out anew.
FORMAT = 2


def keep_board(store: Store, board: Board) -> None:
    """Write a board into its store."""
    store.keep_computed(f"{FORMAT}/{board.state}", _rows(board))


def load_board(store: Store) -> Board | None:
    """Return the board that a store keeps, None when it has none of this version. It may be older than the store."""
    state, rows = store.computed()
    number, _, state = state.partition("/")
    if number != str(FORMAT):
        return None
    by_kind: dict[str, list[Any]] = {}
    for kind, content in rows:
        by_kind.setdefault(kind, []).append(json.loads(content))
    incidents = tuple(_incident(values) for values in by_kind.get("incident", []))
    origins = (Origin(o["id"], tuple(o["documents"]), tuple(o["why"])) for o in by_kind.get("origin", []))
    return Board(
        incidents=incidents,
        control=tuple(ControlRow(**v) for v in by_kind.get("control", [])),
        actors=tuple(ActorRow(**v) for v in by_kind.get("actor", [])),
        reports=tuple(ReportRow(**v) for v in by_kind.get("report", [])),
        by_account={id_: row for row in incidents for id_ in row.accounts},
        origins={document: origin for origin in origins for document in origin.documents},
        queue=tuple(_entry(v) for v in by_kind.get("entry", [])),
        state=state,
    )


def load_links(store: Store, id: str) -> tuple[Link, ...]:  # noqa: A002  (the form's own word)
    """Return why the accounts of one incident are taken as one, as it was kept."""
    detail = store.computed_detail("incident", id)
    return tuple(_link(values) for values in json.loads(detail)) if detail else ()


def _link(values: dict[str, Any]) -> Link:
    judged = values["judgement"]
    if judged is not None:
        judged = Judgement(**{**judged, "verdict": Verdict(judged["verdict"])})
    return Link(values["a"], values["b"], values["bits"], tuple(Comparison(**c) for c in values["comparisons"]), judged)


def _rows(board: Board) -> Iterator[tuple[str, int, str, str, str]]:
    for place, row in enumerate(board.incidents):
        yield "incident", place, row.id, _write(asdict(row)), _write([asdict(k) for k in board.links.get(row.id, ())])
    others: dict[str, Sequence[Any]] = {
        "control": board.control,
        "actor": board.actors,
        "report": board.reports,
        "entry": board.queue,
        "origin": list({o.id: o for o in board.origins.values()}.values()),
    }
    for kind, values in others.items():
        for place, value in enumerate(values):
            yield kind, place, "", _write(asdict(value)), ""


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _incident(values: dict[str, Any]) -> IncidentRow:
    for name in _TUPLES:
        values[name] = tuple(values[name])
    values["day_ranges"] = tuple(map(tuple, values["day_ranges"]))
    values["type"] = EventType(values["type"])
    return IncidentRow(**values)


_TUPLES = tuple(f.name for f in fields(IncidentRow) if str(f.type).startswith(("tuple", "Bounds")))


def _entry(values: dict[str, Any]) -> Entry:
    values["kind"] = Kind(values["kind"])
    for name in ("accounts", "documents"):
        values[name] = tuple(values[name])
    values["triggers"] = tuple(map(tuple, values["triggers"]))
    return Entry(**values)
