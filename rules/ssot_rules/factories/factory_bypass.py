"""SSOT202 factory-bypass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import ParameterKind, ResultUse
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project, call_site, home_of
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted
from ssot_rules.analysis.class_kinds import is_value_type
from ssot_rules.analysis.constructors import constructor_parameters
from ssot_rules.analysis.declared_components import DECLARED
from ssot_rules.analysis.declared_factories import declared_factories, enclosing_functions, undeclared_factories
from ssot_rules.analysis.factories import (
    Factory,
    class_words,
    factories,
    has_factory_name,
    is_factory_class,
    is_factory_of,
    names_class,
    owner_of,
)
from ssot_rules.analysis.imports import importers_by_name
from ssot_rules.analysis.vocabulary import FILLERS, LOOKUP_VERBS, SPECIAL_CASE_WORDS

_REST = (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


@dataclass(frozen=True, slots=True)
class _Way:
    """How to build a class: ``factory``, and why it is that one.

    ``factories`` are those that are named after the class. Where a component declares the factory there are none;
    ``entitled`` are the functions that may construct, and ``products`` all classes that it builds.
    """

    product: ClassSymbol
    factory: Symbol
    reason: str
    factories: tuple[FunctionSymbol, ...] = ()
    entitled: frozenset[FunctionSymbol] = frozenset()
    products: tuple[ClassSymbol, ...] = ()

    @property
    def family(self) -> tuple[ClassSymbol, ...]:
        """The classes that may construct the product."""
        return self.products or (self.product,)

    @property
    def is_declared(self) -> bool:
        return not self.factories


@dataclass(frozen=True)
class FactoryBypass(Rule):
    """A class is constructed directly although it has a factory of its own.

    Why:
        What the factory does beyond the constructor (defaults, validation, registration, cleanup) does not happen for
        these objects, and the next change to the factory misses them.

    Bad:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def send(self, text):
                return f"{self.host}: {text}"

        def create_mailer(host="localhost"):
            return Mailer(host.strip().lower())
        # shop/signup.py
        from shop.mailer import Mailer

        def signup(host):
            Mailer(host).send("welcome")

    Good:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def send(self, text):
                return f"{self.host}: {text}"

        def create_mailer(host="localhost"):
            return Mailer(host.strip().lower())
        # shop/signup.py
        from shop.mailer import create_mailer

        def signup(host):
            create_mailer(host).send("welcome")

    Fix:
        Call the factory. Where it cannot do what the caller needs, give it the parameter.
    """

    code: ClassVar[str] = "SSOT202"
    name: ClassVar[str] = "factory-bypass"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per class."""
        for way in _ways(project):
            places = self._bypasses(project, way)
            if places and (way.is_declared or self._is_custom(project, way, {path for path, _ in places})):
                yield _finding(way, places)

    def _is_custom(self, project: Project, way: _Way, bypassing: Collection[str]) -> bool:
        """Whether the factory is how others get the object: not when most construct it without."""
        importers = project.derived(importers_by_name)
        users: set[str] = set()
        for factory in way.factories:
            owner = owner_of(factory)
            users.update(call.module.path for call in project.calls_of(factory) if self.applies_to(call.module))
            for symbol in (factory,) if owner is None else (owner,) if owner is not way.product else ():
                modules = importers.get((symbol.module, symbol.name), ())
                users.update(module.path for module in modules if self.applies_to(module))
        return len(bypassing) <= max(1, len(users))

    def _bypasses(self, project: Project, way: _Way) -> Mapping[tuple[str, int], Sequence[CallReference]]:
        """The direct constructions, by the scope they stand in."""
        found: dict[tuple[str, int], list[CallReference]] = defaultdict(list)
        for call in project.calls_of(way.product):
            if self.applies_to(call.module) and not _is_entitled(project, way, call):
                found[call.module.path, call.fact.scope].append(call)
        return found


def _ways(project: Project) -> Iterator[_Way]:
    declared = _declared(project)
    yield from declared
    # A class that is declared to be its own factory may be constructed by all.
    known = {way.product.id for way in declared} | {component.factory for component in project.components}
    for product, entries in project.derived(factories).items():
        named = [entry.function for entry in entries if _is_named_after(entry) and _takes_alike(project, entry)]
        if named and product.id not in known and not is_value_type(project, product):
            own = [function for function in named if function.module is product.module]
            home, reason = project.pinned_among(named) or project.home_among(own or named)
            ordered = sorted(named, key=lambda function: (function is not home, function.sort_key))
            yield _Way(product, home, reason, tuple(ordered))


