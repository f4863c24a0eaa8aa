"""The history as text: a line for each commit that was scanned, with its score drawn to scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from rich.text import Text

from ssot_lint.history.entry import History, HistoryEntry, comparable
from ssot_lint.model.finding import Severity
from ssot_lint.reporters.axis import Axis, axis_of
from ssot_lint.reporters.layout import Layout, table, to_string
from ssot_lint.reporters.phrases import shown_score
from ssot_lint.text.wording import counted

MOST = 30
"""The latest entries have a line."""

_TITLES = ("date", "commit", "score", "change", *(severity.value for severity in Severity if severity != Severity.INFO))
_WIDTH_OF_FIGURES = 67
_NARROWEST, _WIDEST = 12, 60
_CHANGE_STYLES: Mapping[bool, str] = MappingProxyType({True: "green", False: "red"})


def render_trend_text(history: History, *, width: int, color: bool) -> str:
    """Render ``history``, which is not empty, for a terminal of ``width`` columns.

    The scale is that of the entries shown and stands above the marks. Scores that a change of the formula keeps apart
    are not compared.
    """
    pairs = list(zip((None, *history[:-1]), history, strict=True))[-MOST:]
    scale = axis_of(entry.score for _, entry in pairs)
    columns = min(max(width - _WIDTH_OF_FIGURES, _NARROWEST), _WIDEST)
    rows = [_row(last, entry, scale, columns) for last, entry in pairs]
    layout = Layout(width)
    figures = [*table((*_TITLES, _ruler(scale, columns)), rows, 2)]
    below = [line for sentence in _sentences(history) for line in layout.hang(Text(), sentence, 0)]
    return to_string((figures, below), color=color)


def _row(last: HistoryEntry | None, entry: HistoryEntry, scale: Axis, columns: int) -> Sequence[Text]:
    change = 0.0 if last is None or last.score_version != entry.score_version else entry.score - last.score
    at = round(scale.at(entry.score) * (columns - 1))
    return (
        Text(entry.date.isoformat()),
        Text(entry.short_commit, "dim"),
        Text(shown_score(entry.score), "bold"),
        Text(_change(change), _CHANGE_STYLES[change > 0]),
        *(Text(f"{count:,}") for count in entry.violations.values()),
        Text(f"{'*':>{at + 1}}{' ' * (columns - at - 1)}", "bold"),
    )


def _ruler(scale: Axis, columns: int) -> str:
    low, high = str(scale.low), str(scale.high)
    return f"{low}{' ' * (columns - len(low) - len(high))}{high}"


def _change(points: float) -> str:
    """With a sign; nothing for what would read as nothing."""
    return f"{points:+.1f}" if abs(points) >= 0.05 else ""


def _sentences(history: History) -> Iterator[Text]:
    if len(history) > MOST:
        yield Text(f"{len(history) - MOST:,} earlier not shown", "dim")
    parts = comparable(history)
    first, last = parts[-1][0], parts[-1][-1]
    if len(parts) > 1:
        yield Text(f"The score is counted in another way since {first.date.isoformat()}.", "dim")
    if first != last:
        scores = f"score {shown_score(first.score)} to {shown_score(last.score)}"
        yield Text(f"Since {first.date.isoformat()}: {scores}, {first.total:,} to {counted(last.total, 'violation')}.")
