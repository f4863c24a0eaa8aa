"""Which branches of the packages take something from which others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ssot_lint.model.source import Zone
from ssot_lint.project.home import ONLY_FUNCTION
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module, Symbol
from ssot_rules.analysis.common_modules import common_package, is_helper, modules_imported_in


def lies_apart(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> bool:
    """Whether nothing but its form speaks for ``home``, and nothing in the branches of ``copies`` takes anything from
    the branch it is in: a language model does not import from one for pictures."""
    if reason != ONLY_FUNCTION or is_helper(home.module):
        return False
    others = {copy.module for copy in copies} - {home.module}
    return bool(others) and not any(_takes_from_branch(project, other, home.module) for other in others)


def _takes_from_branch(project: Project, site: Module, home: Module) -> bool:
    """Whether the branch that ``site`` lies in takes something from that of ``home``; true where one is around the
    other, or no package around both."""
    branches = _branches(site, home)
    return not all(branches) or branches in project.derived(_crossings)


def _branches(one: Module, other: Module) -> tuple[str, str]:
    """The packages in which two modules lie directly below what is around both; empty where one lies in that itself."""
    around = common_package([one, other])
    if not around:
        return "", ""
    return _below(one, around), _below(other, around)


def _below(module: Module, around: str) -> str:
    package, depth = module.source.package, around.count(".") + 1
    return ".".join(package.split(".")[: depth + 1]) if package != around else ""


def _crossings(project: Project) -> frozenset[tuple[str, str]]:
    """The pairs of branches of which the first takes something from the second. For :meth:`Project.derived`."""
    return project.combined(modules_imported_in, _crossed)


def _crossed(imported: Mapping[Module, frozenset[Module]]) -> frozenset[tuple[str, str]]:
    return frozenset(
        _branches(module, other)
        for module, others in imported.items()
        if module.zone is Zone.PRODUCTION
        for other in others
    )
