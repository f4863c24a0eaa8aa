"""SSOT201 multiple-factories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from ssot_lint.model.finding import Builders, Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, VariableSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted
from ssot_rules.analysis.class_kinds import is_value_type
from ssot_rules.analysis.edits import fix_delegate
from ssot_rules.analysis.factories import Factory, factories, names_class, needs_ordinary_instance, owner_of
from ssot_rules.analysis.layout import is_hook_layout, is_parallel
from ssot_rules.analysis.signatures import required_names
from ssot_rules.analysis.vocabulary import FILLERS, SOURCE_WORDS, WIRING_WORDS

# One thing more is a default that the other lacks; of two, an object of another kind is made.
_OWN_THINGS = 2
_OF_EACH_MODULE = frozenset({"__name__", "__file__"})


@dataclass(frozen=True)
class MultipleFactories(Rule):
    """A class is built and returned by public factories of several modules.

    Why:
        Each factory has its own idea of how the object is wired: defaults, caches and cleanup drift apart, and which
        of them an object came from decides how it behaves. A new constructor argument must be added everywhere.
        Factories that set up different things are only listed: those that give the constructor two arguments of which
        the other has none, each for a purpose of its own. What hands over the ``__name__`` of its module, as the entry
        point of a program does, makes the object of that module, and is exempt.

    Bad:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def send(self, text):
                return f"{self.host}: {text}"

        def create_mailer():
            return Mailer("localhost")
        # shop/signup.py
        from shop.mailer import Mailer

        def make_mailer():
            return Mailer("mail.example.org")

    Good:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def send(self, text):
                return f"{self.host}: {text}"

        def create_mailer(host="localhost"):
            return Mailer(host)
        # shop/signup.py
        from shop.mailer import create_mailer

        def signup_mailer():
            return create_mailer("mail.example.org")

    Fix:
        Keep the factory next to the class, give it the parameters in which the others differ, and let them call it.
    """

    code: ClassVar[str] = "SSOT201"
    name: ClassVar[str] = "multiple-factories"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per product."""
        for product, entries in project.derived(factories).items():
            functions = [entry.function for entry in entries if self._counts(entry)]
            wrappers = [entry for entry in entries if entry.is_wrapper and not _hides_its_builder(entry)]
            if not self.applies_to(product.module) or is_value_type(project, product):
                continue
            for group in project.comparable_groups(functions):
                builders = _without_own_sources(project, product, group)
                modules = [builder.module for builder in builders]
                if len(set(modules)) > 1 and not is_hook_layout(modules):
                    yield _finding(project, product, builders, wrappers)

    def _counts(self, factory: Factory) -> bool:
        if (factory.is_wrapper and not _hides_its_builder(factory)) or not self.applies_to(factory.function.module):
            return False
        return not needs_ordinary_instance(factory.function)


def _hides_its_builder(factory: Factory) -> bool:
    """Whether a factory delegates to a private function of its own module: that is a part of it."""
    via = factory.via
    return via is not None and via.name.startswith("_") and via.module is factory.function.module


def _without_own_sources(
    project: Project, product: ClassSymbol, builders: Sequence[FunctionSymbol]
) -> list[FunctionSymbol]:
    """The factories without those that say what they make the object of, and no other says so too; and without those
    elsewhere that hand the constructor a constant of their own module, or its name: that is what they are for."""
    return [
        builder
        for builder in builders
        if not (_names_source(builder) and not any(_is_namesake(builder, other, product) for other in builders))
        and not (builder.module is not product.module and _passes_own_constant(project, product, builder))
    ]


def _names_source(builder: FunctionSymbol) -> bool:
    """Whether a factory says what it makes the object of, other than of how the program is set up: where the arguments
    come from makes no other object."""
    parts = words(builder.name)
    places = [place for place, part in enumerate(parts) if part in SOURCE_WORDS]
    if not places:
        return False
    is_in_own_class = owner_of(builder) is not None
    return is_in_own_class or WIRING_WORDS.isdisjoint(parts[places[-1] :])


def _is_namesake(one: FunctionSymbol, other: FunctionSymbol, product: ClassSymbol) -> bool:
    """Whether two factories of different modules are called for the same purpose."""
    return one.module is not other.module and _purpose(one, product) == _purpose(other, product)


def _passes_own_constant(project: Project, product: ClassSymbol, builder: FunctionSymbol) -> bool:
    return any(
        _is_own_constant(builder, argument.text.partition(".")[0])
        for call in project.calls_of(product)
        if call.module is builder.module and call.fact.scope == builder.fact.scope
        for argument in call.fact.arguments
    )


def _is_own_constant(builder: FunctionSymbol, name: str) -> bool:
    is_bound = isinstance(builder.module.namespace.get(name), VariableSymbol)
    return name in _OF_EACH_MODULE or (is_bound and name.isupper())


