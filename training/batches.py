"""Documents to padded windows and flat targets.

Shapes: B windows, L pieces a window, T pieces of all documents in a row, S sentences, D documents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from contested.reader.pieces import HEADLINE, LONGEST
from training.corpus import Example, tags
from training.encoder import CASES
from training.polnear import saying_tags

LENGTHS = (*range(24, 96, 8), *range(96, 144, 12), *range(144, 272, 16), LONGEST + HEADLINE + 3)  # pieces a window
ROWS = (8, 4, 2, 1)  # windows a grid


@dataclass(slots=True)
class Batch:
    """Some documents as tensors; `at` [T] finds each piece in the flattened grids of windows, laid in a row."""

    examples: list[Example]
    grids: list[tuple[Tensor, Tensor]]
    at: Tensor
    sentence: Tensor
    document: Tensor
    position: Tensor
    tags: Tensor
    sayings: Tensor
    bounds: list[tuple[int, int]]


def _grids(windows: list[tuple[Example, int, int]]) -> tuple[list[tuple[np.ndarray, np.ndarray]], np.ndarray]:
    """Return ids and cases of grids of windows, and where each piece lies in them.

    Only few shapes occur: the matrix library compiles a kernel for each new one. Few, yet close to the windows' own:
    with five of them half of all that was multiplied was padding.
    """
    grids: list[tuple[np.ndarray, np.ndarray]] = []
    places: dict[int, np.ndarray] = {}
    sizes = [e.pieces.before(a) + z - a + 1 for e, a, z in windows]
    offset = low = 0
    for length in LENGTHS:
        own = [i for i, size in enumerate(sizes) if low < size <= length]
        low = length
        for rows in ROWS:
            while len(own) >= rows:
                grid, own = own[:rows], own[rows:]
                ids = np.zeros((rows, length), dtype=np.int64)
                cases = np.zeros_like(ids)
                for row, i in enumerate(grid):
                    e, a, z = windows[i]
                    e.pieces.lay((a, z), ids[row, : sizes[i]], cases[row, : sizes[i]])
                    cases[row, : sizes[i]] += e.convention * CASES
                    places[i] = offset + row * length + e.pieces.before(a) + np.arange(z - a)
                grids.append((ids, cases))
                offset += ids.size
    return grids, np.concatenate([places[i] for i in range(len(windows))])


def batch(examples: list[Example]) -> Batch:
    """Return the documents as one batch."""
    grids, at = _grids([(e, a, z) for e in examples for a, z in e.pieces.windows])
    sentence, document, position, bounds = [], [], [], []
    pieces = sentences = 0
    for d, e in enumerate(examples):
        count = int(e.pieces.sentence[-1]) + 1
        sentence.append(e.pieces.sentence + sentences)
        document.append(np.full(count, d))
        position.append(np.arange(count))
        bounds.append((pieces, pieces + len(e.pieces)))
        pieces += len(e.pieces)
        sentences += count
    t = torch.from_numpy
    return Batch(
        examples,
        [(t(ids), t(cases)) for ids, cases in grids],
        t(at),
        t(np.concatenate(sentence)),
        t(np.concatenate(document)),
        t(np.concatenate(position)),
        t(np.concatenate([tags(e) for e in examples])),
        t(np.concatenate([saying_tags(e) for e in examples])),
        bounds,
    )


def shuffled(examples: list[Example], pieces: int, rng: random.Random) -> Iterator[Batch]:
    """Yield batches of about `pieces` pieces, documents of like length together so that little is padding."""
    order = sorted(examples, key=lambda e: min(len(e.pieces), 96) + rng.uniform(-12, 12))
    groups: list[list[Example]] = [[]]
    size = 0
    for e in order:
        if groups[-1] and size + len(e.pieces) > pieces:
            groups.append([])
            size = 0
        groups[-1].append(e)
        size += len(e.pieces)
    rng.shuffle(groups)
    for group in groups:
        yield batch(group)
