"""brat: each report as text (.txt) and standoff annotations (.ann), with the configuration that brat needs.

A mention of an event is an event annotation with its arguments; a saying is one as well, its type the stance, its
trigger the saying word, its arguments who says it, through whom, and the events it is about. The text is as long as the
report; sentences that nothing rests on are blank unless whole texts are asked for.

Source: the description of brat's standoff format and of its configuration (brat.nlplab.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from contested.claims.writing import Cell, write_when
from contested.events import ontology
from contested.export.brat_grammar import check_standoff
from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.quoting import excerpt
from contested.export.tables import write_csv
from contested.export.view import ExportView, Told
from contested.types import Claim, Event, EventMention, Role, Span, Stance

FILE = ""
CONFIGURATION = "annotation.conf"
_DOCUMENTS = "brat_documents.csv"
_DOCUMENT_COLUMNS = ("file", "doc_id", "publisher", "published_at", "url", "text_sha256")
# What would end a line or a field in one program and not in another, one sign for one sign so that offsets hold; half a
# surrogate pair cannot be written at all.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WHOLE = re.compile(r"[^\n]+")
_ENTITIES = ("actor", "place", "thing", "time", "weapon", "count")


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write two files a report, the configuration and the list of reports; return how many annotations there are."""
    number = 0
    for told in _reports(view):
        text = _UNSAFE.sub(" ", told.document.text if options.full_text else excerpt(told))
        lines = _Standoff(told, text).lines()
        with out.text(f"{told.document_key}.txt") as file:
            file.write(text)
        with out.text(f"{told.document_key}.ann") as file:
            file.writelines(f"{line}\n" for line in lines)
        number += len(lines)
    with out.text(CONFIGURATION) as file:
        file.write(configuration())
    with out.text(_DOCUMENTS) as file:
        write_csv(file, _DOCUMENT_COLUMNS, map(_document, _reports(view)))
    return number


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a folder of brat files, or in one .ann file; the .txt must lie beside it."""
    found = sorted(path.rglob("*.ann")) if path.is_dir() else [path]
    if not found:
        yield Problem(0, "", str(path), "a folder with .ann files")
    for file in found:
        yield from check_standoff(file)


def configuration() -> str:
    """Return annotation.conf: which types there are, which arguments each event takes, which attributes."""
    roles = ", ".join(f"{role.value}*:<ENTITY>" for role in Role)
    events = [f"{kind.value}\t{roles}" for kind in ontology()]
    sayings = [f"{stance.value}\twho?:actor|thing, via?:actor|thing, of*:<EVENT>" for stance in Stance]
    parts = {
        "entities": list(_ENTITIES),
        "relations": ["same_event\tArg1:<EVENT>, Arg2:<EVENT>", "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"],
        "events": [*events, *sayings],
        "attributes": [
            "status\tArg:<EVENT>, Value:actual|negated|future|hypothetical",
            "part\tArg:count",
        ],
    }
    return "\n".join(f"[{name}]\n" + "\n".join(lines) + "\n" for name, lines in parts.items())


class _Standoff:
    """The annotations of one report, numbered in the order in which they are met."""

    def __init__(self, told: Told, text: str) -> None:
        self._told = told
        self._text = text
        self._bound: dict[tuple[str, Span], str] = {}
        self._lines: list[str] = []
        self._numbers: dict[str, int] = {}
        self._events: dict[tuple[str, Span], str] = {}

    def lines(self) -> list[str]:
        for event in self._told.events:
            self._write_event(event)
        asked = {event.id for event in self._told.events}
        for claim in self._told.claims.claims:
            if asked & set(claim.events):
                self._write_saying(claim)
        return self._lines

    def _write_event(self, event: Event) -> None:
        first = ""
        for mention in event.mentions:
            trigger = self._bind(event.type.value, mention.trigger)
            number = self._next("E")
            self._events[event.id, mention.trigger] = number
            arguments = self._arguments(mention)
            self._lines.append(f"{number}\t{' '.join([f'{event.type.value}:{trigger}', *arguments])}")
            self._lines.append(f"{self._next('A')}\tstatus {number} {event.status.value}")
            self._note(number, self._about(event))
            if first:
                self._lines.append(f"{self._next('R')}\tsame_event Arg1:{first} Arg2:{trigger}")
            first = first or trigger

    def _arguments(self, mention: EventMention) -> list[str]:
        """Return `by:T2 by2:T3 killed:T4`: brat tells several of one role apart by a number behind it."""
        seen: dict[Role, int] = {}
        written = []
        for argument in mention.arguments:
            bound = self._bind(self._kind(argument.role, argument.span), argument.span)
            if argument.part:
                self._once(f"part {bound}")
            seen[argument.role] = seen.get(argument.role, 0) + 1
            again = seen[argument.role]
            written.append(f"{argument.role.value}{again if again > 1 else ''}:{bound}")
        return written

    def _write_saying(self, claim: Claim) -> None:
        cue = self._bind(claim.stance.value, claim.cue)
        parts = [f"{claim.stance.value}:{cue}"]
        for role, span in (("who", claim.source), ("via", claim.via)):
            if span is not None:
                parts.append(f"{role}:{self._bind(self._kind(Role.BY, span), span)}")
        covered = [
            e for (event, trigger), e in self._events.items() if event in claim.events and trigger in claim.triggers
        ]
        covered = covered or [e for (event, _), e in self._events.items() if event in claim.events][:1]
        parts += [f"of{number if number > 1 else ''}:{e}" for number, e in enumerate(covered, start=1)]
        number = self._next("E")
        self._lines.append(f"{number}\t{' '.join(parts)}")
        self._note(number, f"claim {self._told.claim_keys[claim.id]}")

    def _kind(self, role: Role, span: Span) -> str:
        if role.is_count:
            return "count"
        if role in (Role.TIME, Role.WEAPON):
            return role.value
        if self._told.index.actor_at(span) is not None:
            return "actor"
        return "place" if role is Role.PLACE or self._told.index.place_at(span) is not None else "thing"

    def _bind(self, kind: str, span: Span) -> str:
        """Return the id of a text-bound annotation; it is written when it is first asked for."""
        if (kind, span) not in self._bound:
            number = self._bound[kind, span] = self._next("T")
            pieces = [(span.start + m.start(), span.start + m.end()) for m in _WHOLE.finditer(span.of(self._text))]
            offsets = ";".join(f"{start} {end}" for start, end in pieces)
            words = " ".join(self._text[start:end] for start, end in pieces)
            self._lines.append(f"{number}\t{kind} {offsets}\t{words}")
            self._resolve(kind, span, number)
        return self._bound[kind, span]

    def _resolve(self, kind: str, span: Span, number: str) -> None:
        """Write what an actor or a place was resolved to, as a reference to the register or to GeoNames."""
        actor, place = self._told.index.actor_at(span), self._told.index.place_at(span)
        if kind == "actor" and actor is not None and actor.link.entry:
            self._reference(number, f"contested:{actor.link.entry}", actor.link.name)
        chosen = place.link.chosen if kind == "place" and place is not None and not place.link.relation else None
        if chosen is not None and chosen.id.startswith("gn"):
            self._reference(number, f"GeoNames:{chosen.id.removeprefix('gn')}", chosen.name)

    def _reference(self, number: str, entry: str, name: str) -> None:
        self._lines.append(f"{self._next('N')}\tReference {number} {_flat(entry)}\t{_flat(name)}")

    def _about(self, event: Event) -> str:
        when = write_when(event.when) if event.when is not None else "no time said"
        incident = self._told.incidents.get(event.id)
        return "; ".join(
            [f"event {self._told.event_keys[event.id]}", when, *([f"incident {incident}"] if incident else [])]
        )

    def _note(self, number: str, words: str) -> None:
        self._lines.append(f"{self._next('#')}\tAnnotatorNotes {number}\t{_flat(words)}")

    def _once(self, attribute: str) -> None:
        if not any(line.endswith(f"\t{attribute}") for line in self._lines):
            self._lines.append(f"{self._next('A')}\t{attribute}")

    def _next(self, letter: str) -> str:
        self._numbers[letter] = self._numbers.get(letter, 0) + 1
        return f"{letter}{self._numbers[letter]}"


def _reports(view: ExportView) -> Iterator[Told]:
    return (told for told in view.reports() if told.events)


def _document(told: Told) -> dict[str, Cell]:
    document = told.document
    return {
        "file": f"{told.document_key}.txt",
        "doc_id": document.id,
        "publisher": document.publisher,
        "published_at": document.published.day.isoformat() if document.published else None,
        "url": document.url,
        "text_sha256": told.text_sha256,
    }


def _flat(text: str) -> str:
    return " ".join(_UNSAFE.sub(" ", text).split())
