from __future__ import annotations

from datetime import date, timedelta

from ssot_lint.history.entry import HistoryEntry
from ssot_lint.reporters.trend_text import MOST, render_trend_text

FIRST = HistoryEntry(date(2026, 1, 2), "a" * 40, 80.0, 1, critical=0, high=2, medium=1200, low=0)
SECOND = HistoryEntry(date(2026, 1, 3), "b" * 40, 84.0, 1, critical=0, high=1, medium=1100, low=0)
THIRD = HistoryEntry(date(2026, 1, 4), "c" * 40, 83.0, 1, critical=0, high=0, medium=0, low=1)


def test_each_commit_has_a_line_with_its_score_drawn_to_scale() -> None:
    assert render_trend_text((FIRST, SECOND, THIRD), width=80, color=False) == (
        "date        commit   score  change  critical  high  medium  low  80         84\n"
        "2026-01-02  aaaaaaa   80.0                 0     2   1,200    0  *\n"
        "2026-01-03  bbbbbbb   84.0    +4.0         0     1   1,100    0              *\n"
        "2026-01-04  ccccccc   83.0    -1.0         0     0       0    1           *\n"
        "\n"
        "Since 2026-01-02: score 80.0 to 83.0, 1,202 to 1 violation.\n"
    )


def test_one_commit_is_no_trend() -> None:
    assert render_trend_text((FIRST,), width=80, color=False) == (
        "date        commit   score  change  critical  high  medium  low  79         80\n"
        "2026-01-02  aaaaaaa   80.0                 0     2   1,200    0              *\n"
    )


def test_scores_counted_in_other_ways_are_not_compared() -> None:
    other = HistoryEntry(date(2026, 1, 4), "c" * 40, 82.0, 2, critical=0, high=0, medium=0, low=1)
    assert render_trend_text((FIRST, SECOND, other), width=80, color=False).splitlines()[3:] == [
        "2026-01-04  ccccccc   82.0                 0     0       0    1        *",
        "",
        "The score is counted in another way since 2026-01-04.",
    ]


def test_only_the_latest_commits_are_shown_and_compared_with_the_one_before() -> None:
    history = tuple(
        HistoryEntry(date(2026, 1, 1) + timedelta(days=day), f"{day:040x}", 50.0 + day, 1, 0, 0, 0, 0)
        for day in range(MOST + 2)
    )
    lines = render_trend_text(history, width=80, color=False).splitlines()
    assert lines[1].startswith("2026-01-03  0000000   52.0    +1.0 ")
    assert lines[MOST + 1 :] == ["", "2 earlier not shown", "Since 2026-01-01: score 50.0 to 81.0, 0 to 0 violations."]


def test_changes_are_coloured() -> None:
    coloured = render_trend_text((FIRST, SECOND, THIRD), width=80, color=True)
    assert "\x1b[32m+4.0\x1b[0m" in coloured
    assert "\x1b[31m-1.0\x1b[0m" in coloured
