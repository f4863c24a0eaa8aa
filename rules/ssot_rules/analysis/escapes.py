"""Containers that are handed to other code, which may do with them what it likes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module, VariableSymbol
from ssot_rules.analysis.parts import united


def handed_variables(project: Project) -> frozenset[VariableSymbol]:
    """The module-level names that are given whole to a function or class of the project, or stored as attributes. For
    :meth:`Project.derived`."""
    return project.combined(_variables_handed_in, united)


def _variables_handed_in(project: Project, module: Module) -> frozenset[VariableSymbol]:
    if module.zone is Zone.TEST:
        return frozenset()
    names = {*module.namespace, *module.local_roots, *project.resolver.star_names(module)}
    return frozenset(
        symbol
        for scope, text in project.linked(_handed_in, module)
        # Most are local variables: to resolve them all takes long.
        if text.partition(".")[0] in names
        if isinstance(symbol := project.resolve(module, scope, text).symbol, VariableSymbol)
    )


def handed_attributes(project: Project) -> Mapping[str, frozenset[ClassSymbol]]:
    """The classes that give an attribute of their instance whole to a function or class of the project, by its name.
    For :meth:`Project.derived`."""
    found: dict[str, set[ClassSymbol]] = defaultdict(set)
    for name, cls in project.gathered(_attributes_handed_in):
        found[name].add(cls)
    return {name: frozenset(classes) for name, classes in found.items()}


def _attributes_handed_in(project: Project, module: Module) -> tuple[tuple[str, ClassSymbol], ...]:
    found: dict[tuple[str, ClassSymbol], None] = {}
    for scope, text in project.linked(_handed_in, module):
        receiver, _, name = text.partition(".")
        cls = module.enclosing_class(scope)
        if cls is not None and name and "." not in name and receiver in module.local_roots:
            found[name, cls] = None
    return tuple(found)


def _handed_in(project: Project, module: Module) -> tuple[tuple[int, str], ...]:
    """Scope and text of each name that a module hands over or stores."""
    return tuple(dict.fromkeys((*_arguments(project, module), *_stored(module))))


def _arguments(project: Project, module: Module) -> Iterator[tuple[int, str]]:
    """Scope and text of each argument that is a name, of calls of the project's own functions and classes."""
    for call in project.calls_in(module):
        for argument in call.fact.arguments if call.fact.arguments_text else ():
            if argument.text.replace(".", "a").isidentifier():
                yield call.fact.scope, argument.text


def _stored(module: Module) -> Iterator[tuple[int, str]]:
    for fact in module.facts.attributes:
        if fact.value is not None and fact.value.kind is ValueKind.NAME:
            yield fact.scope, fact.value.text
