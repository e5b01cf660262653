"""Rules for states and their organs: said with their country, by the country alone, or in the report's context."""

from __future__ import annotations

from contested.actors.lexicon import CountryForm, DescriptionClass, Piece, TitleClass
from contested.actors.named import titled_name, titled_person
from contested.actors.parts import ARMED, CIVIL, Parts, country_or_context, of_entry, of_owner
from contested.actors.proposal import Proposal, Telling
from contested.actors.register import adjective, organ_entry, organs, register, state_id
from contested.actors.words import function_words
from contested.resources.countries import Country, Standing, countries_by_iso3
from contested.types import ActorKind

_HEADS_WITH_ORGAN = {ActorKind.MILITARY: "military", ActorKind.POLICE: "police", ActorKind.MEDIA: "media"}


def organ_of_state(parts: Parts) -> Proposal | None:
    """A country and an organ: "Syrian army", "the defence ministry of Ukraine", "Kremlin spokesman"."""
    country = parts.country_said() or _country_of_government(parts)
    if not parts.organs or country is None:
        return None
    piece = _organ_meant(parts)
    if parts.kind in CIVIL | ARMED and parts.descriptions:
        return None
    person = titled_name(parts, None)
    if person is not None:
        return titled_person(parts, person, country)
    if _runs_into(parts, piece):
        return None
    part = country if country.standing is Standing.PART else None
    organ = organ_entry(country.iso3, piece.lexeme.organ, parts.context.published, part)
    reason = f"{organ.organ.replace('_', ' ')} of {country.name}"
    telling = Telling.OFFICE if organ.organ.endswith("officials") else Telling.ORGAN
    return of_entry(telling, organ, "organ-of-state", reason, 1.0, piece)


def _country_of_government(parts: Parts) -> Country | None:
    """Return the country of a government named before the organ: "Syrian government troops"."""
    owners = [entry.country for _, entry, *_ in parts.entries if entry.organ in ("government", "presidency")]
    return countries_by_iso3().get(owners[0] or "") if owners else None


def _organ_meant(parts: Parts) -> Piece:
    """Return the organ meant: "Interior Ministry officers" is the ministry, "government forces" the forces."""
    first, last = parts.organs[0], parts.organs[-1]
    people = last.lexeme.organ.endswith("officials") or parts.mention.words[last.start].folded in (
        "officers",
        "officer",
    )
    narrower = last.lexeme.organ == "military" and organs()[first.lexeme.organ].kind in _HEADS_WITH_ORGAN
    return first if (people and first.lexeme.organ != "government") or narrower else last


def _runs_into(parts: Parts, piece: Piece) -> bool:
    """Whether unknown capitalised words stand right before a capitalised organ: "Burma National Revolutionary Army"."""
    word = parts.mention.words[piece.start]
    return word.is_capital and any(run[1] == piece.start for run in parts.unknown)


def state(parts: Parts) -> Proposal | None:
    """A country by itself: the state, or what the reader's kind makes of it ("Ukrainian" shelling: its forces)."""
    if not parts.countries or parts.unknown or parts.descriptions:
        return None
    piece, country, form = parts.countries[-1]
    if len(parts.countries) > 1 and parts.countries[0][0].end == parts.mention.head_end:
        piece, country, form = parts.countries[0]
    rest = [
        word.folded
        for i, word in enumerate(parts.mention.words[: parts.mention.head_end])
        if not piece.start <= i < piece.end
    ]
    if [word for word in rest if word not in function_words().members and word not in function_words().leading]:
        return None
    kind = parts.kind
    part = country if country.standing is Standing.PART else None
    if kind in _HEADS_WITH_ORGAN:
        organ = organ_entry(country.iso3, _HEADS_WITH_ORGAN[kind], parts.context.published, part)
        reason = f"{country.name} as {kind.value}"
        return of_entry(Telling.STATE, organ, "country-as-organ", reason, 0.8, piece)
    if kind in CIVIL or (kind is None and form is CountryForm.PEOPLE):
        name = f"{country.demonyms[0]}s" if form is CountryForm.PEOPLE else country.name
        reason = f"people of {country.name}"
        of_kind = kind or ActorKind.CIVILIANS
        return Proposal(
            Telling.DESCRIPTION_OF_COUNTRY, name, "people-of-country", reason, of_kind, country.iso3, country_said=True
        )
    if kind in ARMED:
        name = f"{adjective(country)} {_plain_name(kind)}"
        reason = f"{kind.value} of {country.name}"
        return Proposal(
            Telling.DESCRIPTION_OF_COUNTRY, name, "armed-of-country", reason, kind, country.iso3, country_said=True
        )
    entry = register()[state_id(country)]
    reason = f"{'the seat of' if form is CountryForm.CAPITAL else 'the name of'} {country.name}, as a doer"
    return of_entry(Telling.STATE, entry, "state", reason, 1.0, piece)


