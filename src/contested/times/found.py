"""What a rule's meaning works on: the words it matched, the setting, and the way to read inner expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from contested.times.periods import Period
from contested.times.setting import Setting, Tense


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that matched an expression.

    `read` reads an inner expression by the rules again; `find_anchor` returns the time the text named last before the
    expression, in its sentence only when asked so.
    """

    match: re.Match[str]
    fields: Mapping[str, str]
    setting: Setting
    read: Callable[[str, Setting], Period | None]
    find_anchor: Callable[[Setting, bool], Period | None]

    def word(self, *groups: str) -> str:
        """Return the first of the named groups that matched, "" when none did."""
        known = self.match.re.groupindex
        for group in groups:
            if group in known and self.match[group]:
                return self.match[group]
        return ""

    @property
    def published(self) -> date | None:
        """The report's day."""
        return self.setting.published

    @property
    def is_ahead(self) -> bool:
        """Whether the tense speaks of what is to come."""
        return self.setting.tense is Tense.FUTURE

    @property
    def is_past(self) -> bool:
        """Whether the tense speaks of what was; neither this nor `is_ahead` when no verb says."""
        return self.setting.tense is Tense.PAST

    def inner(self, group: str = "inner") -> Period | None:
        """Return what the inner expression of the group means in the same setting."""
        words = self.word(group)
        return self.read(words, self.setting) if words else None

    def anchor(self, in_sentence: bool = False) -> Period | None:
        """Return the time that the text named last before the expression, None when there is none."""
        return self.find_anchor(self.setting, in_sentence)

    def anchor_day(self, in_sentence: bool = False) -> date | None:
        """Return the day that the text named last before the expression, else the report's day."""
        anchor = self.anchor(in_sentence)
        if anchor is not None and anchor.days == 1:
            return anchor.first
        return self.published


Meaning = Callable[[Found], Period | None]
