"""By which modules each class and function is imported, and which of them are meant to offer it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ssot_lint.model.facts import Binding, Import
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.retirement import is_deprecated_module
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.text.wording import counted
from ssot_rules.analysis.imports import importers, is_private, is_within
from ssot_rules.analysis.parts import united

Definition: TypeAlias = ClassSymbol | FunctionSymbol

CHOSEN = Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT | Guard.CONDITION | Guard.ELSE
"""A module that chooses between sources of a name is the one that offers it."""

# What says that it is not where things belong.
_OLD_PLACE = re.compile(r"\b(?:former|old|previous) (?:home|import path|location|path|place)\b", re.IGNORECASE)

_NO_USERS = frozenset({Zone.TEST, Zone.BACKUP})


@dataclass(frozen=True, slots=True, eq=False)
class ImportPath:
    """A module that a symbol is imported from, and the imports that do so."""

    module: Module
    uses: tuple[ImportReference, ...]

    @property
    def importers(self) -> tuple[Module, ...]:
        return importers(self.uses)


def symbols_with_detours(project: Project) -> tuple[Definition, ...]:
    """The classes and functions that are not only imported from where they are defined, in source order. For
    :meth:`Project.derived`."""
    return tuple(sorted(project.combined(_detoured_in, united), key=lambda symbol: symbol.sort_key))


def paths_of(project: Project, symbol: Symbol) -> tuple[ImportPath, ...]:
    """The paths by which a class or function is imported under its own name; none where it is only imported from where
    it is defined."""
    if symbol not in project.combined(_detoured_in, united):
        return ()
    found: dict[Module, list[ImportReference]] = defaultdict(list)
    for use in project.records_of(_uses_in, symbol):
        if use.source is not None:
            found[use.source].append(use)
    return tuple(ImportPath(module, tuple(found[module])) for module in sorted(found, key=_path))


def _detoured_in(project: Project, module: Module) -> frozenset[Definition]:
    uses = (use for use in project.imports_in(module) if len(use.resolution.hops) > 1)
    return frozenset(symbol for use in uses if (symbol := _top_level(use)) is not None)


def _uses_in(project: Project, module: Module) -> tuple[tuple[Definition, ImportReference], ...]:
    return tuple(
        (symbol, use)
        for use in project.imports_in(module)
        if use.source is not None and use.source is not use.importer
        if (symbol := _top_level(use)) is not None and use.fact.name == symbol.qualname
    )


def _top_level(use: ImportReference) -> Definition | None:
    """The class or function of a module that is imported."""
    symbol = use.resolution.symbol
    return symbol if isinstance(symbol, (ClassSymbol, FunctionSymbol)) and "." not in symbol.qualname else None


def _path(module: Module) -> str:
    return module.path


def is_proper(symbol: Definition, module: Module) -> bool:
    """Whether ``module`` defines the symbol or is a package around its definition."""
    home = symbol.module
    return module is home or (module.source.is_package and is_within(home, module))


def offer_of(project: Project, module: Module, name: str) -> Import | Binding | None:
    """The statement by which a module offers a name that it does not define, unless it chooses between several."""
    fact = _offer(project, module, name)
    return None if fact is None or fact.guard & CHOSEN else fact


def _offer(project: Project, module: Module, name: str) -> Import | Binding | None:
    entry = module.namespace.get(name)
    if isinstance(entry, Import):
        return entry
    if isinstance(entry, VariableSymbol):
        return entry.fact
    provider = project.resolver.star_names(module).get(name)
    for fact in module.facts.imports:
        if provider is not None and fact.name == "*" and fact.scope == MODULE_SCOPE:
            dotted = project.resolver.index.absolute_name(module, fact)
            if dotted is not None and project.resolver.index.find_module(module, dotted) is provider:
                return fact
    return None


def is_declared(project: Project, module: Module, name: str, offer: Import | Binding) -> bool:
    """Whether a module says that it is meant to offer a name: in ``__all__``, by ``import X as X`` or ``X = orders.X``,
    in a comment, by a star in a package, or because it does nothing but pass on what other modules have; one that calls
    itself an old place says it in code."""
    facts = module.facts
    is_renamed_to_itself = isinstance(offer, Import) and offer.alias == offer.name
    if facts.exports_more or name in (facts.exports or ()) or is_renamed_to_itself:
        return True
    # Of an old place a comment for a linter only says that its import is to stay.
    if _OLD_PLACE.search(facts.docstring):
        return False
    if isinstance(offer, Binding) or offer.is_reexport:
        return True
    is_star = _is_star_of_listed(project, module, name, offer) or _is_star_of_own_part(project, module, name, offer)
    return is_star or _is_only_imports(module)


def _is_star_of_listed(project: Project, module: Module, name: str, offer: Import) -> bool:
    """Whether a package takes all of a module that lists the name in ``__all__``, or does so through others."""
    seen = {module}
    source = project.resolver.star_names(module).get(name) if offer.name == "*" and module.source.is_package else None
    while source is not None and source not in seen:
        if name in (source.facts.exports or ()):
            return True
        seen.add(source)
        source = project.resolver.star_names(source).get(name)
    return False


def _is_star_of_own_part(project: Project, module: Module, name: str, offer: Import) -> bool:
    """Whether a module takes all that one called after it defines, and linters are told to leave that:
    ``from .lora_layers import *  # noqa`` in ``lora.py``. What that one only passes on is not meant."""
    source = project.resolver.star_names(module).get(name) if offer.name == "*" and offer.is_silenced else None
    symbol = None if source is None else project.resolver.lookup(source, name).symbol
    if source is None or symbol is None or symbol.module is not source:
        return False
    own, other = (each.name.rpartition(".")[2].strip("_") for each in (module, source))
    return bool(own) and bool(other) and (own.startswith(other) or other.startswith(own))


