"""The training loss of one batch: tags, labels and pairs, each averaged over its own decisions."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from contested.reader import schema
from contested.reader.pairs import ARGUMENT, COVER, RELATIONS, SAME_ACTOR, SAME_EVENT, SOURCE
from training.corpus import IGNORED, IS_SOURCE, IS_VIA

# Tags are averaged over pieces, of which there are about twenty a trigger; arcs are summed a trigger or cue.
WEIGHTS = {"tags": 10.0, "event_type": 3.0, "status": 2.0, "kind": 1.5, "level": 0.1}
WEIGHTS |= {"sayings": 3.0, "stance": 0.5, "part": 0.2, "factual": 0.5}
PAIR_WEIGHTS = {"argument": 1.0, "source": 0.5, "cover": 0.7, "same_event": 0.8, "same_actor": 0.2}


def among_candidates(logits: Tensor, first: Tensor, positive: Tensor, null: Tensor) -> Tensor:
    """Return [N] minus log of the share that the positive candidates (or, without any, null) hold for each span.

    logits [P] with first [P] the span that chooses; positive [P] bool; null [N] the logit of choosing nothing.
    """
    n = null.shape[0]
    top = torch.full((n,), -1e4).scatter_reduce(0, first, logits.detach(), "amax").maximum(null.detach())
    exp = (logits - top[first]).exp()
    nothing = (null - top).exp()
    total = torch.zeros(n).index_add(0, first, exp) + nothing
    right = torch.zeros(n).index_add(0, first, exp * positive)
    has = torch.zeros(n).index_add(0, first, positive.float()) > 0
    return total.clamp_min(1e-9).log() - torch.where(has, right, nothing).clamp_min(1e-9).log()


def tag_loss(logits: Tensor, tags: Tensor) -> Tensor:
    """logits [T, layers * TAGS], tags [T, layers] -> sum over layers of the mean over the tagged pieces."""
    layers = tags.shape[1]
    by_layer = logits.float().view(-1, layers, schema.TAGS)
    total = torch.zeros(())
    for layer in range(layers):
        kept = tags[:, layer] != IGNORED
        if kept.any():
            total = total + cross_entropy(by_layer[kept, layer], tags[kept, layer])
    return total


def pair_loss(relation: int, logits: Tensor, first: Tensor, labels: Tensor, nobody: Tensor, choosers: Tensor) -> Tensor:
    """Return the loss of one relation over the spans in `choosers` [N] bool (cues for sources, triggers for events)."""
    if not len(first):
        return torch.zeros(())
    logits = logits.float()
    n = choosers.sum().clamp_min(1)
    if relation == ARGUMENT:
        kept = labels != IGNORED
        return cross_entropy(logits[kept], labels[kept], reduction="sum") / n
    if relation == COVER:
        kept = labels != IGNORED
        return binary_cross_entropy_with_logits(logits[kept, 0], labels[kept].float(), reduction="sum") / n
    if relation == SOURCE:
        via = binary_cross_entropy_with_logits(logits[:, 1], (labels == IS_VIA).float(), reduction="sum") / n
        chosen = among_candidates(logits[:, 0], first, labels == IS_SOURCE, nobody.float())
        return (chosen * choosers).sum() / n + 0.5 * via
    assert relation in (SAME_EVENT, SAME_ACTOR)
    kept = labels != IGNORED
    chosen = among_candidates(logits[kept, 0], first[kept], labels[kept] == 1, torch.zeros_like(nobody).float())
    return (chosen * choosers).sum() / n


def label_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """logits [N, size], labels [N] -> mean over the labelled spans."""
    kept = labels != IGNORED
    return cross_entropy(logits[kept].float(), labels[kept]) if kept.any() else torch.zeros(())


CHOOSERS = {
    "argument": schema.TRIGGER,
    "source": schema.CUE,
    "cover": schema.CUE,
    "same_event": schema.TRIGGER,
    "same_actor": schema.PARTICIPANT,
}
assert tuple(CHOOSERS) == RELATIONS
