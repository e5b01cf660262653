"""Decoding: from scores to spans, arcs and groups."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from contested.reader import schema
from contested.reader.decode import ARTICLES, Judgements, Thresholds, choose, decode, find_spans
from contested.reader.pairs import ARGUMENT, COVER, RELATIONS, SAME_EVENT, SOURCE, Pairs, Spans
from contested.reader.pieces import Pieces
from contested.types import EventType, Role, Span, Stance

TEXT = "The army said rebels struck Hama; the strike killed ten"
WORDS = [Span(0, 8), Span(9, 13), Span(14, 20), Span(21, 27), Span(28, 32), Span(38, 44), Span(52, 55)]
ARMY, SAID, REBELS, STRUCK, HAMA, STRIKE, TEN = range(7)
TEXTS = ["army", "said", "rebels", "struck", "hama", "strike", "ten"]
LAYER = [1, 6, 1, 0, 2, 0, 5]


def pieces(sentences: list[int], joined: tuple[int, ...] = ()) -> Pieces:
    total = sum(sentences)
    row = np.arange(total, dtype=np.int64)
    sentence = np.repeat(np.arange(len(sentences)), sentences)
    return Pieces(row, row, row, row + 1, sentence, np.isin(row, joined), ((0, total),))


def tags(rows: list[list[int]]) -> np.ndarray:
    """Logits that choose the tags in `rows` ([T][layers])."""
    table = np.array(rows)
    return np.eye(schema.TAGS, dtype=np.float32)[table].reshape(len(rows), -1) * 9


def trigger_tags(sequence: list[int]) -> np.ndarray:
    return tags([[t, 0, 0, 0, 0, 0, 0] for t in sequence])


def test_a_begin_tag_ends_the_span_before_it() -> None:
    found = find_spans(trigger_tags([1, 2, 1, 0, 2]), pieces([5]), Thresholds())
    assert list(zip(found.start.tolist(), found.last.tolist(), strict=True)) == [(0, 1), (2, 2), (4, 4)]


def test_a_span_never_crosses_a_sentence() -> None:
    found = find_spans(trigger_tags([1, 2, 2, 2]), pieces([2, 2]), Thresholds())
    assert list(zip(found.start.tolist(), found.last.tolist(), strict=True)) == [(0, 1), (2, 3)]


def test_a_span_never_cuts_a_word() -> None:
    logits = trigger_tags([0, 2, 1, 0, 0])
    logits[1] *= 2  # the second piece is surer that it is inside than the first that it is not
    logits[2] *= 2
    found = find_spans(logits, pieces([5], joined=(1, 3)), Thresholds())
    assert list(zip(found.start.tolist(), found.last.tolist(), strict=True)) == [(0, 1), (2, 3)]


def with_article(at: int, total: int) -> Pieces:
    whole = pieces([total])
    ids = whole.ids.copy()
    ids[at] = ARTICLES[0]
    return replace(whole, ids=ids)


def test_an_article_that_stands_alone_goes_with_the_span_behind_it() -> None:
    found = find_spans(trigger_tags([0, 1, 1, 2]), with_article(1, 4), Thresholds())
    assert list(zip(found.start.tolist(), found.last.tolist(), strict=True)) == [(1, 3)]


def test_an_article_with_nothing_behind_it_is_no_span() -> None:
    assert len(find_spans(trigger_tags([0, 1, 0, 0]), with_article(1, 4), Thresholds())) == 0


def test_an_article_inside_a_span_ends_nothing() -> None:
    found = find_spans(trigger_tags([1, 2, 1, 0]), with_article(1, 4), Thresholds())
    assert list(zip(found.start.tolist(), found.last.tolist(), strict=True)) == [(0, 1), (2, 2)]


def test_layers_may_overlap() -> None:
    found = find_spans(tags([[0, 1, 1, 0, 0, 0, 0], [0, 2, 0, 0, 0, 0, 0]]), pieces([2]), Thresholds())
    assert found.layer.tolist() == [schema.PLACE, schema.PARTICIPANT]
    assert found.last.tolist() == [0, 1]


def test_the_outside_bias_finds_more_spans() -> None:
    logits = np.zeros((1, 21), dtype=np.float32)
    logits[0, 0], logits[0, 1] = 0.4, 0.0
    assert len(find_spans(logits, pieces([1]), Thresholds())) == 0
    eager = Thresholds(outside=(-0.5, 0, 0, 0, 0, 0, 0))
    assert find_spans(logits, pieces([1]), eager).layer.tolist() == [schema.TRIGGER]


def test_choose_shares_probability_among_candidates_and_null() -> None:
    first = np.array([0, 0, 2])
    p = choose(np.array([1.0, 1.0, 5.0], dtype=np.float32), first, np.array([1.0, 0.0, -50.0], dtype=np.float32))
    assert p == pytest.approx([1 / 3, 1 / 3, 1.0], abs=1e-5)


def pairs_of(rows: list[tuple[int, int]]) -> Pairs:
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return Pairs(table[:, 0], table[:, 1], np.zeros((len(rows), 6), dtype=np.int64))


def judged(scores: dict[int, np.ndarray], nobody: float = -5.0, kind_of: dict[int, int] | None = None) -> Judgements:
    n = len(WORDS)
    labels = {
        "event_type": np.zeros((n, len(schema.TYPES) + 1), dtype=np.float32),
        "status": np.zeros((n, 4), dtype=np.float32),
        "kind": np.zeros((n, len(schema.KINDS) + 1), dtype=np.float32),
        "level": np.zeros((n, len(schema.LEVELS)), dtype=np.float32),
        "stance": np.zeros((n, len(schema.STANCES)), dtype=np.float32),
        "part": np.zeros((n, 2), dtype=np.float32),
    }
    labels["event_type"][:, schema.TYPES.index(EventType.AIRSTRIKE)] = 9
    labels["stance"][:, schema.STANCES.index(Stance.DENIES)] = 9
    for i, kind in (kind_of or {}).items():
        labels["kind"][i, kind] = 9
    sizes = (len(schema.ROLES) + 1, 2, 1, 1, 1)
    out = tuple(scores.get(r, np.zeros((0, sizes[r]), dtype=np.float32)) for r in range(len(RELATIONS)))
    return Judgements(labels, np.full(n, nobody, dtype=np.float32), out)


def all_of(rows: dict[int, list[tuple[int, int]]]) -> tuple[Pairs, ...]:
    return tuple(pairs_of(rows.get(r, [])) for r in range(len(RELATIONS)))


def spans() -> Spans:
    at = np.arange(len(WORDS), dtype=np.int64)
    return Spans(np.array(LAYER, dtype=np.int64), at, at)


def role_scores(*roles: Role | None) -> np.ndarray:
    out = np.zeros((len(roles), len(schema.ROLES) + 1), dtype=np.float32)
    for row, role in enumerate(roles):
        out[row, 0 if role is None else schema.ROLE_INDEX[role]] = 9
    return out


def test_a_whole_reading() -> None:
    rows = {
        ARGUMENT: [(STRUCK, ARMY), (STRUCK, REBELS), (STRUCK, HAMA), (STRIKE, TEN)],
        SOURCE: [(SAID, ARMY), (SAID, REBELS)],
        COVER: [(SAID, STRUCK), (SAID, STRIKE)],
        SAME_EVENT: [(STRIKE, STRUCK)],
    }
    scores = {
        ARGUMENT: role_scores(None, Role.BY, Role.PLACE, Role.KILLED),
        SOURCE: np.array([[6, -9], [-6, -9]], dtype=np.float32),
        COVER: np.array([[6], [-6]], dtype=np.float32),
        SAME_EVENT: np.array([[6]], dtype=np.float32),
    }
    r = decode("d", spans(), WORDS, TEXTS, all_of(rows), judged(scores), Thresholds(), "m")
    assert [(t.span, t.type) for t in r.triggers] == [
        (WORDS[STRUCK], EventType.AIRSTRIKE),
        (WORDS[STRIKE], EventType.AIRSTRIKE),
    ]
    assert {(a.trigger, a.mention, a.role) for a in r.arguments} == {
        ("t3", "m2", Role.BY),
        ("t3", "m4", Role.PLACE),
        ("t5", "m6", Role.KILLED),
    }
    assert [(a.cue, a.source, a.via, a.triggers, a.stance) for a in r.attributions] == [
        ("m1", "m0", None, ("t3",), Stance.DENIES)
    ]
    assert r.event_groups == (("t3", "t5"),)


def test_a_cue_without_a_likely_source_names_nobody() -> None:
    rows = {SOURCE: [(SAID, ARMY)], COVER: [(SAID, STRUCK)]}
    scores = {SOURCE: np.array([[-6, -9]], dtype=np.float32), COVER: np.array([[6]], dtype=np.float32)}
    r = decode("d", spans(), WORDS, TEXTS, all_of(rows), judged(scores, nobody=3.0), Thresholds(), "m")
    assert [a.source for a in r.attributions] == [None]


def test_a_cue_that_covers_nothing_is_no_attribution() -> None:
    rows = {SOURCE: [(SAID, ARMY)], COVER: [(SAID, STRUCK)]}
    scores = {SOURCE: np.array([[6, -9]], dtype=np.float32), COVER: np.array([[-6]], dtype=np.float32)}
    r = decode("d", spans(), WORDS, TEXTS, all_of(rows), judged(scores), Thresholds(), "m")
    assert r.attributions == ()


def test_a_role_is_only_given_to_spans_of_its_layer() -> None:
    rows = {ARGUMENT: [(STRUCK, HAMA)]}
    r = decode(
        "d", spans(), WORDS, TEXTS, all_of(rows), judged({ARGUMENT: role_scores(Role.KILLED)}), Thresholds(), "m"
    )
    assert r.arguments == ()


def test_things_are_participants_but_no_actors() -> None:
    r = decode(
        "d", spans(), WORDS, TEXTS, all_of({}), judged({}, kind_of={ARMY: schema.THING, REBELS: 3}), Thresholds(), "m"
    )
    kinds = {m.id: m.kind for m in r.mentions}
    assert kinds["m0"] is None
    assert kinds["m2"] is schema.KINDS[3]
    assert r.actor_groups == (("m2",),)


def test_an_argument_that_two_mentions_of_an_event_claim_is_the_surer_ones() -> None:
    rows = {ARGUMENT: [(STRUCK, TEN), (STRIKE, TEN)], SAME_EVENT: [(STRIKE, STRUCK)]}
    killed = role_scores(Role.KILLED, Role.KILLED)
    killed[0, schema.ROLE_INDEX[Role.KILLED]] = 3
    scores = {ARGUMENT: killed, SAME_EVENT: np.array([[6]], dtype=np.float32)}
    r = decode("d", spans(), WORDS, TEXTS, all_of(rows), judged(scores), Thresholds(), "m")
    assert [(a.trigger, a.mention) for a in r.arguments] == [("t5", "m6")]


def test_two_events_may_share_an_argument() -> None:
    killed = role_scores(Role.KILLED, Role.KILLED)
    rows = {ARGUMENT: [(STRUCK, TEN), (STRIKE, TEN)]}
    r = decode("d", spans(), WORDS, TEXTS, all_of(rows), judged({ARGUMENT: killed}), Thresholds(), "m")
    assert [(a.trigger, a.mention) for a in r.arguments] == [("t3", "m6"), ("t5", "m6")]
