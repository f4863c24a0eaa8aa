"""The baseline as a file: what is written, what is read, what is refused and how."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.baseline.document import FORMAT, dump, entry_line, parse
from ssot_lint.baseline.entry import Baseline, BaselineEntry, union
from ssot_lint.errors import BaselineError

ORDER = BaselineEntry("SSOT101", "Order", "app/b.py::Order", "0123456789ab")
MODULE = BaselineEntry("SSOT307", "app.gone", "app/c.py::<module>", "", "since v2", date(2025, 3, 31))
BASELINE = Baseline((ORDER, MODULE))

FILE = b"""\
{"ssot_lint_baseline": 1}
{"rule":"SSOT101","subject":"Order","site":"app/b.py::Order","body":"0123456789ab"}
{"rule":"SSOT307","subject":"app.gone","site":"app/c.py::<module>","body":"","reason":"since v2","until":"2025-03-31"}
"""

RESTORE = "Restore it from version control, or delete the line and run `ssot-lint baseline update`"

hard_text = st.sampled_from(["\\", "\udc80", "ud880", "\u202e", "##["])
texts = st.lists(hard_text | st.characters(exclude_categories=()), max_size=5).map("".join)
entries = st.builds(BaselineEntry, texts, texts, texts, texts, reason=texts, until=st.none() | st.dates())
baselines = st.lists(entries, max_size=5).map(union)


def refused(data: bytes) -> BaselineError | None:
    try:
        parse(data, "known.jsonl")
    except BaselineError as error:
        return error
    return None


def refusal(data: bytes) -> str:
    return str(refused(data))


def test_the_file_is_a_header_and_a_line_for_each_entry() -> None:
    assert dump(BASELINE) == FILE
    assert parse(FILE, "known.jsonl") == BASELINE


def test_an_empty_baseline_is_a_header() -> None:
    assert dump(Baseline(())) == f"{FORMAT.header}\n".encode()
    assert parse(FORMAT.header.encode(), "known.jsonl") == Baseline(())


def test_a_line_is_safe_to_look_at() -> None:
    hostile = BaselineEntry("T", "\x1b[31m\u202e", "a\udcff\\udcff.py::A", "", "line\nbreak")
    assert entry_line(hostile) == (
        r'{"rule":"T","subject":"\u001b[31m\u202e","site":"a\\udcff\\\\udcff.py::A","body":"","reason":"line\nbreak"}'
    )


@given(baselines)
def test_what_is_written_is_read(baseline: Baseline) -> None:
    written = dump(baseline)
    assert parse(written, "") == baseline
    assert len(written.splitlines()) == len(baseline.entries) + 1


@given(st.lists(entries, max_size=5).flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_the_order_of_entries_leaves_no_trace(orders: tuple[list[BaselineEntry], list[BaselineEntry]]) -> None:
    given_order, other_order = orders
    assert dump(union(given_order)) == dump(union(other_order))


@pytest.mark.slow
@given(baselines, baselines)
def test_a_union_merge_of_two_files_is_the_union_of_both(one: Baseline, other: Baseline) -> None:
    merged = dump(one) + dump(other)
    assert parse(merged, "") == union([*one.entries, *other.entries])


@given(baselines)
def test_byte_order_mark_carriage_returns_and_empty_lines_do_not_matter(baseline: Baseline) -> None:
    given_out = b"\xef\xbb\xbf" + dump(baseline).replace(b"\n", b"\r\n") + b"\r\n\n"
    assert parse(given_out, "") == baseline


@given(st.binary(max_size=60), st.integers(0, len(FILE)), st.integers(0, 20))
def test_whatever_is_in_the_file_the_refusal_is_clear(noise: bytes, at: int, length: int) -> None:
    for data in (noise, FILE[:at] + noise + FILE[at + length :]):
        if error := refused(data):
            assert str(error).startswith("known.jsonl:")
            assert error.remedy


@pytest.mark.parametrize(
    "line",
    [b"", b"[]", b"{}", b'{"rule": "SSOT101"}', b'{"ssot_lint_baseline": true}', b"\xff\xfe{\x00", b"[" * 100_000],
)
def test_a_foreign_file_is_refused(line: bytes) -> None:
    assert refusal(line + b"\n") == (
        'known.jsonl:1: not a baseline: one begins with {"ssot_lint_baseline": 1}. '
        "Name another file, or delete this one and run `ssot-lint baseline update`"
    )


def test_other_formats_are_refused() -> None:
    assert refusal(b'{"ssot_lint_baseline": 2}\n') == (
        "known.jsonl:1: baseline of format 2, this version reads 1. Update ssot-lint"
    )
    assert refusal(b'{"ssot_lint_baseline": 0}\n') == (
        f"known.jsonl:1: baseline of format 0, this version reads 1. {RESTORE}"
    )


@pytest.mark.parametrize("marker", [b"<<<<<<< HEAD", b"||||||| 1a2b3c", b"=======", b">>>>>>> topic"])
@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_conflict_is_refused_with_the_way_to_resolve_it(marker: bytes, at: int) -> None:
    lines = FILE.splitlines()
    lines.insert(at, marker)
    assert refusal(b"\n".join(lines)) == (
        f"known.jsonl:{at + 1}: a merge conflict is not resolved. "
        "Delete the lines with the markers and keep those of both sides; `ssot-lint baseline prune` tidies up"
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "not JSON"),
        (b'{"rule":"T","subject":"s","site":"p::q","body":"\xff"}', "not UTF-8"),
        (b'{"rule":"T","subject":"s","site":"p::q","body":"\\udc80"}', "not JSON"),
        (b'{"rule":"T","subject":"s","site":"p::q"}', "body is missing"),
        (b'{"rule":"T","subject":"s","site":7,"body":""}', "must be text, not a whole number (at site)"),
        (b'{"rule":"T","subject":"s","site":"p::q","body":"","line":3}', "object contains unknown field line"),
        (
            b'{"rule":"T","subject":"s","site":"p::q","body":"","until":"soon"}',
            "invalid RFC3339 encoded date (at until)",
        ),
        (b'{"ssot_lint_baseline": 2}', "object contains unknown field ssot_lint_baseline"),
        (b'"text"', "must be a table, not text"),
        (b'{"x":' + b"[" * 100_000, "object contains unknown field x"),
    ],
)
def test_a_damaged_line_is_named(line: bytes, problem: str) -> None:
    broken = FILE + line + b"\n" + FILE
    assert refusal(broken) == f"known.jsonl:4: {problem}. {RESTORE}"


def test_a_file_that_is_cut_off_is_refused() -> None:
    assert refusal(FILE[:-20]) == f"known.jsonl:3: the file is cut off. {RESTORE}"
    assert refusal(FILE[:-20] + "é".encode()[:1]) == f"known.jsonl:3: the file is cut off. {RESTORE}"
    assert parse(FILE[:-1], "known.jsonl") == BASELINE
