"""SSOT406 shared-class-state."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import Binding, Mutation
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.vocabulary import REMOVALS
from ssot_lint.project.containers import attribute_changes, instance_methods
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.standard_library import STANDARD_LIBRARY
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.class_instances import constructs_once
from ssot_rules.analysis.containers import begins_empty, is_container, is_shared_by_name
from ssot_rules.analysis.descendants import are_related, heirs_of
from ssot_rules.analysis.vocabulary import ORDERING_OPERATIONS, SET_UP_METHODS, SHARING_ANNOTATIONS
from ssot_rules.state._class_sharing import declares_fields

_Variable = tuple[ClassSymbol, Binding]
_Change = tuple[FunctionSymbol, Mutation]


@dataclass(frozen=True)
class SharedClassState(Rule):
    """A list, dict or set in a class body is changed through ``self``.

    Why:
        There is one such object per class, not one per instance. What one instance puts in, all others find: items
        of one user in the basket of the next, and tests that pass alone and fail together. What a comment calls shared
        or a cache is meant to be. An inventory: of 26 findings in six draws of unseen code seven were right, for
        plug-ins and the like are made once.

    Bad:
        # shop/basket.py
        class Basket:
            items = []

            def add(self, item):
                self.items.append(item)

    Good:
        # shop/basket.py
        class Basket:
            def __init__(self):
                self.items = []

            def add(self, item):
                self.items.append(item)

    Fix:
        Assign the container in ``__init__``. Where sharing is meant, annotate it as ``ClassVar`` and change it through
        the class.
    """

    code: ClassVar[str] = "SSOT406"
    name: ClassVar[str] = "shared-class-state"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per class variable; info where the instances do not get in each other's way."""
        changes = project.derived(_changes)
        own = _set_on_instances(project, changes)
        kept = _changed_through_class(project, {binding.name for _, binding in changes})
        for (cls, binding), made in changes.items():
            is_own = any(are_related(project, cls, setter) for setter in own[binding.name])
            is_meant = is_own or (cls, binding.name) in kept or _may_be_set_elsewhere(project, cls, binding)
            is_meant = is_meant or not _leaves_traces(binding, made) or _is_set_up(project, cls, made)
            is_meant = is_meant or _is_read_through_class(cls, binding.name)
            if self.applies_to(cls.module) and not is_meant:
                yield project.concluded(_finding_of, (cls, binding, tuple(made)))


def _changes(project: Project) -> Mapping[_Variable, Sequence[_Change]]:
    """The containers in class bodies that methods change through their instance, with the changes; by place. For
    :meth:`Project.derived`."""
    found: dict[_Variable, list[_Change]] = defaultdict(list)
    for variable, change in project.in_modules(_changes_in):
        found[variable].append(change)
    order = sorted(found, key=lambda entry: (entry[0].module.path, entry[1].line, entry[1].column))
    return {variable: found[variable] for variable in order}


def _changes_in(project: Project, module: Module) -> tuple[tuple[_Variable, _Change], ...]:
    found = []
    for cls in module.classes:
        for name, method, fact in attribute_changes(cls):
            variable = _class_variable(project, cls, name)
            if variable is not None and not (method.name == "__init__" and _has_foreign_base(project, cls)):
                found.append((variable, (method, fact)))
    return tuple(found)


def _is_set_up(project: Project, cls: ClassSymbol, changes: Sequence[_Change]) -> bool:
    """Whether a test class writes what it needs afresh before each of its tests."""
    is_test = any(base.endswith("TestCase") for base in project.base_names(cls))
    return is_test and any(method.name in SET_UP_METHODS for method, _ in changes)


def _leaves_traces(binding: Binding, changes: Sequence[_Change]) -> bool:
    """Whether one instance finds what another has put in or used up. What the same method takes out again, also by a
    callback, is gone, and to take out of a container that nobody fills is nothing."""
    clearing = {method for method, fact in changes if fact.operation in REMOVALS}
    adding = {method for method, fact in changes if fact.operation not in REMOVALS | ORDERING_OPERATIONS}
    return bool(adding - clearing) or (bool(clearing - adding) and not adding and not begins_empty(binding.value))


