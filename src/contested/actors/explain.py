"""Why a name means what it means: the steps of resolving, for a person to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contested.actors.lexicon import lexicon
from contested.actors.mention import read_mention
from contested.actors.naming import acled_name, acled_type, describe
from contested.actors.register import Entry, find_entry
from contested.actors.resolve import resolve_all
from contested.types import ActorKind, ActorLink, Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """A link, and what led to it.

    `pieces`: the known stretches of the name with what each may mean, `considered`: every register entry that bears
    a part of the name, `acled` its name and type in ACLED's style.
    """

    link: ActorLink
    entry: Entry | None
    pieces: tuple[tuple[str, str], ...]
    considered: tuple[Entry, ...]
    acled: str
    acled_type: int


def explain(
    name: str, *, countries: Sequence[str] = (), day: date | None = None, kind: ActorKind | None = None
) -> Explanation:
    """Return how a name resolves in a report about `countries` on `day`.

    Raises:
        ValueError: when the name is blank.
    """
    if not name.strip():
        raise ValueError("explain needs a name")
    [link] = resolve_all(name, [((Span(0, len(name)),), kind)], published=day, countries=countries)
    mention = read_mention(name, lexicon())
    pieces, considered = [], []
    for piece in mention.pieces:
        lexeme = piece.lexeme
        meanings = [f"{entry.name} ({describe(entry)})" for entry in lexeme.entries]
        meanings += [f"{country.name}, {form.value} of a country" for country, form in lexeme.countries]
        meanings += [f"an organ of a state: {lexeme.organ.replace('_', ' ')}"] if lexeme.organ else []
        meanings += [f"a title: {lexeme.title.title_class.value}"] if lexeme.title else []
        meanings += [f"a description: {lexeme.description.name}"] if lexeme.description else []
        pieces.append((mention.written(piece.start, piece.end), " | ".join(meanings)))
        considered += lexeme.entries
    home = countries[0] if countries else None
    return Explanation(
        link,
        find_entry(link.entry) if link.entry else None,
        tuple(pieces),
        tuple(considered),
        acled_name(link, day),
        int(acled_type(link, home)),
    )
