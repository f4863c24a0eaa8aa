"""SSOT409 growing-registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ssot_lint.model.facts import Binding, BindingKind, Mutation
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.model.vocabulary import ADDITIONS, REMOVALS
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.containers import begins_empty, is_container
from ssot_rules.state._identity_keys import owner_of_key


@dataclass(slots=True)
class _Registry:
    """A container that lives as long as the process. ``owner`` is the class it stands in, None for the module."""

    module: Module
    owner: ClassSymbol | None
    binding: Binding
    additions: list[tuple[Module, Mutation, str]] = field(default_factory=list)
    shrinks: bool = False

    @property
    def id(self) -> str:
        name = self.binding.name
        return f"{self.module.name}:{name}" if self.owner is None else f"{self.owner.id}.{name}"


@dataclass(frozen=True)
class GrowingRegistry(Rule):
    """A process-wide registry of users, sessions or connections is only ever added to.

    Why:
        Every user, request or connection leaves an entry that nothing takes out again. Memory grows until the process
        is restarted, and whoever gets a used key finds the entry of somebody else.

    Bad:
        # shop/sockets.py
        SOCKETS = {}

        def connect(user_id, socket):
            SOCKETS[user_id] = socket

    Good:
        # shop/sockets.py
        SOCKETS = {}

        def connect(user_id, socket):
            SOCKETS[user_id] = socket

        def disconnect(user_id):
            SOCKETS.pop(user_id, None)

    Fix:
        Take the entry out where its owner goes (disconnect, logout, end of the request), or use a
        ``WeakValueDictionary`` or a bounded cache.
    """

    code: ClassVar[str] = "SSOT409"
    name: ClassVar[str] = "growing-registry"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per registry."""
        for registry in _registries(project):
            if registry.additions and not registry.shrinks and self.applies_to(registry.module):
                yield _finding(registry)


def _registries(project: Project) -> Sequence[_Registry]:
    """All empty containers of modules and class bodies, with what the code does to them; by place."""
    variables = {
        variable: _Registry(module, None, variable.fact)
        for module in project.modules
        for variable in module.variables
        if _may_register(variable.fact)
    }
    members = {
        (cls, binding.name): _Registry(module, cls, binding)
        for module in project.modules
        for cls in module.classes
        for binding in module.class_variables(cls)
        if _may_register(binding)
    }
    names = {variable.name for variable in variables} | {name for _, name in members}
    for module in project.modules:
        for fact in module.facts.mutations:
            if fact.target.rpartition(".")[2] in names:
                found = _registry(project, module, fact, variables, members)
                if found is not None:
                    _note(found, module, fact)
        _note_assignments(module, variables, members)
    registries = [*variables.values(), *members.values()]
    return sorted(
        registries, key=lambda registry: (registry.module.path, registry.binding.line, registry.binding.column)
    )


def _may_register(binding: Binding) -> bool:
    return binding.within == binding.scope and is_container(binding.value) and begins_empty(binding.value)


def _registry(
    project: Project,
    module: Module,
    fact: Mutation,
    variables: Mapping[VariableSymbol, _Registry],
    members: Mapping[tuple[ClassSymbol, str], _Registry],
) -> _Registry | None:
    """The registry that a mutation changes."""
    prefix, _, name = fact.target.rpartition(".")
    symbol = project.resolve(module, fact.scope, fact.target).symbol
    if isinstance(symbol, VariableSymbol):
        return variables.get(symbol)
    cls = project.resolve_class(module, fact.scope, prefix.removesuffix(".__class__"))
    for ancestor in () if cls is None else project.ancestry(cls):
        if (ancestor, name) in members:
            return members[ancestor, name]
    return None


def _note(registry: _Registry, module: Module, fact: Mutation) -> None:
    if fact.operation in REMOVALS:
        registry.shrinks = True
    elif fact.operation in ADDITIONS and fact.scope != MODULE_SCOPE and (owner := owner_of_key(fact.key)):
        registry.additions.append((module, fact, owner))


def _note_assignments(
    module: Module,
    variables: Mapping[VariableSymbol, _Registry],
    members: Mapping[tuple[ClassSymbol, str], _Registry],
) -> None:
    """A registry that is assigned anew starts afresh; one that instances assign is their own."""
    for binding in module.facts.bindings:
        if binding.scope == MODULE_SCOPE and (binding.within != MODULE_SCOPE or binding.kind is BindingKind.DELETED):
            entry = module.namespace.get(binding.name)
            if isinstance(entry, VariableSymbol) and entry in variables:
                variables[entry].shrinks = True
    for fact in module.facts.attributes:
        cls = module.enclosing_class(fact.scope)
        if cls is not None and (cls, fact.name) in members:
            members[cls, fact.name].shrinks = True


def _finding(registry: _Registry) -> Finding:
    name = registry.binding.name
    owners = ", ".join(dict.fromkeys(owner for _, _, owner in registry.additions))
    places = [_place(module, fact) for module, fact, _ in registry.additions]
    binding = registry.binding
    location = Location(registry.module.path, binding.line, binding.column, binding.end_line)
    return GrowingRegistry.finding(
        subject=registry.id,
        message=f"`{name}` gets an entry for each {owners} and never loses one",
        remedy=f"Take the entry out of `{name}` where the {owners} ends, or make it a weak or bounded mapping",
        sites=(Site(location, registry.module.name, registry.id, f"only ever added to, first in {places[0]}"),),
        evidence={
            "additions": list(places),
            "text": [
                f"{place} {fact.operation} {fact.key}"
                for place, (_, fact, _) in zip(places, registry.additions, strict=True)
            ],
        },
    )


def _place(module: Module, fact: Mutation) -> str:
    return f"{module.path}:{fact.line}"
