"""SSOT202 factory-bypass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import ResultUse
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.probe import Kind
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project, call_site, home_of
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted
from ssot_rules.analysis.declared_factories import enclosing_functions
from ssot_rules.analysis.factories import is_factory_of, owner_of
from ssot_rules.analysis.idle_copies import CALLED_ON_CLASS
from ssot_rules.analysis.imports import importers_by_name
from ssot_rules.analysis.vocabulary import CREATION_VERBS
from ssot_rules.factories._ways import Way, ways_to_build

# One or two that pass a kept instance by may need one of their own; three have not heard of it.
_HABIT = 3
# Users for each module that passes a factory by, from which on it is the way.
_MOST = 2
_BUILDER = "builder"


@dataclass(frozen=True)
class FactoryBypass(Rule):
    """A class is constructed directly although it has a factory of its own.

    Why:
        What the factory does beyond the constructor (defaults, validation, registration, cleanup) does not happen for
        these objects, and the next change to the factory misses them. Where the module keeps one instance for all
        behind a getter, an object of one's own does not know what that has seen. Scored are the factories that a
        component declares; a kept instance that three modules pass by; and a function beside the class that says that
        it makes a new one, if twice as many modules use it as pass it by; but no method of a builder, which makes it of
        what it has collected. Any other construction may have its reason and is only listed.

    Bad:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def send(self, text):
                return f"{self.host}: {text}"

        def create_mailer(host="localhost"):
            return Mailer(host.strip().lower())
        # shop/orders.py
        from shop.mailer import create_mailer

        def confirm(host):
            create_mailer(host).send("thank you")
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
        # shop/orders.py
        from shop.mailer import create_mailer

        def confirm(host):
            create_mailer(host).send("thank you")
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
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.BYPASS,)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per class."""
        found: set[ClassSymbol] = set()
        for way in ways_to_build(project):
            places = self._bypasses(project, way) if way.product not in found else {}
            if places and self._is_rule(project, way, {path for path, _ in places}):
                found.add(way.product)
                yield _finding(way, places, len(self._users(project, way)))

    def _is_rule(self, project: Project, way: Way, bypassing: Collection[str]) -> bool:
        """Whether others get the object in this way: an instance that is kept is one for all, of a factory most have
        to call it."""
        if way.is_declared:
            return True
        users = self._users(project, way)
        return bool(users) and (way.kept is not None or len(bypassing) <= len(users))

    def _users(self, project: Project, way: Way) -> set[str]:
        """The paths of the modules that call one of the factories, or import it."""
        importers = project.derived(importers_by_name)
        users: set[str] = set()
        for factory in way.factories:
            owner = owner_of(factory)
            users.update(call.module.path for call in project.calls_of(factory) if self.applies_to(call.module))
            for symbol in (factory,) if owner is None else (owner,) if owner is not way.product else ():
                modules = importers.get((symbol.module, symbol.name), ())
                users.update(module.path for module in modules if self.applies_to(module))
        return users

    def _bypasses(self, project: Project, way: Way) -> Mapping[tuple[str, int], Sequence[CallReference]]:
        """The direct constructions, by the scope they stand in."""
        found: dict[tuple[str, int], list[CallReference]] = defaultdict(list)
        for call in project.calls_of(way.product):
            if self.applies_to(call.module) and not _is_entitled(project, way, call):
                found[call.module.path, call.fact.scope].append(call)
        return found


def _is_entitled(project: Project, way: Way, call: CallReference) -> bool:
    """Whether a construction stands where the class may be built: in its module, its factories, its subclasses."""
    if way.kept is not None and not _is_made_alike(way, call):
        return True
    if way.kept is not None and _is_override(project, way, call):
        return True
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


def _is_override(project: Project, way: Way, call: CallReference) -> bool:
    """Whether a scope takes the kept instance unless it is told to make another: ``Ids(given) if given else get()``."""
    here = (call.module, call.fact.scope)
    is_choice = bool(call.fact.guard & (Guard.CONDITION | Guard.ELSE))
    return is_choice and any(
        (each.module, each.fact.scope) == here for getter in way.factories for each in project.calls_of(getter)
    )


def _is_made_alike(way: Way, call: CallReference) -> bool:
    """Whether an object is made as the kept one is: one with other arguments may well be another thing."""
    kept = "" if way.kept is None else way.kept.arguments
    named = (f"{each.keyword}={each.text}" if each.keyword else each.text for each in call.fact.arguments)
    return ", ".join(named)[: len(kept) or None] == kept


def _finding(way: Way, places: Mapping[tuple[str, int], Sequence[CallReference]], users: int) -> Finding:
    factory, product = way.factory, way.product
    total = sum(len(calls) for calls in places.values())
    modules = len({path for path, _ in places})
    return FactoryBypass.finding(
        subject=product.id,
        message=(
            f"`{product.name}` is constructed directly {counted(total, 'time')} in {counted(modules, 'module')}, "
            f"past {'the one instance that' if way.kept else 'its factory'} `{factory.qualname}`"
            f"{' hands out' if way.kept else ''}"
        ),
        remedy=(
            f"Call {factory.id} instead of `{product.name}(...)`: what one of them keeps the others do not know"
            if way.kept
            else f"Call {factory.id} instead of `{product.name}(...)`; give it the parameters it lacks"
        ),
        home=home_of(factory, way.reason),
        sites=tuple(_site(way, calls) for calls in places.values()),
        evidence=_evidence(way, places),
        severity=_severity(way, places, users),
    )


def _severity(way: Way, places: Mapping[tuple[str, int], Sequence[CallReference]], users: int) -> Severity | None:
    """Scored where a component declares the way. Of the others only what is a habit: a kept instance that several
    modules pass by, and a maker beside its class that most modules call, and that the others give something else."""
    if way.is_declared:
        return Severity.HIGH
    if all(_cannot_await(way, call) for calls in places.values() for call in calls):
        return Severity.INFO
    modules = len({path for path, _ in places})
    if way.kept is not None:
        return None if modules >= _HABIT else Severity.INFO
    is_maker = way.factory.module is way.product.module and CREATION_VERBS & set(words(way.factory.name))
    is_given = any(call.fact.argument_count for calls in places.values() for call in calls)
    is_scored = is_maker and is_given and not _is_step_of_builder(way.factory)
    return None if is_scored and users >= _MOST * modules else Severity.INFO


def _cannot_await(way: Way, call: CallReference) -> bool:
    """Whether only coroutines can have the object from the factories, and a call stands in no coroutine."""
    around = next(enclosing_functions(call), None)
    is_awaited = bool(way.factories) and all(factory.fact.is_async for factory in way.factories)
    return is_awaited and (around is None or not around.fact.is_async)


def _is_step_of_builder(factory: Symbol) -> bool:
    """Whether a factory makes an object of what its builder has collected: who has that object's data has no use for
    it."""
    if not isinstance(factory, FunctionSymbol) or (owner := owner_of(factory)) is None:
        return False
    is_plain = not any(decorator.name in CALLED_ON_CLASS for decorator in factory.fact.decorators)
    return is_plain and _BUILDER in words(owner.name)


def _site(way: Way, calls: Sequence[CallReference]) -> Site:
    times = f" {counted(len(calls), 'time')}" if len(calls) > 1 else ""
    return call_site(calls[0], f"constructs `{way.product.name}` directly{times}: call {way.factory.id}")


def _evidence(way: Way, places: Mapping[tuple[str, int], Sequence[CallReference]]) -> dict[str, Fact]:
    calls = [call for entry in places.values() for call in entry]
    known = way.factories or (way.factory,)
    lines = [f"factory {factory.module.path}:{factory.fact.line} `{factory.qualname}`" for factory in known[:2]]
    lines += [f"direct  {call.module.path}:{call.fact.line} `{call.fact.callee}(...)`" for call in calls[:4]]
    return {
        "product": way.product.id,
        "factories": [factory.id for factory in known],
        "declared": way.is_declared,
        "kept": way.kept is not None,
        "constructions": [f"{call.module.path}:{call.fact.line}" for call in calls],
        "text": lines,
    }
