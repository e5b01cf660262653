"""From the model's scores to a `Reading`: spans from tags, then labels, arcs and groups. Pure numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contested.reader import schema
from contested.reader.groups import Joining, Told, doer_sides, fillers, join, join_events
from contested.reader.pairs import ARGUMENT, COVER, SAME_ACTOR, SAME_EVENT, SOURCE, Float, Int, Pairs, Spans
from contested.reader.pieces import Pieces
from contested.types import ArgumentArc, Attribution, Mention, Reading, Role, Span, Status, Trigger

ARTICLES = (1996, 1037, 2019)  # "the", "a", "an" in the vocabulary


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the model must be. Each was swept on dev for the F1 of its own row (training/LOG.md).

    Attributes:
        outside: [layers] added to the logit of "outside" before tags are decided; below 0 finds more spans.
        trigger, second_source, via, cover, same_actor: least probability.
        roles: [roles] least probability of an argument in each.
        joining: when two mentions are one event.
    """

    outside: tuple[float, ...] = (0.0,) * len(schema.LAYERS)
    trigger: float = 0.5
    roles: tuple[float, ...] = (0.5,) * len(schema.ROLES)
    second_source: float = 0.3
    via: float = 0.5
    cover: float = 0.5
    unreal: float = 0.0  # added to the logits of every status but actual
    same_actor: float = 0.5
    joining: Joining = field(default_factory=Joining)


@dataclass(frozen=True, slots=True)
class Judgements:
    """Logits of one document: `labels` by name [N, size], `nobody` [N], `pairs` by relation [P, outputs]."""

    labels: dict[str, Float]
    nobody: Float
    pairs: tuple[Float, ...]


def softmax(x: Float) -> Float:
    """Return the softmax over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


def sigmoid(x: Float) -> Float:
    """Return the logistic function of each element."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)), dtype=np.float32)


def find_spans(logits: Float, pieces: Pieces, thresholds: Thresholds) -> Spans:
    """Return the spans that the tags mark, sorted. `logits` is [T, layers * TAGS].

    A span never crosses a sentence nor cuts a word; an inside tag after an outside one begins a span.
    """
    by_layer = logits.reshape(len(pieces), len(schema.LAYERS), schema.TAGS).copy()
    by_layer[:, :, schema.OUTSIDE] += np.array(thresholds.outside, dtype=np.float32)
    if not len(by_layer):
        empty = np.zeros(0, dtype=np.int64)
        return Spans(empty, empty, empty)
    tags = _word_tags(by_layer, pieces)  # [T, layers]
    fresh = np.ones(len(tags), dtype=bool)  # first piece of its sentence
    fresh[1:] = pieces.sentence[1:] != pieces.sentence[:-1]
    continues = np.zeros_like(tags, dtype=bool)
    continues[1:] = (tags[1:] == schema.INSIDE) & (tags[:-1] != schema.OUTSIDE) & ~fresh[1:, None]
    marked = tags != schema.OUTSIDE
    begins = marked & ~continues
    layers, starts = np.nonzero(begins.T)
    # A span ends before the first piece that does not continue it: of each piece, the next such piece from it on.
    stops = np.full((len(tags) + 1, len(schema.LAYERS)), len(tags))
    stops[:-1] = np.where(continues, len(tags), np.arange(len(tags))[:, None])
    lasts = np.minimum.accumulate(stops[::-1])[::-1][starts + 1, layers] - 1
    order = np.lexsort((layers, lasts, starts))
    return Spans(layers[order].astype(np.int64), starts[order].astype(np.int64), lasts[order])


def _word_tags(by_layer: Float, pieces: Pieces) -> Int:
    """Return [T, layers] tags that agree within each word. `by_layer` is [T, layers, TAGS].

    A word is in or out by the mean of its pieces; whether it begins a span its first piece says. An article alone is
    no span: it goes with the span after it, or is left out.
    """
    joined = pieces.joined
    first = np.flatnonzero(~joined)
    sizes = np.diff(np.append(first, len(joined)))[:, None]
    outside = np.add.reduceat(by_layer[:, :, schema.OUTSIDE], first) / sizes  # [W, layers]
    inside = np.maximum(by_layer[:, :, schema.BEGIN], by_layer[:, :, schema.INSIDE])
    within = np.add.reduceat(inside, first) / sizes
    entry = np.where(by_layer[first, :, schema.BEGIN] >= by_layer[first, :, schema.INSIDE], schema.BEGIN, schema.INSIDE)
    words = np.where(within > outside, entry, schema.OUTSIDE)
    begins = words != schema.OUTSIDE
    begins[1:] &= (words[1:] == schema.BEGIN) | (words[:-1] == schema.OUTSIDE)
    article = np.isin(pieces.ids[first], ARTICLES)[:, None] & begins
    follows = article[:-1] & (words[1:] == schema.BEGIN)
    words[1:][follows] = schema.INSIDE
    alone = article.copy()
    alone[:-1] &= words[1:] == schema.OUTSIDE
    words[alone] = schema.OUTSIDE
    tags = np.repeat(words, sizes[:, 0], axis=0)
    tags[joined] = np.where(tags[joined] != schema.OUTSIDE, schema.INSIDE, schema.OUTSIDE)
    return tags


