"""SSOT301 import-path-variant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.facts import Binding, Import
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.retirement import is_deprecated_module
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, VariableSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted
from ssot_rules.analysis.imports import is_within, place_of

Definition = ClassSymbol | FunctionSymbol

_CHOSEN = Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT | Guard.CONDITION | Guard.ELSE
"""A module that chooses between sources of a name is the one that offers it."""

_ROLES = ("definition", "detour", "package", "other")


@dataclass(frozen=True, slots=True, eq=False)
class _Path:
    """A module that a symbol is imported from, and the imports that do so."""

    module: Module
    uses: tuple[ImportReference, ...]

    @property
    def importers(self) -> tuple[Module, ...]:
        return tuple(dict.fromkeys(use.importer for use in self.uses))


@dataclass(frozen=True)
class ImportPathVariant(Rule):
    """A class or function is imported through a module that only happens to import it.

    Why:
        Each path is one more place that must not change: when the module in between stops needing the name,
        unrelated modules break, and nobody who searches for importers of the definition finds them all. Patching
        one path in a test leaves the others untouched.

    Bad:
        # shop/orders.py
        class Order:
            prices = ()
        # shop/cart.py
        from shop.orders import Order

        def total(order: Order) -> int:
            return sum(order.prices)
        # shop/report.py
        from shop.cart import Order
        # shop/export.py
        from shop.orders import Order

    Good:
        # shop/orders.py
        class Order:
            prices = ()
        # shop/cart.py
        from shop.orders import Order

        def total(order: Order) -> int:
            return sum(order.prices)
        # shop/report.py
        from shop.orders import Order
        # shop/export.py
        from shop.orders import Order

    Fix:
        Import the name from the module that defines it, or from a package around that module. If the module in between
        is meant to offer the name, say so there: list it in ``__all__``, write ``import Order as Order``, or name the
        module under the option ``facades``.
    """

    code: ClassVar[str] = "SSOT301"
    name: ClassVar[str] = "import-path-variant"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MOVE_IMPORTS

    facades: Annotated[
        tuple[str, ...],
        Meta(
            description="globs of dotted module names that may offer what other modules define",
            extra={"matches": "modules"},
        ),
    ] = ()

    def check(self, project: Project) -> Iterator[Finding]:
        for symbol, paths in _paths_by_symbol(project):
            shims = [(path, fact) for path in paths if (fact := self._shim(project, symbol, path)) is not None]
            if shims:
                yield _finding(symbol, paths, shims)

    def _shim(self, project: Project, symbol: Definition, path: _Path) -> Import | Binding | None:
        """The statement by which a path's module offers the symbol, if the module is a shim."""
        module = path.module
        if _is_proper(symbol, module) or not self.applies_to(module) or self._is_facade(module, symbol):
            return None
        if not any(self.applies_to(importer) for importer in path.importers):
            return None
        fact = _offer(project, module, symbol.name)
        if fact is None or fact.guard & _CHOSEN:
            return None
        return None if isinstance(fact, Import) and fact.alias == fact.name else fact

    def _is_facade(self, module: Module, symbol: Definition) -> bool:
        facts = module.facts
        return (
            facts.exports_more
            or symbol.name in (facts.exports or ())
            or any(fnmatchcase(module.name, glob) for glob in self.facades)
            or _fronts(module, symbol.module)
            or is_deprecated_module(module)  # its importers are the business of SSOT306
        )


def _paths_by_symbol(project: Project) -> list[tuple[Definition, list[_Path]]]:
    """The paths by which each class and function is imported under its own name, in source order."""
    found: dict[Definition, dict[Module, list[ImportReference]]] = defaultdict(lambda: defaultdict(list))
    detours = {use.resolution.symbol for use in project.imports if len(use.resolution.hops) > 1}
    for use in project.imports:
        symbol = use.resolution.symbol
        if symbol not in detours or not isinstance(symbol, (ClassSymbol, FunctionSymbol)):
            continue
        if symbol.fact.parent != MODULE_SCOPE or use.fact.name != symbol.name:
            continue
        if use.source is not None and use.source is not use.importer:
            found[symbol][use.source].append(use)
    return [
        (symbol, [_Path(module, tuple(found[symbol][module])) for module in sorted(found[symbol], key=_order)])
        for symbol in sorted(found, key=lambda symbol: symbol.sort_key)
    ]


def _order(module: Module) -> str:
    return module.path


