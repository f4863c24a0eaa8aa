"""The classes of a project by what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module


def classes_by_name(project: Project) -> Mapping[str, Sequence[ClassSymbol]]:
    """The classes of production code by name. For :meth:`Project.derived`."""
    return project.combined(_classes_in, _by_name)


def _classes_in(_: Project, module: Module) -> tuple[tuple[str, ClassSymbol], ...]:
    classes = module.top_level_classes if module.zone is Zone.PRODUCTION else ()
    return tuple((cls.name, cls) for cls in classes)


def _by_name(parts: Mapping[Module, Sequence[tuple[str, ClassSymbol]]]) -> Mapping[str, Sequence[ClassSymbol]]:
    found: dict[str, list[ClassSymbol]] = defaultdict(list)
    for classes in parts.values():
        for name, cls in classes:
            found[name].append(cls)
    return dict(found)
