"""Spans that see the other spans of their document before they are judged.

The encoder sees word pieces of one window. What a span is, and what it has to do with another one, also hangs on spans
that lie windows away: the same event told again, the toll that a cue covers. There are eight times fewer spans than
pieces, so that two layers of attention over them cost some hundredth of the encoder.

Shapes: N spans of all documents in a row.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

LAYERS = 2
HEADS = 8
SENTENCES = 4  # distances in sentences beyond are alike
STEPS = 8  # log2 steps of distance in pieces


class Layer(nn.Module):
    """One layer of attention over spans. Nothing comes of it before training, so that a model without it can go on."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(dropout)
        for last in (self.out, self.down):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, r: Tensor, bias: Tensor) -> Tensor:
        """r [N, width], bias [HEADS, N, N] -> [N, width]."""
        n, width = r.shape
        q, k, v = self.qkv(self.norm1(r)).view(n, 3, HEADS, width // HEADS).permute(1, 2, 0, 3)
        weights = (q @ k.transpose(1, 2) * (width // HEADS) ** -0.5 + bias).softmax(-1)
        r = r + self.dropout(self.out((weights @ v).transpose(0, 1).reshape(n, width)))
        return r + self.dropout(self.down(nn.functional.gelu(self.up(self.norm2(r)))))


class Neighbours(nn.Module):
    """Tells each span of the spans around it, and how far away they lie."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(width, dropout) for _ in range(LAYERS))
        self.gaps = nn.Embedding(2 * SENTENCES + 1, HEADS)
        self.steps = nn.Embedding(2 * STEPS + 1, HEADS)
        for table in (self.gaps, self.steps):
            nn.init.zeros_(table.weight)

    def forward(self, r: Tensor, start: Tensor, sentence: Tensor, document: Tensor | None = None) -> Tensor:
        """Return r [N, width] after the layers.

        start, sentence [N] are the first piece and the sentence of each span; document [N] when there are several.
        """
        gap = (sentence[None, :] - sentence[:, None]).clamp(-SENTENCES, SENTENCES) + SENTENCES
        step = start[None, :] - start[:, None]
        logs = (step.abs() + 1).to(r.dtype).log2().ceil().clamp(max=STEPS).to(torch.long)
        bias = (self.gaps(gap) + self.steps(step.sign() * logs + STEPS)).permute(2, 0, 1)
        if document is not None:
            bias = bias + (document[None, :] != document[:, None]).to(r.dtype) * -1e4
        for layer in self.layers:
            r = layer(r, bias)
        return r
