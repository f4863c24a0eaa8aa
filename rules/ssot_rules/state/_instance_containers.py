"""The containers that objects of a class keep, and what the project does to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.model.facts import Mutation
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Value
from ssot_lint.model.vocabulary import ADDITIONS, REMOVALS
from ssot_lint.project.containers import instance_methods
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_rules.analysis.class_kinds import is_data_class
from ssot_rules.analysis.containers import changed_part, is_container, is_container_field, is_default_dict
from ssot_rules.analysis.descendants import are_related
from ssot_rules.analysis.escapes import handed_attributes
from ssot_rules.analysis.vocabulary import CONSTRUCTORS


@dataclass(frozen=True, slots=True)
class InstanceContainer:
    """An attribute that holds a container of its own in each instance; where it gets it, and with which value."""

    name: str
    value: Value | None
    line: int
    column: int


def containers_of(project: Project, cls: ClassSymbol) -> Mapping[str, InstanceContainer]:
    """The containers that methods of ``cls`` itself begin, or that its fields declare, by name."""
    found: dict[str, InstanceContainer] = {}
    for container in (*_assigned(cls), *_made_in_new(cls), *_fields(project, cls)):
        found.setdefault(container.name, container)
    return found


def additions_to(cls: ClassSymbol) -> Iterator[tuple[str, FunctionSymbol, Mutation]]:
    """What the methods of ``cls`` may put into attributes of their instance: attribute, method, change."""
    containers = {fact.name: fact.value for fact in cls.module.instance_attributes(cls)}
    for method in instance_methods(cls):
        receiver = f"{method.fact.parameters[0].name}."
        for fact in cls.module.mutations(method):
            target = changed_part(fact.target)
            name = target.removeprefix(receiver)
            if not target.startswith(receiver) or "." in name:
                continue
            is_item = target != fact.target
            if is_default_dict(containers.get(name)) if is_item else fact.operation in ADDITIONS | {"update"}:
                yield name, method, fact


def is_ever_emptied(project: Project, cls: ClassSymbol, name: str) -> bool:
    """Whether something may take entries out of the attribute of ``cls``: its own methods and those of its relatives,
    anybody on another object's attribute of that name, or what it is handed to."""
    owners = project.derived(_removals).get(name, ())
    handed = project.derived(handed_attributes).get(name, frozenset())
    return any(owner is None or are_related(project, cls, owner) for owner in (*owners, *handed))


def _removals(project: Project) -> Mapping[str, list[ClassSymbol | None]]:
    """Who takes entries out of attributes, or replaces these, by their name: the class whose instance does so to
    itself, None where it is done to some other object. For :meth:`Project.derived`."""
    found: dict[str, list[ClassSymbol | None]] = defaultdict(list)
    for name, owner in project.gathered(_removals_in):
        found[name].append(owner)
    return dict(found)


def _removals_in(_: Project, module: Module) -> tuple[tuple[str, ClassSymbol | None], ...]:
    return () if module.zone is Zone.TEST else tuple(dict.fromkeys(_owners_in(module)))


def _owners_in(module: Module) -> Iterator[tuple[str, ClassSymbol | None]]:
    for fact in module.facts.mutations:
        target = f"{fact.target}.{fact.key}" if fact.operation in ("setattr", "delattr") else fact.target
        holder, _, name = changed_part(target).rpartition(".")
        if holder and (fact.operation in REMOVALS or (target != fact.target and not _is_made(module, fact.scope))):
            yield name, _owner(module, fact.scope, holder)
    for attribute in module.facts.attributes:
        if not _is_made(module, attribute.scope):
            yield attribute.name, module.enclosing_class(attribute.scope)
    for call in module.facts.calls:
        holder, _, method = call.callee.rpartition(".")
        if method in REMOVALS and "." in holder:
            yield holder.rpartition(".")[2], _owner(module, call.scope, holder.rpartition(".")[0])


def _is_made(module: Module, scope: int) -> bool:
    """Whether an object is still being made there."""
    method = module.scope_symbol(scope)
    return method is not None and method.name in CONSTRUCTORS


def _owner(module: Module, scope: int, holder: str) -> ClassSymbol | None:
    """The class whose instance or class object ``holder`` is; None for any other object."""
    cls = module.enclosing_class(scope)
    return cls if "." not in holder and (holder in module.local_roots or holder == "cls()") else None


def _assigned(cls: ClassSymbol) -> Iterator[InstanceContainer]:
    for fact in cls.module.instance_attributes(cls):
        options = () if fact.value is None else (fact.value, *fact.value.options)
        if value := next(filter(is_container, options), None):
            yield InstanceContainer(fact.name, value, fact.line, fact.column)


def _made_in_new(cls: ClassSymbol) -> Iterator[InstanceContainer]:
    """``instance.rows = {}`` in ``__new__``, and ``cls._instance.rows = {}``."""
    for method in cls.module.methods(cls):
        for fact in cls.module.mutations(method) if method.name == "__new__" else ():
            receiver = method.fact.parameters[0].name if method.fact.parameters else ""
            is_instance = receiver and fact.target.startswith((f"{receiver}()", f"{receiver}."))
            if fact.operation == "setattr" and is_instance and is_container(fact.value):
                yield InstanceContainer(fact.key, fact.value, fact.line, fact.column)


def _fields(project: Project, cls: ClassSymbol) -> Iterator[InstanceContainer]:
    fields = [binding for binding in cls.module.class_variables(cls) if is_container_field(binding)]
    if fields and (is_data_class(project, cls) or cls.fact.bases):
        for binding in fields:
            yield InstanceContainer(binding.name, binding.value, binding.line, binding.column)
