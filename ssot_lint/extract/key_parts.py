"""What the key of an entry is made of: ``user.id`` and ``kind`` for ``f"{user.id}:{kind}"``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import libcst as cst

from ssot_lint.extract.expressions import alternatives, dotted, string_content

LocalValue = Callable[[str], "cst.BaseExpression | None"]

# Keys of generated code may be of any size: no more nodes are looked at, and no more parts kept.
_MAX_NODES = 40
_MAX_PARTS = 8
_CONVERSIONS = frozenset({"bytes", "int", "repr", "str", "tuple"})
_TEXT_METHODS = frozenset(
    {"casefold", "decode", "encode", "format", "hex", "hexdigest", "join", "lower", "strip", "upper"}
)
# What these tell of a thing does not grow with the number of such things, or is no name of it.
_TELLING_LESS = frozenset({"bool", "hash", "id", "len", "type"})
_COMPOSED = (cst.FormattedString, cst.ConcatenatedString, cst.Tuple, cst.BinaryOperation)
_LITERALS = (cst.SimpleString, cst.Integer, cst.Float)


def key_parts(key: cst.BaseExpression, local_value: LocalValue) -> tuple[str, ...]:
    """The names that a key is made of, each once, in source order; none for a literal.

    A local variable that is made of others in the function stands for those (``local_value`` gives what it is bound
    to, None if that is not certain); one that holds a single thing is named beside it. An item under a literal key is
    named like an attribute: ``session.user_id`` for ``session["user_id"]`` and ``session.get("user_id")``.
    """
    found: dict[str, None] = {}
    followed: set[str] = set()
    stack: list[cst.CSTNode | None] = [key]
    for _ in range(_MAX_NODES):
        if not stack or len(found) == _MAX_PARTS:
            break
        node = stack.pop()
        value = local_value(node.value) if type(node) is cst.Name and node.value not in followed else None
        if type(node) is cst.Name:
            followed.add(node.value)
        if value is None or not _is_composed(value):
            found |= dict.fromkeys(_names(node))
        stack += reversed(list(_children(node)) if value is None else [value])
    return tuple(found)


def _is_composed(value: cst.BaseExpression) -> bool:
    """Whether a value is spelled out or put together, so that the name it gets tells less than its parts."""
    if isinstance(value, (*_COMPOSED, *_LITERALS)):
        return True
    if type(value) is not cst.Call:
        return False
    is_text = type(value.func) is cst.Attribute and value.func.attr.value in _TEXT_METHODS
    return is_text or dotted(value.func) in _CONVERSIONS


def _names(node: cst.CSTNode | None) -> Iterator[str]:
    """The name of what is no compound."""
    if type(node) is cst.Name or type(node) is cst.Attribute:
        text = dotted(node)
    elif type(node) is cst.Subscript:
        index = node.slice[0].slice
        text = _item(node.value, index.value) if type(index) is cst.Index else ""
    elif type(node) is cst.Call and type(node.func) is cst.Attribute and node.func.attr.value == "get" and node.args:
        text = _item(node.func.value, node.args[0].value)
    else:
        text = dotted(node.func) if type(node) is cst.Call and not node.args and not _is_composed(node) else ""
    if text:
        yield text


def _item(holder: cst.BaseExpression, key: cst.BaseExpression) -> str:
    name, literal = dotted(holder), string_content(key) or ""
    return f"{name}.{literal}" if name and literal.isidentifier() else ""


def _children(node: cst.CSTNode | None) -> Sequence[cst.CSTNode]:
    """The parts of a compound that show in its value."""
    if isinstance(node, (cst.Tuple, cst.List, cst.Set)):
        return [element.value for element in node.elements]
    if type(node) is cst.Dict:
        return [element.key for element in node.elements if type(element) is cst.DictElement]
    if type(node) is cst.DictComp:
        return [node.key]
    if isinstance(node, (cst.SetComp, cst.ListComp, cst.GeneratorExp)):
        return [node.elt]
    if type(node) is cst.FormattedString:
        return [part.expression for part in node.parts if type(part) is cst.FormattedStringExpression]
    if isinstance(node, (cst.BinaryOperation, cst.ConcatenatedString)):
        return [node.left, node.right]
    if isinstance(node, (cst.IfExp, cst.BooleanOperation)):
        return alternatives(node)
    if type(node) is cst.Await:
        return [node.expression]
    return _children_of_call(node) if type(node) is cst.Call else []


def _children_of_call(node: cst.Call) -> Sequence[cst.CSTNode]:
    if dotted(node.func) in _TELLING_LESS or any(_names(node)):
        return []
    holder = [node.func.value] if type(node.func) is cst.Attribute and _is_composed(node) else []
    return [*holder, *(argument.value for argument in node.args)]
