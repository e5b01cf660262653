"""annotations.jsonld: a W3C Web Annotation for each value and each claim, on the very words it rests on.

Every target has a position (code points of the report's text as it was read) and a quotation with what stands around
it. A value's annotation describes; a claim's assesses, and links to the events that it is about.

Source: Web Annotation Data Model, W3C Recommendation, 23 February 2017.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from contested.claims.writing import STATUS_WORDS, write_bounds, write_when
from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.view import ExportView, Told
from contested.types import Argument, Claim, Event, Role, Span

FILE = "annotations.jsonld"
SCHEMA = "webannotation.schema.json"
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters before and after: enough to find the words again, and no sentence of the report
_SAFE = ":/?#[]@!$&'()*+,;=%~"  # what RFC 3986 lets stand in an address; the rest is written as %XX


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the collection and return how many annotations it holds; they are written one after the other."""
    number = 0
    head = {
        "@context": _CONTEXT,
        "id": f"urn:contested:annotations:{view.fingerprint()}",
        "type": "AnnotationCollection",
        "label": "What reports say, by whom, on the words it rests on. Nothing here is stated as fact.",
    }
    with out.text(FILE) as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1])
        file.write(f', "first": {{"id": "{head["id"]}:page:1", "type": "AnnotationPage", "startIndex": 0, "items": [')
        for told in view.reports():
            for annotation in annotations_of(told, options):
                file.write(("," if number else "") + "\n" + json.dumps(annotation, ensure_ascii=False))
                number += 1
        file.write(f'\n]}}, "total": {number}}}\n')
    if out.takes_more:
        with out.text(SCHEMA) as file:
            file.write(_schema_text())
    return number


