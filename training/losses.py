"""The training loss of one batch: tags, labels and pairs, each averaged over its own decisions.

Against gold, or (`soft`) against what a teacher gives every choice: then the loss is nothing where both say the same.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, kl_div, log_softmax, logsigmoid

from contested.reader import schema
from contested.reader.pairs import ARGUMENT, COVER, RELATIONS, SAME_ACTOR, SAME_EVENT, SOURCE
from training.corpus import IGNORED, IS_SOURCE, IS_VIA
from training.model import LABEL_SIZES
from training.spans import Judged

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


def soft_tag_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """logits, wanted [T, layers * TAGS] -> sum over layers of the mean over pieces."""
    t = len(logits)
    ours, theirs = (log_softmax(x.float().view(t, -1, schema.TAGS), 2) for x in (logits, wanted))
    return kl_div(ours, theirs, reduction="sum", log_target=True) / t


def soft_answers_loss(asked: Judged, out: tuple[Tensor, ...], wanted: tuple[Tensor, ...]) -> Tensor:
    """Return how far the heads' answers are from a teacher's to the same questions."""
    loss = torch.zeros(())
    for (name, layer), ours, theirs in zip(LABELLED.items(), out, wanted, strict=False):
        loss = loss + WEIGHTS[name] * _apart(ours, theirs, asked.layer == layer)
    nobody, theirs_nobody = (answers[len(LABELLED)][:, 0].float() for answers in (out, wanted))
    for relation, name in enumerate(RELATIONS):
        first = asked.pairs[3 * relation]
        chosen = asked.layer == CHOOSERS[name]
        n = chosen.sum().clamp_min(1)
        ours, theirs = (answers[len(LABELLED) + 1 + relation].float() for answers in (out, wanted))
        if not len(first) or not chosen.any():
            continue
        if relation == ARGUMENT:
            apart = _apart(ours, theirs, torch.ones(len(first), dtype=torch.bool)) * len(first) / n
        elif relation == COVER:
            apart = _two_apart(ours[:, 0], theirs[:, 0]) / n
        elif relation == SOURCE:
            apart = _choices_apart(ours[:, 0], theirs[:, 0], first, nobody, theirs_nobody, chosen) / n
            apart = apart + 0.5 * _two_apart(ours[:, 1], theirs[:, 1]) / n
        else:
            none = torch.zeros_like(nobody)
            apart = _choices_apart(ours[:, 0], theirs[:, 0], first, none, none, chosen) / n
        loss = loss + PAIR_WEIGHTS[name] * apart
    return loss


def _apart(ours: Tensor, theirs: Tensor, kept: Tensor) -> Tensor:
    """ours, theirs [N, size], kept [N] bool -> the mean divergence over those kept."""
    if not kept.any():
        return torch.zeros(())
    pair = (log_softmax(x[kept].float(), 1) for x in (ours, theirs))
    return kl_div(*pair, reduction="batchmean", log_target=True)


def _two_apart(ours: Tensor, theirs: Tensor) -> Tensor:
    """ours, theirs [P], the logits of yes -> the sum of divergences."""
    yes, no = (kl_div(logsigmoid(k * ours), logsigmoid(k * theirs), reduction="sum", log_target=True) for k in (1, -1))
    return yes + no


def _choices_apart(
    ours: Tensor, theirs: Tensor, first: Tensor, nothing: Tensor, theirs_nothing: Tensor, chosen: Tensor
) -> Tensor:
    """Return the sum of divergences, over the spans `chosen` [N] bool, between choices among candidates and nothing.

    ours, theirs, first [P]: logits of the candidates and the span that chooses; nothing, theirs_nothing [N].
    """
    (own, own_none), (their, their_none) = _shares(ours, first, nothing), _shares(theirs, first, theirs_nothing)
    candidates = (their.exp() * (their - own))[chosen[first]].sum()
    return candidates + (their_none.exp() * (their_none - own_none))[chosen].sum()


def _shares(logits: Tensor, first: Tensor, nothing: Tensor) -> tuple[Tensor, Tensor]:
    """logits, first [P], nothing [N] -> the log shares of the candidates [P] and of choosing nothing [N]."""
    top = torch.full_like(nothing, -1e4).scatter_reduce(0, first, logits.detach(), "amax").maximum(nothing.detach())
    total = torch.zeros_like(nothing).index_add(0, first, (logits - top[first]).exp()) + (nothing - top).exp()
    whole = total.clamp_min(1e-9).log() + top
    return logits - whole[first], nothing - whole


# The labels in the order in which the heads give them, and the layer whose spans bear each.
LABELLED = {
    "event_type": schema.TRIGGER,
    "status": schema.TRIGGER,
    "kind": schema.PARTICIPANT,
    "level": schema.PLACE,
    "stance": schema.CUE,
    "part": schema.COUNT,
}
CHOOSERS = {
    "argument": schema.TRIGGER,
    "source": schema.CUE,
    "cover": schema.CUE,
    "same_event": schema.TRIGGER,
    "same_actor": schema.PARTICIPANT,
}
assert tuple(CHOOSERS) == RELATIONS
assert tuple(LABELLED) == tuple(LABEL_SIZES)
