"""What a person should look at, most telling first, and why each of it is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contested.incidents import Account, Incident, Judgement, Link, Standing, Verdict
from contested.incidents.form import contested_fields
from contested.incidents.linking.judgements import standing
from contested.incidents.linking.weights import load_weights
from contested.types import Action, Claims, Decision, Target, standing_decisions

# A link this few bits above the threshold joins two accounts at odds below 8 to 1: a person should look.
NARROW_BITS = 3.0
# Scores are calibrated probabilities: below this, at least one in three such events is wrong.
UNSURE_SCORE = 0.66
MOST_ACCOUNTS = 6  # of one incident on one page; a reviewer sees the others on the incident's own page


class Kind(StrEnum):
    """Why something is in the queue."""

    DISPUTE = "dispute"
    PAIR = "pair"
    EVENT = "event"


WORDS = {
    Kind.DISPUTE: "accounts contradict each other",
    Kind.PAIR: "one incident, or two?",
    Kind.EVENT: "the reader is unsure",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of work: the accounts to look at, in which reports, and why. `weight`: larger ones come first."""

    id: str
    kind: Kind
    why: str
    incident: str
    accounts: tuple[str, ...]
    documents: tuple[str, ...]
    triggers: tuple[tuple[int, int], ...]
    weight: float


def entries_of(incidents: Iterable[Incident]) -> list[Entry]:
    """Return the disputes and the narrow links of incidents."""
    found: list[Entry] = []
    least = load_weights().threshold
    for incident in incidents:
        fields = contested_fields(incident)
        if fields:
            found.append(_dispute(incident, fields))
        told = {a.id: a for a in incident.accounts}
        for link in _strongest(incident, told):
            if link.judgement is None and link.bits - least < NARROW_BITS:
                why = f"taken as one incident, {link.bits - least:.1f} bits above the line"
                found.append(_pair(incident, (told[link.a], told[link.b]), why, least + NARROW_BITS - link.bits))
    return found


def _strongest(incident: Incident, told: Mapping[str, Account]) -> list[Link]:
    """Return the strongest link for each two reports: what joins them, whatever else their accounts have in common."""
    best: dict[frozenset[str], Link] = {}
    for link in sorted(incident.links, key=lambda k: -k.bits):
        if link.a in told and link.b in told:
            best.setdefault(frozenset({told[link.a].document, told[link.b].document}), link)
    return list(best.values())


def unsure_events(claims: Claims, accounts: Sequence[Account]) -> list[Entry]:
    """Return the events of one report of which the reader is not sure."""
    by_event = {a.event: a for a in accounts if not a.is_aside}
    return [
        Entry(
            f"event-{by_event[e.id].id}",
            Kind.EVENT,
            f"the reader gives this {e.type.value.replace('_', ' ')} {e.score:.0%}",
            by_event[e.id].id,
            (by_event[e.id].id,),
            (claims.document.id,),
            ((e.mentions[0].trigger.start, e.mentions[0].trigger.end),),
            1 - e.score,
        )
        for e in claims.events
        if e.score < UNSURE_SCORE and e.id in by_event
    ]


def order_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries in the order of work: disputes by how much is disputed, then pairs, then unsure events."""
    rank = {Kind.DISPUTE: 0, Kind.PAIR: 1, Kind.EVENT: 2}
    unique = {e.id: e for e in entries}
    return tuple(sorted(unique.values(), key=lambda e: (rank[e.kind], -e.weight, e.id)))


class Progress:
    """What of a queue is done, given all decisions and judgements; asked entry by entry."""

    def __init__(self, decisions: Sequence[Decision], judgements: Iterable[Judgement], reports: dict[str, str]) -> None:
        self._decided = {
            (d.document, d.span.start, d.span.end)
            for d in standing_decisions(list(decisions))
            if d.target is Target.EVENT and d.field is None and d.action in (Action.ACCEPT, Action.REJECT)
        }
        held = standing(judgements)
        self._judged = {pair for pair, judgement in held.items() if judgement.verdict is not Verdict.UNSURE}
        self._keys = reports

    def is_done(self, entry: Entry) -> bool:
        """Return whether every account of an entry was accepted or rejected, or its pair judged."""
        if entry.kind is Kind.PAIR and frozenset(entry.accounts) in self._judged:
            return True
        if entry.kind is Kind.PAIR:
            return False
        return all(
            (self._keys.get(document, ""), start, end) in self._decided
            for document, (start, end) in zip(entry.documents, entry.triggers, strict=True)
        )


def _dispute(incident: Incident, fields: Sequence[str]) -> Entry:
    sides = {
        (side.document, span)
        for r in incident.relations
        if r.standing is Standing.CONFLICT or r.kind.value
        for side in (r.a, r.b)
        for span in (side.spans or ())
    }
    speaking = [a for a in incident.accounts if any(d == a.document for d, _ in sides)] or list(incident.accounts)
    told = speaking[:MOST_ACCOUNTS]
    why = f"{len({d for d, _ in sides})} reports, in dispute: {', '.join(fields)}"
    return Entry(
        f"dispute-{incident.id}",
        Kind.DISPUTE,
        why,
        incident.id,
        tuple(a.id for a in told),
        tuple(a.document for a in told),
        tuple(_trigger(a) for a in told),
        float(len(fields)) + incident.corroboration.reports / 100,
    )


def _pair(incident: Incident, pair: tuple[Account, Account], why: str, weight: float) -> Entry:
    return Entry(
        f"pair-{pair[0].id}-{pair[1].id}",
        Kind.PAIR,
        why,
        incident.id,
        tuple(a.id for a in pair),
        tuple(a.document for a in pair),
        tuple(_trigger(a) for a in pair),
        weight,
    )


def _trigger(account: Account) -> tuple[int, int]:
    trigger = account.trigger or account.spans[0]
    return trigger.start, trigger.end
