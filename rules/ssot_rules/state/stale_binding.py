"""SSOT412 stale-binding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import Binding, BindingKind
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import FunctionSymbol, Module, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import last_part
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.containers import is_container
from ssot_rules.analysis.import_time import production_calls, runs_at_import_only


@dataclass(frozen=True)
class StaleBinding(Rule):
    """A name is imported from a module whose functions give it another value later.

    Why:
        ``from m import x`` copies what ``x`` is at that moment. When a function of ``m`` says ``global x`` and assigns,
        the importer keeps the old object: two modules read one name and see two things, most often None.
        Ships as an inventory: of 12 findings drawn on unseen code 1 were worth acting on as told.

    Bad:
        # shop/state.py
        current = None

        def connect(url):
            global current
            current = url
        # shop/orders.py
        from shop.state import current

        def send(order):
            return current, order

    Good:
        # shop/state.py
        current = None

        def connect(url):
            global current
            current = url
        # shop/orders.py
        from shop import state

        def send(order):
            return state.current, order

    Fix:
        Import the module and read its attribute where it is needed, or call a function of the module that returns it.
    """

    code: ClassVar[str] = "SSOT412"
    name: ClassVar[str] = "stale-binding"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per name, its imports are the sites."""
        yield from project.in_modules(self._found_in)

    def _found_in(self, project: Project, module: Module) -> tuple[Finding, ...]:
        found = []
        for name, bindings in _rebound(project, module).items():
            symbol = module.namespace.get(name)
            if isinstance(symbol, VariableSymbol):
                copies = [use for use in project.imports_of(symbol) if self._is_copy(symbol, use)]
                if copies:
                    found.append(_finding(symbol, bindings, copies))
        return tuple(found)

    def _is_copy(self, symbol: VariableSymbol, use: ImportReference) -> bool:
        """Whether an import takes the name once and for all, and its module is judged."""
        is_early = use.fact.scope == MODULE_SCOPE and not use.fact.guard & Guard.TYPE_CHECKING
        return is_early and use.importer is not symbol.module and self.applies_to(use.importer)


def _rebound(project: Project, module: Module) -> Mapping[str, Sequence[Binding]]:
    """The names of a module that its functions bind anew once it is imported, and where."""
    found: dict[str, list[Binding]] = {}
    for binding in module.derived(_global_bindings) if module.zone is not Zone.TEST else ():
        if _replaces(project, module, binding):
            found.setdefault(binding.name, []).append(binding)
    return found


def _global_bindings(module: Module) -> tuple[Binding, ...]:
    return tuple(each for each in module.facts.bindings if each.scope == MODULE_SCOPE != each.within)


def _replaces(project: Project, module: Module, binding: Binding) -> bool:
    """Whether a binding in a function gives the name another object in a running program. What extends a list in place
    does not, nor what only modules that are being imported call, or only tests."""
    symbol = module.namespace.get(binding.name)
    if binding.kind is BindingKind.AUGMENTED and isinstance(symbol, VariableSymbol) and is_container(symbol.fact.value):
        return False
    function = module.scope_symbol(binding.within)
    if not isinstance(function, FunctionSymbol) or runs_at_import_only(project, module, binding.within):
        return False
    return not project.calls_of(function) or bool(production_calls(project, function))


def _finding(symbol: VariableSymbol, bindings: Sequence[Binding], copies: Sequence[ImportReference]) -> Finding:
    module, name = symbol.module, symbol.name
    functions = list(dict.fromkeys(_function(module, binding) for binding in bindings))
    importers = len({use.importer for use in copies})
    return StaleBinding.finding(
        subject=symbol.id,
        message=(
            f"{counted(importers, 'module')} {'copies' if importers == 1 else 'copy'} `{name}` of {module.name} at "
            f"import, and {listed(functions)} {'binds' if len(functions) == 1 else 'bind'} it anew later"
        ),
        remedy=f"Import the module and read `{last_part(module.name)}.{name}` where it is needed",
        home=home_of(symbol, "the module that binds it"),
        sites=tuple(_site(symbol, use) for use in copies),
        evidence={
            "functions": list(functions),
            "text": [
                f"{module.path}:{binding.line} {_function(module, binding)}: global {name}" for binding in bindings
            ],
        },
    )


def _function(module: Module, binding: Binding) -> str:
    return module.facts.scopes[binding.within].qualname


def _site(symbol: VariableSymbol, use: ImportReference) -> Site:
    fact = use.fact
    place = Location(use.importer.path, fact.line, fact.column, fact.end_line)
    message = f"keeps what `{symbol.name}` is at import: read it from {symbol.module.name} where it is needed"
    return Site(place, use.importer.name, use.importer.name, message)
