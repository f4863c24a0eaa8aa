"""Notes imports."""

from __future__ import annotations

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import dotted
from ssot_lint.extract.walk import Deferred, Draft, Handler, Walk
from ssot_lint.model.facts import Import
from ssot_lint.model.syntax import Guard


class _ImportDraft(Draft):
    __slots__ = ("alias", "end", "guard", "level", "module", "name", "scope", "start")

    module: str
    level: int
    name: str | None
    alias: str | None
    scope: int
    guard: Guard
    start: int
    end: int


class ImportRecorder(Recorder):
    """Notes one fact per imported name."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._drafts: list[_ImportDraft] = []
        self._start = 0
        self._from: cst.ImportFrom | None = None

    def handlers(self) -> dict[type[cst.CSTNode], Handler]:
        handlers: dict[type[cst.CSTNode], Handler] = {
            cst.Import: self._import,
            cst.ImportFrom: self._import_from,
            cst.ImportAlias: self._alias,
        }
        # PEP 810, known to LibCST since 1.9.
        for name, handler in (("LazyImport", self._import), ("LazyImportFrom", self._import_from)):
            if node_class := getattr(cst, name, None):
                handlers[node_class] = handler
        return handlers

    def facts(self) -> tuple[Import, ...]:
        """The imports, in source order."""
        return tuple(map(self._fact, self._drafts))

    def names_of(self, module: str, name: str) -> frozenset[str]:
        """The dotted names by which this file can call ``name`` of a top-level module."""
        found = {f"{module}.{name}"}
        for draft in self._drafts:
            if draft.module == module and not draft.level and draft.name in (name, None):
                own = draft.alias or draft.name or module
                found.add(own if draft.name else f"{own}.{name}")
        return frozenset(found)

    def has_star(self) -> bool:
        """Whether names may come from a star import."""
        return any(draft.name == "*" for draft in self._drafts)

    def _import(self, node: cst.Import) -> None:
        self._begin("import", None)
        self._walk.push(*node.names, Deferred(self._end))

    def _import_from(self, node: cst.ImportFrom) -> None:
        walk = self._walk
        self._begin("from", node)
        walk.word("." * len(node.relative))
        self._pass(dotted(node.module))
        if isinstance(node.names, cst.ImportStar):
            walk.push(Deferred(self._star), Deferred(self._end))
        else:
            walk.push(*node.names, Deferred(self._end))

    def _begin(self, keyword: str, node: cst.ImportFrom | None) -> None:
        self._walk.word(keyword)
        self._start = self._walk.cursor.keyword(keyword)
        self._from = node

    def _star(self) -> None:
        self._note("*", None)
        self._walk.leaf("*")

    def _alias(self, node: cst.ImportAlias) -> None:
        alias = node.asname.name if node.asname else None
        self._note(dotted(node.name), dotted(alias) or None)
        self._pass(dotted(node.name))
        self._walk.push(alias)

    def _pass(self, name: str) -> None:
        """Pass a dotted name that means something elsewhere."""
        for part in name.split(".") if name else ():
            self._walk.leaf(part, f".{part}")

    def _note(self, name: str, alias: str | None) -> None:
        draft = _ImportDraft()
        statement = self._from
        draft.module = dotted(statement.module) if statement else name
        draft.level = len(statement.relative) if statement else 0
        draft.name = name if statement else None
        draft.alias = alias
        draft.scope = self._walk.scope.index
        draft.guard = self._walk.guard
        draft.start = draft.end = self._start
        self._drafts.append(draft)
        self._walk.draft(draft)
        self._walk.scope.imported.add(alias or name.split(".", 1)[0])

    def _end(self) -> None:
        last = self._walk.cursor.end_of_statement()
        for draft in reversed(self._drafts):
            if draft.start != self._start:
                break
            draft.end = last

    def _fact(self, draft: _ImportDraft) -> Import:
        position = self._walk.cursor.position
        line, column = position(draft.offset)
        return Import(
            module=draft.module,
            level=draft.level,
            name=draft.name,
            alias=draft.alias,
            scope=draft.scope,
            guard=draft.guard,
            line=line,
            column=column,
            end_line=position(draft.end)[0],
            statement=position(draft.start)[0],
        )
