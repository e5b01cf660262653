"""Keeps what reports say, in SQLite or PostgreSQL: append-only, resumable, with the evidence of every value."""

from contested.store.roles import TeamRole
from contested.store.store import Store, open_store
from contested.store.writing import Added

__all__ = ["Added", "Store", "TeamRole", "open_store"]
