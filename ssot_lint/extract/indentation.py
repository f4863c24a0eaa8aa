"""Indentation that Python reads and LibCST does not.

Python measures indentation in columns, with tab stops of eight and of one. LibCST compares what lines begin with, and
takes some mixtures of tabs and spaces for a dedent to nowhere.
"""

from __future__ import annotations

import ast
import tokenize
import warnings
from collections.abc import Iterator
from io import StringIO

_NO_CODE = frozenset(
    {tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER}
)


def evenly_indented(text: str) -> str | None:
    """``text`` with a tab for each block around a statement, and nothing else changed: its leaves are those of
    ``text``, in other columns. None where Python would not read the same in it, or anything at all."""
    lines = list(StringIO(text, newline=""))
    try:
        for line, depth in _depths(lines):
            lines[line - 1] = "\t" * depth + lines[line - 1].lstrip(" \t\f")
        even = "".join(lines)
        return even if even != text and _meaning(even) == _meaning(text) else None
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _depths(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The lines, from 1, in which a statement begins, each with the number of blocks around it."""
    depth, is_start = 0, True
    for token in tokenize.generate_tokens(iter(list(lines)).__next__):
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        if token.type == tokenize.NEWLINE:
            is_start = True
        elif is_start and token.type not in _NO_CODE:
            is_start = False
            yield token.start[0], depth


def _meaning(text: str) -> str:
    """What Python reads in ``text``, but for places. Raises what its parser raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.dump(ast.parse(text))
