"""Gold annotations as the model's targets: spans in pieces, labels, and a label for each pair of spans."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from contested.reader import schema
from contested.reader.pairs import ARGUMENT, COVER, SAME_ACTOR, SAME_EVENT, SOURCE, Pairs, Spans
from contested.reader.pieces import Pieces, cut, windows_of
from contested.types import ActorKind, EventType, PlaceLevel, Role, Span, Stance, Status

# How many texts have words hidden while training, and how many of their words: after ten epochs and more the reader
# knows 97 of 100 event mentions of train by type, and 77 of dev.
HIDDEN_TEXTS = 0.5
HIDDEN_WORDS = 0.1
MASK = 103  # "[MASK]" in the vocabulary

IGNORED = -100
NONE, IS_SOURCE, IS_VIA = 0, 1, 2
LABELS = ("event_type", "status", "kind", "level", "stance", "part", "factual")


class Convention(IntEnum):
    """Whose annotation a text bears. Ours mark more arguments and numbers than the corpus's (annotated/README.md)."""

    CORPUS = 0
    OURS = 1  # of others' texts
    WRITTEN = 2  # ours, of texts written for training


@dataclass(slots=True)
class Gold:
    """The gold spans of a document, by index, and what holds between them."""

    spans: list[tuple[int, int, int]] = field(default_factory=list)  # layer, start, last
    labels: dict[str, dict[int, int]] = field(default_factory=lambda: {name: {} for name in LABELS})
    argument: dict[tuple[int, int], int] = field(default_factory=dict)
    source: dict[tuple[int, int], int] = field(default_factory=dict)
    cover: dict[tuple[int, int], int] = field(default_factory=dict)
    event: dict[int, int] = field(default_factory=dict)
    actor: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Example:
    """One document ready to train on. `layers` says which span layers its annotation covers, `convention` whose."""

    id: str
    text: str
    pieces: Pieces
    gold: Gold
    layers: tuple[int, ...] = tuple(range(len(schema.LAYERS)))
    convention: int = Convention.CORPUS


def locate(pieces: Pieces, start: int, end: int) -> tuple[int, int] | None:
    """Return the first and last piece of the characters from `start` to `end`, or None where nothing was read."""
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    last = int(np.searchsorted(pieces.starts, end, side="left")) - 1
    return (first, last) if first <= last and first < len(pieces) else None


def key(sentence: str) -> str:
    """Return what two printings of one sentence have in common."""
    return "".join(c for c in sentence.lower() if c.isalnum())[:60]


def held(corpus: Path) -> set[str]:
    """Return the keys of all sentences of the corpus, of which nothing else to train on may hold one."""
    parts = ("train", "dev", "showcase")
    return {key(d["text"][s:e]) for part in parts for d in load(corpus / f"{part}.jsonl") for s, e in d["sentences"]}


