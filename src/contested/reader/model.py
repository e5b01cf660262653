"""Runs the three graphs of the reader with ONNX Runtime, numpy between them.

Shapes: B windows, L pieces a window, T pieces of all documents in a row, S sentences, N spans, P pairs, H = 384.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime as ort

from contested.reader.decode import Judgements
from contested.reader.pairs import Float, Int, Pairs, Spans
from contested.reader.pieces import CLOSE_MARK, Pieces
from contested.reader.providers import choose_providers, open_on
from contested.types import Device

LABELS = ("event_type", "status", "kind", "level", "stance", "part")  # the order of the judging graph's outputs

# Windows an encoder call, about 700 pieces; part of the graph. 4, 8 and 12 are as fast, with 16 the activations leave
# the cache (0.92 of the speed).
WINDOWS = 8
SEGMENT = 48  # sentences that see each other; training documents have at most about 30
SENTENCES = 384  # a tagging call; its attention is quadratic in these


@dataclass(slots=True)
class Model:
    """The sessions of one process. `encoder_seconds` sums the processor time spent in the encoder."""

    encode_graph: ort.InferenceSession
    tag_graph: ort.InferenceSession
    judge_graph: ort.InferenceSession
    encoder_seconds: float = field(default=0.0)

    def encode(self, documents: Sequence[Pieces]) -> Float:
        """Return [T, H] of all documents in a row. Windows of all of them are read some at a time, laid end to end."""
        windows = [(pieces, a, z) for pieces in documents for a, z in pieces.windows]
        states = np.empty((sum(map(len, documents)), 384), dtype=np.float32)
        done = 0  # windows lie in the order of the pieces, and leave none out
        for first in range(0, len(windows), WINDOWS):
            group = windows[first : first + WINDOWS]
            feed = _laid_out(group)
            began = time.process_time()
            (x,) = self.encode_graph.run(None, feed)
            self.encoder_seconds += time.process_time() - began
            at = 0
            for pieces, a, z in group:
                at += pieces.before(a)
                states[done : done + z - a] = x[at : at + z - a]
                done += z - a
                at += z - a + 1
        return states

    def tag(self, documents: Sequence[Pieces], states: Float) -> list[tuple[Float, Float]]:
        """Return h [T, H] and tag logits [T, layers * TAGS] for each document. `states` is what `encode` returns.

        The documents lie in a row on the way in and out, and are parted as views: copies of so many vectors cost more
        than half a millisecond an article.
        """
        outputs: list[tuple[Float, Float]] = []
        done = 0
        for group in _tag_groups(documents):
            own = [documents[d].sentence[a:z] for d, a, z in group]
            size = sum(map(len, own))
            h, y = self.tag_graph.run(None, _tag_feed(states[done : done + size], own))
            outputs.append((h, y))
            done += size
        if not outputs:
            return [(states, np.empty((0, 21), dtype=np.float32)) for _ in documents]
        edges = np.cumsum([len(pieces) for pieces in documents])[:-1]
        hidden, logits = (of[0] if len(of) == 1 else np.concatenate(of) for of in zip(*outputs, strict=True))
        return list(zip(np.split(hidden, edges), np.split(logits, edges), strict=True))

    def judge(self, hidden: Float, spans: Spans, pairs: Sequence[Pairs]) -> Judgements:
        """Return the logits of labels and pairs of one document. The pairs of several take hundreds of megabytes."""
        feed: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {
            "h": hidden,
            "layer": spans.layer,
            "start": spans.start,
            "last": spans.last,
        }
        for r, p in enumerate(pairs):
            feed |= {f"first{r}": p.first, f"second{r}": p.second, f"features{r}": p.features}
        out = self.judge_graph.run(None, feed)
        nobody = len(LABELS)
        return Judgements(dict(zip(LABELS, out[:nobody], strict=True)), out[nobody][:, 0], tuple(out[nobody + 1 :]))


def _ats(parts: Sequence[Int]) -> list[int]:
    """Return where each part begins when all are laid in a row."""
    return [0, *np.cumsum([len(p) for p in parts])[:-1].tolist()] if parts else []


def _laid_out(windows: Sequence[tuple[Pieces, int, int]]) -> dict[str, Int]:
    """Return what the encoder takes: windows end to end, each between its marks; what lacks are lone marks."""
    lengths = [pieces.before(a) + z - a + 1 for pieces, a, z in windows] + [1] * (WINDOWS - len(windows))
    ids = np.full(sum(lengths), CLOSE_MARK, dtype=np.int64)
    cases, positions = np.zeros_like(ids), np.zeros_like(ids)
    at = 0
    for (pieces, a, z), length in zip(windows, lengths, strict=False):
        pieces.lay((a, z), ids[at : at + length], cases[at : at + length])
        positions[at : at + length] = np.arange(length)
        at += length
    return {"ids": ids, "cases": cases, "positions": positions, "lengths": np.array(lengths, dtype=np.int64)}


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


def _tag_groups(documents: Sequence[Pieces]) -> Iterator[list[tuple[int, int, int]]]:
    """Yield groups of (document, first piece, last piece + 1) segments that are tagged in one call."""
    group: list[tuple[int, int, int]] = []
    size = 0
    for d, pieces in enumerate(documents):
        if not len(pieces):
            continue
        count = int(pieces.sentence[-1]) + 1
        edges = np.searchsorted(pieces.sentence, np.arange(0, count, SEGMENT))
        for a, z in zip(edges.tolist(), [*edges[1:].tolist(), len(pieces)], strict=True):
            if group and size + SEGMENT > SENTENCES:
                yield group
                group, size = [], 0
            if z > a:
                group.append((d, a, z))
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
