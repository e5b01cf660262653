"""Says which rule or model gave each value of a report: what `read --explain` prints below it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from contested.claims import Index, is_negated, stance_rule
from contested.cli.values import STANCE_WORDS, event_label, tidy, write_bounds, write_when
from contested.events import gaps
from contested.types import Claims, Status


def render_explanation(claims: Claims) -> RenderableType:
    """Return, value by value, where it comes from: the model with its score, or the rule with its reason."""
    index = Index(claims)
    parts: list[RenderableType] = [
        Padding(Text("How each value was found", style="bold underline"), (1, 0, 0, 0), expand=False)
    ]
    parts.append(
        Padding(
            Text(f"found by {claims.model} (a score is the model's own probability, 0 to 1)"),
            (0, 0, 0, 1),
            expand=False,
        )
    )
    for title, lines in (
        ("report", _frame_lines(claims)),
        ("events", _event_lines(claims, index)),
        ("claims", _claim_lines(claims, index)),
        ("numbers", _count_lines(claims, index)),
        ("times", _time_lines(claims, index)),
        ("places", _place_lines(claims, index)),
        ("actors", _actor_lines(claims, index)),
        ("disputes", _dispute_lines(claims)),
    ):
        rows = list(lines)
        if rows:
            parts.append(Padding(Text(title, style="bold"), (0, 0, 0, 1), expand=False))
            parts += [Padding(row, (0, 0, 0, 3), expand=False) for row in rows]
    return Group(*parts, Text())


def _line(subject: str, value: str, rule: str, reason: str = "") -> Text:
    line = Text(tidy(subject), style="cyan")
    line.append(f" → {tidy(value)}", style="default")
    line.append(f"  [{tidy(rule)}]", style="magenta")
    if reason:
        line.append(f" {tidy(reason)}", style="dim")
    return line


def _frame_lines(claims: Claims) -> Iterator[Text]:
    document = claims.document
    if document.published:
        yield _line("published", document.published.day.isoformat(), f"from: {document.published.origin.value}")
    for stretch in document.furniture:
        words = stretch.span.of(document.text)
        yield _line(f"“{words[:60]}{'…' if len(words) > 60 else ''}”", f"left out: {stretch.kind.value}", stretch.rule)


def _event_lines(claims: Claims, index: Index) -> Iterator[Text]:
    for event in claims.events:
        mentions = ", ".join(f"“{index.words(m.trigger)}”" for m in event.mentions)
        by_rule = any(is_negated(claims.document, m.trigger) for m in event.mentions)
        status = "; status by rule: negated by its words" if by_rule and event.status is Status.NEGATED else ""
        found_by = f"model, score {event.score:.2f}{status}"
        yield _line(f"{event.id} {mentions}", f"{event_label(event)}, {event.status.value}", found_by)
        for argument in event.arguments():
            part = " (part of a larger number)" if argument.part else ""
            yield _line(
                f"   {argument.role.value} “{index.words(argument.span)}”",
                f"{argument.role.value} of {event.id}{part}",
                f"model, score {argument.score:.2f}",
            )
        if event.when is not None:
            yield _line("   time", write_when(event.when), f"rule: {event.when_rule}")
        missing = gaps(event, actors=claims.actors, places=claims.places)
        for gap in missing.unsaid:
            yield _line(f"   {gap.unsaid.value}", "not said", "gap", gap.reason)
        for filled in missing.filled:
            yield _line(f"   {filled.field}", filled.value, f"filled in by rule: {filled.rule}", filled.reason)


def _claim_lines(claims: Claims, index: Index) -> Iterator[Text]:
    for claim in claims.claims:
        source = index.words(claim.source) if claim.source else "not named"
        rule = stance_rule(claim, claims.document)
        yield _line(
            f"{claim.id} “{index.words(claim.cue)}”",
            f"{source} {STANCE_WORDS[claim.stance]} {', '.join(claim.events)}",
            f"model, score {claim.score:.2f}{f'; stance by rule: {rule}' if rule else ''}",
        )


def _count_lines(claims: Claims, index: Index) -> Iterator[Text]:
    seen = set()
    for event in claims.events:
        for argument in event.arguments():
            if argument.amount is None or (argument.span, argument.role) in seen:
                continue
            seen.add((argument.span, argument.role))
            bounds = write_bounds(argument.amount) or "no number"
            yield _line(
                f"{argument.role.value} “{index.words(argument.span)}”",
                bounds,
                argument.amount.rule,
                argument.amount.reason,
            )


def _time_lines(claims: Claims, index: Index) -> Iterator[Text]:
    for mention in claims.times:
        yield _line(f"“{index.words(mention.span)}”", write_when(mention.when), mention.when.rule, mention.when.reason)


def _place_lines(claims: Claims, index: Index) -> Iterator[Text]:
    for place in claims.places:
        link = place.link
        if link.lat is None or link.lon is None:
            value = f"NIL{f', {link.country}' if link.country else ''}"
        else:
            radius = f" ± {link.radius_km:g} km" if link.radius_km is not None else ""
            value = f"{link.name} {link.country or ''} {link.lat:.3f}, {link.lon:.3f}{radius}"
        yield _line(f"“{index.words(place.spans[0])}”", value, link.rule, link.reason)


def _actor_lines(claims: Claims, index: Index) -> Iterator[Text]:
    for actor in claims.actors:
        words = list(dict.fromkeys(f"“{index.words(s)}”" for s in actor.spans))
        link = actor.link
        entry = f", {link.entry}" if link.entry else ""
        value = f"{link.name}, {link.kind.value}, {link.country or 'no country'}{entry}"
        yield _line(f"{actor.id} {', '.join(words)}", value, link.rule, link.reason)


def _dispute_lines(claims: Claims) -> Iterator[Text]:
    for dispute in claims.disputes:
        yield _line(dispute.id, dispute.kind.value, f"rule: {dispute.rule}", dispute.why)
