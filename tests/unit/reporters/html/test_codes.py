from __future__ import annotations

import base64
import zlib

from ssot_lint.reporters.html.codes import (
    FEWEST_CODE_LINES,
    LONGEST_LINE,
    MOST_CODE_LINES,
    Codes,
    most_code_lines,
)


def pieces(codes: Codes) -> list[str]:
    return zlib.decompress(base64.b64decode(codes.packed())).decode().split("\0")[:-1]


def test_equal_pieces_are_one() -> None:
    codes = Codes(1_000, 10)
    assert [codes.number(["a = 1"]), codes.number(["b = 2", ""]), codes.number(["a = 1  "])] == [(0, 0), (1, 0), (0, 0)]
    assert pieces(codes) == ["a = 1", "b = 2\n"]


def test_what_cannot_be_read_has_no_number() -> None:
    assert Codes(1_000, 10).number([]) == (-1, 0)


def test_lines_beyond_the_most_are_counted() -> None:
    codes = Codes(1_000, 2)
    assert codes.number(["a", "b", "c"]) == (0, 1)
    assert pieces(codes) == ["a\nb"]


def test_without_room_only_known_pieces_have_a_number() -> None:
    codes = Codes(2_000, 10_000)
    noise = [[f"{at} {line * 7919 % 104729} {line * 15485863 % 32452843}" for line in range(2_000)] for at in range(5)]
    numbers = [codes.number(lines)[0] for lines in noise]
    assert numbers[0] == 0
    assert numbers[-1] == -1
    assert codes.number(noise[-1]) == (-1, 2_000)
    assert codes.number(noise[0]) == (0, 0)


def test_nothing_hides_in_code() -> None:
    codes = Codes(1_000, 10)
    codes.number(["\tx = '\u202e\0'", "y" * 500])
    assert pieces(codes) == [f"    x = '\\u202e\\x00'\n{'y' * LONGEST_LINE} ..."]


def test_a_backslash_of_code_is_a_backslash() -> None:
    codes = Codes(1_000, 10)
    codes.number(['x = "\\n"'])
    assert pieces(codes) == ['x = "\\n"']


def test_the_more_places_the_fewer_lines() -> None:
    assert [most_code_lines(places) for places in (0, 10, 1_000, 10_000)] == [
        MOST_CODE_LINES,
        MOST_CODE_LINES,
        200,
        FEWEST_CODE_LINES,
    ]
