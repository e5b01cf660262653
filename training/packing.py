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
class Windows:
    """Some windows of about one length, [rows, length] each, 0 = padding in `ids`.

    Attributes:
        ids, cases: of the pieces.
        begins: [rows] the position of each window's first piece.
        heads: [rows, HEADLINE + 2] the cell, counted over all windows of a packing, of each piece of the head that
            stands before a window; -1 = none. None where no window has one.
    """

    ids: Tensor
    cases: Tensor
    begins: Tensor
    heads: Tensor | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Some windows of about one length: `where` [rows × length] finds each cell's piece, `real` its true cells.

    What a window sees, [rows × seen_length], is its own cells behind its head's: `seen` finds them, `is_hidden` [rows,
    seen_length] says which are padding.
    """

    rows: int
    length: int
    where: Tensor
    real: Tensor
    seen: Tensor
    is_hidden: Tensor


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
        query, others = qkv.tensor_split([qkv.shape[1] // 3], dim=1)
        found = []
        for grid in self.grids:
            asking = query.index_select(0, grid.where).view(grid.rows, grid.length, heads, -1).transpose(1, 2)
            seen = others.index_select(0, grid.seen).view(grid.rows, grid.is_hidden.shape[1], 2, heads, -1)
            y = attention(asking, *seen.permute(2, 0, 3, 1, 4), grid)
            found.append(y.transpose(1, 2).reshape(grid.rows * grid.length, -1).index_select(0, grid.real))
        rest = len(qkv) - sum(len(part) for part in found)
        return torch.cat([*found, found[0].new_zeros(rest, found[0].shape[1])])


def pack(parts: list[Windows]) -> Packing:
    """Return the pieces of all windows."""
    ids = torch.cat([part.ids.flatten() for part in parts])
    cases = torch.cat([part.cases.flatten() for part in parts])
    positions = torch.cat([(part.begins[:, None] + torch.arange(part.ids.shape[1])).flatten() for part in parts])
    real = (ids != 0).nonzero()[:, 0]
    place = torch.zeros(len(ids), dtype=torch.long)
    place[real] = torch.arange(len(real))
    rest = torch.zeros(-len(real) % ROUND, dtype=torch.long)
    grids, offset = [], 0
    for part in parts:
        where = place[offset : offset + part.ids.numel()].view(part.ids.shape)
        seen, is_hidden = where, part.ids == 0
        if part.heads is not None:
            seen = torch.cat([place[part.heads.clamp_min(0)], where], dim=1)
            is_hidden = torch.cat([part.heads < 0, is_hidden], dim=1)
        own = (part.ids != 0).flatten().nonzero()[:, 0]
        grids.append(Grid(*part.ids.shape, where.flatten(), own, seen.flatten(), is_hidden))
        offset += part.ids.numel()
    return Packing(
        torch.cat([ids[real], rest]),
        torch.cat([cases[real], rest]),
        torch.cat([positions[real], rest]),
        place,
        tuple(grids),
    )
