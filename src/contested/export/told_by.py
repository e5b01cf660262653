"""Who says an incident happened, who speaks against it, and in which outlets: one sentence for a notes column."""

from __future__ import annotations

from collections.abc import Iterable

from contested.claims import ASSERTING
from contested.export.outlets import name_of
from contested.export.view import Case
from contested.incidents.form import contested_fields
from contested.types import Stance

_AGAINST = {Stance.DENIES: "denied", Stance.DOUBTS: "doubted", Stance.DISOWNS: "disowned"}


def outlets(case: Case) -> tuple[str, ...]:
    """Return the outlets of the reports, each once; a report without one is named by its id."""
    return _once(name_of(t.told.document) for t in case.tellings)


def quoted(case: Case) -> tuple[str, ...]:
    """Return who is quoted as saying so, each once; outlets that speak for themselves are not among them."""
    return _once(
        s.speaker.name
        for a in case.incident.accounts
        for s in a.sayings
        if s.stance in ASSERTING and not s.speaker.is_outlet
    )


def say_who(case: Case) -> str:
    """Return a note on who says so and who speaks against it. It never says that something happened."""
    speakers = quoted(case)
    parts = [f"Claimed, not established: reported by {_list(outlets(case))}"]
    if speakers:
        parts[0] += f", quoting {_list(speakers)}"
    for stance, word in _AGAINST.items():
        against = _once(s.speaker.name for a in case.incident.accounts for s in a.sayings if s.stance is stance)
        if against:
            parts.append(f"{word} by {_list(against)}")
    disputed = contested_fields(case.incident)
    if disputed:
        parts.append(f"in dispute: {', '.join(disputed)}")
    return "; ".join(parts) + "."


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(" ".join(name.split()) for name in names)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
