"""SSOT407 shared-constructor-state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import AttributeAssignment, Mutation
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.probe import Kind
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Value, ValueKind
from ssot_lint.model.vocabulary import REMOVALS
from ssot_lint.project.containers import attribute_changes
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.analysis.call_arguments import literal_argument
from ssot_rules.analysis.class_instances import constructs_once
from ssot_rules.analysis.containers import begins_empty, is_container, is_shared_by_name
from ssot_rules.analysis.descendants import heirs_of
from ssot_rules.analysis.parts import united
from ssot_rules.analysis.vocabulary import ORDERING_OPERATIONS

_SharedObject = tuple[str, Home | None, str, str]


@dataclass(frozen=True, slots=True)
class _Stored:
    """An assignment in a constructor that stores an object which other instances get too. ``shared`` describes that
    object, ``home`` is its definition if it has a name of its own; ``parameter`` is whose default it is, empty where it
    is stored in any case."""

    cls: ClassSymbol
    constructor: FunctionSymbol
    fact: AttributeAssignment
    shared: str
    home: Home | None
    remedy: str
    parameter: str


@dataclass(frozen=True)
class SharedConstructorState(Rule):
    """A constructor stores a module-level container or a mutable default, and methods change it.

    Why:
        The attribute looks like the instance's own, but it is the same list or dict for all of them. The first instance
        that changes it changes the defaults of every later one: data of one user turns up with the next. A comment
        at the attribute, above the constructor or at the object that says that it is shared or common to all is taken
        at its word.

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
        Give the parameter the default None and make a new object where it is None. Store a copy of an object of the
        module: ``dict(DEFAULTS)``, ``copy.deepcopy(DEFAULTS)``. What callers hand in is copied only if they do not
        read it afterwards.
    """

    code: ClassVar[str] = "SSOT407"
    name: ClassVar[str] = "shared-constructor-state"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.HIGH
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.SHARED_STATE,)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per attribute."""
        yield from project.in_modules(self._found_in)

    def _found_in(self, project: Project, module: Module) -> tuple[Finding, ...]:
        found = _stored(project, module) if self.applies_to(module) else ()
        changed = ((stored, _changes(project, stored)) for stored in found)
        return tuple(_finding(stored, made) for stored, made in changed if made)


def _set_by_constructors(
    module: Module,
) -> tuple[tuple[ClassSymbol, FunctionSymbol, AttributeAssignment, Value], ...]:
    """What constructors store that may be shared."""
    return tuple(
        (cls, constructor, fact, fact.value)
        for fact in module.facts.attributes
        if fact.value is not None and fact.value.kind in (ValueKind.NAME, ValueKind.OTHER)
        if isinstance(constructor := module.scope_symbol(fact.scope), FunctionSymbol)
        if constructor.name == "__init__" and (cls := module.enclosing_class(fact.scope)) is not None
        if _may_be_shared(constructor, fact.value)
    )


def _may_be_shared(constructor: FunctionSymbol, value: Value) -> bool:
    """Whether a value may be anything but what a parameter without a default takes."""
    bare = {each.name for each in constructor.fact.parameters if each.default is None}
    return any(each.kind is ValueKind.NAME and each.text not in bare for each in (value, *value.options))


def _stored(project: Project, module: Module) -> Iterator[_Stored]:
    for cls, constructor, fact, value in module.derived(_set_by_constructors):
        found = _first_shared(project, constructor, value)
        if found is not None and not _is_meant(cls, fact) and not constructs_once(project, cls):
            yield _Stored(cls, constructor, fact, *found)


def _is_meant(cls: ClassSymbol, fact: AttributeAssignment) -> bool:
    """Whether the attribute or its class is called a cache or the like, a comment says that it is shared, or the
    attribute gets another value in the same constructor."""
    again = sum(other.name == fact.name and other.scope == fact.scope for other in cls.module.facts.attributes)
    values = () if fact.value is None else (fact.value, *fact.value.options)
    return again > 1 or fact.is_said_shared or is_shared_by_name(cls.name, fact.name, *(value.text for value in values))


def _first_shared(project: Project, constructor: FunctionSymbol, value: Value) -> _SharedObject | None:
    """What makes a value, or one of the options it may be, one object for all instances."""
    names = [each for each in (value, *value.options) if each.kind is ValueKind.NAME]
    names = [each for each in names if not _gives_way(constructor, each, value.options)]
    return next(filter(None, (_shared_object(project, constructor, each) for each in names)), None)


def _gives_way(constructor: FunctionSymbol, value: Value, options: Sequence[Value]) -> bool:
    """Whether the default of a parameter is never stored: it is empty, and ``items or ALL`` then means the other."""
    default = next((each.default for each in constructor.fact.parameters if each.name == value.text), None)
    return value in options[:-1] and begins_empty(default)


