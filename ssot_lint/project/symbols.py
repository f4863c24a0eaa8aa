"""Modules and the symbols they define."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol, TypeVar, cast

from ssot_lint.model.directives import canonical_lines
from ssot_lint.model.facts import (
    AttributeAssignment,
    Binding,
    BindingKind,
    Call,
    Class,
    Function,
    Import,
    ModuleFacts,
    Mutation,
)
from ssot_lint.model.finding import Location
from ssot_lint.model.source import SourceFile
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ScopeKind
from ssot_lint.project.watch import Watch, of_file

T = TypeVar("T")


class Symbol:
    """A definition: a class, a function, or a module-level name. One object per definition, compared by identity."""

    __slots__ = ("fact", "module", "qualname")

    fact: Class | Function | Binding

    def __init__(self, module: Module, qualname: str, fact: Class | Function | Binding) -> None:
        self.module = module
        self.qualname = qualname
        self.fact = fact

    @property
    def name(self) -> str:
        return self.fact.name

    @property
    def id(self) -> str:
        """``package.module:Qual.name``."""
        return f"{self.module.name}:{self.qualname}"

    @property
    def location(self) -> Location:
        """Where the definition stands."""
        return Location(self.module.path, self.fact.line, self.fact.column, self.fact.end_line)

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """Orders symbols by place; total, and independent of the order in which they were found."""
        return self.module.path, self.fact.line, self.fact.column

    def __repr__(self) -> str:
        return f"<{type(self.fact).__name__} {self.id}>"


class ClassSymbol(Symbol):
    """A symbol whose fact is a class."""

    __slots__ = ()

    fact: Class


class FunctionSymbol(Symbol):
    """A symbol whose fact is a function."""

    __slots__ = ()

    fact: Function


class VariableSymbol(Symbol):
    """A symbol whose fact is a binding of a name in a module."""

    __slots__ = ()

    fact: Binding


SymbolT = TypeVar("SymbolT", bound=Symbol)

_FACT: Any = vars(Symbol)["fact"]
"""Where a symbol keeps its fact."""


class _Watched:
    """Of symbols whose readers are noted: to look whether they are takes longer than to read."""

    __slots__ = ()

    module: Module

    @property
    def fact(self) -> Any:
        if (files := self.module.watch.files) is not None:
            files.add(self.module)
        return _FACT.__get__(self)

    @fact.setter
    def fact(self, fact: object) -> None:
        _FACT.__set__(self, fact)


class _WatchedClass(_Watched, ClassSymbol):
    __slots__ = ()


class _WatchedFunction(_Watched, FunctionSymbol):
    __slots__ = ()


class _WatchedVariable(_Watched, VariableSymbol):
    __slots__ = ()


_WATCHED: Mapping[type[Symbol], type[Symbol]] = MappingProxyType(
    {ClassSymbol: _WatchedClass, FunctionSymbol: _WatchedFunction, VariableSymbol: _WatchedVariable}
)


class LaterFacts(Protocol):
    """Facts that are read when they are first asked for, and what is known of them before."""

    takes_stars: bool
    is_dynamic: bool
    has_directives: bool

    def __call__(self) -> ModuleFacts:
        """The facts."""
        ...


class Module:
    """A file with its facts. ``facts`` of a file that could not be parsed are empty and ``is_opaque`` is set.
    ``watch`` notes who reads them."""

    def __init__(
        self,
        source: SourceFile,
        facts: ModuleFacts | LaterFacts,
        *,
        is_opaque: bool = False,
        watch: Watch | None = None,
    ) -> None:
        self.source = source
        self.path = source.path
        self.name = source.module
        """The dotted module name."""
        self.zone = source.zone
        self.watch = watch or Watch(is_used=False)
        self.known: dict[str, Any] = {}
        self._facts = facts
        self._is_opaque = is_opaque
        self._before: dict[tuple[type[Symbol], str], list[Symbol]] = {}
        self._derived: dict[Callable[[Module], object], Any] = {}

    def renew(self, facts: ModuleFacts, *, is_opaque: bool) -> None:
        """Give the file other facts. A definition that was there before stays the symbol that it was. For
        :mod:`ssot_lint.project.renewal` alone: to all others a module is immutable."""
        before: dict[tuple[type[Symbol], str], list[Symbol]] = defaultdict(list)
        for symbol in self.defined():
            before[type(symbol), symbol.qualname].append(symbol)
        source, watch = self.source, self.watch
        vars(self).clear()
        Module.__init__(self, source, facts, is_opaque=is_opaque, watch=watch)
        self._before = before
        for _ in self.defined():  # now: a symbol that is asked for later must not have the facts of before
            pass

    @of_file
    def facts(self) -> ModuleFacts:
        return self._facts if isinstance(self._facts, ModuleFacts) else self._facts()

    @property
    def takes_stars(self) -> bool:
        """Whether it imports all names of another module. As the next ones, to be asked without reading the facts."""
        facts = self._noted_facts()
        return takes_stars(facts) if isinstance(facts, ModuleFacts) else facts.takes_stars

    @property
    def is_dynamic(self) -> bool:
        """Whether names may exist that the source does not show."""
        return self._is_opaque or self._noted_facts().is_dynamic

    @property
    def has_directives(self) -> bool:
        """Whether there are comments for this tool in it."""
        facts = self._noted_facts()
        return bool(facts.directives) if isinstance(facts, ModuleFacts) else facts.has_directives

    def _noted_facts(self) -> ModuleFacts | LaterFacts:
        if (files := self.watch.files) is not None:
            files.add(self)
        return self._facts

    @of_file
    def is_opaque(self) -> bool:
        return self._is_opaque

    def derived(self, compute: Callable[[Module], T]) -> T:
        """``compute(self)``, computed once as long as the file stays as it is, in a project that stays in memory too.
        Other files do not count in it."""
        if (files := self.watch.files) is not None:
            files.add(self)
        if compute not in self._derived:
            self._derived[compute] = compute(self)
        answer: T = self._derived[compute]
        return answer

    def __repr__(self) -> str:
        return f"<Module {self.name}>"

    @of_file
    def classes(self) -> tuple[ClassSymbol, ...]:
        """All classes, nested ones too, in source order."""
        scopes = self.facts.scopes
        return tuple(self._symbol(ClassSymbol, scopes[fact.scope].qualname, fact) for fact in self.facts.classes)

    @of_file
    def functions(self) -> tuple[FunctionSymbol, ...]:
        """All functions, methods and nested ones too, in source order."""
        scopes = self.facts.scopes
        return tuple(self._symbol(FunctionSymbol, scopes[fact.scope].qualname, fact) for fact in self.facts.functions)

    @of_file
    def variables(self) -> tuple[VariableSymbol, ...]:
        """Bindings of module-level names outside functions, in source order."""
        return tuple(
            self._symbol(VariableSymbol, fact.name, fact)
            for fact in self.facts.bindings
            if fact.scope == fact.within == MODULE_SCOPE and fact.kind is not BindingKind.DELETED
        )

    @of_file
    def _global_variables(self) -> tuple[VariableSymbol, ...]:
        """Bindings of names that functions declare global, in source order."""
        return tuple(
            self._symbol(VariableSymbol, fact.name, fact)
            for fact in self.facts.bindings
            if fact.scope == MODULE_SCOPE != fact.within
        )

    def defined(self) -> Iterator[Symbol]:
        """All definitions."""
        yield from self.classes
        yield from self.functions
        yield from self.variables
        yield from self._global_variables

    def _symbol(self, kind: type[SymbolT], qualname: str, fact: Class | Function | Binding) -> SymbolT:
        """The symbol of a definition: the one that it was before, if there is one."""
        made = cast("type[SymbolT]", _WATCHED[kind]) if self.watch.is_used else kind
        known = self._before.get((made, qualname))
        if not known:
            return made(self, qualname, fact)
        symbol = cast(SymbolT, known.pop(0))
        symbol.fact = fact
        return symbol

    @of_file
    def top_level_classes(self) -> tuple[ClassSymbol, ...]:
        return tuple(symbol for symbol in self.classes if symbol.fact.parent == MODULE_SCOPE)

    @of_file
    def top_level_functions(self) -> tuple[FunctionSymbol, ...]:
        return tuple(symbol for symbol in self.functions if symbol.fact.parent == MODULE_SCOPE)

    def scope_symbol(self, scope: int) -> ClassSymbol | FunctionSymbol | None:
        """The class or function a scope belongs to; None for the module."""
        entry = self.facts.scopes[scope]
        if entry.kind is ScopeKind.MODULE:
            return None
        return self.classes[entry.index] if entry.kind is ScopeKind.CLASS else self.functions[entry.index]

    def enclosing_class(self, scope: int) -> ClassSymbol | None:
        """The innermost class around a scope."""
        while scope != MODULE_SCOPE:
            entry = self.facts.scopes[scope]
            if entry.kind is ScopeKind.CLASS:
                return self.classes[entry.index]
            scope = entry.parent
        return None

    def methods(self, cls: ClassSymbol) -> tuple[FunctionSymbol, ...]:
        """The functions that stand directly in the body of ``cls``."""
        return self._methods_by_scope.get(cls.fact.scope, ())

    def member(self, cls: ClassSymbol, name: str) -> FunctionSymbol | ClassSymbol | None:
        """The method or nested class that stands under ``name`` directly in the body of ``cls``; the last one."""
        return self._members_by_scope.get(cls.fact.scope, {}).get(name)

    def members(self, cls: ClassSymbol) -> Collection[str]:
        """The names under which :meth:`member` finds something."""
        return self._members_by_scope.get(cls.fact.scope, {}).keys()

    def defined_in(self, scope: int) -> Mapping[str, FunctionSymbol | None]:
        """What is defined directly in a function; None for a class, and for a name with several definitions."""
        return self._nested_by_scope.get(scope, {})

    @of_file
    def _nested_by_scope(self) -> Mapping[int, Mapping[str, FunctionSymbol | None]]:
        found: dict[int, dict[str, FunctionSymbol | None]] = defaultdict(dict)
        definitions: tuple[FunctionSymbol | ClassSymbol, ...] = (*self.classes, *self.functions)
        for symbol in definitions:
            if self.facts.scopes[symbol.fact.parent].kind is ScopeKind.FUNCTION:
                names = found[symbol.fact.parent]
                known = symbol if isinstance(symbol, FunctionSymbol) else None
                names[symbol.name] = None if symbol.name in names else known
        return found

    @of_file
    def _members_by_scope(self) -> Mapping[int, Mapping[str, FunctionSymbol | ClassSymbol]]:
        found: dict[int, dict[str, FunctionSymbol | ClassSymbol]] = defaultdict(dict)
        members: tuple[FunctionSymbol | ClassSymbol, ...] = (*self.classes, *self.functions)
        for symbol in members:
            if self.facts.scopes[symbol.fact.parent].kind is ScopeKind.CLASS:
                found[symbol.fact.parent][symbol.fact.name] = symbol
        return found

    def class_variables(self, cls: ClassSymbol) -> tuple[Binding, ...]:
        """The names bound directly in the body of ``cls``."""
        return self._class_bindings.get(cls.fact.scope, ())

    def instance_attributes(self, cls: ClassSymbol) -> tuple[AttributeAssignment, ...]:
        """What the methods of ``cls`` set on their first parameter."""
        return tuple(fact for method in self.methods(cls) for fact in self.attributes(method))

    def mutations(self, function: FunctionSymbol) -> tuple[Mutation, ...]:
        """What ``function`` changes in place, nested functions left out."""
        return self._mutations_by_scope.get(function.fact.scope, ())

    def attributes(self, function: FunctionSymbol) -> tuple[AttributeAssignment, ...]:
        """What ``function``, a method, sets on its first parameter, nested functions left out."""
        return self._attributes_by_scope.get(function.fact.scope, ())

    def calls(self, function: FunctionSymbol) -> tuple[Call, ...]:
        """What ``function`` calls of what may be symbols of the project, nested functions left out."""
        return self._calls_by_scope.get(function.fact.scope, ())

    def is_canonical(self, symbol: Symbol) -> bool:
        """Whether the code marks ``symbol``, a definition of this module, as the home: ``# ssot-lint: canonical``."""
        return symbol.fact.line in self._canonical_lines

    @of_file
    def _canonical_lines(self) -> frozenset[int]:
        return canonical_lines(self.facts)

    @of_file
    def _attributes_by_scope(self) -> Mapping[int, tuple[AttributeAssignment, ...]]:
        found: dict[int, list[AttributeAssignment]] = defaultdict(list)
        for fact in self.facts.attributes:
            found[fact.scope].append(fact)
        return {scope: tuple(facts) for scope, facts in found.items()}

    @of_file
    def _calls_by_scope(self) -> Mapping[int, tuple[Call, ...]]:
        found: dict[int, list[Call]] = defaultdict(list)
        for fact in self.facts.calls:
            found[fact.scope].append(fact)
        return {scope: tuple(facts) for scope, facts in found.items()}

    @of_file
    def _mutations_by_scope(self) -> Mapping[int, tuple[Mutation, ...]]:
        found: dict[int, list[Mutation]] = defaultdict(list)
        for fact in self.facts.mutations:
            found[fact.scope].append(fact)
        return {scope: tuple(facts) for scope, facts in found.items()}

    @of_file
    def _methods_by_scope(self) -> Mapping[int, tuple[FunctionSymbol, ...]]:
        found: dict[int, list[FunctionSymbol]] = defaultdict(list)
        for symbol in self.functions:
            if self.facts.scopes[symbol.fact.parent].kind is ScopeKind.CLASS:
                found[symbol.fact.parent].append(symbol)
        return {scope: tuple(symbols) for scope, symbols in found.items()}

    @of_file
    def _class_bindings(self) -> Mapping[int, tuple[Binding, ...]]:
        found: dict[int, list[Binding]] = defaultdict(list)
        for fact in self.facts.bindings:
            if fact.scope != MODULE_SCOPE:
                found[fact.scope].append(fact)
        return {scope: tuple(facts) for scope, facts in found.items()}

    @of_file
    def imports_by_scope(self) -> Mapping[int, Mapping[str, Import]]:
        """Imports inside functions and classes, by scope and bound name."""
        found: dict[int, dict[str, Import]] = defaultdict(dict)
        for fact in self.facts.imports:
            if fact.scope != MODULE_SCOPE and fact.name != "*":
                found[fact.scope][fact.bound_name] = fact
        return found

    @of_file
    def local_roots(self) -> frozenset[str]:
        """Names that may mean something else inside a function than in the module: what functions import and define,
        and what methods call their instance or class."""
        receivers = {method.fact.parameters[0].name for method in self.functions if method.fact.parameters}
        return frozenset(receivers.union(*self.imports_by_scope.values(), *self._nested_by_scope.values(), {"super"}))

    @of_file
    def namespace(self) -> Mapping[str, Symbol | Import]:
        """What each module-level name stands for once the module has run, as far as that is certain.

        Of several bindings the last unconditional one counts; without one, the most likely.
        """
        found: dict[str, Symbol | Import] = {}
        rivals: dict[str, list[Symbol | Import]] = {}
        for name, entry in self._module_level_names():
            first = found.setdefault(name, entry)
            if first is not entry:
                rivals.setdefault(name, [first]).append(entry)
        for variable in self._global_variables:
            # A name that only a function binds, by `global`.
            found.setdefault(variable.name, variable)
        return found | {name: _most_likely(name, entries) for name, entries in rivals.items()}

    def _module_level_names(self) -> Iterator[tuple[str, Symbol | Import]]:
        for fact in self.facts.imports:
            if fact.scope == MODULE_SCOPE and fact.name != "*":
                yield fact.bound_name, fact
        for symbol in (*self.top_level_classes, *self.top_level_functions, *self.variables):
            yield symbol.fact.name, symbol