def _plain_name(kind: ActorKind | None) -> str:
    return {ActorKind.REBEL: "rebels", ActorKind.MILITIA: "militias", ActorKind.CRIMINAL: "gangs"}.get(
        kind or ActorKind.GUNMEN, "gunmen"
    )


def organ_in_context(parts: Parts) -> Proposal | None:
    """An organ of the country that the report gives: "the army", "government forces", "its troops"."""
    speaks = any(title.title_class is TitleClass.SPEAKER for _, title in parts.titles)
    if not parts.organs or (parts.unknown and not speaks):
        return None
    piece = _organ_meant(parts)
    qualified = parts.mention.is_qualified and piece.lexeme.organ != "government"  # whoever backs it, it governs
    if qualified or not _stands_alone(parts, piece):
        return _others_forces(parts, piece)
    theirs = of_owner(parts)
    if theirs is not None:
        return theirs
    owner = parts.owner.country if parts.owner else None
    near = (owner, "named just before") if owner else parts.context.country_near(parts.span)
    organ_id = piece.lexeme.organ
    if near is None:
        organ_row = organs()[organ_id]
        words = parts.mention.written(piece.start, piece.end)
        reason = "an organ of a state the report does not give"
        return Proposal(Telling.DESCRIPTION, words, "organ-unplaced", reason, organ_row.kind)
    iso3, why = near
    if iso3 not in countries_by_iso3():
        return None
    organ = organ_entry(iso3, organ_id, parts.context.published)
    reason = f"{organ_id.replace('_', ' ')} of {iso3}, {why}"
    return of_entry(Telling.ORGAN_IN_CONTEXT, organ, "organ-in-context", reason, 0.7, piece)


# Words that may stand before a state's organ and leave it the state's.
_PLAIN_BEFORE_ORGAN = frozenset(
    {"national", "federal", "regular", "state", "government", "country", "official", "central", "and"}
)


def _stands_alone(parts: Parts, piece: Piece) -> bool:
    """Whether nothing before an organ makes it somebody else's ("Kurdish forces", "coalition troops")."""
    organs_before = {i for organ in parts.organs for i in range(organ.start, organ.end)}
    before = [word.folded for i, word in enumerate(parts.mention.words[: piece.start]) if i not in organs_before]
    return all(word in _PLAIN_BEFORE_ORGAN for word in before)


def _others_forces(parts: Parts, piece: Piece) -> Proposal:
    """Armed men described, not an organ of the state: "Kurdish forces", "pro-government troops"."""
    country, said = country_or_context(parts)
    own_kind = organs()[piece.lexeme.organ].kind
    kind = ActorKind.MILITIA if parts.mention.is_qualified and own_kind is ActorKind.MILITARY else own_kind
    name = parts.mention.written(0, parts.mention.head_end)
    owners = [d for _, d in parts.descriptions if d.description_class is DescriptionClass.ARMED and d.decides]
    if owners:  # "a rebel military command": whose it is says what it is
        reason = f"an organ's word that belongs to {owners[-1].name}"
        kind = owners[-1].kind
        return Proposal(
            Telling.DESCRIPTION, name, "others-organ", reason, kind, country, said, score=0.6, kind_decides=True
        )
    reason = "an organ's word with another owner before it: kept as written"
    return Proposal(Telling.DESCRIPTION, name, "others-organ", reason, kind, country, said, score=0.6)


def the_country(parts: Parts) -> Proposal | None:
    """The country named just before, else the report's own: "the country"."""
    if [word.folded for word in parts.mention.words] not in (["country"], ["nation"]):
        return None
    iso3 = parts.context.owner_before(parts.span) or parts.context.home
    country = countries_by_iso3().get(iso3) if iso3 else None
    if country is None:
        return None
    entry = register()[state_id(country)]
    reason = f"{country.name}, the country named last before"
    return Proposal(Telling.WORDS, entry.name, "the-country", reason, entry.kind, entry.country, False, entry, (), 0.5)
