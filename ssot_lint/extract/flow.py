"""Knows where logical lines begin, and under which conditions a statement runs."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from ssot_lint.extract.bindings import BindingRecorder
from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import dotted, expression_text, is_string, string_content
from ssot_lint.extract.walk import Deferred, Handler, Step, Walk
from ssot_lint.model.facts import ResultUse
from ssot_lint.model.syntax import BranchKind, Guard

_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError"})
_DEMANDING = frozenset({"raises", "assertRaises", "assertRaisesRegex"})
_EXPECTING = _DEMANDING | {"suppress"}
_BROAD_ERRORS = frozenset({"", "Exception", "BaseException"})
_TYPE_CHECKING = frozenset({"TYPE_CHECKING", "typing.TYPE_CHECKING", "t.TYPE_CHECKING"})
_BLOCK_END = "End"
_SILENT = frozenset({cst.Pass, cst.Import, cst.ImportFrom, cst.Global, cst.Nonlocal})


class FlowRecorder(Recorder):
    """Keeps ``Walk.guard`` right and cuts the normal form into logical lines."""

    def __init__(self, walk: Walk, bindings: BindingRecorder) -> None:
        self._walk = walk
        self._bindings = bindings
        self._subjects: dict[cst.MatchCase, str] = {}

    def handlers(self) -> dict[type[cst.CSTNode], Handler]:
        return {
            cst.IndentedBlock: self._block,
            cst.SimpleStatementLine: self._line,
            cst.SimpleStatementSuite: self._line,
            cst.If: self._if,
            cst.Else: self._header,
            cst.Finally: self._header,
            cst.While: self._loop,
            cst.For: self._loop,
            cst.With: self._with,
            cst.Try: self._try,
            cst.TryStar: self._try,
            cst.ExceptHandler: self._header,
            cst.ExceptStarHandler: self._header,
            cst.Match: self._match,
            cst.MatchCase: self._case,
            cst.Pass: self._word("pass"),
            cst.Break: self._word("break"),
            cst.Continue: self._word("continue"),
            cst.Ellipsis: self._word("..."),
            cst.Raise: self._raise,
        }

    def _word(self, text: str) -> Handler:
        """A statement of one word: passed like a leaf, because it may end a definition."""

        def visit(_: cst.CSTNode) -> None:
            self._walk.leaf(text)

        return visit

    def _raise(self, node: cst.Raise) -> None:
        self._walk.leaf("raise")
        self._walk.push(node.exc, node.cause)

    def _block(self, node: cst.IndentedBlock) -> None:
        self._walk.push(*node.body, Deferred(self._block_end))

    def _block_end(self) -> None:
        """Say in the normal form that what follows is not in the block: two bodies that differ in that are not one."""
        self._walk.begin_line(comparable=False)
        self._walk.word(_BLOCK_END)

    def _line(self, node: cst.SimpleStatementLine | cst.SimpleStatementSuite) -> None:
        walk = self._walk
        walk.statement = node
        if _is_docstring(node):
            walk.begin_line()
            walk.push(*node.body, Deferred(walk.drop_line))
            return
        walk.begin_line(comparable=not _is_silent(node.body[0]))
        end = [Deferred(self._block_end)] if type(node) is cst.SimpleStatementSuite else []
        walk.push(*node.body, *end)

    def _header(self, node: cst.CSTNode) -> None:
        self._walk.begin_line()
        self._walk.descend(node)

    def _if(self, node: cst.If) -> None:
        walk, before = self._walk, self._now()
        test = expression_text(node.test)
        inside, otherwise = _branches(node.test)
        walk.used_as(node.test, ResultUse.TESTED)
        walk.begin_line()
        walk.word("If")
        walk.push(
            node.test,
            self._enter(inside, BranchKind.IF, test, node.body),
            node.body,
            node.orelse and self._enter(otherwise, BranchKind.ELSE, test, node.orelse),
            node.orelse,
            before,
        )

    def _loop(self, node: cst.While | cst.For) -> None:
        walk, before = self._walk, self._now()
        if isinstance(node, cst.While):
            head: tuple[Step, ...] = (node.test,)
            walk.used_as(node.test, ResultUse.TESTED)
        else:
            head = (*self._bindings.target(node.target), node.iter)
            walk.used_as(node.iter, ResultUse.ITERATED)
        walk.begin_line()
        walk.word(type(node).__name__)
        walk.push(*head, self._enter(Guard.CONDITION, BranchKind.LOOP, "", node.body), node.body, node.orelse, before)

    def _now(self) -> Deferred:
        """A step back to the guard and branch that are in force now."""
        return self._walk.under(self._walk.guard, self._walk.branch)

    def _enter(self, guard: Guard, kind: BranchKind, test: str, block: cst.CSTNode) -> Deferred:
        inner = block.body if isinstance(block, (cst.Else, cst.ExceptHandler, cst.ExceptStarHandler)) else block
        return self._walk.enter(guard, kind, test, inner)

    def _with(self, node: cst.With) -> None:
        walk, before = self._walk, self._now()
        usage = ResultUse.ASYNC_WITH if node.asynchronous else ResultUse.WITH
        for item in node.items:
            walk.used_as(item.item, usage)
        if any(_demands_error(item.item) for item in node.items):
            walk.expects_errors(node.body)
        guard = Guard.TRY_IMPORT if any(map(_expects_import_error, node.items)) else Guard.NONE
        walk.begin_line()
        walk.word("AsyncWith" if node.asynchronous else "With")
        walk.push(*node.items, walk.under(walk.guard | guard, walk.branch), node.body, before)

    def _try(self, node: cst.Try | cst.TryStar) -> None:
        walk, before = self._walk, self._now()
        has_import = _has_import(node.body)
        catching = [_catches_import_error(handler, has_import) for handler in node.handlers]
        inside = Guard.TRY_IMPORT if any(catching) else Guard.TRY
        walk.begin_line()
        walk.word("Try")
        steps: list[Step] = [self._enter(inside, BranchKind.TRY, "", node.body), node.body]
        handlers: Sequence[cst.ExceptHandler | cst.ExceptStarHandler] = node.handlers
        for handler, catches in zip(handlers, catching, strict=True):
            guard = Guard.EXCEPT_IMPORT if catches else Guard.TRY
            caught = "" if handler.type is None else expression_text(handler.type)
            steps += [self._enter(guard, BranchKind.EXCEPT, caught, handler), handler]
        if node.orelse is not None:
            steps += [self._enter(Guard.TRY, BranchKind.ELSE, "", node.orelse), node.orelse]
        if node.finalbody is not None:
            steps += [before, node.finalbody]
        walk.push(*steps, before)

    def _match(self, node: cst.Match) -> None:
        self._walk.begin_line()
        self._walk.leaf("match", "Match")
        self._subjects.update(dict.fromkeys(node.cases, dotted(node.subject)))
        self._walk.push(node.subject, *node.cases)

    def _case(self, node: cst.MatchCase) -> None:
        test = _case_test(self._subjects.pop(node, ""), node)
        walk, before = self._walk, self._now()
        walk.used_as(node.guard, ResultUse.TESTED)
        walk.begin_line()
        walk.leaf("case", "Case")
        inside = self._enter(Guard.CONDITION, BranchKind.CASE, test, node.body)
        walk.push(node.pattern, node.guard, inside, node.body, before)


def _is_docstring(node: cst.SimpleStatementLine | cst.SimpleStatementSuite) -> bool:
    """Whether the line is a string that does nothing, wherever it stands (attribute docstrings too)."""
    return len(node.body) == 1 and is_string(node.body[0])


def _is_silent(small: cst.BaseSmallStatement) -> bool:
    return type(small) in _SILENT or (type(small) is cst.Expr and type(small.value) is cst.Ellipsis)


def _branches(test: cst.BaseExpression) -> tuple[Guard, Guard]:
    """What an ``if`` adds to the guard of its body, and to that of its ``else`` side."""
    if dotted(test) in _TYPE_CHECKING:
        return Guard.TYPE_CHECKING, Guard.NONE
    if type(test) is cst.UnaryOperation and dotted(test.expression) in _TYPE_CHECKING:
        return Guard.NONE, Guard.TYPE_CHECKING
    if (
        type(test) is cst.Comparison
        and dotted(test.left) == "__name__"
        and string_content(test.comparisons[0].comparator) == "__main__"
    ):
        return Guard.MAIN, Guard.NONE
    return Guard.CONDITION, Guard.CONDITION | Guard.ELSE


def _catches_import_error(handler: cst.ExceptHandler | cst.ExceptStarHandler, has_import: bool) -> bool:
    """A handler for everything counts only when the ``try`` holds an import."""
    caught = handler.type
    names = [element.value for element in caught.elements] if type(caught) is cst.Tuple else [caught]
    return any(
        (name := dotted(node).rpartition(".")[2]) in _IMPORT_ERRORS or (has_import and name in _BROAD_ERRORS)
        for node in names
    )


def _has_import(body: cst.BaseSuite) -> bool:
    return any(
        type(line) is cst.SimpleStatementLine and isinstance(line.body[0], (cst.Import, cst.ImportFrom))
        for line in body.body
    )


def _case_test(subject: str, case: cst.MatchCase) -> str:
    """``subject is None`` for the case of None, empty for others."""
    pattern = case.pattern
    is_none = type(pattern) is cst.MatchSingleton and dotted(pattern.value) == "None" and case.guard is None
    return f"{subject} is None" if is_none and subject else ""


def _demands_error(item: cst.BaseExpression) -> bool:
    return type(item) is cst.Call and dotted(item.func).rpartition(".")[2] in _DEMANDING


def _expects_import_error(item: cst.WithItem) -> bool:
    """Whether a ``with`` swallows an ImportError, or is a test that demands one."""
    call = item.item
    name = dotted(call.func).rpartition(".")[2] if type(call) is cst.Call else ""
    if type(call) is not cst.Call or name not in _EXPECTING:
        return False
    errors = _IMPORT_ERRORS if name in _DEMANDING else _IMPORT_ERRORS | _BROAD_ERRORS - {""}
    return any(
        dotted(element.value) in errors
        for argument in call.args
        for element in (argument.value.elements if type(argument.value) is cst.Tuple else (argument,))
    )
