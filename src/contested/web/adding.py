"""What a reviewer adds to a report: words of it, picked out on the page or written into a form, as decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from contested.claims import Index
from contested.claims.writing import STANCE_SIGNS, STANCE_WORDS
from contested.errors import InputError
from contested.types import Action, Claims, Correctable, Decision, EventType, Role, Span, Stance, Target
from contested.web.reviewing import MOST_REASON, read_span

MOST_WORDS = 400  # characters of one addition: a trigger is a word, an argument a phrase
_MOST_PLACES = 8  # places in the text that a message names
_COVERS = "covers-"  # a field of the form for each event that a saying may be about


@dataclass(frozen=True, slots=True)
class Additions:
    """What can be chosen for an addition, as values and words.

    For an event its type, and the report's sayings by the place of their cue; for a saying its stance, and the report's
    events by the place of their trigger.
    """

    types: tuple[tuple[str, str], ...]
    sayings: tuple[tuple[str, str], ...]
    stances: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]


def view_additions(claims: Claims) -> Additions:
    """Return what can be chosen for additions to a report."""
    index = Index(claims)
    said = {
        f"{c.cue.start}-{c.cue.end}": f"{STANCE_SIGNS[c.stance]} {index.name(c.source) if c.source else 'not named'},"
        f" “{index.words(c.cue)}”"
        for c in claims.claims
    }
    told = sorted((e.mentions[0].trigger, e.type.value.replace("_", " ")) for e in claims.events)
    return Additions(
        types=tuple(sorted((t.value, t.value.replace("_", " ")) for t in EventType)),
        sayings=tuple(said.items()),
        # the word first: a key jumps to it
        stances=tuple((s.value, f"{STANCE_WORDS[s]} {STANCE_SIGNS[s]}") for s in Stance),
        events=tuple((f"{t.start}-{t.end}", f"{kind}, “{index.words(t)}”") for t, kind in told),
    )


_ROLE_WORDS = {
    Role.BY: "who did it",
    Role.ON: "to whom, to what",
    Role.PLACE: "where",
    Role.TIME: "when",
    Role.WEAPON: "with what",
    Role.FORCE: "how many troops",
    Role.MUNITIONS: "how many munitions",
    Role.CASUALTIES: "how many casualties",
}
ROLES = tuple((role.value, _ROLE_WORDS.get(role, f"how many {role.value}")) for role in Role)


def read_additions(form: Mapping[str, str], text: str, reviewer: str) -> list[Decision]:
    """Return the decisions that a form says on a report with this text.

    They add an event and who says so, or an argument, or a saying.

    Raises:
        InputError: when it says none, or its words are not in the text, or there more than once and not said where.
    """
    document, reason = form.get("document", ""), form.get("reason", "")[:MOST_REASON]
    span = find_words(text, form.get("words", ""), form.get("near", ""))
    if "stance" in form:
        return [_read_saying(form, text, span, reviewer)]
    try:
        if form.get("role"):
            role, trigger = Role(form["role"]), read_span(form.get("trigger", ""))
            return [
                Decision(
                    document, Target.ARGUMENT, span, Action.ADD, reviewer, role=role, trigger=trigger, reason=reason
                )
            ]
        kind = EventType(form.get("type", ""))
        cue = read_span(form["said"]) if form.get("said") else None
    except ValueError as error:
        raise InputError(f"expected an event's type or a role, got a form that says neither ({error})") from error
    event = Decision(document, Target.EVENT, span, Action.ADD, reviewer, Correctable.TYPE, kind.value, reason=reason)
    if cue is None:
        return [event]
    return [event, Decision(document, Target.CLAIM, cue, Action.ADD, reviewer, trigger=span)]


def _read_saying(form: Mapping[str, str], text: str, cue: Span, reviewer: str) -> Decision:
    source = form.get("source", "")
    try:
        stance = Stance(form["stance"])
        covers = {read_span(value) for name, value in form.items() if name.startswith(_COVERS)}
    except ValueError as error:
        raise InputError(
            f"expected a stance and the events it is about, got a form that says neither ({error})"
        ) from error
    return Decision(
        form.get("document", ""),
        Target.CLAIM,
        cue,
        Action.ADD,
        reviewer,
        Correctable.STANCE,
        stance.value,
        trigger=find_words(text, source, form.get("source_near", "")) if source.strip() else None,
        reason=form.get("reason", "")[:MOST_REASON],
        covers=tuple(sorted(covers)),
    )


def find_words(text: str, words: str, near: str = "") -> Span:
    """Return where words stand in a text, however their spaces and line breaks are written.

    Args:
        text: the report's.
        words: copied out of it.
        near: about at which character they begin, if they stand there more than once: the nearest is meant.

    Raises:
        InputError: when they are not there, or in several places and `near` is no number.

    >>> find_words("a raid, then a second raid", "raid", "20")
    Span(start=22, end=26)
    """
    said = words[:MOST_WORDS].split()
    if not said:
        raise InputError("expected words of the report, got none")
    found = [Span(*m.span()) for m in re.finditer(r"\s+".join(map(re.escape, said)), text)]
    if not found:
        raise InputError(f"expected words as they stand in the report, got “{' '.join(said)}”, which it does not hold")
    near = near.strip()[:12]
    if near.isascii() and near.isdigit():
        return min(found, key=lambda s: abs(s.start - int(near)))
    if len(found) == 1:
        return found[0]
    places = ", ".join(str(s.start) for s in found[:_MOST_PLACES]) + (" …" if len(found) > _MOST_PLACES else "")
    raise InputError(
        f"“{' '.join(said)}” stands in the report {len(found)} times, at the characters {places}: say which one, "
        "or select the words on the page"
    )
