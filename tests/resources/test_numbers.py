import pytest

from contested.resources import is_number_word, read_number, write_number


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


@pytest.mark.parametrize("phrase", ["4.1 million", "8.2 million", "8.3 million", "16.1 million", "9.7 billion"])
def test_decimals_of_a_million_lose_nothing(phrase):
    assert read_number(phrase).is_integer()


@pytest.mark.parametrize(
    ("value", "written"), [(15, "15"), (1_234_567.0, "1,234,567"), (2.5, "2.5"), (1_000_000.75, "1,000,000.75")]
)
def test_a_number_is_written_in_full(value, written):
    assert write_number(value) == written
