"""Whether a definition means in its module what an equal one means in another: what code says depends on what the names
in it stand for.

The scan tells by it what can be fixed, and ``ssot-lint fix`` asks it again before anything is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_lint.model.facts import Binding, BindingKind, Import
from ssot_lint.model.syntax import MODULE_SCOPE, Value, ValueKind
from ssot_lint.model.vocabulary import LOGGER_MAKERS, MODULE_NAMES, VALUE_MAKERS
from ssot_lint.project.names_read import names_read_by
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome, Resolution
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol

_CONTAINERS = frozenset({ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.COMPREHENSION})
_EMPTY = frozenset({"[]", "{}", "()"})
_TELLING = frozenset({BindingKind.ASSIGN, BindingKind.ANNOTATED, BindingKind.AUGMENTED, BindingKind.TYPE_ALIAS})


class SameMeaning(NamedTuple):
    """``difference`` says, as a clause, by which name a copy means another thing than its home; empty where there is
    none. ``loggers`` are the loggers that it logs to, which the two modules call by their own names; sorted."""

    difference: str = ""
    loggers: tuple[str, ...] = ()


def same_meaning(
    project: Project, copy: ClassSymbol | FunctionSymbol, home: ClassSymbol | FunctionSymbol
) -> SameMeaning:
    """Whether all names that either of two equal definitions reads mean the same in the module of the other: they are
    bound to the same thing, to functions that are equal in the same way, or to equal values that nothing changes."""
    comparison = _Comparison(project)
    difference = comparison.of_definitions(copy, home)
    return SameMeaning(difference, () if difference else tuple(sorted(comparison.loggers)))


class _Comparison:
    """Compares what names stand for; what is being compared already counts as the same, so that circles end."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._assumed: set[tuple[Module, Module, str]] = set()
        self.loggers: set[str] = set()

    def of_definitions(self, copy: ClassSymbol | FunctionSymbol, home: ClassSymbol | FunctionSymbol) -> str:
        """The first difference, as a clause."""
        names = (names_read_by(copy) | names_read_by(home)) - {copy.name, home.name}
        return self._first(copy.module, home.module, sorted(names))

    def _first(self, site: Module, home: Module, names: Sequence[str]) -> str:
        return next((clause for name in names if (clause := self._difference(site, home, name))), "")

    def _difference(self, site: Module, home: Module, name: str) -> str:
        if site is home or (site, home, name) in self._assumed:
            return ""
        self._assumed.add((site, home, name))
        if name in MODULE_NAMES:
            return f"`{name}` is another one in {home.name}"
        if not self._is_known(site, name) and not self._is_known(home, name):
            return ""
        here, there = (self._project.resolver.lookup(module, name) for module in (site, home))
        if _identity(here) == _identity(there) is not None:
            return ""
        one, other = here.symbol, there.symbol
        if isinstance(one, VariableSymbol) and isinstance(other, VariableSymbol):
            return self._of_values(one.module, one.name, other.module, other.name)
        if isinstance(one, FunctionSymbol) and isinstance(other, FunctionSymbol) and _are_equal(one, other):
            return self.of_definitions(one, other)
        if one is None and other is None and here.outcome is there.outcome is Outcome.UNKNOWN:
            return self._of_values(site, name, home, name)
        return f"`{name}` is another one in {home.name}"

    def _is_known(self, module: Module, name: str) -> bool:
        return name in module.namespace or name in self._project.resolver.star_names(module)

    def _of_values(self, site: Module, name: str, home: Module, home_name: str) -> str:
        bound, bound_there = _statements(site, name), _statements(home, home_name)
        is_equal = len(bound) == len(bound_there) > 0 and all(
            self._binds_the_same(site, one, home, other) for one, other in zip(bound, bound_there, strict=True)
        )
        if not is_equal or name != home_name:
            return f"`{name}` is another one in {home.name}"
        bindings = [each for each in (*bound, *bound_there) if isinstance(each, Binding)]
        if any(each.within != MODULE_SCOPE for each in bindings) or any(
            self._is_changed(module, name) for module in (site, home)
        ):
            return f"`{name}` changes, and each module has its own"
        if not all(each.value is not None and self._is_plain(site, each.value) for each in bindings):
            return f"each module makes a `{name}` of its own"
        return self._of_names_in(bindings[: len(bindings) // 2], site, home)

    def _binds_the_same(self, site: Module, one: Binding | Import, home: Module, other: Binding | Import) -> bool:
        if isinstance(one, Import) and isinstance(other, Import):
            resolved = self._project.resolver.resolve_import
            found = _identity(resolved(site, one))
            return one.guard == other.guard and found is not None and found == _identity(resolved(home, other))
        if not isinstance(one, Binding) or not isinstance(other, Binding):
            return False
        is_told = bool(one.digest) and one.kind in _TELLING
        return is_told and (one.kind, one.guard, one.digest) == (other.kind, other.guard, other.digest)

    def _of_names_in(self, bindings: Sequence[Binding], site: Module, home: Module) -> str:
        for binding in bindings:
            names = set(binding.names)
            if _makes_logger(binding.value) and "__name__" in names:
                names.discard("__name__")
                self.loggers.add(binding.name)
            if clause := self._first(site, home, sorted(names)):
                return clause
        return ""

    def _is_plain(self, module: Module, value: Value) -> bool:
        """Whether a value is the same thing wherever it is written, as far as nothing changes it."""
        if value.kind in _CONTAINERS:
            return value.arguments_text not in _EMPTY
        if value.kind is not ValueKind.CALL:
            return not value.awaited
        if _makes_logger(value):
            return True
        found = self._project.resolve(module, MODULE_SCOPE, value.text)
        is_builtin = not self._is_known(module, value.text.partition(".")[0])
        return (value.text if is_builtin else found.external) in VALUE_MAKERS

    def _is_changed(self, module: Module, name: str) -> bool:
        """Whether anything changes in place what the name of a module holds, as far as can be seen."""
        if _changes(module, name):
            return True
        entry = module.namespace.get(name)
        uses = self._project.imports_of(entry) if isinstance(entry, Symbol) else ()
        if any(_changes(use.importer, use.fact.bound_name) for use in uses):
            return True
        users = self._project.importers_of_module(module)
        return any(name in fact.target.split("[")[0].split(".")[1:] for user in users for fact in user.facts.mutations)


def _changes(module: Module, name: str) -> bool:
    return any(fact.target.split("[")[0].split(".")[0] == name for fact in module.facts.mutations)


def _statements(module: Module, name: str) -> list[Binding | Import]:
    """The imports and assignments that bind a name of a module, in source order; none where a definition does too."""
    if any(symbol.name == name for symbol in (*module.top_level_classes, *module.top_level_functions)):
        return []
    return sorted(_bound(module, name), key=lambda fact: (fact.line, fact.column))


def _bound(module: Module, name: str) -> Iterator[Binding | Import]:
    for fact in module.facts.imports:
        if fact.scope == MODULE_SCOPE and fact.name != "*" and fact.bound_name == name:
            yield fact
    for binding in module.facts.bindings:
        if binding.scope == MODULE_SCOPE and binding.name == name:
            yield binding


def _are_equal(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    first, second = one.fact, other.fact
    heads = ((fact.parameters, fact.is_async, fact.body.digest) for fact in (first, second))
    decorators = ([(each.name, each.arguments_text) for each in fact.decorators] for fact in (first, second))
    return next(heads) == next(heads) and next(decorators) == next(decorators)


def _makes_logger(value: Value | None) -> bool:
    return value is not None and value.kind is ValueKind.CALL and value.text.rpartition(".")[2] in LOGGER_MAKERS


def _identity(found: Resolution) -> object:
    """What a name stands for; None where that cannot be told."""
    if found.outcome in (Outcome.SYMBOL, Outcome.MODULE):
        return found.symbol or found.module
    return found.external if found.outcome is Outcome.EXTERNAL else None


def is_same_name(project: Project, site: Module, home: Module, name: str) -> bool:
    """Whether a name stands for one and the same thing in two modules."""
    one, other = (project.resolver.lookup(module, name) for module in (site, home))
    return _identity(one) == _identity(other) is not None
