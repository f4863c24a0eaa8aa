"""Short descriptions of expressions, read from the top of a tree without walking it.

Classes of nodes are compared with ``type()``: isinstance() is several times slower on LibCST's abstract classes, and
the parser makes no subclasses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import libcst as cst

from ssot_lint.model.syntax import Exit, Guard, Value, ValueKind

_MAX_LITERAL = 80
_MAX_TEXT_DEPTH = 6
_MAX_OPTIONS = 8
_NAMED_CONSTANTS: Mapping[str, ValueKind] = MappingProxyType(
    {"None": ValueKind.NONE, "True": ValueKind.CONSTANT, "False": ValueKind.CONSTANT}
)
_KINDS: Mapping[type, ValueKind] = MappingProxyType(
    {
        cst.List: ValueKind.LIST,
        cst.Dict: ValueKind.DICT,
        cst.Set: ValueKind.SET,
        cst.Tuple: ValueKind.TUPLE,
        cst.ListComp: ValueKind.COMPREHENSION,
        cst.SetComp: ValueKind.COMPREHENSION,
        cst.DictComp: ValueKind.COMPREHENSION,
        cst.GeneratorExp: ValueKind.COMPREHENSION,
        cst.FormattedString: ValueKind.CONSTANT,
        cst.ConcatenatedString: ValueKind.CONSTANT,
        cst.Lambda: ValueKind.LAMBDA,
    }
)
_OPERATORS: Mapping[type[cst.CSTNode], str] = MappingProxyType(
    {
        cst.Not: "not",
        cst.Minus: "-",
        cst.Plus: "+",
        cst.BitInvert: "~",
        cst.BitOr: "|",
        cst.And: "and",
        cst.Or: "or",
        cst.Equal: "==",
        cst.NotEqual: "!=",
        cst.LessThan: "<",
        cst.LessThanEqual: "<=",
        cst.GreaterThan: ">",
        cst.GreaterThanEqual: ">=",
        cst.In: "in",
        cst.NotIn: "not in",
        cst.Is: "is",
        cst.IsNot: "is not",
    }
)
_EXITS: Mapping[type, Exit] = MappingProxyType(
    {cst.Return: Exit.RETURN, cst.Raise: Exit.RAISE, cst.Continue: Exit.JUMP, cst.Break: Exit.JUMP}
)
_CAP_WORDS = re.compile(r"_*[A-Z]\w*[a-z]")
_DISPLAYS = frozenset({ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.TUPLE})


def dotted(node: cst.CSTNode | None) -> str:
    """``a.b.c`` for a name or a chain of attributes of a name, otherwise empty."""
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
    """What is called: like :func:`dotted`, and ``Thing().method`` for a method of an object made on the spot.

    Type arguments of a class are left out (``Box[int](...)`` calls ``Box``), and ``table[].append`` is a method of an
    item of ``table``.
    """
    text = dotted(node)
    return text or _callee_text(node)


def _callee_text(node: cst.BaseExpression) -> str:
    parts: list[str] = []
    inner: cst.BaseExpression = node
    while type(inner) is cst.Attribute:
        parts.append(inner.attr.value)
        inner = inner.value
    if type(inner) is cst.Call:
        made = dotted(inner.func) or (_item_text(inner.func) if type(inner.func) is cst.Subscript else "")
        root = f"{made}()" if parts and made and not made.endswith("[]") else ""
    else:
        root = _item_text(inner) if type(inner) is cst.Subscript else ""
    # What an item does when it is called itself depends on the key.
    return ".".join([root, *reversed(parts)]) if root and (parts or not root.endswith("[]")) else ""


def _item_text(node: cst.Subscript) -> str:
    """``Class`` for a class with type arguments, ``table[]`` for an item of anything else that has a name."""
    text = dotted(node.value)
    return text if not text or is_class_like(text) else f"{text}[]"


def is_class_like(text: str) -> bool:
    """Whether a dotted name ends like that of a class: ``CapWords``."""
    return _CAP_WORDS.match(text.rpartition(".")[2]) is not None


def string_content(node: cst.CSTNode | None) -> str | None:
    """The text between the quotes of a plain string literal as written, None for anything else (bytes too)."""
    if type(node) is not cst.SimpleString or "b" in node.prefix:
        return None
    raw = node.value.lstrip("rRuU")
    quotes = 3 if raw[:3] in ('"""', "'''") else 1
    return raw[quotes:-quotes]


def is_string(statement: cst.BaseSmallStatement | cst.BaseSuite) -> bool:
    """Whether a statement is nothing but a string literal."""
    if type(statement) is not cst.Expr:
        return False
    return type(statement.value) is cst.SimpleString or type(statement.value) is cst.ConcatenatedString


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
    if type(first) is not cst.SimpleStatementLine:
        return None
    small = first.body[0]
    return first if is_string(small) else None


def docstring_text(line: cst.SimpleStatementLine | None) -> str:
    """The first line with text of a docstring, at most 200 characters."""
    if line is None or type(line.body[0]) is not cst.Expr:
        return ""
    node: cst.BaseExpression = line.body[0].value
    while type(node) is cst.ConcatenatedString:
        node = node.left
    content = (string_content(node) or "").strip()
    return content.splitlines()[0].strip()[:200] if content else ""


