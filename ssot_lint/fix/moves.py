"""A move that no finding asks for: a definition goes to another module, its importers follow."""

from __future__ import annotations

from pathlib import PurePosixPath

from ssot_lint.errors import UsageError
from ssot_lint.fix.tasks import SiteKey, StepKey, Task
from ssot_lint.model.edits import (
    DeleteDefinition,
    DropImport,
    Edit,
    Fix,
    InsertDefinition,
    LeaveAlias,
    RetargetImport,
    Safety,
)
from ssot_lint.model.finding import Site
from ssot_lint.model.report import JudgedSite, Status
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project, site_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol

MOVE = "move"
"""The code of what no rule has found."""


def move_task(project: Project, name: str, target: str, *, keeps_alias: bool) -> Task:
    """Let the class or function ``name``, ``package.module:Name``, go to the module ``target``.

    Raises UsageError where one of them is not there, or is not what can be moved.
    """
    symbol = _symbol(project, name)
    path = _path_of(project, target)
    if path == symbol.module.path:
        raise UsageError(f"--move {name} {target}: it is there already")
    edits = [*_edits(project, symbol, target, path)]
    if keeps_alias:
        edits.append(LeaveAlias(symbol.module.path, symbol.name, target, symbol.module.name))
    site = site_of(symbol, f"moves to {target}")
    step = StepKey(MOVE, f"{symbol.id} to {target}")
    fix = Fix(Safety.UNSAFE, tuple(edits), "`__module__` changes, and with it pickles", leaves_site=True)
    return Task(step, SiteKey(*step, symbol.module.path, symbol.id, site.body), _judged(site), fix)


def _judged(site: Site) -> JudgedSite:
    return JudgedSite(site, Status.NEW, "", "")


def _symbol(project: Project, name: str) -> ClassSymbol | FunctionSymbol:
    module, colon, qualname = name.partition(":")
    modules = [each for each in project.modules if each.name == module]
    symbols: list[ClassSymbol | FunctionSymbol] = []
    for each in modules:
        symbols += [*each.top_level_classes, *each.top_level_functions]
    found = [symbol for symbol in symbols if symbol.name == qualname]
    if not colon or not found:
        raise UsageError(f"--move {name}: there is no such class or function", "Write package.module:Name")
    if len(found) > 1:
        raise UsageError(f"--move {name}: there are {len(found)} of that name")
    return found[0]


def _path_of(project: Project, target: str) -> str:
    """The file of a module, which may have to be made in a package that is there."""
    known = [module.path for module in project.modules if module.name == target and not module.source.is_stub]
    if known:
        return known[0]
    package, _, last = target.rpartition(".")
    if not all(part.isidentifier() for part in target.split(".")):
        raise UsageError(f"--move: {target} is no name of a module")
    folders = [each.path for each in project.modules if each.name == package and each.source.is_package]
    if not folders:
        raise UsageError(f"--move: there is neither a module {target} nor a package {package or 'around it'}")
    return (PurePosixPath(folders[0]).parent / f"{last}.py").as_posix()


def _edits(project: Project, symbol: ClassSymbol | FunctionSymbol, target: str, path: str) -> list[Edit]:
    source = symbol.module
    insert = InsertDefinition(path, symbol.name, source.path, symbol.fact.line, source.name)
    uses = [use for use in project.imports_of(symbol) if use.importer is not source and use.source is source]
    is_whole = any(
        source in (use.resolution.module, use.source if use.fact.name == "*" else None) for use in project.imports
    )
    delete = DeleteDefinition(source.path, symbol.fact.line, symbol.name, target, symbol.name, "", is_whole)
    return [insert, delete, *(_follow(use, symbol, target, path) for use in uses)]


def _follow(use: ImportReference, symbol: ClassSymbol | FunctionSymbol, target: str, path: str) -> Edit:
    """What becomes of an import of what moves."""
    fact, importer = use.fact, use.importer
    if importer.path == path and fact.scope == MODULE_SCOPE and fact.bound_name == symbol.name:
        return DropImport(importer.path, fact.line, fact.column)
    return RetargetImport(importer.path, fact.line, fact.column, target, symbol.name)
