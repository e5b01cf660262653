"""Rules for actors that are named: persons, organisations, numbered units, and names the register does not have."""

from __future__ import annotations

from functools import cache

from contested.actors.lexicon import Piece, Title, TitleClass
from contested.actors.mention import is_ordinal
from contested.actors.parts import ARMED, CIVIL, Parts, country_or_context, of_entry
from contested.actors.proposal import Proposal, Telling
from contested.actors.register import Entry, EntryClass, organ_entry, organs, register
from contested.actors.theatres import meant_here
from contested.actors.words import function_words
from contested.resources.countries import Country
from contested.types import ActorKind


def several(parts: Parts) -> Proposal | None:
    """Two countries or organisations joined by "and" or a hyphen: a party of its own, not either of them."""
    if len(parts.countries) < 2:
        return None
    (first, one, _), (second, two, _) = parts.countries[:2]
    if one.iso3 == two.iso3:
        return None
    between = [word.folded for word in parts.mention.words[first.end : second.start]]
    if between not in ([], ["and"], ["and", "the"]):
        return None
    return Proposal(
        Telling.NAME, parts.mention.text, "several-actors", "two countries act together", None, None, country_said=True
    )


def in_theatre(parts: Parts) -> Proposal | None:
    """Words that mean one actor in this country at this time: "the coalition", "peacekeepers"."""
    theatre = meant_here(parts.mention, parts.context)
    if theatre is None:
        return None
    entry = register()[theatre.entry]
    reason = f"what “{parts.mention.whole}” means in {parts.context.home} at this time"
    return Proposal(
        Telling.ORGAN_IN_CONTEXT, entry.name, "in-theatre", reason, entry.kind, entry.country, False, entry, score=0.7
    )


def numbered_unit(parts: Parts) -> Proposal | None:
    """An ordinal before a unit noun, unless the register knows the whole name: the number is part of the name."""
    words = parts.mention.words
    for i, word in enumerate(words[: parts.mention.head_end]):
        if not is_ordinal(word):
            continue
        nouns = [w for w in words[i + 1 : i + 5] if w.folded in function_words().unit_nouns]
        if not nouns:
            continue
        if any(piece.start <= i < piece.end for piece, *_ in parts.entries):
            return None
        end = max(j for j, w in enumerate(words) if w in nouns) + 1
        country, said = country_or_context(parts)
        name = parts.mention.written(i, end)
        kind = parts.kind if parts.kind in ARMED else ActorKind.MILITARY
        return Proposal(Telling.UNIT, name, "numbered-unit", f"a unit by its number, {word.raw}", kind, country, said)
    return None


def person(parts: Parts) -> Proposal | None:
    """A person the register knows. A spokesperson speaks for the organisation said beside the name."""
    persons = [found for found in parts.entries if found[1].entry_class is EntryClass.PERSON]
    if not persons:
        return None
    piece, entry, score, why = persons[-1]
    if piece.start >= parts.mention.head_end and parts.mention.head_end:
        return None
    owner = _owned_by(parts, piece, entry)
    if owner is not None:
        return owner
    if parts.descriptions and parts.descriptions[-1][0].start >= piece.end:
        return None  # "Assad supporters": a description, of the person's country
    reason = f"“{entry.name}” in the register: {why}"
    if entry.office == "spokesperson":
        if len(parts.entries) > len(persons) or (parts.organs and parts.countries):
            return None  # the organisation said beside the name is the actor
        return of_entry(Telling.SPEAKER, entry, "register-speaker", reason, score, piece)
    return of_entry(Telling.PERSON, entry, "register-person", reason, score, piece)


def _owned_by(parts: Parts, piece: Piece, entry: Entry) -> Proposal | None:
    """What a leader owns ("Assad's forces") is an organ of the state, or the group the leader leads."""
    owned = [organ for organ in parts.organs if organ.start >= piece.end]
    if not owned or entry.country is None:
        return None
    group = register().get(entry.parent)
    if group is not None:
        return of_entry(Telling.ORGANISATION, group, "leader-s-group", f"led by {entry.name}", 0.8, piece)
    organ = organ_entry(entry.country, owned[0].lexeme.organ, parts.context.published)
    reason = f"what belongs to {entry.name}, {entry.country}"
    return of_entry(Telling.ORGAN, organ, "leader-s-organ", reason, 0.9, piece)


