"""The reader as a PyTorch module: encoder, document context, span tags, span labels, pair scores.

Shapes: B windows, L pieces a window, T pieces of all documents of a batch in a row, S sentences, N spans, P pairs,
H = 384. The three parts `encode`, `tag` and `judge` are exported as three graphs, with numpy between them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from contested.reader import schema
from contested.reader.pairs import ARGUMENT, FEATURES, OFFSETS, RELATIONS, SIZES
from training.corpus import Convention
from training.encoder import CASES, HEAD, HIDDEN, Encoder

SPAN = 256  # units of a span's vector
PAIR = 192  # units of a pair's vector
FILLED = 96  # units that carry what fills a trigger's roles
SAYINGS = 3  # layers of the second task: cue, source, content of any saying
PLACES = 64  # sentence positions told apart; later ones share the last
OUTPUTS = {"argument": len(schema.ROLES) + 1, "source": 2, "cover": 1, "same_event": 1, "same_actor": 1}
LABEL_SIZES = {
    "event_type": len(schema.TYPES) + 1,
    "status": len(schema.STATUSES),
    "kind": len(schema.KINDS) + 1,
    "level": len(schema.LEVELS),
    "stance": len(schema.STANCES),
    "part": 2,
}


def checkpoint(path: Path) -> dict[str, Tensor]:
    """Return the weights kept at `path`; those from before conventions were told apart serve each of them alike."""
    state: dict[str, Tensor] = torch.load(path)
    cases = state["encoder.cases.weight"]
    if len(cases) == CASES:
        state["encoder.cases.weight"] = cases.repeat(len(Convention), 1)
    return state


class Context(nn.Module):
    """Tells each piece what its document is about: one transformer layer over sentence means."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.places = nn.Embedding(PLACES, HIDDEN)
        nn.init.normal_(self.places.weight, std=0.02)
        self.heads = 6
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN)
        self.up = nn.Linear(HIDDEN, 2 * HIDDEN)
        self.down = nn.Linear(2 * HIDDEN, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN)
        self.dropout = nn.Dropout(dropout)

    def forward(self, means: Tensor, document: Tensor, position: Tensor) -> Tensor:
        """means [S, H], document [S] (which document), position [S] -> [S, H]."""
        s = means.shape[0]
        x = means + self.places(position.clamp(max=PLACES - 1))
        mask = (document[:, None] != document[None, :]).to(x.dtype) * -1e4
        q, k, v = self.qkv(x).view(s, 3, self.heads, HIDDEN // self.heads).permute(1, 2, 0, 3)  # each [6, S, H/6]
        weights = (q @ k.transpose(1, 2) * (HIDDEN // self.heads) ** -0.5 + mask).softmax(-1)
        x = self.norm1(x + self.dropout(self.out((weights @ v).transpose(0, 1).reshape(s, HIDDEN))))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class PairScorer(nn.Module):
    """Scores pairs of spans of one relation: an additive and a multiplicative view of both, with pair features."""

    def __init__(self, outputs: int, dropout: float) -> None:
        super().__init__()
        self.first = nn.Linear(SPAN, 2 * PAIR)
        self.second = nn.Linear(SPAN, 2 * PAIR, bias=False)
        self.features = nn.Linear(FEATURES, PAIR, bias=False)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(2 * PAIR, outputs)
        self.is_folded = False

    def forward(self, r: Tensor, first: Tensor, second: Tensor, features: Tensor) -> Tensor:
        """r [N, SPAN], first, second [P], features [P, F] -> [P, outputs]."""
        # Cut in two while there are N rows, not P.
        (u, u_times), (v, v_times) = self.first(r).split(PAIR, 1), self.second(r).split(PAIR, 1)  # [N, PAIR] each
        added = nn.functional.gelu(u.index_select(0, first) + v.index_select(0, second) + self._known(features))
        multiplied = u_times.index_select(0, first) * v_times.index_select(0, second)
        return self.out(self.dropout(torch.cat([added, multiplied], 1)))

    def _known(self, features: Tensor) -> Tensor:
        """Return [P, PAIR] what is known of each pair before any vector is."""
        if not self.is_folded:
            several_hot = torch.zeros(features.shape[0], FEATURES).scatter(1, features, 1.0)  # faster than look-ups
            return self.features(several_hot)
        rows = features @ self.strides - self.shift  # [P, 2]
        return self.near.index_select(0, rows[:, 0]) + self.rest.index_select(0, rows[:, 1])

    def fold(self) -> None:
        """Make of the six features two, with a row for each of their combinations: the graph then looks up only two."""
        split = 2  # 9 * 17 distances, 4 * 4 * 4 * 7 combinations of all else
        strides = [math.prod(SIZES[i + 1 : split] if i < split else SIZES[i + 1 :]) for i in range(len(SIZES))]
        columns = torch.zeros(len(SIZES), 2, dtype=torch.long)
        columns[:split, 0], columns[split:, 1] = torch.tensor(strides[:split]), torch.tensor(strides[split:])
        self.register_buffer("strides", columns, persistent=False)
        self.register_buffer("shift", torch.tensor(OFFSETS)[None] @ columns, persistent=False)
        weights = self.features.weight.detach().T.split(SIZES)  # [size, PAIR] each
        self.register_buffer("near", _sums(weights[:split]), persistent=False)
        self.register_buffer("rest", _sums(weights[split:]), persistent=False)
        self.is_folded = True


def _sums(parts: Sequence[Tensor]) -> Tensor:
    """Return the sums of one row of each part, for every choice of rows, the last part's changing fastest."""
    table = torch.zeros(1, PAIR)
    for part in parts:
        table = (table[:, None] + part[None]).flatten(0, 1)
    return table


class Filled(nn.Module):
    """Tells a trigger what likely fills its roles, before it is compared with other triggers and with cues.

    Two words for one event are known by who, where and how many more than by their own looks.
    """

    def __init__(self) -> None:
        super().__init__()
        self.value = nn.Linear(SPAN, FILLED)
        self.roles = nn.Linear(len(schema.ROLES), FILLED, bias=False)
        self.out = nn.Linear(FILLED, SPAN, bias=False)
        nn.init.zeros_(self.out.weight)  # so that training goes on from a model without this

    def forward(self, r: Tensor, first: Tensor, second: Tensor, logits: Tensor) -> Tensor:
        """r [N, SPAN]; first, second [P] and logits [P, roles + 1] of the arguments -> [N, SPAN]."""
        roles = logits.detach().softmax(-1)[:, 1:]  # the arguments' own loss alone decides what they are
        each = self.value(r).index_select(0, second) * self.roles(roles)  # [P, FILLED]
        if self.training:
            sums = r.new_zeros(r.shape[0], FILLED).scatter_add(0, first[:, None].expand(-1, FILLED), each)
        else:  # the same as a product, which the run-time does in a tenth of the time; in training N is too large
            sums = (torch.arange(r.shape[0])[:, None] == first[None]).to(each.dtype) @ each
        return r + self.out(nn.functional.gelu(sums))


class ReaderModel(nn.Module):
    """All heads over one encoder."""

    def __init__(self, dropout: float = 0.1, head_dropout: float = 0.25) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.context = Context(dropout)
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.mix_norm = nn.LayerNorm(HIDDEN)
        self.dropout = nn.Dropout(head_dropout)
        self.tagger = nn.Linear(HIDDEN, len(schema.LAYERS) * schema.TAGS)
        self.sayings = nn.Linear(HIDDEN, SAYINGS * schema.TAGS)  # a second task of training; not exported
        self.layer = nn.Embedding(len(schema.LAYERS), SPAN)
        self.ends = nn.Linear(3 * HIDDEN, SPAN)
        self.span_norm = nn.LayerNorm(SPAN)
        self.labels = nn.ModuleDict({name: nn.Linear(SPAN, size) for name, size in LABEL_SIZES.items()})
        self.factual = nn.Linear(SPAN, 2)  # another second task, likewise
        self.nobody = nn.Linear(SPAN, 1)  # how likely a cue names no source
        self.filled = Filled()
        self.pairs = nn.ModuleDict({name: PairScorer(OUTPUTS[name], head_dropout) for name in RELATIONS})

    def encode(self, ids: Tensor, cases: Tensor) -> Tensor:
        """ids, cases [B, L] -> [B, L, H]."""
        return self.encoder(ids, cases)

    def tag(
        self, x: Tensor, means: Tensor, document: Tensor, position: Tensor, sentence: Tensor
    ) -> tuple[Tensor, Tensor]:
        """x [T, H], means [S, H], document, position [S], sentence [T] -> h [T, H], tag logits [T, layers * TAGS]."""
        context = self.mix(self.context(means, document, position))
        h = self.mix_norm(x + context[sentence])
        return h, self.tagger(self.dropout(h))

    def vectors(self, h: Tensor, layer: Tensor, start: Tensor, last: Tensor) -> Tensor:
        """h [T, H]; layer, start, last [N] -> the spans' vectors [N, SPAN]."""
        sums = torch.cat([torch.zeros_like(h[:1]), h.float().cumsum(0)])  # [T + 1, H]
        mean = (sums[last + 1] - sums[start]) / (last + 1 - start)[:, None].to(h.dtype)
        ends = self.ends(self.dropout(torch.cat([h[start], h[last], mean.to(h.dtype)], 1)))
        return self.dropout(self.span_norm(nn.functional.gelu(ends) + self.layer(layer)))

    def judge_vectors(self, r: Tensor, *pairs: Tensor) -> tuple[Tensor, ...]:
        """r [N, SPAN]; then first [P], second [P], features [P, F] for each relation: see `judge`."""
        out = [self.labels[name](r) for name in LABEL_SIZES]
        out.append(self.nobody(r))
        for i, name in enumerate(RELATIONS):
            out.append(self.pairs[name](r, *pairs[3 * i : 3 * i + 3]))
            if i == ARGUMENT:  # the first; from here on triggers know what fills them
                r = self.filled(r, pairs[0], pairs[1], out[-1])
        return tuple(out)

    def judge(self, h: Tensor, layer: Tensor, start: Tensor, last: Tensor, *pairs: Tensor) -> tuple[Tensor, ...]:
        """Label spans and score pairs.

        h [T, H]; layer, start, last [N]; then first [P], second [P], features [P, F] for each relation.
        Returns the logits of each label [N, size], of `nobody` [N, 1], then of each relation [P, outputs].
        """
        return self.judge_vectors(self.vectors(h, layer, start, last), *pairs)

    def read_weights(self, path: Path) -> None:
        """Load a checkpoint; one from before a second task or `filled` was added lacks only these."""
        state = checkpoint(path)
        layers = range(sum(name.startswith("encoder.layers.") and name.endswith(".up.weight") for name in state))
        units = [len(state[f"encoder.layers.{i}.up.weight"]) for i in layers]
        self.encoder.narrow(units, [state[f"encoder.layers.{i}.out.weight"].shape[1] // HEAD for i in layers])
        lacking, unknown = self.load_state_dict(state, strict=False)
        if unknown or any(not name.startswith(("factual.", "sayings.", "filled.")) for name in lacking):
            raise ValueError(f"{path} does not fit this model: lacks {lacking}, has beside it {unknown}")
