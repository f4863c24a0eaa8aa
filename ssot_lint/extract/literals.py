"""Notes strings that look like identifiers and names that look like constants, with what takes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import alternatives, dotted, string_content
from ssot_lint.extract.walk import Draft, Handler, Walk
from ssot_lint.model.facts import ConstantUse, StringContext, StringUse
from ssot_lint.model.syntax import ScopeKind

_IDENTIFIER_LIKE = re.compile(r"[A-Za-z_][\w.:-]{1,59}\Z", re.ASCII)
_CHOICES = frozenset({cst.IfExp, cst.BooleanOperation})


class _ConstantDraft(Draft):
    __slots__ = ("context", "key", "name", "scope", "taker")

    name: str
    context: StringContext
    scope: int
    taker: str
    key: str


class LiteralRecorder(Recorder):
    """Notes what stands as an argument, in a comparison or in a dict display, or is assigned or returned.

    The parent of such an expression says what takes it, before the expression itself is visited.
    """

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._strings: list[StringUse] = []
        self._constants: list[_ConstantDraft] = []
        # What was said of strings; nodes compare by identity.
        self._said: dict[cst.CSTNode, tuple[StringContext, str, str]] = {}

    def handlers(self) -> dict[type[cst.CSTNode], Handler]:
        return {
            cst.SimpleString: self._string,
        }

    def observers(self) -> dict[type[cst.CSTNode], Handler]:
        return {
            cst.Comparison: self._comparison,
            cst.MatchValue: self._match_value,
            cst.DictElement: self._dict_element,
            cst.Call: self._call,
            cst.ClassDef: self._class,
            cst.Assign: self._value,
            cst.AnnAssign: self._value,
            cst.Return: self._value,
        }

    def strings(self) -> tuple[StringUse, ...]:
        """Identifier-like strings, in source order."""
        return tuple(self._strings)

    def constants(self, global_name: Callable[[str, int], str]) -> tuple[ConstantUse, ...]:
        """Constants of which ``global_name(text, scope)`` finds what they are outside the function, in source order."""
        position = self._walk.cursor.position
        return tuple(
            ConstantUse(text, draft.context, draft.scope, *position(draft.offset), draft.taker, draft.key)
            for draft in self._constants
            if (text := global_name(draft.name, draft.scope))
        )

    def _call(self, node: cst.Call) -> None:
        if node.args:
            text = self._walk.callee(node)
            self._arguments(node.args, text if text and "[]." not in text else _method_text(node.func))

    def _class(self, node: cst.ClassDef) -> None:
        self._arguments(node.keywords, "")

    def _arguments(self, nodes: Sequence[cst.Arg], taker: str) -> None:
        for node in nodes:
            self._note(node.value, StringContext.ARGUMENT, taker, node.keyword.value if node.keyword else "")

    def _value(self, node: cst.Assign | cst.AnnAssign | cst.Return) -> None:
        """Note what is assigned or returned, if that happens in a function; or the elements of a display."""
        if node.value is not None and self._walk.scope.kind is ScopeKind.FUNCTION:
            for part in _elements(node.value):
                self._note(part, StringContext.VALUE)

    def _comparison(self, node: cst.Comparison) -> None:
        operands = [node.left, *(target.comparator for target in node.comparisons)]
        parts = [part for operand in operands for part in _elements(operand)]
        if any(part.__class__ is cst.SimpleString for part in parts):
            compared = next(filter(None, map(_source_of, operands)), "")
            for part in parts:
                if part.__class__ is cst.SimpleString:
                    self._said[part] = StringContext.COMPARISON, "", compared

    def _match_value(self, node: cst.MatchValue) -> None:
        self._said[node.value] = StringContext.COMPARISON, "", ""

    def _dict_element(self, node: cst.DictElement) -> None:
        self._said[node.key] = StringContext.DICT_KEY, "", ""
        self._note(node.value, StringContext.DICT_VALUE, "", string_content(node.key) or dotted(node.key))

    def _note(self, node: cst.BaseExpression, context: StringContext, taker: str = "", key: str = "") -> None:
        kind = node.__class__
        if kind is cst.SimpleString:
            self._said[node] = context, taker, key
        elif kind is cst.Name or kind is cst.Attribute:
            if self._walk.scope.kind is ScopeKind.FUNCTION and (name := _constant_text(node)):
                self._draft(name, context, taker, key)
        elif kind in _CHOICES:
            for part in alternatives(node):
                self._note(part, context, taker, key)

    def _draft(self, name: str, context: StringContext, taker: str, key: str) -> None:
        draft = _ConstantDraft()
        draft.name = name
        draft.context = context
        draft.taker = taker
        draft.key = key
        draft.scope = self._walk.scope.index
        self._constants.append(draft)
        self._walk.draft(draft)

    def _string(self, node: cst.SimpleString) -> None:
        content = string_content(node)
        start = self._walk.leaf(node.value, None if content is None else f"'{content}'")
        said = self._said.pop(node, None)
        if said is not None and content is not None and _IDENTIFIER_LIKE.match(content):
            context, taker, key = said
            line, column = self._walk.cursor.position(start)
            self._strings.append(StringUse(content, context, self._walk.scope.index, line, column, taker, key))


def _method_text(function: cst.BaseExpression) -> str:
    """``.method`` for a method of something that has no name."""
    return f".{function.attr.value}" if type(function) is cst.Attribute else ""


def _elements(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    """The elements of a list, tuple or set display; anything else as it is."""
    if type(node) is cst.Tuple or type(node) is cst.List or type(node) is cst.Set:
        return [element.value for element in node.elements]
    return (node,)


def _constant_text(node: cst.BaseExpression) -> str:
    """The dotted name of a constant or of a member of a class, empty for anything else."""
    text = dotted(node).removesuffix(".value")
    owner, _, name = text.rpartition(".")
    is_member = owner.rpartition(".")[2].lstrip("_")[:1].isupper()
    return text if is_member or (len(name) > 1 and name.isupper()) else ""


def _source_of(node: cst.BaseExpression) -> str:
    """What a value is read from, as far as that has a name: ``event.type``; ``type`` for ``event["type"]`` and
    ``event.get("type")``."""
    if type(node) is cst.Subscript:
        index = node.slice[0].slice
        return (string_content(index.value) or "") if type(index) is cst.Index else ""
    if type(node) is cst.Call:
        is_lookup = type(node.func) is cst.Attribute and node.func.attr.value == "get" and len(node.args) > 0
        return (string_content(node.args[0].value) or "") if is_lookup else ""
    return dotted(node)
