"""Who stands on which side of an incident, as most origins have it; who else is named is set apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from contested.claims import ASSERTING
from contested.events import ontology
from contested.export.view import Case
from contested.incidents import Account
from contested.incidents.populations import is_part, population
from contested.types import ActorKind, ActorLink, Role, Status

ARMED = frozenset(
    {ActorKind.MILITARY, ActorKind.POLICE, ActorKind.REBEL, ActorKind.MILITIA, ActorKind.CRIMINAL, ActorKind.GUNMEN}
)
STATE = frozenset({ActorKind.MILITARY, ActorKind.POLICE, ActorKind.GOVERNMENT})
UNARMED = frozenset({ActorKind.CIVILIANS, ActorKind.NGO, ActorKind.MEDIA, ActorKind.PARTY, ActorKind.OTHER})
_ARMED_PEOPLE = ("soldiers", "police", "fighters")


class _Part(Enum):
    DOERS = "doers"
    TARGETS = "targets"


@dataclass(frozen=True, slots=True)
class Sides:
    """The doers and targets of an incident.

    `doers`: the one that most origins name, then those named together with it; `blamed`: doers that only others name.
    `opponents`: parties of a fight that stand beside the doer, none on its side for certain.
    """

    doers: tuple[ActorLink, ...]
    targets: tuple[ActorLink, ...]
    opponents: tuple[ActorLink, ...]
    blamed: tuple[ActorLink, ...]
    peoples: frozenset[str]

    @property
    def armed_targets(self) -> tuple[ActorLink, ...]:
        """Return the targets that bear arms."""
        return tuple(t for t in self.targets if t.kind in ARMED)

    @property
    def hits_armed(self) -> bool:
        """Whether armed people are said to be the target or among the harmed."""
        return bool(self.armed_targets) or any(is_part(p, armed) for p in self.peoples for armed in _ARMED_PEOPLE)

    @property
    def hits_civilians(self) -> bool:
        """Whether civilians are said to be the target or among the harmed."""
        return any(t.kind in UNARMED for t in self.targets) or any(is_part(p, "civilians") for p in self.peoples)


def told_as_fact(case: Case) -> tuple[Account, ...]:
    """Return the accounts by which the incident happened: told as actual, and asserted by somebody."""
    return tuple(
        a
        for a in case.incident.accounts
        if a.status is Status.ACTUAL and (not a.sayings or any(s.stance in ASSERTING for s in a.sayings))
    )


def sides_of(case: Case) -> Sides:
    """Return who did it to whom, as most origins have it; of several with as many origins, the first told."""
    accounts = told_as_fact(case)
    doers, blamed = _leading(accounts, _Part.DOERS, case)
    targets, _ = _leading(accounts, _Part.TARGETS, case)
    mutual = any(ontology()[a.type].mutual for a in accounts)
    peoples = {population(t.amount.of_whom) for a in accounts for r in (Role.KILLED, Role.WOUNDED) for t in a.totals(r)}
    doer_keys = {key(d) for d in doers[:1]}
    return Sides(
        doers=doers,
        targets=tuple(t for t in targets if key(t) not in doer_keys),
        opponents=tuple(d for d in doers[1:] if d.kind in ARMED) if mutual else (),
        blamed=blamed,
        peoples=frozenset(peoples - {""}),
    )


def key(link: ActorLink) -> str:
    """Return what tells an actor from others."""
    return link.entry or f"{link.name.casefold()}:{link.kind.value}"


def _leading(
    accounts: Iterable[Account], part: _Part, case: Case
) -> tuple[tuple[ActorLink, ...], tuple[ActorLink, ...]]:
    """Return the actor that most origins name with those beside it, and the actors that only other accounts name."""
    links: dict[str, ActorLink] = {}
    together: list[list[str]] = []
    votes: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for account in accounts:
        named = account.doers if part is _Part.DOERS else account.targets
        keys = [key(link) for link in named]
        links |= {k: link for k, link in zip(keys, named, strict=True) if k not in links}
        together.append(keys)
        origin = case.incident.origins.get(account.document, account.document)
        votes.update(k for k in dict.fromkeys(keys) if (origin, k) not in seen)
        seen |= {(origin, k) for k in keys}
    if not votes:
        return (), ()
    order = list(links)
    top = min(votes, key=lambda k: (links[k].entry is None, -votes[k], order.index(k)))
    beside = [k for keys in together if top in keys for k in keys]
    ours = list(dict.fromkeys([top, *beside]))
    return tuple(links[k] for k in ours), tuple(links[k] for k in order if k not in ours)
