"""Whether two definitions, or two modules, mean the same by their names."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.fix.definitions import definition_at
from ssot_lint.fix.neighbourhood import Neighbourhood
from ssot_lint.model.edits import DeleteDefinition, RetargetImport
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.same_meaning import is_same_name, same_meaning
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module


def difference(project: Project, around: Neighbourhood, edit: DeleteDefinition) -> str:
    """By which name a definition means another thing than its home, as a clause; empty if by none. Raises RefusedError
    where the definition is not at the place."""
    site, home = around.module(edit.path), around.module(edit.home_path)
    fact = definition_at(site.facts, edit.line, edit.name)
    copies = [each for each in _definitions(site, edit.name) if each.fact is fact]
    homes = [each for each in _definitions(home, edit.home_name) if each.fact.parent == MODULE_SCOPE]
    pairs = ((copy, original) for copy in copies for original in homes)
    return next((why for copy, original in pairs if (why := same_meaning(project, copy, original).difference)), "")


def _definitions(module: Module, name: str) -> Iterator[ClassSymbol | FunctionSymbol]:
    yield from (symbol for symbol in module.classes if symbol.name == name)
    yield from (symbol for symbol in module.functions if symbol.name == name)


def common_names(project: Project, module: Module, edit: RetargetImport) -> frozenset[str]:
    """The names of the module that is imported at a place of ``module`` which mean the same in the one that the edit
    names."""
    new = project.resolver.index.find_module(module, edit.module)
    place = (edit.line, edit.column)
    facts = [fact for fact in module.facts.imports if (fact.line, fact.column) == place]
    old = project.resolver.resolve_import(module, facts[0]).module if facts else None
    if old is None or new is None:
        return frozenset()
    names = old.namespace.keys() | project.resolver.star_names(old).keys()
    return frozenset(name for name in names if is_same_name(project, old, new, name))
