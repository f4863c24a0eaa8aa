from __future__ import annotations

import io
import sys

import pytest

from ssot_lint.commands.options import Color
from ssot_lint.commands.streams import print_error, print_text, print_traceback, text_width, wants_color, wants_progress


@pytest.mark.parametrize(
    ("choice", "environment", "is_terminal", "expected"),
    [
        (Color.ALWAYS, {"NO_COLOR": "1"}, False, True),
        (Color.NEVER, {"FORCE_COLOR": "1"}, True, False),
        (Color.AUTO, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        (Color.AUTO, {"NO_COLOR": ""}, True, True),
        (Color.AUTO, {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        (Color.AUTO, {"FORCE_COLOR": "0"}, False, False),
        (Color.AUTO, {"FORCE_COLOR": ""}, False, False),
        (Color.AUTO, {"TERM": "dumb"}, True, False),
        (Color.AUTO, {}, True, True),
        (Color.AUTO, {}, False, False),
    ],
)
def test_color_follows_option_then_no_color_then_force_color_then_terminal(
    choice: Color, environment: dict[str, str], is_terminal: bool, expected: bool
) -> None:
    assert wants_color(choice, environment, is_terminal=is_terminal) is expected


@pytest.mark.parametrize(
    ("environment", "is_terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"CI": "true"}, True, False),
        ({"CI": ""}, True, True),
        ({"PRE_COMMIT": "1"}, True, False),
    ],
)
def test_progress_is_for_people_at_a_terminal(environment: dict[str, str], is_terminal: bool, expected: bool) -> None:
    assert wants_progress(environment, is_terminal=is_terminal) is expected


@pytest.mark.parametrize(("columns", "width"), [("100", 100), ("1", 40), ("99999", 400), ("x", 80)])
def test_columns_give_the_width_within_reason(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "__stdout__", None)
    assert text_width() == width


def test_an_error_is_one_line_whatever_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    print_error("two\nlines\x1b[31m")
    assert capsys.readouterr().err == "error: two\\nlines\\x1b[31m\n"


def test_a_traceback_keeps_its_lines_and_escapes_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    print_traceback("Traceback\n  x\x1b[31m\n")
    assert capsys.readouterr().err == "Traceback\n  x\\x1b[31m\n"


def test_text_that_the_encoding_lacks_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    print_text("naïve\n")
    assert raw.getvalue() == b"na\\xefve\n"
