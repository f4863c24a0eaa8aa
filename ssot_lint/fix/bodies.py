"""The body of a function as lines of its file."""

from __future__ import annotations

import ast
from typing import NamedTuple

from ssot_lint.fix.name_uses import NameUses
from ssot_lint.fix.source import RefusedError, Source, Splice, indent_of


class BodyLines(NamedTuple):
    """The lines of a body without its docstring, both ends counted."""

    first: int
    last: int
    indent: str

    def returning(self, call: str, source: Source) -> Splice:
        """``return call`` in its place."""
        start, end = source.offset(self.first), source.offset(self.last + 1)
        return Splice(start, end, f"{self.indent}return {call}{source.newline}")


def body_of(source: Source, line: int, name: str) -> BodyLines:
    """The body of the function ``name`` in ``line``. Raises RefusedError where it has no lines of its own."""
    for node in ast.walk(NameUses(source).tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.lineno, node.name) == (line, name):
            statements = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if not statements or statements[0].lineno == node.lineno:
                break
            text = source.lines[statements[0].lineno - 1]
            indent = indent_of(text)
            if len(indent.encode()) != statements[0].col_offset:
                break
            return BodyLines(statements[0].lineno, node.end_lineno or statements[-1].lineno, indent)
    raise RefusedError(f"`{name}` has no body in lines of its own")
