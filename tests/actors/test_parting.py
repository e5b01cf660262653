"""Groups that name two states are taken apart."""

from __future__ import annotations

import pytest

from contested import actors
from contested.types import ActorKind, Span


def parts(text: str, *words: str, kind: ActorKind = ActorKind.GOVERNMENT) -> list[int]:
    spans, at = [], 0
    for word in words:
        at = text.index(word, at)
        spans.append(Span(at, at + len(word)))
        at += len(word)
    return actors.part(text, [(tuple(spans), kind)], published=None)[0]


def test_a_denial_does_not_fall_to_who_is_denied() -> None:
    text = "Russia said its forces had taken the town. Ukraine denied it. It said the town held."
    assert parts(text, "Russia", "its", "Ukraine", "It") == [0, 0, 1, 1]


def test_words_before_the_first_name_go_with_it() -> None:
    assert parts("The ministry in India spoke, and Pakistan too", "The ministry", "India", "Pakistan") == [0, 0, 1]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Russia spoke. The Russian Defence Ministry added:", ("Russia", "The Russian Defence Ministry"), "government"),
        ("The army spoke. It said more.", ("The army", "It"), "military"),
        ("The New York Times wrote. The Times did not.", ("The New York Times", "The Times"), "media"),
    ],
)
def test_names_of_one_state_and_of_no_state_stay_together(text: str, words: tuple[str, ...], kind: str) -> None:
    assert set(parts(text, *words, kind=ActorKind(kind))) == {0}
