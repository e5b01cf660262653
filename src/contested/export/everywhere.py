"""Names that are private in one report are withheld in every report of a store.

One outlet calls a witness a nurse, the next only quotes her: her name must not leave by the second. A report that gives
the name to somebody in an office keeps it, for that is somebody else, or somebody known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from urllib.parse import unquote

from contested.export.names import is_borne_in_office, is_full, longest_first, private_names, whole_name
from contested.types import Claims


class NamesEverywhere:
    """The private names of all reports, noted as the reports go by.

    `first`: each name of several words, with the report in which it was found first. `kept`: those that some report
    gives to somebody in an office, as far as reports were asked about.
    """

    def __init__(self) -> None:
        self.first: dict[str, str] = {}
        self.kept: set[str] = set()
        self._own: dict[str, tuple[str, ...]] = {}
        self._by_words: dict[tuple[str, str], list[str]] = {}  # the first two: many share the first alone

    def note(self, claims: Claims) -> None:
        """Note the private names of a report."""
        names = private_names(claims)
        if names:
            self._own[claims.document.id] = names
        for name in names:
            if is_full(name) and name not in self.first:
                self.first[name] = claims.document.id
                first, second, *_ = _words(name)
                self._by_words.setdefault((first, second), []).append(name)

    def noting(self, reports: Iterable[Claims]) -> Iterator[Claims]:
        """Yield reports as they come, their names noted."""
        for claims in reports:
            self.note(claims)
            yield claims

    def within(self, claims: Claims) -> tuple[str, ...]:
        """Return the names to mask in a report: its own, and those of other reports that it does not give an office."""
        own = self._own.get(claims.document.id, ())
        others = [n for n in self._told_in(claims) if n not in own]
        in_office = {n for n in others if is_borne_in_office(n, claims)}
        self.kept |= in_office
        return longest_first((*own, *(n for n in others if n not in in_office)))

    def _told_in(self, claims: Claims) -> Iterator[str]:
        document = claims.document
        address = unquote(document.url or "")
        text = "\n".join(t for t in (document.text, document.headline_text, address, document.id) if t)
        for words in dict.fromkeys(pairwise(_words(text))) if self._by_words else ():
            yield from (name for name in self._by_words.get(words, ()) if whole_name(name).search(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
