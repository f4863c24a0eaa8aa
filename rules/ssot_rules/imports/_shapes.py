"""Whether what replaces something deprecated surely takes its place as it is."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.model.facts import Parameter
from ssot_lint.model.finding import Home
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_rules.analysis.constructors import constructor_parameters
from ssot_rules.imports._deprecations import Deprecated

_CONSTRUCTORS = frozenset({"__init__", "__new__"})
_WARNED = frozenset({"assertWarns", "deprecated_call", "warns"})


def is_same_shape(project: Project, thing: Deprecated, home: Home, uses: Sequence[ImportReference]) -> bool:
    """Whether users of a thing can take ``home`` instead and change nothing else: a module that has all that they take,
    a function or class that is called in the same way and, if a class, has the same methods."""
    module = project.resolver.index.find_module(thing.module, home.module)
    name = home.symbol.partition(":")[2]
    if module is None:
        return False
    if not thing.name:
        taken = {use.fact.name for use in uses if use.source is thing.module} - {None, "*"}
        names = [each for each in taken if each is not None]
        if not name:
            return all(_offers(project, module, each) for each in names)
        new = module.namespace.get(name)
        return all(each == name or _are_called_alike(thing.module.namespace.get(each), new) for each in names)
    old, new = thing.symbol, module.namespace.get(name)
    if isinstance(old, ClassSymbol) and isinstance(new, ClassSymbol):
        return _can_stand_in(project, old, new)
    return _are_called_alike(old, new)


def is_asserted(uses: Sequence[ImportReference]) -> bool:
    """Whether a test that imports a thing expects its warning: then it is kept on purpose."""
    testers = {use.importer for use in uses if use.importer.zone is Zone.TEST}
    return any(call.callee.rpartition(".")[2] in _WARNED for module in testers for call in module.facts.calls)


def _are_called_alike(old: object, new: object) -> bool:
    if isinstance(old, FunctionSymbol) and isinstance(new, FunctionSymbol):
        return _takes_as_much(old.fact.parameters, new.fact.parameters)
    return False


def _offers(project: Project, module: Module, name: str) -> bool:
    return project.resolver.lookup(module, name).symbol is not None or name in module.namespace


def _can_stand_in(project: Project, old: ClassSymbol, new: ClassSymbol) -> bool:
    if not _takes_as_much(constructor_parameters(project, old), constructor_parameters(project, new)):
        return False
    own = [method.name for method in old.module.methods(old) if method.name not in _CONSTRUCTORS]
    if new in project.ancestry(old):
        return not own
    return all(isinstance(project.resolver.member(new, name), Symbol) for name in own)


def _takes_as_much(old: Sequence[Parameter], new: Sequence[Parameter]) -> bool:
    """Whether calls of the one are calls of the other: the same parameters at the same places, as far as they are
    annotated of the same types, and no further ones that are required."""
    first = zip(old, new, strict=False)
    is_same = len(old) <= len(new) and all(
        (one.name, one.kind) == (other.name, other.kind)
        and (not one.annotation or not other.annotation or one.annotation == other.annotation)
        for one, other in first
    )
    return is_same and all(more.default is not None for more in new[len(old) :])
