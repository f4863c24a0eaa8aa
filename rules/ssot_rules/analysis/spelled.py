"""What an import statement has to call a module whose name counts from a folder of its own: a program in ``fleet``
starts beside its files (``from tools.misc import tidy``), and what lies outside gets at them by ``fleet.tools.misc``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_rules.analysis.parts import united


class _Use(NamedTuple):
    """That some module which counts names from ``user`` imports what counts from ``root``, a folder in it; by a name
    that counts from there or, ``is_whole``, from ``user``."""

    user: str
    root: str
    is_whole: bool


def name_for(project: Project, site: Module, module: Module) -> str:
    """The name by which ``site`` can import ``module``: where that counts from a folder in the one that names of
    ``site`` count from, it begins with this folder if that is how code there imports from it."""
    user, root = site.source.root, module.source.root
    uses = project.derived(_uses_of_inner_roots) if _folder_in(user, root) else ()
    is_whole = _Use(user, root, is_whole=True) in uses and _Use(user, root, is_whole=False) not in uses
    return f"{_folder_in(user, root)}.{module.name}" if is_whole else module.name


def is_named_otherwise(project: Project, site: Module, module: Module) -> bool:
    """Whether ``site`` imports ``module`` by another name than that module's neighbours do, and loading it so fails: it
    imports some of them by theirs."""
    if name_for(project, site, module) == module.name:
        return False
    return any(
        use.source is not None and use.source.source.root == module.source.root
        for use in project.imports_in(module)
        if not use.fact.level
    )


def _uses_of_inner_roots(project: Project) -> frozenset[_Use]:
    """For :meth:`Project.derived`."""
    return project.combined(_uses_in, united)


def _uses_in(project: Project, module: Module) -> frozenset[_Use]:
    return frozenset(_found_in(project, module)) if module.zone is Zone.PRODUCTION else frozenset()


def _found_in(project: Project, module: Module) -> Iterator[_Use]:
    user = module.source.root
    inner = [(root, folder) for root in project.source_roots if (folder := _folder_in(user, root))]
    for fact in module.facts.imports if inner else ():
        for root, folder in inner if not fact.level else ():
            rest = fact.module.removeprefix(f"{folder}.")
            if rest != fact.module and project.resolver.index.is_known(rest):
                yield _Use(user, root, is_whole=True)
    for use in project.imports_in(module) if inner else ():
        source = use.source or use.resolution.module
        if source is not None and f"{use.fact.module}.".startswith(f"{source.name}."):
            yield _Use(user, source.source.root, is_whole=False)


def _folder_in(user: str, root: str) -> str:
    """The folder ``root`` as a dotted name that counts from ``user``, a folder around it; empty where it is none."""
    around = f"{user}/" if user else ""
    inner = root.removeprefix(around)
    return inner.replace("/", ".") if root.startswith(around) and inner and root != user else ""
