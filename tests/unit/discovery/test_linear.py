"""Regular expressions for patterns: what they match, and that they take no time over it."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from ssot_lint.discovery.linear import without_backtracking

SEGMENTS = st.one_of(
    st.just("**"),
    st.lists(st.sampled_from(["a", "b", "*", "?", "[ab]", "\\*", "**"]), min_size=1, max_size=5).map("".join),
)
PATTERNS = st.tuples(
    st.sampled_from(["", "/", "!", "!/"]), st.lists(SEGMENTS, min_size=1, max_size=5), st.sampled_from(["", "/"])
).map(lambda parts: parts[0] + "/".join(parts[1]) + parts[2])
NAMES = st.text("ab*", min_size=1, max_size=5)
PATHS = st.tuples(st.lists(NAMES, min_size=1, max_size=6).map("/".join), st.sampled_from(["", "/"])).map("".join)


def regexes(pattern: str) -> list[str]:
    """What pathspec makes of a pattern."""
    return [each.regex.pattern for each in GitIgnoreSpec.from_lines([pattern]).patterns if each.regex is not None]


@pytest.mark.parametrize(
    ("pattern", "regex"),
    [
        ("**/x.py", r"^(?:.+/)?x\.py(?:(?P<ps_d>/)|$)"),
        ("x.py", r"^(?:.+/)?x\.py(?:(?P<ps_d>/)|$)"),
        ("/a/**/b*c", "^a(?:/.+)?/b[^/]*c(?:(?P<ps_d>/)|$)"),
        ("/a[!b]c", "^a[^b]c(?:(?P<ps_d>/)|$)"),
        ("d/", "^(?:.+/)?d(?P<ps_d>/)"),
        ("a/**", "^a/"),
        ("*", "."),
    ],
)
def test_pathspec_writes_the_text_that_is_looked_for(pattern: str, regex: str) -> None:
    # Where a version of it writes another, as 0.12 does, the parts are not found, and nothing else would say so.
    assert regexes(pattern) == [regex]


@given(PATTERNS, st.lists(PATHS, min_size=1, max_size=20))
def test_the_same_paths_match(pattern: str, paths: list[str]) -> None:
    for regex in regexes(pattern):
        linear = re.compile(without_backtracking(regex))
        assert [bool(linear.search(path)) for path in paths] == [bool(re.search(regex, path)) for path in paths]


def test_a_line_break_is_a_character_and_a_slash_is_none() -> None:
    (deep,) = regexes("**/x.py")
    (none_of,) = regexes("/a[!b]c")
    assert re.search(without_backtracking(deep), "a\nb/x.py")
    assert not re.search(without_backtracking(deep), "x.py\n")
    assert re.search(without_backtracking(none_of), "axc")
    assert not re.search(without_backtracking(none_of), "a/c")


@pytest.mark.parametrize(
    "pattern", ["*a" * 100 + "*b", "?*" * 100 + "b", "**/a*/" * 30 + "x", "/**/a" * 30 + "/b", "[ab]*" * 50 + "c"]
)
@pytest.mark.parametrize("path", ["a" * 250, "a/" * 2_000 + "a", ("a" * 250 + "/") * 15 + "a"])
def test_what_does_not_match_takes_no_time(pattern: str, path: str) -> None:
    (regex,) = regexes(pattern)
    linear = re.compile(without_backtracking(regex))
    start = time.process_time()
    assert not linear.search(path)
    assert time.process_time() - start < 0.5
