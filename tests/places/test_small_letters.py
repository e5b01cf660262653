"""Reports printed in small letters."""

import pytest

from contested.places import resolve_all
from contested.places.small_letters import with_capitals
from contested.types import Span

TEXT = "troops retook the eastern districts of aleppo, the syrian army said. the town of khan touman was shelled."
SENTENCES = (Span(0, TEXT.index(". ") + 1), Span(TEXT.index(". ") + 2, len(TEXT)))


def spans(text, *words):
    return [Span(text.index(w), text.index(w) + len(w)) for w in words]


@pytest.mark.parametrize("text", [TEXT, TEXT[0].upper() + TEXT[1:].replace(". the", ". The")])
def test_places_in_small_letters_are_found(text):
    where = spans(text, "eastern districts of aleppo", "khan touman")
    links = resolve_all(text, [(span, None) for span in where], sentences=SENTENCES)
    assert [(link.country, link.chosen is not None) for link in links] == [("SYR", True)] * 2
    assert links[1].name == "Khan Touman"


def test_only_names_get_capitals_and_nothing_moves():
    changed = with_capitals(TEXT, spans(TEXT, "eastern districts of aleppo", "town of khan touman"), SENTENCES)
    assert changed == TEXT.replace("aleppo", "Aleppo").replace("syrian", "Syrian").replace("khan touman", "Khan Touman")


def test_words_without_a_name_stay_without_one():
    text = "the town was shelled. nobody was hurt in the western neighbourhoods."
    where = spans(text, "the town", "western neighbourhoods")
    assert with_capitals(text, where, (Span(0, 21), Span(22, len(text)))) == text


def test_a_text_with_capitals_is_left_alone():
    text = "Troops in Aleppo shelled idlib."
    assert with_capitals(text, spans(text, "idlib"), (Span(0, len(text)),)) is text
