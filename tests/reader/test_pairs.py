"""Pairs: who is compared with whom."""

from __future__ import annotations

import numpy as np

from contested.reader import schema
from contested.reader.pairs import ARGUMENT, COVER, FEATURES, SAME_EVENT, SOURCE, WIDTH, Spans, all_pairs
from contested.reader.pieces import Pieces


def document(sentences: list[int]) -> Pieces:
    """A document of pieces one character long, `sentences` pieces each."""
    total = sum(sentences)
    return Pieces(
        ids=np.ones(total, dtype=np.int64),
        cases=np.ones(total, dtype=np.int64),
        starts=np.arange(total),
        ends=np.arange(total) + 1,
        sentence=np.repeat(np.arange(len(sentences)), sentences),
        joined=np.zeros(total, dtype=bool),
        windows=((0, total),),
    )


def spans(*rows: tuple[int, int]) -> Spans:
    """Spans of one piece: (layer, start)."""
    table = np.array(sorted(rows, key=lambda r: r[1]), dtype=np.int64).reshape(-1, 2)
    return Spans(table[:, 0], table[:, 1], table[:, 1])


def test_arguments_lie_within_a_sentence_of_the_trigger() -> None:
    found = spans((schema.TRIGGER, 0), (schema.PARTICIPANT, 1), (schema.PLACE, 5), (schema.TIME, 9))
    p = all_pairs(document([4, 4, 4]), found, ["hit", "army", "hama", "sunday"])[ARGUMENT]
    assert list(zip(p.first.tolist(), p.second.tolist(), strict=True)) == [(0, 1), (0, 2)]


def test_cues_look_for_sources_among_participants_and_for_events_among_triggers() -> None:
    found = spans((schema.CUE, 0), (schema.PARTICIPANT, 1), (schema.TRIGGER, 2), (schema.PLACE, 3))
    pairs = all_pairs(document([4]), found, ["said", "army", "hit", "hama"])
    assert pairs[SOURCE].second.tolist() == [1]
    assert pairs[COVER].second.tolist() == [2]


def test_mentions_look_back_only() -> None:
    found = spans((schema.TRIGGER, 0), (schema.TRIGGER, 1), (schema.TRIGGER, 2))
    p = all_pairs(document([3]), found, ["attack", "raid", "attack"])[SAME_EVENT]
    assert list(zip(p.first.tolist(), p.second.tolist(), strict=True)) == [(1, 0), (2, 0), (2, 1)]


def test_the_number_of_pairs_is_linear_in_the_length_of_a_document() -> None:
    def count(sentences: int) -> int:
        rows = [(layer, 4 * s + i) for s in range(sentences) for i, layer in enumerate((0, 1, 2, 6))]
        found = spans(*rows)
        return sum(len(p.first) for p in all_pairs(document([4] * sentences), found, ["w"] * len(found)))

    assert count(400) < 2.1 * count(200)


def test_the_number_of_pairs_is_linear_in_the_length_of_a_sentence() -> None:
    def count(pieces: int) -> int:
        rows = [(schema.TRIGGER if i % 20 else schema.PARTICIPANT, i) for i in range(0, pieces, 10)]
        return sum(len(p.first) for p in all_pairs(document([pieces]), spans(*rows), ["hit"] * len(rows)))

    assert count(16_000) < 2.2 * count(8_000)


def test_features_stay_inside_their_table() -> None:
    found = spans(*[(layer, 30 * s + layer) for s in range(6) for layer in range(7)])
    for p in all_pairs(document([30] * 6), found, ["word"] * len(found)):
        assert p.features.shape == (len(p.first), WIDTH)
        assert p.features.min() >= 0
        assert p.features.max() < FEATURES


def test_no_spans_no_pairs() -> None:
    for p in all_pairs(document([3]), spans(), []):
        assert len(p.first) == 0
        assert p.features.shape == (0, WIDTH)
