"""What the formats of JSON Lines share. Damage and conflicts are tested with the baseline."""

from __future__ import annotations

import pytest

from ssot_lint.errors import HistoryError
from ssot_lint.text.json_lines import LinesFormat

LINES = LinesFormat("diary", 2, "diary add", "diary sort", HistoryError)
FILE = b'{"ssot_lint_diary": 2}\n{"a":1}\n{"a":2}\n'


def test_the_header_and_the_records_are_lines() -> None:
    assert LINES.dump([b'{"a":1}', b'{"a":2}']) == FILE
    assert LINES.parse(FILE, "diary", bytes) == [b'{"a":1}', b'{"a":2}']


def test_byte_order_mark_carriage_returns_empty_lines_and_further_headers_do_not_matter() -> None:
    changed = b"\xef\xbb\xbf" + (FILE + FILE).replace(b"\n", b"\r\n\r\n")
    assert LINES.parse(changed, "diary", bytes) == [b'{"a":1}', b'{"a":2}'] * 2


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (
            b'{"ssot_lint_history": 2}',
            'not a diary: one begins with {"ssot_lint_diary": 2}. '
            "Name another file, or delete this one and run `diary add`",
        ),
        (b'{"ssot_lint_diary": 3}', "diary of format 3, this version reads 2. Update ssot-lint"),
        (
            b'{"ssot_lint_diary": 1}',
            "diary of format 1, this version reads 2. "
            "Restore it from version control, or delete the line and run `diary add`",
        ),
        (
            b"<<<<<<< HEAD",
            "a merge conflict is not resolved. "
            "Delete the lines with the markers and keep those of both sides; `diary sort` tidies up",
        ),
    ],
)
def test_what_is_no_such_file_is_refused(header: bytes, problem: str) -> None:
    with pytest.raises(HistoryError) as refusal:
        LINES.parse(header + b"\n", "my.jsonl", bytes)
    assert str(refusal.value) == f"my.jsonl:1: {problem}"
