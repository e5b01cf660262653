"""Other people's programs that read PLOVER's table, statements and standoff files: each says what it found."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from contested.export import FormatName
from evaluation.export_programs import Opened, Program, has_module


def _ask_pandas_tsv(path: Path) -> Opened:
    import pandas

    table = pandas.read_csv(path, sep="\t", na_values=["None"])
    days = pandas.to_datetime(table["Event Date"])
    return Opened(len(table), f"{len(table.columns)} columns, {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}")


def _ask_followthemoney(path: Path) -> Opened:
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
    shown = f"refused {sum(refused.values())}: {refused.most_common(5)}" if refused else "all accepted"
    return Opened(number - sum(refused.values()), f"{len(entities)} entities, {shown}")


def _ask_brat_peek(path: Path) -> Opened:
    """Count what it reads against the lines that are there. Normalisations (N) it has no reader for."""
    from peek import AnnCorpus

    with redirect_stdout(StringIO()):  # it prints every line that it has no reader for
        corpus = AnnCorpus(str(path), txt=True)
    files = [file.read_text(encoding="utf-8").splitlines() for file in path.glob("*.ann")]
    normalisations = sum(line.startswith("N") for lines in files for line in lines)
    read = {letter: sum(corpus.count[name].values()) for letter, name in _PEEKS.items()}
    return Opened(
        sum(read.values()) + normalisations, f"{len(corpus)} reports, {read}; N {normalisations} not read by it"
    )


_PEEKS = {"T": "entities", "E": "events", "R": "relations", "A": "attributes", "#": "notes"}

FOREIGN = (
    Program("pandas", (FormatName.POLECAT,), has_module("pandas"), _ask_pandas_tsv),
    Program("followthemoney", (FormatName.FTM,), has_module("followthemoney"), _ask_followthemoney),
    Program("brat-peek", (FormatName.BRAT,), has_module("peek"), _ask_brat_peek),
)
