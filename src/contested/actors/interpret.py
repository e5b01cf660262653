"""From one mention to a proposal: small rules, tried in order; the first that has something to say decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contested.actors.candidates import choose
from contested.actors.context import ReportContext
from contested.actors.lexicon import (
    CountryForm,
    Description,
    DescriptionClass,
    Piece,
    Title,
    TitleClass,
)
from contested.actors.mention import Mention, country_of
from contested.actors.proposal import Proposal, Telling
from contested.actors.register import Entry, EntryClass, adjective, organ_entry, organs, register, state_id
from contested.actors.words import function_words
from contested.resources.countries import Country, Standing, countries_by_iso3
from contested.types import ActorKind, Span

_CIVIL = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS})
_ARMED = frozenset({ActorKind.REBEL, ActorKind.MILITIA, ActorKind.CRIMINAL, ActorKind.GUNMEN})
_HEADS_WITH_ORGAN = {ActorKind.MILITARY: "military", ActorKind.POLICE: "police", ActorKind.MEDIA: "media"}


@dataclass(frozen=True, slots=True)
class Reading:
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

    @property
    def country(self) -> Country | None:
        """The country said in the head noun phrase."""
        return self.countries[0][1] if self.countries else None

    @property
    def title(self) -> Title | None:
        """The title said in the head noun phrase."""
        return self.titles[0][1] if self.titles else None

    def country_said(self) -> Country | None:
        """Return the country said anywhere in the mention, the head first."""
        return self.country or (self.complement[0][1] if self.complement else None)


def interpret(mention: Mention, span: Span, kind: ActorKind | None, context: ReportContext) -> Proposal:
    """Return what a mention says; `kind` is the reader's. Never None: words that say nothing give `Telling.NOTHING`."""
    if mention.is_pronoun or not mention.words:
        return _nobody(mention, span, kind, context)
    reading = _read(mention, span, kind, context)
    for rule in _RULES:
        proposal = rule(reading)
        if proposal is not None:
            return proposal
    return _words(reading)


def _nobody(mention: Mention, span: Span, kind: ActorKind | None, context: ReportContext) -> Proposal:
    """Return what a pronoun says: nothing, unless it counts people ("two others", "millions")."""
    words = mention.whole or span.of(context.text)
    if kind is ActorKind.CIVILIANS:
        near = context.country_near(span)
        reason = "people counted, not named"
        return Proposal(Telling.NOTHING, "civilians", "people-counted", reason, kind, near[0] if near else None, score=0.5)
    return Proposal(Telling.NOTHING, words, "pronoun", "a word that names nobody", score=0.1)


def _read(mention: Mention, span: Span, kind: ActorKind | None, context: ReportContext) -> Reading:
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
        alias = mention.written(piece.start, piece.end)
        chosen = choose(piece.lexeme.entries, alias, said, kind, context)
        if chosen is not None:
            entries.append((piece, *chosen))
    covered = {(piece.start, piece.end) for piece, *_ in entries}
    return Reading(
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
    )


def _joined(mention: Mention, piece: Piece) -> bool:
    """Whether a piece after the head is the head's organisation: "leader of X", not "families of X" nor "attack on X"."""
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


def _several(reading: Reading) -> Proposal | None:
    """Two countries or organisations joined by "and" or a hyphen: a party of its own, not either of them."""
    if len(reading.countries) < 2:
        return None
    (first, one, _), (second, two, _) = reading.countries[:2]
    if one.iso3 == two.iso3:
        return None
    between = [word.folded for word in reading.mention.words[first.end : second.start]]
    if between not in ([], ["and"], ["and", "the"]):
        return None
    return Proposal(
        Telling.NAME, reading.mention.text, "several-actors", "two countries act together", None, None, country_said=True
    )


def _numbered_unit(reading: Reading) -> Proposal | None:
    """An ordinal before a unit noun, unless the register knows the whole name: the number is part of the name."""
    words = reading.mention.words
    for i, word in enumerate(words[: reading.mention.head_end]):
        ordinal = word.folded.rstrip("stndrh").isdigit() and word.folded[-1].isalpha()
        nouns = [w for w in words[i + 1 : i + 5] if w.folded in function_words().unit_nouns]
        if not ordinal or not nouns:
            continue
        if any(piece.start <= i < piece.end for piece, *_ in reading.entries):
            return None
        end = max(j for j, w in enumerate(words) if w in nouns) + 1
        country, said = _country_or_context(reading)
        name = reading.mention.written(i, end)
        kind = reading.kind if reading.kind in _ARMED else ActorKind.MILITARY
        return Proposal(Telling.UNIT, name, "numbered-unit", f"a unit by its number, {word.raw}", kind, country, said)
    return None


