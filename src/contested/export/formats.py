"""The formats, by name, and the modules that write and check them; loaded only when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from contested.export.options import Options
from contested.export.out import Out
from contested.export.problems import Problem
from contested.export.view import ExportView


class FormatName(StrEnum):
    """Each format; its module is `contested.export.<name>`."""

    CLAIMS = "claims"
    INCIDENTS = "incidents"
    CONTROL = "control"
    DOCUMENTS = "documents"
    ACLED = "acled"
    UCDP = "ucdp"
    PLOVER = "plover"
    POLECAT = "polecat"
    HAPI = "hapi"
    GEOJSON = "geojson"
    PARQUET = "parquet"
    XLSX = "xlsx"
    FTM = "ftm"
    WEBANNOTATION = "webannotation"
    BRAT = "brat"


class Format(Protocol):
    """What a format's module offers. `FILE` is the name of its file in an export folder ("" when it writes several)."""

    FILE: str

    def write(self, view: ExportView, options: Options, out: Out) -> int:
        """Write what the view shows, and return how many records that made."""

    def check(self, path: Path) -> Iterator[Problem]:
        """Yield what is illegal in a file (or folder) of this format, whoever wrote it."""


def load_format(name: FormatName) -> Format:
    """Return the module of a format."""
    return cast(Format, import_module(f"contested.export.{name.value}"))
