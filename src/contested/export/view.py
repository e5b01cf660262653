"""What an export sees: incidents and reports, one after the other, with everything withheld that must be withheld.

Formats never see a store. What they see here is already filtered, under embargo, masked and rounded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Protocol

from contested.claims import Index
from contested.export.everywhere import NamesEverywhere
from contested.export.options import Options
from contested.export.withhold import withhold
from contested.incidents import Account, ControlClaim, Incident, Judgement, accounts_of, control_claims, find_incidents
from contested.incidents.selection import Selection, is_called, lies_in
from contested.types import (
    Claim,
    Claims,
    Document,
    Event,
    EventMention,
    claim_keys,
    document_key,
    event_keys,
    text_sha256,
)

KEPT_REPORTS = 256  # reports held in memory for the next incidents that tell of them; some ten megabytes


class Reports(Protocol):
    """Where reports come from. A store is one."""

    def claims(self) -> Iterator[Claims]:
        """Yield what every report says."""

    def claims_of(self, documents: Iterable[str]) -> Iterator[Claims]:
        """Yield what the reports with these ids say."""

    def judgements(self) -> list[Judgement]:
        """Return reviewers' judgements on incidents."""

    def fingerprint(self) -> str:
        """Return a hash of the content."""


class ReportList:
    """Reports that are in memory, as a source for a view."""

    def __init__(self, reports: Iterable[Claims]) -> None:
        self._by_id = {claims.document.id: claims for claims in reports}

    def claims(self) -> Iterator[Claims]:
        """Yield what every report says."""
        yield from self._by_id.values()

    def claims_of(self, documents: Iterable[str]) -> Iterator[Claims]:
        """Yield what the reports with these ids say; unknown ids are passed over."""
        yield from (self._by_id[d] for d in documents if d in self._by_id)

    def judgements(self) -> list[Judgement]:
        """Return none: nobody judged them."""
        return []

    def fingerprint(self) -> str:
        """Return a hash of the reports and what was read in them."""
        hashed = sha256()
        for claims in self._by_id.values():
            content = (document_key(claims.document), claims.model, *claim_keys(claims).values())
            hashed.update("\x1f".join([*content, *event_keys(claims).values()]).encode() + b"\n")
        return hashed.hexdigest()


class Told:
    """One report: its claims, ready to be asked, and which of its events are asked for.

    `names` are those that were masked in it.
    """

    def __init__(
        self,
        claims: Claims,
        events: frozenset[str] | None = None,
        *,
        names: tuple[str, ...] = (),
        as_read: Claims | None = None,
        incidents: Mapping[str, str] | None = None,
        origin: str | None = None,
    ) -> None:
        self.claims = claims
        self.index = Index(claims)
        self.names = names
        self._as_read = as_read or claims  # ids are made from the words as they were, and stay when names are masked
        self.incidents = incidents or {}
        self.origin = origin or claims.document.id
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
        """The key of the report: its id together with its text."""
        return document_key(self._as_read.document)

    @cached_property
    def text_sha256(self) -> str:
        """The hash of the report's untouched text, by which whoever holds the original can tell that it is the same."""
        return text_sha256(self._as_read.document.text)

    @cached_property
    def event_keys(self) -> dict[str, str]:
        """The store-wide key of each event, by its id in the report."""
        return event_keys(self._as_read)

    @cached_property
    def claim_keys(self) -> dict[str, str]:
        """The store-wide key of each claim, by its id in the report."""
        return claim_keys(self._as_read)

    def event_key(self, event: Event) -> str:
        """Return the store-wide key of an event; where numbers stand in no event that was read, their account's id."""
        return self.event_keys.get(event.id, event.id)

    def claim_id(self, claim: Claim | None, event: Event) -> str:
        """Return the id under which exports know a claim on an event; None is the outlet's own voice."""
        return self.claim_keys[claim.id] if claim is not None else f"{self.event_key(event)}.author"


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's telling of an incident: the flat account, and the event in its report with all that is around it."""

    account: Account
    told: Told
    event: Event


