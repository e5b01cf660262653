import pytest

from contested.resources import is_number_word, read_number


@pytest.mark.parametrize(
    ("phrase", "number"),
    [
        ("seven", 7),
        ("Twenty-four", 24),
        ("one hundred and five", 105),
        ("fifteen hundred", 1500),
        ("2.5 million", 2_500_000),
        ("five hundred and twenty thousand three hundred", 520_300),
        ("a dozen", 12),
        ("two dozen", 24),
        ("1,234,567", 1_234_567),
    ],
)
def test_a_number_phrase_comes_to_its_number(phrase, number):
    assert read_number(phrase) == number


@pytest.mark.parametrize("phrase", ["", "several", "1st", "a", "two three", "five twenty", "three people", "and two"])
def test_what_is_no_single_number_has_no_value(phrase):
    assert read_number(phrase) is None


def test_articles_are_no_number_words():
    assert is_number_word("four")
    assert is_number_word("1,200")
    assert not is_number_word("a")
