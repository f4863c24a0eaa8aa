"""Short descriptions of expressions, read from the top of a tree without walking it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import libcst as cst

from ssot_lint.model.facts import Guard, Value, ValueKind

_MAX_LITERAL = 80
_MAX_TEXT_DEPTH = 6
_NAMED_CONSTANTS: Mapping[str, ValueKind] = MappingProxyType(
    {"None": ValueKind.NONE, "True": ValueKind.CONSTANT, "False": ValueKind.CONSTANT}
)
_KINDS: tuple[tuple[tuple[type[cst.CSTNode], ...], ValueKind], ...] = (
    ((cst.List,), ValueKind.LIST),
    ((cst.Dict,), ValueKind.DICT),
    ((cst.Set,), ValueKind.SET),
    ((cst.Tuple,), ValueKind.TUPLE),
    ((cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp), ValueKind.COMPREHENSION),
    ((cst.FormattedString, cst.ConcatenatedString), ValueKind.CONSTANT),
    ((cst.Lambda,), ValueKind.LAMBDA),
)
_DISPLAYS = frozenset({ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.TUPLE})
_NUMBERS = (cst.Integer, cst.Float, cst.Imaginary)


def dotted(node: cst.CSTNode | None) -> str:
    """``a.b.c`` for a name or a chain of attributes of a name, otherwise empty."""
    # Asked of every call and target: type() is several times faster than isinstance() on LibCST's classes.
    if type(node) is cst.Name:
        return node.value
    parts: list[str] = []
    while type(node) is cst.Attribute:
        parts.append(node.attr.value)
        node = node.value
    if type(node) is not cst.Name:
        return ""
    parts.append(node.value)
    return ".".join(reversed(parts))


def callee(node: cst.BaseExpression) -> str:
    """Like :func:`dotted`, and ``Thing().method`` for a method of an object made on the spot."""
    text = dotted(node)
    if text or not isinstance(node, cst.Attribute):
        return text
    parts: list[str] = []
    inner: cst.BaseExpression = node
    while isinstance(inner, cst.Attribute):
        parts.append(inner.attr.value)
        inner = inner.value
    made = dotted(inner.func) if isinstance(inner, cst.Call) else ""
    return f"{made}().{'.'.join(reversed(parts))}" if made else ""


def string_content(node: cst.CSTNode | None) -> str | None:
    """The text between the quotes of a plain string literal as written, None for anything else (bytes too)."""
    if not isinstance(node, cst.SimpleString) or "b" in node.prefix:
        return None
    raw = node.value.lstrip("rRuU")
    quotes = 3 if raw[:3] in ('"""', "'''") else 1
    return raw[quotes:-quotes]


def string_elements(node: cst.BaseExpression | None) -> list[str] | None:
    """The strings of a list, tuple or set display; None if it is no display or holds anything else."""
    if not isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        return None
    contents = [string_content(element.value) for element in node.elements]
    known = [content for content in contents if content is not None]
    return known if len(known) == len(contents) else None


def docstring_line(body: cst.BaseSuite | cst.Module) -> cst.SimpleStatementLine | None:
    """The statement that is the docstring of a body."""
    first = body.body[0] if body.body else None
    if not isinstance(first, cst.SimpleStatementLine):
        return None
    small = first.body[0]
    is_string = isinstance(small, cst.Expr) and isinstance(small.value, (cst.SimpleString, cst.ConcatenatedString))
    return first if is_string else None


def docstring_text(line: cst.SimpleStatementLine | None) -> str:
    """The first line with text of a docstring, at most 200 characters."""
    if line is None or not isinstance(line.body[0], cst.Expr):
        return ""
    node: cst.BaseExpression = line.body[0].value
    while isinstance(node, cst.ConcatenatedString):
        node = node.left
    content = (string_content(node) or "").strip()
    return content.splitlines()[0].strip()[:200] if content else ""


def alternatives(node: cst.BaseExpression) -> list[cst.BaseExpression]:
    """The operands an expression may evaluate to: both sides of ``or`` and of a conditional expression."""
    found: list[cst.BaseExpression] = []
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, cst.IfExp):
            stack += [current.orelse, current.body]
        elif isinstance(current, cst.BooleanOperation):
            stack += [current.right, current.left]
        else:
            found.append(current)
    return found


def value_of(node: cst.BaseExpression, *, line: int = 0, via: str = "", guard: Guard = Guard.NONE) -> Value:
    """What an expression is at first sight."""
    awaited = isinstance(node, cst.Await)
    if isinstance(node, cst.Await):
        node = node.expression
    kind, text, arguments = _describe(node)
    return Value(kind, text, arguments, awaited, via, line, guard)


def _describe(node: cst.BaseExpression) -> tuple[ValueKind, str, str]:
    if isinstance(node, cst.Call):
        text = callee(node.func)
        return (ValueKind.CALL, text, arguments_text(node.args)) if text else (ValueKind.OTHER, "", "")
    if text := dotted(node):
        kind = _NAMED_CONSTANTS.get(text, ValueKind.NAME)
        return kind, "" if kind is ValueKind.NONE else text, ""
    if isinstance(node, cst.Subscript):
        return ValueKind.SUBSCRIPT, dotted(node.value), ""
    if isinstance(node, (cst.SimpleString, *_NUMBERS)):
        return ValueKind.CONSTANT, node.value[:_MAX_LITERAL], ""
    kind = next((kind for classes, kind in _KINDS if isinstance(node, classes)), ValueKind.OTHER)
    return kind, "", expression_text(node) if kind in _DISPLAYS else ""


def arguments_text(arguments: tuple[cst.Arg, ...] | list[cst.Arg] | object) -> str:
    """A short text of call arguments, good enough to tell two calls apart."""
    if not isinstance(arguments, (list, tuple)):
        return ""
    texts = []
    for argument in arguments[:8]:
        keyword = f"{argument.keyword.value}=" if argument.keyword else ""
        texts.append(f"{argument.star}{keyword}{expression_text(argument.value)}")
    return ", ".join(texts)[:_MAX_LITERAL]


def expression_text(node: cst.CSTNode | None, depth: int = 0) -> str:
    """An expression or annotation in normal form; what is too deep or too rare becomes ``...``."""
    if node is None or depth > _MAX_TEXT_DEPTH:
        return "..."
    if text := dotted(node):
        return text
    if isinstance(node, cst.SimpleString):
        return f'"{string_content(node)}"'[:_MAX_LITERAL]
    if isinstance(node, _NUMBERS):
        return node.value
    if isinstance(node, cst.Subscript):
        parts = ", ".join(_slice_text(element.slice, depth) for element in node.slice)
        return f"{expression_text(node.value, depth + 1)}[{parts}]"
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        return f"{expression_text(node.left, depth + 1)} | {expression_text(node.right, depth + 1)}"
    if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        parts = ", ".join(expression_text(element.value, depth + 1) for element in node.elements[:8])
        return f"[{parts}]"
    if isinstance(node, cst.Dict):
        return "{}" if not node.elements else "{...}"
    if isinstance(node, cst.Call):
        return f"{callee(node.func) or '...'}(...)" if node.args else f"{callee(node.func) or '...'}()"
    return "..."


def _slice_text(node: cst.BaseSlice, depth: int) -> str:
    return expression_text(node.value, depth + 1) if isinstance(node, cst.Index) else ":"


def annotation_text(annotation: cst.Annotation | None) -> str:
    """An annotation in normal form, the quotes of a forward reference removed; empty without one."""
    if annotation is None:
        return ""
    forward = string_content(annotation.annotation)
    return forward.strip() if forward is not None else expression_text(annotation.annotation)