def _changed_through_class(project: Project, names: Set[str]) -> frozenset[tuple[ClassSymbol, str]]:
    """The class variables that some code changes through the class, which makes them registries on purpose."""
    return frozenset(
        (ancestor, name)
        for module in {module for name in names for module in project.modules_with(_names_changed_in, name)}
        for fact in module.facts.mutations
        if (name := fact.target.rpartition(".")[2]) in names
        if (cls := _class_meant(project, module, fact)) is not None
        for ancestor in project.ancestry(cls)
    )


def _is_read_through_class(cls: ClassSymbol, name: str) -> bool:
    """Whether a class method hands on or asks what all instances have put in: ``return list(cls.running)``."""
    methods = [method for method in cls.module.methods(cls) if _is_class_method(method)]
    return any(_reads(cls, method, f"{_receiver(method)}.{name}") for method in methods)


def _reads(cls: ClassSymbol, method: FunctionSymbol, container: str) -> bool:
    if any(container in (value.text, value.arguments_text) for value in method.fact.returned):
        return True
    return any(
        call.callee.startswith(f"{container}.") or any(argument.text == container for argument in call.arguments)
        for call in cls.module.calls(method)
    )


def _is_class_method(method: FunctionSymbol) -> bool:
    return any(decorator.name == "classmethod" for decorator in method.fact.decorators)


def _names_changed_in(_: Project, module: Module) -> frozenset[str]:
    return frozenset(fact.target.rpartition(".")[2] for fact in module.facts.mutations)


def _class_meant(project: Project, module: Module, fact: Mutation) -> ClassSymbol | None:
    """The class whose variable a change is about, if it says the class: ``cls.``, ``Thing.``, ``self.__class__.``."""
    holder = fact.target.rpartition(".")[0]
    if holder.endswith(".__class__") or holder == "type()":
        return module.enclosing_class(fact.scope)
    method = module.scope_symbol(fact.scope)
    cls = module.enclosing_class(fact.scope)
    if not holder or (cls is not None and method in instance_methods(cls) and holder == _receiver(method)):
        return None
    return project.resolve_class(module, fact.scope, holder)


def _receiver(method: Symbol | None) -> str:
    parameters = method.fact.parameters if isinstance(method, FunctionSymbol) else ()
    return parameters[0].name if parameters else ""


def _may_be_set_elsewhere(project: Project, cls: ClassSymbol, binding: Binding) -> bool:
    """Whether each instance may get a container of its own by means that do not show here: a base of another library
    reads annotations or gets the name, or attributes are set by what they are called."""
    family = (cls, *heirs_of(project, cls))
    if any(
        _has_foreign_base(project, each) and (binding.annotation or _passes_on(each, binding.name)) for each in family
    ):
        return True
    return any(
        fact.target.endswith(".__dict__") and fact.operation in ("update", "setitem")
        for each in family
        for method in each.module.methods(each)
        for fact in each.module.mutations(method)
    )


def _passes_on(cls: ClassSymbol, name: str) -> bool:
    """Whether the constructor of a base gets the attribute, or a parameter of its name."""
    return any(
        argument.keyword == name or argument.text in (name, f"self.{name}")
        for method in cls.module.methods(cls)
        for call in cls.module.calls(method)
        if call.callee.endswith(".__init__")
        for argument in call.arguments
    )


def _class_variable(project: Project, cls: ClassSymbol, name: str) -> _Variable | None:
    """The shared container that ``self.<name>`` is in a method of ``cls``, unless its class says what it does or
    has one instance only."""
    for owner in project.ancestry(cls):
        bindings = [binding for binding in owner.module.class_variables(owner) if binding.name == name]
        if bindings:
            is_shared = len(bindings) == 1 and is_container(bindings[0].value) and not _is_meant(bindings[0])
            if is_shared and not declares_fields(project, owner) and not constructs_once(project, owner):
                return owner, bindings[0]
            return None
    return None


