"""The ways in which the project means its classes to be built: a factory, or the instance that a getter hands out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.model.facts import Call, Parameter, ParameterKind
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_instances import constructs_once
from ssot_rules.analysis.class_kinds import Kind, is_value_type, kind_of
from ssot_rules.analysis.constructors import constructor_parameters
from ssot_rules.analysis.declared_components import DECLARED
from ssot_rules.analysis.declared_factories import declared_factories, undeclared_factories
from ssot_rules.analysis.factories import (
    Factory,
    class_words,
    factories,
    has_factory_name,
    is_factory_class,
    names_class,
    owner_of,
)
from ssot_rules.analysis.singletons import Singleton, class_singletons, lazy_singletons, module_singletons
from ssot_rules.analysis.vocabulary import (
    CREATION_VERBS,
    FILLERS,
    INSTANCE_NAMES,
    LOOKUP_VERBS,
    REQUEST_WORDS,
    SPECIAL_CASE_WORDS,
)

_REST = (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)
# One name that two signatures have in common may be chance (`name`, `config`); two are the same things.
_COMMON_NAMES = 2


@dataclass(frozen=True, slots=True)
class Way:
    """How to build a class: ``factory``, and why it is that one.

    ``factories`` are those that are named after the class, or the getters of the instance that its module keeps: then
    ``kept`` is that instance. Where a component declares the factory there are none; ``entitled`` are the functions
    that may construct, and ``products`` all classes that it builds.
    """

    product: ClassSymbol
    factory: Symbol
    reason: str
    factories: tuple[FunctionSymbol, ...] = ()
    entitled: frozenset[FunctionSymbol] = frozenset()
    products: tuple[ClassSymbol, ...] = ()
    kept: Singleton | None = None

    @property
    def family(self) -> tuple[ClassSymbol, ...]:
        """The classes that may construct the product."""
        return self.products or (self.product,)

    @property
    def is_declared(self) -> bool:
        return not self.factories


def ways_to_build(project: Project) -> Iterator[Way]:
    """The ways of all classes that have one, each class's declared way alone, its kept instance before its factory."""
    declared = _declared(project)
    yield from declared
    # A class that is declared to be its own factory may be constructed by all.
    known = {way.product.id for way in declared} | {component.factory for component in project.components}
    for way in (*_kept(project), *_named(project)):
        if way.product.id not in known and not _is_made_everywhere(project, way.product):
            yield way


def _is_made_everywhere(project: Project, cls: ClassSymbol) -> bool:
    """Whether objects of a class are data, or rows of a table, which are copied and imported by hand as well."""
    return is_value_type(project, cls) or kind_of(project, cls) is Kind.ORM_MODEL


def _declared(project: Project) -> list[Way]:
    """The products of the factories that components declare. The other functions that hand them out are left to
    SSOT507."""
    found: dict[ClassSymbol, Way] = {}
    for declared in project.derived(declared_factories):
        entitled = declared.entitled.union(each.function for each in undeclared_factories(project, declared))
        for product in declared.products:
            found.setdefault(product, Way(product, declared.symbol, DECLARED, (), entitled, declared.products))
    return list(found.values())


def _kept(project: Project) -> Iterator[Way]:
    """The classes whose own module keeps one instance, and hands it out by a public function or class method."""
    for analysis in (lazy_singletons, module_singletons, class_singletons):
        for kept in project.derived(analysis):
            if len(kept.products) != 1 or "default" in words(kept.holder.name):
                continue
            product = kept.products[0]
            getters = tuple(_getters(product, kept))
            if getters and product.module is kept.holder.module and not constructs_once(project, product):
                yield Way(product, getters[0], "hands out the one instance", getters, kept=kept)


def _getters(product: ClassSymbol, kept: Singleton) -> Iterator[FunctionSymbol]:
    module = product.module
    functions = module.methods(product) if kept.holder is product else module.top_level_functions
    for function in functions:
        is_open = not function.name.startswith("_") and "default" not in words(function.name)
        names = (value.text for value in function.fact.returned if value.kind is ValueKind.NAME)
        if is_open and any(_is_holder(function, name, kept) for name in names):
            yield function


