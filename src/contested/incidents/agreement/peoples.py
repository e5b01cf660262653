"""Numbers of different people: parts of one another, those who did it, or others altogether."""

from __future__ import annotations

from contested.incidents.agreement.corrections import relation_of
from contested.incidents.agreement.figures import Figure, boasts
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Standing
from contested.incidents.populations import is_armed, is_part, serves_state


def of_other_people(a: Figure, b: Figure) -> FieldRelation | None:
    """Return how two numbers of different people stand; None where more of a part are counted than of the whole."""
    if a.counts_things:
        return relation_of(a, b, Standing.UNKNOWN, f"One counts {a.people}, the other {b.people}.", rule="other-things")
    inner, outer = (a, b) if is_part(a.people, b.people) else (b, a)
    if not is_part(inner.people, outer.people):
        return _definitional(a, b, f"One counts {a.people}, the other {b.people}.", "other-people")
    fits = (inner.amount.low or 0) <= (outer.amount.high if outer.amount.high is not None else float("inf"))
    are_apart = a.document == b.document and is_armed(inner.people) and not boasts(inner, outer)
    if are_apart and not (fits and are_struck(inner)):
        why = f"{inner.people} and {outer.people}: those who carried it out are not counted among its dead."
        return _definitional(a, b, why.capitalize(), "armed-beside-people")
    if not fits:
        return None
    why = f"{inner.people} are among the {outer.people} that the other number counts."
    return _definitional(a, b, why.capitalize(), "part-of-the-people")


def are_struck(figure: Figure) -> bool:
    """Return whether the armed whom a number counts are those struck: men of a state do not count as fighters."""
    return figure.by_state is not None and figure.by_state is not serves_state(figure.people)


def is_among(inner: Figure, outer: Figure) -> bool:
    """Return whether a number of the armed is a part of another of its event: 8 fighters of the 25 people."""
    if inner.account != outer.account or inner.is_running != outer.is_running or inner.size >= outer.size:
        return False
    if not is_armed(inner.people) or not are_struck(inner) or boasts(inner, outer):
        return False
    return is_part(inner.people, outer.people) and not is_part(outer.people, inner.people)


def _definitional(a: Figure, b: Figure, why: str, rule: str) -> FieldRelation:
    return relation_of(a, b, Standing.DEFINITIONAL, why, ConflictKind.POPULATION, rule)
