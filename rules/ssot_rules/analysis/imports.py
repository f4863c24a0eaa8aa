"""What the import rules share: by which paths names are imported, and which names are aliases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ssot_lint.model.facts import Binding, Import
from ssot_lint.model.finding import Home, Location
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, Module, VariableSymbol

_CAP_WORDS = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Alias:
    """A public CapWords name of a module that stands for a class called something else."""

    module: Module
    name: str
    fact: Import | Binding
    target: ClassSymbol

    @property
    def id(self) -> str:
        return f"{self.module.name}:{self.name}"


def is_class_name(name: str) -> bool:
    """Whether a name is public CapWords (``Order``, not ``ORDER``, ``order`` or ``_Order``)."""
    return _CAP_WORDS.fullmatch(name) is not None


def importers_by_name(project: Project) -> Mapping[tuple[Module, str], tuple[Module, ...]]:
    """Who writes ``from module import name``, by module and name; in order of path."""
    found: dict[tuple[Module, str], dict[Module, None]] = defaultdict(dict)
    for use in project.imports:
        if use.source is not None and use.source is not use.importer and use.fact.name is not None:
            found[use.source, use.fact.name][use.importer] = None
    return {key: tuple(modules) for key, modules in found.items()}


def exported_aliases(project: Project) -> tuple[Alias, ...]:
    """``A = B``, and each ``from m import B as A`` that other modules import or ``__all__`` lists; by place.

    Only unconditional ones, and only where B is a class of the project.
    """
    importers = project.derived(importers_by_name)
    return tuple(
        alias
        for module in project.modules
        for alias in _aliases(project, module)
        if isinstance(alias.fact, Binding)
        or (module, alias.name) in importers
        or alias.name in (module.facts.exports or ())
    )


def _aliases(project: Project, module: Module) -> list[Alias]:
    renamed = [(fact.bound_name, fact) for fact in module.facts.imports if fact.alias and fact.alias != fact.name]
    assigned = [(variable.fact.name, variable.fact) for variable in module.variables]
    candidates: tuple[tuple[str, Import | Binding], ...] = (*renamed, *assigned)
    found = []
    for name, fact in candidates:
        if fact.guard is Guard.NONE and is_class_name(name) and _means(module, name, fact):
            target = project.resolver.lookup(module, name).symbol
            if isinstance(target, ClassSymbol) and target.name != name:
                found.append(Alias(module, name, fact, target))
    return sorted(found, key=lambda alias: (alias.fact.line, alias.fact.column))


def _means(module: Module, name: str, fact: Import | Binding) -> bool:
    """Whether it is ``fact`` that decides what a module-level name stands for."""
    entry = module.namespace.get(name)
    return (entry.fact if isinstance(entry, VariableSymbol) else entry) is fact


def place_of(module: Module, fact: Import | Binding) -> Location:
    """Where a statement's name stands."""
    return Location(module.path, fact.line, fact.column, fact.end_line)


def is_within(module: Module, package: Module) -> bool:
    """Whether a module is ``package`` or, by its name, inside it."""
    return module is package or module.name.startswith(f"{package.name}.")


def module_home(module: Module, reason: str) -> Home:
    """A file as the home of a finding."""
    return Home(Location(module.path, 1), module.name, module.name, reason)


def enclosing_id(use: ImportReference) -> str:
    """The function or class an import stands in, else its module, as sites name it."""
    symbol = use.importer.scope_symbol(use.fact.scope)
    return symbol.id if symbol is not None else use.importer.name
