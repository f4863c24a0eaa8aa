"""SSOT407 shared-constructor-state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import AttributeAssignment, Mutation
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.project.containers import attribute_changes
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.analysis.containers import is_container, is_shared_by_name


@dataclass(frozen=True, slots=True)
class _Stored:
    """An assignment in a constructor that stores an object which other instances get too. ``shared`` describes that
    object, ``home`` is its definition if it has a name of its own."""

    cls: ClassSymbol
    constructor: FunctionSymbol
    fact: AttributeAssignment
    shared: str
    home: Home | None
    remedy: str


@dataclass(frozen=True)
class SharedConstructorState(Rule):
    """A constructor stores a module-level container or a mutable default, and methods change it.

    Why:
        The attribute looks like the instance's own, but it is the same list or dict for all of them. The first instance
        that changes it changes the defaults of every later one: data of one user turns up with the next.

    Bad:
        # shop/basket.py
        class Basket:
            def __init__(self, items=[]):
                self.items = items

            def add(self, item):
                self.items.append(item)

    Good:
        # shop/basket.py
        class Basket:
            def __init__(self, items=()):
                self.items = list(items)

            def add(self, item):
                self.items.append(item)

    Fix:
        Store a copy: ``list(items)``, ``dict(DEFAULTS)``, ``copy.deepcopy(DEFAULTS)``. Give the parameter the default
        None or an empty tuple.
    """

    code: ClassVar[str] = "SSOT407"
    name: ClassVar[str] = "shared-constructor-state"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per attribute."""
        for module in project.modules:
            if self.applies_to(module):
                for stored in _stored(project, module):
                    if made := _changes(project, stored.cls, stored.fact.name):
                        yield _finding(stored, made)


def _stored(project: Project, module: Module) -> Iterator[_Stored]:
    for fact in module.facts.attributes:
        if fact.value is None or fact.value.kind is not ValueKind.NAME:
            continue
        constructor = module.scope_symbol(fact.scope)
        cls = module.enclosing_class(fact.scope)
        if cls is None or not isinstance(constructor, FunctionSymbol) or constructor.name != "__init__":
            continue
        found = _shared_object(project, constructor, fact.value)
        if found is not None and not _is_meant(module, fact):
            yield _Stored(cls, constructor, fact, *found)


def _is_meant(module: Module, fact: AttributeAssignment) -> bool:
    """Whether the attribute is called a cache or the like, or gets another value in the same constructor."""
    again = sum(other.name == fact.name and other.scope == fact.scope for other in module.facts.attributes)
    return again > 1 or is_shared_by_name(fact.name, "" if fact.value is None else fact.value.text)


def _shared_object(project: Project, constructor: FunctionSymbol, value: Value) -> tuple[str, Home | None, str] | None:
    """What makes a stored name one object for all instances: its description, home, and the way out."""
    default = next((entry.default for entry in constructor.fact.parameters if entry.name == value.text), value)
    if default is not value and is_container(default):
        remedy = f"Give `{value.text}` the default None or an empty tuple and store a copy of it"
        return f"the mutable default of its parameter `{value.text}`", None, remedy
    if default is None or default.kind is not ValueKind.NAME:
        return None
    variable = project.resolve(constructor.module, constructor.fact.scope, default.text).symbol
    if not isinstance(variable, VariableSymbol) or not is_container(variable.fact.value):
        return None
    home = home_of(variable, "the object that all instances share")
    return f"the module-level `{default.text}`", home, f"Store a copy of `{default.text}`, and leave it unchanged"


def _changes(project: Project, cls: ClassSymbol, name: str) -> list[tuple[FunctionSymbol, Mutation]]:
    """The in-place changes of an attribute by the methods of a class and its ancestors."""
    return [
        (method, fact)
        for ancestor in project.ancestry(cls)
        for changed, method, fact in attribute_changes(ancestor)
        if changed == name
    ]


def _finding(stored: _Stored, changes: Sequence[tuple[FunctionSymbol, Mutation]]) -> Finding:
    cls, fact = stored.cls, stored.fact
    methods = list(dict.fromkeys(method.qualname for method, _ in changes))
    symbol = f"{cls.id}.{fact.name}"
    place = Location(cls.module.path, fact.line, fact.column, fact.line)
    message = f"`{stored.constructor.qualname}` stores {stored.shared} as `{fact.name}`"
    return SharedConstructorState.finding(
        subject=symbol,
        message=f"{message}, one object for all instances, and {listed(methods)} changes it",
        remedy=stored.remedy,
        home=stored.home,
        sites=(Site(place, cls.module.name, symbol, message),),
        evidence={
            "methods": list(methods),
            "text": [
                f"{place.path}:{fact.line} stores {stored.shared}",
                *(
                    f"{method.module.path}:{change.line} {method.qualname}: {change.target}, {change.operation}"
                    for method, change in changes
                ),
            ],
        },
    )
