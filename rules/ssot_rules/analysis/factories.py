"""What a factory is, and what it builds. Shared by the rules of the family ``factories``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from ssot_lint.model.annotations import annotated_class as class_name_in
from ssot_lint.model.facts import Function, ResultUse
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, ScopeKind, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_kinds import is_value_type
from ssot_rules.analysis.indirect_products import kept_products, yielded_products
from ssot_rules.analysis.vocabulary import (
    ABSTRACT_DECORATORS,
    ACCESSOR_DECORATORS,
    CONTEXT_DECORATORS,
    DEMO_WORDS,
    DOUBLE_WORDS,
    FACTORY_CLASSES,
    FACTORY_NOUNS,
    FACTORY_VERBS,
    FRAMEWORK_DECORATORS,
    PROPERTY_DECORATORS,
)

_NO_OBJECTS = frozenset(
    {ValueKind.CONSTANT, ValueKind.NONE, ValueKind.COMPREHENSION, ValueKind.LAMBDA}
    | {ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.TUPLE}
)
# Wrappers of wrappers are followed that far: bounds the work for generated chains.
_LONGEST_CHAIN = 20
# A function so decorated answers requests, is a declaration, or is called by a framework: nobody builds with it.
_NOT_CALLED = ABSTRACT_DECORATORS | ACCESSOR_DECORATORS | PROPERTY_DECORATORS | FRAMEWORK_DECORATORS


@dataclass(frozen=True, slots=True)
class Factory:
    """A public production function that returns objects of ``product``.

    ``via`` is None when it calls the constructor itself; otherwise it is the factory that it delegates to.
    """

    function: FunctionSymbol
    product: ClassSymbol
    via: FunctionSymbol | None

    @property
    def is_wrapper(self) -> bool:
        return self.via is not None


def factories(project: Project) -> Mapping[ClassSymbol, tuple[Factory, ...]]:
    """The factories of each class, by place. For :meth:`Project.derived`."""
    found: dict[ClassSymbol, list[Factory]] = defaultdict(list)
    for factory in project.in_modules(_factories_in):
        found[factory.product].append(factory)
    return {product: tuple(entries) for product, entries in found.items()}


def _factories_in(project: Project, module: Module) -> tuple[Factory, ...]:
    return tuple(
        factory
        for candidate in project.linked(_candidates_in, module)
        for factory in _factories_of(project, candidate)
        if _is_named_as_factory(project, factory)
    )


class _Candidate(NamedTuple):
    """A function that may be a factory, what it builds itself, and whether it returns what others make."""

    function: FunctionSymbol
    built: tuple[ClassSymbol, ...]
    delegates: bool


def _candidates_in(project: Project, module: Module) -> tuple[_Candidate, ...]:
    functions = module.functions if _is_product_code(module) else ()
    candidates = (
        _Candidate(function, built_classes(project, function), any(_returned_functions(project, function)))
        for function in functions
        if may_build(function) and _may_be_named_so(function)
    )
    return tuple(each for each in candidates if each.built or each.delegates)


def _is_product_code(module: Module) -> bool:
    """Whether a module is there to be used by others: not to make up data that shows or tries something, nor a template
    that no import can name."""
    if module.zone is not Zone.PRODUCTION or "{" in module.path:
        return False
    return not DEMO_WORDS & set(words(module.name.rpartition(".")[2]))


def built_classes(project: Project, function: FunctionSymbol) -> tuple[ClassSymbol, ...]:
    """The classes that a function constructs and returns: directly, through a local, through a module global that it
    fills, or under a return annotation of the class; or that it yields once. By
    place."""
    found = {*project.products(function), *kept_products(project, function)}
    if function.fact.is_generator and _says_that_it_yields(function):
        found |= set(yielded_products(project, function))
    annotated = annotated_class(project, function)
    if annotated is not None and annotated not in found and _constructs(project, function, annotated):
        found.add(annotated)
    return tuple(sorted(found, key=lambda symbol: symbol.sort_key))


def _says_that_it_yields(function: FunctionSymbol) -> bool:
    """Whether a generator says that it is there for what it yields: it is called so, or is a context manager."""
    names = {decorator.name.rpartition(".")[2] for decorator in function.fact.decorators}
    return has_factory_name(function.name) or not names.isdisjoint(CONTEXT_DECORATORS)


def objects_made_by(project: Project, symbol: Symbol | None) -> tuple[ClassSymbol, ...]:
    """The classes that a call of ``symbol`` gives a new object of, values left out: itself, or what a function builds;
    none if it cannot be told."""
    if isinstance(symbol, ClassSymbol):
        return () if is_value_type(project, symbol) else (symbol,)
    if isinstance(symbol, FunctionSymbol) and not symbol.fact.is_generator:
        return tuple(cls for cls in built_classes(project, symbol) if not is_value_type(project, cls))
    return ()


def products_of(project: Project, function: FunctionSymbol) -> tuple[ClassSymbol, ...]:
    """The classes that a function gives a new object of, values left out: what it builds, or else what it has other
    functions build, or else what its annotation says, if it returns the result of a call at all."""
    built = built_classes(project, function)
    if not built:
        built = tuple(dict.fromkeys(product for _, product in _delegated(project, function)))
    said = annotated_class(project, function)
    if not built and said is not None and any(value.kind is ValueKind.CALL for value in function.fact.returned):
        built = (said,)
    return tuple(cls for cls in built if not is_value_type(project, cls))


def annotated_class(project: Project, function: FunctionSymbol) -> ClassSymbol | None:
    """The first-party class that a function says it returns; None and Optional are looked through."""
    return class_in_annotation(project, function.module, function.fact.returns)


def class_in_annotation(project: Project, module: Module, text: str) -> ClassSymbol | None:
    """The first-party class that an annotation means; None and Optional are looked through."""
    name = class_name_in(text)
    return project.resolve_class(module, MODULE_SCOPE, name) if name else None


def names_class(name: str, cls: ClassSymbol) -> bool:
    """Whether an identifier contains the class's name, at word boundaries: ``get_web_socket`` names WebSocket."""
    return class_words(name, cls) is not None