def _event_told(account: Account, events: Mapping[str, Event]) -> Event:
    """Return the event of an account; for numbers told beside it their own words, and nothing that is the event's."""
    beside = events.get(account.event)
    if beside is not None and (not account.is_aside or account.trigger is None):
        return beside
    mentions = (EventMention(account.trigger or account.spans[0], ()),)
    if beside is None:
        return Event(account.id, account.type, account.status, mentions)
    return Event(beside.id, account.type, account.status, mentions, score=beside.score)


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
            found.append(Telling(account, told, _event_told(account, told.index.events)))
        return tuple(found)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the reports that tell of it, each once."""
        return tuple({t.told.document.id: t.told.document for t in self.tellings}.values())

    @property
    def first_published(self) -> date | None:
        """Return the day of the first report that tells of it."""
        return min((a.published for a in self.incident.accounts if a.published is not None), default=None)

    def names(self) -> tuple[str, ...]:
        """Return the names that were masked in the reports."""
        found = {n for d in self.incident.documents for n in self._look_up(d).names}
        return tuple(sorted(found, key=lambda n: (-len(n), n)))


class ExportView:
    """Incidents and reports as an export may show them.

    `withheld` grows with the names that were masked so far, each with the report in which it was found, `gazetteers`
    with the sources of the places shown so far.
    """

    def __init__(
        self,
        reports: Reports,
        options: Options,
        incidents: Callable[[], Iterable[Incident]],
        origins: Mapping[str, str] | None = None,
        *,
        names: NamesEverywhere | None = None,
    ) -> None:
        self.options = options
        self.withheld: dict[str, str] = {}
        self.gazetteers: dict[str, None] = {}
        self._reports = reports
        self._incidents = incidents
        self._origins = origins or {}
        self._kept: OrderedDict[str, Told] = OrderedDict()
        self._names = names

    @classmethod
    def of(cls, reports: Reports, options: Options) -> ExportView:
        """Return a view of all that the reports tell, linked into incidents."""
        names = None if options.include_names else NamesEverywhere()
        every = reports.claims() if names is None else names.noting(reports.claims())
        record = find_incidents((c for c in every if _may_leave(c.document, options)), reports.judgements())
        origins = {d: o.id for d, o in record.origins.items()}
        return cls(reports, options, lambda: record.incidents, origins, names=names)

    def cases(self) -> Iterator[Case]:
        """Yield the incidents that are asked for, most widely told first."""
        for incident in self._asked():
            case = Case(incident, self._look_up)
            if not self.options.include_names or self.options.round_coordinates is not None:
                names = () if self.options.include_names else case.names()
                case.incident = withhold(incident, names, self.options.round_coordinates)
            yield case

    def reports(self) -> Iterator[Told]:
        """Yield the reports that tell of what is asked for, in the order in which they came."""
        incidents: dict[str, dict[str, str]] = {}
        for incident in self._asked():
            for account in incident.accounts:
                if not account.is_aside:
                    incidents.setdefault(account.document, {})[account.event] = incident.id
        every = self.options.selection == Selection() and self.options.embargo is None
        for claims in self._reports.claims():
            of_this = incidents.get(claims.document.id, {})
            if every or (of_this and _may_leave(claims.document, self.options)):
                yield self._told(claims, None if every else frozenset(of_this), of_this)

    def control(self) -> Iterator[ControlClaim]:
        """Yield the statements about who holds what that are asked for, by place and day."""
        selection, embargo = self.options.selection, self.options.embargo
        standing = (c for c in self._reports.claims() if _may_leave(c.document, self.options))
        accounts = (a for claims in standing for a in accounts_of(claims))
        for claim in control_claims(accounts):
            if _asks_for(selection, claim) and (
                embargo is None or (claim.first or claim.published or embargo) < embargo
            ):
                told = self._look_up(claim.document)
                yield withhold(claim, told.names, self.options.round_coordinates)

    def fingerprint(self) -> str:
        """Return a hash of all that the reports say, and of what reviewers judged."""
        judged = "\n".join(map(repr, self._reports.judgements()))
        return sha256(f"{self._reports.fingerprint()}\n{judged}".encode()).hexdigest()

    def _asked(self) -> Iterator[Incident]:
        embargo = self.options.embargo
        for incident in self._incidents():
            if self.options.selection.takes(incident) and (embargo is None or _day(incident) < embargo.isoformat()):
                yield incident

    def _look_up(self, document: str) -> Told:
        if document not in self._kept:
            self._kept[document] = self._told(next(iter(self._reports.claims_of([document]))))
            if len(self._kept) > KEPT_REPORTS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(document)
        return self._kept[document]

    def _told(
        self, claims: Claims, events: frozenset[str] | None = None, incidents: Mapping[str, str] | None = None
    ) -> Told:
        names = self._masked_in(claims)
        chosen = (place.link.chosen for place in claims.places)
        self.gazetteers.update(dict.fromkeys(c.source for c in chosen if c is not None and c.source))
        return Told(
            withhold(claims, names, self.options.round_coordinates),
            events,
            names=names,
            as_read=claims,
            incidents=incidents,
            origin=self._origins.get(claims.document.id),
        )

    def _masked_in(self, claims: Claims) -> tuple[str, ...]:
        """Return the names to mask in a report, and remember them."""
        if self.options.include_names:
            return ()
        if self._names is None:
            self._names = NamesEverywhere()
            for _ in self._names.noting(self._reports.claims()):
                pass
        names = self._names.within(claims)
        for name in names:
            self.withheld.setdefault(name, self._names.first.get(name, claims.document.id))
        return names

    def borne_in_office(self) -> frozenset[str]:
        """Return the masked names that another report, shown so far, gives to somebody in an office."""
        return frozenset(self._names.kept) if self._names is not None else frozenset()


def _may_leave(document: Document, options: Options) -> bool:
    """Whether a report is old enough: one whose day is not known is not, under an embargo."""
    if options.embargo is None:
        return True
    return document.published is not None and document.published.day < options.embargo


def _day(incident: Incident) -> str:
    """Return the last day an incident is said to have lasted; without one, the day of its latest report."""
    days = [a.when.latest or a.when.earliest for a in incident.accounts if a.when is not None]
    known = [d for d in days if d is not None] or [a.published for a in incident.accounts if a.published is not None]
    return max(known).isoformat() if known else "~"


def _asks_for(selection: Selection, claim: ControlClaim) -> bool:
    first = claim.first or claim.published
    last = claim.last or claim.published
    return lies_in(selection.place, claim.place) and (
        is_called(selection.actor, claim.holder.name)
        and (selection.since is None or (last is not None and last >= selection.since))
        and (selection.until is None or (first is not None and first <= selection.until))
    )
