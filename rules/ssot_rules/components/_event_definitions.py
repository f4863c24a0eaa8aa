"""The named definitions of events, and what a name in the code has to do with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.model.facts import Binding, BindingKind
from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.syntax import STAND_IN, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol, VariableSymbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_kinds import has_text_members, is_enum, outer_bases
from ssot_rules.analysis.layout import is_handwritten

_KINDS = (BindingKind.ASSIGN, BindingKind.ANNOTATED)
# Constants that stand for constants: longer chains than this are not followed.
_MAX_HOPS = 8


@dataclass(frozen=True, slots=True)
class Definition:
    """A name for an event: a constant of a module, or a constant or enum member in a class. ``holder`` is the constant
    of the module, or the class; ``as_text`` is how other code writes the event's name with it, once ``holder`` is
    imported."""

    event: str
    holder: ClassSymbol | VariableSymbol
    binding: Binding
    as_text: str

    @property
    def module(self) -> Module:
        return self.holder.module

    @property
    def name(self) -> str:
        """``STARTED``, ``AgentEvent.STARTED``."""
        holder = self.holder
        return f"{holder.qualname}.{self.binding.name}" if isinstance(holder, ClassSymbol) else holder.qualname

    @property
    def id(self) -> str:
        return f"{self.module.name}:{self.name}"

    @property
    def company(self) -> Symbol | Module:
        """The class or module that it stands in."""
        return self.holder if isinstance(self.holder, ClassSymbol) else self.module

    @property
    def location(self) -> Location:
        return Location(self.module.path, self.binding.line, self.binding.column, self.binding.end_line)

    @property
    def import_text(self) -> str:
        return f"from {self.module.name} import {self.holder.qualname.partition('.')[0]}"

    def as_home(self, reason: str) -> Home:
        return Home(self.location, self.module.name, self.id, reason)

    def as_site(self, message: str) -> Site:
        return Site(self.location, self.module.name, self.id, message)


def definitions_in(project: Project, module: Module, events: Collection[str]) -> Iterator[Definition]:
    """The definitions of ``events`` in a module: constants of the module first, then those of its classes, by place."""
    if not is_handwritten(module):
        return
    for variable in module.variables:
        event, name = _literal(variable.fact), variable.name
        if event in events and name.isupper() and module.namespace.get(name) is variable:
            yield Definition(event, variable, variable.fact, name)
    for cls in module.classes:
        yield from _members(project, cls, events)


def _members(project: Project, cls: ClassSymbol, events: Collection[str]) -> Iterator[Definition]:
    """The definitions in a class. Of several with one value only the first: in an enum the others are its aliases."""
    found: set[str] = set()
    for binding in cls.module.class_variables(cls):
        event = _literal(binding) or _automatic(project, cls, binding)
        if event not in events or event in found:
            continue
        is_member = is_enum(project, cls)
        if is_member or binding.name.isupper() or words(binding.name) == words(event):
            found.add(event)
            suffix = ".value" if is_member and not has_text_members(project, cls) else ""
            yield Definition(event, cls, binding, f"{cls.qualname}.{binding.name}{suffix}")


def _literal(binding: Binding) -> str:
    """The text that a binding gives to its name, empty for anything else."""
    value = binding.value
    if value is None or value.kind is not ValueKind.CONSTANT or binding.kind not in _KINDS:
        return ""
    if binding.scope != binding.within or binding.guard & STAND_IN:
        return ""
    text = value.text[1:-1]
    return text if value.text in (f'"{text}"', f"'{text}'") else ""


def _automatic(project: Project, cls: ClassSymbol, binding: Binding) -> str:
    """The value that ``auto()`` gives to a member of a StrEnum."""
    value = binding.value
    if value is None or value.kind is not ValueKind.CALL or value.text.rpartition(".")[2] != "auto":
        return ""
    names = {name.rpartition(".")[2] for name in outer_bases(project, cls)}
    return binding.name.lower() if "StrEnum" in names else ""


def definition_of(
    project: Project,
    module: Module,
    scope: int,
    text: str,
    defined: Mapping[tuple[Symbol, str], Definition],
) -> Definition | None:
    """What of ``defined``, by holder and name, a dotted name stands for, through constants that stand for constants."""
    for _ in range(_MAX_HOPS):
        found = _constant(project, module, scope, text)
        if found is None:
            return None
        holder, binding = found
        if (holder, binding.name) in defined:
            return defined[holder, binding.name]
        if binding.value is None or binding.value.kind is not ValueKind.NAME:
            return None
        module, text = holder.module, binding.value.text.removesuffix(".value")
        scope = holder.fact.scope
    return None


def _constant(
    project: Project, module: Module, scope: int, text: str
) -> tuple[ClassSymbol | VariableSymbol, Binding] | None:
    """The constant of a module or of a class that a dotted name means."""
    owner, _, name = text.rpartition(".")
    around = module.scope_symbol(scope)
    cls = project.resolve_class(module, scope, owner) if owner else around if isinstance(around, ClassSymbol) else None
    for ancestor in project.ancestry(cls) if cls is not None else ():
        for binding in ancestor.module.class_variables(ancestor):
            if binding.name == name:
                return ancestor, binding
    symbol = project.resolve(module, scope, text).symbol
    return (symbol, symbol.fact) if isinstance(symbol, VariableSymbol) else None
