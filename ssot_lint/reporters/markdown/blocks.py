"""What a Markdown document is built of: blocks, with an empty line between them.

Whatever may grow with the scanned tree is cut to a size of its own here, and all text is escaped for where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.model.finding import Location
from ssot_lint.text.sanitize import markdown_code, markdown_text, unambiguous_path, visible

SEPARATOR = "\n\n"
"""Between two blocks."""

MOST_ROWS = 15
"""In tables that may grow with the scanned tree."""

ROOM_FOR_TABLE = 4_000
"""Characters of a table or list."""

_IN_BACKTICKS = re.compile(r"(`[^`]*`)")
_PATH = re.compile(r"(?<![\w./-])[\w-][\w./-]*\.pyi?(?::\d+){0,2}(?!\w)")
_LONGEST_NAME = 300
_LONGEST_PROSE = 800


def table(
    header: Sequence[str],
    alignment: str,
    rows: Iterable[Sequence[str]],
    total: int,
    room: int = ROOM_FOR_TABLE,
) -> Iterator[str]:
    """As many of ``rows``, the first of ``total``, as fit into ``room`` characters, and how many are left out.

    Cells are ready Markdown; ``alignment`` has ``l`` or ``r`` for every column. Nothing without rows.
    """
    if not total:
        return
    shown = fitting((f"| {' | '.join(row)} |" for row in rows), room)
    rule = " | ".join("---:" if side == "r" else "---" for side in alignment)
    yield "\n".join([f"| {' | '.join(header)} |", f"| {rule} |", *shown])
    if len(shown) < total:
        yield more(total - len(shown))


def bullets(lines: Iterable[str], total: int) -> str:
    """As many of ``lines``, which are the first of ``total``, as have room, as a list; each is ready Markdown."""
    shown = fitting((f"- {line}" for line in lines), ROOM_FOR_TABLE)
    return "\n".join([*shown, *([f"- {more(total - len(shown))}"] if len(shown) < total else [])])


def details(summary: str, blocks: Iterable[str]) -> str:
    """``blocks`` below a line that opens and closes them. ``summary`` is ready HTML in one line."""
    return SEPARATOR.join([f"<details>\n<summary>{summary}</summary>", *blocks, "</details>"])


def fenced(language: str, source: str) -> str:
    """``source`` as a code block that nothing in it can end."""
    longest_run = max(map(len, re.findall("`+", source)), default=0)
    fence = "`" * max(3, longest_run + 1)
    return f"{fence}{language}\n{source}\n{fence}"


def fitting(texts: Iterable[str], room: int) -> list[str]:
    """The first texts that fit into ``room`` characters, each with an empty line after it."""
    shown = []
    for each in texts:
        room -= len(each) + len(SEPARATOR)
        if room < 0:
            break
        shown.append(each)
    return shown


def more(count: int) -> str:
    """``and 12 more``, after a list that was cut."""
    return f"and {count:,} more"


def name(text: str) -> str:
    """The name of something in the scanned tree, as code."""
    return markdown_code(clip(text))


def prose(text: str) -> str:
    """A sentence of a rule; what it puts in backticks is code, and so is the path of a file."""
    parts = _IN_BACKTICKS.split(clip(text, _LONGEST_PROSE))
    return markdown_text("".join(each if "`" in each else _PATH.sub(r"`\g<0>`", each) for each in parts))


def place(location: Location) -> str:
    """``path:line`` as code; the path alone where the line is unknown."""
    line = f":{location.line}" if location.line else ""
    return markdown_code(f"{unambiguous_path(clip(location.path))}{line}")


def clip(text: str, longest: int = _LONGEST_NAME) -> str:
    """``text``, cut where it is longer than any reader takes, what is invisible counting as its escape."""
    shown = text[:longest]
    while (length := len(visible(shown))) > longest:
        shown = shown[: len(shown) * longest // length]
    return text if shown == text else f"{shown}..."
