"""The parts of a mention that the rules ask for: countries, organs, titles, descriptions, entries, unknown names."""

from __future__ import annotations

from dataclasses import dataclass

from contested.actors.candidates import choose
from contested.actors.context import ReportContext
from contested.actors.lexicon import CountryForm, Description, DescriptionClass, Piece, Title
from contested.actors.mention import Mention, country_of
from contested.actors.owners import Owner, owner_of
from contested.actors.proposal import Proposal, Telling
from contested.actors.register import Entry
from contested.actors.words import function_words
from contested.resources.countries import Country
from contested.types import ActorKind, Span

CIVIL = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS})
ARMED = frozenset({ActorKind.REBEL, ActorKind.MILITIA, ActorKind.CRIMINAL, ActorKind.GUNMEN})
_OF_A_PLACE = frozenset({DescriptionClass.VICTIMS, DescriptionClass.PEOPLE})


@dataclass(frozen=True, slots=True)
class Parts:
    """A mention with all that the rules ask of it, found once."""

    mention: Mention
    span: Span
    kind: ActorKind | None
    context: ReportContext
    countries: tuple[tuple[Piece, Country, CountryForm], ...]
    organs: tuple[Piece, ...]
    titles: tuple[tuple[Piece, Title], ...]
    descriptions: tuple[tuple[Piece, Description], ...]
    entries: tuple[tuple[Piece, Entry, float, str], ...]
    unknown: tuple[tuple[int, int], ...]
    complement: tuple[tuple[Piece, Country], ...]
    owner: Owner | None  # of "its forces"; None when the mention is nobody's

    @property
    def country(self) -> Country | None:
        """The country said in the head noun phrase."""
        return self.countries[0][1] if self.countries else None

    @property
    def title(self) -> Title | None:
        """The title said in the head noun phrase."""
        return self.titles[0][1] if self.titles else None

    @property
    def speaks_of_opponent(self) -> bool:
        """Whether it is about "the enemy", its troops or its units, who are not named."""
        return any(word.folded in function_words().opponents for word in self.mention.words)

    @property
    def speaks_of_people(self) -> bool:
        """Whether it is about people who belong where they are ("their families"), not to a state ("its citizens")."""
        last = self.descriptions[-1][1] if self.descriptions else None
        return last is not None and last.description_class in _OF_A_PLACE and last.id != "citizens"

    def country_said(self) -> Country | None:
        """Return the country said anywhere in the mention, the head first."""
        return self.country or (self.complement[0][1] if self.complement else None)


def read_parts(mention: Mention, span: Span, kind: ActorKind | None, context: ReportContext) -> Parts:
    """Return the parts of a mention; what stands after its head counts only if it is the head's ("leader of")."""
    inside = [piece for piece in mention.pieces if piece.start < mention.head_end or _joined(mention, piece)]
    head = [piece for piece in inside if piece.end <= mention.head_end]
    countries, complement = [], []
    for piece in mention.pieces:
        found = country_of(piece, context.countries)
        if found is None:
            continue
        if piece.end <= mention.head_end:
            countries.append((piece, *found))
        elif piece.start >= mention.head_end and _joined(mention, piece):
            complement.append((piece, found[0]))
    said = [country.iso3 for _, country, _ in countries] + [country.iso3 for _, country in complement]
    entries = []
    for piece in inside:
        if not piece.lexeme.entries:
            continue
        alias = mention.written(piece.start, piece.end)
        is_common = any((p.start, p.end) == (piece.start, piece.end) and p.lexeme.organ for p in mention.pieces)
        chosen = choose(piece.lexeme.entries, alias, said, kind, context, is_common)
        if chosen is not None:
            entries.append((piece, *chosen))
    covered = {(piece.start, piece.end) for piece, *_ in entries}
    return Parts(
        mention,
        span,
        kind,
        context,
        tuple(countries),
        tuple(piece for piece in head if piece.lexeme.organ and (piece.start, piece.end) not in covered),
        tuple((piece, piece.lexeme.title) for piece in head if piece.lexeme.title is not None),
        tuple((piece, piece.lexeme.description) for piece in head if piece.lexeme.description is not None),
        tuple(entries),
        tuple(run for run in mention.unknown_names() if not _only_qualifiers(mention, run)),
        tuple(complement),
        owner_of(span, mention.owner_said, context),
    )


def _joined(mention: Mention, piece: Piece) -> bool:
    """Whether a piece after the head is the head's organisation: "leader of X", not "families of X"."""
    function = function_words()
    if piece.start < mention.head_end:
        return True
    if mention.head not in function.members and not _is_organ_head(mention):
        return False
    between = [word.folded for word in mention.words[mention.head_end : piece.start]]
    return (
        bool(between)
        and between[0] in function.joining
        and not any(word in function.separating for word in between)
        and not any(p.lexeme.entries for p in mention.pieces if mention.head_end <= p.start < piece.start)
    )


def _is_organ_head(mention: Mention) -> bool:
    last = [piece for piece in mention.pieces if piece.end == mention.head_end]
    return any(piece.lexeme.organ or piece.lexeme.title for piece in last)


def _only_qualifiers(mention: Mention, run: tuple[int, int]) -> bool:
    return all(word.folded in function_words().qualifiers for word in mention.words[run[0] : run[1]])


def country_or_context(parts: Parts) -> tuple[str | None, bool]:
    """Return the country said in the mention, or the one around it; and whether it was said.

    What somebody owns is the owner's, wherever it stands; the enemy's is of no country that the report gives.
    """
    said = parts.country_said()
    if said is not None:
        return said.iso3, True
    for _, entry, *_ in parts.entries:
        if entry.country is not None:
            return entry.country, True
    if parts.speaks_of_opponent:
        return None, False
    if parts.owner is not None and parts.owner.country is not None and not parts.speaks_of_people:
        return parts.owner.country, False
    near = parts.context.country_near(parts.span)
    return (near[0] if near else None), False


def of_owner(parts: Parts) -> Proposal | None:
    """Return what is said of "its forces" when they are a group's or a body's between states: that actor itself."""
    if parts.owner is None or parts.owner.entry is None or parts.country_said() or parts.unknown:
        return None
    entry = parts.owner.entry
    reason = f"of {entry.name}, named just before"
    return Proposal(
        Telling.ORGAN_IN_CONTEXT,
        entry.name,
        "owner-named-before",
        reason,
        entry.kind,
        entry.country,
        False,
        entry,
        score=0.7,
    )


def of_entry(telling: Telling, entry: Entry, rule: str, reason: str, score: float, piece: Piece) -> Proposal:
    """Return a proposal for a register entry; the other entries of the piece stay as candidates."""
    others = tuple(other.name for other in piece.lexeme.entries if other is not entry)
    return Proposal(
        telling, entry.name, rule, reason, entry.kind, entry.country, entry.country is not None, entry, others, score
    )
