"""Where the parser of this tool refuses a file that Python reads."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO


def refused_line(text: str, is_refused: Callable[[str], bool]) -> int:
    """The line in which the innermost statement begins that ``is_refused`` says of even by itself; 1 where none is.

    ``text`` is one that :func:`ast.parse` reads.
    """
    lines = list(StringIO(text, newline=""))
    found, inner = 1, _alone(lines, ast.parse(text).body)
    while True:
        culprit = next((each for each, code in inner if is_refused(code)), None)
        if culprit is None:
            return found
        found, inner = culprit.lineno, _alone(lines, _inner(culprit))


def _alone(lines: Sequence[str], statements: Iterable[ast.stmt]) -> Iterator[tuple[ast.stmt, str]]:
    """Statements with code of nothing else; what is none without others (``elif``) is replaced by what it holds."""
    for statement in statements:
        first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", ()))])
        code = "".join(lines[first - 1 : statement.end_lineno])
        code = f"if 1:\n{code}" if code[:1].isspace() else code
        if _is_python(code):
            yield statement, code
        else:
            yield from _alone(lines, _inner(statement))


def _inner(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from _inner(child)


def _is_python(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True