def organisation(parts: Parts) -> Proposal | None:
    """An organisation the register knows, or a person who is said to act or speak for one."""
    named = [found for found in parts.entries if found[1].entry_class is not EntryClass.PERSON]
    if not named:
        return None
    piece, entry, score, why = named[-1]
    if entry.organ in ("government", "presidency") and any(p.start >= piece.end for p in parts.organs):
        return None  # "Syrian government troops": an organ of the state, not its government
    if _inside_longer_name(parts, piece):
        return None
    after = [d for p, d in parts.descriptions if p.start >= piece.end]
    of_people = any(d.kind in CIVIL for d in after)
    about_people = of_people and (parts.kind in CIVIL or (parts.kind is None and entry.kind is not ActorKind.MEDIA))
    if about_people and piece.end < parts.mention.head_end:
        return None  # "Hezbollah supporters", "UN staff killed": people, not the organisation
    person = titled_name(parts, piece)
    if person is not None:
        name, title = person
        return Proposal(
            Telling.PERSON_WITH_TITLE,
            name,
            "person-of-organisation",
            f"a person with a title in {entry.name}",
            entry.kind if title.kind is None else title.kind,
            entry.country,
            entry.country is not None,
            None,
            (entry.name,),
            0.8,
        )
    return of_entry(Telling.ORGANISATION, entry, "register", f"“{entry.name}” in the register: {why}", score, piece)


def _inside_longer_name(parts: Parts, piece: Piece) -> bool:
    """Whether a name is only the end of a longer unknown one: "Decisive Front for the Liberation of X"."""
    before = [run for run in parts.unknown if run[1] <= piece.start]
    return bool(before) and piece.start >= parts.mention.head_end and not parts.titles


def titled_name(parts: Parts, owner: Piece | None) -> tuple[str, Title] | None:
    """Return the unknown name of a person in the mention and the title, unless the title is a speaker's."""
    titles = [
        title for piece, title in parts.titles if owner is None or piece.start >= owner.end or piece.end <= owner.start
    ]
    if not titles or not parts.unknown:
        return None
    if any(title.title_class is TitleClass.SPEAKER for title in titles):
        return None
    start, end = parts.unknown[-1]
    title_ends = [piece.end for piece, _ in parts.titles]
    if start < min(title_ends):
        return None  # the unknown words stand before the title: they name what the person belongs to
    return parts.mention.written(start, end), titles[-1]


def titled_person(parts: Parts, person: tuple[str, Title], country: Country | None) -> Proposal:
    """Return the proposal for a person whom the mention names and titles, of a country if it says one."""
    name, title = person
    reason = f"a person by name and title{f', of {country.name}' if country else ''}; not in the register"
    iso3, said = (country.iso3, True) if country else country_or_context(parts)
    return Proposal(Telling.PERSON_WITH_TITLE, name, "titled-person", reason, title.kind, iso3, said, score=0.8)


def named_with_title(parts: Parts) -> Proposal | None:
    """A title and a name that the register does not know: "Governor Vadym Filashkin"."""
    person = titled_name(parts, None)
    return None if person is None else titled_person(parts, person, parts.country_said())


def office_holder(parts: Parts) -> Proposal | None:
    """Who held the office on the day of the report: "the Syrian president"."""
    offices = [(piece, title) for piece, title in parts.titles if title.title_class is TitleClass.OFFICE]
    if not offices or parts.unknown:
        return None
    piece = offices[-1][0]
    if piece.end != parts.mention.head_end and not parts.complement:
        return None
    office = " ".join(word.folded for word in parts.mention.words[piece.start : piece.end])
    country = parts.country_said()
    iso3 = country.iso3 if country else parts.context.home
    if iso3 is None or parts.context.published is None:
        return None
    holders = [e for e in _who_held().get((office, iso3), ()) if e.exists_on(parts.context.published)]
    if len(holders) != 1:
        return None
    reason = f"{office} of {iso3} on {parts.context.published}"
    score = 0.9 if country else 0.6
    return of_entry(Telling.OFFICE, holders[0], "office-holder", reason, score, piece)


@cache
def _who_held() -> dict[tuple[str, str | None], list[Entry]]:
    """Return the persons of the register by their office and country."""
    held: dict[tuple[str, str | None], list[Entry]] = {}
    for entry in register().values():
        if entry.entry_class is EntryClass.PERSON:
            held.setdefault((entry.office, entry.country), []).append(entry)
    return held


def unknown_name(parts: Parts) -> Proposal | None:
    """A name that the register does not know: NIL, kept as written."""
    if not parts.unknown:
        return None
    if parts.organs and any(title.title_class is TitleClass.SPEAKER for _, title in parts.titles):
        return None  # "army spokesman X" speaks for the army
    start, end = parts.unknown[0][0], parts.unknown[-1][1]
    mention = parts.mention
    while end < mention.head_end and mention.words[end].is_capital:
        end += 1  # "Aleppo Police Command": the known words belong to the name
    if start == 0 and end == mention.head_end and mention.words[-1].is_capital and not parts.titles:
        end = len(mention.words)  # "Coordination Headquarters for the Treatment of Prisoners of War"
    while start > 0 and mention.words[start - 1].is_capital and parts.organs and not parts.titles:
        start -= 1
    country, said = country_or_context(parts)
    name = mention.written(start, end)
    kind = parts.title.kind if parts.title else None
    if kind is None and parts.organs:
        kind = organs()[parts.organs[-1].lexeme.organ].kind
    if kind is None and parts.descriptions:
        kind = parts.descriptions[-1][1].kind
    reason = f"“{name}” is not in the register"
    return Proposal(Telling.NAME, name, "not-in-register", reason, kind, country, said, score=0.5)
