"""What the register knows of an outlet, by the name that a report gives it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from contested.actors.register import Entry, register
from contested.actors.words import level
from contested.types import ActorKind, Document

_INTERNATIONAL, _NATIONAL, _OTHER = "International", "National", "Other"
_REACH = (_OTHER, _NATIONAL, _INTERNATIONAL)  # the order in which ACLED's pairs are written: National-International


def find_outlet(name: str | None) -> Entry | None:
    """Return the outlet of the register that bears a name."""
    return _outlets().get(level(name)) if name else None


def name_of(document: Document) -> str:
    """Return the outlet of a report, or the report's id where no outlet is known."""
    return document.publisher or document.id


def source_scale(publishers: Iterable[str | None], iso3: str) -> str:
    """Return ACLED's scale of the sources: an outlet of the event's country is national, one of another international.

    Known failures: what is regional, subnational or a local partner the register does not say; an outlet that it does
    not know is `Other`.
    """
    found = {_scale(find_outlet(name), iso3) for name in publishers}
    known = [reach for reach in _REACH if reach in found]
    return "-".join(known[:2]) if known else _OTHER


def _scale(outlet: Entry | None, iso3: str) -> str:
    if outlet is None:
        return _OTHER
    return _NATIONAL if iso3 in outlet.countries else _INTERNATIONAL


@cache
def _outlets() -> dict[str, Entry]:
    outlets = [entry for entry in register().values() if entry.kind is ActorKind.MEDIA]
    return {level(name): entry for entry in outlets for name in (entry.name, *entry.aliases)}
