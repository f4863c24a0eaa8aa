"""SSOT209 factory-product-drift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.factories import products_of
from ssot_rules.analysis.layout import is_parallel
from ssot_rules.factories._namesakes import found_among_namesakes, has_telling_name, is_accessor, return_other_things

_Products = tuple[ClassSymbol, ...]


@dataclass(frozen=True)
class FactoryProductDrift(Rule):
    """Factories of one name build different classes in different modules.

    Why:
        What a caller gets depends on the import at the top of the file, while the call reads the same everywhere. The
        objects differ in methods and state, so one part of the program does not see what the other has stored.

    Bad:
        # shop/mail.py
        class MailQueue:
            def push(self, text):
                self.last = text

        def create_mail_queue():
            return MailQueue()
        # shop/jobs.py
        class JobMailQueue:
            def put(self, text):
                self.job = text

        def create_mail_queue():
            return JobMailQueue()

    Good:
        # shop/mail.py
        class MailQueue:
            def push(self, text):
                self.last = text

        def create_mail_queue():
            return MailQueue()
        # shop/jobs.py
        class JobMailQueue:
            def put(self, text):
                self.job = text

        def create_job_mail_queue():
            return JobMailQueue()

    Fix:
        Keep one factory and one class; if both classes are needed, name each factory after what it builds.
    """

    code: ClassVar[str] = "SSOT209"
    name: ClassVar[str] = "factory-product-drift"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.HIGH
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per name; info where the products do not look like one thing."""
        return found_among_namesakes(project, self, is_accessor, _found_among)


def _found_among(project: Project, group: tuple[FunctionSymbol, ...]) -> Finding | None:
    """For :func:`found_among_namesakes`."""
    products = {function: built for function in group if (built := products_of(project, function))}
    if len(set(products.values())) < 2:
        return None
    home, reason = project.home_among(list(products))
    drifted = {other: built for other, built in products.items() if _drifts(project, home, other, products)}
    return _finding(project, home, reason, {home: products[home], **drifted}) if drifted else None


def _drifts(
    project: Project, home: FunctionSymbol, other: FunctionSymbol, products: Mapping[FunctionSymbol, _Products]
) -> bool:
    """Whether the two build nothing in common, although they are meant to be the same: their name says enough, or
    their products are namesakes too. What both say in their annotations is meant so."""
    if is_parallel(home.module, other.module) or return_other_things(home, other):
        return False
    pairs = [(one, another) for one in products[home] for another in products[other]]
    if any(_is_kin(project, one, another) for one, another in pairs):
        return False
    if _package(home) == _package(other) and any(_are_back_ends(project, one, another) for one, another in pairs):
        return False
    return has_telling_name(home) or _share_name(products[home], products[other])


def _is_kin(project: Project, one: ClassSymbol, other: ClassSymbol) -> bool:
    """Whether one class is the other, or what the other inherits from."""
    return one in project.ancestry(other) or other in project.ancestry(one)


def _are_back_ends(project: Project, one: ClassSymbol, other: ClassSymbol) -> bool:
    """Whether two classes of one name stand for one interface: the settings say which of the modules is loaded."""
    return one.name == other.name and not {*project.ancestry(one)}.isdisjoint(project.ancestry(other))


def _package(function: FunctionSymbol) -> str:
    return function.module.name.rpartition(".")[0]


def _share_name(some: _Products, others: _Products) -> bool:
    return bool({cls.name for cls in some} & {cls.name for cls in others})


def _are_of_one_role(some: _Products, others: _Products) -> bool:
    """Whether the names of two products end with the same word: MailQueue and JobQueue are queues."""
    return bool({words(cls.name)[-1:] for cls in some} & {words(cls.name)[-1:] for cls in others})


def _is_drift(
    project: Project, home: FunctionSymbol, other: FunctionSymbol, products: Mapping[FunctionSymbol, _Products]
) -> bool:
    """Whether two factories may have been one: released together, asked for the same or by nothing, for products of one
    role. Where each serves its own module alone, no import line decides what a caller gets."""
    is_apart = home.module.source.distribution != other.module.source.distribution
    if _serves_its_module(project, home) and _serves_its_module(project, other):
        return False
    return not (is_apart or _take_other_things(home, other)) and _are_of_one_role(products[home], products[other])


def _serves_its_module(project: Project, function: FunctionSymbol) -> bool:
    callers = {call.module for call in project.calls_of(function)}
    return callers == {function.module} and not project.importers_of(function)


def _take_other_things(home: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether callers of neither could call the other: each has parameters that the other has not."""
    here, there = ({parameter.name for parameter in function.fact.parameters} for function in (home, other))
    return bool(here - there) and bool(there - here)


def _finding(
    project: Project, home: FunctionSymbol, reason: str, products: Mapping[FunctionSymbol, _Products]
) -> Finding:
    drifted = [function for function in products if function is not home]
    classes = len({cls for built in products.values() for cls in built})
    lines = [
        f"{function.module.path}:{function.fact.line} builds {listed([cls.id for cls in built])}"
        for function, built in products.items()
    ]
    return FactoryProductDrift.finding(
        subject=home.name,
        message=(
            f"`{home.name}` builds {classes} different classes in {counted(len(products), 'module')}: "
            f"keep {home.id}, {reason}"
        ),
        remedy=(
            f"Let the callers of {listed([other.id for other in drifted])} import {home.id}; where the other class is "
            f"needed, rename its factory after it"
        ),
        home=home_of(home, reason),
        sites=tuple(
            site_of(other, f"builds {_named(products[other])}, {home.id} builds {_named(products[home])}")
            for other in drifted
        ),
        evidence={
            "products": {function.id: [cls.id for cls in built] for function, built in products.items()},
            "text": lines,
        },
        severity=None if any(_is_drift(project, home, other, products) for other in drifted) else Severity.INFO,
    )


def _named(classes: _Products) -> str:
    return listed([f"`{cls.id}`" for cls in classes])
