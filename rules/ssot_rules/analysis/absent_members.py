"""Calls of methods that the class of the receiver does not have."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from ssot_lint.model.facts import AttributeAssignment, Function
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module


@dataclass(frozen=True, slots=True)
class CallSite:
    """Where a method is called."""

    path: str
    line: int
    method: str


def absent_member_calls(project: Project, cls: ClassSymbol, methods: Set[str]) -> tuple[CallSite, ...]:
    """Calls of those of ``methods`` that a class lacks; by place.

    A receiver counts whose class the code says: a local that only ever holds a new instance, an attribute that is
    only ever set to one or to a parameter annotated with the class, or the class itself. External bases are not
    looked at, nor are modules that do not have the name of the class and do not import it.
    """
    absent = [method for method in methods if not _may_have(project, cls, method)]
    knowing = {cls.module, *project.importers_of(cls), *project.mentioning(cls.name)} if absent else ()
    found = [
        (module, fact, method)
        for method in absent
        for module in project.modules_with(_methods_called_in, method)
        if module in knowing
        for fact in module.facts.calls
        if fact.callee.endswith(f".{method}")
        if _receiver_class(project, module, fact.scope, fact.callee.rpartition(".")[0]) is cls
    ]
    found.sort(key=lambda each: (each[0].path, each[1].line, each[1].column))
    return tuple(CallSite(module.path, fact.line, method) for module, fact, method in found)


def _methods_called_in(_: Project, module: Module) -> frozenset[str]:
    """The last names of attributes that are called."""
    parts = (fact.callee.rpartition(".") for fact in module.facts.calls)
    return frozenset(method for receiver, _, method in parts if receiver)


def _may_have(project: Project, cls: ClassSymbol, name: str) -> bool:
    """Whether a member may be there: defined, assigned, or made up by ``__getattr__``."""
    if any(project.resolver.member(cls, each) is not None for each in (name, "__getattr__", "__getattribute__")):
        return True
    return any(name in _assigned_names(ancestor) for ancestor in project.ancestry(cls))


def _assigned_names(cls: ClassSymbol) -> set[str]:
    names = {binding.name for binding in cls.module.class_variables(cls)}
    return names | {fact.name for fact in cls.module.instance_attributes(cls)}


def _receiver_class(project: Project, module: Module, scope: int, receiver: str) -> ClassSymbol | None:
    """The class that a receiver is an instance of, or is; not the one around: a subclass may have what that lacks."""
    owner = module.enclosing_class(scope)
    root, _, attribute = receiver.partition(".")
    if attribute and owner is not None and project.resolve_class(module, scope, root) is owner:
        return _attribute_class(project, owner, attribute)
    cls = project.resolve_class(module, scope, receiver.removesuffix("()"))
    return None if cls is owner else cls


def _attribute_class(project: Project, owner: ClassSymbol, name: str) -> ClassSymbol | None:
    facts = [fact for fact in owner.module.instance_attributes(owner) if fact.name == name]
    found = {assigned_class(project, owner.module, fact) for fact in facts}
    return found.pop() if len(found) == 1 else None


def assigned_class(project: Project, module: Module, fact: AttributeAssignment) -> ClassSymbol | None:
    """The class of what a method assigns to an attribute: constructed there, or a parameter annotated with it."""
    value = fact.value
    if value is None:
        return None
    if value.kind is ValueKind.NAME:
        method = module.scope_symbol(fact.scope)
        if method is None or not isinstance(method.fact, Function):
            return None
        annotations = {each.name: each.annotation for each in method.fact.parameters}
        return project.resolve_class(module, method.fact.parent, annotations.get(value.text, ""))
    return project.constructed_class(module, fact.scope, value)
