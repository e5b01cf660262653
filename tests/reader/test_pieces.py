"""Pieces: offsets, letter case, quotations, windows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from contested.reader import load, pieces
from contested.reader.pieces import CASE_LOWER, CASE_MIXED, CASE_NONE, CASE_TITLE, CASE_UPPER, QUOTED, case_of, cut
from contested.types import Span


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """A word-level tokenizer that lower-cases, as the reader's does."""
    t = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer()
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return t


@pytest.fixture(scope="module")
def own_tokenizer() -> Tokenizer:
    """The reader's own."""
    return load().tokenizer


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("rebels", CASE_LOWER),
        ("Aleppo", CASE_TITLE),
        ("A", CASE_TITLE),
        ("UN", CASE_UPPER),
        ("eThekwini", CASE_MIXED),
        ("2016", CASE_NONE),
        (",", CASE_NONE),
    ],
)
def test_case_of(word: str, case: int) -> None:
    assert case_of(word) == case


@given(st.text(alphabet=st.sampled_from("aB é\u0301😀\u200f\r\n.“”\"'ع"), min_size=1, max_size=60))
def test_offsets_name_the_untouched_text(text: str) -> None:
    t = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    p = cut(t, text, whole(text))
    for start, end in zip(p.starts.tolist(), p.ends.tolist(), strict=True):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]


@given(st.text(alphabet=st.sampled_from("aBé\u0301 \t\n\xa0\x1c\x85\x00\u200d’'-.,1中İﬁ[]"), max_size=60))
def test_words_cut_alone_are_those_of_the_whole_sentence(own_tokenizer: Tokenizer, text: str) -> None:
    """What `cut` rests on: between blanks the tokenizer looks neither back nor ahead."""
    t = own_tokenizer
    encoding = t.encode(text, add_special_tokens=False)
    p = cut(t, text, [Span(0, len(text))] if text else [])
    assert p.ids.tolist() == encoding.ids
    assert list(zip(p.starts.tolist(), p.ends.tolist(), strict=True)) == encoding.offsets
    goes_on = [i > 0 and word == encoding.word_ids[i - 1] for i, word in enumerate(encoding.word_ids)]
    figures = pieces._goes_on(text, p.starts).tolist()  # whose halves are joined whatever the tokenizer says
    assert p.joined.tolist() == [a or b for a, b in zip(goes_on, figures, strict=True)]


def test_offsets_count_code_points_from_the_start_of_the_text(tokenizer: Tokenizer) -> None:
    text = "😀 skipped.\r\nRebels “left” Hama."
    p = cut(tokenizer, text, [Span(12, len(text))])
    words = [text[a:b] for a, b in zip(p.starts.tolist(), p.ends.tolist(), strict=True)]
    assert words == ["Rebels", "“", "left", "”", "Hama", "."]


def test_cases_and_quotations_are_marked(tokenizer: Tokenizer) -> None:
    text = 'He said "We left" Hama'
    p = cut(tokenizer, text, whole(text))
    assert p.cases.tolist() == [
        CASE_TITLE,
        CASE_LOWER,
        CASE_NONE,
        CASE_TITLE + QUOTED,
        CASE_LOWER + QUOTED,
        CASE_NONE,
        CASE_TITLE,
    ]


def test_a_line_break_closes_a_quotation() -> None:
    text = "“We left\nand they stayed"
    assert pieces.quoted_ranges(text) == [(1, 8)]


def test_windows_hold_whole_sentences_in_order(tokenizer: Tokenizer) -> None:
    sentence = "one two three four five six seven eight nine ten "
    text = sentence * 30
    spans = [Span(i * len(sentence), (i + 1) * len(sentence)) for i in range(30)]
    p = cut(tokenizer, text, spans)
    assert p.windows[0] == (0, 140)
    assert [a for a, _ in p.windows[1:]] == [z for _, z in p.windows[:-1]]
    assert p.windows[-1][1] == len(p) == 300
    assert p.head == 10  # the first sentence, which the others see once more


def test_of_a_long_first_sentence_only_the_beginning_is_read_again(tokenizer: Tokenizer) -> None:
    text = "one two three four five " * 20
    assert cut(tokenizer, text, whole(text)).head == pieces.HEADLINE


def test_an_overlong_sentence_is_cut_and_nothing_is_lost(tokenizer: Tokenizer) -> None:
    text = "word " * 1000
    p = cut(tokenizer, text, whole(text))
    assert all(z - a <= pieces.LONGEST for a, z in p.windows)
    assert sum(z - a for a, z in p.windows) == 1000


def test_no_sentences_no_pieces(tokenizer: Tokenizer) -> None:
    p = cut(tokenizer, "", [])
    assert len(p) == 0
    assert p.windows == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("about 250,000 people", ["about", "250,000", "people"]),
        ("1.5 million", ["1.5", "million"]),
        ("killed 12, wounded 30", ["killed", "12", ",", "wounded", "30"]),
        ("12,13 and 14.", ["12,13", "and", "14", "."]),
    ],
)
def test_a_figure_is_one_word(tokenizer: Tokenizer, text: str, words: list[str]) -> None:
    p = cut(tokenizer, text, whole(text))
    begins = [i for i in range(len(p)) if not p.joined[i]]
    ends = [*begins[1:], len(p)]
    assert [text[p.starts[a] : p.ends[z - 1]] for a, z in zip(begins, ends, strict=True)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jabhat Fatah al-Sham fighters", ["Jabhat", "Fatah", "al-Sham", "fighters"]),
        ("near An-Naqoura", ["near", "An-Naqoura"]),
        ("rebel-held towns", ["rebel", "-", "held", "towns"]),
        ("minimal-risk", ["minimal", "-", "risk"]),
    ],
)
def test_a_name_behind_its_article_is_one_word(tokenizer: Tokenizer, text: str, words: list[str]) -> None:
    p = cut(tokenizer, text, whole(text))
    first = [i for i in range(len(p)) if not p.joined[i]]
    ends = [*first[1:], len(p)]
    assert [text[p.starts[a] : p.ends[z - 1]] for a, z in zip(first, ends, strict=True)] == words
