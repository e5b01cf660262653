"""The grammar of brat's standoff files, strictly: every line, every reference, every offset against the text.

Source: the description of the standoff format (brat.nlplab.org/standoff.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contested.export.problems import Problem

_NAME = r"[A-Za-z][A-Za-z0-9_-]*"
_LINES = {
    "T": re.compile(rf"(?P<id>T\d+)\t(?P<type>{_NAME}) (?P<offsets>\d+ \d+(?:;\d+ \d+)*)\t(?P<text>[^\t]+)"),
    "E": re.compile(rf"(?P<id>E\d+)\t(?P<type>{_NAME}):(?P<trigger>T\d+)(?P<args>(?: {_NAME}:[TE]\d+)*)"),
    "R": re.compile(rf"(?P<id>R\d+)\t(?P<type>{_NAME}) Arg1:(?P<one>[TE]\d+) Arg2:(?P<two>[TE]\d+)"),
    "*": re.compile(rf"\*\t(?P<type>{_NAME})(?P<members>(?: [TE]\d+){{2,}})"),
    "A": re.compile(rf"(?P<id>[AM]\d+)\t(?P<type>{_NAME}) (?P<of>[TER]\d+)(?: (?P<value>\S+))?"),
    "N": re.compile(r"(?P<id>N\d+)\tReference (?P<of>[TER]\d+) (?P<base>[^\s:]+):(?P<entry>\S+)\t(?P<text>[^\t]+)"),
    "#": re.compile(rf"(?P<id>#\d+)\t(?P<type>{_NAME}) (?P<of>[TERAMN]\d+)\t(?P<text>.*)"),
}
_LINES["M"] = _LINES["A"]


def check_standoff(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in one .ann file. Rows are its lines; the text must lie beside it under the same name."""
    text_path = path.with_suffix(".txt")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")
        with text_path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except FileNotFoundError as error:
        yield Problem(0, path.name, str(error.filename), "a .txt file lies beside each .ann file")
        return
    except UnicodeDecodeError as error:
        yield Problem(0, path.name, str(error), "both files are UTF-8")
        return
    yield from _File(path.name, text, _declared(path.parent)).check(lines)


@dataclass
class _File:
    name: str
    text: str
    declared: frozenset[str]
    ids: dict[str, str] = field(default_factory=dict)  # id -> type

    def check(self, lines: list[str]) -> Iterator[Problem]:
        matched: list[tuple[int, str, re.Match[str]]] = []
        for number, line in enumerate(lines, start=1):
            if not line:
                continue
            match = _LINES[line[0]].fullmatch(line) if line[0] in _LINES else None
            if match is None:
                yield self._problem(number, line, "no line of brat's standoff format")
                continue
            yield from self._declare(number, match)
            matched.append((number, line[0], match))
        for number, letter, match in matched:
            yield from self._check_line(number, letter, match.groupdict())

    def _declare(self, number: int, match: re.Match[str]) -> Iterator[Problem]:
        groups = match.groupdict()
        id_ = groups.get("id")
        if id_ is None:
            return
        if id_ in self.ids:
            yield self._problem(number, id_, "an id stands once")
        self.ids[id_] = groups.get("type") or ""

    def _check_line(self, number: int, letter: str, groups: Mapping[str, str]) -> Iterator[Problem]:
        kind = groups.get("type")
        if self.declared and kind and letter in "TERAM" and kind not in self.declared:
            yield self._problem(number, kind, "annotation.conf declares no such type")
        if letter == "T":
            yield from self._check_text(number, groups)
        elif letter == "E":
            yield from self._check_event(number, groups)
        members = [groups[key] for key in ("one", "two", "of") if groups.get(key)]
        for target in (*members, *(groups.get("members") or "").split()):
            if target not in self.ids:
                yield self._problem(number, target, "no annotation has this id")

    def _check_text(self, number: int, groups: Mapping[str, str]) -> Iterator[Problem]:
        pieces = [tuple(map(int, pair.split(" "))) for pair in groups["offsets"].split(";")]
        ends = [0, *(end for _, end in pieces)]
        for (start, end), before in zip(pieces, ends, strict=False):
            if not before <= start < end <= len(self.text):
                yield self._problem(number, f"{start} {end}", "offsets run forward and lie inside the text")
                return
            if "\n" in self.text[start:end]:
                yield self._problem(number, f"{start} {end}", "a piece of text lies within one line")
        words = " ".join(self.text[start:end] for start, end in pieces)
        if words != groups["text"]:
            yield self._problem(number, groups["text"], f"the text has {words!r} there")

    def _check_event(self, number: int, groups: Mapping[str, str]) -> Iterator[Problem]:
        if self.ids.get(groups["trigger"]) != groups["type"]:
            yield self._problem(number, groups["trigger"], f"the trigger is a text of the type {groups['type']}")
        roles = [argument.split(":") for argument in groups["args"].split()]
        if len({role for role, _ in roles}) < len(roles):
            yield self._problem(number, groups["args"].strip(), "several arguments of one role are numbered")
        for role, target in roles:
            if target not in self.ids:
                yield self._problem(number, target, "no annotation has this id")
            if self.declared and role.rstrip("0123456789") not in self.declared:
                yield self._problem(number, role, "annotation.conf declares no such role")

    def _problem(self, number: int, value: str, rule: str) -> Problem:
        return Problem(number, self.name, value[:80], rule)


def _declared(folder: Path) -> frozenset[str]:
    """Return every type and role that annotation.conf beside the files names; empty without one: then all are legal."""
    path = folder / "annotation.conf"
    if not path.exists():
        return frozenset()
    names: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and line[0] not in "#[<":
            kind, _, arguments = line.strip().partition("\t")
            names |= {kind, *re.findall(rf"({_NAME})[?*+]?:", arguments)}
    return frozenset(names)