def _is_holder(function: FunctionSymbol, text: str, kept: Singleton) -> bool:
    if isinstance(kept.holder, ClassSymbol):
        is_class_method = any(decorator.name == "classmethod" for decorator in function.fact.decorators)
        return is_class_method and text.rpartition(".")[2].strip("_") in INSTANCE_NAMES
    return text == kept.holder.name


def _named(project: Project) -> Iterator[Way]:
    """The classes that have factories named after them, which do more than call the constructor."""
    for product, entries in project.derived(factories).items():
        named = [entry.function for entry in entries if _is_named_after(entry) and _takes_alike(project, entry)]
        if any(_adds_something(function) for function in named):
            own = [function for function in named if function.module is product.module]
            home, reason = project.pinned_among(named) or project.home_among(own or named)
            ordered = sorted(named, key=lambda function: (function is not home, function.sort_key))
            yield Way(product, home, reason, tuple(ordered))


def _is_named_after(factory: Factory) -> bool:
    """``create_mailer`` for Mailer, a method of ``MailerFactory``, an async ``Mailer.create``: a constructor cannot
    await.

    Next to the class, a factory may have a longer name (``create_smtp_mailer``), and it may be a getter: elsewhere
    those build special cases, or look objects up.
    """
    function, product = factory.function, factory.product
    owner, parts = owner_of(function), set(words(function.name))
    if _asks_for_request(function):
        return False
    if owner is not None and owner is not product and is_factory_class(owner):
        return names_class(owner.name, product)
    if owner is product and function.fact.is_async and CREATION_VERBS & parts:
        return not SPECIAL_CASE_WORDS & parts
    if (owner is not None and owner is not product) or not names_class(function.name, product):
        return False
    if function.module is product.module:
        return not SPECIAL_CASE_WORDS & parts
    if not has_factory_name(function.name):
        return False
    rest = _rest_of_name(function.name, product)
    beside = function.module.source.package == product.module.source.package
    return rest <= (FILLERS if beside else FILLERS - LOOKUP_VERBS)


def _asks_for_request(function: FunctionSymbol) -> bool:
    """Whether a function takes the request that is served: it looks up what belongs to that."""
    return any(
        parameter.name in REQUEST_WORDS or REQUEST_WORDS & set(words(parameter.annotation)[-1:])
        for parameter in function.fact.parameters
    )


def _takes_alike(project: Project, factory: Factory) -> bool:
    """Whether a caller of the constructor could call the factory: not when it needs something else, of which it makes
    what the constructor takes."""
    taken = constructor_parameters(project, factory.product)
    given = {parameter.name for parameter in taken} if all(each.kind not in _REST for each in taken) else set()
    asked = [parameter for parameter in factory.function.fact.parameters if parameter.name not in ("self", "cls")]
    needed = {parameter.name for parameter in asked if not parameter.default}
    if any(parameter.kind in _REST for parameter in asked) or not given or needed <= given:
        return True
    return len(given & {parameter.name for parameter in asked}) >= min(_COMMON_NAMES, len(given))


def _adds_something(factory: FunctionSymbol) -> bool:
    """Whether a factory does more than hand its parameters on to the constructor."""
    if factory.fact.is_async or factory.fact.is_generator or factory.fact.body.statements > 1:
        return True
    return not all(_hands_on(call, factory.fact.parameters) for call in factory.module.calls(factory))


def _hands_on(call: Call, parameters: tuple[Parameter, ...]) -> bool:
    names = {parameter.name for parameter in parameters}
    return all(argument.text in names for argument in call.arguments)


def _rest_of_name(name: str, cls: ClassSymbol) -> set[str]:
    """The words of an identifier without those of the class."""
    parts = words(name)
    start, end = class_words(name, cls) or (0, 0)
    return set(parts[:start] + parts[end:])