def _person(reading: Reading) -> Proposal | None:
    """A person the register knows. A spokesperson speaks for the organisation said beside the name."""
    persons = [found for found in reading.entries if found[1].entry_class is EntryClass.PERSON]
    if not persons:
        return None
    piece, entry, score, why = persons[-1]
    if piece.start >= reading.mention.head_end and reading.mention.head_end:
        return None
    owner = _owned_by(reading, piece, entry)
    if owner is not None:
        return owner
    if reading.descriptions and reading.descriptions[-1][0].start >= piece.end:
        return None  # "Assad supporters": a description, of the person's country
    reason = f"“{entry.name}” in the register: {why}"
    if entry.office == "spokesperson":
        if len(reading.entries) > len(persons) or (reading.organs and reading.countries):
            return None  # the organisation said beside the name is the actor
        return _of_entry(Telling.SPEAKER, entry, "register-speaker", reason, score, reading, piece)
    return _of_entry(Telling.PERSON, entry, "register-person", reason, score, reading, piece)


def _owned_by(reading: Reading, piece: Piece, entry: Entry) -> Proposal | None:
    """ "Assad's forces": what a leader owns is an organ of the state, or the group the leader leads."""
    owned = [organ for organ in reading.organs if organ.start >= piece.end]
    if not owned or entry.country is None:
        return None
    group = register().get(entry.parent)
    if group is not None:
        return _of_entry(Telling.ORGANISATION, group, "leader-s-group", f"led by {entry.name}", 0.8, reading, piece)
    organ = organ_entry(entry.country, owned[0].lexeme.organ, reading.context.published)
    reason = f"what belongs to {entry.name}, {entry.country}"
    return _of_entry(Telling.ORGAN, organ, "leader-s-organ", reason, 0.9, reading, piece)


def _organisation(reading: Reading) -> Proposal | None:
    """An organisation the register knows, or a person who is said to act or speak for one."""
    named = [found for found in reading.entries if found[1].entry_class is not EntryClass.PERSON]
    if not named:
        return None
    piece, entry, score, why = named[-1]
    if entry.organ in ("government", "presidency") and any(p.start >= piece.end for p in reading.organs):
        return None  # "Syrian government troops": an organ of the state, not its government
    if _inside_longer_name(reading, piece):
        return None
    after = [d for p, d in reading.descriptions if p.start >= piece.end]
    about_people = any(d.kind in _CIVIL for d in after) and entry.kind is not ActorKind.MEDIA and (reading.kind is None or reading.kind in _CIVIL)
    if about_people and piece.end < reading.mention.head_end:
        return None  # "Hezbollah supporters", "UN staff killed": people, not the organisation
    person = _titled_name(reading, piece)
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
    return _of_entry(
        Telling.ORGANISATION, entry, "register", f"“{entry.name}” in the register: {why}", score, reading, piece
    )


def _inside_longer_name(reading: Reading, piece: Piece) -> bool:
    """Whether a name is only the end of a longer unknown one: "Decisive Front for the Liberation of X"."""
    before = [run for run in reading.unknown if run[1] <= piece.start]
    return bool(before) and piece.start >= reading.mention.head_end and not reading.titles


def _titled_name(reading: Reading, owner: Piece | None) -> tuple[str, Title] | None:
    """Return the unknown name of a person in the mention and the title, unless the title is a speaker's."""
    titles = [title for piece, title in reading.titles if owner is None or piece.start >= owner.end or piece.end <= owner.start]
    if not titles or not reading.unknown:
        return None
    if any(title.title_class is TitleClass.SPEAKER for title in titles):
        return None
    start, end = reading.unknown[-1]
    title_ends = [piece.end for piece, _ in reading.titles]
    if start < min(title_ends):
        return None  # the unknown words stand before the title: they name what the person belongs to
    return reading.mention.written(start, end), titles[-1]


