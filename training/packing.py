"""Windows laid end to end: matrices multiply real pieces alone, and only attention sees windows in grids.

Shapes: C cells of all grids in a row, padding among them; N real pieces, marks at the ends of windows among them,
rounded up to a multiple of ROUND.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

ROUND = 128  # N is a multiple of this: the matrix library compiles a kernel for each new one


@dataclass(frozen=True, slots=True)
class Grid:
    """Some windows of about one length: `where` [rows × length] finds each cell's piece, `real` its true cells."""

    rows: int
    length: int
    where: Tensor
    real: Tensor
    is_padding: Tensor


@dataclass(frozen=True, slots=True)
class Packing:
    """The real pieces of grids of windows, one after the other.

    Attributes:
        ids, cases, positions: [N] int64; 0 in what rounds N up.
        place: [C] the piece of each cell (of padding: the first).
        grids: the windows, for attention.
    """

    ids: Tensor
    cases: Tensor
    positions: Tensor
    place: Tensor
    grids: tuple[Grid, ...]

    def attend(self, qkv: Tensor, heads: int, attention: Callable[[Tensor, Tensor, Tensor, Grid], Tensor]) -> Tensor:
        """qkv [N, 3 × A × D] -> [N, A × D]; `attention` takes queries, keys and values [rows, A, length, D]."""
        found = []
        for grid in self.grids:
            cells = qkv.index_select(0, grid.where).view(grid.rows, grid.length, 3, heads, -1)
            y = attention(*cells.permute(2, 0, 3, 1, 4), grid)
            found.append(y.transpose(1, 2).reshape(grid.rows * grid.length, -1).index_select(0, grid.real))
        rest = len(qkv) - sum(len(part) for part in found)
        return torch.cat([*found, found[0].new_zeros(rest, found[0].shape[1])])


def pack(grids: list[tuple[Tensor, Tensor]]) -> Packing:
    """Return the pieces of grids of (ids, cases) [rows, length] each, 0 = padding in ids."""
    ids = torch.cat([i.flatten() for i, _ in grids])
    cases = torch.cat([c.flatten() for _, c in grids])
    positions = torch.cat([torch.arange(i.shape[1]).repeat(i.shape[0]) for i, _ in grids])
    real = (ids != 0).nonzero()[:, 0]
    place = torch.zeros(len(ids), dtype=torch.long)
    place[real] = torch.arange(len(real))
    rest = torch.zeros(-len(real) % ROUND, dtype=torch.long)
    parts, offset = [], 0
    for i, _ in grids:
        where = place[offset : offset + i.numel()]
        parts.append(Grid(*i.shape, where, (i != 0).flatten().nonzero()[:, 0], i == 0))
        offset += i.numel()
    return Packing(
        torch.cat([ids[real], rest]),
        torch.cat([cases[real], rest]),
        torch.cat([positions[real], rest]),
        place,
        tuple(parts),
    )
