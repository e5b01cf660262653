"""Where sentences end."""

from __future__ import annotations

import pytest

from contested.sources.layout import find_paragraphs
from contested.sources.sentences import QUOTATION_LIMIT, Letters, find_sentences, letters_of
from contested.types import Span


def split(text: str) -> list[str]:
    return [sentence.of(text) for paragraph in find_paragraphs(text) for sentence in find_sentences(text, paragraph)]


@pytest.mark.parametrize(
    "text",
    [
        # one bar between two sentences
        "Rebels took the village.|The army denied it.",
        "The U.S. Army met Lt. Col. J. R. Roe in the U.S.|The rebels had left.",
        "It began at 5 p.m. on Monday.|At 6 a.m. it was over.",
        "About 3.5 million people fled.|No. 10 said nothing.",
        "He said no.|Nobody asked again.",
        "Who fired first?|Nobody knows!|It goes on…|But for how long?",
        "“We left. They stayed,” he said.|Then it rained.",
        "‘We left. They stayed,’ she said.|Then it rained.",
        '"We left. They stayed," he said.|Then it rained.',
        "'We left. They stayed,' he said.|Then it rained.",
        "He said: “We left.”|Then it rained.",
        "“Did they leave?” he asked.|“Yes!” Omar said.",
        "“Never.”|The envoy left the room.",
        "It’s the rebels’ town.|The army’s men left.",
        "He was born on Jan. 5 in St. Petersburg.|In Feb. the town fell.",
        "Smith & Co. Ltd. was hit.|Acme Inc. denied it.",
        "Fighters of al-Shabaab attacked.|al-Shabaab said so itself.",
        "The bridge fell.[1]|It was rebuilt.[2][3]|It fell again. [4]|Nobody came.",
        "They met in Washington, D.C.|The envoy left.",
        "The town fell on Jan. 5.|The rebels left it on Feb. 12.|Nobody came.",
        "See www.example.org for more.|Write to a.b@example.org today.",
        "Three men (one of them a driver.) left.|The rest stayed.",
        "1. Hold the bridge.|2. Take the hill.",
        "The shells fell at noon.|12 people died.",
        "Talks went on.|• Item one is here.|• Item two is there.",
        "The rebels, i.e. the northern group, left.|The army came, cf. the map.",
    ],
)
def test_sentences_end_at_the_bars(text: str) -> None:
    assert split(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "rebels took the village.|the army denied it.|12 people died.",
        "lt. col. roe met gen. a. b. smith in the u.s. on jan. 5.|the rebels had left the u.s.|he said so.",
        "they came at 5 p.m. on monday.|at six it was over...for a day.",
        "the attack came on sat.|nobody was hurt.",
        "“did they leave?” omar said.|“yes!”|the envoy left.",
        "it is in st. petersburg.|who fired first?|nobody knows.",
        "“we left. they stayed,” he said.|then it rained.",
    ],
)
@pytest.mark.parametrize("letters", ["small", "capital"])
def test_sentences_end_in_texts_of_one_case(text: str, letters: str) -> None:
    printed = text if letters == "small" else text.upper()
    whole = printed.replace("|", " ")
    assert letters_of(whole) is Letters(letters)
    sentences = find_sentences(whole, Span(0, len(whole)), letters_of(whole))
    assert [s.of(whole) for s in sentences] == printed.split("|")


def test_a_text_with_capitals_is_of_both_cases() -> None:
    assert letters_of("Rebels took the village, the army said.") is Letters.BOTH
    assert letters_of("12.") is Letters.BOTH


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They fled to Poland.He said so.", ["They fled to Poland.", "He said so."]),
        ('It is over."We won," he said.', ["It is over.", '"We won," he said.']),
        ("It is over.- We won, he said.", ["It is over.", "- We won, he said."]),
        ("Use Example.Com or a.B for it.", ["Use Example.Com or a.B for it."]),
    ],
)
def test_a_missing_space_after_a_full_stop_is_seen(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_an_endless_quotation_is_split_after_all() -> None:
    said = "We left the town. " * (QUOTATION_LIMIT // 18 + 1)
    assert len(split(f"“{said}” he said.")) > 10


def test_a_quotation_that_never_closes_protects_nothing() -> None:
    assert split("“We left the town. They stayed. Nobody came.") == [
        "“We left the town.",
        "They stayed.",
        "Nobody came.",
    ]


def test_each_line_of_scraped_text_is_a_paragraph() -> None:
    text = "Rebels take village\nThe army denied it on Sunday\nTalks go on\n"
    assert split(text) == text.splitlines()


def test_hard_wrapped_lines_are_joined_up_to_a_blank_or_short_line() -> None:
    text = (
        "The rebels launched a major assault on the northern districts of the\n"
        "town on Sunday, their first campaign in months to retake the parts of\n"
        "it that loyal forces had taken.\n"
        "The army said it had repelled the attack and that its troops were in\n"
        "full control of the base.\n"
        "\n"
        "Nobody could say how many people had fled.\n"
    )
    assert [sentence.replace("\n", " ") for sentence in split(text)] == [
        "The rebels launched a major assault on the northern districts of the town on Sunday, their first campaign in "
        "months to retake the parts of it that loyal forces had taken.",
        "The army said it had repelled the attack and that its troops were in full control of the base.",
        "Nobody could say how many people had fled.",
    ]
    assert len(find_paragraphs(text)) == 3


def test_bullets_of_wrapped_text_stay_apart() -> None:
    text = (
        "The statement, which was read out on state television, said three things\n"
        "about the fighting in the north of the country and in the capital:\n"
        "- the army had left the northern villages in good order over the weekend\n"
        "- nobody had been hurt\n"
    )
    assert split(text)[1:] == [
        "- the army had left the northern villages in good order over the weekend",
        "- nobody had been hurt",
    ]


def test_a_line_broken_at_a_link_is_joined() -> None:
    assert split("The army denied it,\naccording to a statement.\nTalks go on.") == [
        "The army denied it,\naccording to a statement.",
        "Talks go on.",
    ]


def test_offsets_count_from_the_beginning_of_the_text() -> None:
    text = "  One.\r\n\r\n  Two is here. Three.  "
    assert find_paragraphs(text) == [Span(2, 6), Span(12, 31)]
    assert find_sentences(text, Span(12, 31)) == [Span(12, 24), Span(25, 31)]
