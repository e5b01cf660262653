from dataclasses import replace

import numpy as np
import pytest

from contested.reader import Reader, load
from contested.reader.model import WINDOWS, _laid_out
from contested.reader.pairs import Float
from contested.reader.pieces import CLOSE_MARK, OPEN_MARK, Pieces, cut
from contested.types import Span

SENTENCES = ("Rebels shelled the town.", "The army denied it.", "Two people were killed on Monday.")


def pieces_of(ids: list[int], windows: tuple[tuple[int, int], ...]) -> Pieces:
    n = len(ids)
    flat = np.arange(n)
    return Pieces(np.array(ids), np.ones(n, int), flat, flat + 1, np.zeros(n, int), np.zeros(n, bool), windows)


def encode_each(reader: Reader, documents: list[Pieces]) -> list[Float]:
    return np.split(reader.model.encode(documents), np.cumsum([len(pieces) for pieces in documents])[:-1])


def test_windows_lie_end_to_end_between_their_marks():
    a, b = pieces_of([11, 12, 13], ((0, 2), (2, 3))), pieces_of([21, 22], ((0, 2),))
    feed = _laid_out([(a, 0, 2), (a, 2, 3), (b, 0, 2)])
    assert feed["lengths"].tolist() == [4, 3, 4] + [1] * (WINDOWS - 3)
    assert feed["ids"].tolist()[:11] == [
        OPEN_MARK, 11, 12, CLOSE_MARK, OPEN_MARK, 13, CLOSE_MARK, OPEN_MARK, 21, 22, CLOSE_MARK,
    ]  # fmt: skip
    assert feed["positions"].tolist()[:11] == [0, 1, 2, 3, 0, 1, 2, 0, 1, 2, 3]
    assert feed["cases"].tolist()[:4] == [0, 1, 1, 0]
    assert all(len(feed[name]) == feed["lengths"].sum() for name in ("ids", "cases", "positions"))


def test_the_head_stands_before_each_window_but_the_first():
    a = replace(pieces_of([11, 12, 13, 14, 15], ((0, 2), (2, 4), (4, 5))), head=2)
    feed = _laid_out([(a, 0, 2), (a, 2, 4), (a, 4, 5)])
    assert feed["lengths"].tolist()[:3] == [4, 7, 6]
    assert feed["ids"].tolist()[4:17] == [
        OPEN_MARK, 11, 12, CLOSE_MARK, 13, 14, CLOSE_MARK, OPEN_MARK, 11, 12, CLOSE_MARK, 15, CLOSE_MARK,
    ]  # fmt: skip
    assert feed["cases"].tolist()[4:11] == [0, 1, 1, 0, 1, 1, 0]
    assert feed["positions"].tolist()[4:11] == [0, 1, 2, 3, 4, 5, 6]
    assert [a.before(start) for start, _ in a.windows] == [1, 4, 4]


@pytest.mark.model
def test_each_piece_of_a_long_report_has_the_vector_of_its_own_place():
    reader = load()
    text = " ".join(SENTENCES * 20)
    spans, at = [], 0
    for sentence in SENTENCES * 20:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    pieces = cut(reader.tokenizer, text, spans)
    assert len(pieces.windows) > 2
    (states,) = encode_each(reader, [pieces])
    last, _ = pieces.windows[-1]
    own = replace(pieces, windows=(pieces.windows[-1],))
    x = reader.model.encode_graph.run(None, _laid_out([(own, *pieces.windows[-1])]))[0]
    alone = x[own.before(last) : own.before(last) + len(pieces) - last]
    cosine = (alone * states[last:]).sum(1) / np.linalg.norm(alone, axis=1) / np.linalg.norm(states[last:], axis=1)
    assert cosine.min() > 0.9


@pytest.mark.model
def test_a_window_is_read_alike_alone_and_beside_others():
    reader = load()
    texts = [" ".join(SENTENCES[i:] + SENTENCES[:i]) for i in range(3)] * 4  # 12 windows: more than one call holds
    pieces = [cut(reader.tokenizer, text, [Span(0, len(text))]) for text in texts]
    together = encode_each(reader, pieces)
    for own, read in zip(pieces[:3], together[:3], strict=True):
        (alone,) = encode_each(reader, [own])
        assert read.shape == (len(own), 384)
        # int8 rounds by the largest value of all windows of a call; other windows move the last digits, no more
        cosine = (alone * read).sum(1) / np.linalg.norm(alone, axis=1) / np.linalg.norm(read, axis=1)
        assert cosine.min() > 0.9


@pytest.mark.model
def test_the_order_of_windows_gives_each_its_own_vectors():
    reader = load()
    pieces = [cut(reader.tokenizer, text, [Span(0, len(text))]) for text in SENTENCES]
    forward, backward = encode_each(reader, pieces), encode_each(reader, pieces[::-1])[::-1]
    for one, other in zip(forward, backward, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-3)
