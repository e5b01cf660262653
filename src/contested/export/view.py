"""What an export sees: incidents and reports, one after the other, with everything withheld that must be withheld.

Formats never see a store. What they see here is already filtered, under embargo, masked and rounded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from contested.claims import Index
from contested.export.options import Options
from contested.incidents import Account, ControlClaim, Incident, Judgement, accounts_of, control_claims, find_incidents
from contested.types import Claim, Claims, Document, Event, claim_keys, document_key, event_keys

KEPT_REPORTS = 256  # reports held in memory for the next incidents that tell of them; some ten megabytes


class Reports(Protocol):
    """Where reports come from. A store is one."""

    def claims(self) -> Iterator[Claims]:
        """Yield what every report says."""

    def claims_of(self, documents: Iterable[str]) -> Iterator[Claims]:
        """Yield what the reports with these ids say."""

    def judgements(self) -> list[Judgement]:
        """Return reviewers' judgements."""

    def fingerprint(self) -> str:
        """Return a hash of the content."""


class Told:
    """One report: its claims, ready to be asked, and which of its events are asked for."""

    def __init__(self, claims: Claims, events: frozenset[str] | None = None) -> None:
        self.claims = claims
        self.index = Index(claims)
        self._asked = events

    @property
    def document(self) -> Document:
        """Return the report."""
        return self.claims.document

    @property
    def events(self) -> tuple[Event, ...]:
        """Return the events that are asked for, in text order."""
        return tuple(e for e in self.claims.events if self._asked is None or e.id in self._asked)

    @cached_property
    def document_key(self) -> str:
        """The report's id and text as one key."""
        return document_key(self.document)

    @cached_property
    def event_keys(self) -> dict[str, str]:
        """The store-wide key of each event, by its id in the report."""
        return event_keys(self.claims)

    @cached_property
    def claim_keys(self) -> dict[str, str]:
        """The store-wide key of each claim, by its id in the report."""
        return claim_keys(self.claims)

    def claim_id(self, claim: Claim | None, event: Event) -> str:
        """Return the id under which exports know a claim on an event; None is the outlet's own voice."""
        return self.claim_keys[claim.id] if claim is not None else f"{self.event_keys[event.id]}.author"


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's telling of an incident: the flat account, and the event in its report with all that is around it."""

    account: Account
    told: Told
    event: Event


class Case:
    """One incident with the reports that tell of it."""

    def __init__(self, incident: Incident, look_up: Callable[[str], Told]) -> None:
        self.incident = incident
        self._look_up = look_up

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """The tellings of the incident, the first report's first."""
        found = []
        for account in self.incident.accounts:
            told = self._look_up(account.document)
            found.append(Telling(account, told, told.index.events[account.event]))
        return tuple(found)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the reports that tell of it, each once."""
        return tuple({t.told.document.id: t.told.document for t in self.tellings}.values())


class ExportView:
    """Incidents and reports as an export may show them."""

    def __init__(self, reports: Reports, options: Options, incidents: Callable[[], Iterable[Incident]]) -> None:
        self.options = options
        self._reports = reports
        self._incidents = incidents
        self._kept: OrderedDict[str, Told] = OrderedDict()

    @classmethod
    def of(cls, reports: Reports, options: Options) -> ExportView:
        """Return a view of all that the reports tell, linked into incidents."""
        record = find_incidents(reports.claims(), reports.judgements())
        return cls(reports, options, lambda: record.incidents)

    def cases(self) -> Iterator[Case]:
        """Yield the incidents that are asked for, most widely told first."""
        for incident in self._incidents():
            if self.options.selection.takes(incident):
                yield Case(incident, self._look_up)

    def reports(self) -> Iterator[Told]:
        """Yield the reports that tell of what is asked for, in the order in which they came."""
        for claims in self._reports.claims():
            yield Told(claims)

    def control(self) -> Iterator[ControlClaim]:
        """Yield the statements about who holds what that are asked for, by place and day."""
        accounts = (a for claims in self._reports.claims() for a in accounts_of(claims))
        yield from control_claims(accounts, self.options.selection.place)

    def fingerprint(self) -> str:
        """Return a hash of all that the reports say."""
        return self._reports.fingerprint()

    def _look_up(self, document: str) -> Told:
        if document not in self._kept:
            claims = next(iter(self._reports.claims_of([document])))
            self._kept[document] = Told(claims)
            if len(self._kept) > KEPT_REPORTS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(document)
        return self._kept[document]
