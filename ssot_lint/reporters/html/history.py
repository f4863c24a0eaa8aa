"""The score over time as data of the page."""

from __future__ import annotations

from ssot_lint.history.entry import History
from ssot_lint.reporters.html.payload import MomentData

MOST_MOMENTS = 500
"""The latest."""


def history_rows(history: History) -> list[MomentData]:
    """One row a commit, the oldest first."""
    return [
        MomentData(entry.date.isoformat(), entry.short_commit, entry.score, entry.total, entry.score_version)
        for entry in history[-MOST_MOMENTS:]
    ]
