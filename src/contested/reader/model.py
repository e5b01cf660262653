"""Runs the three graphs of the reader with ONNX Runtime, numpy between them.

Shapes: B windows, L pieces a window, T pieces of a document, S sentences, N spans, P pairs, H = 384.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime as ort

from contested.reader.decode import Judgements
from contested.reader.pairs import ARGUMENT, FARTHEST, Float, Int, Pairs, Spans
from contested.reader.pieces import CLOSE_MARK, Pieces
from contested.reader.providers import choose_providers, open_on
from contested.types import Device

LABELS = ("event_type", "status", "kind", "level", "stance", "part")  # the order of the judging graph's outputs

# Windows an encoder call, heads among them; part of the graph. 4, 8 and 12 are as fast, with 16 the activations leave
# the cache (0.92 of the speed).
WINDOWS = 8
SEGMENT = 48  # sentences that see each other; training documents have at most about 30
AT_ONCE = 40_000_000  # spans times arguments asked about, that are judged at once; of an article they are a million
STRETCH = 500  # pieces of a longer document that are
SENTENCES = 384  # a tagging call; its attention is quadratic in these


@dataclass(slots=True)
class Model:
    """The sessions of one process. `encoder_seconds` sums the processor time spent in the encoder."""

    encode_graph: ort.InferenceSession
    tag_graph: ort.InferenceSession
    judge_graph: ort.InferenceSession
    encoder_seconds: float = field(default=0.0)

    def encode(self, pieces: Pieces) -> Float:
        """Return [T, H] of a document, its windows read some at a time, laid end to end.

        One document a call: numbers are rounded by the largest of a call, and a report must read alike whatever
        stands beside it. Of articles that costs nothing, one-line items are encoded 1.6 times as long.
        """
        states = np.empty((len(pieces), 384), dtype=np.float32)
        for slots in calls(pieces):
            feed = _laid_out(pieces, slots)
            began = time.process_time()
            (x,) = self.encode_graph.run(None, feed)
            self.encoder_seconds += time.process_time() - began
            at = 0
            for slot in slots:
                at += pieces.size(slot.window)
                if not slot.is_head:
                    first, end = slot.window
                    states[first:end] = x[at - 1 - (end - first) : at - 1]
        return states

    def tag(self, pieces: Pieces, states: Float) -> tuple[Float, Float]:
        """Return h [T, H] and tag logits [T, layers * TAGS] of a document. `states` is what `encode` returns."""
        outputs = []
        for group in _tag_groups(pieces):
            own = [pieces.sentence[a:z] for a, z in group]
            outputs.append(self.tag_graph.run(None, _tag_feed(states[group[0][0] : group[-1][1]], own)))
        hidden, logits = (of[0] if len(of) == 1 else np.concatenate(of) for of in zip(*outputs, strict=True))
        return hidden, logits

    def judge(self, hidden: Float, spans: Spans, pairs: Sequence[Pairs]) -> Judgements:
        """Return the logits of labels and pairs of one document, a long one's stretch by stretch."""
        is_long = len(spans) * len(pairs[ARGUMENT].first) > AT_ONCE
        stretches = _stretches(spans.start, len(hidden)) if is_long else [(slice(0, len(spans)),) * 2]
        parts = [self._judge_part(hidden, spans, pairs, part) for part in stretches]
        if len(parts) == 1:
            return parts[0][1]
        labels = {name: np.concatenate([found.labels[name] for _, found in parts]) for name in LABELS}
        nobody = np.concatenate([found.nobody for _, found in parts])
        scores = []
        for r, p in enumerate(pairs):
            rows = np.empty((len(p.first), parts[0][1].pairs[r].shape[1]), dtype=np.float32)
            for own, found in parts:
                rows[(p.first >= own.start) & (p.first < own.stop)] = found.pairs[r]
            scores.append(rows)
        return Judgements(labels, nobody, tuple(scores))

    def _judge_part(
        self, hidden: Float, spans: Spans, pairs: Sequence[Pairs], part: tuple[slice, slice]
    ) -> tuple[slice, Judgements]:
        """Return what is said of the own spans of a part (the first slice) among all that it sees (the second)."""
        own, seen = part
        feed: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {"h": hidden}
        feed |= {"layer": spans.layer[seen], "start": spans.start[seen], "last": spans.last[seen]}
        asked = []
        for r, p in enumerate(pairs):
            sides = np.stack([p.first, p.second])
            inside = ((sides >= seen.start) & (sides < seen.stop)).all(0)
            feed |= {f"first{r}": p.first[inside] - seen.start, f"second{r}": p.second[inside] - seen.start}
            feed[f"features{r}"] = p.features[inside]
            asked.append((p.first[inside] >= own.start) & (p.first[inside] < own.stop))
        out = self.judge_graph.run(None, feed)
        nobody = len(LABELS)
        of_span = slice(own.start - seen.start, own.stop - seen.start)
        labels = {name: of[of_span] for name, of in zip(LABELS, out, strict=False)}
        scores = tuple(of[rows] for of, rows in zip(out[nobody + 1 :], asked, strict=True))
        return own, Judgements(labels, out[nobody][of_span, 0], scores)


