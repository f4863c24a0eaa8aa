"""Whether two definitions read the same things: what a text says depends on what its names mean."""

from __future__ import annotations

from ssot_lint.fix.contents import Contents
from ssot_lint.fix.definitions import definition_at, extent_of, text_of
from ssot_lint.fix.neighbourhood import Neighbourhood
from ssot_lint.fix.source import Source
from ssot_lint.fix.transplant import words_of
from ssot_lint.model.edits import DeleteDefinition, RetargetImport
from ssot_lint.model.facts import Class, Function, ModuleFacts
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome, Resolution
from ssot_lint.project.symbols import Module


def different_names(project: Project, around: Neighbourhood, contents: Contents, edit: DeleteDefinition) -> str:
    """A name that the definition or its home reads, which means something else, or nothing that can be told, in the
    module of the other; empty if there is none. Raises RefusedError where one of them cannot be read."""
    site, home = around.module(edit.path), around.module(edit.home_path)
    copy = definition_at(site.facts, edit.line, edit.name)
    originals: list[Class | Function] = [*home.facts.classes, *home.facts.functions]
    originals = [each for each in originals if each.name == edit.home_name and each.parent == MODULE_SCOPE]
    names = _read_by(Source(contents.read(edit.path)), site.facts, copy)
    for original in originals:
        names |= _read_by(Source(contents.read(edit.home_path)), home.facts, original)
    known = _names_in(project, site) | _names_in(project, home)
    own = {edit.name, edit.home_name}
    return next((name for name in sorted((names & known) - own) if not _is_same(project, site, home, name)), "")


def _names_in(project: Project, module: Module) -> frozenset[str]:
    return frozenset((*module.namespace, *project.resolver.star_names(module)))


def _read_by(source: Source, facts: ModuleFacts, fact: Class | Function) -> frozenset[str]:
    """The names that a definition takes from its module: what its functions mention, and all words outside of them.

    Words in capitals count inside of them too: some are no mentions, for they may be words of the parser.
    """
    extent = extent_of(source, fact)
    inner = [each for each in facts.functions if extent.first <= each.line and each.end_line <= extent.last]
    bodies = {line for each in inner for line in range(each.line, each.end_line + 1)}
    span = range(extent.definition, extent.last + 1)
    outside = words_of("".join(source.lines[line - 1] for line in span if line not in bodies))
    titles = {word for word in words_of(text_of(source, extent)) if word[:1].isupper()}
    return outside | titles | {name for each in inner for name in facts.mentioned_by(each)}


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