def _home(project: Project, product: ClassSymbol, builders: Sequence[FunctionSymbol]) -> tuple[FunctionSymbol, str]:
    """The declared factory, else one in the product's own module, else the usual choice."""
    declared = {component.factory for component in project.components if component.factory}
    for builder in builders:
        if builder.id in declared:
            return builder, "declared in the configuration"
    own = [builder for builder in builders if builder.module is product.module]
    pinned = project.pinned_among(builders)
    home, reason = pinned or project.home_among(own or builders)
    return home, f"stands in the module of `{product.name}`" if own and pinned is None else reason


def _finding(
    project: Project, product: ClassSymbol, builders: Sequence[FunctionSymbol], wrappers: Sequence[Factory]
) -> Finding:
    home, reason = _home(project, product, builders)
    others = [builder for builder in builders if builder.module is not home.module]
    modules = len({builder.module for builder in builders})
    names = ", ".join(f"`{other.qualname}`" for other in others)
    passed_on = f" (besides {counted(len(wrappers), 'delegating wrapper')})" if wrappers else ""
    return MultipleFactories.finding(
        subject=product.id,
        message=(
            f"`{product.name}` is built by {len(builders)} factories in {counted(modules, 'module')}{passed_on}: "
            f"keep {home.id}"
        ),
        remedy=(
            f"Keep {home.id}; give it the parameters in which the others differ, and let {names} call it "
            f"instead of `{product.name}(...)`, or delete them"
        ),
        home=home_of(home, reason),
        sites=tuple(
            site_of(other, f"builds `{product.name}` itself: use {home.id}", fix_delegate(project, home, other))
            for other in others
        ),
        evidence=_evidence(product, home, builders, wrappers),
        severity=None if _is_serious(project, product, builders) else Severity.INFO,
        component=Builders(product.id),
    )


def _is_serious(project: Project, product: ClassSymbol, builders: Sequence[FunctionSymbol]) -> bool:
    """Whether there is one to call instead of the others: chosen by the project; or in the product's own module, for
    no purpose of its own; or two that are called the same, and not for their place in parallel folders. All of them
    say what they make: ``init`` and ``open_repo`` do two things. Others build what differs, each for a purpose of its
    own."""
    if project.pinned_among(builders) is not None:
        return True
    if {builder.id for builder in builders} & {component.factory for component in project.components}:
        return True
    named = [builder for builder in builders if names_class(builder.qualname, product)]
    alike = [pair for pair in combinations(named, 2) if _are_alike(*pair) and _give_alike(project, product, *pair)]
    return any(
        _is_general(one, product) or _is_general(other, product)
        for one, other in alike
        if one.module is not other.module
    ) or any(_is_namesake(*pair, product) and not is_parallel(pair[0].module, pair[1].module) for pair in alike)


def _give_alike(project: Project, product: ClassSymbol, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two factories set up the same kind of object: not where either gives the constructor things of which the
    other has none, or hands over a mapping that others have filled."""
    given, given_there = _given(project, product, one), _given(project, product, other)
    if "**" in given | given_there:
        return False
    return len(given - given_there) < _OWN_THINGS and len(given_there - given) < _OWN_THINGS


def _given(project: Project, product: ClassSymbol, builder: FunctionSymbol) -> frozenset[str]:
    """What a factory gives the constructor: keywords and places; ``**`` for a mapping that is no parameter."""
    names = {parameter.name for parameter in builder.fact.parameters}
    arguments = [
        (place, argument)
        for call in project.calls_of(product)
        if call.module is builder.module and call.fact.scope == builder.fact.scope
        for place, argument in enumerate(call.fact.arguments)
        if argument.star != "**" or argument.text not in names
    ]
    return frozenset(argument.star or argument.keyword or str(place) for place, argument in arguments)


def _is_general(builder: FunctionSymbol, product: ClassSymbol) -> bool:
    return builder.module is product.module and not _purpose(builder, product)


def _are_alike(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether who calls one of two factories could call the other: not where each needs something else."""
    needed, needed_there = required_names(one), required_names(other)
    return not needed or not needed_there or bool(needed & needed_there)


def _purpose(builder: FunctionSymbol, product: ClassSymbol) -> frozenset[str]:
    """What the name of a factory says beyond what it builds: ``signup`` in ``make_signup_mailer``."""
    return frozenset(words(builder.qualname)) - FILLERS - frozenset(words(product.name))


def _evidence(
    product: ClassSymbol, home: FunctionSymbol, builders: Sequence[FunctionSymbol], wrappers: Sequence[Factory]
) -> dict[str, Fact]:
    lines = [
        f"{builder.module.path}:{builder.fact.line} `{builder.qualname}` calls `{product.name}(...)`"
        for builder in (home, *(other for other in builders if other is not home))
    ]
    return {
        "product": product.id,
        "builders": [builder.id for builder in builders],
        "wrappers": [
            {"symbol": entry.function.id, "delegates_to": entry.via.id} for entry in wrappers if entry.via is not None
        ],
        "text": lines,
    }
