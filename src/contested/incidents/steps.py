"""Numbers that only lead to another of their report: those who died besides, and what a toll has risen by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contested.claims import Index
from contested.incidents.toll import Mark, Toll
from contested.incidents.wholes import add_besides
from contested.resources.rules import load_rules
from contested.types import Role

_BESIDE = 12  # characters before or behind a number that say how it came about
_BESIDE_WORDS = 24  # characters behind a number that say what became of those counted


def with_besides(tolls: Sequence[Toll], index: Index) -> list[Toll]:
    """Return tolls with those that come on top of the one told right before added to it; both are then parts."""
    found: list[Toll] = []
    for toll in tolls:
        last = next((t for t in reversed(found) if t.role is toll.role and not t.part), None)
        is_next = last is not None and toll.role is Role.KILLED and index.sentences_apart(last.span, toll.span) <= 1
        if last is None or not is_next or toll.mark or toll.part or last.speaker.key != toll.speaker.key:
            found.append(toll)
            continue
        total = add_besides(last.amount, toll.amount, index.text[toll.span.end :][:_BESIDE_WORDS])
        if total is None:
            found.append(toll)
            continue
        found[found.index(last)] = replace(last, part=True)
        found += [replace(toll, part=True), replace(toll, amount=total)]
    return found


def without_steps(tolls: Sequence[Toll], index: Index) -> tuple[Toll, ...]:
    """Return tolls with those that only led to a larger one as its parts: "two more died, bringing the toll to six".

    So with those who died besides ("four more die"), where a larger number is told.
    """
    found = []
    for toll in tolls:
        most = toll.amount.high or toll.amount.low or 0
        beside = [t.amount.low or 0 for t in tolls if t.role is toll.role and t.words == toll.words and not t.running]
        is_step = max(beside, default=0) > most and toll.is_newer and not toll.is_outdated
        is_step = is_step or (_is_added(toll, index.text) and any(_exceeds(t, toll) for t in tolls))
        before = index.text[max(0, toll.span.start - _BESIDE) : toll.span.start]
        is_old = toll.mark is not Mark.NONE or _matches("from", before)
        found.append(replace(toll, part=True) if is_step and not is_old else toll)
    return tuple(_with_a_whole(found))


def _with_a_whole(tolls: Sequence[Toll]) -> list[Toll]:
    """Return tolls with the largest of several parts as a number by itself, where there is nothing it is a part of."""
    wholes: list[Toll] = []
    for role in {t.role for t in tolls}:
        of_role = [t for t in tolls if t.role is role and not t.mark]
        if len(of_role) > 1 and all(t.part for t in of_role):
            wholes.append(max(of_role, key=lambda t: t.amount.low or t.amount.high or 0))
    return [replace(t, part=False) if t in wholes else t for t in tolls]


def goes_on(words: str) -> bool:
    """Return whether words behind a number, within what was read as one, lead to another: 18 of "18 to 22 dead"."""
    return _matches("to-another", words)


def _is_added(toll: Toll, text: str) -> bool:
    """Whether its own words say that it comes on top of others: "four more die"."""
    return _matches("on-top", text[toll.span.start : toll.span.end + _BESIDE])


def _exceeds(other: Toll, toll: Toll) -> bool:
    return other.role is toll.role and not other.running and (other.amount.low or 0) > (toll.amount.low or 0)


def _matches(name: str, words: str) -> bool:
    rules = load_rules("contested.incidents", "steps.toml")
    return any(rule.name == name and rule.pattern.search(words) for rule in rules)