def _shared_object(project: Project, constructor: FunctionSymbol, value: Value) -> _SharedObject | None:
    """What makes a stored name one object for all instances: its description, home, the way out, and the parameter
    whose default it is."""
    default = next((entry.default for entry in constructor.fact.parameters if entry.name == value.text), value)
    if default is not value and is_container(default):
        remedy = f"Give `{value.text}` the default None, and make a new object in `__init__` where it is None"
        return f"the mutable default of its parameter `{value.text}`", None, remedy, value.text
    if default is None or default.kind is not ValueKind.NAME:
        return None
    variable = project.resolve(constructor.module, constructor.fact.scope, default.text).symbol
    if not isinstance(variable, VariableSymbol) or not is_container(variable.fact.value):
        return None
    if variable.fact.is_said_shared:
        return None
    if variable in project.derived(_changed_by_name):
        return None
    home = home_of(variable, "the object that all instances share")
    parameter = "" if default is value else value.text
    remedy = f"Store a copy of `{default.text}`, and leave it unchanged"
    return f"the module-level `{default.text}`", home, remedy, parameter


def _changed_by_name(project: Project) -> frozenset[Symbol]:
    """The module-level names that functions change directly: state that is shared on purpose. For
    :meth:`Project.derived`."""
    return project.combined(_changed_in, united)


def _changed_in(project: Project, module: Module) -> frozenset[Symbol]:
    return frozenset(
        symbol
        for fact in (() if module.zone is Zone.TEST else module.facts.mutations)
        if fact.scope != MODULE_SCOPE and "(" not in fact.target
        if isinstance(symbol := project.resolve(module, fact.scope, fact.target).symbol, VariableSymbol)
    )


def _changes(project: Project, stored: _Stored) -> list[tuple[FunctionSymbol, Mutation]]:
    """The in-place changes of an attribute by the methods of a class, its ancestors, and those descendants that neither
    give it another value nor hand the constructor one."""
    cls, name = stored.cls, stored.fact.name
    family = set(project.ancestry(cls))
    giving = _classes_that_give(project, stored)
    heirs = [
        heir
        for heir in heirs_of(project, cls)
        if not any(each in giving or _assigns(each, name) for each in project.ancestry(heir) if each not in family)
    ]
    changers = dict.fromkeys(each for member in (cls, *heirs) for each in project.ancestry(member))
    return [
        (method, fact)
        for changer in changers
        for changed, method, fact in attribute_changes(changer)
        if changed == name and fact.operation not in REMOVALS | ORDERING_OPERATIONS
    ]


def _classes_that_give(project: Project, stored: _Stored) -> frozenset[ClassSymbol]:
    """The classes whose constructors call that of the class and give it the parameter in each call."""
    if not stored.parameter:
        return frozenset()
    place = [each.name for each in stored.constructor.fact.parameters].index(stored.parameter) - 1
    given: dict[ClassSymbol, bool] = {}
    for call in project.calls_of(stored.constructor):
        around = call.module.scope_symbol(call.fact.scope)
        heir = call.module.enclosing_class(call.fact.scope)
        if heir is not None and isinstance(around, FunctionSymbol) and around.name == "__init__":
            at = place + (not call.fact.callee.startswith("super("))
            is_given = literal_argument(call.fact, at, stored.parameter) is not None
            given[heir] = given.get(heir, True) and is_given
    return frozenset(heir for heir, is_given in given.items() if is_given)


def _assigns(cls: ClassSymbol, name: str) -> bool:
    return any(fact.name == name for fact in cls.module.instance_attributes(cls))


def _finding(stored: _Stored, changes: Sequence[tuple[FunctionSymbol, Mutation]]) -> Finding:
    cls, fact = stored.cls, stored.fact
    methods = list(dict.fromkeys(method.qualname for method, _ in changes))
    changing = f"{listed([f'`{name}`' for name in methods])} {'changes' if len(methods) == 1 else 'change'} it"
    symbol = f"{cls.id}.{fact.name}"
    place = Location(cls.module.path, fact.line, fact.column, fact.line)
    message = f"`{stored.constructor.qualname}` stores {stored.shared} as `{fact.name}`"
    return SharedConstructorState.finding(
        subject=symbol,
        message=f"{message}, one object for all instances, and {changing}",
        remedy=stored.remedy,
        home=stored.home,
        sites=(Site(place, cls.module.name, symbol, message),),
        evidence={
            "methods": list(methods),
            "text": [
                f"{place.path}:{fact.line} stores {stored.shared}",
                *(
                    f"{method.module.path}:{change.line} `{method.qualname}`: {change.target}, {change.operation}"
                    for method, change in changes
                ),
            ],
        },
    )
