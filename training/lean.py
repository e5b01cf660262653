"""The encoder as it is exported: the same numbers, spelled so that the run-time finds its fastest kernels.

Four things, of which all but the last were measured on one core with int8 weights (9,500 -> 10,500 word pieces a
second): queries, keys and values by matrices of their own (no split, fewer transposes); the scale folded into the
queries; layer norms spelled out in vectorised steps (the fused skip-norm kernel is scalar); and no bias on keys and
values (a key's bias moves all scores of a query alike, which softmax does not see; a value's passes whole through
weights that sum to one, so it is folded into the output's).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.encoder import HEADS, HIDDEN, Encoder, Layer


class LeanNorm(nn.Module):
    """A layer norm in elementary steps."""

    def __init__(self, norm: nn.LayerNorm) -> None:
        super().__init__()
        self.weight, self.bias, self.eps = norm.weight, norm.bias, norm.eps

    def forward(self, x: Tensor) -> Tensor:
        """x [..., H] -> [..., H]."""
        centred = x - x.mean(-1, keepdim=True)
        variance = (centred * centred).mean(-1, keepdim=True)
        return centred / torch.sqrt(variance + self.eps) * self.weight + self.bias


class LeanLayer(nn.Module):
    """A transformer layer without a joint projection."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        scale = (HIDDEN // HEADS) ** -0.5
        weight, bias = layer.qkv.weight.view(3, HIDDEN, HIDDEN), layer.qkv.bias.view(3, HIDDEN)
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key, self.value = (nn.Linear(HIDDEN, HIDDEN, bias=False) for _ in range(2))
        self.query.weight, self.query.bias = nn.Parameter(weight[0] * scale), nn.Parameter(bias[0] * scale)
        self.key.weight, self.value.weight = nn.Parameter(weight[1]), nn.Parameter(weight[2])
        layer.out.bias = nn.Parameter(layer.out.bias + layer.out.weight @ bias[2])
        self.out, self.up, self.down = layer.out, layer.up, layer.down
        self.norm1, self.norm2 = LeanNorm(layer.norm1), LeanNorm(layer.norm2)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x [B, L, H], mask [B, 1, 1, L] additive -> [B, L, H]."""
        b, length, _ = x.shape
        shape = (b, length, HEADS, HIDDEN // HEADS)
        q = self.query(x).view(shape).transpose(1, 2)  # [B, A, L, H/A]
        k = self.key(x).view(shape).permute(0, 2, 3, 1)  # [B, A, H/A, L]
        v = self.value(x).view(shape).transpose(1, 2)
        y = ((q @ k + mask).softmax(-1) @ v).transpose(1, 2).reshape(b, length, HIDDEN)
        x = self.norm1(x + self.out(y))
        return self.norm2(x + self.down(nn.functional.gelu(self.up(x))))


def lean(encoder: Encoder) -> Encoder:
    """Turn `encoder` into its lean form, in place, and return it: the same vectors, but it cannot be trained on."""
    encoder.layers = nn.ModuleList(LeanLayer(layer) for layer in encoder.layers)
    return encoder
