"""Whether the words before a trigger say that the event did not happen (`negation.toml`)."""

from __future__ import annotations

from functools import lru_cache

from contested.resources import load_rules
from contested.types import Document, Span


def is_negated(document: Document, trigger: Span) -> bool:
    """Return whether an event's own clause negates it: “had not entered”, “no corridor was opened”."""
    sentence = document.sentence_at(trigger)
    if sentence is None or sentence.start == trigger.start:
        return False
    return _reaches_up_to(document.text[sentence.start : trigger.start])


@lru_cache(maxsize=256)  # asked of one trigger again for each claim on it
def _reaches_up_to(before: str) -> bool:
    """Return whether a negation in the words before a trigger covers it."""
    rules = load_rules("contested.claims", "negation.toml")
    if not any(r.pattern.search(before) for r in rules if "scope" not in r.fields):
        return False
    return not any(r.pattern.search(before) for r in rules if r.fields.get("scope") == "lifts")
