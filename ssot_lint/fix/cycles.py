"""Imports that go round in a circle only since a change."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.graph.digraph import circles_of
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project


class Imports:
    """The imports that run when modules are loaded, by path, packages around what is imported included."""

    def __init__(self, project: Project) -> None:
        self.edges = frozenset(_edges(project))
        self.circle_of = circles_of(self.edges)


def new_circles(before: Imports, after: Imports) -> Iterator[tuple[str, str]]:
    """The imports, as paths, that close a circle which was not there before; sorted."""
    for importer, target in sorted(after.edges - before.edges):
        is_circle = after.circle_of[importer] == after.circle_of[target]
        known = before.circle_of.get(importer)
        if is_circle and (known is None or known != before.circle_of.get(target)):
            yield importer, target


def _edges(project: Project) -> Iterator[tuple[str, str]]:
    packages = {(each.source.root, each.name): each for each in project.modules if each.source.is_package}
    for use in project.imports:
        if use.fact.scope != MODULE_SCOPE or use.fact.guard & Guard.TYPE_CHECKING:
            continue
        for target in (use.source, use.resolution.module if use.fact.name is not None else None):
            if target is None or target is use.importer:
                continue
            yield use.importer.path, target.path
            around = target.name.rpartition(".")[0]
            while around:
                package = packages.get((target.source.root, around))
                if package is not None and not f"{use.importer.name}.".startswith(f"{around}."):
                    yield use.importer.path, package.path
                around = around.rpartition(".")[0]
