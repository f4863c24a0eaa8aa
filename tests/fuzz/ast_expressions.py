"""Expressions of ``ast`` in the words of the facts."""

from __future__ import annotations

import ast
import string

MOST_OF_AN_ARGUMENT = 80
_SMALL = frozenset(string.ascii_lowercase)
_CAPITALS = frozenset(string.ascii_uppercase)


def dotted(node: ast.expr | None) -> str:
    """``a.b.c`` for a name or a chain of attributes of a name, otherwise empty. None, True and False are names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    match node:
        case ast.Name(id=root):
            return ".".join([root, *reversed(parts)])
        case ast.Constant(value=None | bool()):
            return ".".join([str(node.value), *reversed(parts)])
        case _:
            return ""


def callee(node: ast.expr) -> str:
    """Like :func:`dotted`, and ``Thing().method`` for a method of an object made on the spot, ``table[].method`` for
    one of an item; classes are called without their type arguments."""
    if text := dotted(node):
        return text
    match node:
        case ast.Attribute(value=inner, attr=name):
            owner = _owner(inner)
            return f"{owner}.{name}" if owner else ""
        case ast.Subscript(value=inner) if _is_class(text := dotted(inner)):
            return text
        case _:
            return ""


def _owner(node: ast.expr) -> str:
    """What a method belongs to that has more than a dotted name."""
    match node:
        case ast.Attribute(value=inner, attr=name):
            owner = dotted(inner) or _owner(inner)
            return f"{owner}.{name}" if owner else ""
        case ast.Call(func=ast.Subscript(value=inner)) if _is_class(text := dotted(inner)):
            return f"{text}()"
        case ast.Call(func=function):
            return f"{made}()" if (made := dotted(function)) else ""
        case ast.Subscript(value=inner):
            text = dotted(inner)
            return text if _is_class(text) else f"{text}[]" if text else ""
        case _:
            return ""


def _is_class(text: str) -> bool:
    last = text.rpartition(".")[2].lstrip("_")
    return last[:1] in _CAPITALS and any(letter in _SMALL for letter in last)


def arguments_of(call: ast.Call) -> tuple[str, ...]:
    """Stars, keyword and dotted name of each argument, ``?`` for any that has no name; sorted."""
    plain = (("*", "", arg.value) if isinstance(arg, ast.Starred) else ("", "", arg) for arg in call.args)
    named = (("" if each.arg else "**", each.arg or "", each.value) for each in call.keywords)
    return tuple(sorted(f"{star}{keyword}={_name_of(value)}" for star, keyword, value in (*plain, *named)))


def _name_of(node: ast.expr) -> str:
    text = dotted(node)[:MOST_OF_AN_ARGUMENT]
    return text if text and not text.endswith(".") else "?"


def first_word(node: ast.expr) -> ast.expr:
    """The first word of a chain of attributes, items and calls: the facts' positions know no brackets before it."""
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
        else:
            return node


def annotation_of(node: ast.expr | None) -> str:
    """An annotation if it is None or a dotted name, also in quotes; ``?`` for any other, empty without one."""
    match node:
        case None:
            return ""
        case ast.Constant(value=str(text)):
            text = text.strip()
            return text if all(part.isidentifier() for part in text.split(".")) else "?"
        case _:
            return dotted(node) or "?"


_SHAPES = {
    ast.List: "list",
    ast.Dict: "dict",
    ast.Set: "set",
    ast.Tuple: "tuple",
    ast.ListComp: "comprehension",
    ast.SetComp: "comprehension",
    ast.DictComp: "comprehension",
    ast.GeneratorExp: "comprehension",
    ast.JoinedStr: "constant",
    ast.Lambda: "lambda",
}


def value_of(node: ast.expr | None) -> str:
    """The shape of an expression: kind, and dotted name where the kind has one. Empty for none."""
    match node:
        case None:
            return ""
        case ast.Await():
            # Of two in a row the second is an expression like any other.
            return "await " + ("other" if isinstance(node.value, ast.Await) else value_of(node.value))
        case ast.Call():
            text = callee(node.func)
            return f"call {text}" if text else "other"
        case ast.Subscript():
            return f"subscript {dotted(node.value)}"
        case ast.Constant(value=None):
            return "none"
        case ast.Constant():
            return "other" if node.value is ... else "constant"
        case _:
            text = dotted(node)
            return f"name {text}" if text else _SHAPES.get(type(node), "other")
