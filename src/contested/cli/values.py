"""How values are written for people: stances, events, tolls, times, places."""

from __future__ import annotations

from contested.claims import Index
from contested.claims.writing import STANCE_SIGNS, STANCE_WORDS, STATUS_WORDS, tidy, write_bounds, write_when
from contested.types import ActorLink, Argument, Event, Role, Stance

__all__ = [
    "STANCE_SIGNS",
    "STANCE_STYLES",
    "STANCE_WORDS",
    "STATUS_WORDS",
    "event_label",
    "names_of",
    "places_of",
    "tidy",
    "time_of",
    "tolls_of",
    "write_amount",
    "write_bounds",
    "write_link",
    "write_when",
]

STANCE_STYLES = {  # beside sign and word, never instead of them
    Stance.ASSERTS: "green",
    Stance.CONFIRMS: "bold green",
    Stance.DENIES: "bold red",
    Stance.DOUBTS: "bold yellow",
    Stance.ADMITS: "bold magenta",
    Stance.DISOWNS: "bold red",
}
_MOST_SPANS = 3  # names in a row before a reader loses them; the rest is counted


def event_label(event: Event) -> str:
    """Return an event's type in words: `take control`."""
    return event.type.value.replace("_", " ")


def names_of(event: Event, role: Role, index: Index) -> str:
    """Return those in one role, each once, the first few of them: `the army, allied militias (+2)`."""
    words = [tidy(name) for name in index.names(event, role)]
    more = f" (+{len(words) - _MOST_SPANS})" if len(words) > _MOST_SPANS else ""
    return ", ".join(words[:_MOST_SPANS]) + more


def places_of(event: Event, index: Index) -> str:
    """Return where an event is said to have happened, with the country found, or NIL for a place not found."""
    written = []
    for argument in event.arguments(Role.PLACE):
        place = index.place_at(argument.span)
        found = (place.link.country or "?") if place and place.link.lat is not None else "NIL"
        written.append(f"{tidy(index.words(argument.span))} [{found}]")
    written = list(dict.fromkeys(written))
    more = f" (+{len(written) - _MOST_SPANS})" if len(written) > _MOST_SPANS else ""
    return ", ".join(written[:_MOST_SPANS]) + more


def time_of(event: Event) -> str:
    """Return an event's days, and the rule when it is not the report's own word; "" when no time is given."""
    if event.when is None:
        return ""
    by_rule = "" if event.when_rule.startswith("own") else f" (by rule: {event.when_rule})"
    return write_when(event.when) + by_rule


def tolls_of(event: Event, index: Index) -> str:
    """Return the counts of an event: `killed ≥15 (“at least 15 people”), of them 2 (“two children”)`."""
    counted = dict.fromkeys(
        f"{'of them ' if a.part else ''}{a.role.value} {write_amount(a, index)}"
        for a in event.arguments()
        if a.role.is_count
    )
    return ", ".join(counted)


def write_amount(argument: Argument, index: Index) -> str:
    """Return a number with its words: `≥15 (“at least 15 people”)`; vague words alone."""
    words = f"“{tidy(index.words(argument.span))}”"
    bounds = write_bounds(argument.amount) if argument.amount else ""
    return f"{bounds} ({words})" if bounds else words


def write_link(words: str, link: ActorLink) -> str:
    """Return who an actor is: `Syrian Arab Army · military · SYR`, without what only repeats the report's words."""
    name = [] if link.name.casefold() == words.casefold() or not link.name else [link.name]
    return " · ".join([*name, link.kind.value, *([link.country] if link.country else [])])