def class_words(name: str, cls: ClassSymbol) -> tuple[int, int] | None:
    """Which words of an identifier, from where up to where, are the class's name. ``websocket`` is WebSocket too."""
    parts, wanted = words(name), "".join(words(cls.name))
    starts = {offset: index for index, offset in enumerate(accumulate(map(len, parts), initial=0))}
    joined = "".join(parts)
    offset = joined.find(wanted) if wanted else -1
    while offset >= 0:
        if offset in starts and offset + len(wanted) in starts:
            return starts[offset], starts[offset + len(wanted)]
        offset = joined.find(wanted, offset + 1)
    return None


def is_factory_of(project: Project, function: FunctionSymbol, cls: ClassSymbol) -> bool:
    """Whether a function, whatever its visibility, is one of the ways to build ``cls``: it returns what it builds, or
    it or its factory class is named after ``cls``."""
    owner = function.module.enclosing_class(function.fact.parent)
    if owner is not None and is_factory_class(owner) and names_class(owner.name, cls):
        return True
    if has_factory_name(function.name) and names_class(function.name, cls):
        return True
    return cls in built_classes(project, function)


def is_factory_class(cls: ClassSymbol) -> bool:
    """Whether a class is called ``...Factory``, ``...Builder`` or ``...Provider``."""
    return words(cls.name)[-1:] != () and words(cls.name)[-1] in FACTORY_CLASSES


def _is_builder(cls: ClassSymbol) -> bool:
    return words(cls.name)[-1:] == ("builder",)


def has_factory_name(name: str) -> bool:
    """Whether an identifier starts with a verb of building, or ends with factory or builder."""
    parts = words(name)
    if parts[:1] == ("async",):
        parts = parts[1:]
    return bool(parts) and (parts[0] in FACTORY_VERBS or parts[-1] in FACTORY_NOUNS)


def is_double(name: str) -> bool:
    """Whether an identifier says that its bearer takes the place of the real thing in a test."""
    return bool(DOUBLE_WORDS & set(words(name)))


def is_called_by_framework(function: FunctionSymbol) -> bool:
    """Whether its decorators say that nobody calls the function by its name: a route, a command, a declaration."""
    return any(decorator.name.rpartition(".")[2] in _NOT_CALLED for decorator in function.fact.decorators)


def owner_of(function: FunctionSymbol) -> ClassSymbol | None:
    """The class whose method a function is."""
    scope = function.module.facts.scopes[function.fact.parent]
    return function.module.classes[scope.index] if scope.kind is ScopeKind.CLASS else None


def may_build(function: FunctionSymbol) -> bool:
    """Whether others may call the function and get an object: asked of every function, so cheap and unresolved."""
    fact: Function = function.fact
    given = fact.yielded if fact.is_generator else fact.returned
    if fact.name.startswith("_") or all(value.kind in _NO_OBJECTS for value in given):
        return False
    if function.module.facts.scopes[fact.parent].kind is ScopeKind.FUNCTION:
        return False
    return not is_called_by_framework(function)


