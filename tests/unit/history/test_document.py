"""The history as a file: what is written, what is read, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.errors import HistoryError
from ssot_lint.history.document import dump, parse
from ssot_lint.history.entry import HistoryEntry, history_of

A, B = "a" * 40, "b" * 64
FILE = (
    b'{"ssot_lint_history": 1}\n'
    b'{"date":"2026-01-02","commit":"%b","score":87.25,"score_version":1,"critical":0,"high":1,"medium":20,"low":3}\n'
    b'{"date":"2026-01-03","commit":"%b","score":100.0,"score_version":2,"critical":0,"high":0,"medium":0,"low":0}\n'
    % (A.encode(), B.encode())
)
HISTORY = (
    HistoryEntry(date(2026, 1, 2), A, 87.25, 1, 0, 1, 20, 3),
    HistoryEntry(date(2026, 1, 3), B, 100.0, 2, 0, 0, 0, 0),
)
counts = st.integers(0, 10**6)
entries = st.builds(
    HistoryEntry,
    date=st.dates(date(1000, 1, 1)),
    commit=st.sampled_from(["0" * 40, A, B]),
    score=st.floats(0, 100).map(lambda score: round(score, 2)),
    score_version=st.integers(1, 9),
    critical=counts,
    high=counts,
    medium=counts,
    low=counts,
)


def test_the_file_is_a_header_and_a_line_for_each_entry() -> None:
    assert dump(HISTORY) == FILE
    assert parse(FILE, "h.jsonl") == HISTORY


@given(st.lists(entries, max_size=6))
def test_what_is_written_is_read(given_entries: list[HistoryEntry]) -> None:
    history = history_of(given_entries)
    assert parse(dump(history), "") == history


@given(st.lists(entries, max_size=6), st.lists(entries, max_size=6))
def test_a_union_merge_of_two_files_is_a_history(one: list[HistoryEntry], other: list[HistoryEntry]) -> None:
    merged = dump(history_of(one)) + dump(history_of(other))
    assert parse(merged, "") == history_of([*history_of(one), *history_of(other)])


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (A.encode(), b"HEAD", "expected str matching regex '\\\\A[0-9a-f]{40}(?:[0-9a-f]{24})?\\\\Z' (at commit)"),
        (b"87.25", b"100.5", "must be a number, at most 100 (at score)"),
        (b'"low":3', b'"low":-1', "must be a whole number, at least 0 (at low)"),
        (b"2026-01-02", b"2026-02-30", "invalid RFC3339 encoded date (at date)"),
        (b'"low":3', b'"info":3', "object contains unknown field info"),
        (b'"low":3}', b'"low":', "not JSON"),
    ],
)
def test_a_damaged_line_is_named(old: bytes, new: bytes, problem: str) -> None:
    with pytest.raises(HistoryError) as refusal:
        parse(FILE.replace(old, new, 1), "h.jsonl")
    assert str(refusal.value) == (
        f"h.jsonl:2: {problem}. Restore it from version control, or delete the line and run `ssot-lint history add`"
    )
