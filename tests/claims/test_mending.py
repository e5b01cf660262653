from __future__ import annotations

from contested.claims.mending import mend
from contested.types import Document, Layer, Mention, Reading, Span

TEXT = "Troops left two years ago."


def reading(*spans: Span) -> Reading:
    mentions = tuple(Mention(f"m{n}", Layer.TIME, span) for n, span in enumerate(spans))
    return Reading("d", (), mentions, (), (), (), (), "by hand")


DOCUMENT = Document(id="d", text=TEXT, sentences=(Span(0, len(TEXT)),))


def test_parts_of_one_expression_share_its_span_and_keep_their_ids():
    mended = mend(DOCUMENT, reading(Span(12, 15), Span(22, 25)))
    assert [(m.id, m.span.of(TEXT)) for m in mended.mentions] == [("m0", "two years ago"), ("m1", "two years ago")]


def test_a_reading_without_cut_spans_is_returned_as_it_is():
    found = reading(Span(12, 25))
    assert mend(DOCUMENT, found) is found


def test_other_layers_are_left_alone():
    found = Reading("d", (), (Mention("m0", Layer.COUNT, Span(12, 15)),), (), (), (), (), "by hand")
    assert mend(DOCUMENT, found) is found