def _is_proper(symbol: Definition, module: Module) -> bool:
    """Whether ``module`` defines the symbol or is a package around its definition."""
    home = symbol.module
    return module is home or (module.source.is_package and is_within(home, module))


def _fronts(module: Module, definer: Module) -> bool:
    """Whether ``definer`` is private to a package and ``module`` a public module of that package."""
    parts = definer.name.split(".")
    private = next((index for index, part in enumerate(parts) if _is_private(part)), None)
    if private is None:
        return False
    inside = module.name.split(".")
    return inside[:private] == parts[:private] and not any(map(_is_private, inside[private:]))


def _is_private(part: str) -> bool:
    return part.startswith("_") and not part.startswith("__")


def _offer(project: Project, module: Module, name: str) -> Import | Binding | None:
    """The statement that binds ``name`` in ``module``."""
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


def _finding(symbol: Definition, paths: Sequence[_Path], shims: Sequence[tuple[_Path, Import | Binding]]) -> Finding:
    kind = "class" if isinstance(symbol, ClassSymbol) else "function"
    moved = list(dict.fromkeys(importer for path, _ in shims for importer in path.importers))
    proper = _proper_path(symbol, paths, moved)
    direct = next((len(path.importers) for path in paths if path.module.name == proper), 0)
    detours = _listed([path.module.name for path, _ in shims])
    roles = _roles(symbol, paths, [path for path, _ in shims])
    statement = f"from {proper} import {symbol.name}"
    return ImportPathVariant.finding(
        subject=symbol.id,
        message=(
            f"{kind} `{symbol.name}` of {symbol.module.name} is imported through {detours} by "
            f"{counted(len(moved), 'module')}, from {proper} by {direct}"
        ),
        remedy=(
            f"Write `{statement}` instead of importing it through {detours} ({counted(len(moved), 'module')}); "
            "a module that is meant to offer it says so in its `__all__`"
        ),
        home=home_of(symbol, f"the definition; imported from {proper} by {counted(direct, 'module')}"),
        sites=tuple(_site(symbol, path, fact) for path, fact in shims),
        evidence={
            "text": [_line(path, role) for path, role in roles.items()],
            "kind": kind,
            "import": statement,
            "paths": [_path_fact(path, role) for path, role in roles.items()],
            "rewrites": [_rewrite(symbol, path, proper) for path, _ in shims],
        },
    )


def _proper_path(symbol: Definition, paths: Sequence[_Path], moved: Sequence[Module]) -> str:
    """The path that the modules ``moved`` should write: of those that are proper, the most used one.

    A package is no choice for modules within it: it imports them while it is itself being imported.
    """
    proper = [
        path
        for path in paths
        if path.module is symbol.module
        or (_is_proper(symbol, path.module) and not any(is_within(importer, path.module) for importer in moved))
    ]
    if not proper:
        return symbol.module.name
    best = max(proper, key=lambda path: (len(path.importers), path.module is symbol.module, path.module.name))
    return best.module.name


def _site(symbol: Definition, path: _Path, fact: Import | Binding) -> Site:
    message = (
        f"`{symbol.name}` passes through here on its way from {symbol.module.name} to "
        f"{counted(len(path.importers), 'module')}"
    )
    module = path.module
    return Site(place_of(module, fact), module.name, f"{module.name}:{symbol.name}", message)


def _roles(symbol: Definition, paths: Sequence[_Path], detours: Collection[_Path]) -> dict[_Path, str]:
    """What each path is: the definition, a detour, a package around the definition, or another module (a declared
    facade, say); in that order."""
    roles = {path: _role(symbol, path, detours) for path in paths}
    return dict(sorted(roles.items(), key=lambda item: _ROLES.index(item[1])))


def _role(symbol: Definition, path: _Path, detours: Collection[_Path]) -> str:
    if path.module is symbol.module:
        return "definition"
    if path in detours:
        return "detour"
    return "package" if _is_proper(symbol, path.module) else "other"


def _line(path: _Path, role: str) -> str:
    first = path.uses[0]
    place = f"{first.importer.path}:{first.fact.line}"
    return f"{path.module.name} ({role}): {counted(len(path.importers), 'module')}, first in {place}"


def _path_fact(path: _Path, role: str) -> Fact:
    return {"module": path.module.name, "role": role, "importers": [importer.name for importer in path.importers]}


def _rewrite(symbol: Definition, path: _Path, proper: str) -> Fact:
    return {
        "name": symbol.name,
        "old": path.module.name,
        "new": proper,
        "imports": [{"path": use.importer.path, "line": use.fact.line} for use in path.uses],
    }


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
