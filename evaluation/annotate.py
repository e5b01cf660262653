"""Builds gold annotations with exact offsets from notes in the block notation of the annotation guidelines.

A person writes spans by quoting (`3"the army"`: sentence 3, those characters); this program finds the offsets and
refuses what cannot be true: a quotation that is not there, an unknown label, a claim about an
event that does not exist, a speaker or doer that is no actor, a place or time left unresolved.

Usage::

    python -m evaluation.annotate examples/gold/*.notes            write the .gold.jsonl beside each file of notes
    python -m evaluation.annotate --check examples/gold/*.notes    only say whether they are up to date

The notes open with `## id | date | publisher`, then the numbered sentences `[1] …` as the report has them, then `#P id`
and the block. The report is `examples/reports/<name>.*`; its text is what `contested.sources` makes of that file.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from contested.errors import InputError
from contested.types import ActorKind, EventType, PlaceLevel, Role, Span, Stance, Status

_SPAN = re.compile(r'(\d+)"([^"]+)"(?:#(\d+))?')
_TIME = re.compile(r"(PRESENT|\?|(\.\.|\d{4}(-\d\d){0,2})(/(\.\.|\d{4}(-\d\d){0,2}))?)")


class NoteError(Exception):
    """The notes say something that the report, or the notes themselves, contradict."""


@dataclass
class Block:
    """One file of notes, taken apart but not yet placed in the report's text."""

    id: str
    date: str
    publisher: str
    sentences: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def parse_notes(notes: str) -> Block:
    """Return the parts of one file of notes.

    Raises:
        NoteError: when a line is none of those that the notation knows.
    """
    block: Block | None = None
    for line in filter(None, map(str.strip, notes.splitlines())):
        if line.startswith("## "):
            name, day, publisher = (part.strip() for part in line[3:].split("|"))
            block = Block(name, day, publisher)
        elif block is None:
            raise NoteError(f"the notes must begin with `## id | date | publisher`, found: {line}")
        elif match := re.fullmatch(r"\[(\d+)\] (.+)", line):
            block.sentences.append(match[2])
            if int(match[1]) != len(block.sentences):
                raise NoteError(f"sentence {len(block.sentences)} is numbered {match[1]}")
        elif re.match(r"(E\d+\+?|C\d+|A|P|T) ", line):
            block.lines.append(line)
        elif not line.startswith("#"):
            raise NoteError(f"expected an E, C, A, P or T line, found: {line}")
    if block is None:
        raise NoteError("the notes are empty")
    return block


def build_gold(notes: str, text: str) -> dict[str, Any]:
    """Return one document of the corpus form, every span placed in `text`.

    Raises:
        NoteError: when a quotation cannot be placed or a label is unknown.
    """
    block = parse_notes(notes)
    gold = _Gold(block, text)
    for line in block.lines:
        try:
            gold.read_line(line)
        except (NoteError, ValueError) as error:
            raise NoteError(f"{block.id}: {error}, in: {line}") from error
    gold.check()
    return {
        "id": block.id,
        "date": block.date,
        "publisher": block.publisher,
        "text": text,
        "sentences": [[s.start, s.end] for s in gold.sentences],
        "events": gold.events,
        "claims": gold.claims,
        "actors": gold.actors,
        "places": gold.places,
        "times": gold.times,
    }