def char_spans(spans: Spans, pieces: Pieces) -> list[Span]:
    """Return each span in code points, white space at its ends left out."""
    return list(map(Span, pieces.starts[spans.start].tolist(), pieces.ends[spans.last].tolist()))


def words_of(spans: Sequence[Span], text: str) -> list[str]:
    """Return the lower-cased text of each span, without a leading article."""
    words = [text[s.start : s.end].lower() for s in spans]
    return [w.removeprefix("the ") for w in words]


def choose(logits: Float, first: Int, null: Float) -> Float:
    """Return [P] the probability of each candidate among those of the same `first`, with null competing. null [N]."""
    if not len(first):
        return np.zeros(0, dtype=np.float32)
    top = null.astype(np.float32).copy()
    np.maximum.at(top, first, logits)
    exp = np.exp(logits - top[first])
    total = np.exp(null - top)
    np.add.at(total, first, exp)
    return np.asarray(exp / total[first], dtype=np.float32)


def decode(
    document: str,
    spans: Spans,
    chars: Sequence[Span],
    words: Sequence[str],
    pairs: Sequence[Pairs],
    judged: Judgements,
    thresholds: Thresholds,
    model: str,
) -> Reading:
    """Return the reading of one document. `words` are the spans' texts as `words_of` gives them."""
    layer = spans.layer
    types = softmax(judged.labels["event_type"])
    sure = 1.0 - types[:, schema.NO_EVENT]
    is_trigger = (layer == schema.TRIGGER) & (sure >= thresholds.trigger)
    mentions = _mentions(layer, chars, judged)
    arguments = _arguments(pairs[ARGUMENT], judged.pairs[ARGUMENT], layer, is_trigger, thresholds)
    attributions = _attributions(pairs, judged, is_trigger, thresholds)
    events = pairs[SAME_EVENT]
    same = choose(judged.pairs[SAME_EVENT][:, 0], events.first, np.zeros(len(layer), dtype=np.float32))
    filled = fillers(arguments, words)
    kinds = judged.labels["kind"].argmax(1)
    sides = doer_sides(arguments, [schema.KINDS[k] if k != schema.THING else None for k in kinds.tolist()])

    shares = _shares(types)
    actual = softmax(judged.labels["status"])[:, schema.ACTUAL]
    told = Told(shares, actual.tolist(), filled, sides)
    found = np.flatnonzero(is_trigger).tolist()
    event_groups = join_events(found, events.first, events.second, same, told, thresholds.joining)
    kind_of = _likeliest(shares, event_groups)
    status = _statuses(judged.labels["status"], event_groups, thresholds.unreal)
    triggers = tuple(
        Trigger(f"t{i}", chars[i], schema.TYPES[kind_of[i]], status[i], float(types[i, kind_of[i]])) for i in found
    )
    actors = pairs[SAME_ACTOR]
    same = choose(judged.pairs[SAME_ACTOR][:, 0], actors.first, np.zeros(len(layer), dtype=np.float32))
    people = np.flatnonzero((layer == schema.PARTICIPANT) & (kinds != schema.THING)).tolist()
    actor_groups = join(people, actors.first, actors.second, same, thresholds.same_actor)
    return Reading(
        document,
        triggers,
        mentions,
        _each_once(arguments, event_groups),
        attributions,
        tuple(tuple(f"t{i}" for i in g) for g in event_groups),
        tuple(tuple(f"m{i}" for i in g) for g in actor_groups),
        model,
    )


def _shares(types: Float) -> Float:
    """Return [N, types] the probabilities of the types alone, given that there is an event."""
    events = types[:, : schema.NO_EVENT]
    return np.asarray(events / events.sum(1, keepdims=True), dtype=np.float32)


def _statuses(logits: Float, groups: Sequence[Sequence[int]], unreal: float) -> dict[int, Status]:
    """Return the status of each trigger. Mentions of one event share one: the likeliest by the mean of them all."""
    biased = logits + np.where(np.arange(len(schema.STATUSES)) == schema.ACTUAL, 0.0, unreal).astype(np.float32)
    return {i: schema.STATUSES[label] for i, label in _likeliest(softmax(biased), groups).items()}


