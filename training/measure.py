"""Dev scores during training: the model read through the very code that ships, scored by the corpus's own scorer."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch

from contested.reader import schema
from contested.reader.decode import Judgements, Thresholds, char_spans, decode, find_spans, words_of
from contested.reader.pairs import RELATIONS, Pairs, Spans, all_pairs
from contested.types import Layer, Reading, Span
from training.batches import Batch, batch
from training.corpus import Example
from training.model import LABEL_SIZES, ReaderModel
from training.packing import pack

TOGETHER = 24  # documents encoded at once


def scorer(corpus: Path) -> ModuleType:
    """Return the corpus's `score.py` as a module."""
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@torch.no_grad()
def states(model: ReaderModel, examples: list[Example]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return h [T, H] and tag logits [T, layers * TAGS] of each document."""
    model.eval()
    found = []
    for first in range(0, len(examples), TOGETHER):
        b = batch(examples[first : first + TOGETHER])
        x = encoded(model, b)
        h, logits = model.tag(x, means(x, b.sentence), b.document, b.position, b.sentence)
        found += [(h[a:z].numpy(), logits[a:z].float().numpy()) for a, z in b.bounds]
    return found


def encoded(model: ReaderModel, b: Batch) -> torch.Tensor:
    """Return [T, H] the encoder's vectors of all pieces of the batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        packing = pack(b.grids)
        return model.encoder.packed(packing).float()[packing.place[b.at]]


def means(x: torch.Tensor, sentence: torch.Tensor) -> torch.Tensor:
    """x [T, H], sentence [T] -> [S, H] the mean of each sentence."""
    count = int(sentence.max()) + 1
    sums = torch.zeros(count, x.shape[1], dtype=x.dtype).index_add(0, sentence, x)
    sizes = torch.zeros(count, dtype=x.dtype).index_add(0, sentence, torch.ones(len(x), dtype=x.dtype))
    return sums / sizes.clamp_min(1)[:, None]


@dataclass(frozen=True, slots=True)
class Found:
    """The spans of one document, and what the network says of them."""

    spans: Spans
    chars: list[Span]
    words: list[str]
    pairs: tuple[Pairs, ...]
    judged: Judgements


@torch.no_grad()
def find(model: ReaderModel, example: Example, h: np.ndarray, logits: np.ndarray, thresholds: Thresholds) -> Found:
    """Return the spans of one document, judged; of the thresholds only `outside` matters here."""
    spans = find_spans(logits, example.pieces, thresholds)
    chars = char_spans(spans, example.pieces)
    words = words_of(chars, example.text)
    pairs = all_pairs(example.pieces, spans, words)
    t = torch.from_numpy
    flat = [t(a) for p in pairs for a in (p.first, p.second, p.features)]
    out = [o.float().numpy() for o in model.judge(t(h), t(spans.layer), t(spans.start), t(spans.last), *flat)]
    judged = Judgements(
        dict(zip(LABEL_SIZES, out, strict=False)), out[len(LABEL_SIZES)][:, 0], tuple(out[len(LABEL_SIZES) + 1 :])
    )
    assert len(judged.pairs) == len(RELATIONS)
    return Found(spans, chars, words, pairs, judged)


def read(example: Example, found: Found, thresholds: Thresholds) -> Reading:
    """Return the reading of one document from what was found in it."""
    f = found
    return decode(example.id, f.spans, f.chars, f.words, f.pairs, f.judged, thresholds, "training")


def form(reading: Reading, text: str, read_count: Any) -> dict[str, Any]:
    """Return a reading in the corpus form, resolved no further than the scorer needs."""
    triggers = {t.id: t for t in reading.triggers}
    mentions = {m.id: m for m in reading.mentions}
    arguments: dict[str, list[dict[str, Any]]] = {t: [] for t in triggers}
    for arc in reading.arguments:
        m = mentions[arc.mention]
        words = text[m.span.start : m.span.end]
        low, high = read_count(words) if arc.role.is_count else (None, None)
        arguments[arc.trigger].append(
            {
                "role": arc.role,
                "span": [m.span.start, m.span.end],
                "part": m.part,
                "low": low,
                "high": high,
                "score": arc.score,
            }
        )
    events, event_of = [], {}
    for number, group in enumerate(reading.event_groups, 1):
        first = triggers[group[0]]
        event_of.update(dict.fromkeys(group, f"E{number}"))
        spans = [{"trigger": [triggers[t].span.start, triggers[t].span.end], "args": arguments[t]} for t in group]
        events.append(
            {
                "id": f"E{number}",
                "type": first.type,
                "status": first.status,
                "mentions": spans,
                "score": max(triggers[t].score for t in group),
            }
        )
    span = lambda m: None if m is None else [mentions[m].span.start, mentions[m].span.end]  # noqa: E731
    claims = [
        {
            "id": f"C{i}",
            "stance": a.stance,
            "source": span(a.source),
            "via": span(a.via),
            "cue": span(a.cue),
            "of": sorted({event_of[t] for t in a.triggers}),
            "score": a.score,
        }
        for i, a in enumerate(reading.attributions, 1)
    ]
    actors = [
        {"spans": [span(m) for m in group], "kind": mentions[group[0]].kind, "country": None, "name": ""}
        for group in reading.actor_groups
    ]
    places = [
        {"spans": [span(m.id)], "country": None, "level": m.level, "lat": None, "lon": None}
        for m in reading.mentions
        if m.layer is Layer.PLACE
    ]
    times = [{"span": span(m.id), "value": "?"} for m in reading.mentions if m.layer is Layer.TIME]
    return {
        "id": reading.document,
        "events": events,
        "claims": claims,
        "actors": actors,
        "places": places,
        "times": times,
    }


def dev_scores(
    model: ReaderModel, gold: list[dict[str, Any]], examples: list[Example], score: ModuleType, thresholds: Thresholds
) -> dict[str, float]:
    """Return the scores on `gold`, articles and entries also apart."""
    found = [find(model, e, *s, thresholds) for e, s in zip(examples, states(model, examples), strict=True)]
    return scores(gold, examples, found, score, thresholds)


def scores(
    gold: list[dict[str, Any]], examples: list[Example], found: list[Found], score: ModuleType, thresholds: Thresholds
) -> dict[str, float]:
    """Return the scores on `gold` of what was found, articles and entries also apart."""
    predicted = {
        e.id: form(read(e, f, thresholds), e.text, score.read_count) for e, f in zip(examples, found, strict=True)
    }
    predicted = json.loads(json.dumps(predicted))
    rows: dict[str, float] = {}
    for name, kept in (
        ("", gold),
        ("articles ", [d for d in gold if d["source_set"] != "cep"]),
        ("entries ", [d for d in gold if d["source_set"] == "cep"]),
    ):
        out = score.score(kept, predicted)[0]
        for key, row in out.items():
            value = row.get("f1", row.get("acc"))
            if not name or key in ("claim", "event", "attribution", "argument"):
                rows[name + key] = value
    return rows


def line(rows: dict[str, float]) -> str:
    """Return the scores on one line."""
    shown = [k for k in rows if not any(w in k for w in ("place", "time "))]
    return "  ".join(f"{k} {rows[k]:.1f}" for k in shown)


assert len(schema.LAYERS) == 7
