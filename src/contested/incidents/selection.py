"""Which incidents are asked for: by place, days, type, actor, reports, and whether something is disputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from contested.actors import register
from contested.incidents.account import Account
from contested.incidents.incident import Incident
from contested.resources.countries import load_countries
from contested.types import EventType, PlaceLink


@dataclass(frozen=True, slots=True)
class Selection:
    """What an incident must have to be taken; an empty field asks for nothing."""

    place: str = ""
    since: date | None = None
    until: date | None = None
    types: frozenset[EventType] = frozenset()
    actor: str = ""
    contested: bool = False
    least_reports: int = 1

    def takes(self, incident: Incident) -> bool:
        """Return whether an incident has all that is asked for. One without a known day is in no stretch of days."""
        return (
            len(incident.documents) >= self.least_reports
            and (not self.contested or incident.is_contested)
            and (not self.types or bool(self.types & {a.type for a in incident.accounts}))
            and self._has_place(incident)
            and self._has_actor(incident)
            and self._has_day(incident)
        )

    def _has_place(self, incident: Incident) -> bool:
        asked = self.place.casefold()
        called = (words.casefold() for a in incident.accounts for words in a.place_words if a.places)
        return (
            not asked
            or any(lies_in(self.place, p) for a in incident.accounts for p in a.places)
            or any(asked in words for words in called)
        )

    def _has_actor(self, incident: Incident) -> bool:
        links = (d for a in incident.accounts for d in (*a.doers, *a.targets))
        return not self.actor or any(is_called(self.actor, link.name) for link in links)

    def _has_day(self, incident: Incident) -> bool:
        if self.since is None and self.until is None:
            return True
        return any(
            (self.since is None or last >= self.since) and (self.until is None or first <= self.until)
            for account in incident.accounts
            for first, last in [_days(account)]
        )


def _days(account: Account) -> tuple[date, date]:
    """Return the first and last day that an account can mean; “since Sunday” ends with its report. Unknown: never."""
    when, told = account.when, account.published
    if when is None or not when.is_known:
        return date.max, date.min
    first = when.earliest or date.min
    return first, when.latest or max(first, told or first)


def lies_in(asked: str, place: PlaceLink) -> bool:
    """Return whether a place is called so, or lies in the country of this name or code.

    >>> nyala = PlaceLink("Nyala", "SDN", None, 12.05, 24.88, rule="named")
    >>> lies_in("sdn", nyala), lies_in("Sudan", nyala), lies_in("Chad", nyala)
    (True, True, False)
    """
    return asked.casefold() in place.name.casefold() or place.country in _countries_called(asked.casefold())


def is_called(asked: str, name: str) -> bool:
    """Return whether an actor's name holds some words, or the register has it by these ("RSF").

    >>> is_called("rsf", "Rapid Support Forces"), is_called("Rapid Support", "Rapid Support Forces")
    (True, True)
    """
    return asked.casefold() in name.casefold() or name in _names_meant(asked.casefold())


@lru_cache(maxsize=64)
def _countries_called(asked: str) -> frozenset[str]:
    named = (
        c for c in load_countries() if asked in (c.iso3.casefold(), c.name.casefold(), *map(str.casefold, c.aliases))
    )
    return frozenset(c.iso3 for c in named)


@lru_cache(maxsize=64)
def _names_meant(asked: str) -> frozenset[str]:
    """Return the names of the register's entries that have this other name."""
    return frozenset(e.name for e in register().values() if asked in map(str.casefold, e.aliases))
