"""One report as a page for the terminal: disputes first, then each source's claims, then the outlet's own voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from contested.claims import Index, as_told
from contested.claims.rows import evidence_of, quote_span
from contested.cli.disputed import render_disputes, split_disputes
from contested.cli.quotes import render_quote
from contested.cli.values import (
    STANCE_SIGNS,
    STANCE_STYLES,
    STANCE_WORDS,
    STATUS_WORDS,
    event_label,
    names_of,
    places_of,
    tidy,
    time_of,
    tolls_of,
    write_link,
)
from contested.types import Claim, Claims, Event, Role, Span


def render_report(claims: Claims) -> RenderableType:
    """Return one report's claims as a page. Everything on it is said or reported by somebody; nothing is a fact."""
    index = Index(claims)
    disputed, unconfirmed = split_disputes(claims)
    return Group(
        *_head(claims),
        *_section(f"In dispute ({len(disputed)})", render_disputes(disputed, claims, index)),
        *_section(f"Said and not confirmed ({len(unconfirmed)})", render_disputes(unconfirmed, claims, index)),
        *_section("Who says what", _sources(claims, index)),
        *_section(_own_voice_title(claims), _own_voice(claims, index)),
        Text(),
    )


def indent(part: RenderableType, columns: int) -> RenderableType:
    """Return a part moved to the right, without padding its lines to the full width."""
    return Padding(part, (0, 0, 0, columns), expand=False)


def _section(title: str, parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """Yield a title and its parts, or nothing when there are none."""
    for number, part in enumerate(parts):
        if number == 0:
            yield Text()
            yield Text(title, style="bold underline")
        yield part


def _head(claims: Claims) -> Iterator[RenderableType]:
    document = claims.document
    title = tidy(document.headline_text or document.url or document.where or document.id)
    yield Rule(Text(title, style="bold", overflow="ellipsis", no_wrap=True), align="left")
    published = document.published
    frame = [tidy(document.publisher)] if document.publisher else []
    frame.append(
        f"published {published.day.isoformat()} ({published.origin.value})"
        if published
        else "publication day not known"
    )
    frame += [f"id {tidy(document.id)}", f"{len(document.sentences)} sentences read"]
    if document.furniture:
        stretches = "1 stretch" if len(document.furniture) == 1 else f"{len(document.furniture)} stretches"
        frame.append(f"{stretches} of page furniture left out")
    yield Text(" · ".join(frame), style="dim")
    for warning in document.warnings:
        yield Text(f"warning: {tidy(warning)}", style="yellow")
    if not claims.events:
        yield Text("\nNo event of armed conflict is spoken of in this report.")


def _sources(claims: Claims, index: Index) -> Iterator[RenderableType]:
    for said in _by_speaker(claims.claims, index):
        yield indent(_speaker(said[0], index), 1)
        quoted: list[tuple[Span, ...]] = []
        for number, claim in enumerate(said):
            for event in (index.events[e] for e in claim.events):
                yield indent(_claim_line(claim, event, index), 3)
            quoted.append(evidence_of(claim))
            here = quote_span(quoted[0], claims)
            if number + 1 < len(said) and quote_span(evidence_of(said[number + 1]), claims) == here:
                continue  # the next claim rests on the same sentence: quote it once, below both
            evidence = tuple(sorted({span for spans in quoted for span in spans}))
            yield indent(render_quote(evidence, claims, index), 6)
            quoted = []


def _by_speaker(said: Iterable[Claim], index: Index) -> list[list[Claim]]:
    """Return the claims by speaker, in the order in which the speakers first speak; unnamed ones together, last."""
    grouped: dict[tuple[bool, str], list[Claim]] = {}
    for claim in said:
        voice = index.voice(claim)
        key = (claim.source is None, voice.speaker or index.speaker_name(claim).casefold())
        grouped.setdefault(key, []).append(claim)
    return [grouped[key] for key in sorted(grouped, key=lambda key: key[0])]


def _speaker(claim: Claim, index: Index) -> Text:
    actor = index.actor_at(claim.source)
    name = tidy(index.name(claim.source)) if claim.source else index.speaker_name(claim)
    line = Text(name[:1].upper() + name[1:], style="bold cyan")
    if actor is not None:
        line.append(f"  {tidy(write_link(name, actor.link))}", style="dim")
    return line


def _claim_line(claim: Claim, event: Event, index: Index) -> Text:
    line = Text()
    line.append(f"{STANCE_SIGNS[claim.stance]} {STANCE_WORDS[claim.stance]}", style=STANCE_STYLES[claim.stance])
    triggers = [m.trigger for m in event.mentions if m.trigger in claim.triggers]
    line.append(" ").append_text(
        _event_line(as_told(event, index.voice(claim), index), index, triggers[0] if triggers else None)
    )
    if claim.via is not None:
        line.append(" · via ", style="dim").append(tidy(index.words(claim.via)))
    return line.append(f"  {claim.id} {event.id}", style="dim")


def _event_line(event: Event, index: Index, trigger: Span | None = None) -> Text:
    """Return an event on one line: type, quoted word, who, whom, where, when, toll, and its status."""
    line = Text()
    line.append(event_label(event), style="bold")
    line.append(f" “{tidy(index.words(trigger or event.mentions[0].trigger))}”")
    for word, value in (
        ("by", names_of(event, Role.BY, index)),
        ("on", names_of(event, Role.ON, index)),
        ("at", places_of(event, index)),
        ("when", time_of(event)),
        ("with", names_of(event, Role.WEAPON, index)),
        ("toll", tolls_of(event, index)),
    ):
        if value:
            line.append(f" · {word} ", style="dim").append(tidy(value))
    if STATUS_WORDS[event.status]:
        line.append(f" · {STATUS_WORDS[event.status]}", style="italic")
    return line


def _own_voice_title(claims: Claims) -> str:
    return f"Reported by {tidy(claims.document.publisher or 'the outlet')} in its own voice, naming no source"


def _own_voice(claims: Claims, index: Index) -> Iterator[RenderableType]:
    for event in claims.author_events():
        trigger = event.mentions[0].trigger
        line = Text("· ").append_text(_event_line(event, index)).append(f"  {event.id}", style="dim")
        line.append(f"  sentence {index.sentence_number(trigger)}, {trigger.start}–{trigger.end}", style="dim")
        yield indent(line, 1)
