"""The classes of a project by what they are called."""

from __future__ import annotations

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module


def classes_named(project: Project, name: str) -> tuple[ClassSymbol, ...]:
    """The classes of production code that are called so, by place."""
    modules = project.modules_with(_class_names_in, name)
    return tuple(cls for module in modules for cls in module.top_level_classes if cls.name == name)


def _class_names_in(_: Project, module: Module) -> frozenset[str]:
    classes = module.top_level_classes if module.zone is Zone.PRODUCTION else ()
    return frozenset(cls.name for cls in classes)
