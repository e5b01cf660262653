"""The one filter that the table, the map, the timeline and the exports share; its words are those of the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar
from urllib.parse import urlencode

from contested.events import Family
from contested.incidents.selection import is_called
from contested.types import EventType
from contested.web.rows import IncidentRow

Row = TypeVar("Row")

PER_PAGE = 50  # rows that a screen reader or a tired person gets through; more are a page away
_LONGEST = 200  # characters of a filter's word; longer ones find nothing


class Display(StrEnum):
    """How the incidents that a filter takes are shown."""

    TABLE = "table"
    MAP = "map"
    TIMELINE = "timeline"


class Order(StrEnum):
    """What comes first in the table."""

    SUPPORT = "support"
    NEWEST = "newest"
    OLDEST = "oldest"
    KILLED = "killed"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for, and how it is shown. What an address says wrongly is left out, never an error."""

    q: str = ""
    place: str = ""
    country: str = ""
    actor: str = ""
    type: str = ""
    since: str = ""
    until: str = ""
    contested: str = ""
    least: str = ""
    view: Display = Display.TABLE
    order: Order = Order.SUPPORT
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(getattr(self, f.name) for f in fields(self)[:9])

    def address(self, **changes: object) -> str:
        """Return the query as it stands in an address, with some of it changed; what is usual is left out.

        >>> Query(place="Aleppo").address(view=Display.MAP)
        'place=Aleppo&view=map'
        """
        other = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        usual = Query()
        said = {f.name: getattr(other, f.name) for f in fields(other)}
        return urlencode({name: str(value) for name, value in said.items() if value != getattr(usual, name)})

    def takes(self, row: IncidentRow) -> bool:
        """Return whether a row has all that is asked for. One without a known day is in no stretch of days."""
        return (
            (not self.contested or row.is_contested)
            and (not self.type or self.type in row.types or self.type == row.family)
            and (not self.country or self.country in row.countries)
            and (not self.least or row.reports >= int(self.least))
            and (not self.place or _among(self.place, row.places))
            and (not self.actor or any(is_called(self.actor, n) for n in (*row.doers, *row.targets, *row.claimants)))
            and (not self.q or self._finds(row))
            and ((not self.since and not self.until) or any(map(self._holds, row.day_ranges)))
        )

    def _finds(self, row: IncidentRow) -> bool:
        words = " ".join((row.id, row.type_words, row.quote, *row.places, *row.doers, *row.targets)).casefold()
        return all(word in words for word in self.q.casefold().split())

    def _holds(self, days: tuple[str | None, str | None]) -> bool:
        first, last = days
        return (first is not None or last is not None) and (
            (not self.since or (last or "~") >= self.since) and (not self.until or (first or "") <= self.until)
        )


def read_query(said: Mapping[str, str]) -> Query:
    """Return the query of an address; what it says wrongly (no such type, no such day) asks for nothing."""
    words = {name: said.get(name, "").strip()[:_LONGEST] for name in ("q", "place", "country", "actor")}
    return Query(
        **words,
        type=_one_of(said.get("type", ""), {t.value for t in EventType} | set(Family)),
        since=_day(said.get("since", "")),
        until=_day(said.get("until", "")),
        contested="1" if said.get("contested") == "1" else "",
        least=_number(said.get("least", ""), 2, 999),
        view=Display(_one_of(said.get("view", ""), set(Display)) or Display.TABLE),
        order=Order(_one_of(said.get("order", ""), set(Order)) or Order.SUPPORT),
        page=int(_number(said.get("page", ""), 1, 100_000) or 1),
    )


def choose(rows: Iterable[IncidentRow], query: Query) -> list[IncidentRow]:
    """Return the rows that a query takes, in its order. Rows come ordered by support and keep that among equals."""
    found = [row for row in rows if query.takes(row)]
    match query.order:
        case Order.NEWEST:
            found.sort(key=lambda r: r.latest or r.earliest or "", reverse=True)
        case Order.OLDEST:
            found.sort(key=lambda r: r.earliest or r.latest or "~")
        case Order.KILLED:
            found.sort(key=lambda r: max(r.killed[0] or 0, r.killed[1] or 0), reverse=True)
        case Order.PLACE:
            found.sort(key=lambda r: (r.place is None, (r.place or "").casefold()))
        case Order.SUPPORT:
            pass
    return found


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A part of a long list; `number` counts from 1."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int


def paginate(rows: Sequence[Row], number: int, per_page: int = PER_PAGE) -> Page[Row]:
    """Return one page of rows; beyond the last one, the last one."""
    pages = max(1, -(-len(rows) // per_page))
    number = min(max(number, 1), pages)
    return Page(rows[(number - 1) * per_page : number * per_page], number, pages, len(rows))


def _among(asked: str, names: Iterable[str]) -> bool:
    wanted = asked.casefold()
    return any(wanted in name.casefold() for name in names)


def _one_of(value: str, allowed: Iterable[str]) -> str:
    return value if value in set(allowed) else ""


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""


def _number(value: str, least: int, most: int) -> str:
    return value if value.isascii() and value.isdigit() and least <= int(value[:9]) <= most else ""
