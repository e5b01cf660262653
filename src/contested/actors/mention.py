"""A mention taken apart: whose people or organ it speaks of, what stands for the head, and what only qualifies it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from contested.actors.lexicon import CountryForm, Lexeme, Lexicon, Piece
from contested.actors.register import Entry
from contested.actors.words import Word, function_words, split
from contested.resources.countries import Country

_ARTICLE_BEFORE = re.compile(r"\b(?:[Aa]l|[Ee]l)[- ]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One span's words.

    `text` is the span without what stands before the actor ("at least 15", "the"); `words` its words without
    qualifiers such as "Turkish-backed" (`backers`); `pieces` the stretches the lexicon knows, in order; `head_end`
    the word at which the head noun phrase ends; `owner_said`: it began with "its", "their" …; `is_qualified`: it says
    whom the actor stands for, against or behind.
    """

    text: str
    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]
    head_end: int
    owner_said: bool
    backers: tuple[Lexeme, ...]
    is_qualified: bool
    is_pronoun: bool

    @property
    def head(self) -> str:
        """The last word of the head noun phrase, levelled; "" when there is none."""
        return self.words[self.head_end - 1].folded if self.head_end else ""

    @property
    def whole(self) -> str:
        """The mention as written, without a possessive."""
        return self.text.removesuffix("'s").removesuffix("’s")

    def unknown_names(self) -> list[tuple[int, int]]:
        """Return the stretches [start, end) of capitalised words that no piece covers, in the head."""
        covered = {i for piece in self.pieces for i in range(piece.start, piece.end)}
        runs: list[tuple[int, int]] = []
        for i in range(self.head_end):
            if i in covered or not self.words[i].is_capital or self.words[i].raw.isdigit():
                continue
            if runs and runs[-1][1] == i:
                runs[-1] = (runs[-1][0], i + 1)
            else:
                runs.append((i, i + 1))
        return runs

    def written(self, start: int, end: int) -> str:
        """Return the words [start, end) as they are written."""
        last = self.words[end - 1]
        first = self.words[start].start
        article = _ARTICLE_BEFORE.search(self.text[:first])
        if article:
            first = article.start()  # "El Fasher": the article is no word of its own, but part of the name
        return self.text[first : last.start + len(last.raw)].removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=1 << 13)  # an archive speaks of the same actors in the same words
def read_mention(text: str, lexicon: Lexicon) -> Mention:
    """Return the words of one span taken apart. `text` is the span as the report has it."""
    function = function_words()
    words = split(text)
    owner_said = bool(words) and words[0].folded in function.possessives
    is_pronoun = all(word.folded in (function.pronouns | function.leading) and not word.is_acronym for word in words)
    start = 0
    while start < len(words) and _is_leading(words, start, lexicon):
        start += 1
    words = words[start:]
    if words:
        article = _ARTICLE_BEFORE.search(text[: words[0].start])
        offset = article.start() if article else words[0].start
        text = text[offset:]
        words = [Word(word.folded, word.raw, word.start - offset, word.joined) for word in words]
    unqualified, backers = _without_qualifiers(words, lexicon)
    is_qualified = len(unqualified) < len(words)
    words = unqualified
    pieces = _without_parts_of_names(words, lexicon.scan(words))
    end = _head_end(words, pieces)
    return Mention(text.strip(), tuple(words), pieces, end, owner_said, tuple(backers), is_qualified, is_pronoun)


def is_ordinal(word: Word) -> bool:
    """Return whether a word is an ordinal number in figures: 1st, 93rd."""
    return word.folded[:-2].isdigit() and word.folded[-2:] in ("st", "nd", "rd", "th")


