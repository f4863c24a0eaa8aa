"""Reads what ``setup.py`` and scripts like it say in literals. They are parsed, never run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_MAX_DEPTH = 20
"""Of nested literals and names that stand for others."""


@dataclass(frozen=True)
class SetupScript:
    """``arguments`` are those of the calls of ``setup``, as far as they are literal, names of module level replaced by
    what they are set to; ``extensions`` the modules that ``Extension("a.b", ...)`` and calls named like it build, and
    ``set_source("a.b", ...)`` of cffi."""

    arguments: Mapping[str, object] = field(default_factory=dict)
    extensions: tuple[str, ...] = ()


def read_script(text: str) -> SetupScript:
    """What a script says; nothing where it cannot be parsed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return SetupScript()
    reader = _Literals(tree)
    arguments: dict[str, object] = {}
    extensions: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _last_name(node.func)
            if name == "setup":
                arguments |= reader.keywords(node)
            elif name.endswith("Extension") or name in ("set_source", "set_source_pkgconfig"):
                extensions += reader.subject(node)
    return SetupScript(arguments, tuple(dict.fromkeys(extensions)))


class _Literals:
    """The values of expressions, as far as they are made of literals and names of module level."""

    def __init__(self, tree: ast.Module) -> None:
        self._names: dict[str, ast.expr] = {}
        for node in tree.body:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self._names[target.id] = node.value

    def keywords(self, call: ast.Call) -> dict[str, object]:
        """The keyword arguments of a call, ``**table`` too."""
        found: dict[str, object] = {}
        for keyword in call.keywords:
            value = self.value(keyword.value)
            if keyword.arg is not None:
                found[keyword.arg] = value
            elif isinstance(value, dict):
                found |= {str(key): item for key, item in value.items()}
        return found

    def subject(self, call: ast.Call) -> Iterator[str]:
        """The first argument, or the one called ``name`` or ``target``, if it is text."""
        given = [*call.args[:1], *(each.value for each in call.keywords if each.arg in ("name", "target"))]
        yield from (value for value in map(self.value, given[:1]) if isinstance(value, str))

    def value(self, node: ast.expr, depth: int = 0) -> object:
        """What an expression is; None where that cannot be told, and for such parts of a list."""
        if depth > _MAX_DEPTH:
            return None
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self.value(self._names[node.id], depth + 1) if node.id in self._names else None
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return [self.value(element, depth + 1) for element in node.elts]
        if isinstance(node, ast.Dict):
            return self._table(node, depth + 1)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _sum(self.value(node.left, depth + 1), self.value(node.right, depth + 1))
        if isinstance(node, ast.JoinedStr):
            return self._joined(node, depth + 1)
        if isinstance(node, ast.Call) and _last_name(node.func) == "dict":
            return self.keywords(node) if depth < _MAX_DEPTH else None
        return None

    def _table(self, node: ast.Dict, depth: int) -> dict[str, object]:
        pairs = ((key and self.value(key, depth), value) for key, value in zip(node.keys, node.values, strict=True))
        return {key: self.value(value, depth) for key, value in pairs if isinstance(key, str)}

    def _joined(self, node: ast.JoinedStr, depth: int) -> str | None:
        parts = [
            self.value(part.value if isinstance(part, ast.FormattedValue) else part, depth) for part in node.values
        ]
        return "".join(map(str, parts)) if all(isinstance(part, str) for part in parts) else None


def _sum(left: object, right: object) -> object:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    parts = [part for part in (left, right) if isinstance(part, list)]
    return [element for part in parts for element in part] if parts else None


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
