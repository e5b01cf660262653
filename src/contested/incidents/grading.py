"""A suggested grade in Airwars' terms. A suggestion: a person grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from contested.claims import ASSERTING
from contested.events import ontology
from contested.incidents.account import Account
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Standing
from contested.incidents.agreement.statements import standing_of, without_denied
from contested.incidents.populations import EVERYBODY, UNSAID, is_part, population
from contested.incidents.sides import relate_actors
from contested.types import Role, Stance

_ARMED = ("soldiers", "police", "fighters")


class Grade(StrEnum):
    """Airwars' grades of civilian harm, and what stands for none reported."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"
    NONE = "no civilian harm reported"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A grade and the rule that gave it, in Airwars' own words where they have some.

    Source: the grading of civilian harm on airwars.org.
    """

    grade: Grade
    rule: str


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Who stands behind an incident, counted apart: reports, hands they come from, named claimants, independent voices.

    `voices`: each named claimant once, and each origin that speaks for itself once. A story that only relays a claimant
    adds none.
    """

    reports: int
    origins: int
    claimants: tuple[str, ...]
    voices: int


def corroborate(accounts: Sequence[Account], origin_of: dict[str, str]) -> Corroboration:
    """Return who stands behind an incident, given the origin of each report."""
    claimants: dict[str, str] = {}
    outlets: set[str] = set()
    for account in accounts:
        for saying in account.sayings:
            if saying.stance not in ASSERTING:
                continue
            if saying.speaker.is_named:
                claimants.setdefault(saying.speaker.key, saying.speaker.name)
            elif saying.speaker.is_outlet and not _relays(account):
                outlets.add(origin_of[account.document])
    origins = {origin_of[a.document] for a in accounts}
    return Corroboration(
        len({a.document for a in accounts}), len(origins), tuple(claimants.values()), len(claimants) + len(outlets)
    )


def _relays(account: Account) -> bool:
    """Whether a report names a claimant for this event: then what it also says in its own voice is taken from there."""
    return any(s.speaker.is_named and s.stance in ASSERTING for s in account.sayings)


def suggest_grade(
    accounts: Sequence[Account], relations: Sequence[FieldRelation], corroboration: Corroboration
) -> Suggestion | None:
    """Return the grade of civilian harm that the claims allow, or None for an event without violence or only denied."""
    if all(standing_of(a) is not a.status for a in accounts):
        return None
    accounts = without_denied(accounts)
    if not any(ontology()[a.type].violent for a in accounts):
        return None
    counted = {population(t.amount.of_whom) for a in accounts for r in (Role.KILLED, Role.WOUNDED) for t in a.totals(r)}
    if not counted:
        return Suggestion(Grade.NONE, "no number of killed or wounded is given")
    if all(any(is_part(people, armed) for armed in _ARMED) for people in counted):
        return Suggestion(Grade.DISCOUNTED, "those killed were combatants: every number counts armed people")
    if _is_admitted(accounts):
        return Suggestion(Grade.CONFIRMED, "a specific belligerent has accepted responsibility")
    if any(r.kind is ConflictKind.PERPETRATOR and r.standing is Standing.CONFLICT for r in relations):
        return Suggestion(Grade.CONTESTED, "competing claims of responsibility")
    unclear = "" if counted - {EVERYBODY, UNSAID} else "; whether civilians are among them is not said"
    if corroboration.voices >= 2 and any(a.doers for a in accounts):
        return Suggestion(Grade.FAIR, f"{corroboration.voices} independent voices, and a doer is named{unclear}")
    if corroboration.voices >= 2:
        return Suggestion(Grade.WEAK, f"{corroboration.voices} independent voices, but nobody names a doer{unclear}")
    return Suggestion(Grade.WEAK, f"a single source's claim{unclear}")


def _is_admitted(accounts: Sequence[Account]) -> bool:
    for account in accounts:
        for saying in account.sayings:
            if saying.stance is Stance.ADMITS and saying.speaker.link is not None:
                accused = [d for a in accounts for d in a.doers]
                if not accused or relate_actors(tuple(accused), (saying.speaker.link,)) in ("same", "compatible"):
                    return True
    return False