def annotations_of(told: Told, options: Options) -> Iterator[dict[str, Any]]:
    """Yield the annotations of a report: each event's words, arguments and time, then each claim on it."""
    for event in told.events:
        yield from _event(event, told, options)
    asked = {event.id for event in told.events}
    for claim in told.claims.claims:
        if asked & set(claim.events):
            yield _claim(claim, told, options)


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a collection of annotations. Rows are annotations."""
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        yield Problem(0, "", str(error), "the file is JSON in UTF-8")
        return
    page = collection.get("first") if isinstance(collection, dict) else None
    items = page.get("items", []) if isinstance(page, dict) else []
    for found in _validator().iter_errors(_without(collection, items)):
        yield Problem(0, found.json_path.removeprefix("$."), json.dumps(found.instance)[:60], found.message)
    seen: set[str] = set()
    for number, annotation in enumerate(items if isinstance(items, list) else [], start=1):
        yield from _check_annotation(number, annotation, seen)
    if isinstance(items, list) and isinstance(collection, dict) and collection.get("total") != len(items):
        yield Problem(0, "total", str(collection.get("total")), f"the collection holds {len(items)} annotations")


def _event(event: Event, told: Told, options: Options) -> Iterator[dict[str, Any]]:
    key = told.event_keys[event.id]
    about = f"urn:contested:event:{key}"
    incident = told.incidents.get(event.id)
    links = [_link(about), *([_link(f"urn:contested:incident:{incident}")] if incident else [])]
    triggers = tuple(mention.trigger for mention in event.mentions)
    said = STATUS_WORDS[event.status] or "said to have happened"
    tags = [_text(tag, "tagging") for tag in (event.type.value, event.status.value)]
    body = [_text(f"{event.type.value}: {said}", "describing"), *tags, *links]
    yield _annotation(f"{key}:event", "describing", body, triggers, told, options)
    if event.when is not None and event.when_span is not None:
        said = f"time: {write_when(event.when)} ({event.when_rule})"
        yield _annotation(
            f"{key}:when", "describing", [_text(said, "describing"), _link(about)], (event.when_span,), told, options
        )
    seen: set[tuple[Role, Span]] = set()
    for argument in event.arguments():
        if (argument.role, argument.span) not in seen and argument.role is not Role.TIME:
            seen.add((argument.role, argument.span))
            name = f"{key}:{argument.role.value}:{argument.span.start}-{argument.span.end}"
            body = [_text(_value(argument, told), "describing"), _text(argument.role.value, "tagging"), _link(about)]
            yield _annotation(name, "describing", body, (argument.span,), told, options)


def _value(argument: Argument, told: Told) -> str:
    """Return what an argument was resolved to: a number, a name, a place; its words where to nothing."""
    actor, place = told.index.actor_at(argument.span), told.index.place_at(argument.span)
    if argument.amount is not None:
        meaning = write_bounds(argument.amount) or argument.amount.vague or "number not known"
    elif actor is not None:
        meaning = actor.link.name
    elif place is not None:
        meaning = ", ".join(part for part in (place.link.relation, place.link.name, place.link.country) if part)
    else:
        meaning = told.index.words(argument.span)
    return f"{argument.role.value}: {meaning or told.index.words(argument.span)}"


def _claim(claim: Claim, told: Told, options: Options) -> dict[str, Any]:
    spans = (claim.cue, *(s for s in (claim.source, claim.via) if s is not None))
    events = [f"urn:contested:event:{told.event_keys[e]}" for e in claim.events if e in told.event_keys]
    said = f"{told.index.speaker_name(claim)}: {claim.stance.value}"
    body = [_text(said, "describing"), _text(claim.stance.value, "tagging"), *map(_link, events)]
    return _annotation(f"{told.claim_keys[claim.id]}", "assessing", body, spans, told, options)


def _annotation(
    name: str, motivation: str, body: list[dict[str, Any]], spans: tuple[Span, ...], told: Told, options: Options
) -> dict[str, Any]:
    return {
        "id": f"urn:contested:annotation:{name}",
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": [_target(span, told, options) for span in spans],
        "generator": {"id": "urn:contested:software", "type": "Software", "name": f"contested {options.code}".strip()},
    }


def _text(words: str, purpose: str) -> dict[str, Any]:
    text = {"type": "TextualBody", "value": words, "purpose": purpose, "format": "text/plain"}
    return text if purpose == "tagging" else {**text, "language": "en"}


def _link(iri: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": iri, "purpose": "linking"}


def _target(span: Span, told: Told, options: Options) -> dict[str, Any]:
    document, text = told.document, told.document.text
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    if span.end - span.start <= options.longest_quote:
        around = min(_AROUND, (options.longest_quote - (span.end - span.start)) // 2)
        prefix, suffix = text[max(0, span.start - around) : span.start], text[span.end : span.end + around]
        quoted = {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": prefix, "suffix": suffix}
        selectors.append({key: value for key, value in quoted.items() if value})
    target: dict[str, Any] = {"type": "SpecificResource", "source": _source(told), "selector": selectors}
    if document.published is not None:
        target["state"] = {"type": "TimeState", "sourceDate": f"{document.published.day.isoformat()}T00:00:00Z"}
    return target


def _source(told: Told) -> str:
    url = told.document.url or ""
    if url.startswith(("http://", "https://")):
        return quote(url, safe=_SAFE).replace("[", "%5B").replace("]", "%5D")
    return f"urn:contested:document:{told.document_key}"


@cache
def _schema_text() -> str:
    return files("contested.export").joinpath(SCHEMA).read_text(encoding="utf-8")


@cache
def _validator(part: str = "") -> Any:
    from jsonschema import Draft202012Validator  # loaded only to validate: it costs a tenth of a second

    schema = json.loads(_schema_text())
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]} if part else schema)


def _without(collection: Any, items: Any) -> Any:
    """Return a collection without its annotations, which are checked one by one so that each has its number."""
    if not isinstance(items, list) or not items:
        return collection
    return {**collection, "first": {**collection["first"], "items": []}}


def _check_annotation(number: int, annotation: Mapping[str, Any], seen: set[str]) -> Iterator[Problem]:
    broken = list(_validator("annotation").iter_errors(annotation))
    for found in broken:
        yield Problem(number, found.json_path.removeprefix("$."), json.dumps(found.instance)[:60], found.message)
    if broken:
        return
    if annotation["id"] in seen:
        yield Problem(number, "id", annotation["id"], "an id stands once")
    seen.add(annotation["id"])
    for target in annotation["target"]:
        position = next((s for s in target["selector"] if s["type"] == "TextPositionSelector"), None)
        quoted = next((s for s in target["selector"] if s["type"] == "TextQuoteSelector"), None)
        if position is not None and position["start"] >= position["end"]:
            yield Problem(number, "end", str(position["end"]), f"not after start, {position['start']}")
        elif (
            position is not None and quoted is not None and len(quoted["exact"]) != position["end"] - position["start"]
        ):
            yield Problem(number, "exact", quoted["exact"][:60], "as long as the position says, in code points")