def _likeliest(shares: Float, groups: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return the label of each member of `groups`: of a group, the likeliest by the mean of all its mentions."""
    alone = shares.argmax(1).tolist()
    found: dict[int, int] = {}
    for group in groups:
        best = alone[group[0]] if len(group) == 1 else int(shares[list(group)].sum(0).argmax())  # as of the mean
        found.update(dict.fromkeys(group, best))
    return found


def _mentions(layer: Int, chars: Sequence[Span], judged: Judgements) -> tuple[Mention, ...]:
    """Return every span that is no trigger, with the labels of its layer."""
    layers = layer.tolist()
    kinds, levels, stances, parts = (
        judged.labels[name].argmax(1).tolist() for name in ("kind", "level", "stance", "part")
    )
    found = []
    for i in np.flatnonzero(layer != schema.TRIGGER).tolist():
        at = layers[i]
        is_actor = at == schema.PARTICIPANT and kinds[i] != schema.THING
        found.append(
            Mention(
                f"m{i}",
                schema.LAYERS[at],
                chars[i],
                kind=schema.KINDS[kinds[i]] if is_actor else None,
                level=schema.LEVELS[levels[i]] if at == schema.PLACE else None,
                stance=schema.STANCES[stances[i]] if at == schema.CUE else None,
                part=bool(at == schema.COUNT and parts[i]),
            )
        )
    return tuple(found)


def _arguments(
    p: Pairs, logits: Float, layer: Int, is_trigger: NDArray[np.bool_], thresholds: Thresholds
) -> tuple[ArgumentArc, ...]:
    """Return the arcs from triggers to their arguments."""
    if not len(p.first):
        return ()
    roles = softmax(logits)
    best = roles[:, 1:].argmax(1)
    sure = 1.0 - roles[:, 0]
    least = np.array(thresholds.roles, dtype=np.float32)[best]
    rows = np.flatnonzero(is_trigger[p.first] & (sure >= least))
    triggers, mentions = p.first[rows].tolist(), p.second[rows].tolist()
    arcs = []
    for t, m, at, label, score in zip(
        triggers, mentions, layer[mentions].tolist(), best[rows].tolist(), sure[rows].tolist(), strict=True
    ):
        role = schema.ROLES[label]
        if schema.ROLE_LAYER[role] == at:
            arcs.append(ArgumentArc(f"t{t}", f"m{m}", role, score))
    return tuple(arcs)


def _each_once(arguments: Sequence[ArgumentArc], groups: Sequence[Sequence[int]]) -> tuple[ArgumentArc, ...]:
    """Return the arcs without those that say of an event what a surer arc of another of its mentions says already.

    Annotators hang a participant on one mention of the event; two mentions in one sentence each claim the same words.
    """
    event_of = {f"t{i}": number for number, group in enumerate(groups) for i in group}
    surest: dict[tuple[int, str, Role], ArgumentArc] = {}
    for arc in arguments:
        key = (event_of[arc.trigger], arc.mention, arc.role)
        if key not in surest or arc.score > surest[key].score:
            surest[key] = arc
    return tuple(arc for arc in arguments if surest[event_of[arc.trigger], arc.mention, arc.role] is arc)


def _attributions(
    pairs: Sequence[Pairs], judged: Judgements, is_trigger: NDArray[np.bool_], thresholds: Thresholds
) -> tuple[Attribution, ...]:
    """Return, for each cue that covers an event, one attribution a source."""
    covers, sources = pairs[COVER], pairs[SOURCE]
    covered: dict[int, list[tuple[int, float]]] = {}
    probability = sigmoid(judged.pairs[COVER][:, 0])
    rows = np.flatnonzero((probability >= thresholds.cover) & is_trigger[covers.second])
    sure = (covers.first[rows].tolist(), covers.second[rows].tolist(), probability[rows].tolist())
    for cue, trigger, score in zip(*sure, strict=True):
        covered.setdefault(cue, []).append((trigger, score))
    speaks = choose(judged.pairs[SOURCE][:, 0], sources.first, judged.nobody).tolist()
    relays = sigmoid(judged.pairs[SOURCE][:, 1]).tolist()
    cues = np.array(sorted(covered), dtype=np.int64)  # lists from here on: a cue has too few candidates for numpy
    stances = judged.labels["stance"][cues].argmax(1).tolist()
    edges = np.searchsorted(sources.first, [cues, cues + 1]).T.tolist()  # pairs lie in the order of their firsts
    mentions = sources.second.tolist()
    found = []
    for cue, stance, (low, high) in zip(cues.tolist(), stances, edges, strict=True):
        speakers = _speakers(speaks[low:high], thresholds.second_source)
        likeliest = max(range(low, high), key=relays.__getitem__, default=None)
        via = likeliest if likeliest is not None and relays[likeliest] >= thresholds.via else None
        scores = [score for _, score in covered[cue]]
        for row in [low + k for k in speakers] or [None]:
            found.append(
                Attribution(
                    f"m{cue}",
                    None if row is None else f"m{mentions[row]}",
                    None if via is None or via == row else f"m{mentions[via]}",
                    tuple(f"t{t}" for t, _ in covered[cue]),
                    schema.STANCES[stance],
                    sum(scores) / len(scores),
                )
            )
    return tuple(found)


def _speakers(scores: Sequence[float], second: float) -> list[int]:
    """Return the candidates that speak: the best if likelier than nobody, and any other above `second`."""
    if not scores:
        return []
    best = max(range(len(scores)), key=scores.__getitem__)
    nobody = 1.0 - sum(scores)
    if scores[best] <= nobody:
        return []
    return [best] + [k for k in range(len(scores)) if k != best and scores[k] >= second]
