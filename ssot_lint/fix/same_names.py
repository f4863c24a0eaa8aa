"""Whether two definitions read the same things: what a text says depends on what its names mean."""

from __future__ import annotations

from ssot_lint.fix.contents import Contents
from ssot_lint.fix.definitions import definition_at, extent_of, mentions, text_of
from ssot_lint.fix.neighbourhood import Neighbourhood
from ssot_lint.fix.source import Source
from ssot_lint.model.edits import DeleteDefinition, RetargetImport
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome, Resolution
from ssot_lint.project.symbols import Module


def different_names(project: Project, around: Neighbourhood, contents: Contents, edit: DeleteDefinition) -> str:
    """A name that the definition mentions, which means something else, or nothing that can be told, in the module of
    its home; empty if there is none. Raises RefusedError where either file cannot be read."""
    site, home = around.module(edit.path), around.module(edit.home_path)
    source = Source(contents.read(edit.path))
    extent = extent_of(source, definition_at(site.facts, edit.line, edit.name))
    names = mentions([text_of(source, extent)]) - {edit.name, edit.home_name}
    known = site.namespace.keys() | home.namespace.keys()
    known |= project.resolver.star_names(site).keys() | project.resolver.star_names(home).keys()
    return next((name for name in sorted(names & known) if not _is_same(project, site, home, name)), "")


def _is_same(project: Project, site: Module, home: Module, name: str) -> bool:
    one, other = (project.resolver.lookup(module, name) for module in (site, home))
    return _identity(one) == _identity(other) is not None


def _identity(found: Resolution) -> object:
    """What a name stands for; None where that cannot be told."""
    if found.outcome in (Outcome.SYMBOL, Outcome.MODULE):
        return found.symbol or found.module
    return found.external if found.outcome is Outcome.EXTERNAL else None


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
    return frozenset(name for name in names if _is_same(project, old, new, name))
