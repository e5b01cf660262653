"""Which names of a report belong to private people, and must not leave the house unless asked for.

Found by who bears them (a civilian the register does not know) and by the words around them (an age, a trade, a
relative; `private_names.toml`). Officers, officials, commanders and everybody in the register keep their names: they
are spoken of in their office. When in doubt a name is withheld.

Known failures: a bare first name that no such word goes with; a private person whom the report calls an official.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from contested.actors.lexicon import TitleClass, lexicon
from contested.actors.mention import read_mention
from contested.actors.register import register
from contested.actors.words import fold, function_words, level, split
from contested.places import default_gazetteer
from contested.places.names import fold as fold_place
from contested.places.names import skeleton
from contested.resources.rules import load_rules
from contested.types import Actor, ActorKind, Claims, Span

_PRIVATE = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.OTHER})
_PEOPLE = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS})
_SHORTEST = 3  # letters of a name that can be looked for alone; "Al" or "Um" would be found everywhere
_CODED = r"%[0-9A-Fa-f]{2}"  # a space or a comma in an address
_JOINTS = rf"(?:{_CODED}|[\W_]){{1,3}}"  # between the words of a name: also a hyphen or an underscore
MASK = "█"
_LONGEST_TITLE = 4  # words: "secretary of state for defence" is found by its first ones
_BEHIND_A_BREAK = re.compile(r"[^,;:.!?()“”\"\n]+$")
# The whole of it is a title: "Karim Haddad, the mayor, …", not ", the mayor's driver" or ", a general practitioner".
_APPOSITION = re.compile(r", (?:the |a |an |then )?([\w-]+(?: [\w-]+){0,3}?)(?=[,.;]| (?:of|in|for)\b)")
_LOOKED_BACK = 40  # characters before a name: "on the outskirts of the southern "


def private_names(claims: Claims) -> tuple[str, ...]:
    """Return the names of private people in a report, longest first."""
    text = claims.document.text
    found = {name for actor in claims.actors if _is_private(actor) for name in _names_of(actor, text)}
    certain = {name for actor in claims.actors if actor.link.kind in _PEOPLE for name in _names_of(actor, text)}
    for told in (text, claims.document.headline_text or ""):
        for name, is_certain in _names_by_words(told):
            found.add(name)
            certain |= {name} if is_certain else set()
    if not found:
        return ()
    public = _public_words(claims)
    kept = {n for n in found if _may_be_name(n) and level(n) not in _known() and not _is_public(n, public)}
    return longest_first(n for n in kept if n in certain or not _is_place(n, text))


def longest_first(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in the order in which they are masked, each once."""
    return tuple(sorted(set(names), key=lambda n: (-len(n), n)))


def is_full(name: str) -> bool:
    """Return whether a name has several words beside its article: a single one may be somebody else's elsewhere.

    >>> is_full("Samir Qadri"), is_full("al-Qadri")
    (True, False)
    """
    return len(split(name)) > 1


def is_borne_in_office(name: str, claims: Claims) -> bool:
    """Return whether a report gives a name to somebody in an office: "General Karim Haddad", "Karim Haddad, the mayor".

    It must never have the name as a private person's.
    """
    text = claims.document.text
    private = [span for actor in claims.actors if _is_private(actor) for span in actor.spans]
    found = list(whole_name(name).finditer(text))
    if any(span.overlaps(Span(*match.span())) for span in private for match in found):
        return False
    return any(_has_office(text[max(0, m.start() - _LOOKED_BACK) : m.start()], text[m.end() :]) for m in found)


def _has_office(before: str, after: str) -> bool:
    """Whether a title of an office, a rank or a leader stands right before a name, or right behind it in apposition."""
    held, told = _BEHIND_A_BREAK.search(before), _APPOSITION.match(after)
    words = split(held[0]) if held else []
    follows = split(told[1]) if told else []
    ends = (words[-n:] for n in range(1, 1 + min(len(words), _LONGEST_TITLE)))
    titles = [lexeme.title for phrase in (*ends, follows) if phrase for lexeme in lexicon().look_up(phrase)]
    return any(title is not None and title.title_class is not TitleClass.PERSON for title in titles)


def mask(text: str, names: tuple[str, ...]) -> str:
    """Return a text with names masked, as long as it was, so that offsets stay true.

    >>> mask("Samir Qadri ran; samir-qadri.html", ("Samir Qadri",))
    '█████ █████ ran; █████-█████.html'
    """
    for name in names:
        text = whole_name(name).sub(lambda m: re.sub(r"\w", MASK, m[0]), text)
    for word in _single_words(names):
        text = _alone(word).sub(lambda m: MASK * len(m[0]), text)
    return text


