"""Rules for people and groups that are described, not named; they stay generic."""

from __future__ import annotations

from contested.actors.context import ReportContext
from contested.actors.lexicon import Description, DescriptionClass, Piece
from contested.actors.mention import Mention
from contested.actors.parts import ARMED, CIVIL, Parts, country_or_context, of_owner
from contested.actors.proposal import Proposal, Telling
from contested.actors.register import adjective, organs
from contested.actors.words import function_words
from contested.resources.countries import countries_by_iso3
from contested.types import ActorKind, Span


def description(parts: Parts) -> Proposal | None:
    """People described, not named. The country is the one said, else (never for analysts, sources …) the report's."""
    if not parts.descriptions:
        return None
    piece, description = parts.descriptions[-1]
    named_first = parts.unknown and description.description_class in (DescriptionClass.ARMED, DescriptionClass.GROUP)
    theirs = of_owner(parts) if description.description_class is DescriptionClass.ARMED else None
    if theirs is not None:
        return theirs
    if parts.unknown and (named_first or parts.unknown[-1][0] >= piece.end):
        return None  # "Faylaq al-Majd rebels" is a name; "Aleppo residents" is not
    organ_too = [p for p in parts.organs if p.end >= piece.end]
    if organ_too and parts.kind not in CIVIL | ARMED:
        return None
    country, said = country_or_context(parts)
    if not said and _is_placeless(parts, piece, description):
        country = None
    name = _description_name(parts, piece, description, country, said)
    telling = Telling.DESCRIPTION_OF_COUNTRY if parts.country else Telling.DESCRIPTION
    reason = f"a description, “{description.name}”, that names no organisation"
    kind, decides = description.kind, description.decides
    return Proposal(telling, name, "description", reason, kind, country, said, score=0.9, kind_decides=decides)


def opponent(parts: Parts) -> Proposal | None:
    """Whoever the speaker fights: "the enemy", "enemy troops". Nobody the words name, and not of the place either."""
    if not parts.speaks_of_opponent or parts.country_said() or parts.entries or parts.unknown:
        return None
    kind = organs()[parts.organs[-1].lexeme.organ].kind if parts.organs else None
    kind = parts.descriptions[-1][1].kind if parts.descriptions else kind
    reason = "whom the speaker fights, without a name"
    return Proposal(Telling.WORDS, parts.mention.whole, "opponent", reason, kind, score=0.4)


def _is_placeless(parts: Parts, piece: Piece, description: Description) -> bool:
    """Whether a description belongs to no country unless one is said: analysts, aid groups, "several countries"."""
    if description.description_class in (DescriptionClass.OTHER, DescriptionClass.GROUP):
        return True
    return description.id in ("countries", "leaders") and parts.mention.words[piece.end - 1].folded.endswith("s")


def _description_name(parts: Parts, piece: Piece, description: Description, iso3: str | None, said: bool) -> str:
    of_country = {i for country_piece, *_ in parts.countries for i in range(country_piece.start, country_piece.end)}
    qualifiers = [
        word.raw
        for i, word in enumerate(parts.mention.words[: piece.start])
        if word.is_capital and word.folded in function_words().qualifiers and i not in of_country
    ][-2:]
    if description.description_class is DescriptionClass.VICTIMS and not qualifiers:
        return description.name
    country = parts.country or (countries_by_iso3().get(iso3) if iso3 else None)
    takes_country = (said and parts.country is not None) or (
        description.kind in (ActorKind.REBEL, ActorKind.MILITIA, ActorKind.GOVERNMENT)
        and description.description_class is DescriptionClass.ARMED
        and not qualifiers
    )
    front = [adjective(country)] if country is not None and takes_country else []
    said_so = parts.mention.written(piece.start, piece.end)
    if description.id == "leaders":
        return " ".join([*front, *qualifiers, said_so])  # "governor" is not "leaders"
    plural = said_so[0].lower() + said_so[1:] if said_so.endswith(("s", "men", "people")) else description.name
    return " ".join([*front, *qualifiers, plural])


def words(parts: Parts) -> Proposal:
    """Return what is left when no rule has anything to say: the words as they are written."""
    country, said = country_or_context(parts)
    reason = "words the tables do not know, kept as written"
    return Proposal(Telling.WORDS, parts.mention.whole, "words", reason, None, country, said, score=0.4)


def nobody(mention: Mention, span: Span, kind: ActorKind | None, context: ReportContext) -> Proposal:
    """Return what a pronoun says: nothing, unless it counts people ("two others", "millions")."""
    words = mention.whole or span.of(context.text)
    if kind is ActorKind.CIVILIANS:
        near = context.country_near(span)
        reason = "people counted, not named"
        country = near[0] if near else None
        return Proposal(Telling.NOTHING, "civilians", "people-counted", reason, kind, country, score=0.5)
    return Proposal(Telling.NOTHING, words, "pronoun", "a word that names nobody", score=0.1)
