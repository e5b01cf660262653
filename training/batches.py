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
from training.packing import Windows
from training.polnear import saying_tags

LENGTHS = (*range(24, 96, 8), *range(96, 144, 12), *range(144, 272, 16), LONGEST + HEADLINE + 3)  # pieces a window
ROWS = (8, 4, 2, 1)  # windows a grid


@dataclass(slots=True)
class Batch:
    """Some documents as tensors; `at` [T] finds each piece in the flattened grids of windows, laid in a row."""

    examples: list[Example]
    grids: list[Windows]
    at: Tensor
    sentence: Tensor
    document: Tensor
    position: Tensor
    tags: Tensor
    sayings: Tensor
    bounds: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Window:
    """A window of a document; `head` numbers, among all windows, that of the head that it sees."""

    example: Example
    edges: tuple[int, int]
    head: int | None = None

    @property
    def size(self) -> int:
        return self.example.pieces.size(self.edges)


def _windows(examples: list[Example]) -> tuple[list[_Window], list[int]]:
    """Return the windows of the documents and the heads of those that have some, and the numbers of those not heads."""
    windows: list[_Window] = []
    own: list[int] = []
    for e in examples:
        head: int | None = None
        for window in e.pieces.windows:
            sees = e.pieces.sees_head(window[0])
            if sees and head is None:
                head = len(windows)
                windows.append(_Window(e, (0, e.pieces.head)))
            own.append(len(windows))
            windows.append(_Window(e, window, head if sees else None))
    return windows, own


def _grids(windows: list[_Window]) -> tuple[list[Windows], dict[int, np.ndarray]]:
    """Return grids of windows, and in which cells the pieces of each window lie, its marks among them.

    Only few shapes occur: the matrix library compiles a kernel for each new one. Few, yet close to the windows' own:
    with five of them half of all that was multiplied was padding.
    """
    chosen = list(_alike(windows))
    cells: dict[int, np.ndarray] = {}
    offset = 0
    for rows, length in chosen:
        for row, i in enumerate(rows):
            cells[i] = offset + row * length + np.arange(windows[i].size)
        offset += len(rows) * length
    return [_grid(windows, rows, length, cells) for rows, length in chosen], cells


def _alike(windows: list[_Window]) -> Iterator[tuple[list[int], int]]:
    """Yield numbers of windows that make a grid, and its length: those that see a head apart from those that do not."""
    for headed in (False, True):
        low = 0
        for length in LENGTHS:
            own = [i for i, w in enumerate(windows) if (w.head is not None) is headed and low < w.size <= length]
            low = length
            for rows in ROWS:
                while len(own) >= rows:
                    yield own[:rows], length
                    own = own[rows:]


def _grid(windows: list[_Window], rows: list[int], length: int, cells: dict[int, np.ndarray]) -> Windows:
    ids = np.zeros((len(rows), length), dtype=np.int64)
    cases, positions = np.zeros_like(ids), np.zeros_like(ids)
    heads = np.full((len(rows), HEADLINE + 2), -1)
    for row, w in enumerate(windows[i] for i in rows):
        w.example.pieces.lay(w.edges, *(of[row, : w.size] for of in (ids, cases, positions)))
        cases[row, : w.size] += w.example.convention * CASES
        if w.head is not None:
            heads[row, : len(cells[w.head])] = cells[w.head]
    t = torch.from_numpy
    has_heads = windows[rows[0]].head is not None
    return Windows(t(ids), t(cases), t(positions[:, 0].copy()), t(heads) if has_heads else None)


def batch(examples: list[Example]) -> Batch:
    """Return the documents as one batch."""
    windows, own = _windows(examples)
    grids, cells = _grids(windows)
    at = np.concatenate([cells[i][windows[i].size - 1 - np.ptp(windows[i].edges) : -1] for i in own])
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
        grids,
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
