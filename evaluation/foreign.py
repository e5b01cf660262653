"""Other people's programs that read what we export: each says what it found in a file, or raises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from contested.export import FormatName


def _ask_pandas_tsv(path: Path) -> str:
    import pandas

    table = pandas.read_csv(path, sep="\t", na_values=["None"])
    days = pandas.to_datetime(table["Event Date"])
    return f"{len(table)} rows, {len(table.columns)} columns, {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}"


def _ask_followthemoney(path: Path) -> str:
    """Read the statements, check each value by its type's own rule and each entity by its schema's."""
    from followthemoney import model
    from followthemoney.statement.serialize import read_csv_statements
    from followthemoney.types import registry

    number = 0
    refused: Counter[str] = Counter()
    entities: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with path.open("rb") as file:
        for statement in read_csv_statements(file):
            number += 1
            entities[statement.canonical_id, statement.schema][statement.prop].append(statement.value)
            if not registry.get(statement.prop_type).validate(statement.value):
                refused[f"{statement.prop} {statement.value!r}"] += 1
            if statement.id != statement.generate_key():
                refused["an id"] += 1
    for (_, schema), properties in entities.items():
        try:
            model.get(schema).validate({"properties": dict(properties)})
        except Exception as error:  # its own errors have no common root
            refused[f"{schema}: {error}"] += 1
    shown = f"; refused {sum(refused.values())}: {refused.most_common(5)}" if refused else ", all accepted"
    return f"{number} statements about {len(entities)} entities{shown}"


def _ask_brat_peek(path: Path) -> str:
    """Count what it reads against the lines that are there. Normalisations (N) it has no reader for."""
    from peek import AnnCorpus

    with redirect_stdout(StringIO()):  # it prints every line that it has no reader for
        corpus = AnnCorpus(str(path), txt=True)
    lines = Counter(line[0] for file in path.glob("*.ann") for line in file.read_text(encoding="utf-8").splitlines())
    read = {letter: sum(corpus.count[name].values()) for letter, name in _PEEKS.items()}
    missed = {letter: lines[letter] - number for letter, number in read.items() if lines[letter] != number}
    return f"{len(corpus)} reports, {read}" + (f"; NOT READ {missed}" if missed else ", every line of these kinds")


_PEEKS = {"T": "entities", "E": "events", "R": "relations", "A": "attributes", "#": "notes"}


# By format, then by the module that must be installed.
FOREIGN: dict[FormatName, dict[str, Callable[[Path], str]]] = {
    FormatName.POLECAT: {"pandas": _ask_pandas_tsv},
    FormatName.FTM: {"followthemoney": _ask_followthemoney},
    FormatName.BRAT: {"peek": _ask_brat_peek},
}
