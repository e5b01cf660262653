"""The map and the timeline as plain drawings: what stands in a report where no program runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from contested.web.basemap import Drawing
from contested.web.rows import IncidentRow

_MOST_COLUMNS = 90  # as in static/timeline.js
_WIDTH, _HIGH, _LEFT, _RIGHT = 960.0, 110.0, 34.0, 14.0  # drawing units, as there
_LEAST_AREA = 3.0  # units; a smaller area is hidden by its own mark
WIDE_KM = 60.0  # as in static/map.js: from here on a place is a province or more, never drawn as a point
_LETTER, _LINE, _MOST_NAMES = 6.6, 15.0, 14  # units of a name on the map; more of them are not readable
_SIGN, _MOST_SIGN = 5.0, 14.0  # units; a single incident's mark, and the largest one


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place on the drawing: where, how large it is in truth and as a mark, and what it says."""

    x: float
    y: float
    area: float
    size: float
    number: int
    is_wide: bool
    is_contested: bool
    words: str
    href: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Some days and the incidents surely on them, and those that may be. Drawing units; `words` say it."""

    x: float
    width: float
    sure: float
    perhaps: float
    words: str


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns, the number that the highest stands for, and marks under the axis."""

    columns: tuple[Column, ...] = ()
    most: int = 0
    unit: str = ""
    ticks: tuple[tuple[float, str], ...] = ()
    height: float = _HIGH


def place_marks(rows: Iterable[IncidentRow], drawing: Drawing) -> list[PlaceMark]:
    """Return a mark for each place, the largest areas first, so that small ones stay in sight."""
    by_place: dict[tuple[float, float, float], list[IncidentRow]] = {}
    for row in rows:
        if row.lat is not None and row.lon is not None:
            by_place.setdefault((row.lon, row.lat, row.radius_km or 0.0), []).append(row)
    marks = [_mark(*key, here, drawing) for key, here in sorted(by_place.items(), key=lambda p: -p[0][2])]
    return list(_named(marks))


def _named(marks: Sequence[PlaceMark]) -> Iterator[PlaceMark]:
    """Yield the marks, those of most incidents with their name where it covers no other mark or name."""
    taken = [(m.x - m.size, m.y - m.size, m.x + m.size, m.y + m.size) for m in marks]
    named: set[int] = set()
    for number in sorted(range(len(marks)), key=lambda n: -marks[n].number):
        mark = marks[number]
        left, long = mark.x + mark.size + 3, _LETTER * len(mark.name)
        box = (left, mark.y - _LINE / 2, left + long, mark.y + _LINE / 2)
        if box[2] > _WIDTH or any(box[0] < t[2] and box[2] > t[0] and box[1] < t[3] and box[3] > t[1] for t in taken):
            continue
        taken.append(box)
        named.add(number)
        if len(named) == _MOST_NAMES:
            break
    for number, mark in enumerate(marks):
        yield mark if number in named else replace(mark, name="")


def _mark(lon: float, lat: float, radius_km: float, rows: Sequence[IncidentRow], drawing: Drawing) -> PlaceMark:
    x, y = drawing.place(lon, lat)
    names = ", ".join(dict.fromkeys(r.place for r in rows if r.place))
    contested = sum(r.is_contested for r in rows)
    words = f"{names}: {len(rows)} {'incident' if len(rows) == 1 else 'incidents'}"
    words += f", {contested} contested" if contested else ""
    return PlaceMark(
        x=round(x, 1),
        y=round(y, 1),
        area=round(max(drawing.length(radius_km, lat), _LEAST_AREA), 1),
        size=min(_SIGN + 2.2 * (len(rows) - 1) ** 0.5, _MOST_SIGN),
        number=len(rows),
        is_wide=radius_km >= WIDE_KM,
        is_contested=contested > 0,
        words=words,
        href=f"#incident-{rows[0].id}",
        name=next((r.place for r in rows if r.place), ""),
    )


def columns_of(rows: Iterable[IncidentRow]) -> Columns:
    """Return the incidents over time by day, week, month or year, whichever gives at most ninety columns."""
    days = [(_day(r.earliest), _day(r.latest)) for r in rows]
    spans = [(first or last, last or first, first is None or last is None) for first, last in days]
    known = [(first, last, is_open) for first, last, is_open in spans if first and last]
    if not known:
        return Columns()
    start, end = min(k[0] for k in known), max(k[1] for k in known)
    length = (end - start).days + 1
    unit = next((u for u, n in (("day", 1), ("week", 7), ("month", 30)) if length / n <= _MOST_COLUMNS), "year")
    counted = []
    for first, last in _stretches(start, end, unit):
        here = [k for k in known if k[0] <= last and k[1] >= first]
        sure = sum(k[0] >= first and k[1] <= last and not k[2] for k in here)
        counted.append((first, last, sure, len(here) - sure))
    most = max(sure + perhaps for _, _, sure, perhaps in counted)
    scale = (_WIDTH - _LEFT - _RIGHT) / length
    high = (_HIGH - 18) / most
    return Columns(
        columns=tuple(
            Column(
                x=round(_LEFT + (first - start).days * scale, 1),
                width=round(max(((last - first).days + 1) * scale - 1, 1.5), 1),
                sure=round(sure * high, 1),
                perhaps=round(perhaps * high, 1),
                words=_said(first, last, sure, perhaps),
            )
            for first, last, sure, perhaps in counted
            if sure + perhaps
        ),
        most=most,
        unit=unit,
        ticks=tuple((round(_LEFT + (d - start).days * scale, 1), d.isoformat()) for d in _ticks(start, end)),
    )


def _said(first: date, last: date, sure: int, perhaps: int) -> str:
    days = first.isoformat() if first == last else f"{first} to {last}"
    return f"{days}: {sure} incidents" + (f", and {perhaps} that may belong here" if perhaps else "")


def _stretches(start: date, end: date, unit: str) -> Iterator[tuple[date, date]]:
    first = start
    while first <= end:
        if unit == "day":
            last = first
        elif unit == "week":
            last = first + timedelta(days=6 - first.weekday())
        elif unit == "month":
            last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        else:
            last = first.replace(month=12, day=31)
        yield first, min(last, end)
        first = last + timedelta(days=1)


def _ticks(start: date, end: date, most: int = 6) -> Iterator[date]:
    step = max(1, -(-((end - start).days + 1) // most))
    for number in range(most):
        day = start + timedelta(days=number * step)
        if day <= end:
            yield day


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
