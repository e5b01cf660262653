"""Which incidents are asked for: by place, days, type, actor, reports, and whether something is disputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contested.incidents.account import Account
from contested.incidents.incident import Incident
from contested.types import EventType


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
        places = [p for a in incident.accounts for p in a.places]
        called = (words.casefold() for a in incident.accounts for words in a.place_words if a.places)
        return (
            not asked
            or any(asked in p.name.casefold() or self.place == p.country for p in places)
            or any(asked in words for words in called)
        )

    def _has_actor(self, incident: Incident) -> bool:
        asked = self.actor.casefold()
        return not asked or any(asked in d.name.casefold() for a in incident.accounts for d in (*a.doers, *a.targets))

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
