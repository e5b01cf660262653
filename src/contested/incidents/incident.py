"""Incidents: what many reports tell of one event, computed from their claims and never stored in their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contested.incidents.account import Account
from contested.incidents.accounts import accounts_of
from contested.incidents.agreement.fields import relate
from contested.incidents.agreement.relations import FieldRelation, Standing
from contested.incidents.agreement.statements import standing_of
from contested.incidents.grading import Corroboration, Suggestion, corroborate, suggest_grade, with_relays
from contested.incidents.linking.affairs import is_vague
from contested.incidents.linking.clusters import Cluster, Link, link
from contested.incidents.linking.judgements import Judgement
from contested.incidents.origins import Origin, Text, find_origins, text_of
from contested.types import Claims, EventType, PlaceLevel, PlaceLink, Status, When

# A state of control belongs to the record of control; what is only feared or intended has not become an incident.
_NOT_LINKED_TYPES = frozenset({EventType.HOLD})
_NOT_LINKED_STATUS = frozenset({Status.HYPOTHETICAL})

_SMALLEST_FIRST = (
    PlaceLevel.SITE,
    PlaceLevel.VILLAGE,
    PlaceLevel.DISTRICT,
    PlaceLevel.TOWN,
    PlaceLevel.CITY,
    PlaceLevel.ADM2,
    PlaceLevel.ADM1,
    PlaceLevel.WATER,
    PlaceLevel.REGION,
    PlaceLevel.COUNTRY,
)


@dataclass(frozen=True, slots=True)
class Incident:
    """One real-world event as its reports tell it. Nothing here is a fact; every value is some account's.

    `id` is the id of the first account. The id of any other account leads here too, so that ids of incidents that were
    joined since keep resolving.
    """

    id: str
    type: EventType
    when: When | None
    place: PlaceLink | None
    accounts: tuple[Account, ...]
    links: tuple[Link, ...]
    relations: tuple[FieldRelation, ...]
    origins: Mapping[str, str]
    corroboration: Corroboration
    grade: Suggestion | None

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the reports that tell of it, the first one first."""
        return tuple(dict.fromkeys(a.document for a in self.accounts))

    @property
    def is_total(self) -> bool:
        """Whether it is no event but a war or a campaign, of which only running totals are told."""
        return all(a.is_total for a in self.accounts)

    @property
    def status(self) -> Status:
        """What its accounts say of it: that it happened if one of them does, else what most of them say.

        What a report only quotes as denied is told by nobody.
        """
        found = Counter(standing_of(a) for a in self.accounts)
        return Status.ACTUAL if found[Status.ACTUAL] else found.most_common(1)[0][0]

    @property
    def is_only_denied(self) -> bool:
        """Whether somebody denies it, and nobody puts it forward."""
        return self.status is Status.NEGATED and any(standing_of(a) is not a.status for a in self.accounts)

    @property
    def is_contested(self) -> bool:
        """Whether two statements of some field conflict, or somebody speaks against it."""
        return self.is_only_denied or any(
            r.standing is Standing.CONFLICT or r.kind.value for r in self.relations if not _only_words(r)
        )


def _only_words(relation: FieldRelation) -> bool:
    return relation.standing is Standing.DEFINITIONAL


@dataclass(frozen=True, slots=True)
class Record:
    """All incidents of a set of reports, largest first, with the origin of each report."""

    incidents: tuple[Incident, ...]
    origins: Mapping[str, Origin]

    def find(self, id: str) -> Incident | None:  # noqa: A002  (the form's own word)
        """Return the incident of an id, also one it had before it was joined or read anew; a start will do."""
        exact = [i for i in self.incidents if any(a.id == id for a in i.accounts)]
        exact = exact or [i for i in self.incidents if any(id in a.aliases for a in i.accounts)]
        if exact:
            return exact[0]
        starting = [i for i in self.incidents if any(a.id.startswith(id) for a in i.accounts)]
        return starting[0] if len(starting) == 1 else None

    def told_at(self, place: str) -> list[Account]:
        """Return the accounts of a report (by its id), or of one event of it (REPORT:EVENT)."""
        document, _, event = place.rpartition(":")
        every = [a for i in self.incidents for a in i.accounts]
        whole = [a for a in every if a.document == place]
        return whole or [a for a in every if a.document == document and a.event == event and event]

    def standing_in(self, document: str) -> Iterator[tuple[str, str]]:
        """Yield the ids that a report lends, each with that of an account of another report which tells of the same."""
        for incident in self.incidents:
            others = [a.id for a in incident.accounts if a.document != document]
            yield from ((a.id, others[0]) for a in incident.accounts if a.document == document and others)


