"""Notes what becomes of ``id(...)`` and ``hash(...)``."""

from __future__ import annotations

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import expression_text
from ssot_lint.extract.identity_flow import LocalEnds, follow, keeps_argument, parents_in
from ssot_lint.extract.names import NameTable
from ssot_lint.extract.walk import Draft, Handler, Walk
from ssot_lint.model.facts import IdentityEnd, IdentitySink, IdentityUse
from ssot_lint.model.vocabulary import MUTATORS

_IDENTITY_CALLS = frozenset({"id", "hash"})


class _IdentityDraft(Draft):
    __slots__ = ("argument", "ends", "function", "is_kept", "is_text", "scope", "sink", "target")

    function: str
    argument: str
    sink: IdentitySink
    target: str
    is_text: bool
    is_kept: bool
    scope: int
    ends: tuple[IdentityEnd, ...]


class IdentityRecorder(Recorder):
    """Notes ``id(...)`` and ``hash(...)`` in simple statements, with where their value goes."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._drafts: list[_IdentityDraft] = []
        self._statement: cst.CSTNode | None = None
        self._parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self._local_ends = LocalEnds()

    def observers(self) -> dict[type[cst.CSTNode], Handler]:
        return {cst.Call: self._call}

    def _call(self, node: cst.Call) -> None:
        function = node.func
        if type(function) is cst.Name and function.value in _IDENTITY_CALLS and len(node.args) == 1:
            self._identity(node, function.value)

    def _identity(self, node: cst.Call, function: str) -> None:
        statement = self._walk.statement
        if statement is not self._statement:
            self._statement, self._parents = statement, parents_in(statement)
        end = follow(node, self._parents)
        if end is None:
            return
        draft = _IdentityDraft()
        draft.function = function
        draft.argument = expression_text(node.args[0].value)
        draft.sink, draft.target, draft.is_text = end
        draft.is_kept = keeps_argument(node.args[0].value, statement)
        draft.scope = self._walk.scope.index
        draft.ends = self._ends(draft, node.args[0].value)
        self._drafts.append(draft)
        self._walk.draft(draft)

    def _ends(self, draft: _IdentityDraft, argument: cst.BaseExpression) -> tuple[IdentityEnd, ...]:
        scope = self._walk.scope
        is_local = draft.sink is IdentitySink.ASSIGNED and "." not in draft.target
        if not is_local or scope.body is None or draft.target in scope.global_names:
            return ()
        return self._local_ends.of(scope.body, draft.target, argument, is_text=draft.is_text)

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
                _certain_ends(draft, names),
            )
            for draft in self._drafts
            if names.is_builtin(draft.function, draft.scope)
        )


def _certain_ends(draft: _IdentityDraft, names: NameTable) -> tuple[IdentityEnd, ...]:
    """The ends outside of the function. A variable that is bound several times may have been another key."""
    is_certain = names.local_value(draft.target, draft.scope) is not None
    return tuple(
        end
        for end in draft.ends
        if (is_certain or end.sink is not IdentitySink.KEY) and not _ends_in_local(end, names, draft.scope)
    )


def _ends_in_local(end: IdentityEnd, names: NameTable, scope: int) -> bool:
    """Whether it is the key of a local mapping, or is put into or looked for in a local container."""
    if end.sink is IdentitySink.ARGUMENT:
        holder, _, method = end.target.rpartition(".")
        return bool(holder) and method in MUTATORS | {"count", "index"} and not names.global_text(holder, scope)
    return end.sink is IdentitySink.KEY and bool(end.target) and not names.global_text(end.target, scope)
