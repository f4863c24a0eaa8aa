"""Which classes come after a class, and which have a member of their own."""

from __future__ import annotations

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module


def heirs_of(project: Project, cls: ClassSymbol) -> tuple[ClassSymbol, ...]:
    """The first-party classes that inherit from a class, by place."""
    return project.records_of(_ancestors_in, cls)


def _ancestors_in(project: Project, module: Module) -> tuple[tuple[ClassSymbol, ClassSymbol], ...]:
    return tuple((ancestor, cls) for cls in module.classes for ancestor in project.ancestry(cls)[1:])


def classes_with_member(project: Project, name: str) -> tuple[ClassSymbol, ...]:
    """The classes in whose bodies a method or a class of that name stands, by module."""
    return project.records_of(_members_in, name)


def _members_in(_: Project, module: Module) -> tuple[tuple[str, ClassSymbol], ...]:
    return tuple((name, cls) for cls in module.classes for name in module.members(cls))


def are_related(project: Project, one: ClassSymbol, other: ClassSymbol) -> bool:
    """Whether two classes are the same, or one inherits from the other."""
    return one in project.ancestry(other) or other in project.ancestry(one)
