"""How the reports of one incident stand to each other: one number or two, a conflict, an update, other people."""

from contested.incidents.agreement.fields import relate
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Side, Standing

__all__ = ["ConflictKind", "FieldRelation", "Side", "Standing", "relate"]