def _may_be_named_so(function: FunctionSymbol) -> bool:
    """What :func:`_is_named_as_factory` asks, as far as names alone tell; test doubles are out."""
    if is_double(function.qualname):
        return False
    if has_factory_name(function.name):
        return True
    owner = owner_of(function)
    if owner is not None and is_factory_class(owner):
        return not _is_builder(owner)
    return "".join(words(function.name)) in "".join(words(function.fact.returns))


def _is_named_as_factory(project: Project, factory: Factory) -> bool:
    """A verb of building, a method of a factory class, or the name of the product with its annotation.

    The steps of a builder hand out the next one: a builder is no product, and its own method needs a verb. A method of
    any other class must say what it builds, and must not implement an interface of its ancestors: there the caller's
    choice is the object, not the factory.
    """
    function, owner = factory.function, owner_of(factory.function)
    if _is_builder(factory.product):
        return False
    if owner is not None and is_factory_class(owner):
        return has_factory_name(function.name) or not _is_builder(owner)
    if owner is None or _needs_no_instance(function):
        return has_factory_name(function.name) or (
            annotated_class(project, function) is factory.product
            and "".join(words(function.name)) == "".join(words(factory.product.name))
        )
    if not has_factory_name(function.name) or not set(words(function.name)) & set(words(factory.product.name)):
        return False
    inherited = (project.resolver.member(base, function.name) for base in project.ancestry(owner)[1:])
    return all(member is None for member in inherited)


def needs_ordinary_instance(function: FunctionSymbol) -> bool:
    """Whether it is a method of an object that is no factory: it derives a product from that object's own state."""
    owner = owner_of(function)
    return owner is not None and not is_factory_class(owner) and not _needs_no_instance(function)


def _needs_no_instance(method: FunctionSymbol) -> bool:
    return any(decorator.name in ("classmethod", "staticmethod") for decorator in method.fact.decorators)


def _factories_of(project: Project, candidate: _Candidate) -> Iterator[Factory]:
    function = candidate.function
    for product in candidate.built:
        yield Factory(function, product, None)
    passed_on: dict[ClassSymbol, FunctionSymbol] = {}
    for builder, product in _delegated(project, function) if candidate.delegates else ():
        if product not in candidate.built:
            passed_on.setdefault(product, builder)
    for product, builder in passed_on.items():
        yield Factory(function, product, builder)


def _delegated(project: Project, function: FunctionSymbol) -> Iterator[tuple[FunctionSymbol, ClassSymbol]]:
    """What the functions build that a function returns the result of, and those that these return in turn."""
    for builder in delegates_of(project, function):
        for product in built_classes(project, builder):
            yield builder, product


def delegates_of(project: Project, function: FunctionSymbol) -> Iterator[FunctionSymbol]:
    """The functions that a function returns the result of, and those that these return in turn; nearest first."""
    seen = {function}
    level = [function]
    for _ in range(_LONGEST_CHAIN):
        following = dict.fromkeys(
            delegate for caller in level for delegate in _returned_functions(project, caller) if delegate not in seen
        )
        yield from following
        seen.update(following)
        level = list(following)


def _returned_functions(project: Project, function: FunctionSymbol) -> Iterator[FunctionSymbol]:
    for value in function.fact.returned:
        if value.kind is ValueKind.CALL:
            symbol = project.resolve(function.module, function.fact.scope, value.text).symbol
            if isinstance(symbol, FunctionSymbol):
                yield symbol


def _constructs(project: Project, function: FunctionSymbol, cls: ClassSymbol) -> bool:
    """Whether a function keeps a new object of ``cls`` and returns something that is not another call's result."""
    if all(value.kind in (ValueKind.CALL, ValueKind.NONE) for value in function.fact.returned):
        return False
    return (cls, function.fact.scope) in project.linked(_kept_constructions_in, function.module)


def _kept_constructions_in(project: Project, module: Module) -> frozenset[tuple[Symbol, int]]:
    """Class and scope of each new object that is assigned to something."""
    return frozenset(
        (call.symbol, call.fact.scope)
        for call in project.calls_in(module)
        if isinstance(call.symbol, ClassSymbol) and call.fact.usage in (ResultUse.ASSIGNED, ResultUse.SELF)
    )


def module_variable_class(project: Project, variable: VariableSymbol) -> ClassSymbol | None:
    """The class of the object that a module-level name is bound to."""
    value = variable.fact.value
    return None if value is None else project.constructed_class(variable.module, MODULE_SCOPE, value)
