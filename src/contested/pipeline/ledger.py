"""The ledger of a run that writes parts: what is done, so that a killed run goes on; at the end, the manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from contested.errors import InputError
from contested.pipeline.folders import Folder
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

    folder: Folder
    entries: list[Entry] = field(default_factory=list)

    def append(self, entry: Entry) -> None:
        """Write down that a part is done; its files must be on the disk before."""
        self.folder.append(LEDGER, _line(asdict(entry)))
        self.entries.append(entry)

    def finish(self, settings: dict[str, Any]) -> None:
        """Write the manifest: the run is complete."""
        total = {
            name: sum(getattr(e, name) for e in self.entries) for name in ("documents", "claims", "unread", "words")
        }
        manifest = {"schema": SCHEMA, "settings": settings, **total, "parts": [asdict(e) for e in self.entries]}
        self.folder.write(MANIFEST, (json.dumps(manifest, indent=1, ensure_ascii=True) + "\n").encode())


def open_ledger(folder: Folder, settings: dict[str, Any]) -> Ledger:
    """Return the ledger of `folder`, begun when there is none.

    A last line that a kill cut off is taken away: its part is read again.

    Raises:
        InputError: when the folder holds a run with other settings, or other files.
    """
    if not folder.exists(LEDGER):
        if not folder.is_empty():
            raise InputError(
                "a folder with other files in it; give a new one, or one with an unfinished run", folder.name
            )
        folder.append(LEDGER, _line({"schema": SCHEMA, "settings": settings}))
        return Ledger(folder)
    lines, is_cut = _lines(folder)
    if not lines:
        folder.write(LEDGER, _line({"schema": SCHEMA, "settings": settings}))
        return Ledger(folder)
    if is_cut:
        folder.write(LEDGER, b"".join(map(_line, lines)))
    first, *rest = lines
    _check_settings(first, settings, f"{folder.name}/{LEDGER}")
    return Ledger(folder, [Entry(**line) for line in rest])


def read_entries(folder: Folder) -> list[Entry]:
    """Return the parts that a ledger names as done, those of an unfinished run too.

    Raises:
        InputError: when there is no ledger, or one of another version of this program.
    """
    if not folder.exists(LEDGER):
        raise InputError(f"expected the folder of a coded archive, found no {LEDGER}", folder.name)
    lines, _ = _lines(folder)
    if lines and lines[0].get("schema") != SCHEMA:
        raise InputError(f"expected an archive of schema {SCHEMA}, found {lines[0].get('schema')!r}", folder.name)
    return [Entry(**line) for line in lines[1:]]


def _lines(folder: Folder) -> tuple[list[dict[str, Any]], bool]:
    """Return the whole lines of a ledger, and whether behind them lies one that a kill cut off."""
    with folder.open(LEDGER) as file:
        whole, _, cut = file.read().rpartition(b"\n")
    return [json.loads(line) for line in whole.split(b"\n") if line], bool(cut)


def _check_settings(first: dict[str, Any], settings: dict[str, Any], where: str) -> None:
    was = {"schema": first.get("schema"), **first.get("settings", {})}
    asked = {"schema": SCHEMA, **settings}
    differing = sorted(name for name in was.keys() | asked.keys() if was.get(name) != asked.get(name))
    if differing:
        said = "; ".join(f"{name} was {was.get(name)!r}, now {asked.get(name)!r}" for name in differing)
        raise InputError(f"a run with other settings began here ({said}); give another folder", where)


def _line(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=True) + "\n").encode()


def chain_digest(before: str, parts: Iterable[Document | InputError]) -> str:
    """Return the digest of what was met up to here: `before` with the reports of one more part."""
    digest = hashlib.sha256(before.encode())
    for part in parts:
        met = (part.id, part.text) if isinstance(part, Document) else (part.where, part.message)
        for text in met:
            digest.update(text.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
    return digest.hexdigest()
