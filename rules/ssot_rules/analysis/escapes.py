"""Containers that are handed to other code, which may do with them what it likes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ssot_lint.model.facts import Call
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module, VariableSymbol


def handed_variables(project: Project) -> frozenset[VariableSymbol]:
    """The module-level names that are given whole to a function or class of the project, or stored as attributes. For
    :meth:`Project.derived`."""
    names = _names_of_variables(project)
    return frozenset(
        symbol
        for module in project.modules
        if module.zone is not Zone.TEST
        for scope, text in (*_arguments(project, module, names), *_stored(module))
        if text.rpartition(".")[2] in names
        if isinstance(symbol := project.resolve(module, scope, text).symbol, VariableSymbol)
    )


def _names_of_variables(project: Project) -> frozenset[str]:
    """What a module-level name may be called somewhere: to resolve all arguments of a project takes long."""
    own = (variable.name for module in project.modules for variable in module.variables)
    return frozenset((*own, *(fact.alias for module in project.modules for fact in module.facts.imports if fact.alias)))


def handed_attributes(project: Project) -> Mapping[str, frozenset[ClassSymbol]]:
    """The classes that give an attribute of their instance whole to a function or class of the project, by its name.
    For :meth:`Project.derived`."""
    found: dict[str, set[ClassSymbol]] = defaultdict(set)
    for module in project.modules:
        for scope, text in (*_arguments(project, module, None), *_stored(module)):
            receiver, _, name = text.partition(".")
            cls = module.enclosing_class(scope)
            if cls is not None and name and "." not in name and receiver in module.local_roots:
                found[name].add(cls)
    return {name: frozenset(classes) for name, classes in found.items()}


def _arguments(project: Project, module: Module, wanted: frozenset[str] | None) -> Iterator[tuple[int, str]]:
    """Scope and text of each argument that is a name, of calls of the project's own functions and classes; of those
    that end in one of the ``wanted`` names, or of all."""
    for call in module.facts.calls:
        names = [
            argument.text
            for argument in call.arguments
            if (wanted is None or argument.text.rpartition(".")[2] in wanted)
            and argument.text.replace(".", "a").isidentifier()
        ]
        if names and _is_own(project, module, call):
            for name in names:
                yield call.scope, name


def _is_own(project: Project, module: Module, call: Call) -> bool:
    return project.resolve(module, call.scope, call.callee).symbol is not None


def _stored(module: Module) -> Iterator[tuple[int, str]]:
    for fact in module.facts.attributes:
        if fact.value is not None and fact.value.kind is ValueKind.NAME:
            yield fact.scope, fact.value.text
