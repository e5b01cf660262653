"""A gazetteer in one SQLite file: several sources side by side, each with its licence and date, each resumable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contested.errors import InputError, ResourceError
from contested.places.gazetteer import Entry, Found, GazetteerSource, LayeredGazetteer
from contested.places.names import edit_distance, fold, skeleton
from contested.places.tables import default_gazetteer
from contested.types import PlaceLevel

SCHEMA_VERSION = 1
BATCH = 5_000  # places between two commits: an interrupted import loses less than a second of work
MOST_BAD_LINES = 100_000  # kept of a source; a file with more is of another kind. All are counted
_PREFIX = 3  # as in `tables`

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, licence TEXT NOT NULL, date TEXT NOT NULL, origin TEXT NOT NULL,
    lines INTEGER NOT NULL DEFAULT 0, entries INTEGER NOT NULL DEFAULT 0, bad INTEGER NOT NULL DEFAULT 0,
    complete INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS place (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL, country TEXT,
    admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, radius_km REAL NOT NULL,
    population INTEGER NOT NULL, source INTEGER NOT NULL REFERENCES source(id)
);
CREATE TABLE IF NOT EXISTS name (
    key TEXT NOT NULL, folded TEXT NOT NULL, place INTEGER NOT NULL REFERENCES place(id)
);
CREATE TABLE IF NOT EXISTS division (code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bad_line (
    source INTEGER NOT NULL REFERENCES source(id), number INTEGER NOT NULL, reason TEXT NOT NULL
);
"""
_INDEX = "CREATE INDEX IF NOT EXISTS name_by_key ON name(key)"
# A place names its source with date and licence, which travel with it into every reading, store and export.
_SELECT = """
SELECT name.key, name.folded, place.code, place.name, level, country,
       coalesce(d1.name, admin1), coalesce(d2.name, admin2), lat, lon, radius_km, population,
       source.name || ', ' || source.date || ' (' || source.licence || ')'
FROM name JOIN place ON place.id = name.place JOIN source ON source.id = place.source
LEFT JOIN division d1 ON d1.code = admin1 LEFT JOIN division d2 ON d2.code = admin2
WHERE {where}
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """One place as a source gives it. `admin1`, `admin2` are names, or codes that `division` names.

    `division_code` is set on a place that is itself a division which other rows refer to by this code.
    """

    code: str
    name: str
    level: PlaceLevel
    country: str | None
    lat: float
    lon: float
    names: tuple[str, ...] = ()
    admin1: str = ""
    admin2: str = ""
    radius_km: float = 0.0
    population: int = 0
    division_code: str = ""


@dataclass(frozen=True, slots=True)
class SourceState:
    """How far the import of a source has come."""

    id: int
    lines: int
    complete: bool


class SqliteGazetteer:
    """Places in an SQLite file, found by skeleton."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open a gazetteer file, or make an empty one if `create`.

        Raises:
            InputError: when there is no such file.
            ResourceError: when the file is no gazetteer of this version.
        """
        if not create and not path.exists():
            raise InputError("no gazetteer here; build one with `contested gazetteer build` or `… import`", str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        try:
            self._db = sqlite3.connect(path)
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA_VERSION) or (version == 0 and not create):
                raise ResourceError(f"{path}: expected a gazetteer of version {SCHEMA_VERSION}, found {version}")
            self._db.executescript(_SCHEMA)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._db.execute("PRAGMA journal_mode = WAL")
            # Safe with a write-ahead log: a power cut may cost the last batches, never the file.
            self._db.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.DatabaseError as error:
            raise ResourceError(f"{path}: not an SQLite gazetteer ({error})") from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def named(self, key: str) -> Sequence[Found]:
        """Return the entries with a name of this skeleton."""
        return [_found(row) for row in self._db.execute(_SELECT.format(where="name.key = ?"), (key,))]

    def close_to(self, key: str, limit: int) -> Sequence[Found]:
        """Return the entries with a skeleton close to `key`."""
        where = "name.key >= ? AND name.key < ? AND length(name.key) BETWEEN ? AND ?"
        start = key[:_PREFIX]
        bounds = (start, start + "\U0010ffff", len(key) - limit, len(key) + limit)
        rows = self._db.execute(_SELECT.format(where=where), bounds)
        return [_found(row) for row in rows if edit_distance(row[0], key, limit) <= limit]

    def sources(self) -> Sequence[GazetteerSource]:
        """Return every source in the file; an unfinished one says so in its name."""
        rows = self._db.execute("SELECT name, licence, date, entries, complete FROM source ORDER BY id")
        return [
            GazetteerSource(n if done else f"{n} (unfinished)", lic, day, count) for n, lic, day, count, done in rows
        ]

    def begin(
        self, source: GazetteerSource, origin: str, *, restart: bool = False, resumable: bool = True
    ) -> SourceState:
        """Return where to go on with a source.

        It starts afresh when new, from another file, on `restart`, or when half done and of a kind that is not
        `resumable`.
        """
        row = self._db.execute(
            "SELECT id, lines, complete, origin FROM source WHERE name = ?", (source.name,)
        ).fetchone()
        if row and (restart or row[3] != origin or not (resumable or row[2])):
            self.drop(source.name)
            row = None
        if row:
            return SourceState(row[0], row[1], bool(row[2]))
        with self._db:
            added = self._db.execute(
                "INSERT INTO source (name, licence, date, origin) VALUES (?, ?, ?, ?)",
                (source.name, source.licence, source.date, origin),
            )
        return SourceState(int(added.lastrowid or 0), 0, False)

    def drop(self, name: str) -> None:
        """Remove a source and all its places."""
        wanted = "source = (SELECT id FROM source WHERE name = ?)"
        with self._db:
            self._db.execute(f"DELETE FROM name WHERE place IN (SELECT id FROM place WHERE {wanted})", (name,))
            self._db.execute(f"DELETE FROM place WHERE {wanted}", (name,))
            self._db.execute(f"DELETE FROM bad_line WHERE {wanted}", (name,))
            self._db.execute("DELETE FROM source WHERE name = ?", (name,))

    def add(
        self, source_id: int, places: Iterable[Imported], *, lines: int, bad: Sequence[tuple[int, str]] = ()
    ) -> int:
        """Write one batch, and how many lines of the source it brings to, in one transaction; return its places.

        Args:
            source_id: as `begin` gave it.
            places: the batch.
            lines: the number of the last line that is done with it.
            bad: numbers of lines that were no places, and why.
        """
        rows = list(places)
        with self._db:
            first = self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM place").fetchone()[0]
            self._add_places(source_id, first, rows)
            kept = self._db.execute("SELECT bad FROM source WHERE id = ?", (source_id,)).fetchone()[0]
            self._db.executemany(
                "INSERT INTO bad_line VALUES (?, ?, ?)",
                [(source_id, *line) for line in bad[: max(MOST_BAD_LINES - kept, 0)]],
            )
            self._db.execute(
                "UPDATE source SET lines = ?, entries = entries + ?, bad = bad + ? WHERE id = ?",
                (lines, len(rows), len(bad), source_id),
            )
        return len(rows)

    def bad_lines(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield the lines of a source that were no places, of all its runs: number and reason, the first 100,000."""
        yield from self._db.execute(
            "SELECT number, reason FROM bad_line WHERE source = (SELECT id FROM source WHERE name = ?) ORDER BY number",
            (name,),
        )

    def _add_places(self, source_id: int, first: int, places: Sequence[Imported]) -> None:
        self._db.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, p.code, p.name, p.level.value, p.country, p.admin1, p.admin2, p.lat, p.lon, p.radius_km,
              p.population, source_id) for number, p in enumerate(places, first)],
        )  # fmt: skip
        named = ((number, set(map(fold, (p.name, *p.names)))) for number, p in enumerate(places, first))
        self._db.executemany(
            "INSERT INTO name VALUES (?, ?, ?)",
            [(skeleton(f), f, number) for number, folded in named for f in sorted(folded) if f],
        )
        for place in places:
            if place.division_code:
                self.name_division(place.division_code, place.name)

    def name_division(self, code: str, name: str) -> None:
        """Say what the division with a code is called."""
        self._db.execute("INSERT OR REPLACE INTO division VALUES (?, ?)", (code, name))

    def prepare_bulk(self) -> None:
        """Leave the index of names aside while millions of rows are written; `finish` makes it again."""
        self._db.execute("DROP INDEX IF EXISTS name_by_key")

    def finish(self, source_id: int) -> None:
        """Make the index and mark a source as complete."""
        self._db.execute(_INDEX)
        with self._db:
            self._db.execute("UPDATE source SET complete = 1 WHERE id = ?", (source_id,))
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def ready(self) -> None:
        """Make sure that names can be found fast, also after an interrupted import."""
        self._db.execute(_INDEX)


def _found(row: Sequence[object]) -> Found:
    _key, folded, code, name, level, country, admin1, admin2, lat, lon, radius, population, source = row
    entry = Entry(
        id=str(code),
        name=str(name),
        level=PlaceLevel(str(level)),
        country=str(country) if country else None,
        lat=float(str(lat)),
        lon=float(str(lon)),
        radius_km=float(str(radius)),
        population=int(str(population)),
        admin1=str(admin1),
        admin2=str(admin2),
        source=str(source),
    )
    return Found(entry, str(folded))


def open_gazetteer(path: Path) -> LayeredGazetteer:
    """Return what ships with the package together with a gazetteer file that was built or imported.

    Raises:
        InputError: when there is no such file.
        ResourceError: when the file is no gazetteer of this version.
    """
    store = SqliteGazetteer(path)
    store.ready()
    return LayeredGazetteer((*default_gazetteer().layers, store))
