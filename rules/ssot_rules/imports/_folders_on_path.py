"""Imports from folders that a file, or the conftest of its tests, puts on ``sys.path`` itself."""

from __future__ import annotations

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_rules.analysis.vocabulary import PATH_CHANGES

_CONFTEST = "conftest"


def may_be_on_path(project: Project, use: ImportReference) -> bool:
    """Whether a file that changes ``sys.path`` asks for what is called like a file in a folder elsewhere: that is the
    one it means."""
    if use.fact.level or not (_changes_path(use.importer) or _has_conftest_that_does(project, use.importer)):
        return False
    wanted = use.fact.module.replace(".", "/")
    own = {_stem(module.path) for module in (use.source, use.importer) if module is not None}
    found = set(project.records_of(_stems_in, wanted.rpartition("/")[2]))
    return any(f"/{stem}".endswith(f"/{wanted}") for stem in found - own)


def _has_conftest_that_does(project: Project, importer: Module) -> bool:
    if importer.zone is not Zone.TEST:
        return False
    return any(importer.path.startswith(folder) for folder in project.records_of(_conftests_in, _CONFTEST))


def _changes_path(module: Module) -> bool:
    return any(call.callee in PATH_CHANGES for call in module.facts.calls)


def _stems_in(_: Project, module: Module) -> tuple[tuple[str, str], ...]:
    stem = _stem(module.path)
    return ((stem.rpartition("/")[2], stem),)


def _conftests_in(_: Project, module: Module) -> tuple[tuple[str, str], ...]:
    folder, slash, name = _stem(module.path).rpartition("/")
    return ((_CONFTEST, f"{folder}{slash}"),) if name == _CONFTEST and _changes_path(module) else ()


def _stem(path: str) -> str:
    """The path of a module without its ending, that of a package without ``__init__``."""
    return path.removesuffix("i").removesuffix(".py").removesuffix("/__init__")