def _is_named_after(factory: Factory) -> bool:
    """``create_mailer`` for Mailer, or a method of ``MailerFactory``.

    Next to the class, a factory may have a longer name (``create_smtp_mailer``), and it may be a getter: elsewhere
    those build special cases, or look objects up.
    """
    function, product = factory.function, factory.product
    owner = owner_of(function)
    if owner is not None and owner is not product and is_factory_class(owner):
        return names_class(owner.name, product)
    if (owner is not None and owner is not product) or not names_class(function.name, product):
        return False
    if function.module is product.module:
        return not SPECIAL_CASE_WORDS & set(words(function.name))
    if not has_factory_name(function.name):
        return False
    rest = _rest_of_name(function.name, product)
    beside = function.module.source.package == product.module.source.package
    return rest <= (FILLERS if beside else FILLERS - LOOKUP_VERBS)


def _takes_alike(project: Project, factory: Factory) -> bool:
    """Whether a caller of the constructor could call the factory: not when it needs something, and all that it takes is
    something else, of which it makes what the constructor takes."""
    taken = constructor_parameters(project, factory.product)
    given = {parameter.name for parameter in taken} if all(each.kind not in _REST for each in taken) else set()
    asked = [parameter for parameter in factory.function.fact.parameters if parameter.name not in ("self", "cls")]
    if any(parameter.kind in _REST for parameter in asked) or all(parameter.default for parameter in asked):
        return True
    return not given or any(parameter.name in given for parameter in asked)


def _rest_of_name(name: str, cls: ClassSymbol) -> set[str]:
    """The words of an identifier without those of the class."""
    parts = words(name)
    start, end = class_words(name, cls) or (0, 0)
    return set(parts[:start] + parts[end:])


def _declared(project: Project) -> list[_Way]:
    """The products of the factories that components declare. The other functions that hand them out are left to
    SSOT507."""
    found: dict[ClassSymbol, _Way] = {}
    for declared in project.derived(declared_factories):
        entitled = declared.entitled.union(each.function for each in undeclared_factories(project, declared))
        for product in declared.products:
            found.setdefault(product, _Way(product, declared.symbol, DECLARED, (), entitled, declared.products))
    return list(found.values())


def _is_entitled(project: Project, way: _Way, call: CallReference) -> bool:
    """Whether a construction stands where the class may be built: in its module, its factories, its subclasses."""
    if call.fact.usage is ResultUse.DECORATOR or call.fact.guard & (Guard.TYPE_CHECKING | Guard.MAIN):
        return True
    cls = call.module.enclosing_class(call.fact.scope)
    ancestry = () if cls is None else project.ancestry(cls)
    if any(call.module is product.module or product in ancestry for product in way.family):
        return True
    around = enclosing_functions(call)
    if way.is_declared:
        return not way.entitled.isdisjoint(around)
    return any(function in way.factories or is_factory_of(project, function, way.product) for function in around)


def _finding(way: _Way, places: Mapping[tuple[str, int], Sequence[CallReference]]) -> Finding:
    factory, product = way.factory, way.product
    total = sum(len(calls) for calls in places.values())
    modules = len({path for path, _ in places})
    return FactoryBypass.finding(
        subject=product.id,
        message=(
            f"`{product.name}` is constructed directly {counted(total, 'time')} in {counted(modules, 'module')}, "
            f"past its factory `{factory.qualname}`"
        ),
        remedy=f"Call {factory.id} instead of `{product.name}(...)`; give it the parameters it lacks",
        home=home_of(factory, way.reason),
        sites=tuple(_site(way, calls) for calls in places.values()),
        evidence=_evidence(way, places),
        severity=Severity.HIGH if way.is_declared else None,
    )


def _site(way: _Way, calls: Sequence[CallReference]) -> Site:
    times = f" {counted(len(calls), 'time')}" if len(calls) > 1 else ""
    return call_site(calls[0], f"constructs `{way.product.name}` directly{times}: call {way.factory.id}")


def _evidence(way: _Way, places: Mapping[tuple[str, int], Sequence[CallReference]]) -> dict[str, Fact]:
    calls = [call for entry in places.values() for call in entry]
    known = way.factories or (way.factory,)
    lines = [f"factory {factory.module.path}:{factory.fact.line} `{factory.qualname}`" for factory in known[:2]]
    lines += [f"direct  {call.module.path}:{call.fact.line} `{call.fact.callee}(...)`" for call in calls[:4]]
    return {
        "product": way.product.id,
        "factories": [factory.id for factory in known],
        "declared": way.is_declared,
        "constructions": [f"{call.module.path}:{call.fact.line}" for call in calls],
        "text": lines,
    }
