"""A hash of what a store's reports say: equal for equal content, whichever runs brought it in, and when."""

from __future__ import annotations

import json
from hashlib import sha256

from contested.store.database import Database
from contested.store.tables import COLUMNS, ORDER

_PAGE = 2_000  # rows in memory at a time
# When and by which run something came is not what it says. `place` of documents and readings stays in: order is
# content, since the later version stands above the earlier one.
_NOT_CONTENT = frozenset({"run"})


def fingerprint(database: Database) -> str:
    """Return the SHA-256, in hex, over all rows that hold what was read or could not be read."""
    hashed = sha256()
    for table, columns in COLUMNS.items():
        kept = [column for column in columns if column not in _NOT_CONTENT]
        order = ", ".join(ORDER[table])
        hashed.update(f"{table}\n".encode())
        at = 0
        while rows := database.rows(
            f"SELECT {', '.join(kept)} FROM {table} ORDER BY {order} LIMIT {_PAGE} OFFSET {at}"
        ):
            for row in rows:
                hashed.update(json.dumps(row, ensure_ascii=True).encode() + b"\n")
            at += len(rows)
    return hashed.hexdigest()
