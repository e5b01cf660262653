from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contested.types import Span
from contested.web.marks import Layer, Mark, cut, find_marks
from tests.web.conftest import raid

TEXT = "Rebels said they killed fifteen soldiers near the old town on Sunday."
spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(
    lambda t: Span(t[0], min(len(TEXT), t[0] + t[1]))
)
marks = st.lists(st.builds(Mark, st.sampled_from(Layer), spans), max_size=8).map(
    lambda found: sorted(set(found), key=lambda m: (m.span, m.layer.value))
)


@given(marks, st.lists(spans, max_size=2))
def test_segments_are_the_text_again_and_each_character_has_its_marks(found, furniture):
    segments = cut(TEXT, found, furniture)
    assert "".join(s.text for s in segments) == TEXT
    position = 0
    for segment in segments:
        here = Span(position, position + len(segment.text))
        assert set(segment.marks) == {m for m in found if m.span.overlaps(here)}
        assert all(m.span.contains(here) for m in segment.marks)
        assert segment.is_furniture == any(f.contains(here) for f in furniture)
        position = here.end


@given(marks)
def test_each_mark_begins_once(found):
    begun = [m for s in cut(TEXT, found) for m in s.starts]
    assert sorted(begun, key=lambda m: m.id) == sorted(found, key=lambda m: m.id)


@given(marks, spans)
def test_a_stretch_is_cut_out_of_the_whole(found, within):
    segments = cut(TEXT, found, within=within)
    assert "".join(s.text for s in segments) == within.of(TEXT)
    for segment in segments:
        assert all(m.span.overlaps(within) for m in segment.marks)


def test_all_that_was_found_in_a_report_is_marked():
    claims = raid()
    layers = {m.layer for m in find_marks(claims)}
    assert layers >= {Layer.TRIGGER, Layer.ACTOR, Layer.COUNT, Layer.PLACE, Layer.TIME, Layer.CUE, Layer.SOURCE}