def _is_meant(binding: Binding) -> bool:
    """Whether a class variable says that it is meant to be one for all."""
    annotation = binding.annotation.partition("[")[0].rpartition(".")[2]
    return binding.is_said_shared or annotation in SHARING_ANNOTATIONS or is_shared_by_name(binding.name)


def _has_foreign_base(project: Project, cls: ClassSymbol) -> bool:
    """Whether a constructor may go on with what that of a third-party base has set on the instance."""
    packages = {base.partition(".")[0] for base in project.base_names(cls)}
    return any(package not in STANDARD_LIBRARY and not hasattr(builtins, package) for package in packages)


def _set_on_instances(
    project: Project, changes: Mapping[_Variable, Sequence[_Change]]
) -> Mapping[str, Sequence[ClassSymbol]]:
    """The classes that assign a changed variable's name on self or cls, by name."""
    names = {binding.name for _, binding in changes}
    found: dict[str, list[ClassSymbol]] = defaultdict(list)
    for module in {module for name in names for module in project.modules_with(_names_assigned_in, name)}:
        for fact in module.facts.attributes:
            if fact.name in names and (owner := module.enclosing_class(fact.scope)) is not None:
                found[fact.name].append(owner)
    return found


def _names_assigned_in(_: Project, module: Module) -> frozenset[str]:
    return frozenset(fact.name for fact in module.facts.attributes)


def _finding_of(project: Project, subject: tuple[ClassSymbol, Binding, tuple[_Change, ...]]) -> Finding:
    """For :meth:`Project.judging`."""
    return _finding(project, *subject)


def _finding(project: Project, cls: ClassSymbol, binding: Binding, changes: Sequence[_Change]) -> Finding:
    methods = list(dict.fromkeys(method.qualname for method, _ in changes))
    symbol = f"{cls.id}.{binding.name}"
    place = Location(cls.module.path, binding.line, binding.column, binding.end_line)
    return SharedClassState.finding(
        subject=symbol,
        message=(
            f"`{cls.name}.{binding.name}` is one object for all instances, and "
            f"{counted(len(methods), 'method')} {'changes' if len(methods) == 1 else 'change'} it through self: "
            f"{listed([f'`{name}`' for name in methods])}"
        ),
        remedy=_remedy(project, cls, binding),
        sites=(Site(place, cls.module.name, symbol, f"all instances of `{cls.name}` share this object"),),
        evidence={
            "methods": list(methods),
            "text": [
                f"{method.module.path}:{fact.line} `{method.qualname}`: self.{binding.name}, {fact.operation}"
                for method, fact in changes
            ],
        },
    )


def _remedy(project: Project, cls: ClassSymbol, binding: Binding) -> str:
    """The way out; where subclasses have an attribute or a property of that name, an assignment would hide it or
    fail."""
    if any(_overrides(heir, binding.name) for heir in heirs_of(project, cls)):
        return f"Change a copy of `self.{binding.name}`, not the object itself: subclasses override it"
    if not begins_empty(binding.value):
        is_set_up = cls.module.member(cls, "__init__") is not None
        assign = f", or assign one in `{cls.name}.__init__`" if is_set_up else ""
        return (
            f"Change a copy of `self.{binding.name}` rather than the object itself{assign}: what stands in the class "
            "is what all instances begin with"
        )
    return (
        f"Assign `self.{binding.name}` in `{cls.name}.__init__`; if all instances are meant to share it, annotate "
        f"it as ClassVar and write `{cls.name}.{binding.name}` where it is changed"
    )


def _overrides(cls: ClassSymbol, name: str) -> bool:
    has_own = any(binding.name == name for binding in cls.module.class_variables(cls))
    return has_own or cls.module.member(cls, name) is not None
