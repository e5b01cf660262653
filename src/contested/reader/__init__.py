"""The reader: one neural pass finds spans and arcs; nothing here knows what they mean."""

from contested.reader.reader import Reader, load

__all__ = ["Reader", "load"]
