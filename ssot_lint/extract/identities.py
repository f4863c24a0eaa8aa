"""Notes what becomes of ``id(...)`` and ``hash(...)``."""

from __future__ import annotations

from typing import Any

import libcst as cst

from ssot_lint.extract.children import CHILDREN
from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import callee, dotted, expression_text, string_content
from ssot_lint.extract.names import NameTable
from ssot_lint.extract.walk import Draft, Handler, Walk
from ssot_lint.model.facts import IdentitySink, IdentityUse

_IDENTITY_CALLS = frozenset({"id", "hash"})
_TEXT_MAKERS = frozenset({"str", "repr", "hex", "oct", "bin", "format"})
_NUMBER_MAKERS = frozenset({"abs", "float", "int"})
_LOOKUPS = frozenset({"get", "pop", "setdefault"})
_STRINGS = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)
_WRAPPERS = (cst.Element, cst.Tuple, cst.Index, cst.SubscriptElement, cst.BooleanOperation, cst.ConcatenatedString)


class _IdentityDraft(Draft):
    __slots__ = ("argument", "function", "is_kept", "is_text", "scope", "sink", "target")

    function: str
    argument: str
    sink: IdentitySink
    target: str
    is_text: bool
    is_kept: bool
    scope: int


class IdentityRecorder(Recorder):
    """Notes ``id(...)`` and ``hash(...)`` in simple statements, with where their value goes."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._drafts: list[_IdentityDraft] = []
        self._statement: cst.CSTNode | None = None
        self._parents: dict[cst.CSTNode, cst.CSTNode] = {}

    def observers(self) -> dict[type[cst.CSTNode], Handler]:
        return {cst.Call: self._call}

    def _call(self, node: cst.Call) -> None:
        function = node.func
        if type(function) is cst.Name and function.value in _IDENTITY_CALLS and len(node.args) == 1:
            self._identity(node, function.value)

    def _identity(self, node: cst.Call, function: str) -> None:
        statement = self._walk.statement
        if statement is not self._statement:
            self._statement, self._parents = statement, _parents(statement)
        end = _follow(node, self._parents)
        if end is None:
            return
        draft = _IdentityDraft()
        draft.function = function
        draft.argument = expression_text(node.args[0].value)
        draft.sink, draft.target, draft.is_text = end
        draft.is_kept = _is_kept(node.args[0].value, statement)
        draft.scope = self._walk.scope.index
        self._drafts.append(draft)
        self._walk.draft(draft)

    def facts(self, names: NameTable) -> tuple[IdentityUse, ...]:
        """The calls of the builtins, in source order."""
        position = self._walk.cursor.position
        return tuple(
            IdentityUse(
                draft.function,
                draft.argument,
                draft.sink,
                draft.target,
                draft.is_text,
                draft.is_kept,
                draft.scope,
                *position(draft.offset),
            )
            for draft in self._drafts
            if names.is_builtin(draft.function, draft.scope)
        )


def _parents(statement: cst.CSTNode | None) -> dict[cst.CSTNode, cst.CSTNode]:
    """The parent of each node of a statement. Asked only for statements with such a call."""
    found: dict[cst.CSTNode, cst.CSTNode] = {}
    stack = [] if statement is None else [statement]
    while stack:
        parent = stack.pop()
        for name in CHILDREN.get(type(parent), ()):
            child: Any = getattr(parent, name)
            children = child if isinstance(child, (list, tuple)) else (child,)
            for node in children:
                if isinstance(node, cst.CSTNode):
                    found[node] = parent
                    stack.append(node)
    return found


def _is_kept(argument: cst.BaseExpression, statement: cst.CSTNode | None) -> bool:
    """Whether a statement assigns a value that the argument itself is a part of: ``seen[id(x)] = x``."""
    name = dotted(argument)
    small = statement.body[0] if isinstance(statement, (cst.SimpleStatementLine, cst.SimpleStatementSuite)) else None
    if not name or not isinstance(small, cst.Assign):
        return False
    value = small.value.value if isinstance(small.value, cst.DictComp) else small.value
    parts = [element.value for element in value.elements] if isinstance(value, (cst.Tuple, cst.List)) else [value]
    return name in map(dotted, parts)


def _follow(call: cst.Call, parents: dict[cst.CSTNode, cst.CSTNode]) -> tuple[IdentitySink, str, bool] | None:
    """Where the value of ``call`` goes, the name of that place, and whether it becomes text on the way."""
    node: cst.CSTNode = call
    is_text = False
    while (parent := parents.get(node)) is not None:
        if isinstance(parent, cst.Arg):
            outer = parents[parent]
            if not isinstance(outer, cst.Call):
                return None
            makes_text = _through_call(outer, parent)
            if makes_text is None:
                sink, target = _argument(outer, parent)
                return sink, target, is_text
            is_text |= makes_text
            node = outer
            continue
        if not _passes(parent, node, is_text=is_text):
            end = _end(parent, node)
            return None if end is None else (*end, is_text)
        is_text |= _makes_text(parent)
        node = parent
    return None


def _passes(parent: cst.CSTNode, node: cst.CSTNode, *, is_text: bool) -> bool:
    """Whether the value of ``node`` is (a part of) the value of ``parent``."""
    if isinstance(parent, (cst.Attribute, cst.Subscript)):
        return is_text and parent.value is node
    if isinstance(parent, cst.IfExp):
        return parent.test is not node
    if isinstance(parent, cst.Call):
        return parent.func is node
    return isinstance(parent, (*_WRAPPERS, cst.BinaryOperation, cst.FormattedStringExpression, cst.FormattedString))


def _makes_text(parent: cst.CSTNode) -> bool:
    if isinstance(parent, cst.BinaryOperation):
        return isinstance(parent.left, _STRINGS) or isinstance(parent.right, _STRINGS)
    return isinstance(parent, cst.FormattedString)


def _through_call(outer: cst.Call, argument: cst.Arg) -> bool | None:
    """For a call whose result is made of its argument: whether it is text. None for any other call."""
    name = dotted(outer.func)
    if name in _TEXT_MAKERS or (isinstance(outer.func, cst.Attribute) and isinstance(outer.func.value, _STRINGS)):
        return True
    is_default = argument is not outer.args[0] and argument.keyword is None
    if name in _NUMBER_MAKERS or (is_default and (name == "getattr" or name.rpartition(".")[2] in _LOOKUPS)):
        return False
    return None


def _argument(outer: cst.Call, argument: cst.Arg) -> tuple[IdentitySink, str]:
    if argument.keyword is not None:
        return IdentitySink.KEYWORD, argument.keyword.value
    function = outer.func
    if isinstance(function, cst.Attribute) and function.attr.value in _LOOKUPS and argument is outer.args[0]:
        return IdentitySink.KEY, dotted(function.value)
    return IdentitySink.ARGUMENT, callee(function)


def _end(parent: cst.CSTNode, node: cst.CSTNode) -> tuple[IdentitySink, str] | None:
    if isinstance(parent, cst.Subscript):
        return IdentitySink.KEY, dotted(parent.value)
    if isinstance(parent, cst.Assign):
        return IdentitySink.ASSIGNED, dotted(parent.targets[0].target)
    if isinstance(parent, (cst.AnnAssign, cst.NamedExpr)):
        return IdentitySink.ASSIGNED, dotted(parent.target)
    if isinstance(parent, cst.Return):
        return IdentitySink.RETURNED, ""
    if isinstance(parent, cst.DictElement) and parent.value is node:
        return IdentitySink.KEYWORD, string_content(parent.key) or ""
    if isinstance(parent, cst.DictElement) or (isinstance(parent, cst.DictComp) and parent.key is node):
        return IdentitySink.KEY, ""
    return None