def find_incidents(reports: Iterable[Claims], judgements: Iterable[Judgement] = ()) -> Record:
    """Return the incidents that reports tell of. Reports are gone through once and not kept."""
    accounts: list[Account] = []
    texts: list[Text] = []
    for claims in reports:
        accounts += accounts_of(claims)
        texts.append(text_of(claims.document))
    return find_incidents_of(accounts, find_origins(texts), judgements)


def find_incidents_of(
    accounts: Sequence[Account], origins: Mapping[str, Origin], judgements: Iterable[Judgement] = ()
) -> Record:
    """Return the incidents of accounts whose origins are known."""
    linked = [a for a in accounts if a.type not in _NOT_LINKED_TYPES and a.status not in _NOT_LINKED_STATUS]
    incidents = [incident_of(cluster, origins) for cluster in link(linked, judgements)]
    return Record(tuple(sorted(incidents, key=_largest_first)), origins)


def _largest_first(incident: Incident) -> tuple[int, int, tuple[str, str, int]]:
    return (-incident.corroboration.origins, -len(incident.documents), incident.accounts[0].order)


def incident_of(cluster: Cluster, origins: Mapping[str, Origin]) -> Incident:
    """Return the incident of accounts that belong together, for instance of ones that were linked before and kept."""
    accounts = cluster.accounts
    origin_of = with_relays(accounts, {a.document: _origin(a.document, origins) for a in accounts})
    relations = relate(accounts, {frozenset({k.a, k.b}): k.bits for k in cluster.links})
    corroboration = corroborate(accounts, origin_of)
    return Incident(
        id=accounts[0].id,
        type=_type(accounts),
        when=_when(accounts),
        place=_place(accounts),
        accounts=accounts,
        links=cluster.links,
        relations=relations,
        origins=origin_of,
        corroboration=corroboration,
        grade=suggest_grade(accounts, relations, corroboration),
    )


def _origin(document: str, origins: Mapping[str, Origin]) -> str:
    return origins[document].id if document in origins else document


def _type(accounts: Sequence[Account]) -> EventType:
    """Return the kind that most reports use; of several, one that says more, then the first told."""
    reports = Counter(t for d, t in {(a.document, a.type): None for a in accounts} for _ in [d])
    first = [a.type for a in accounts]
    return min(reports, key=lambda t: (is_vague(t), -reports[t], first.index(t)))


def _when(accounts: Sequence[Account]) -> When | None:
    """Return the days that most accounts give; of several, the shortest stretch, then the first told."""
    known = [a.when for a in accounts if a.when is not None and a.when.is_known]
    if not known:
        return None
    votes = Counter((w.earliest, w.latest) for w in known)
    return min(known, key=lambda w: (-votes[w.earliest, w.latest], _length_days(w), known.index(w)))


def _length_days(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 10_000  # longer than any stretch with two ends that news speaks of
    return (when.latest - when.earliest).days


def _place(accounts: Sequence[Account]) -> PlaceLink | None:
    """Return the smallest place with a point that most reports give."""
    named = [(a.document, p) for a in accounts for p in a.places]
    votes = Counter(name for _, name in {(d, p.name) for d, p in named})
    pointed = [p for p in _ordered(named) if p.lat is not None] or list(_ordered(named))
    return min(pointed, key=lambda p: (-votes[p.name], _size(p)), default=None)


def _ordered(named: Sequence[tuple[str, PlaceLink]]) -> Iterator[PlaceLink]:
    yield from dict.fromkeys(p for _, p in named)


def _size(place: PlaceLink) -> int:
    return _SMALLEST_FIRST.index(place.level) if place.level else len(_SMALLEST_FIRST)
