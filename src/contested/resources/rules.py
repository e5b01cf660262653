"""Rule files: patterns in TOML that must keep the promises written beside them.

A rule file looks like this:

    schema = 1

    [fragments]                      # optional: named pieces, written <<weekday>> in a pattern
    weekday = "(?:mon|tues)day"

    [[rule]]
    name = "last-weekday"
    pattern = '(?i)^last <<weekday>>$'
    examples = ["last Monday"]
    counterexamples = ["last week"]
    edge = "start"                   # any further key is kept, as text, in `fields`; fragments are filled in there too

A rule matches a text when `pattern.search(text)` finds it; anchor with `^` and `$` for a whole match.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from contested.errors import ResourceError

SCHEMA = 1  # the only form of rule file so far; a file of another form is refused, not guessed at

_FRAGMENT = re.compile(r"<<([a-z][a-z0-9_]*)>>")
_OWN_KEYS = frozenset({"name", "pattern", "examples", "counterexamples"})
_MAX_FRAGMENT_DEPTH = 5  # fragments may use fragments; deeper than this is a circle


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern, the examples it was checked against, and what else its file says about it."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    fields: Mapping[str, str]


@cache
def load_rules(package: str, filename: str) -> tuple[Rule, ...]:
    """Return the rules of a TOML file inside a package, in file order, each checked against its own examples.

    Args:
        package: the package that holds the file, such as `contested.sources`.
        filename: the file's path inside it, such as `furniture.toml`.

    Raises:
        ResourceError: when the file is missing or malformed, or a rule misses one of its examples or matches
            one of its counterexamples.
    """
    where = f"{package}/{filename}"
    try:
        toml = files(package).joinpath(filename).read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError) as error:
        raise ResourceError(f"rule file {where} cannot be read: {error}") from error
    return parse_rules(toml, where)


def parse_rules(toml: str, where: str) -> tuple[Rule, ...]:
    """Return the checked rules of a rule file given as text; `where` names it in messages.

    Raises:
        ResourceError: as `load_rules`.
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"rule file {where} is not TOML: {error}") from error
    if tables.get("schema") != SCHEMA:
        raise ResourceError(f"rule file {where}: expected schema = {SCHEMA}, found {tables.get('schema')!r}")
    fragments = tables.get("fragments", {})
    rules = tuple(_parse_rule(table, fragments, where) for table in tables.get("rule", ()))
    if not rules:
        raise ResourceError(f"rule file {where} holds no [[rule]]")
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise ResourceError(f"rule file {where}: two rules are named {name!r}")
    return rules


def _parse_rule(table: dict[str, object], fragments: Mapping[str, str], where: str) -> Rule:
    name, source = table.get("name"), table.get("pattern")
    if not isinstance(name, str) or not isinstance(source, str):
        raise ResourceError(f"rule file {where}: a rule needs a name and a pattern, got {sorted(table)}")
    where = f"{where}, rule {name!r}"
    try:
        pattern = re.compile(_fill_in(source, fragments, where))
    except re.error as error:
        raise ResourceError(f"{where}: not a regular expression: {error}") from error
    rule = Rule(
        name=name,
        pattern=pattern,
        examples=_texts(table, "examples", where),
        counterexamples=_texts(table, "counterexamples", where),
        fields={key: _fill_in(str(value), fragments, where) for key, value in table.items() if key not in _OWN_KEYS},
    )
    _check(rule, where)
    return rule


def _fill_in(source: str, fragments: Mapping[str, str], where: str) -> str:
    def replace(match: re.Match[str]) -> str:
        if match[1] not in fragments:
            raise ResourceError(f"{where}: no fragment is named <<{match[1]}>>")
        return fragments[match[1]]

    for _ in range(_MAX_FRAGMENT_DEPTH):
        if not _FRAGMENT.search(source):
            return source
        source = _FRAGMENT.sub(replace, source)
    raise ResourceError(f"{where}: fragments nest deeper than {_MAX_FRAGMENT_DEPTH}, or in a circle")


def _texts(table: dict[str, object], key: str, where: str) -> tuple[str, ...]:
    texts = table.get(key, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ResourceError(f"{where}: {key} must be a list of texts")
    return tuple(texts)


def _check(rule: Rule, where: str) -> None:
    if not rule.examples:
        raise ResourceError(f"{where}: a rule needs at least one example")
    for example in rule.examples:
        if not rule.pattern.search(example):
            raise ResourceError(f"{where}: does not match its example {example!r}")
    for counterexample in rule.counterexamples:
        if rule.pattern.search(counterexample):
            raise ResourceError(f"{where}: matches its counterexample {counterexample!r}")
