"""Every field of an incident on which reports can agree or contradict each other, one relation for each two reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from contested.incidents.account import Account
from contested.incidents.agreement.circumstances import relate_circumstances
from contested.incidents.agreement.contradictions import find_denied_parts, find_disowned, find_existence, find_outcomes
from contested.incidents.agreement.corrections import SAID_TO_HAVE_RISEN
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Standing, leading
from contested.incidents.agreement.tolls import relate_tolls
from contested.types import Role

_COUNTS = tuple(role for role in Role if role.is_count and role not in (Role.FORCE, Role.MUNITIONS))
# Bits of a link from which two reports surely tell of one incident; below it a difference more likely means that
# they do not. Over all parts of gold but `blind`, 0 instead of 0.5 is right five times more often, and wrong twice.
FIRM_BITS = 0.0
TOTALS_FIRM_BITS = 0.0  # of two totals, which are linked over years by number and country alone


def relate(
    accounts: Sequence[Account], links: Mapping[frozenset[str], float] | None = None
) -> tuple[FieldRelation, ...]:
    """Return how the reports of one incident stand to each other, field by field.

    Args:
        accounts: those of one incident.
        links: the bits of the links between two accounts, by their ids; all are firmly linked if None.
    """
    found: list[FieldRelation] = []
    for role in _COUNTS:
        found += relate_tolls(accounts, role, links)
    found += _led(find_existence(accounts))
    found += _led(find_denied_parts(accounts))
    found += _led(find_outcomes(accounts))
    found += _led(find_disowned(accounts))
    found += relate_circumstances(accounts)
    if links is None:
        return tuple(found)
    least = TOTALS_FIRM_BITS if all(a.is_total for a in accounts) else FIRM_BITS
    firm = _firm(links, {a.id: a.document for a in accounts}, least)
    return tuple(_weighed(relation, firm) for relation in found)


def _firm(links: Mapping[frozenset[str], float], report: Mapping[str, str], least: float) -> dict[str, str]:
    """Return a name for each group of reports that links of so many bits hold together."""
    group: dict[str, str] = {}
    reports = {frozenset(report[a] for a in pair) for pair, bits in links.items() if bits >= least}
    for pair in sorted(reports, key=sorted):
        names = {group.get(d, d) for d in pair} | pair
        first = min(names)
        group |= dict.fromkeys(pair, first)
        group |= {d: first for d, name in group.items() if name in names}
    return group


def _weighed(relation: FieldRelation, firm: Mapping[str, str]) -> FieldRelation:
    """Return a difference between reports that are linked by little as not known: it may be of two incidents."""
    a, b = relation.a.document, relation.b.document
    if relation.standing not in (Standing.CONFLICT, Standing.UPDATE) or a == b or relation.rule == SAID_TO_HAVE_RISEN:
        return relation
    if firm.get(a, a) == firm.get(b, b):
        return relation
    why = f"{relation.why} The reports are linked by little, and may tell of two incidents."
    return replace(relation, standing=Standing.UNKNOWN, kind=ConflictKind.NONE, why=why)


def _led(relations: Iterable[FieldRelation]) -> list[FieldRelation]:
    """Keep one relation for each field and two reports."""
    groups: dict[tuple[str, str, str], list[FieldRelation]] = {}
    for relation in relations:
        one, two = sorted((relation.a.document, relation.b.document))
        groups.setdefault((relation.field, one, two), []).append(relation)
    return [r for group in groups.values() if (r := leading(group)) is not None]