def _organ_of_state(reading: Reading) -> Proposal | None:
    """A country and an organ: "Syrian army", "the defence ministry of Ukraine", "Kremlin spokesman"."""
    country = reading.country_said()
    if not reading.organs or country is None:
        return None
    piece = _organ_meant(reading)
    if reading.kind in _CIVIL | _ARMED and reading.descriptions:
        return None
    person = _titled_name(reading, None)
    if person is not None:
        return _titled_person(reading, person, country)
    if _runs_into(reading, piece):
        return None
    part = country if country.standing is Standing.PART else None
    organ = organ_entry(country.iso3, piece.lexeme.organ, reading.context.published, part)
    reason = f"{organ.organ.replace('_', ' ')} of {country.name}"
    telling = Telling.OFFICE if organ.organ.endswith("officials") else Telling.ORGAN
    return _of_entry(telling, organ, "organ-of-state", reason, 1.0, reading, piece)


def _organ_meant(reading: Reading) -> Piece:
    """Return the organ that the mention is about: "Interior Ministry officers" is the ministry, "government forces" the forces."""
    first, last = reading.organs[0], reading.organs[-1]
    weak = last.lexeme.organ.endswith("officials") or reading.mention.words[last.start].folded in ("officers", "officer")
    return first if weak and first.lexeme.organ != "government" else last


def _runs_into(reading: Reading, piece: Piece) -> bool:
    """Whether unknown capitalised words stand right before a capitalised organ: "Burma National Revolutionary Army"."""
    word = reading.mention.words[piece.start]
    return word.is_capital and any(run[1] == piece.start for run in reading.unknown)


def _titled_person(reading: Reading, person: tuple[str, Title], country: Country | None) -> Proposal:
    name, title = person
    reason = f"a person by name and title{f', of {country.name}' if country else ''}; not in the register"
    iso3, said = (country.iso3, True) if country else _country_or_context(reading)
    return Proposal(Telling.PERSON_WITH_TITLE, name, "titled-person", reason, title.kind, iso3, said, score=0.8)


def _named_with_title(reading: Reading) -> Proposal | None:
    """A title and a name that the register does not know: "Governor Vadym Filashkin"."""
    person = _titled_name(reading, None)
    return None if person is None else _titled_person(reading, person, reading.country_said())


def _office_holder(reading: Reading) -> Proposal | None:
    """ "The Syrian president": who held the office on the day of the report."""
    offices = [(piece, title) for piece, title in reading.titles if title.title_class is TitleClass.OFFICE]
    if not offices or reading.unknown:
        return None
    piece = offices[-1][0]
    if piece.end != reading.mention.head_end and not reading.complement:
        return None
    office = " ".join(word.folded for word in reading.mention.words[piece.start : piece.end])
    country = reading.country_said()
    iso3 = country.iso3 if country else reading.context.home
    if iso3 is None or reading.context.published is None:
        return None
    holders = [
        entry
        for entry in register().values()
        if entry.entry_class is EntryClass.PERSON
        and entry.office == office
        and entry.country == iso3
        and entry.exists_on(reading.context.published)
    ]
    if len(holders) != 1:
        return None
    reason = f"{office} of {iso3} on {reading.context.published}"
    score = 0.9 if country else 0.6
    return _of_entry(Telling.OFFICE, holders[0], "office-holder", reason, score, reading, piece)


def _state(reading: Reading) -> Proposal | None:
    """A country by itself: the state, or what the reader's kind makes of it ("Ukrainian" shelling: its forces)."""
    if not reading.countries or reading.unknown or reading.descriptions:
        return None
    piece, country, form = reading.countries[-1]
    if len(reading.countries) > 1 and reading.countries[0][0].end == reading.mention.head_end:
        piece, country, form = reading.countries[0]
    rest = [
        word.folded
        for i, word in enumerate(reading.mention.words[: reading.mention.head_end])
        if not piece.start <= i < piece.end
    ]
    if [word for word in rest if word not in function_words().members and word not in function_words().leading]:
        return None
    kind = reading.kind
    part = country if country.standing is Standing.PART else None
    if kind in _HEADS_WITH_ORGAN:
        organ = organ_entry(country.iso3, _HEADS_WITH_ORGAN[kind], reading.context.published, part)
        reason = f"{country.name} as {kind.value}"
        return _of_entry(Telling.STATE, organ, "country-as-organ", reason, 0.8, reading, piece)
    if kind in _CIVIL or (kind is None and form is CountryForm.PEOPLE):
        name = f"{adjective(country)}s" if form is CountryForm.PEOPLE else country.name
        reason = f"people of {country.name}"
        return Proposal(
            Telling.DESCRIPTION_OF_COUNTRY, name, "people-of-country", reason, kind or ActorKind.CIVILIANS, country.iso3, True
        )
    if kind in _ARMED:
        name = f"{adjective(country)} {_plain_name(kind)}"
        return Proposal(
            Telling.DESCRIPTION_OF_COUNTRY, name, "armed-of-country", f"{kind.value} of {country.name}", kind, country.iso3, True
        )
    entry = register()[state_id(country)]
    reason = f"{'the seat of' if form is CountryForm.CAPITAL else 'the name of'} {country.name}, as a doer"
    return _of_entry(Telling.STATE, entry, "state", reason, 1.0, reading, piece)


