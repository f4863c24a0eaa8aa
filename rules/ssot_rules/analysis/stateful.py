"""Which classes have objects that change, or are changed themselves."""

from __future__ import annotations

from collections.abc import Collection

from ssot_lint.model.facts import Mutation
from ssot_lint.model.source import Zone
from ssot_lint.project.containers import instance_methods
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_rules.analysis.class_instances import class_receiver
from ssot_rules.analysis.containers import begins_empty
from ssot_rules.analysis.vocabulary import CONSTRUCTORS, PER_THREAD_BASES


def is_stateful(project: Project, cls: ClassSymbol) -> bool:
    """Whether objects of the class change after construction, as far as its methods and its ancestors' show: they set
    an attribute, or change one in place; or the constructor begins an empty container. Per-thread objects do not
    count."""
    if project.base_names(cls) & PER_THREAD_BASES:
        return False
    return any(_changes_itself(ancestor) for ancestor in project.ancestry(cls))


def is_set_from_outside(project: Project, cls: ClassSymbol) -> bool:
    """Whether production code outside a class without methods sets its attributes: ``Config.logger = logger``. Then
    the class is where a part of the program keeps what it is set to."""
    if cls.module.methods(cls):
        return False
    return any(
        fact.target.rpartition(".")[2] == cls.name and project.resolve_class(module, fact.scope, fact.target) is cls
        for module in project.modules_with(_classes_set_in, cls.name)
        for fact in module.facts.mutations
        if fact.operation == "setattr"
    )


def keeps_state_on_itself(cls: ClassSymbol) -> bool:
    """Whether methods set a class variable on the class, or change one in place: ``cls._instance = ...``,
    ``Server.count += 1``, ``cls._registry[name] = ...``."""
    module = cls.module
    own = {binding.name for binding in module.class_variables(cls)}
    return bool(own) and any(_changes_class(cls, method, own) for method in module.methods(cls))


def _changes_class(cls: ClassSymbol, method: FunctionSymbol, own: Collection[str]) -> bool:
    receivers = {class_receiver(method), cls.name, "self.__class__"} - {""}
    targets = {f"{receiver}.{name}" for receiver in receivers for name in own}
    return any(fact.owner in receivers and fact.name in own for fact in cls.module.attributes(method)) or any(
        fact.target in targets or (fact.operation == "setattr" and fact.target in receivers and fact.key in own)
        for fact in cls.module.mutations(method)
    )


def _classes_set_in(_: Project, module: Module) -> frozenset[str]:
    if module.zone is not Zone.PRODUCTION:
        return frozenset()
    return frozenset(fact.target.rpartition(".")[2] for fact in module.facts.mutations if fact.operation == "setattr")


def _changes_itself(cls: ClassSymbol) -> bool:
    module = cls.module
    methods = instance_methods(cls)
    later = [method for method in methods if method.name not in CONSTRUCTORS]
    if any(_changes(fact, method.fact.parameters[0].name) for method in later for fact in module.mutations(method)):
        return True
    bound, changing = ({method.fact.scope for method in group} for group in (methods, later))
    return any(
        fact.scope in changing or (fact.scope in bound and begins_empty(fact.value))
        for fact in module.instance_attributes(cls)
    )


def _changes(mutation: Mutation, receiver: str) -> bool:
    """Whether the object or one of its attributes is changed; ``self.add()`` is a call of its own method."""
    if mutation.target == receiver:
        return mutation.operation in ("delattr", "delitem", "setitem")
    return mutation.target.startswith(f"{receiver}.")
