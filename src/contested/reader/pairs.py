"""Which spans of a document are compared with which, and what is known about each pair before any vector is.

A `Pairs` holds, for one relation, P index pairs into the document's span table and [P, 6] feature ids into
one table of FEATURES rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.reader.pieces import QUOTED, Pieces
from contested.reader.schema import CUE, LAYERS, PARTICIPANT, TRIGGER

Int = NDArray[np.int64]
Float = NDArray[np.float32]

# Relations, in the order of the model's outputs.
ARGUMENT, SOURCE, COVER, SAME_EVENT, SAME_ACTOR = range(5)
COREFERENCE = (SAME_EVENT, SAME_ACTOR)
RELATIONS = ("argument", "source", "cover", "same_event", "same_actor")

# How far apart, in sentences (second minus first), the two spans of a pair may lie. Measured on train: within one
# sentence of the trigger lie 98 % of arguments, within (-1, 1) of the cue 99.8 % of sources, within (-1, 2) 98 % of
# covered events; 12 sentences back reach 97 % of repeated mentions.
REACH: tuple[tuple[int, int], ...] = ((-1, 1), (-1, 1), (-1, 2), (-12, 0), (-12, 0))

# … and in pieces: what is printed without full stops is one sentence, whose pairs would be quadratic.
FARTHEST = (320, 320, 320, 768, 768)

_SENTENCES = 4  # distances beyond are alike
_STEPS = 8  # log2 steps of distance in pieces
# Values of each feature, and where they begin in the one table of all.
SIZES = (2 * _SENTENCES + 1, 2 * _STEPS + 1, 4, 4, 4, max(len(LAYERS), 4))
OFFSETS = np.concatenate([[0], np.cumsum(SIZES)[:-1]])
FEATURES = int(sum(SIZES))
WIDTH = len(SIZES)


@dataclass(frozen=True, slots=True)
class Spans:
    """N spans of one document, sorted by (start, end, layer). `start`, `last` are piece indices, `last` included."""

    layer: Int
    start: Int
    last: Int

    def __len__(self) -> int:
        return len(self.layer)


@dataclass(frozen=True, slots=True)
class Pairs:
    """P pairs of one relation: `first` and `second` index the span table, `features` [P, WIDTH] the feature table."""

    first: Int
    second: Int
    features: Int


def all_pairs(pieces: Pieces, spans: Spans, words: list[str]) -> tuple[Pairs, ...]:
    """Return the pairs of every relation. `words` are the spans' lower-cased texts (for string matches)."""
    layer = spans.layer
    triggers = np.flatnonzero(layer == TRIGGER)
    cues = np.flatnonzero(layer == CUE)
    participants = np.flatnonzero(layer == PARTICIPANT)
    arguments = np.flatnonzero((layer != TRIGGER) & (layer != CUE))
    firsts = (triggers, cues, cues, triggers, participants)
    seconds = (arguments, participants, triggers, triggers, participants)
    sentence = pieces.sentence[spans.start] if len(spans) else np.zeros(0, dtype=np.int64)
    found = []
    for relation in range(len(RELATIONS)):
        first, second = _within(firsts[relation], seconds[relation], sentence, spans.start, relation)
        if relation in COREFERENCE:
            earlier = second < first
            first, second = first[earlier], second[earlier]
        found.append((first, second))
    first, second = (np.concatenate(side) for side in zip(*found, strict=True))
    sizes = [len(own) for own, _ in found]
    is_coreference = np.repeat([relation in COREFERENCE for relation in range(len(RELATIONS))], sizes)
    # All relations in one go: there are few pairs of each, and numpy's calls cost more than its sums.
    features = _features(pieces, spans, words, is_coreference, first, second)
    own = np.split(features, np.cumsum(sizes)[:-1])
    return tuple(Pairs(*sides, rows) for sides, rows in zip(found, own, strict=True))


def _within(firsts: Int, seconds: Int, sentence: Int, start: Int, relation: int) -> tuple[Int, Int]:
    """Return all pairs that lie within a relation's reach of each other; cost is linear in their number."""
    reach, farthest = REACH[relation], FARTHEST[relation]
    low = np.searchsorted(sentence[seconds], sentence[firsts] + reach[0], side="left")
    high = np.searchsorted(sentence[seconds], sentence[firsts] + reach[1], side="right")
    low = np.maximum(low, np.searchsorted(start[seconds], start[firsts] - farthest, side="left"))
    high = np.maximum(np.minimum(high, np.searchsorted(start[seconds], start[firsts] + farthest, side="right")), low)
    counts = high - low
    first = np.repeat(firsts, counts)
    steps = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return first, seconds[np.repeat(low, counts) + steps]


def _features(
    pieces: Pieces, spans: Spans, words: list[str], is_coreference: NDArray[np.bool_], first: Int, second: Int
) -> Int:
    """Return [P, WIDTH] rows of the feature table for each pair."""
    features = np.empty((len(first), WIDTH), dtype=np.int64)
    if not len(first):
        return features
    a, b = spans.start[first], spans.start[second]
    gap, step = pieces.sentence[b] - pieces.sentence[a], b - a
    quoted = (pieces.cases >= QUOTED).astype(np.int64)
    features[:, 0] = np.clip(gap, -_SENTENCES, _SENTENCES) + _SENTENCES
    features[:, 1] = np.sign(step) * np.minimum(np.ceil(np.log2(np.abs(step) + 1)), _STEPS) + _STEPS
    features[:, 2] = 2 * quoted[a] + quoted[b]
    before = _starts_before(spans, len(pieces))
    after_low, high = np.minimum(a, b) + 1, np.maximum(a, b)
    for column, layers in ((3, spans.layer[first]), (4, spans.layer[second])):
        # How many spans of the layer start strictly between the two; 3 means 3 or more.
        features[:, column] = np.clip(before[layers, high] - before[layers, after_low], 0, 3)
    features[:, 5] = spans.layer[second]
    features[is_coreference, 5] = _string_match(words, first[is_coreference], second[is_coreference])
    features += OFFSETS
    return features


def _starts_before(spans: Spans, pieces: int) -> Int:
    """Return [layers, T + 1] how many spans of each layer start before each piece."""
    width = pieces + 1
    at = np.bincount(spans.layer * width + spans.start + 1, minlength=len(LAYERS) * width)
    counts: Int = at.reshape(len(LAYERS), width).cumsum(1)
    return counts


def _string_match(words: list[str], first: Int, second: Int) -> Int:
    """Return 0 no match, 1 same last word, 2 one contains the other, 3 the same words."""
    numbers: dict[str, int] = {}
    whole = np.array([numbers.setdefault(w, len(numbers)) for w in words], dtype=np.int64)
    texts = list(numbers)
    ends: dict[str, int] = {}
    last = np.array([ends.setdefault(w.rsplit(None, 1)[-1] if w.strip() else w, len(ends)) for w in words])
    a, b = whole[first], whole[second]
    matches: Int = (last[first] == last[second]).astype(np.int64)
    # Each two different texts are compared once, however often they meet.
    meetings, at = np.unique(np.minimum(a, b) * len(texts) + np.maximum(a, b), return_inverse=True)
    ones, others = ([texts[i] for i in half.tolist()] for half in np.divmod(meetings, len(texts)))
    contains = [one in other or other in one for one, other in zip(ones, others, strict=True)]
    matches[np.array(contains, dtype=bool)[at]] = 2
    matches[a == b] = 3
    return matches
