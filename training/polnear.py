"""PolNeAR's attributions as a second task: who says what to whom in 840 news articles (sources, cues, contents).

Its annotation is of every saying, ours only of sayings about events, and its sources are whole noun phrases. So it
never trains our taggers: it has a tagger of its own, thrown away after training, and shares only the arcs from cue
to source.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from contested.errors import Skipped
from contested.reader import schema
from contested.reader.pieces import cut
from contested.sources import document
from contested.types import Span
from training.corpus import IGNORED, IS_SOURCE, Example, Gold, locate

SENTENCES = 10  # a training document; as long as a corpus article's first part
KINDS = ("cue", "source", "content")


@dataclass(slots=True)
class Saying(Example):
    """A stretch of a PolNeAR article; `sayings` are (kind, first piece, last piece)."""

    sayings: tuple[tuple[int, int, int], ...] = ()


def load_polnear(path: Path, tokenizer: Tokenizer) -> list[Saying]:
    """Return the articles of `path` in stretches of SENTENCES sentences."""
    found = []
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            doc = json.loads(line)
            try:
                sentences = list(document(doc["text"]).sentences)
            except Skipped:
                continue
            for first in range(0, len(sentences), SENTENCES):
                stretch = _stretch(doc, sentences[first : first + SENTENCES], tokenizer)
                if stretch is not None:
                    found.append(stretch)
    return found


def _stretch(doc: dict[str, Any], sentences: list[Span], tokenizer: Tokenizer) -> Saying | None:
    pieces = cut(tokenizer, doc["text"], sentences)
    low, high = sentences[0].start, sentences[-1].end
    gold = Gold()
    sayings: list[tuple[int, int, int]] = []
    for attribution in doc["attributions"]:
        spans = {k: [s for s in attribution.get(k, ()) if low <= s[0] and s[1] <= high] for k in KINDS}
        for kind, name in enumerate(KINDS):
            for span in spans[name]:
                located = locate(pieces, *span)
                if located:
                    sayings.append((kind, *located))
        cue = locate(pieces, *spans["cue"][0]) if spans["cue"] else None
        source = locate(pieces, *spans["source"][0]) if spans["source"] else None
        if cue is None:
            continue
        c = _index(gold, (schema.CUE, *cue))
        if source is not None:
            gold.source[c, _index(gold, (schema.PARTICIPANT, *source))] = IS_SOURCE
    if not sayings:
        return None
    return Saying(doc["id"], doc["text"], pieces, gold, layers=(), sayings=tuple(sayings))


def _index(gold: Gold, span: tuple[int, int, int]) -> int:
    if span not in gold.spans:
        gold.spans.append(span)
    return gold.spans.index(span)


def saying_tags(example: Example) -> np.ndarray:
    """Return [T, kinds] tags; all IGNORED where the example is no Saying."""
    if not isinstance(example, Saying):
        return np.full((len(example.pieces), len(KINDS)), IGNORED, dtype=np.int64)
    out = np.zeros((len(example.pieces), len(KINDS)), dtype=np.int64)
    for kind, start, last in example.sayings:
        if not out[start : last + 1, kind].any():
            out[start, kind] = schema.BEGIN
            out[start + 1 : last + 1, kind] = schema.INSIDE
    return out
