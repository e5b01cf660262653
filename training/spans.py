"""The spans and pairs of a batch that are judged, and what gold says of them.

Shapes: N spans of all documents of the batch in a row, P pairs of one relation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from contested.reader import schema
from contested.reader.decode import Thresholds, char_spans, find_spans, words_of
from contested.reader.pairs import RELATIONS, all_pairs
from training.batches import Batch
from training.corpus import IGNORED, LABELS, Example, pair_labels, span_table
from training.model import ReaderModel

Row = tuple[int, int, int]  # layer, first and last piece in its document


@dataclass(frozen=True, slots=True)
class Judged:
    """What is asked of the heads about a batch, and the answers that its annotation gives.

    Attributes:
        layer, start, last: [N], pieces counted over the whole batch.
        pairs: first [P], second [P], features [P, F] of each relation in turn.
        labels: by name [N]; IGNORED where gold is silent.
        targets: of each relation [P].
    """

    layer: Tensor
    start: Tensor
    last: Tensor
    pairs: list[Tensor]
    labels: dict[str, Tensor]
    targets: list[Tensor]

    def ask(self, model: ReaderModel, h: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
        """h [T, H] -> the spans' vectors [N, SPAN], and what the heads say of them and of the pairs."""
        vectors = model.vectors(h, self.layer, self.start, self.last)
        return vectors, model.judge_vectors(vectors, *self.pairs)


def found_spans(b: Batch, logits: np.ndarray) -> list[list[Row]]:
    """Return the spans that tag logits [T, layers * TAGS] hold in each document, of the layers that are annotated."""
    found = []
    for e, (a, z) in zip(b.examples, b.bounds, strict=True):
        s = find_spans(logits[a:z], e.pieces, Thresholds())
        rows = zip(s.layer.tolist(), s.start.tolist(), s.last.tolist(), strict=True)
        found.append([row for row in rows if row[0] in e.layers])
    return found


def judged(b: Batch, found: list[list[Row]]) -> Judged | None:
    """Return gold's spans and the found ones of all documents as one table; None when there are none."""
    layers, starts, lasts = [], [], []
    labels: dict[str, list[int]] = {name: [] for name in LABELS}
    flat: list[list[np.ndarray]] = [[] for _ in range(3 * len(RELATIONS))]
    targets: list[list[np.ndarray]] = [[] for _ in RELATIONS]
    offset = 0
    for e, (a, _), own in zip(b.examples, b.bounds, found, strict=True):
        spans, stands = span_table(e.gold, own)
        pairs = all_pairs(e.pieces, spans, words_of(char_spans(spans, e.pieces), e.text))
        for relation, (p, y) in enumerate(zip(pairs, pair_labels(e, stands, pairs), strict=True)):
            flat[3 * relation].append(p.first + offset)
            flat[3 * relation + 1].append(p.second + offset)
            flat[3 * relation + 2].append(p.features)
            targets[relation].append(y)
        _label(e, spans.layer.tolist(), stands.tolist(), labels)
        layers.append(spans.layer)
        starts.append(spans.start + a)
        lasts.append(spans.last + a)
        offset += len(spans)
    if not offset:
        return None
    return Judged(
        _joined(layers),
        _joined(starts),
        _joined(lasts),
        [_joined(parts) for parts in flat],
        {name: torch.tensor(own) for name, own in labels.items()},
        [_joined(parts) for parts in targets],
    )


def _label(e: Example, layers: list[int], stands: list[int], labels: dict[str, list[int]]) -> None:
    for name in LABELS:
        known = e.gold.labels[name]
        labels[name] += [known.get(g, IGNORED) for g in stands]
    first = len(labels["event_type"]) - len(layers)
    for i, (layer, g) in enumerate(zip(layers, stands, strict=True)):
        if layer == schema.TRIGGER and g < 0:  # found where gold has none
            labels["event_type"][first + i] = schema.NO_EVENT


def _joined(parts: list[np.ndarray]) -> Tensor:
    return torch.from_numpy(np.concatenate(parts))
