"""The factories that components declare, and the others that build the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.component import Component
from ssot_lint.model.syntax import MODULE_SCOPE, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol, VariableSymbol
from ssot_rules.analysis.declared_components import component_home, find_symbol
from ssot_rules.analysis.factories import (
    Factory,
    annotated_class,
    built_classes,
    delegates_of,
    factories,
    is_factory_of,
    may_build,
    needs_ordinary_instance,
    owner_of,
)
from ssot_rules.analysis.singletons import is_cached


@dataclass(frozen=True, slots=True)
class DeclaredFactory:
    """The one way to build ``products``, as a component declares it.

    ``symbol`` is a function, or a class whose methods are meant. ``entitled`` are those functions and what they call:
    they may construct. ``products`` is the component's home, and what the factory builds that inherits from it; without
    a declared home, what the factory builds, or says it returns.
    """

    component: Component
    symbol: Symbol
    products: tuple[ClassSymbol, ...]
    entitled: frozenset[FunctionSymbol]


def declared_factories(project: Project) -> tuple[DeclaredFactory, ...]:
    """The factories of all components, in their order. For :meth:`Project.derived`."""
    found = []
    for component in project.components:
        symbol = find_symbol(project, component.factory)
        functions = _functions_of(project, symbol)
        products = tuple(cls for cls in _products(project, component, functions) if cls is not symbol)
        if symbol is not None and products:
            found.append(DeclaredFactory(component, symbol, products, _entitled(project, functions)))
    return tuple(found)


def undeclared_factories(project: Project, declared: DeclaredFactory) -> list[Factory]:
    """The public functions and methods that hand out a new object of one of the products, by place.

    Not the factories that components declare and what these call; nor methods of an object that already is a product
    (copies), nor what belongs to a subclass. A wrapper of one of them is settled with it, and one of the declared
    factory is none; what remains are wrappers of a function that may construct.
    """
    right = project.derived(declared_factories)
    entitled = frozenset[FunctionSymbol]().union(*(each.entitled for each in right))
    found: dict[FunctionSymbol, Factory] = {}
    for product in declared.products:
        for factory in (*_builders(project, product), *_wrappers(project, product, declared)):
            function = factory.function
            if function not in entitled and not _belongs_to(project, function, declared.products):
                found.setdefault(function, factory)
    return sorted(found.values(), key=lambda factory: factory.function.sort_key)


def declared_wrappers(project: Project, declared: DeclaredFactory) -> list[Factory]:
    """The public factories that hand out what the declared one gives them, by place. They build nothing themselves."""
    right = frozenset(_functions_of(project, declared.symbol))
    found = {
        factory.function: factory
        for product in declared.products
        for factory in project.derived(factories).get(product, ())
        if factory.function not in right and not right.isdisjoint(delegates_of(project, factory.function))
    }
    return sorted(found.values(), key=lambda factory: factory.function.sort_key)


def way_of_building(project: Project, factory: Factory) -> str:
    """What a factory does: ``cached`` keeps what it built, ``delegating`` has another build it, ``direct`` builds."""
    function = factory.function
    if function.fact.global_names or is_cached(project, function):
        return "cached"
    return "direct" if factory.via is None else "delegating"


def deed_of(factory: Factory) -> str:
    """The same in words, without the keeping: a verb and its object."""
    if factory.via is None:
        return f"builds a `{factory.product.name}` itself"
    return f"returns the `{factory.product.name}` that `{factory.via.qualname}` builds"


def enclosing_functions(call: CallReference) -> Iterator[FunctionSymbol]:
    """The functions around a call, innermost first."""
    scope = call.fact.scope
    while scope != MODULE_SCOPE:
        symbol = call.module.scope_symbol(scope)
        if isinstance(symbol, FunctionSymbol):
            yield symbol
        scope = call.module.facts.scopes[scope].parent


def _functions_of(project: Project, symbol: Symbol | None) -> tuple[FunctionSymbol, ...]:
    """A function, the methods of a class, or what a variable is one more name of."""
    if isinstance(symbol, VariableSymbol):
        symbol = project.resolver.lookup(symbol.module, symbol.name).symbol
    if isinstance(symbol, FunctionSymbol):
        return (symbol,)
    return symbol.module.methods(symbol) if isinstance(symbol, ClassSymbol) else ()


def _products(project: Project, component: Component, functions: tuple[FunctionSymbol, ...]) -> tuple[ClassSymbol, ...]:
    home = component_home(project, component)
    built = [cls for function in functions for cls in built_classes(project, function)]
    if home is not None and home.cls is not None:
        return tuple(dict.fromkeys((home.cls, *(cls for cls in built if home.cls in project.ancestry(cls)))))
    annotated = [annotated_class(project, function) for function in functions]
    return tuple(dict.fromkeys(built or [cls for cls in annotated if cls is not None]))


def _entitled(project: Project, functions: tuple[FunctionSymbol, ...]) -> frozenset[FunctionSymbol]:
    """Some functions, those that they call, and so on."""
    seen: set[FunctionSymbol] = set()
    pending = list(functions)
    while pending:
        function = pending.pop()
        if function not in seen:
            seen.add(function)
            scope = function.fact.scope
            called = (project.resolve(function.module, scope, call.callee) for call in function.module.calls(function))
            pending.extend(found.symbol for found in called if isinstance(found.symbol, FunctionSymbol))
    return frozenset(seen)


def _builders(project: Project, product: ClassSymbol) -> Iterator[Factory]:
    """The functions that construct a product and hand it out."""
    for call in project.calls_of(product):
        function = next(enclosing_functions(call), None)
        if function is not None and may_build(function) and _hands_out(project, function, product):
            yield Factory(function, product, None)


def _hands_out(project: Project, function: FunctionSymbol, product: ClassSymbol) -> bool:
    """Whether a function that constructs a product returns it, as far as its code or its name tells: as the new object,
    or as what it has put it into."""
    if is_factory_of(project, function, product):
        return True
    returned = {value.text for value in function.fact.returned if value.kind is ValueKind.NAME}
    return any(
        fact.value is not None
        and f"{fact.owner}.{fact.name}" in returned
        and project.constructed_class(function.module, fact.scope, fact.value) is product
        for fact in function.module.attributes(function)
    )


def _wrappers(project: Project, product: ClassSymbol, declared: DeclaredFactory) -> Iterator[Factory]:
    """The factories that return, past the declared one, what a function builds that may."""
    right = frozenset(_functions_of(project, declared.symbol))
    for factory in project.derived(factories).get(product, ()):
        function, via = factory.function, factory.via
        if via is None or not _may_construct(via, product, declared):
            continue
        if right.isdisjoint(delegates_of(project, function)):
            yield factory


def _may_construct(function: FunctionSymbol, product: ClassSymbol, declared: DeclaredFactory) -> bool:
    """Whether nobody minds that a function builds: the declared factory calls it, or it is private to the product's
    module."""
    return function in declared.entitled or (function.module is product.module and not may_build(function))


def _belongs_to(project: Project, function: FunctionSymbol, products: Sequence[ClassSymbol]) -> bool:
    """Whether a method is that of a product object, or of a subclass."""
    owner = owner_of(function)
    if owner is None or not set(products) & set(project.ancestry(owner)):
        return False
    return owner not in products or needs_ordinary_instance(function)
