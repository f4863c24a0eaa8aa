"""Notes calls and deprecation warnings."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import dotted, expression_text
from ssot_lint.extract.local_attribute_reads import LocalAttributeReads
from ssot_lint.extract.notices import is_deprecation_class, warning_text
from ssot_lint.extract.walk import Deferred, Draft, Handler, Walk
from ssot_lint.model.facts import ARGUMENT_END, SENDING_NONE, Call, Deprecation, ResultUse
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ScopeKind

# Calls that can give a module names which its source does not show.
_NAMESPACE_CALLS = frozenset({"globals", "exec", "builtins.exec"})
_MODULE_NAMESPACE_CALLS = frozenset({"vars", "locals"})
_MAX_ARGUMENT = 80


class _CallDraft(Draft):
    __slots__ = ("arguments", "branch", "callee", "expects_error", "guard", "scope", "target", "usage")

    callee: str
    scope: int
    usage: ResultUse
    target: str
    arguments: Sequence[cst.Arg]
    guard: Guard
    branch: int
    expects_error: bool


class UseRecorder(Recorder):
    """Notes calls with what becomes of their result, and deprecation warnings."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._calls: list[_CallDraft] = []
        self._deprecations: list[tuple[_CallDraft, str]] = []
        self._driven: set[cst.BaseExpression | None] = set()
        self._handed_on: set[str] = set()
        self._to_itself: set[cst.Arg] = set()
        self.is_dynamic = False
        self.told_by_keyword: set[str] = set()
        """What is called at the top level of the module with keyword arguments."""

    def handlers(self) -> dict[type[cst.CSTNode], Handler]:
        return {
            cst.Call: self._call,
            cst.Arg: self._argument,
            cst.Attribute: self._attribute,
            cst.Subscript: self._subscript,
            cst.Await: self._await,
            cst.Expr: self._statement,
            cst.FormattedString: self._formatted,
            cst.TemplatedString: self._formatted,
            cst.FormattedStringText: self._string_text,
            cst.TemplatedStringText: self._string_text,
            cst.FormattedStringExpression: self._replacement,
            cst.TemplatedStringExpression: self._replacement,
            cst.Integer: self._literal,
            cst.Float: self._literal,
            cst.Imaginary: self._literal,
        }

    def calls(self, global_name: Callable[[str, int], str]) -> tuple[Call, ...]:
        """Calls of what ``global_name(text, scope)`` does not find to be local."""
        position = self._walk.cursor.position
        reads = LocalAttributeReads(self._walk.scopes, self._walk.lines)
        facts = []
        for draft in self._calls:
            if text := global_name(draft.callee, draft.scope):
                line, column = position(draft.offset)
                facts.append(
                    Call(
                        text,
                        draft.scope,
                        draft.usage,
                        draft.target,
                        "".join(map(_argument_text, draft.arguments)),
                        draft.guard,
                        draft.branch,
                        line,
                        column,
                        reads.of(draft.target, draft.scope) if draft.usage is ResultUse.ASSIGNED else (),
                        draft.usage is ResultUse.ASSIGNED and reads.is_unread(draft.target, draft.scope),
                        draft.expects_error,
                    )
                )
        return tuple(facts)

    def awaited(self) -> tuple[str, ...]:
        """The attributes that take the result of a call and are awaited or handed to a function, sorted."""
        taking = {draft.target for draft in self._calls if draft.usage is ResultUse.SELF}
        return tuple(sorted(taking & self._handed_on))

    def deprecations(self, warners: Set[str]) -> tuple[Deprecation, ...]:
        """Deprecation warnings, in source order; ``warners`` are the names of ``warnings.warn`` in this file."""
        position = self._walk.cursor.position
        return tuple(
            Deprecation(draft.scope, draft.guard, message, position(draft.offset)[0])
            for draft, message in self._deprecations
            if draft.callee in warners
        )

    def _call(self, node: cst.Call) -> None:
        walk = self._walk
        usage, target = walk.usage(node)
        text = walk.callee(node)
        self._driven.add(_driven(node))
        if text:
            draft = _CallDraft()
            draft.callee = text
            draft.scope = walk.scope.index
            draft.usage = usage
            draft.target = target
            draft.arguments = node.args
            draft.guard = walk.guard
            draft.branch = walk.branch
            draft.expects_error = walk.expects_error(node)
            self._calls.append(draft)
            walk.draft(draft)
            self._note_special(node, draft)
        if text and self._calls_itself(text):
            self._to_itself.update(node.args)
        for argument in node.args:
            self._note_handed_on(argument.value)
            if argument.star:
                walk.used_as(argument.value, ResultUse.ITERATED)
            elif text == "bool":
                walk.used_as(argument.value, ResultUse.TESTED)
            else:
                walk.used_as(argument.value, ResultUse.ARGUMENT, text)
        walk.descend(node)

    def _note_special(self, node: cst.Call, draft: _CallDraft) -> None:
        text = draft.callee
        if self._walk.scope.index == MODULE_SCOPE and any(argument.keyword for argument in node.args):
            self.told_by_keyword.add(text)
        if text in _NAMESPACE_CALLS:
            self.is_dynamic = True
        elif text in _MODULE_NAMESPACE_CALLS:
            self.is_dynamic |= self._walk.scope.index == MODULE_SCOPE
        elif self._walk.lambda_depth == 0 and any(is_deprecation_class(argument.value) for argument in node.args):
            self._deprecations.append((draft, warning_text(node.args)))

    def _argument(self, node: cst.Arg) -> None:
        if node.star:
            self._walk.word(node.star)
        self._walk.word("Arg")
        if node.keyword is not None and node in self._to_itself:
            self._walk.leaf(node.keyword.value)
            self._walk.word("=")
        elif node.keyword is not None:
            self._walk.leaf(node.keyword.value, node.keyword.value + "=")
        self._walk.push(node.value)

    def _calls_itself(self, text: str) -> bool:
        """Whether a callee is the function around: the keywords of its arguments are names of that function's own."""
        scope = self._walk.scope
        name = scope.qualname.rpartition(".")[2]
        own = f"{scope.receiver}.{name}" if scope.receiver else name
        return scope.kind is ScopeKind.FUNCTION and text == own

    def _note_handed_on(self, node: cst.BaseExpression) -> None:
        if type(node) is cst.Attribute and type(node.value) is cst.Name:
            self._handed_on.add(f"{node.value.value}.{node.attr.value}")

    def _attribute(self, node: cst.Attribute) -> None:
        walk = self._walk
        name = dotted(node)
        if not name:
            attribute = node.attr.value
            is_driven = node.value in self._driven
            walk.used_as(node.value, ResultUse.ATTRIBUTE, SENDING_NONE if is_driven else attribute)
            walk.word("Attribute")
            walk.push(node.value, Deferred(lambda: self._pass_attribute(attribute)))
            return
        # Names with dots are the most frequent expression of all: passed at once, not node by node.
        parts = name.split(".")
        for _ in parts[1:]:
            walk.word("Attribute")
        root = parts[0]
        walk.leaf(root)
        own = root if root == walk.scope.receiver else ""
        for part in parts[1:]:
            walk.leaf(part, f"{own}.{part}")
            own = ""

    def _pass_attribute(self, name: str) -> None:
        self._walk.leaf(name, "." + name)

    def _subscript(self, node: cst.Subscript) -> None:
        self._walk.used_as(node.value, ResultUse.SUBSCRIPT)
        self._walk.descend(node)

    def _await(self, node: cst.Await) -> None:
        self._walk.used_as(node.expression, ResultUse.AWAITED)
        self._note_handed_on(node.expression)
        self._walk.descend(node)

    def _statement(self, node: cst.Expr) -> None:
        self._walk.used_as(node.value, ResultUse.STATEMENT)
        self._walk.descend(node)

    def _formatted(self, node: cst.FormattedString | cst.TemplatedString) -> None:
        self._walk.leaf(node.start, type(node).__name__)
        self._walk.push(*node.parts, Deferred(lambda: self._close_string(node.end)))

    def _close_string(self, end: str) -> None:
        self._walk.leaf(end, "'")

    def _replacement(self, node: cst.FormattedStringExpression | cst.TemplatedStringExpression) -> None:
        if node.conversion:
            self._walk.word("!" + node.conversion)
        self._walk.descend(node)

    def _string_text(self, node: cst.FormattedStringText | cst.TemplatedStringText) -> None:
        self._walk.leaf(node.value, "'" + node.value)

    def _literal(self, node: cst.Integer | cst.Float | cst.Imaginary) -> None:
        self._walk.leaf(node.value)


def _argument_text(argument: cst.Arg) -> str:
    keyword = f"{argument.keyword.value}=" if argument.keyword else ""
    return f"{argument.star}{keyword}{expression_text(argument.value)[:_MAX_ARGUMENT]}{ARGUMENT_END}"


def _driven(node: cst.Call) -> cst.BaseExpression | None:
    """The call in ``made().send(None)``, by which event loops drive coroutines."""
    function = node.func
    if type(function) is not cst.Attribute or function.attr.value != "send" or type(function.value) is not cst.Call:
        return None
    return function.value if len(node.args) == 1 and dotted(node.args[0].value) == "None" else None
