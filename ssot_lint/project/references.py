"""Statements that refer to the project, resolved."""

from __future__ import annotations

import msgspec

from ssot_lint.model.facts import Call, Import
from ssot_lint.model.finding import Location
from ssot_lint.project.resolve import Resolution
from ssot_lint.project.symbols import Module, Symbol


class ImportReference(msgspec.Struct, frozen=True):
    """An import statement's name, resolved. ``source`` is the first-party module named in the statement."""

    importer: Module
    fact: Import
    source: Module | None
    resolution: Resolution


class CallReference(msgspec.Struct, frozen=True):
    """A call whose callee is a symbol of the project."""

    module: Module
    fact: Call
    symbol: Symbol

    @property
    def location(self) -> Location:
        return Location(self.module.path, self.fact.line, self.fact.column, self.fact.line)
