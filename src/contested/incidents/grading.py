"""A suggested grade in Airwars' terms. A suggestion: a person grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contested.claims import ASSERTING
from contested.events import ontology
from contested.incidents.account import Account
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Standing
from contested.incidents.agreement.statements import standing_of, without_denied
from contested.incidents.populations import EVERYBODY, UNSAID, is_part, population
from contested.incidents.sides import relate_actors
from contested.incidents.toll import Speaker
from contested.types import ActorKind, Role, Stance

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


def corroborate(accounts: Sequence[Account], origin_of: Mapping[str, str]) -> Corroboration:
    """Return who stands behind an incident, given the origin of each report.

    An outlet that another one quotes is no further voice beside its own report, nor is a spokesman beside his body.
    """
    publishers = {_called(a.publisher) for a in accounts if a.publisher}
    speakers: dict[str, Speaker] = {}
    outlets: set[str] = set()
    for account in accounts:
        for saying in account.sayings:
            if saying.stance not in ASSERTING:
                continue
            speaker = saying.speaker
            is_itself = speaker.is_named and account.publisher and _called(speaker.name) == _called(account.publisher)
            if speaker.is_named and _called(speaker.name) not in publishers:
                speakers.setdefault(speaker.key, speaker)
            elif (speaker.is_outlet or is_itself) and not _relays(account):
                outlets.add(origin_of[account.document])
    voices = _apart(speakers.values())
    origins = {origin_of[a.document] for a in accounts}
    claimants = tuple(s.name for s in speakers.values())
    return Corroboration(len({a.document for a in accounts}), len(origins), claimants, voices + len(outlets))


def with_relays(accounts: Sequence[Account], origin_of: Mapping[str, str]) -> dict[str, str]:
    """Return the origin of each report, those that only pass on another outlet's word joined with it and each other."""
    joined = dict(origin_of)
    published = {_called(a.publisher): a.document for a in reversed(accounts) if a.publisher}
    first: dict[str, str] = {}
    told: dict[str, list[Account]] = {}
    for account in accounts:
        told.setdefault(account.document, []).append(account)
    for document in told:
        media = _relayed(told[document], published)
        source = published.get(media) or first.setdefault(media, document) if media else document
        if joined[source] != joined[document]:
            ours, theirs = joined[document], joined[source]
            joined = {d: theirs if o == ours else o for d, o in joined.items()}
    return joined


def _relayed(told: Sequence[Account], published: Mapping[str, str]) -> str:
    """Return the other outlet by whose word alone a report tells of an incident, "" where there is none."""
    speakers = [s.speaker for a in told for s in a.sayings if s.stance in ASSERTING and s.speaker.is_named]
    names = {_called(s.name) for s in speakers}
    of_media = all(_called(s.name) in published or (s.link and s.link.kind is ActorKind.MEDIA) for s in speakers)
    is_own = names == {_called(told[0].publisher or "")}
    return names.pop() if len(names) == 1 and of_media and not is_own else ""


def _called(name: str) -> str:
    """Return an outlet's name as others may write it: without its article."""
    return name.casefold().removeprefix("the ").strip()


def _apart(speakers: Iterable[Speaker]) -> int:
    """Return how many voices some speakers are: who speaks for a body is its voice, and all its spokesmen are one."""
    kept: list[Speaker] = []
    for speaker in sorted(speakers, key=lambda s: s.body is not None):
        if not any(_one_voice(speaker, k) for k in kept):
            kept.append(speaker)
    return len(kept)


def _one_voice(a: Speaker, b: Speaker) -> bool:
    ours, theirs = a.body or a.link, b.body or b.link
    if ours is None or theirs is None or (a.body is None and b.body is None):
        return False
    return relate_actors((ours,), (theirs,)) in ("same", "compatible")


def _relays(account: Account) -> bool:
    """Whether a report names a claimant for this event: then what it also says in its own voice is taken from there."""
    own = _called(account.publisher or "")
    return any(s.speaker.is_named and s.stance in ASSERTING and _called(s.speaker.name) != own for s in account.sayings)


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