class _Builder:
    """Maps character spans of one document to piece spans, each once."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.gold = Gold()
        self.index: dict[tuple[int, int, int], int] = {}

    def span(self, layer: int, span: list[int]) -> int | None:
        """Return the index of the gold span, or None when it lies outside the read pieces."""
        p = self.pieces
        located = locate(p, *span)
        if located is None:
            return None
        start, last = located
        last = min(last, int(np.searchsorted(p.sentence, p.sentence[start], side="right")) - 1)
        key = (layer, start, last)
        if key not in self.index:
            self.index[key] = len(self.gold.spans)
            self.gold.spans.append(key)
        return self.index[key]


def _events(doc: dict[str, Any], b: _Builder) -> dict[str, list[int]]:
    triggers: dict[str, list[int]] = {}
    for number, event in enumerate(doc["events"]):
        triggers[event["id"]] = []
        for mention in event["mentions"]:
            t = b.span(schema.TRIGGER, mention["trigger"])
            if t is None:
                continue
            triggers[event["id"]].append(t)
            b.gold.event[t] = number
            b.gold.labels["event_type"][t] = schema.TYPES.index(EventType(event["type"]))
            b.gold.labels["status"][t] = schema.STATUSES.index(Status(event["status"]))
            for argument in mention["args"]:
                role = Role(argument["role"])
                m = b.span(schema.ROLE_LAYER[role], argument["span"])
                if m is None:
                    continue
                b.gold.argument[t, m] = schema.ROLE_INDEX[role]
                if role.is_count:
                    b.gold.labels["part"][m] = int(argument["part"])
    return triggers


def _claims(doc: dict[str, Any], b: _Builder, triggers: dict[str, list[int]]) -> None:
    sentence = b.pieces.sentence
    for claim in doc["claims"]:
        c = b.span(schema.CUE, claim["cue"])
        if c is None:
            continue
        b.gold.labels["stance"][c] = schema.STANCES.index(Stance(claim["stance"]))
        for key, label in (("source", IS_SOURCE), ("via", IS_VIA)):
            if claim[key]:
                s = b.span(schema.PARTICIPANT, claim[key])
                if s is not None:
                    b.gold.source[c, s] = label
        home = sentence[b.gold.spans[c][1]]
        for event in claim["of"]:
            gaps = {t: abs(int(sentence[b.gold.spans[t][1]] - home)) for t in triggers.get(event, ())}
            for t, gap in gaps.items():
                nearest = gap == min(gaps.values())
                b.gold.cover[c, t] = 1 if nearest or b.gold.cover.get((c, t)) == 1 else IGNORED


def _entities(doc: dict[str, Any], b: _Builder) -> None:
    kinds: dict[tuple[int, int], tuple[int, int]] = {}
    for number, actor in enumerate(doc["actors"]):
        for span in actor["spans"]:
            kinds[tuple(span)] = (number, schema.KINDS.index(ActorKind(actor["kind"])))
    for (start, end), (number, kind) in kinds.items():
        key = b.span(schema.PARTICIPANT, [start, end]) if _is_participant(b, start, end) else None
        if key is not None:
            b.gold.actor[key] = number
            b.gold.labels["kind"][key] = kind
    for place in doc["places"]:
        for span in place["spans"]:
            p = b.span(schema.PLACE, span)
            if p is not None:
                b.gold.labels["level"][p] = schema.LEVELS.index(PlaceLevel(place["level"]))
    for i, (layer, _, _) in enumerate(b.gold.spans):
        if layer == schema.PARTICIPANT and i not in b.gold.labels["kind"]:
            b.gold.labels["kind"][i] = schema.THING


def _is_participant(b: _Builder, start: int, end: int) -> bool:
    """Return whether the actor span already stands as by, on, source or via (a counted group does not)."""
    probe = _Builder(b.pieces)
    probe.span(schema.PARTICIPANT, [start, end])
    return bool(probe.gold.spans) and probe.gold.spans[0] in b.index


def worn(text: str, rng: random.Random) -> str:
    """Return the text as a bad archive might hold it, one time in six: no commas, all small, or all capitals.

    Every character stays in its place, so the annotation still fits.
    """
    draw = rng.random()
    if draw < 0.07:
        return text.replace(",", " ")
    changed = text.lower() if draw < 0.13 else text.upper() if draw < 0.16 else text
    return changed if len(changed) == len(text) else text


def masked(e: Example, rng: random.Random, texts: float = HIDDEN_TEXTS, share: float = HIDDEN_WORDS) -> Example:
    """Return the example, or for a share of `texts` with a share of its words hidden against learning by heart."""
    if rng.random() < texts:
        first = np.flatnonzero(~e.pieces.joined)
        hidden = np.array([rng.random() < share for _ in first], dtype=bool)
        words = np.repeat(hidden, np.diff(np.append(first, len(e.pieces))))
        ids = np.where(words, MASK, e.pieces.ids)
        return replace(e, pieces=replace(e.pieces, ids=ids))
    return e


def windowed(e: Example, window: int, headed: bool = True) -> Example:
    """Return the example read in windows of another length, with the head before each of them or without."""
    lengths = np.bincount(e.pieces.sentence).tolist()
    head = e.pieces.head if headed else 0
    return replace(e, pieces=replace(e.pieces, windows=windows_of(lengths, window), head=head))


def example(doc: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """Return a corpus document as an example."""
    pieces = cut(tokenizer, doc["text"], [Span(*s) for s in doc["sentences"]])
    b = _Builder(pieces)
    triggers = _events(doc, b)
    _claims(doc, b, triggers)
    _entities(doc, b)
    return Example(doc["id"], doc["text"], pieces, b.gold, convention=doc.get("convention", Convention.CORPUS))


def load(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a JSON lines file."""
    with path.open(encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def tags(example: Example) -> np.ndarray:
    """Return [T, layers] gold tags; IGNORED in layers that the annotation does not cover."""
    out = np.full((len(example.pieces), len(schema.LAYERS)), IGNORED, dtype=np.int64)
    for layer in example.layers:
        out[:, layer] = schema.OUTSIDE
    for layer, start, last in sorted(example.gold.spans, key=lambda s: s[1] - s[2], reverse=True):
        if (out[start : last + 1, layer] == schema.OUTSIDE).all():  # of two overlapping spans the shorter is kept
            out[start, layer] = schema.BEGIN
            out[start + 1 : last + 1, layer] = schema.INSIDE
    return out


def span_table(gold: Gold, found: list[tuple[int, int, int]]) -> tuple[Spans, np.ndarray]:
    """Return gold and found spans as one table, and [N] the gold index each stands for (-1: none).

    A found span that overlaps a gold one of its layer stands for it, so the model learns to judge what it finds.
    """
    rows: dict[tuple[int, int, int], int] = {}
    for i, span in enumerate(gold.spans):
        rows[span] = i
    for layer, start, last in found:
        if (layer, start, last) in rows:
            continue
        best, size = -1, 0
        for i, (other, a, z) in enumerate(gold.spans):
            shared = min(z, last) - max(a, start) + 1
            if other == layer and shared > size:
                best, size = i, shared
        rows[layer, start, last] = best
    order = sorted(rows, key=lambda r: (r[1], r[2], r[0]))
    table = np.array(order, dtype=np.int64).reshape(-1, 3)
    return Spans(table[:, 0], table[:, 1], table[:, 2]), np.array([rows[r] for r in order], dtype=np.int64)


def pair_labels(e: Example, stands_for: np.ndarray, pairs: tuple[Pairs, ...]) -> list[np.ndarray]:
    """Return for each relation [P] the label of each pair."""
    gold = e.gold
    known = (gold.argument, gold.source, gold.cover)
    out: list[np.ndarray] = []
    for relation, p in enumerate(pairs):
        firsts = stands_for[p.first].tolist()
        seconds = stands_for[p.second].tolist()
        both = list(zip(firsts, seconds, strict=True))
        if relation in (ARGUMENT, SOURCE, COVER):
            out.append(np.array([known[relation].get(pair, NONE) for pair in both], dtype=np.int64))
            continue
        assert relation in (SAME_EVENT, SAME_ACTOR)
        if not e.layers:  # of a second task, whose annotation says nothing of who or what is the same
            out.append(np.full(len(both), IGNORED, dtype=np.int64))
            continue
        groups = gold.event if relation == SAME_EVENT else gold.actor
        labels = [IGNORED if a == b and a >= 0 else int(a in groups and groups[a] == groups.get(b)) for a, b in both]
        out.append(np.array(labels, dtype=np.int64))
    return out
