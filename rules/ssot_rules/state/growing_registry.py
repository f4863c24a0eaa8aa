"""SSOT409 growing-registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import ClassVar

from ssot_lint.model.facts import Binding, BindingKind, Mutation
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.probe import Kind
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, ValueKind
from ssot_lint.model.vocabulary import ADDITIONS, REMOVALS
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.containers import begins_empty, changed_part, is_container, is_default_dict
from ssot_rules.analysis.escapes import handed_variables
from ssot_rules.analysis.import_time import runs_at_import_only
from ssot_rules.analysis.imports import is_template
from ssot_rules.analysis.kept_apart import is_specimen
from ssot_rules.analysis.unread import may_be_in_unread
from ssot_rules.analysis.vocabulary import SHARING_ANNOTATIONS
from ssot_rules.state._class_sharing import declares_fields
from ssot_rules.state._entry_weight import keeps_heavy_thing
from ssot_rules.state._filled_at_setup import is_filled_at_setup
from ssot_rules.state._identity_keys import owner_of_entry

# Words of a file that says why entries stay: ``# Kept alive for follow-ups``, ``# kept on purpose``.
_KEPT_FOR = ("alive", "purpose", "reuse")


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
        is restarted, and whoever gets a used key finds the entry of somebody else. Identifiers that are only noted, and
        short texts that are remembered, weigh little, and clients of the program's own that are made of its
        configuration do not come and go: such registries are listed, not scored, and so are those of examples and
        templates, and those of a file that says its entries are kept alive, for reuse or on purpose.

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
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.GROWTH,)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per registry; one that keeps identifiers, flags or short texts only is an inventory."""
        for registry in _registries(project):
            if not registry.additions or registry.shrinks or not self.applies_to(registry.module):
                continue
            if not may_be_in_unread(project, registry.binding.name):
                yield _finding(registry, None if _is_scored(project, registry) else Severity.INFO)


def _is_scored(project: Project, registry: _Registry) -> bool:
    is_heavy = any(keeps_heavy_thing(project, module, fact) for module, fact, _ in registry.additions)
    if registry.module.derived(is_specimen) or is_template(project, registry.module):
        return False
    return is_heavy and not is_filled_at_setup(registry.additions) and not _is_kept_on_purpose(registry.module)


def _is_kept_on_purpose(module: Module) -> bool:
    """Whether a file says that what it keeps is kept for something."""
    is_said = ("kept", "Kept", "keeps", "Keeps")
    return any(map(module.facts.mentions_name, is_said)) and any(map(module.facts.mentions_name, _KEPT_FOR))


def _registries(project: Project) -> Sequence[_Registry]:
    """All empty containers of modules and class bodies, with what the code does to them; by place."""
    variables = {
        variable: _Registry(variable.module, None, variable.fact) for variable in project.gathered(_variables_in)
    }
    members = {
        (cls, binding.name): _Registry(cls.module, cls, binding)
        for cls, binding in project.gathered(_class_variables_in)
        if not _is_field(project, cls, binding)
    }
    names = {variable.name for variable in variables} | {name for _, name in members}
    renaming = _modules_with(project, _names_renamed_in, names)
    names |= {alias for module in renaming for alias in _other_names(module, names)}
    for module in _modules_with(project, _names_changed_in, names):
        for fact in module.facts.mutations:
            if changed_part(fact.target).rpartition(".")[2] in names:
                found = _registry(project, module, fact, variables, members)
                if found is not None:
                    _note(project, found, module, fact)
    for module in {registry.module for registry in (*variables.values(), *members.values())}:
        if module.zone is not Zone.TEST:
            _note_assignments(module, variables, members)
    for variable in project.derived(handed_variables) & variables.keys():
        variables[variable].shrinks = True
    registries = [*variables.values(), *members.values()]
    return sorted(
        registries, key=lambda registry: (registry.module.path, registry.binding.line, registry.binding.column)
    )