def _is_only_imports(module: Module) -> bool:
    """Whether a module is there to offer names: it imports some, or all that others have, and does nothing else."""
    facts = module.facts
    is_face = len(facts.imports) > 1 or any(fact.name == "*" for fact in facts.imports)
    return is_face and not (facts.classes or facts.functions or facts.bindings or facts.calls)


def offers_unasked(symbol: Definition, module: Module) -> bool:
    """Whether nobody is to be told of a path: a public module offers what is private to its package, or the module is
    deprecated, so that its importers are the business of SSOT306."""
    return _fronts(module, symbol.module) or is_deprecated_module(module)


def _fronts(module: Module, definer: Module) -> bool:
    parts = definer.name.split(".")
    private = next((index for index, part in enumerate(parts) if is_private(part)), None)
    if private is None:
        return False
    inside = module.name.split(".")
    return inside[:private] == parts[:private] and not any(map(is_private, inside[private:]))


def are_side_by_side(symbol: Definition, paths: Sequence[ImportPath], some: Iterable[ImportPath]) -> bool:
    """Whether there are users of another path beside those of each of ``some``: importers outside tests that do not
    just pass the name on to others."""
    carriers = {path.module for path in paths if not is_proper(symbol, path.module)}
    used = [path for path in paths if any(_is_user(module, carriers) for module in path.importers)]
    return len(used) > 1 and any(path in used for path in some)


def _is_user(module: Module, carriers: Iterable[Module]) -> bool:
    return module not in carriers and module.zone not in _NO_USERS


def line_of(path: ImportPath, role: str) -> str:
    """A path in a line of evidence."""
    first = path.uses[0]
    place = f"{first.importer.path}:{first.fact.line}"
    return f"{path.module.name} ({role}): {counted(len(path.importers), 'module')}, first in {place}"


def fact_of(path: ImportPath, role: str) -> Fact:
    """A path as evidence for programs."""
    return {"module": path.module.name, "role": role, "importers": [importer.name for importer in path.importers]}
