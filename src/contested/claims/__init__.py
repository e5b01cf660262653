"""One report: what the reader found, resolved and assembled into claims, with the disputes among its sources."""

from contested.claims.assembly import assemble
from contested.claims.decided import Decided, apply_decisions, check_addition, check_value
from contested.claims.form import to_form
from contested.claims.from_form import from_form
from contested.claims.index import ASSERTING, AUTHOR, Index, Voice
from contested.claims.wording import STANCE_PARTICIPLES, describe_event, describe_voice, participle

__all__ = [
    "ASSERTING",
    "AUTHOR",
    "STANCE_PARTICIPLES",
    "Decided",
    "Index",
    "Voice",
    "apply_decisions",
    "assemble",
    "check_addition",
    "check_value",
    "describe_event",
    "describe_voice",
    "from_form",
    "participle",
    "to_form",
]
