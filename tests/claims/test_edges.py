from __future__ import annotations

import pytest

from contested.claims.edges import clean, with_clean_ends
from contested.types import (
    ActorKind,
    ArgumentArc,
    Attribution,
    Document,
    Layer,
    Mention,
    Reading,
    Role,
    Span,
    Stance,
)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("the Orva Liberation Army (", "the Orva Liberation Army"),
        ("the Orva Liberation Army (OLA)", "the Orva Liberation Army (OLA)"),
        ("OLA)", "OLA"),
        ("(OLA", "OLA"),
        ("Norway and", "Norway"),
        ("— Norway, or", "Norway"),
        ("U.S.", "U.S."),
        ("“the Group”", "“the Group”"),
        ("#", None),
        (" ), ", None),
    ],
)
def test_a_span_is_cut_to_what_it_names(words: str, kept: str | None) -> None:
    found = clean(words, Span(0, len(words)))
    assert (found.of(words) if found else None) == kept


def test_what_names_nothing_is_gone_with_all_that_rests_on_it() -> None:
    text = "# Norway and rebels fought, ) said."
    mentions = (
        Mention("m0", Layer.PLACE, Span(0, 1)),
        Mention("m1", Layer.PARTICIPANT, Span(2, 12), kind=ActorKind.GOVERNMENT),
        Mention("m2", Layer.PARTICIPANT, Span(28, 29), kind=ActorKind.MEDIA),
        Mention("m3", Layer.CUE, Span(30, 34), stance=Stance.ASSERTS),
    )
    arcs = (ArgumentArc("t0", "m0", Role.PLACE), ArgumentArc("t0", "m1", Role.BY))
    said = (Attribution("m3", "m2", None, ("t0",), Stance.ASSERTS),)
    found = Reading("d", (), mentions, arcs, said, (), (("m1",), ("m2",)), "by hand")
    cleaned = with_clean_ends(Document(id="d", text=text, sentences=(Span(0, len(text)),)), found)
    assert [m.span.of(text) for m in cleaned.mentions] == ["Norway", "said"]
    assert cleaned.arguments == arcs[1:]
    assert cleaned.attributions[0].source is None
    assert cleaned.actor_groups == (("m1",),)


def test_a_reading_with_clean_ends_is_returned_as_it_is() -> None:
    text = "Norway waits."
    mention = Mention("m0", Layer.PLACE, Span(0, 6))
    found = Reading("d", (), (mention,), (), (), (), (), "by hand")
    assert with_clean_ends(Document(id="d", text=text, sentences=(Span(0, len(text)),)), found) is found