@lru_cache(maxsize=4096)
def whole_name(name: str) -> re.Pattern[str]:
    """Return a pattern that finds a name however its words are joined or cased; a single word only as written."""
    words = [re.escape(word) for word in re.findall(r"\w+", name)]
    if len(words) == 1:
        return re.compile(rf"\b{words[0]}\b")
    return re.compile(rf"(?:(?<![^\W_])|(?<={_CODED})){_JOINTS.join(words)}(?![^\W_])", re.IGNORECASE)


def _single_words(names: tuple[str, ...]) -> list[str]:
    """Return the words of the names that a report may go on with: `Qadri` after `Samir Qadri`."""
    words = dict.fromkeys(w for n in names for w in re.findall(r"\w+", n) if len(w) > _SHORTEST and w[0].isupper())
    return list(words)


@lru_cache(maxsize=4096)
def _alone(word: str) -> re.Pattern[str]:
    # not beside another capitalised word: "Hassan" is private, "Hassan Rouhani" is somebody else
    return re.compile(rf"(?:(?<![A-ZÀ-Þ]\w)(?<!\w)|(?<={_CODED})){re.escape(word)}(?!\w)(?![ -][A-ZÀ-Þ])")


def _is_private(actor: Actor) -> bool:
    return actor.link.kind in _PRIVATE and actor.link.entry is None


def _names_of(actor: Actor, text: str) -> Iterator[str]:
    """Yield the capitalised words in an actor's mentions that no table knows."""
    for span in actor.spans:
        mention = read_mention(span.of(text), lexicon())
        for start, end in mention.unknown_names():
            name = mention.written(start, end)
            if start > 0 or end - start > 1 or not _starts_sentence(span.start, text):
                yield name


def _starts_sentence(at: int, text: str) -> bool:
    return not text[:at].rstrip() or text[:at].rstrip()[-1] in '.!?”"\n'


def _names_by_words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield names by the words around them, and whether only people are spoken of so."""
    for rule in load_rules("contested.export", "private_names.toml"):
        for match in rule.pattern.finditer(text):
            yield match[1].removesuffix("'s").removesuffix("’s"), "certain" in rule.fields


def _is_place(name: str, text: str) -> bool:
    """Whether the gazetteer knows a name, and it always stands as a place does: villages are called as people are."""
    standing = [_no_persons()["stands-as-place"], *([_no_persons()["stands-near"]] if " " in name else [])]
    found = list(whole_name(name).finditer(text))
    for match in found:
        before = text[max(0, match.start() - _LOOKED_BACK) : match.start()]
        if text[match.end() :].startswith(("'s", "’s")) or not any(p.search(before) for p in standing):
            return False
    if not found:
        return False
    return any(found.folded == fold_place(name) for found in default_gazetteer().named(skeleton(name)))


def _public_words(claims: Claims) -> set[str]:
    """Return the levelled words of places and of actors who are no private people."""
    text = claims.document.text
    spans = [s for p in claims.places for s in p.spans]
    spans += [s for a in claims.actors if not _is_private(a) for s in a.spans]
    words = {word for span in spans for word in _levelled(span.of(text))}
    return words | _levelled(claims.document.publisher or "")


def _levelled(words: str) -> set[str]:
    return {level(word) for word in re.findall(r"\w+", words)} - {""}


def _may_be_name(name: str) -> bool:
    """Whether a run of words can name a person: not a people, an institution, a pronoun, a cry in capitals."""
    if _no_persons()["institution"].search(name):
        return False
    words = re.findall(r"\w+", name)
    function = function_words()
    no_names = function.qualifiers | function.pronouns | function.leading | function.prepositions
    return len(name) >= _SHORTEST and not name.isupper() and not all(fold(word) in no_names for word in words)


def _is_public(name: str, public: set[str]) -> bool:
    """Whether every word of a name is also a word of a place or of an office holder's name."""
    words = _levelled(name)
    return not words or words <= public or not lexicon_leaves(name)


def lexicon_leaves(name: str) -> bool:
    """Return whether a capitalised run holds a word that is no country, organisation, title or description."""
    return bool(read_mention(name, lexicon()).unknown_names())


@cache
def _no_persons() -> dict[str, re.Pattern[str]]:
    return {rule.name: rule.pattern for rule in load_rules("contested.export", "no_persons.toml")}


@cache
def _known() -> frozenset[str]:
    """Return every name of the register, levelled: public persons and organisations."""
    return frozenset(level(name) for entry in register().values() for name in (entry.name, *entry.aliases))
