"""What a history is made of: one entry for each commit that was scanned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Annotated

import msgspec
from msgspec import Meta

from ssot_lint.model.finding import Severity

FULL_HASH = r"\A[0-9a-f]{40}(?:[0-9a-f]{24})?\Z"
"""The name of a commit: SHA-1 or SHA-256, in full."""

_Count = Annotated[int, Meta(ge=0)]


class HistoryEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scan. ``score`` has two decimals, as in a JSON report; those of different ``score_version`` cannot be compared.

    The counts are violations by severity, known ones included; info findings are none.
    """

    date: date
    commit: Annotated[str, Meta(pattern=FULL_HASH)]
    score: Annotated[float, Meta(ge=0, le=100)]
    score_version: Annotated[int, Meta(ge=1)]
    critical: _Count
    high: _Count
    medium: _Count
    low: _Count

    @property
    def violations(self) -> dict[Severity, int]:
        """By severity, the worst first."""
        counts = (self.critical, self.high, self.medium, self.low)
        return dict(zip(Severity, counts, strict=False))  # info, the last, is an inventory

    @property
    def total(self) -> int:
        """All violations."""
        return sum(self.violations.values())

    @property
    def short_commit(self) -> str:
        """The beginning of the hash, as git shows it."""
        return self.commit[:7]


History = tuple[HistoryEntry, ...]
"""Entries by date, those of one day in the order they were added; one for each commit."""


def history_of(entries: Iterable[HistoryEntry]) -> History:
    """The history that ``entries`` make. Of several for one commit the last counts, in the place of the first."""
    by_commit = {entry.commit: entry for entry in entries}
    return tuple(sorted(by_commit.values(), key=lambda entry: entry.date))


def comparable(history: History) -> list[History]:
    """``history`` in parts, inside of which scores are counted in one way."""
    return [tuple(part) for _, part in groupby(history, key=lambda entry: entry.score_version)]
