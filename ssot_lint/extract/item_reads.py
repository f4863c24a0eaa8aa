"""Notes items that are read of something imported: ``os.environ["HOME"]``."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import dotted, is_class_like, key_text
from ssot_lint.extract.walk import Draft, Handler, Walk
from ssot_lint.model.facts import ItemRead
from ssot_lint.model.syntax import Guard


class _ItemDraft(Draft):
    __slots__ = ("guard", "key", "scope", "target")

    target: str
    key: str
    scope: int
    guard: Guard


class ItemReadRecorder(Recorder):
    """Notes subscripts that are neither assigned nor deleted."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._drafts: list[_ItemDraft] = []

    def observers(self) -> dict[type[cst.CSTNode], Handler]:
        return {cst.Subscript: self._subscript}

    def facts(self, imported_name: Callable[[str, int], bool]) -> tuple[ItemRead, ...]:
        """Reads of what ``imported_name(text, scope)`` says is imported, in source order."""
        position = self._walk.cursor.position
        return tuple(
            ItemRead(draft.target, draft.key, draft.scope, draft.guard, *position(draft.offset))
            for draft in self._drafts
            if imported_name(draft.target, draft.scope)
        )

    def _subscript(self, node: cst.Subscript) -> None:
        target = dotted(node.value)
        # Subscripts of classes are types, and most subscripts of all.
        if not target or is_class_like(target) or self._walk.is_written(node):
            return
        draft = _ItemDraft()
        draft.target = target
        draft.key = key_text(node)
        draft.scope = self._walk.scope.index
        draft.guard = self._walk.guard
        self._drafts.append(draft)
        self._walk.draft(draft)
