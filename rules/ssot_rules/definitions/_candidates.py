"""Which classes are held against their namesakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_rules.analysis.mirrors import declared_copies_in


@dataclass(frozen=True, slots=True)
class NamedCandidates:
    """Those of ``candidates`` in a module of certain zones, by name, without declared copies. For
    :meth:`Project.folded`."""

    zones: tuple[Zone, ...]
    candidates: Callable[[Module], tuple[ClassSymbol, ...]]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[str, ClassSymbol], ...]:
        found = module.derived(self.candidates) if module.zone in self.zones else ()
        declared = project.linked(declared_copies_in, module)
        return tuple((each.name, each) for each in found if each not in declared)
