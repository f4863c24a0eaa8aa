"""Where a file uses a name that it imports. Python's own parser is asked, which knows each place; what cannot be told
is refused."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ssot_lint.fix.source import RefusedError, Source

_NAMING = (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)
"""Nodes that bind the name they carry."""


class Use(NamedTuple):
    """A dotted name in the code, and the attribute that is taken of it; empty without one."""

    start: int
    end: int
    attribute: str


class NameUses:
    """The names of a file."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def tree(self) -> ast.Module:
        """Raises RefusedError for what this Python cannot parse."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(self._source.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise RefusedError("this Python cannot parse it") from error

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node around each."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def is_free(self, name: str) -> bool:
        """Whether the file calls nothing by a name, attributes left out."""
        return not any(name in _names(node) for node in ast.walk(self.tree))

    def check_bound_by_imports(self, name: str, *, is_package: bool) -> None:
        """Raise RefusedError unless one import binds a name, or, ``is_package``, imports of modules below it, and
        nothing else does."""
        imports = 0
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    is_below = isinstance(node, ast.Import) and not alias.asname
                    imports += bound == name and not (is_package and is_below)
            elif name in _bound(node):
                raise RefusedError(f"`{name}` means something else in a part of the file")
        if imports > (0 if is_package else 1):
            raise RefusedError(f"`{name}` is imported more than once")

    def of(self, dotted: str) -> Iterator[Use]:
        """Each use of a dotted name in the code, with the attribute that is taken of it.

        Raises RefusedError where a text names it too.
        """
        root, *rest = dotted.split(".")
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and self._is_code(node, dotted):
                raise RefusedError(f"a text in line {node.lineno} names `{dotted}`")
            if isinstance(node, ast.Name) and node.id == root:
                outer = self._outer(node, rest)
                if outer is not None:
                    above = self.parents.get(outer)
                    attribute = above.attr if isinstance(above, ast.Attribute) else ""
                    yield Use(self._offset(node.lineno, node.col_offset), self._end(outer), attribute)

    def others(self, root: str, dotted: str) -> bool:
        """Whether ``root`` is used for anything but ``dotted``."""
        rest = dotted.split(".")[1:]
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name) and node.id == root]
        return any(self._outer(node, rest) is None for node in nodes)

    def _outer(self, node: ast.expr, rest: list[str]) -> ast.expr | None:
        """The node of the whole dotted name that begins with ``node``."""
        for part in rest:
            above = self.parents.get(node)
            if not isinstance(above, ast.Attribute) or above.attr != part:
                return None
            node = above
        return node

    def _is_code(self, node: ast.Constant, dotted: str) -> bool:
        """Whether a string, no docstring, says a dotted name as code would."""
        text = node.value if isinstance(node.value, str) and not isinstance(self.parents.get(node), ast.Expr) else ""
        return f".{dotted}." in f".{text}." and " " not in text

    def _offset(self, line: int, column: int) -> int:
        text = self._source.lines[line - 1].encode()[:column].decode(errors="replace")
        return self._source.offset(line, len(text) + 1)

    def _end(self, node: ast.expr) -> int:
        return self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)


def _names(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.alias):
        return (node.asname or node.name.partition(".")[0],)
    return _bound(node)


def _bound(node: ast.AST) -> tuple[str, ...]:
    """The names that a node binds, imports left out."""
    if isinstance(node, ast.Name):
        return () if isinstance(node.ctx, ast.Load) else (node.id,)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    if isinstance(node, ast.arg):
        return (node.arg,)
    if isinstance(node, ast.Global | ast.Nonlocal):
        return tuple(node.names)
    name = getattr(node, "name", None) if isinstance(node, _NAMING) else None
    rest = getattr(node, "rest", None)
    return tuple(each for each in (name, rest) if isinstance(each, str))
