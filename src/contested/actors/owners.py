"""Whose "its forces" are: the state, the group or the leader named before them, never the place they stand at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contested.actors.candidates import choose
from contested.actors.context import ReportContext
from contested.actors.lexicon import CountryForm, DescriptionClass, Piece
from contested.actors.register import Entry, EntryClass, register
from contested.actors.words import Word, function_words, split
from contested.types import ActorKind, Span

# Kinds that have no forces: what is theirs belongs to somebody said before them.
_UNARMED = frozenset({ActorKind.MEDIA, ActorKind.NGO, ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.OTHER})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose forces they are. `entry`: a group or body between states, itself the actor; None when they are a state's.

    Neither `entry` nor `country`: the report speaks of somebody it does not name ("the army said its men").
    """

    name: str = ""
    country: str | None = None
    entry: Entry | None = None


def owner_of(span: Span, owner_said: bool, context: ReportContext) -> Owner | None:
    """Return the owner of a mention that begins with, or follows, "its", "their" …; None when it is nobody's.

    The last one named in the sentence, else whoever it speaks of without a name, else the last one in the sentence
    before. A place ("in Ukraine") has no forces, unless no other country is named.
    """
    if not (owner_said or context.is_owned(span)):
        return None
    places: list[Owner] = []
    for sentence in _sentences_before(span, context):
        plain = None
        for owner, is_place in _named(sentence, context):
            if is_place:
                places.append(owner)
            elif owner.name:
                return owner
            else:
                plain = plain or owner
        if plain is not None:
            return plain
    return places[0] if places else Owner()


def _sentences_before(span: Span, context: ReportContext) -> list[Span]:
    """Return the part of its sentence that stands before a span, and the whole sentence before that."""
    start = context.sentence_of(span).start
    earlier = [sentence for sentence in context.sentences if sentence.end <= start]
    return [Span(start, span.start), *earlier[-1:]] if start < span.start else earlier[-1:]


def _named(stretch: Span, context: ReportContext) -> Iterator[tuple[Owner, bool]]:
    """Yield who is spoken of in a stretch of text, the last one first, and whether only as a place."""
    words = split(stretch.of(context.text))
    pieces = context.lexicon.scan(words)
    for piece in reversed(pieces):
        entry = _entry(piece, words, context)
        if entry is not None:
            yield _owner(entry), False
        elif piece.lexeme.countries:
            country, form = piece.lexeme.countries[0]
            if form is not CountryForm.ADJECTIVE or _is_state_s(piece, pieces):
                yield Owner(country.name, country.iso3), _is_place(piece, words)
        elif piece.lexeme.organ or _is_armed(piece):
            yield Owner(), False


def _entry(piece: Piece, words: list[Word], context: ReportContext) -> Entry | None:
    """Return the actor of the register that a piece names, if it can have forces."""
    alias = " ".join(word.raw for word in words[piece.start : piece.end])
    chosen = choose(piece.lexeme.entries, alias, (), None, context)
    if chosen is None or chosen[0].kind in _UNARMED:
        return None
    is_many = chosen[0].kind is ActorKind.GOVERNMENT and chosen[0].country is None  # "Western countries"
    return None if is_many else chosen[0]


def _owner(entry: Entry) -> Owner:
    """Return a leader's group for the leader, a state for its organs and office holders, else the actor itself."""
    if entry.entry_class is EntryClass.PERSON:
        led = register().get(entry.parent)
        return _owner(led) if led is not None else Owner(entry.name, entry.country)
    if entry.entry_class is EntryClass.ORGAN:
        return Owner(entry.name, entry.country)
    return Owner(entry.name, entry.country, entry)


def _is_armed(piece: Piece) -> bool:
    description = piece.lexeme.description
    return description is not None and description.description_class is DescriptionClass.ARMED


def _is_state_s(piece: Piece, pieces: list[Piece]) -> bool:
    """Whether an adjective stands before an organ, a title or armed men ("Russian troops"), not "a Syrian town"."""
    after = [p for p in pieces if p.start == piece.end]
    return any(p.lexeme.organ or p.lexeme.title or p.lexeme.description for p in after)


def _is_place(piece: Piece, words: list[Word]) -> bool:
    before = [word.folded for word in words[max(piece.start - 2, 0) : piece.start]]
    return any(word in function_words().placing for word in before[-1:] if before) or (
        before[-1:] == ["the"] and before[0] in function_words().placing
    )
