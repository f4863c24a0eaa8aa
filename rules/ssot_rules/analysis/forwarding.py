"""Methods that let another object do the work, and which object that is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ssot_lint.model.facts import AttributeAssignment, Binding
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.containers import instance_methods
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_rules.analysis.absent_members import assigned_class
from ssot_rules.analysis.containers import begins_empty, is_container
from ssot_rules.analysis.factories import annotated_class, class_in_annotation, objects_made_by
from ssot_rules.analysis.vocabulary import ACCESSOR_DECORATORS, PROPERTY_DECORATORS

_PROPERTIES = ACCESSOR_DECORATORS | PROPERTY_DECORATORS


def passed_on(
    cls: ClassSymbol, method: FunctionSymbol, methods: Collection[str], containers: Collection[str]
) -> frozenset[str]:
    """The objects, as the code writes them (``self.hub``, ``get_hub()``), of which a method of ``cls`` calls one of
    ``methods``; none if it also changes something here, ``containers`` of the class included."""
    if method.module.attributes(method):
        return frozenset()
    receiver = method.fact.parameters[0].name if method.fact.parameters else ""
    own = {receiver, f"{receiver}.__class__", cls.name} | {f"{receiver}.{name}" for name in containers}
    called = {call.callee for call in method.module.calls(method)}
    called |= {value.text for value in method.fact.returned if value.kind is ValueKind.CALL}
    elsewhere = {callee for callee in called if callee.rpartition(".")[2] in methods} - {
        f"{each}.{name}" for each in own for name in methods
    }
    changed = {f"{fact.target}.{fact.operation}" for fact in method.module.mutations(method)}
    return frozenset(callee.rpartition(".")[0] for callee in elsewhere) if changed <= elsewhere else frozenset()


def containers_of(project: Project, cls: ClassSymbol) -> frozenset[str]:
    """The attributes that a class or its ancestors set to a new list, dict or set."""
    return frozenset(
        fact.name
        for ancestor in project.ancestry(cls)
        for fact in _attribute_facts(ancestor)
        if is_container(fact.value) or begins_empty(fact.value)
    )


def is_front(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class stands in front of another object: for most of its public methods, properties and class methods
    aside, it calls the one of the same name there."""
    methods = [method for method in instance_methods(cls) if _is_offered(method)]
    containers = containers_of(project, cls)
    forwarding = [method for method in methods if passed_on(cls, method, {method.name}, containers)]
    return 2 * len(forwarding) > len(methods)


def collaborators_of(project: Project, cls: ClassSymbol) -> frozenset[ClassSymbol]:
    """The classes of the objects that a class keeps in its attributes, or passes calls of its methods on to, as far as
    the code tells."""
    found: set[ClassSymbol] = set()
    for ancestor in project.ancestry(cls):
        for name in {fact.name for fact in _attribute_facts(ancestor)}:
            found.update(_attribute_classes(project, cls, name))
        methods = {method.name for method in ancestor.module.methods(ancestor)}
        for method, receiver in _receivers(project, ancestor, methods):
            found.update(_classes_of(project, ancestor, method, receiver))
    return frozenset(found)


def passes_on_unseen(project: Project, cls: ClassSymbol, methods: Collection[str]) -> bool:
    """Whether a class passes one of ``methods`` on to an object of which the code does not tell the class."""
    return any(
        not any(_classes_of(project, ancestor, method, receiver))
        for ancestor in project.ancestry(cls)
        for method, receiver in _receivers(project, ancestor, methods)
    )


def _receivers(project: Project, cls: ClassSymbol, methods: Collection[str]) -> Iterator[tuple[FunctionSymbol, str]]:
    """The objects that those of ``methods`` that stand in the body of a class let do it."""
    containers = containers_of(project, cls)
    for method in cls.module.methods(cls):
        if method.name in methods:
            for receiver in passed_on(cls, method, methods, containers) - {"super()"}:
                yield method, receiver


def _is_offered(method: FunctionSymbol) -> bool:
    decorators = (decorator.name.rpartition(".")[2] for decorator in method.fact.decorators)
    return not method.name.startswith("_") and not any(name in _PROPERTIES for name in decorators)


def _classes_of(project: Project, cls: ClassSymbol, method: FunctionSymbol, receiver: str) -> Iterator[ClassSymbol]:
    """The classes that an object called in a method may be an instance of, or is."""
    module, scope = method.module, method.fact.scope
    if receiver.endswith("()"):
        yield from _results_of(project, project.resolve(module, scope, receiver[:-2]).symbol)
        return
    root, _, attribute = receiver.partition(".")
    if attribute and method.fact.parameters and root == method.fact.parameters[0].name:
        yield from _attribute_classes(project, cls, attribute)
        return
    found = project.resolve_class(module, scope, receiver)
    if found is not None:
        yield found


def _results_of(project: Project, symbol: Symbol | None) -> Iterator[ClassSymbol]:
    """The classes of what a function returns, by what it builds or else says; a class's own objects."""
    if isinstance(symbol, ClassSymbol):
        yield symbol
    elif isinstance(symbol, FunctionSymbol):
        built = objects_made_by(project, symbol)
        annotated = annotated_class(project, symbol)
        yield from built or (() if annotated is None else (annotated,))


def _attribute_classes(project: Project, cls: ClassSymbol, name: str) -> Iterator[ClassSymbol]:
    """The classes that an attribute may be an instance of: a property, annotated, or assigned in a method."""
    yield from _results_of(project, project.resolver.member(cls, name))
    for ancestor in project.ancestry(cls):
        for fact in _attribute_facts(ancestor):
            if fact.name == name:
                yield from _assigned_classes(project, ancestor.module, fact)


def _assigned_classes(project: Project, module: Module, fact: AttributeAssignment | Binding) -> Iterator[ClassSymbol]:
    annotated = class_in_annotation(project, module, fact.annotation)
    assigned = assigned_class(project, module, fact) if isinstance(fact, AttributeAssignment) else None
    yield from (found for found in (annotated, assigned) if found is not None)
    if fact.value is not None and fact.value.kind is ValueKind.CALL:
        yield from _results_of(project, project.resolve(module, fact.scope, fact.value.text).symbol)


def _attribute_facts(cls: ClassSymbol) -> Iterator[AttributeAssignment | Binding]:
    yield from cls.module.class_variables(cls)
    yield from cls.module.instance_attributes(cls)
