"""Who an actor is: a register of states, groups, organisations and persons, and the rules that link mentions to it."""

from contested.actors.compare import compare
from contested.actors.kinds import kind_hint
from contested.actors.parting import part
from contested.actors.register import Entry, EntryClass, register
from contested.actors.resolve import resolve_all

__all__ = ["Entry", "EntryClass", "compare", "kind_hint", "part", "register", "resolve_all"]