def exit_of(block: cst.CSTNode) -> Exit:
    """How a block ends, by its last statement."""
    lines = block.body if type(block) is cst.IndentedBlock or type(block) is cst.SimpleStatementSuite else ()
    last = lines[-1] if lines else None
    if type(last) is cst.SimpleStatementLine:
        last = last.body[-1]
    return _EXITS.get(type(last), Exit.FALL_THROUGH)


def alternatives(node: cst.BaseExpression) -> list[cst.BaseExpression]:
    """The operands an expression may evaluate to: both sides of ``or`` and of a conditional expression."""
    found: list[cst.BaseExpression] = []
    stack = [node]
    while stack:
        current = stack.pop()
        if type(current) is cst.IfExp:
            stack += [current.orelse, current.body]
        elif type(current) is cst.BooleanOperation:
            stack += [current.right, current.left]
        else:
            found.append(current)
    return found


def value_of(
    node: cst.BaseExpression, *, line: int = 0, via: str = "", guard: Guard = Guard.NONE, branch: int = -1
) -> Value:
    """What an expression is at first sight."""
    awaited = type(node) is cst.Await
    if type(node) is cst.Await:
        node = node.expression
    kind, text, arguments = _describe(node)
    is_choice = type(node) is cst.IfExp or type(node) is cst.BooleanOperation
    options = tuple(value_of(each, line=line) for each in alternatives(node)[:_MAX_OPTIONS]) if is_choice else ()
    return Value(kind, text, arguments, awaited, via, line, guard, branch, options)


def _describe(node: cst.BaseExpression) -> tuple[ValueKind, str, str]:
    if type(node) is cst.Call:
        text = callee(node.func)
        return (ValueKind.CALL, text, arguments_text(node.args)) if text else (ValueKind.OTHER, "", "")
    if text := dotted(node):
        kind = _NAMED_CONSTANTS.get(text, ValueKind.NAME)
        return kind, "" if kind is ValueKind.NONE else text, ""
    if type(node) is cst.Subscript:
        return ValueKind.SUBSCRIPT, dotted(node.value), ""
    if (
        type(node) is cst.SimpleString
        or type(node) is cst.Integer
        or type(node) is cst.Float
        or type(node) is cst.Imaginary
    ):
        return ValueKind.CONSTANT, node.value[:_MAX_LITERAL], ""
    kind = _KINDS.get(type(node), ValueKind.OTHER)
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
    describe = _TEXTS.get(type(node))
    return "..." if describe is None else describe(node, depth + 1)


def key_text(node: cst.Subscript) -> str:
    """A short text of the key of a subscript, ``:`` for a slice."""
    index = node.slice[0].slice
    return expression_text(index.value) if type(index) is cst.Index else ":"


def _literal_text(node: cst.SimpleString | cst.Integer | cst.Float | cst.Imaginary, _: int) -> str:
    content = string_content(node)
    return node.value if content is None else f'"{content}"'[:_MAX_LITERAL]


def _subscript_text(node: cst.Subscript, depth: int) -> str:
    parts = (
        expression_text(element.slice.value, depth) if type(element.slice) is cst.Index else ":"
        for element in node.slice
    )
    return f"{expression_text(node.value, depth)}[{', '.join(parts)}]"


def _binary_text(node: cst.BinaryOperation | cst.BooleanOperation, depth: int) -> str:
    operator = _OPERATORS.get(type(node.operator))
    return f"{expression_text(node.left, depth)} {operator} {expression_text(node.right, depth)}" if operator else "..."


def _unary_text(node: cst.UnaryOperation, depth: int) -> str:
    return f"{_OPERATORS[type(node.operator)]} {expression_text(node.expression, depth)}"


def _comparison_text(node: cst.Comparison, depth: int) -> str:
    parts = [expression_text(node.left, depth)]
    for target in node.comparisons[:8]:
        parts += [_OPERATORS[type(target.operator)], expression_text(target.comparator, depth)]
    return " ".join(parts)


def _display_text(node: cst.List | cst.Tuple | cst.Set, depth: int) -> str:
    return f"[{', '.join(expression_text(element.value, depth) for element in node.elements[:8])}]"


def _dict_text(node: cst.Dict, _: int) -> str:
    return "{...}" if node.elements else "{}"


def _walrus_text(node: cst.NamedExpr, depth: int) -> str:
    return f"{expression_text(node.target, depth)} := {expression_text(node.value, depth)}"


def _call_text(node: cst.Call, _: int) -> str:
    return f"{callee(node.func) or '...'}({'...' if node.args else ''})"


# Each entry takes the node class it stands under, which the type system cannot say of a mapping.
_TEXTS: Mapping[type[cst.CSTNode], Callable[[Any, int], str]] = MappingProxyType(
    {
        cst.SimpleString: _literal_text,
        cst.Integer: _literal_text,
        cst.Float: _literal_text,
        cst.Imaginary: _literal_text,
        cst.Subscript: _subscript_text,
        cst.BinaryOperation: _binary_text,
        cst.BooleanOperation: _binary_text,
        cst.UnaryOperation: _unary_text,
        cst.Comparison: _comparison_text,
        cst.List: _display_text,
        cst.Tuple: _display_text,
        cst.Set: _display_text,
        cst.Dict: _dict_text,
        cst.Call: _call_text,
        cst.NamedExpr: _walrus_text,
    }
)


def annotation_text(annotation: cst.Annotation | None) -> str:
    """An annotation in normal form, the quotes of a forward reference removed; empty without one."""
    if annotation is None:
        return ""
    forward = string_content(annotation.annotation)
    return forward.strip() if forward is not None else expression_text(annotation.annotation)