def _modules_with(
    project: Project, collect: Callable[[Project, Module], frozenset[str]], names: Set[str]
) -> list[Module]:
    """The modules in which something is found under one of ``names``, tests left out; by path."""
    found = {module for name in names for module in project.modules_with(collect, name)}
    return sorted((module for module in found if module.zone is not Zone.TEST), key=lambda module: module.path)


def _variables_in(_: Project, module: Module) -> tuple[VariableSymbol, ...]:
    return tuple(variable for variable in module.variables if _may_register(variable.fact))


def _class_variables_in(_: Project, module: Module) -> tuple[tuple[ClassSymbol, Binding], ...]:
    variables = ((cls, binding) for cls in module.classes for binding in module.class_variables(cls))
    return tuple((cls, binding) for cls, binding in variables if _may_register(binding))


def _names_renamed_in(_: Project, module: Module) -> frozenset[str]:
    imported = {fact.name for fact in module.facts.imports if fact.alias and fact.name}
    values = (variable.fact.value for variable in module.variables)
    named = (value.text for value in values if value is not None and value.kind is ValueKind.NAME)
    return frozenset(imported.union(name.rpartition(".")[2] for name in named))


def _names_changed_in(_: Project, module: Module) -> frozenset[str]:
    return frozenset(changed_part(fact.target).rpartition(".")[2] for fact in module.facts.mutations)


def _other_names(module: Module, names: Set[str]) -> Iterator[str]:
    """Under which further names a module may know what has one of ``names``."""
    yield from (fact.alias for fact in module.facts.imports if fact.alias and fact.name in names)
    for variable in module.variables:
        value = variable.fact.value
        if value is not None and value.kind is ValueKind.NAME and value.text.rpartition(".")[2] in names:
            yield variable.name


def _may_register(binding: Binding) -> bool:
    return binding.within == binding.scope and is_container(binding.value) and begins_empty(binding.value)


def _is_field(project: Project, cls: ClassSymbol, binding: Binding) -> bool:
    """Whether a class variable declares what each instance gets a copy of."""
    annotation = binding.annotation.partition("[")[0].rpartition(".")[2]
    return bool(annotation) and annotation not in SHARING_ANNOTATIONS and declares_fields(project, cls)


def _registry(
    project: Project,
    module: Module,
    fact: Mutation,
    variables: Mapping[VariableSymbol, _Registry],
    members: Mapping[tuple[ClassSymbol, str], _Registry],
) -> _Registry | None:
    """The registry that a mutation changes."""
    target = changed_part(fact.target)
    prefix, _, name = target.rpartition(".")
    symbol = project.resolve(module, fact.scope, target).symbol
    if isinstance(symbol, VariableSymbol):
        return variables.get(symbol)
    cls = project.resolve_class(module, fact.scope, prefix.removesuffix(".__class__"))
    for ancestor in () if cls is None else project.ancestry(cls):
        if (ancestor, name) in members:
            return members[ancestor, name]
    return None


def _note(project: Project, registry: _Registry, module: Module, fact: Mutation) -> None:
    if fact.operation in REMOVALS:
        registry.shrinks = True
        return
    owner = owner_of_entry(registry.binding.name, fact) if _adds(registry, fact) else ""
    if owner and not runs_at_import_only(project, module, fact.scope):
        registry.additions.append((module, fact, owner))


def _adds(registry: _Registry, fact: Mutation) -> bool:
    """Whether a change may add an entry; that of an item does where the item comes into being by being asked for."""
    is_item = changed_part(fact.target) != fact.target
    return is_default_dict(registry.binding.value) if is_item else fact.operation in ADDITIONS | {"update"}


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


def _finding(registry: _Registry, severity: Severity | None) -> Finding:
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
                f"{place} {fact.operation} {', '.join(fact.key_parts) or fact.target}"
                for place, (_, fact, _) in zip(places, registry.additions, strict=True)
            ],
        },
        severity=severity,
    )


def _place(module: Module, fact: Mutation) -> str:
    return f"{module.path}:{fact.line}"
