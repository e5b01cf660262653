"""Who stands on which side of an incident, as most origins have it; who else is named is set apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contested import actors
from contested.events import ontology
from contested.export.view import Case
from contested.incidents import Account
from contested.incidents.agreement.statements import is_told
from contested.incidents.populations import is_part, population
from contested.incidents.sides import one_side
from contested.incidents.toll import Toll
from contested.types import ActorKind, ActorLink, EventType, Role, Span

ARMED = frozenset(
    {ActorKind.MILITARY, ActorKind.POLICE, ActorKind.REBEL, ActorKind.MILITIA, ActorKind.CRIMINAL, ActorKind.GUNMEN}
)
STATE = frozenset({ActorKind.MILITARY, ActorKind.POLICE, ActorKind.GOVERNMENT})
UNARMED = frozenset({ActorKind.CIVILIANS, ActorKind.NGO, ActorKind.MEDIA, ActorKind.PARTY, ActorKind.OTHER})
_GAINS = frozenset({EventType.TAKE_CONTROL, EventType.ADVANCE})
_ARMED_PEOPLE = ("soldiers", "police", "fighters")


@dataclass(frozen=True, slots=True)
class Sides:
    """The doers and targets of an incident.

    `doers`: the one that most origins name, then those named together with it; `blamed`: doers that only others name.
    `opponents`: parties of a fight that stand beside the doer, or left the field to it, none on its side for certain;
    `counted`: the armed whose dead or wounded are counted, by the name of their side ("20 Ukrainian soldiers").
    """

    doers: tuple[ActorLink, ...]
    targets: tuple[ActorLink, ...]
    opponents: tuple[ActorLink, ...]
    blamed: tuple[ActorLink, ...]
    peoples: frozenset[str]
    counted: tuple[ActorLink, ...] = ()

    @property
    def armed_targets(self) -> tuple[ActorLink, ...]:
        """Return the targets that bear arms; where none is named, those among the harmed."""
        return tuple(t for t in self.targets if t.kind in ARMED) or self.counted

    @property
    def hits_armed(self) -> bool:
        """Whether armed people are said to be the target or among the harmed."""
        return bool(self.armed_targets) or any(is_part(p, armed) for p in self.peoples for armed in _ARMED_PEOPLE)

    @property
    def hits_only_armed(self) -> bool:
        """Whether no others are said to be the target or among the harmed: "25 people, eight fighters among them"."""
        return self.hits_armed and all(any(is_part(p, armed) for armed in _ARMED_PEOPLE) for p in self.peoples)

    @property
    def targets_unarmed(self) -> bool:
        """Whether people who bear no arms are said to be the target."""
        return any(t.kind in UNARMED for t in self.targets)

    @property
    def hits_civilians(self) -> bool:
        """Whether civilians are said to be the target or among the harmed."""
        return self.targets_unarmed or any(is_part(p, "civilians") for p in self.peoples)


def told_as_fact(case: Case) -> tuple[Account, ...]:
    """Return the accounts by which the incident happened: told as actual, and asserted by somebody."""
    return tuple(a for a in case.incident.accounts if is_told(a))


def sides_of(case: Case) -> Sides:
    """Return who did it to whom, as most origins have it; of several with as many origins, the first told.

    Targets are those of the accounts in which that doer acts, and the doers of those in which it is the target.
    """
    accounts = told_as_fact(case)
    doers, blamed = _leading([(a, a.doers) for a in accounts], case)
    top = key(doers[0]) if doers else ""
    facing = [(a, a.targets) for a in accounts if top in map(key, a.doers)]
    facing += [(a, a.doers) for a in accounts if top in map(key, a.targets)]
    targets, others = _leading(
        facing if any(links for _, links in facing) else [(a, a.targets) for a in accounts], case
    )
    ours = {key(d) for d in doers}
    targets = tuple(t for t in (*targets, *others) if key(t) not in ours)
    mutual = any(ontology()[a.type].mutual for a in accounts)
    tolls = [t for a in accounts for r in (Role.KILLED, Role.WOUNDED) for t in a.totals(r)]
    faced = _opponents(doers) if mutual else ()
    return Sides(
        doers=doers,
        targets=targets,
        opponents=() if any(t.kind in ARMED for t in targets) else faced or _rivals(accounts, doers),
        blamed=tuple(b for b in blamed if key(b) not in {key(t) for t in targets}),
        peoples=frozenset({population(t.amount.of_whom) for t in tolls} - {""}),
        counted=_counted(tolls, doers),
    )


def _rivals(accounts: Sequence[Account], doers: Sequence[ActorLink]) -> tuple[ActorLink, ...]:
    """Return the armed who give ground that the doers gain, or gain what the doers give up."""
    ours = {a.type for a in accounts if any(key(d) in map(key, doers) for d in a.doers)}
    yields = {EventType.WITHDRAW, EventType.REPEL}
    facing = yields if ours & _GAINS else _GAINS if ours & yields else set()
    found = {key(d): d for a in accounts if a.type in facing for d in a.doers if d.kind in ARMED}
    return tuple(d for d in found.values() if doers and not any(one_side(d, o) for o in doers))


def _counted(tolls: Sequence[Toll], doers: Sequence[ActorLink]) -> tuple[ActorLink, ...]:
    """Return the armed sides whose people are counted and who are none of the doers."""
    found: dict[str, ActorLink] = {}
    for of_whom in dict.fromkeys(t.amount.of_whom for t in tolls if any(c.isupper() for c in t.amount.of_whom)):
        (link,) = actors.resolve_all(of_whom, [((Span(0, len(of_whom)),), None)], published=None)
        if link.kind in ARMED and (link.entry or link.country) and not any(one_side(link, d) for d in doers):
            found.setdefault(key(link), link)
    return tuple(found.values())


def _opponents(doers: Sequence[ActorLink]) -> tuple[ActorLink, ...]:
    """Return those of a fight's parties who face the first: a state's men face others; of two parties, the second."""
    armed = [d for d in doers if d.kind in ARMED or d.kind in STATE]
    across = tuple(d for d in armed[1:] if (d.kind in STATE) != (armed[0].kind in STATE))
    is_pair = len(armed) == 2
    return across or (tuple(armed[1:]) if is_pair else ())


def key(link: ActorLink) -> str:
    """Return what tells an actor from others."""
    return link.entry or f"{link.name.casefold()}:{link.kind.value}"


def _leading(
    named: Sequence[tuple[Account, tuple[ActorLink, ...]]], case: Case
) -> tuple[tuple[ActorLink, ...], tuple[ActorLink, ...]]:
    """Return the actor that most origins name with those beside it, and the actors that only other accounts name."""
    links: dict[str, ActorLink] = {}
    together: list[list[str]] = []
    votes: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for account, ours in named:
        keys = [key(link) for link in ours]
        links |= {k: link for k, link in zip(keys, ours, strict=True) if k not in links}
        together.append(keys)
        origin = case.incident.origins.get(account.document, account.document)
        votes.update(k for k in dict.fromkeys(keys) if (origin, k) not in seen)
        seen |= {(origin, k) for k in keys}
    if not votes:
        return (), ()
    order = list(links)
    # a name of the register before a description: "Ahrar al-Sham" says more than "rebels"
    top = min(votes, key=lambda k: (links[k].entry is None, -votes[k], order.index(k)))
    beside = [k for keys in together if top in keys for k in keys]
    kept = list(dict.fromkeys([top, *beside]))
    return tuple(links[k] for k in kept), tuple(links[k] for k in order if k not in kept)