def takes_stars(facts: ModuleFacts) -> bool:
    """Whether a module imports all names of another one."""
    return any(fact.name == "*" and fact.scope == MODULE_SCOPE for fact in facts.imports)


def _fact_of(entry: Symbol | Import) -> Class | Function | Binding | Import:
    return entry.fact if isinstance(entry, Symbol) else entry


def _most_likely(name: str, entries: Sequence[Symbol | Import]) -> Symbol | Import:
    return max(entries, key=lambda entry: _weight(name, entry))


def _weight(name: str, entry: Symbol | Import) -> tuple[int, int, int]:
    fact = _fact_of(entry)
    certainty = _CERTAINTY[_condition(fact.guard)]
    if isinstance(fact, Binding) and (
        fact.kind is BindingKind.AUGMENTED or (fact.value is not None and name in fact.value.arguments_text)
    ):
        # `X = register(X)` and `X += ...` leave the definition what it was.
        certainty -= 1
    # Of unconditional bindings the last one stays; of alternatives the first is the preferred one.
    direction = 1 if fact.guard in (Guard.NONE, Guard.MAIN) else -1
    return certainty, direction * fact.line, direction * fact.column


_CERTAINTY = {
    Guard.NONE: 10,
    Guard.TRY_IMPORT: 8,
    Guard.CONDITION: 6,
    Guard.TYPE_CHECKING: 4,
    Guard.ELSE: 2,
    Guard.EXCEPT_IMPORT: 0,
}


def _condition(guard: Guard) -> Guard:
    """The flag that makes a binding least likely to be the one that counts."""
    for flag in (Guard.EXCEPT_IMPORT, Guard.ELSE, Guard.TYPE_CHECKING, Guard.CONDITION):
        if guard & flag:
            return flag
    return Guard.TRY_IMPORT if guard & (Guard.TRY_IMPORT | Guard.TRY) else Guard.NONE
