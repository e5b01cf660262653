"""One report: what the reader found, resolved and assembled into claims, with the disputes among its sources."""

from contested.claims.assembly import assemble
from contested.claims.decided import Decided, apply_decisions, check_addition, check_value
from contested.claims.disputes import NOT_CONFIRMED
from contested.claims.form import to_form
from contested.claims.from_form import from_form
from contested.claims.index import ASSERTING, AUTHOR, Index, Voice
from contested.claims.negation import is_negated
from contested.claims.scope import stance_rule
from contested.claims.telling import as_told
from contested.claims.wording import STANCE_PARTICIPLES, describe_event, describe_voice, participle, says_by

__all__ = [
    "ASSERTING",
    "AUTHOR",
    "NOT_CONFIRMED",
    "STANCE_PARTICIPLES",
    "Decided",
    "Index",
    "Voice",
    "apply_decisions",
    "as_told",
    "assemble",
    "check_addition",
    "check_value",
    "describe_event",
    "describe_voice",
    "from_form",
    "is_negated",
    "participle",
    "says_by",
    "stance_rule",
    "to_form",
]