def _is_leading(words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a word only says how many or which. A leading word that begins a known phrase stays ("one", "Ten")."""
    word = words[at]
    if word.folded[0].isdigit():
        # "34 soldiers" but "93rd Brigade", "4th Division", "82nd Airborne", "1515 Company"
        ordinal = is_ordinal(word)
        nxt = words[at + 1] if at + 1 < len(words) else None
        return not ordinal and not (nxt is not None and nxt.raw[0].isupper() and not lexicon.scan([nxt]))
    if word.folded not in function_words().leading or word.is_acronym:
        return False
    if word.joined and at + 1 < len(words) and words[at + 1].folded in function_words().backing:
        return False
    return not any(lexicon.look_up(words[at : at + length]) for length in range(len(words) - at, 1, -1))


def _without_qualifiers(words: list[Word], lexicon: Lexicon) -> tuple[list[Word], list[Lexeme]]:
    """Return the words without "X-backed" and "pro-X", and what X meant."""
    function = function_words()
    if not any(word.joined for word in words) or lexicon.look_up(words):
        return words, []
    kept: list[Word] = []
    backers: list[Lexeme] = []
    at = 0
    while at < len(words):
        word = words[at]
        following = words[at + 1] if at + 1 < len(words) else None
        if word.joined and following is not None:
            known = next((n for n in range(len(words) - at, 1, -1) if lexicon.look_up(words[at : at + n])), 0)
            if not known and following.folded in function.backing:
                kept.append(word)
                backers.extend(_pop_phrase(kept, lexicon))
                at += 2
                continue
            if not known and word.folded in function.stance_prefixes:
                pieces = [piece for piece in lexicon.scan(words[at + 1 : -1]) if piece.start == 0]
                backers.extend(piece.lexeme for piece in pieces)
                at += 1 + max((piece.end for piece in pieces), default=int(at + 2 < len(words)))
                continue
        kept.append(word)
        at += 1
    return kept, backers


def _without_parts_of_names(words: list[Word], pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without one-word names that stand in a longer unknown name ("Maher Qassem Hamdan")."""
    covered = {i for piece in pieces for i in range(piece.start, piece.end)}

    def is_unknown_name(at: int) -> bool:
        if not 0 <= at < len(words) or at in covered:
            return False
        return words[at].is_capital and words[at].folded not in function_words().qualifiers

    def is_part(piece: Piece) -> bool:
        lexeme = piece.lexeme
        if piece.end - piece.start > 1 or lexeme.countries or lexeme.organ or lexeme.title or lexeme.description:
            return False
        after = is_unknown_name(piece.end) and not _owns(words[piece.start])
        before = is_unknown_name(piece.start - 1) and not _owns(words[piece.start - 1])
        return before or after

    return tuple(piece for piece in pieces if not is_part(piece))


def _owns(word: Word) -> bool:
    return word.raw.endswith(("'s", "’s", "s'", "s’"))


def _pop_phrase(kept: list[Word], lexicon: Lexicon) -> list[Lexeme]:
    """Remove the longest known phrase that ends the list (at least its last word) and return what it means."""
    for length in range(len(kept), 0, -1):
        lexemes = lexicon.look_up(kept[-length:])
        if lexemes or length == 1:
            del kept[-length:]
            return list(lexemes)
    return []


def _head_end(words: list[Word], pieces: tuple[Piece, ...]) -> int:
    """Return where the head noun phrase ends: at the first preposition outside a known phrase, else at the end."""
    covered = {i for piece in pieces for i in range(piece.start, piece.end)}
    for i, word in enumerate(words):
        if i and i not in covered and word.folded in function_words().prepositions:
            return i
    return len(words)


def entries_of(piece: Piece) -> list[Entry]:
    """Return the register entries that a piece may name."""
    return piece.lexeme.entries


def country_of(piece: Piece, preferred: tuple[str, ...]) -> tuple[Country, CountryForm] | None:
    """Return the country that a piece names; of several (Congolese) the one the report is about, else the first."""
    forms = piece.lexeme.countries
    if not forms:
        return None
    for iso3 in preferred:
        for form in forms:
            if form[0].iso3 == iso3:
                return form
    return forms[0]
