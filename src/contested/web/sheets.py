"""One incident as it stands in the report: what all origins say once, those who speak in the same words together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contested.incidents import FieldRelation, Incident, Standing
from contested.web.board import incident_row
from contested.web.matrix import Column, MatrixRow, Value, build_matrix
from contested.web.pages import shorten
from contested.web.rows import IncidentRow

MOST_COLUMNS = 4  # origins side by side on a page and on paper; more are written one under the other
MOST_SIDES = 6  # disagreements of one incident that are spelt out; the claims under them have all
LONGEST_VALUE = 160  # characters of a place, a target, a number of people; a quotation has a limit of its own
UNNAMED = "outlet not known"
_LONG_ID = 12  # characters; a shorter id of a report could be a word, so it stays as it is in a sentence
_TYPE = re.compile("“[a-z_]+”")  # an event's type in a reason


@dataclass(frozen=True, slots=True)
class Voiced:
    """Who takes which stance; `sign` for the eye, `stance` in words."""

    sign: str
    speaker: str
    stance: str


@dataclass(frozen=True, slots=True)
class Said:
    """Some words: a value with who gives it, or a quotation with all who speak in it. `old`: superseded."""

    words: str
    documents: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    voices: tuple[Voiced, ...] = ()
    speaker: str = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What one origin says of a field; or all of them, when they say the same: then `columns` is how many."""

    said: tuple[Said, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One field of an incident; `standing` is how the origins stand to each other on it."""

    field: str
    standing: str
    cells: tuple[Cell, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether two cannot both be right on it, or one is doubted."""
        return self.standing in ("contradict", "doubted")


@dataclass(frozen=True, slots=True)
class Relation:
    """How two statements of one field stand to each other, in words."""

    field: str
    standing: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One incident in full: its row, claims by origin, what is disputed, what was updated, the rule of its grade."""

    row: IncidentRow
    grade_rule: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    disputes: tuple[Relation, ...]
    updates: tuple[Relation, ...]
    more_disputes: int = 0

    @property
    def is_wide(self) -> bool:
        """Whether its origins are too many to stand side by side."""
        return len(self.columns) > MOST_COLUMNS

    @property
    def letters(self) -> tuple[str, ...]:
        """How its origins are called on the sheet, in the order of its columns."""
        return tuple(letter(n) for n in range(len(self.columns)))

    def shortened(self, longest_quote: int) -> Sheet:
        """Return the same with shorter quotations."""
        return replace(self, lines=tuple(_shortened(line, longest_quote) for line in self.lines))

    @property
    def said(self) -> Iterator[tuple[str, Said]]:
        """Everything that is said, with its field."""
        for line in self.lines:
            for cell in line.cells:
                for said in cell.said:
                    yield line.field, said


def _shortened(line: Line, longest_quote: int) -> Line:
    cells = (
        replace(c, said=tuple(replace(s, words=shorten(s.words, longest_quote)) if s.voices else s for s in c.said))
        for c in line.cells
    )
    return replace(line, cells=tuple(cells))


def build_sheet(incident: Incident, longest_quote: int) -> Sheet:
    """Return the sheet of an incident, with quotations of at most `longest_quote` characters."""
    unnamed = frozenset(a.document for a in incident.accounts if a.publisher is None)
    matrix = build_matrix(incident)
    disputes = tuple(dict.fromkeys(_relation(r, unnamed) for r in incident.relations if _is_dispute(r)))
    updated = (r for r in incident.relations if r.standing is Standing.UPDATE)
    return Sheet(
        row=incident_row(incident),
        grade_rule=incident.grade.rule if incident.grade else "",
        columns=matrix.columns,
        lines=tuple(_line(row, unnamed, longest_quote) for row in matrix.rows),
        disputes=disputes[:MOST_SIDES],
        updates=tuple(dict.fromkeys(_relation(r, unnamed) for r in updated)),
        more_disputes=max(0, len(disputes) - MOST_SIDES),
    )


def letter(number: int) -> str:
    """Return the name of an origin on a sheet: A to Z, then AA, AB and so on.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _line(row: MatrixRow, unnamed: frozenset[str], longest_quote: int) -> Line:
    cells = [tuple(_said(values, unnamed, longest_quote)) for values in row.cells]
    contents = {tuple(map(_content, said)) for said in cells}
    if len(cells) > 1 and len(contents) == 1:
        together = tuple(_together(of_each) for of_each in zip(*cells, strict=True))
        return Line(row.field, row.standing, (Cell(together, len(cells)),))
    return Line(row.field, row.standing, tuple(map(Cell, cells)))


def _content(said: Said) -> tuple[object, ...]:
    return (said.words, said.voices, said.speaker, said.old)


def _together(said: Sequence[Said]) -> Said:
    return replace(said[0], documents=tuple(dict.fromkeys(d for one in said for d in one.documents)))


def _said(values: Sequence[Value], unnamed: frozenset[str], longest_quote: int) -> Iterator[Said]:
    """Yield the values of a cell; those who speak in the same words stand before them together."""
    by_words: dict[tuple[str, bool], list[Value]] = {}
    for value in values:
        key = (value.words if value.stance else f"{value.words}\x1f{value.speaker}", bool(value.stance))
        by_words.setdefault(key, []).append(value)
    for (_, is_saying), ours in by_words.items():
        first = ours[0]
        speakers = [UNNAMED if v.speaker in unnamed else v.speaker for v in ours]
        voices = (Voiced(v.sign, name, v.stance) for v, name in zip(ours, speakers, strict=True)) if is_saying else ()
        yield Said(
            words=shorten(first.words, longest_quote if is_saying else LONGEST_VALUE),
            documents=tuple(dict.fromkeys(v.document for v in ours)),
            spans=tuple(dict.fromkeys((s.start, s.end) for v in ours for s in v.spans)),
            voices=tuple(dict.fromkeys(voices)),
            speaker="" if is_saying else speakers[0],
            old=all(v.old for v in ours),
        )


def _is_dispute(relation: FieldRelation) -> bool:
    doubted = relation.standing is Standing.UNKNOWN and bool(relation.kind.value)
    return relation.standing is Standing.CONFLICT or doubted


def _relation(relation: FieldRelation, unnamed: frozenset[str]) -> Relation:
    why = _TYPE.sub(lambda found: found[0].replace("_", " "), relation.why)
    for document in unnamed:
        why = why.replace(document, UNNAMED) if len(document) >= _LONG_ID else why
    return Relation(relation.field, relation.standing.value, relation.kind.value, why)
