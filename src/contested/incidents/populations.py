"""Whom a number counts (`populations.toml`), and whether two numbers count the same people."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from contested import actors
from contested.errors import ResourceError
from contested.types import ActorKind, Span

_PACKAGE, _FILE = "contested.incidents", "populations.toml"
_WHERE = f"{_PACKAGE}/{_FILE}"
EVERYBODY = "people"
UNSAID = ""  # a number without a noun ("raised it to 11") may count anybody
_WORD = re.compile(r"[\w-]+")
_MOSTLY = re.compile(r"\bmost(?:ly)?\b")
_CAPITAL = re.compile(r"[A-Z]")
_REMEMBERED = 4096  # phrases; as many as `contested.counts` keeps
# Whom an armed side's name stands for: "Northern Front members" are fighters as much as "militants" are.
_OF_KIND = {
    ActorKind.REBEL: "fighters",
    ActorKind.MILITIA: "fighters",
    ActorKind.CRIMINAL: "fighters",
    ActorKind.MILITARY: "soldiers",
    ActorKind.POLICE: "police",
}


def population(of_whom: str) -> str:
    """Return the people that a count's words name: the first that the table knows; "" when they name none.

    >>> population("civilians, including two children")
    'civilians'
    >>> population("")
    ''
    """
    counted = _MOSTLY.split(of_whom.casefold(), maxsplit=1)[0]  # "32, most of them children" counts everybody
    for word in _WORD.findall(counted):
        if word in _names():
            return _names()[word]
    return UNSAID


@lru_cache(maxsize=_REMEMBERED)
def people_of(of_whom: str) -> str:
    """Return the people that a count's words name, also by the name of an armed side that the register knows.

    >>> people_of("Hezbollah members"), people_of("members of a tribe")
    ('fighters', '')
    """
    named = population(of_whom)
    if named != UNSAID or not _CAPITAL.search(of_whom):
        return named
    (link,) = actors.resolve_all(of_whom, [((Span(0, len(of_whom)),), None)], published=None)
    return _OF_KIND.get(link.kind, UNSAID) if link.entry is not None else UNSAID


def is_part(inner: str, outer: str) -> bool:
    """Return whether everybody of one population is of the other too.

    >>> is_part("children", "people"), is_part("people", "children")
    (True, False)
    """
    while inner:
        if inner == outer:
            return True
        inner = _table()[inner]["within"] if inner in _table() else UNSAID  # things have no table of parts
    return False


def is_armed(people: str) -> bool:
    """Return whether those of a population bear arms."""
    return people in _table() and bool(_table()[people].get("armed"))


def serves_state(people: str) -> bool:
    """Return whether those of a population bear arms for a state.

    >>> serves_state("soldiers"), serves_state("fighters")
    (True, False)
    """
    return people in _table() and bool(_table()[people].get("state"))


def serve_one_state(one: str, two: str) -> bool:
    """Return whether two populations bear arms for a state: what one report calls police another calls soldiers.

    >>> serve_one_state("soldiers", "police"), serve_one_state("soldiers", "fighters")
    (True, False)
    """
    return serves_state(one) and serves_state(two)


def is_loose(inner: str, outer: str) -> bool:
    """Return whether reports that count all of `outer` may speak of `inner`.

    >>> is_loose("civilians", "people"), is_loose("children", "people")
    (True, False)
    """
    return inner in _table() and bool(_table()[inner].get("loose")) and _table()[inner]["within"] == outer


def is_apart(people: str) -> bool:
    """Return whether those of a population are counted apart from the other dead of one event.

    >>> is_apart("fighters"), is_apart("soldiers")
    (True, False)
    """
    return people in _table() and bool(_table()[people].get("apart"))


@cache
def _names() -> dict[str, str]:
    return {word: name for name, row in _table().items() for word in row["words"]}


@cache
def _table() -> dict[str, dict[str, str]]:
    table = tomllib.loads(files(_PACKAGE).joinpath(_FILE).read_text(encoding="utf-8"))
    if table.pop("schema", None) != 1:
        raise ResourceError(f"{_WHERE}: expected schema = 1")
    unknown = {row["within"] for row in table.values()} - {"", *table}
    if unknown or EVERYBODY not in table:
        raise ResourceError(f"{_WHERE}: populations unknown: {sorted(unknown)}; {EVERYBODY!r} must be one")
    return table