def _plain_name(kind: ActorKind | None) -> str:
    return {ActorKind.REBEL: "rebels", ActorKind.MILITIA: "militias", ActorKind.CRIMINAL: "gangs"}.get(
        kind or ActorKind.GUNMEN, "gunmen"
    )


def _description(reading: Reading) -> Proposal | None:
    """People described, not named. The country is the one said, else (never for analysts, sources …) the report's."""
    if not reading.descriptions:
        return None
    piece, description = reading.descriptions[-1]
    named_first = reading.unknown and description.description_class in (DescriptionClass.ARMED, DescriptionClass.GROUP)
    if reading.unknown and (named_first or reading.unknown[-1][0] >= piece.end):
        return None  # "Faylaq al-Majd rebels" is a name; "Aleppo residents" is not
    organ_too = [p for p in reading.organs if p.end >= piece.end]
    if organ_too and reading.kind not in _CIVIL | _ARMED:
        return None
    country, said = _country_or_context(reading)
    if not said and description.description_class in (DescriptionClass.OTHER, DescriptionClass.GROUP):
        country = None
    name = _description_name(reading, piece, description, country, said)
    telling = Telling.DESCRIPTION_OF_COUNTRY if reading.country else Telling.DESCRIPTION
    reason = f"a description, “{description.name}”, that names no organisation"
    return Proposal(telling, name, "description", reason, description.kind, country, said, score=0.9)


def _description_name(
    reading: Reading, piece: Piece, description: Description, iso3: str | None, said: bool
) -> str:
    qualifiers = [
        word.raw
        for word in reading.mention.words[: piece.start]
        if word.is_capital and word.folded in function_words().qualifiers
    ][-2:]
    if description.description_class is DescriptionClass.VICTIMS and not qualifiers:
        return description.name
    country = reading.country or (countries_by_iso3().get(iso3) if iso3 else None)
    takes_country = (said and reading.country is not None) or (
        description.kind in (ActorKind.REBEL, ActorKind.MILITIA, ActorKind.GOVERNMENT)
        and description.description_class is DescriptionClass.ARMED
        and not qualifiers
    )
    front = [adjective(country)] if country is not None and takes_country else []
    said_so = reading.mention.written(piece.start, piece.end)
    plural = said_so[0].lower() + said_so[1:] if said_so.endswith(("s", "men", "people")) else description.name
    return " ".join([*front, *qualifiers, plural])


def _organ_in_context(reading: Reading) -> Proposal | None:
    """ "The army", "government forces", "its troops": an organ of the country that the report gives."""
    if not reading.organs or reading.unknown:
        return None
    piece = _organ_meant(reading)
    if reading.mention.is_qualified or not _stands_alone(reading, piece):
        return _others_forces(reading, piece)
    owner = reading.context.owner_before(reading.span) if reading.mention.owner_said else None
    near = (owner, "the country named just before") if owner else reading.context.country_near(reading.span)
    organ_id = piece.lexeme.organ
    if near is None:
        organ_row = organs()[organ_id]
        words = reading.mention.written(piece.start, piece.end)
        return Proposal(
            Telling.DESCRIPTION, words, "organ-unplaced", "an organ of a state the report does not give", organ_row.kind, None
        )
    iso3, why = near
    if iso3 not in countries_by_iso3():
        return None
    organ = organ_entry(iso3, organ_id, reading.context.published)
    reason = f"{organ_id.replace('_', ' ')} of {iso3}, {why}"
    return _of_entry(Telling.ORGAN_IN_CONTEXT, organ, "organ-in-context", reason, 0.7, reading, piece)


