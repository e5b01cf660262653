"""The ledger of a run that writes parts: what is done, so that a killed run goes on; at the end, the manifest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from contested.errors import InputError
from contested.types import Document

LEDGER = "ledger.jsonl"
MANIFEST = "manifest.json"
SCHEMA = 1  # of ledger, manifest and parts; another number is another form


@dataclass(frozen=True, slots=True)
class Entry:
    """One part that is done.

    `digest` chains the input of all parts so far: a run that goes on checks that it meets the same reports.
    """

    part: int
    documents: int
    claims: int
    unread: int
    words: int
    digest: str
    files: dict[str, str]


@dataclass
class Ledger:
    """The parts done so far in one folder."""

    folder: Path
    entries: list[Entry] = field(default_factory=list)

    def append(self, entry: Entry) -> None:
        """Write down that a part is done; its files must be on the disk before."""
        _write_line(self.folder / LEDGER, asdict(entry))
        self.entries.append(entry)

    def finish(self, settings: dict[str, Any]) -> None:
        """Write the manifest: the run is complete."""
        total = {
            name: sum(getattr(e, name) for e in self.entries) for name in ("documents", "claims", "unread", "words")
        }
        manifest = {"schema": SCHEMA, "settings": settings, **total, "parts": [asdict(e) for e in self.entries]}
        unfinished = self.folder / (MANIFEST + ".unfinished")
        unfinished.write_text(json.dumps(manifest, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
        unfinished.replace(self.folder / MANIFEST)


def open_ledger(folder: Path, settings: dict[str, Any]) -> Ledger:
    """Return the ledger of `folder`, begun when there is none.

    A last line that a kill cut off is taken away: its part is read again.

    Raises:
        InputError: when the folder holds a run with other settings, or other files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LEDGER
    if not path.exists():
        if any(folder.iterdir()):
            raise InputError(
                "a folder with other files in it; give a new one, or one with an unfinished run", str(folder)
            )
        _write_line(path, {"schema": SCHEMA, "settings": settings})
        return Ledger(folder)
    whole, _, cut = path.read_text(encoding="utf-8").rpartition("\n")
    if cut:
        with path.open("rb+") as file:
            file.truncate(len(whole.encode()) + 1 if whole else 0)
    if not whole:
        _write_line(path, {"schema": SCHEMA, "settings": settings})
        return Ledger(folder)
    first, *rest = (json.loads(line) for line in whole.split("\n"))
    _check_settings(first, settings, path)
    return Ledger(folder, [Entry(**line) for line in rest])


def _check_settings(first: dict[str, Any], settings: dict[str, Any], path: Path) -> None:
    was = {"schema": first.get("schema"), **first.get("settings", {})}
    asked = {"schema": SCHEMA, **settings}
    differing = sorted(name for name in was.keys() | asked.keys() if was.get(name) != asked.get(name))
    if differing:
        said = "; ".join(f"{name} was {was.get(name)!r}, now {asked.get(name)!r}" for name in differing)
        raise InputError(f"a run with other settings began here ({said}); give another folder", str(path))


def _write_line(path: Path, line: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=True) + "\n")
        file.flush()
        os.fsync(file.fileno())


def chain_digest(before: str, parts: Iterable[Document | InputError]) -> str:
    """Return the digest of what was met up to here: `before` with the reports of one more part."""
    digest = hashlib.sha256(before.encode())
    for part in parts:
        met = (part.id, part.text) if isinstance(part, Document) else (part.where, part.message)
        for text in met:
            digest.update(text.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
    return digest.hexdigest()
