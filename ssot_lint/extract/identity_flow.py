"""Where the value of an expression goes within a statement, and that of a local variable within its function."""

from __future__ import annotations

from typing import Any

import libcst as cst

from ssot_lint.extract.children import CHILDREN
from ssot_lint.extract.expressions import callee, dotted, string_content
from ssot_lint.model.facts import IdentityEnd, IdentitySink

_TEXT_MAKERS = frozenset({"str", "repr", "hex", "oct", "bin", "format"})
_NUMBER_MAKERS = frozenset({"abs", "float", "int"})
_LOOKUPS = frozenset({"get", "pop", "setdefault"})
_STRINGS = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)
_TARGETS = (cst.AssignTarget, cst.Param, cst.Del)
# More reads of one variable are found in generated code only.
_MAX_READS = 64
_WRAPPERS = (cst.Element, cst.Tuple, cst.Index, cst.SubscriptElement, cst.BooleanOperation, cst.ConcatenatedString)


class LocalEnds:
    """Follows local variables; keeps what it has found out of the last function."""

    def __init__(self) -> None:
        self._body: cst.BaseSuite | None = None
        self._parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self._reads: dict[str, list[cst.Name]] = {}

    def of(
        self, body: cst.BaseSuite, name: str, argument: cst.BaseExpression, *, is_text: bool
    ) -> tuple[IdentityEnd, ...]:
        """Where the value of a local variable goes, and that of those it is assigned to in turn. ``argument`` is what
        the value was made of."""
        if body is not self._body:
            self._body, self._parents = body, parents_in(body)
            self._reads = _reads(self._parents)
        found: dict[IdentityEnd, None] = {}
        names = [name]
        for local in names:
            for node in self._reads.get(local, ())[:_MAX_READS]:
                if (end := follow(node, self._parents, is_text=is_text)) is None:
                    continue
                sink, target, as_text = end
                if sink is IdentitySink.ASSIGNED and "." not in target:
                    names += [target] if target and target not in names else []
                else:
                    found[IdentityEnd(sink, target, as_text, keeps_argument(argument, self._statement_of(node)))] = None
        return tuple(found)

    def _statement_of(self, node: cst.CSTNode) -> cst.CSTNode | None:
        current: cst.CSTNode | None = node
        while current is not None and not isinstance(current, (cst.SimpleStatementLine, cst.SimpleStatementSuite)):
            current = self._parents.get(current)
        return current


def _reads(parents: dict[cst.CSTNode, cst.CSTNode]) -> dict[str, list[cst.Name]]:
    """Where each name is read; names of attributes and keywords are none, nor are targets."""
    found: dict[str, list[cst.Name]] = {}
    for node, parent in parents.items():
        is_named = isinstance(parent, cst.Attribute) and parent.attr is node
        is_keyword = isinstance(parent, cst.Arg) and parent.keyword is node
        if type(node) is cst.Name and not is_named and not is_keyword and not isinstance(parent, _TARGETS):
            found.setdefault(node.value, []).append(node)
    return found


def parents_in(statement: cst.CSTNode | None) -> dict[cst.CSTNode, cst.CSTNode]:
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


def keeps_argument(argument: cst.BaseExpression, statement: cst.CSTNode | None) -> bool:
    """Whether a statement assigns a value that the argument itself is a part of (``seen[id(x)] = x``), or puts it in as
    the value of an entry (``seen.setdefault(id(x), x)``)."""
    name = dotted(argument)
    if not name or not isinstance(statement, (cst.SimpleStatementLine, cst.SimpleStatementSuite)):
        return False
    return any(name in map(dotted, _put_in(small)) for small in statement.body)


def _put_in(small: cst.BaseSmallStatement) -> list[cst.BaseExpression]:
    """The parts of what a statement assigns or puts into an entry."""
    value = small.value if isinstance(small, (cst.Assign, cst.Expr)) else None
    if isinstance(small, cst.Expr):
        is_entry = isinstance(value, cst.Call) and dotted(value.func).endswith(".setdefault") and len(value.args) > 1
        value = value.args[1].value if isinstance(value, cst.Call) and is_entry else None
    value = value.value if isinstance(value, cst.DictComp) else value
    if isinstance(value, (cst.Tuple, cst.List)):
        return [element.value for element in value.elements]
    return [] if value is None else [value]


def follow(
    start: cst.BaseExpression, parents: dict[cst.CSTNode, cst.CSTNode], *, is_text: bool = False
) -> tuple[IdentitySink, str, bool] | None:
    """Where the value of an expression goes, the name of that place, and whether it is text then; ``is_text``: from
    the start."""
    node: cst.CSTNode = start
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
        return IdentitySink.ENTRY, string_content(parent.key) or ""
    if isinstance(parent, cst.DictElement) or (isinstance(parent, cst.DictComp) and parent.key is node):
        return IdentitySink.KEY, ""
    return None
