"""Statements that the grammar allows and the compiler refuses: nothing can import such a file."""

from __future__ import annotations

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.walk import Handler, Walk
from ssot_lint.model.facts import ParseFailure
from ssot_lint.model.syntax import ScopeKind


class MisplacedRecorder(Recorder):
    """Notes the first ``return``, ``yield`` or ``await`` outside the function that it needs, in CPython's words.

    What stands in a lambda is left alone: it has no scope of its own here.
    """

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self.failure: ParseFailure | None = None

    def observers(self) -> dict[type[cst.CSTNode], Handler]:
        return {cst.Return: self._return, cst.Yield: self._yield, cst.Await: self._await}

    def _return(self, _: cst.Return) -> None:
        if self._walk.scope.kind is not ScopeKind.FUNCTION:
            self._note("'return' outside function", self._walk.cursor.start)

    def _yield(self, _: cst.Yield) -> None:
        if self._walk.scope.kind is not ScopeKind.FUNCTION and not self._walk.lambda_depth:
            self._note("'yield' outside function", self._walk.cursor.start)

    def _await(self, _: cst.Await) -> None:
        scope = self._walk.scope
        if scope.is_async or self._walk.lambda_depth:
            return
        needed = "async function" if scope.kind is ScopeKind.FUNCTION else "function"
        self._note(f"'await' outside {needed}", self._walk.cursor.keyword("await"))

    def _note(self, reason: str, offset: int) -> None:
        if self.failure is None:
            self.failure = ParseFailure(reason, *self._walk.cursor.position(offset))