def _stretches(starts: Int, pieces: int) -> list[tuple[slice, slice]]:
    """Return the own spans of each stretch of a document, and those that they see, as ranges of the span table.

    A pair reaches no farther than FARTHEST says, and what fills its second span as far again as arguments lie.
    """
    found, beside = [], max(FARTHEST) + FARTHEST[ARGUMENT]
    for a in range(0, pieces, STRETCH):
        edges = np.array([a, a + STRETCH, a - beside, a + STRETCH + beside])
        own_first, own_end, first, end = np.searchsorted(starts, edges).tolist()
        found.append((slice(own_first, own_end), slice(first, end)))
    return found


def _ats(parts: Sequence[Int]) -> list[int]:
    """Return where each part begins when all are laid in a row."""
    return [0, *np.cumsum([len(p) for p in parts])[:-1].tolist()] if parts else []


@dataclass(frozen=True, slots=True)
class Slot:
    """A window of an encoder call: `head` is the slot of the head that it sees, `is_head` whether it is one."""

    window: tuple[int, int]
    head: int | None = None
    is_head: bool = False


def calls(pieces: Pieces) -> Iterator[list[Slot]]:
    """Yield the windows of each encoder call, the head before the first that sees it."""
    slots: list[Slot] = []
    head: int | None = None
    for window in pieces.windows:
        sees = pieces.sees_head(window[0])
        if len(slots) + (2 if sees and head is None else 1) > WINDOWS:
            yield slots
            slots, head = [], None
        if sees and head is None:
            head = len(slots)
            slots.append(Slot((0, pieces.head), is_head=True))
        slots.append(Slot(window, head if sees else None))
    if slots:
        yield slots


def _laid_out(pieces: Pieces, slots: Sequence[Slot]) -> dict[str, Int]:
    """Return what the encoder takes: windows end to end with their marks, what each sees; what lacks are lone marks."""
    lengths = [pieces.size(slot.window) for slot in slots] + [1] * (WINDOWS - len(slots))
    edges = np.cumsum([0, *lengths])
    ids = np.full(edges[-1], CLOSE_MARK, dtype=np.int64)
    cases, positions = np.zeros_like(ids), np.zeros_like(ids)
    seen: list[Int] = []
    for i, (a, z) in enumerate(pairwise(edges.tolist())):
        own = np.arange(a, z)
        head = None
        if i < len(slots):
            pieces.lay(slots[i].window, ids[a:z], cases[a:z], positions[a:z])
            head = slots[i].head
        seen.append(own if head is None else np.concatenate([np.arange(edges[head], edges[head + 1]), own]))
    return {
        "ids": ids,
        "cases": cases,
        "positions": positions,
        "lengths": np.array(lengths, dtype=np.int64),
        "seen": np.concatenate(seen),
        "seen_lengths": np.array([len(part) for part in seen], dtype=np.int64),
    }


def _tag_feed(states: Float, sentences: Sequence[Int]) -> dict[str, Float | Int]:
    """Return what the tagging graph takes: pieces of segments in a row, and the mean vector of each sentence.

    `sentences` holds for each segment the number of each of its pieces' sentences, which rises.
    """
    firsts = [np.flatnonzero(np.diff(numbers, prepend=-1)) for numbers in sentences]
    starts = np.concatenate([own + at for own, at in zip(firsts, _ats(sentences), strict=True)])
    sizes = np.diff(starts, append=len(states))
    return {
        "x": states,
        "means": (np.add.reduceat(states, starts) / sizes[:, None]).astype(np.float32),
        "document": np.repeat(np.arange(len(firsts), dtype=np.int64), [len(own) for own in firsts]),
        "position": np.concatenate([numbers[own] for numbers, own in zip(sentences, firsts, strict=True)]),
        "sentence": np.repeat(np.arange(len(starts), dtype=np.int64), sizes),
    }


def _tag_groups(pieces: Pieces) -> Iterator[list[tuple[int, int]]]:
    """Yield groups of segments, half-open ranges of pieces, that are tagged in one call."""
    group: list[tuple[int, int]] = []
    size = 0
    edges = np.searchsorted(pieces.sentence, np.arange(0, int(pieces.sentence[-1]) + 1, SEGMENT))
    for a, z in pairwise([*edges.tolist(), len(pieces)]):
        if group and size + SEGMENT > SENTENCES:
            yield group
            group, size = [], 0
        if z > a:
            group.append((a, z))
            size += int(pieces.sentence[z - 1] - pieces.sentence[a]) + 1
    if group:
        yield group


def load_model(folder: Path, threads: int, device: Device = Device.CPU) -> tuple[Model, str]:
    """Return the model whose graphs lie in `folder`, with `threads` threads a call, and a remark on what it runs."""
    choice = choose_providers(device, ort.get_available_providers())
    sessions = []
    for name in ("encode", "tag", "judge"):
        session, choice = open_on(choice, partial(_session, folder / f"{name}.onnx", threads))
        sessions.append(session)
    return Model(*sessions), choice.remark


def _session(path: Path, threads: int, providers: list[str]) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if path.stem == "encode":  # written as it is to run: more fusions would only take the scalar skip-norm kernel
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return ort.InferenceSession(str(path), options, providers=providers)