# Words that may stand before a state's organ and leave it the state's.
_PLAIN_BEFORE_ORGAN = frozenset({"national", "federal", "regular", "state", "government", "country", "official", "central"})


def _stands_alone(reading: Reading, piece: Piece) -> bool:
    """Whether nothing before an organ makes it somebody else's ("Kurdish forces", "coalition troops")."""
    organs_before = {i for organ in reading.organs for i in range(organ.start, organ.end)}
    before = [word.folded for i, word in enumerate(reading.mention.words[: piece.start]) if i not in organs_before]
    return all(word in _PLAIN_BEFORE_ORGAN for word in before)


def _others_forces(reading: Reading, piece: Piece) -> Proposal:
    """ "Kurdish forces", "pro-government troops": armed men described, not an organ of the state."""
    country, said = _country_or_context(reading)
    own_kind = organs()[piece.lexeme.organ].kind
    kind = ActorKind.MILITIA if reading.mention.is_qualified and own_kind is ActorKind.MILITARY else own_kind
    name = reading.mention.written(0, reading.mention.head_end)
    reason = "an organ's word with another owner before it: kept as written"
    return Proposal(Telling.DESCRIPTION, name, "others-organ", reason, kind, country, said, score=0.6)


def _the_country(reading: Reading) -> Proposal | None:
    """ "The country": the one named just before, else the report's own."""
    if [word.folded for word in reading.mention.words] not in (["country"], ["nation"]):
        return None
    iso3 = reading.context.owner_before(reading.span) or reading.context.home
    country = countries_by_iso3().get(iso3) if iso3 else None
    if country is None:
        return None
    entry = register()[state_id(country)]
    reason = f"{country.name}, the country named last before"
    return Proposal(Telling.WORDS, entry.name, "the-country", reason, entry.kind, entry.country, False, entry, (), 0.5)


def _unknown_name(reading: Reading) -> Proposal | None:
    """A name that the register does not know: NIL, kept as written."""
    if not reading.unknown:
        return None
    start, end = reading.unknown[0][0], reading.unknown[-1][1]
    mention = reading.mention
    while end < mention.head_end and mention.words[end].is_capital:
        end += 1  # "Aleppo Police Command": the known words belong to the name
    if start == 0 and end == mention.head_end and mention.words[-1].is_capital and not reading.titles:
        end = len(mention.words)  # "Coordination Headquarters for the Treatment of Prisoners of War"
    while start > 0 and mention.words[start - 1].is_capital and reading.organs and not reading.titles:
        start -= 1
    country, said = _country_or_context(reading)
    name = mention.written(start, end)
    kind = reading.title.kind if reading.title else None
    if kind is None and reading.organs:
        kind = organs()[reading.organs[-1].lexeme.organ].kind
    if kind is None and reading.descriptions:
        kind = reading.descriptions[-1][1].kind
    reason = f"“{name}” is not in the register"
    return Proposal(Telling.NAME, name, "not-in-register", reason, kind, country, said, score=0.5)


def _words(reading: Reading) -> Proposal:
    country, said = _country_or_context(reading)
    return Proposal(
        Telling.WORDS, reading.mention.text, "words", "words the tables do not know, kept as written", None, country, said, score=0.4
    )


def _country_or_context(reading: Reading) -> tuple[str | None, bool]:
    """Return the country said in the mention, or the one around it; and whether it was said."""
    said = reading.country_said()
    if said is not None:
        return said.iso3, True
    for _, entry, *_ in reading.entries:
        if entry.country is not None:
            return entry.country, True
    near = reading.context.country_near(reading.span)
    return (near[0] if near else None), False


def _of_entry(
    telling: Telling, entry: Entry, rule: str, reason: str, score: float, reading: Reading, piece: Piece
) -> Proposal:
    others = tuple(other.name for other in piece.lexeme.entries if other is not entry)
    return Proposal(
        telling, entry.name, rule, reason, entry.kind, entry.country, entry.country is not None, entry, others, score
    )


_RULES: tuple[Callable[[Reading], Proposal | None], ...] = (
    _several,
    _numbered_unit,
    _person,
    _organisation,
    _organ_of_state,
    _named_with_title,
    _office_holder,
    _state,
    _the_country,
    _description,
    _unknown_name,
    _organ_in_context,
)
