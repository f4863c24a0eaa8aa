"""Constants that the source spells out in full: the same wherever they stand, however they are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable

import libcst as cst

from ssot_lint.extract.expressions import dotted
from ssot_lint.extract.normal_form import digest_of

_CONSTANT = re.compile(r"_*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
# What makes something that only depends on its arguments.
_MAKERS = frozenset({"frozenset", "re.compile", "set", "tuple"})
# More is a table of data: comparing it is not worth the time.
_MOST_ELEMENTS = 1_000
_DEEPEST = 8
_UNKNOWN = "\0"


def constant_digest(name: str, value: cst.BaseExpression | None) -> tuple[str, int]:
    """12 hex digits over a value that is spelled out, and the number of its elements; nothing for any other value, and
    for a name that is not that of a constant."""
    if value is None or _CONSTANT.fullmatch(name) is None:
        return "", 0
    text = _text(value, 0)
    return ("", 0) if _UNKNOWN in text else (digest_of(text), _count(value))


def _count(node: cst.BaseExpression) -> int:
    if type(node) is cst.Call and dotted(node.func) != "re.compile":
        return _count(node.args[0].value) if node.args else 0
    return len(node.elements) if isinstance(node, (cst.List, cst.Tuple, cst.Set, cst.Dict)) else 0


def _text(node: cst.BaseExpression, depth: int) -> str:
    if depth > _DEEPEST:
        return _UNKNOWN
    if isinstance(node, cst.SimpleString):
        return _string_text(node)
    if isinstance(node, cst.ConcatenatedString):
        parts = [_text(part, depth + 1) for part in (node.left, node.right)]
        # `"a" "b"` is `"ab"`, unless one of them is raw or made of bytes.
        return "".join(parts).replace("''", "") if all(part.startswith("'") for part in parts) else _joined(parts)
    if isinstance(node, (cst.Integer, cst.Float, cst.Imaginary)):
        return node.value.lower().replace("_", "")
    if isinstance(node, cst.Name):
        return node.value if node.value in ("None", "True", "False") else _UNKNOWN
    if isinstance(node, cst.Attribute):
        return text if (text := dotted(node)).startswith("re.") else _UNKNOWN
    if isinstance(node, cst.UnaryOperation):
        return f"{type(node.operator).__name__} {_text(node.expression, depth + 1)}"
    if isinstance(node, cst.BinaryOperation):
        return f"({_text(node.left, depth + 1)} {type(node.operator).__name__} {_text(node.right, depth + 1)})"
    return _compound_text(node, depth)


def _string_text(node: cst.SimpleString) -> str:
    content = node.raw_value
    # A raw string without a backslash is a plain one.
    needless = "u" if "\\" in content else "ru"
    kind = "".join(sorted(set(node.prefix.lower()) - set(needless)))
    return f"{kind}'{content}'"


def _compound_text(node: cst.BaseExpression, depth: int) -> str:
    if isinstance(node, cst.Call):
        name = dotted(node.func)
        plain = all(not argument.star and argument.keyword is None for argument in node.args)
        parts = [_text(argument.value, depth + 1) for argument in node.args]
        return f"{name}{_joined(parts)}" if name in _MAKERS and plain else _UNKNOWN
    if not isinstance(node, (cst.List, cst.Tuple, cst.Set, cst.Dict)) or len(node.elements) > _MOST_ELEMENTS:
        return _UNKNOWN
    parts = [_element_text(element, depth + 1) for element in node.elements]
    # The order in which a set is written is nothing to it.
    return f"{type(node).__name__}{_joined(sorted(parts) if isinstance(node, cst.Set) else parts)}"


def _element_text(element: cst.BaseElement | cst.BaseDictElement, depth: int) -> str:
    if isinstance(element, cst.DictElement):
        return f"{_text(element.key, depth)}: {_text(element.value, depth)}"
    return _text(element.value, depth) if isinstance(element, cst.Element) else _UNKNOWN


def _joined(parts: Iterable[str]) -> str:
    return f"({', '.join(parts)})"
