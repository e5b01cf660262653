"""The dead of a whole war, where a report gives them without any event that it could count them for (`war_tolls.toml`).

"More than 330,000 people have been killed since the conflict began" stands at the end of most reports on a war. It is
no number of the day's event, and the reader gives it none. Each becomes a running total, told beside the nearest event,
or alone ("the death toll from the war has surpassed 2,000") where a report tells of none.
"""

from __future__ import annotations

from contested import counts
from contested.claims import Index
from contested.incidents.speakers import named_in
from contested.incidents.toll import WAR_DEAD, Speaker, Toll
from contested.resources.rules import load_rules
from contested.types import Event, Role, Span

NO_EVENT = ""  # stands for the id of an event where a report tells of none


def find_war_tolls(index: Index) -> list[tuple[str, Toll]]:
    """Return the totals that the reader did not find, each with the event told nearest to it, in text order."""
    taken = [a.span for e in index.claims.events for a in e.arguments() if a.role.is_count]
    found: list[tuple[str, Toll]] = []
    for sentence in index.claims.document.sentences:
        words = sentence.of(index.text)
        lowered = words.casefold()
        for rule in load_rules("contested.incidents", "war_tolls.toml"):
            if not any(word in lowered for word in rule.fields["needs"].split()):
                continue
            for match in rule.pattern.finditer(index.text, sentence.start, sentence.end):
                number = Span(*match.span("number"))
                if any(number.overlaps(span) for span in taken):
                    continue
                toll = _toll(number, match.start(), sentence, index)
                near = nearest_event(number, index)
                if (toll.amount.low or toll.amount.high or 0) >= float(rule.fields.get("least", WAR_DEAD)):
                    taken.append(number)
                    found.append((near.id if near else NO_EVENT, toll))
    return sorted(found, key=lambda f: f[1].span)


def _toll(number: Span, first: int, sentence: Span, index: Index) -> Toll:
    """Return the total; who gives it stands before the words that give it, or after the number: a war says nothing."""
    amount = counts.resolve(index.text, number, sentence=sentence)
    around = [(sentence.start, first), (number.end, sentence.end)]
    parts = [Span(start, end) for start, end in around if start < end]
    link = next((found for part in parts if (found := named_in(part, number, index))), None)
    document = index.claims.document
    by = Speaker(link.name, link) if link else Speaker(document.publisher or document.id, is_outlet=True)
    return Toll(Role.KILLED, amount, number, by, words=index.words(sentence), running=True)


def nearest_event(number: Span, index: Index) -> Event | None:
    """Return the event whose words stand nearest to a number, None where a report tells of none."""
    triggers = [(abs(m.trigger.start - number.start), n) for n, e in enumerate(index.claims.events) for m in e.mentions]
    return index.claims.events[min(triggers)[1]] if triggers else None