class _Gold:
    """The rows of one report, growing line by line."""

    def __init__(self, block: Block, text: str) -> None:
        self.block, self.text = block, text
        self.sentences = list(_place_sentences(block.sentences, text))
        self.events: list[dict[str, Any]] = []
        self.claims: list[dict[str, Any]] = []
        self.actors: list[dict[str, Any]] = []
        self.places: list[dict[str, Any]] = []
        self.times: list[dict[str, Any]] = []

    def read_line(self, line: str) -> None:
        """Add the rows that one line of the block states."""
        head, rest = line.split(" ", 1)
        parts = [part.strip() for part in rest.split(" | ")]
        if head.startswith("E"):
            self._read_event(head, parts)
        elif head.startswith("C"):
            self._read_claim(head, parts)
        elif head == "A":
            spans, kind, country, name = parts
            self.actors.append(
                {"spans": self._spans(spans), "kind": ActorKind(kind).value, "country": _country(country), "name": name}
            )
        elif head == "P":
            spans, country, level, centre = parts
            lat, lon = (None if c == "?" else float(c) for c in centre.split(","))
            self.places.append(
                {"spans": self._spans(spans), "country": _country(country), "level": PlaceLevel(level).value}
                | {"lat": lat, "lon": lon}
            )
        else:
            span, value = parts
            if not _TIME.fullmatch(value):
                raise NoteError(f"{value!r} is no day, interval, PRESENT or ?")
            self.times.append({"span": self._spans(span)[0], "value": value})

    def _read_event(self, head: str, parts: list[str]) -> None:
        if head.endswith("+"):
            event = next((e for e in self.events if e["id"] == head[:-1]), None)
            if event is None:
                raise NoteError(f"{head} comes before {head[:-1]}")
            trigger = parts[0]
        else:
            kind, status, trigger = parts[0].split(" ", 2)
            event = {"id": head, "type": EventType(kind).value, "status": Status(status).value, "mentions": []}
            self.events.append(event)
        args = [arg for part in parts[1:] for arg in self._read_role(part)]
        event["mentions"].append({"trigger": self._spans(trigger)[0], "args": args})

    def _read_role(self, part: str) -> Iterator[dict[str, Any]]:
        label, spans = part.split(" ", 1)
        role = Role(label.rstrip("*"))
        for span in self._spans(spans):
            yield {"role": role.value, "span": span, "part": label.endswith("*")}

    def _read_claim(self, head: str, parts: list[str]) -> None:
        claim: dict[str, Any] = {"id": head, "stance": Stance(parts[0]).value, "source": None, "via": None}
        for part in parts[1:]:
            key, value = part.split(" ", 1)
            if key == "of":
                claim["of"] = value.split()
            elif value != "-":
                claim[key] = self._spans(value)[0]
        self.claims.append(claim)

    def _spans(self, quoted: str) -> list[list[int]]:
        """Return the offsets of `3"the army"; 4"they"#2`."""
        found = list(_SPAN.finditer(quoted))
        if not found or _SPAN.sub("", quoted).strip("; "):
            raise NoteError(f"not a list of quoted spans: {quoted}")
        return [self._place(int(m[1]), m[2], int(m[3] or 0)) for m in found]

    def _place(self, sentence: int, words: str, occurrence: int) -> list[int]:
        if not 1 <= sentence <= len(self.sentences):
            raise NoteError(f"there is no sentence {sentence}")
        where = self.sentences[sentence - 1]
        starts = list(re.finditer(rf"(?<!\w){_loosely(words)}(?!\w)", where.of(self.text)))
        if not starts or len(starts) < occurrence:
            raise NoteError(f"sentence {sentence} does not hold “{words}” {max(occurrence, 1)} times")
        match = starts[max(occurrence, 1) - 1]  # without a number the first one is meant, as in the guidelines
        return [where.start + match.start(), where.start + match.end()]

    def check(self) -> None:
        """Refuse what no single line can show to be wrong."""
        problems = sorted({*self._loose_claims(), *self._unresolved(), *self._idle()})
        if problems:
            raise NoteError(f"{self.block.id}: " + "; ".join(problems))

    def _loose_claims(self) -> Iterator[str]:
        events = {event["id"] for event in self.events}
        for claim in self.claims:
            yield from (f"{claim['id']} speaks of {e}, which is no event" for e in claim["of"] if e not in events)
            if "cue" not in claim:
                yield f"{claim['id']} has no cue"

    def _unresolved(self) -> Iterator[str]:
        rows = {"A": self._resolved("A"), "P": self._resolved("P"), "T": self._resolved("T")}
        for role, span in self._parts_played():
            row = {"by": "A", "source": "A", "via": "A", "place": "P", "time": "T"}.get(role)
            if row and span not in rows[row]:
                yield f"“{self._quote(span)}” stands as {role} but has no {row} line"

    def _idle(self) -> Iterator[str]:
        playing = {span for _, span in self._parts_played()}
        for row in "APT":
            spans = self._resolved(row)
            yield from (f"“{self._quote(s)}” has a {row} line but plays no part" for s in spans if s not in playing)
            yield from (f"“{self._quote(s)}” stands in two {row} lines" for s in spans if spans.count(s) > 1)

    def _parts_played(self) -> list[tuple[str, tuple[int, ...]]]:
        """Return (role, span) of every argument and every speaker."""
        arguments = [arg for event in self.events for mention in event["mentions"] for arg in mention["args"]]
        speakers = [(key, tuple(c[key])) for c in self.claims for key in ("source", "via") if c[key]]
        return [(arg["role"], tuple(arg["span"])) for arg in arguments] + speakers

    def _resolved(self, row: str) -> list[tuple[int, ...]]:
        """Return the spans of all A, P or T lines."""
        if row == "T":
            return [tuple(time["span"]) for time in self.times]
        return [tuple(s) for entry in (self.actors if row == "A" else self.places) for s in entry["spans"]]

    def _quote(self, span: tuple[int, ...]) -> str:
        return self.text[span[0] : span[1]]


def _place_sentences(sentences: list[str], text: str) -> Iterator[Span]:
    """Find each sentence of the notes in the text, in order; runs of white space count as one blank."""
    position = 0
    for number, sentence in enumerate(sentences, 1):
        match = re.compile(_loosely(sentence)).search(text, position)
        if match is None:
            raise NoteError(f"the report does not hold sentence {number}: {sentence}")
        position = match.end()
        yield Span(match.start(), match.end())


def _loosely(words: str) -> str:
    """Return a pattern for the words with any white space between them."""
    return r"\s+".join(map(re.escape, words.split()))


def _country(code: str) -> str | None:
    return None if code == "-" else code


def report_text(path: Path) -> str:
    """Return the text that offsets count in: what the sources room makes of the file."""
    from contested.sources import find_documents

    (document,) = find_documents(path)
    if isinstance(document, InputError):
        raise document
    return document.text


def gold_line(notes: Path) -> str:
    """Return the line of gold that one file of notes stands for."""
    (report,) = (notes.parent.parent / "reports").glob(f"{notes.stem}.*")
    return json.dumps(build_gold(notes.read_text(encoding="utf-8"), report_text(report)), ensure_ascii=False) + "\n"


@click.command()
@click.argument("notes", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; fail when a gold file is not what its notes say.")
def main(notes: tuple[Path, ...], check: bool) -> None:
    """Write the gold file beside each file of NOTES, or only check that it is up to date."""
    stale = 0
    for path in notes:
        target = path.with_suffix(".gold.jsonl")
        try:
            line = gold_line(path)
        except NoteError as error:
            sys.exit(f"{path}: {error}")
        if check and (not target.exists() or target.read_text(encoding="utf-8") != line):
            click.echo(f"{target} is not what {path.name} says; run: python -m evaluation.annotate {path}")
            stale += 1
        elif not check:
            target.write_text(line, encoding="utf-8")
            click.echo(f"{target}")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
