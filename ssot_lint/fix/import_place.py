"""Where a new import goes in a file."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Sequence
from typing import NamedTuple

from ssot_lint.fix.context import FileContext
from ssot_lint.fix.import_rows import Row, Rows
from ssot_lint.fix.source import RefusedError

_FUTURE = "__future__"
_SILENT = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.INDENT, tokenize.NEWLINE})


class Place(NamedTuple):
    """Into the block of the statement in ``line``, or, ``is_own_block``, as a block of its own before that line;
    ``is_relative``: with dots, if that can be."""

    line: int
    is_own_block: bool
    is_relative: bool


def place_for(rows: Rows, context: FileContext, *, is_own: bool = True) -> Place:
    """The block of imports of the project, else behind the others, else below docstring and comments at the top.

    What is not ``is_own`` goes into the block of such imports that comes last, else before all others.
    """
    top = _top_rows(rows)
    if not is_own:
        return _for_others(top, rows, context)
    own = [row for row in top if row.origin is not None and context.is_own(row.origin)]
    if own:
        is_relative = sum(row.facts[0].level > 0 for row in own) * 2 > len(own)
        same = [row for row in own if (row.facts[0].level > 0) == is_relative]
        return Place(same[-1].first, is_own_block=False, is_relative=is_relative)
    if top:
        return Place(top[-1].last + 1, is_own_block=True, is_relative=False)
    return Place(_first_line(rows.source.text), is_own_block=True, is_relative=False)


def _for_others(top: Sequence[Row], rows: Rows, context: FileContext) -> Place:
    plain = [row for row in top if row.origin is None or not context.is_own(row.origin)]
    if plain and plain[-1].facts[0].module != _FUTURE:
        return Place(plain[-1].first, is_own_block=False, is_relative=False)
    if plain:
        return Place(plain[-1].last + 1, is_own_block=True, is_relative=False)
    line = top[0].first if top else _first_line(rows.source.text)
    return Place(line, is_own_block=True, is_relative=False)


def _top_rows(rows: Rows) -> list[Row]:
    """The statements at the top, one after the other."""
    found: list[Row] = []
    for row in rows.all:
        if row.is_plain and (not found or rows.is_calm(found[-1], row)):
            found.append(row)
    return found


def _first_line(text: str) -> int:
    """The line below a docstring, or that of the first statement."""
    try:
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        first = next(token for token in tokens if token.type not in _SILENT)
        if first.type == tokenize.STRING:
            end = next(token for token in tokens if token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.STRING))
            return end.start[0] + 1 if end.type == tokenize.NEWLINE else first.start[0]
    except (tokenize.TokenError, SyntaxError, StopIteration) as error:
        raise RefusedError("there is no place for an import") from error
    return first.start[0]
