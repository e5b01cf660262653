from dataclasses import replace

import numpy as np
import pytest

from contested.reader import load
from contested.reader.model import WINDOWS, Slot, _laid_out, calls
from contested.reader.pieces import CLOSE_MARK, OPEN_MARK, Pieces, cut
from contested.sources import document
from contested.types import Span

SENTENCES = ("Rebels shelled the town.", "The army denied it.", "Two people were killed on Monday.")


def pieces_of(ids: list[int], windows: tuple[tuple[int, int], ...]) -> Pieces:
    n = len(ids)
    flat = np.arange(n)
    return Pieces(np.array(ids), np.ones(n, int), flat, flat + 1, np.zeros(n, int), np.zeros(n, bool), windows)


def test_windows_lie_end_to_end_between_their_marks():
    pieces = pieces_of([11, 12, 13], ((0, 2), (2, 3)))
    feed = _laid_out(pieces, [Slot((0, 2)), Slot((2, 3))])
    assert feed["lengths"].tolist() == [4, 3] + [1] * (WINDOWS - 2)
    assert feed["ids"].tolist()[:7] == [OPEN_MARK, 11, 12, CLOSE_MARK, OPEN_MARK, 13, CLOSE_MARK]
    assert feed["positions"].tolist()[:7] == [0, 1, 2, 3, 0, 1, 2]
    assert feed["cases"].tolist()[:4] == [0, 1, 1, 0]
    assert all(len(feed[name]) == feed["lengths"].sum() for name in ("ids", "cases", "positions"))
    assert feed["seen"].tolist() == list(range(feed["lengths"].sum()))
    assert feed["seen_lengths"].tolist() == feed["lengths"].tolist()


def test_the_head_is_laid_out_once_and_seen_by_each_window_but_the_first():
    pieces = replace(pieces_of([11, 12, 13, 14, 15], ((0, 2), (2, 4), (4, 5))), head=2)
    (slots,) = calls(pieces)
    assert slots == [Slot((0, 2)), Slot((0, 2), is_head=True), Slot((2, 4), 1), Slot((4, 5), 1)]
    feed = _laid_out(pieces, slots)
    assert feed["lengths"].tolist()[:4] == [4, 4, 3, 2]
    assert feed["ids"].tolist()[4:13] == [OPEN_MARK, 11, 12, CLOSE_MARK, 13, 14, CLOSE_MARK, 15, CLOSE_MARK]
    assert feed["cases"].tolist()[4:13] == [0, 1, 1, 0, 1, 1, 0, 1, 0]
    assert feed["positions"].tolist()[4:13] == [0, 1, 2, 3, 4, 5, 6, 4, 5]
    assert feed["seen"].tolist()[:21] == [0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7, 8, 9, 10, 4, 5, 6, 7, 11, 12]
    assert feed["seen_lengths"].tolist() == [4, 4, 7, 6] + [1] * (WINDOWS - 4)


def test_each_call_has_the_head_of_what_it_reads():
    pieces = replace(pieces_of(list(range(20)), tuple((i, i + 1) for i in range(20))), head=1)
    laid = list(calls(pieces))
    assert all(len(slots) <= WINDOWS for slots in laid)
    assert [slot.window for slots in laid for slot in slots if not slot.is_head] == list(pieces.windows)
    for slots in laid:
        for slot in slots:
            assert (slot.head is not None) == (slot.window[0] > 0)
            assert slot.head is None or slots[slot.head].is_head


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
    states = reader.model.encode(pieces)
    last, _ = pieces.windows[-1]
    alone = replace(pieces, windows=(pieces.windows[-1],))
    (slots,) = calls(alone)
    x = reader.model.encode_graph.run(None, _laid_out(alone, slots))[0]
    before = pieces.size((0, pieces.head))
    own = x[before : before + len(pieces) - last]
    # int8 rounds by the largest value of all windows of a call; other windows move the last digits, no more
    cosine = (own * states[last:]).sum(1) / np.linalg.norm(own, axis=1) / np.linalg.norm(states[last:], axis=1)
    assert cosine.min() > 0.9


@pytest.mark.model
def test_a_report_reads_alike_alone_and_beside_others():
    reader = load()
    texts = [" ".join(SENTENCES[i:] + SENTENCES[:i]) * 3 for i in range(3)]
    reports = [document(text, id=str(i)) for i, text in enumerate(texts)]
    assert reader.read(reports) == [reader.read([report])[0] for report in reports]


@pytest.mark.model
def test_a_long_report_is_judged_stretch_by_stretch_with_the_same_answers(monkeypatch: pytest.MonkeyPatch):
    reader = load()
    report = document(" ".join(SENTENCES * 25), id="long")
    (whole,) = reader.read([report])
    assert len(whole.triggers) > 20
    monkeypatch.setattr("contested.reader.model.AT_ONCE", 0)
    monkeypatch.setattr("contested.reader.model.STRETCH", 150)  # what each sees is still the whole report
    assert reader.read([report]) == [whole]
