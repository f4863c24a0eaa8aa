from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.reporters.source_lines import SourceLine, lines_of

# Inputs and hashes of github/codeql-action, src/fingerprints.test.ts.
GREETINGS = (
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
)
VECTORS = (
    ("", ("c129715d7a2bc9a3:1",)),
    (" a\nb\n  \t\tc\n d", ("271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1")),
    (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS),
    (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS),
    (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS),
    (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS),
    (
        "Lorem ipsum dolor sit amet.\n" * 10,
        (
            *(f"a7f2ff13bc495cf2:{count}" for count in range(1, 7)),
            "a7f2ff1481e87703:1",
            "a9cf91f7bbf1862b:1",
            "55ec222b86bcae53:1",
            "cc97dc7b1d7d8f7b:1",
            "c129715d7a2bc9a3:1",
        ),
    ),
)


def hashes(content: bytes) -> tuple[str, ...]:
    return tuple(line.hash for line in lines_of(content, range(1, 1_000)).values())


def rolling(content: bytes) -> tuple[str, ...]:
    """The hashes as codeql-action describes them: rolled over the file, unit by unit, 64 bits wide."""
    units = content.decode("utf-8", "replace").encode("utf-16-le")
    characters = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    read, starts = [], [0]
    after_return = False
    for character in characters:
        if character in (0x20, 0x09) or (after_return and character == 0x0A):
            after_return = False
            continue
        after_return = character == 0x0D
        read.append(0x0A if after_return else character)
        if read[-1] == 0x0A:
            starts.append(len(read))
    return tuple(_counted(_rolled([*read, 0xFFFF, *[0] * 100]), starts))


def _rolled(units: Sequence[int]) -> list[int]:
    """The hash of the 100 units that end before each index."""
    value, values = 0, [0]
    for at, unit in enumerate(units):
        gone = units[at - 100] if at >= 100 else 0
        value = (value * 37 + unit - gone * 37**100) % 2**64
        values.append(value)
    return values


def _counted(values: Sequence[int], starts: Sequence[int]) -> list[str]:
    seen: list[int] = []
    texts = []
    for start in starts:
        seen.append(values[start + 100])
        texts.append(f"{seen[-1]:x}:{seen.count(seen[-1])}")
    return texts


@pytest.mark.parametrize(("text", "expected"), VECTORS)
def test_hashes_are_those_of_codeql_action(text: str, expected: tuple[str, ...]) -> None:
    assert hashes(text.encode()) == expected
    assert rolling(text.encode()) == expected


@given(st.text(st.sampled_from("ab \t\r\n\f\x85é名🐍\ufeff"), max_size=300).map(str.encode) | st.binary(max_size=300))
def test_hashes_are_those_of_a_rolling_hash(content: bytes) -> None:
    assert hashes(content) == rolling(content)[: len(hashes(content))]


def test_only_the_wanted_lines_are_given_and_repeated_ones_counted() -> None:
    content = b"x = 1\n" * 150
    assert lines_of(content, {2, 1_000}) == {2: SourceLine("x = 1", "ca3e9a077b09da0c:2")}


def test_text_is_decoded_as_python_does() -> None:
    content = "# coding: latin-1\r\nname = 'é'\r\n".encode("latin-1")
    assert lines_of(content, {2})[2].text == "name = 'é'"
    assert lines_of(b"\xef\xbb\xbfx = 1\ry = 2", {1, 2})[1].text == "x = 1"
    assert lines_of(b"x = '\xff'\n", {1})[1].text == "x = '\ufffd'"
