"""The classes of a project by what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol


def classes_by_name(project: Project) -> Mapping[str, Sequence[ClassSymbol]]:
    """The classes of production code by name. For :meth:`Project.derived`."""
    found: dict[str, list[ClassSymbol]] = defaultdict(list)
    for cls in project.classes():
        if cls.module.zone is Zone.PRODUCTION:
            found[cls.name].append(cls)
    return found
