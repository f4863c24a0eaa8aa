"""Which classes come after a class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module


def descendants(project: Project) -> Mapping[ClassSymbol, tuple[ClassSymbol, ...]]:
    """The first-party classes that inherit from each class, by place. For :meth:`Project.derived`."""
    return project.combined(_ancestors_in, _by_ancestor)


def _ancestors_in(project: Project, module: Module) -> tuple[tuple[ClassSymbol, ClassSymbol], ...]:
    return tuple((ancestor, cls) for cls in module.classes for ancestor in project.ancestry(cls)[1:])


def _by_ancestor(
    parts: Mapping[Module, Sequence[tuple[ClassSymbol, ClassSymbol]]],
) -> Mapping[ClassSymbol, tuple[ClassSymbol, ...]]:
    found: dict[ClassSymbol, list[ClassSymbol]] = defaultdict(list)
    for pairs in parts.values():
        for ancestor, cls in pairs:
            found[ancestor].append(cls)
    return {cls: tuple(classes) for cls, classes in found.items()}


def are_related(project: Project, one: ClassSymbol, other: ClassSymbol) -> bool:
    """Whether two classes are the same, or one inherits from the other."""
    return one in project.ancestry(other) or other in project.ancestry(one)
