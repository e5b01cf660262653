"""The programs that exports are for: each opens its format and says how many records it found."""

from __future__ import annotations

import csv
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from contested.export import FormatName, load_format

F = FormatName
TABLES = (F.CLAIMS, F.INCIDENTS, F.CONTROL, F.DOCUMENTS, F.ACLED, F.UCDP, F.HAPI)
_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Opened:
    """What a program said of a file; `records` -1 when it did not open it."""

    records: int
    said: str

    def is_right(self, written: int) -> bool:
        """Return whether it found as many records as were written."""
        return self.records == written


@dataclass(frozen=True, slots=True)
class Program:
    """A program, the formats it is for, and how it opens one."""

    name: str
    formats: tuple[FormatName, ...]
    is_there: Callable[[], bool]
    opens: Callable[[Path], Opened]

    def open(self, folder: Path, name: FormatName) -> Opened | None:
        """Return what the program makes of the main file in a folder, None when it is not installed."""
        if not self.is_there():
            return None
        return self.opens(folder / load_format(name).FILE)


def has_module(module: str) -> Callable[[], bool]:
    """Return what says whether a module is installed and everything that it imports."""

    def is_there() -> bool:
        try:
            importlib.import_module(module)
        except ImportError:
            return False
        return True

    return is_there


def _installed(command: str) -> Callable[[], bool]:
    return lambda: shutil.which(command) is not None


def _run(command: list[str], read: Callable[[str], int], env: Mapping[str, str] | None = None) -> Opened:
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False, env=env)
    last = (done.stderr.strip() or done.stdout.strip()).splitlines()
    if done.returncode:
        return Opened(-1, last[-1] if last else f"ended with {done.returncode}")
    return Opened(read(done.stdout), "no complaint")


def _python(program: str) -> Callable[[Path], Opened]:
    """Return an opener that runs a Python program with the file's path and reads a number from its last line."""
    return lambda path: _run([sys.executable, "-c", program, str(path)], lambda said: int(said.split()[-1]))


_PANDAS = (
    "import sys, pandas as p; f = sys.argv[1];print(len(p.read_parquet(f) if f.endswith('parquet') else p.read_csv(f)))"
)
_DUCKDB = "import sys, duckdb; print(duckdb.sql(f\"SELECT count(*) FROM '{sys.argv[1]}'\").fetchall()[0][0])"
_FRICTIONLESS = (
    "import sys, pathlib, frictionless as f; p = pathlib.Path(sys.argv[1]);"
    "r = f.validate(str(p.parent/'datapackage.json'));"
    "t = [x for x in r.tasks if x.place == p.name][0];"
    "r.valid or sys.exit(str(r.flatten(['rowNumber', 'fieldName', 'note'])[:3]));"
    "print(t.stats['rows'])"
)
_OPENPYXL = "import sys, openpyxl; print(openpyxl.load_workbook(sys.argv[1], read_only=True)['claims'].max_row - 1)"
_READR = (
    "x <- readr::read_csv(commandArgs(TRUE)[1], show_col_types=FALSE);"
    "stopifnot(nrow(readr::problems(x)) == 0); cat(nrow(x))"
)


def _ogrinfo(path: Path) -> Opened:
    command = ["ogrinfo", "-ro", "-al", "-so", str(path)]
    return _run(command, lambda said: int(re.search(r"Feature Count: (\d+)", said)[1]))  # type: ignore[index]


def _libreoffice(path: Path) -> Opened:
    """Let LibreOffice turn a file into CSV and count the rows: a workbook's first sheet is `about`, so `claims`."""
    target = path.parent / "libreoffice"
    home = f"-env:UserInstallation=file://{target}/profile"
    tokens = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", home, "--headless", "--convert-to", tokens, "--outdir", str(target), str(path)]
    done = _run(command, len)
    found = sorted(target.glob(f"{path.stem}-claims.csv")) or sorted(target.glob(f"{path.stem}*.csv"))
    if done.records < 0 or not found:
        return Opened(-1, done.said)
    with found[0].open(encoding="utf-8", newline="") as file:
        return Opened(sum(1 for _ in csv.reader(file)) - 1, "turned into CSV")


def _readr(path: Path) -> Opened:
    return _run(["Rscript", "-e", _READR, str(path)], lambda said: int(said.split()[-1]))


PROGRAMS = (
    Program("pandas", (*TABLES, F.PARQUET), has_module("pandas"), _python(_PANDAS)),
    Program("DuckDB", (F.CLAIMS, F.ACLED, F.UCDP, F.PARQUET), has_module("duckdb"), _python(_DUCKDB)),
    Program("frictionless", TABLES, has_module("frictionless"), _python(_FRICTIONLESS)),
    Program("openpyxl", (F.XLSX,), has_module("openpyxl"), _python(_OPENPYXL)),
    Program("R readr", TABLES, _installed("Rscript"), _readr),
    Program("GDAL ogrinfo", (F.GEOJSON,), _installed("ogrinfo"), _ogrinfo),
    Program("LibreOffice", (F.XLSX, F.ACLED), _installed("soffice"), _libreoffice),
)
