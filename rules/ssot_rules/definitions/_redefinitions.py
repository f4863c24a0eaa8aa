"""Which definitions a later one replaces before they take effect: the analysis behind SSOT150."""

from __future__ import annotations

import re
import typing
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ssot_lint.model.edits import Fix
from ssot_lint.model.facts import Binding, BindingKind, Class, Decorator, Function, Import, Replacement
from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, Value, ValueKind
from ssot_lint.project.project import Project, home_of, site_of, site_within
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_rules.analysis.bodies import line_counts
from ssot_rules.analysis.class_kinds import makes_data_class
from ssot_rules.analysis.decorators import returns_a_wrapper
from ssot_rules.analysis.drift import typed_signature_of
from ssot_rules.analysis.vocabulary import FORGETFUL_DECORATORS, TEST_DECORATORS, TYPING_MODULES

_Definition: TypeAlias = ClassSymbol | FunctionSymbol | Import | Binding
_Fact: TypeAlias = Class | Function | Import | Binding

_CONSTANT = re.compile(r"_*[A-Z][A-Z0-9_]*")
_LITERALS = frozenset({ValueKind.CONSTANT, ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.TUPLE})

_EMPTY = frozenset({"[]", "{}"})


@dataclass(frozen=True, slots=True)
class Place:
    """One of several definitions of a name, in source order."""

    module: Module
    scope: int
    definition: _Definition

    @property
    def line(self) -> int:
        return _fact(self.definition).line

    @property
    def name(self) -> str:
        return _name(self.definition)

    @property
    def qualname(self) -> str:
        """The name with that of the class around it."""
        around = self.module.facts.scopes[self.scope].qualname
        return f"{around}.{self.name}" if around else self.name

    @property
    def id(self) -> str:
        return f"{self.module.name}:{self.qualname}"

    @property
    def snippet(self) -> str:
        """What identifies the text of a definition among others; empty for one line."""
        symbol = self.definition
        return symbol.fact.body.digest if isinstance(symbol, (ClassSymbol, FunctionSymbol)) else ""

    def home(self, reason: str) -> Home:
        """This definition as the home of a finding."""
        if isinstance(self.definition, (ClassSymbol, FunctionSymbol)):
            return home_of(self.definition, reason)
        return Home(self._location, self.module.name, self.id, reason)

    def site(self, message: str, fix: Fix | None = None) -> Site:
        """This definition as a site."""
        if isinstance(self.definition, (ClassSymbol, FunctionSymbol)):
            return site_of(self.definition, message, fix)
        return site_within(self.module, self.scope, self._location, message, fix)

    @property
    def _location(self) -> Location:
        fact = _fact(self.definition)
        return Location(self.module.path, fact.line, fact.column, fact.end_line)


# Nobody takes a third thing under one name by mistake.
_MANY_IMPORTS = 2


def _binds_package_only(fact: Import) -> bool:
    """Whether an import names a submodule and binds the package around it."""
    return fact.name is None and fact.bound_name == fact.module.partition(".")[0] != fact.module


@dataclass(frozen=True, slots=True)
class Redefinition:
    """Definitions of one name that never take effect, and the one that does. ``is_verbatim``: they are all the same,
    word for word. ``is_passed_on``: the last one is imported from where it is not defined, ``is_of_one_library``: all
    are imported from one package that is not the project's, under the same name."""

    lost: tuple[Place, ...]
    last: Place
    is_verbatim: bool
    is_passed_on: bool = False
    is_of_one_library: bool = False

    @property
    def is_import(self) -> bool:
        """Whether all are imports."""
        return all(isinstance(place.definition, Import) for place in (*self.lost, self.last))

    @property
    def is_for_effect(self) -> bool:
        """Whether what is lost are imports for what modules do when they are loaded: of submodules whose package alone
        gets a name (``import app.signals``), or of several that are called the same."""
        imports = [place.definition for place in self.lost if isinstance(place.definition, Import)]
        if len(imports) < len(self.lost):
            return False
        are_many = self.is_import and len(imports) >= _MANY_IMPORTS and all(fact.module for fact in imports)
        return are_many or all(map(_binds_package_only, imports))

    @property
    def is_code(self) -> bool:
        """Whether one of them is a function or a class, which may hold what the other has not."""
        return any(isinstance(place.definition, (ClassSymbol, FunctionSymbol)) for place in (*self.lost, self.last))

    @property
    def origin(self) -> Place | None:
        """The import from the module that defines the name, where the last one takes it from where it is only passed
        on: ``from typing import List`` above ``from pydantic.fields import List``."""
        if not self.is_import or not self.is_passed_on:
            return None
        return next((place for place in self.lost if _is_typing(place.definition)), None)

    def lines_lost(self, place: Place) -> tuple[int, int]:
        """How many lines of a function the last one has not, and how many it has: 0 and 0 of anything else."""
        one, other = place.definition, self.last.definition
        if not isinstance(one, FunctionSymbol) or not isinstance(other, FunctionSymbol):
            return 0, 0
        lines = line_counts(one)
        return (lines - line_counts(other)).total(), lines.total()


def redefinitions(project: Project, module: Module) -> Iterator[Redefinition]:
    """What is replaced in one module, by name and scope in source order."""
    if not module.facts.replacements:
        return
    unread: dict[tuple[int, str], list[Replacement]] = defaultdict(list)
    for fact in module.facts.replacements:
        unread[fact.scope, fact.name].append(fact)
    places = _places(module)
    for (scope, name), facts in unread.items():
        by_line = places.get((scope, name), {})
        pairs = [(by_line.get(fact.line), by_line.get(fact.by)) for fact in facts]
        lost = [(one, other) for one, other in pairs if one and other and _is_lost(project, one, other)]
        if lost:
            last = lost[-1][1]
            is_verbatim = all(_is_verbatim(one, last) for one, _ in lost)
            ways = [place.definition for place in (*(one for one, _ in lost), last)]
            yield Redefinition(
                tuple(one for one, _ in lost),
                last,
                is_verbatim,
                _is_passed_on(project, last),
                _are_of_one_library(project, module, ways),
            )


def _places(module: Module) -> Mapping[tuple[int, str], Mapping[int, Place]]:
    """The unconditional definitions of each name in each scope, by line. ``_`` is nobody's name."""
    found: dict[tuple[int, str], dict[int, Place]] = defaultdict(dict)
    symbols: tuple[ClassSymbol | FunctionSymbol, ...] = (*module.classes, *module.functions)
    # What comes from the future is for the compiler, whoever has the name after it.
    imports = (fact for fact in module.facts.imports if fact.module != "__future__")
    statements: tuple[Import | Binding, ...] = (*imports, *module.facts.bindings)
    for symbol in symbols:
        if symbol.fact.guard is Guard.NONE:
            found[symbol.fact.parent, symbol.name][symbol.fact.line] = Place(module, symbol.fact.parent, symbol)
    for fact in statements:
        if fact.guard is Guard.NONE:
            found[fact.scope, _name(fact)][fact.line] = Place(module, fact.scope, fact)
    return {key: dict(sorted(places.items())) for key, places in found.items() if key[1] != "_"}


def _is_lost(project: Project, one: Place, other: Place) -> bool:
    """Whether one definition is replaced for nothing by another one of its kind."""
    first, second = one.definition, other.definition
    if isinstance(first, (ClassSymbol, FunctionSymbol)):
        is_kept = not all(_keeps_nothing(project, first, decorator) for decorator in first.fact.decorators)
        return not is_kept and isinstance(second, (ClassSymbol, FunctionSymbol))
    if isinstance(first, Import):
        return isinstance(second, Import) and _is_another_thing(project, one.module, first, second)
    return isinstance(second, Binding) and _is_another_literal(one.scope, first, second)


def _keeps_nothing(project: Project, definition: ClassSymbol | FunctionSymbol, decorator: Decorator) -> bool:
    if isinstance(definition, ClassSymbol) and makes_data_class(project, definition, decorator):
        return True
    found = project.resolve(definition.module, definition.fact.parent, decorator.name)
    if isinstance(found.symbol, FunctionSymbol):
        return returns_a_wrapper(found.symbol, is_called=decorator.arguments_text is not None)
    name = found.external or decorator.name
    return name.rpartition(".")[2] in FORGETFUL_DECORATORS or name.startswith(TEST_DECORATORS)


def _is_another_thing(project: Project, module: Module, first: Import, second: Import) -> bool:
    """Whether two imports bind one name to two things. Of what cannot be resolved the statements tell; ``import a.b``
    and ``import a.c`` both bind ``a``."""
    if first.alias is None and second.alias is None and first.name is second.name is None:
        return False
    one, other = (project.resolver.resolve_import(module, each) for each in (first, second))
    if one.symbol is not None or other.symbol is not None:
        return one.symbol is not other.symbol
    if one.module is not None or other.module is not None:
        return one.module is not other.module
    return _imported(first) != _imported(second) and not _is_passed_up(first, second)


def _is_passed_up(first: Import, second: Import) -> bool:
    """Whether one name is taken from a package and from a module within it, which the package has it from."""
    if first.level or second.level or first.name is None or first.name != second.name:
        return False
    one, other = f"{first.module}.", f"{second.module}."
    return one.startswith(other) or other.startswith(one)


def _is_passed_on(project: Project, place: Place) -> bool:
    """Whether a name of :mod:`typing` is taken from elsewhere: from outside the project, or from a module of it that
    has it from there. One that defines such a name itself means another thing."""
    fact = place.definition
    if not isinstance(fact, Import) or _is_typing(fact):
        return False
    dotted = project.resolver.index.absolute_name(place.module, fact)
    if dotted is None or project.resolver.index.find_module(place.module, dotted) is None:
        return True
    found = project.resolver.resolve_import(place.module, fact).external
    return found.rpartition(".")[0] in TYPING_MODULES


def _are_of_one_library(project: Project, module: Module, ways: Sequence[_Definition]) -> bool:
    imports = [fact for fact in ways if isinstance(fact, Import) and not fact.level and fact.name is not None]
    packages = {fact.module.partition(".")[0] for fact in imports}
    is_one = len(imports) == len(ways) and len(packages) == 1 and len({fact.name for fact in imports}) == 1
    return is_one and not any(project.resolver.index.is_first_party(module, package) for package in packages)


def _is_typing(definition: _Definition) -> bool:
    """Whether a name is imported from :mod:`typing`, which defines it: others have it from there."""
    is_from = isinstance(definition, Import) and definition.module in TYPING_MODULES and definition.name is not None
    return is_from and definition.name in typing.__all__


def _imported(fact: Import) -> str:
    return f"{'.' * fact.level}{fact.module}.{fact.name or ''}".rstrip(".")


def _is_another_literal(scope: int, first: Binding, second: Binding) -> bool:
    """Whether a constant, or a field of a class, is given one literal and then another. A container that begins empty
    is filled later."""
    if scope == MODULE_SCOPE and not _CONSTANT.fullmatch(first.name):
        return False
    one, other = first.value, second.value
    if one is None or other is None or not {one.kind, other.kind} <= _LITERALS:
        return False
    is_empty = one.kind is not ValueKind.CONSTANT and one.arguments_text in _EMPTY
    return not is_empty and _literal(one) != _literal(other) and BindingKind.AUGMENTED not in (first.kind, second.kind)


def _literal(value: Value) -> tuple[ValueKind, str, str]:
    return value.kind, value.text, value.arguments_text


def _is_verbatim(one: Place, other: Place) -> bool:
    first, second = one.definition, other.definition
    if isinstance(first, FunctionSymbol) and isinstance(second, FunctionSymbol):
        is_same_head = typed_signature_of(first.fact) == typed_signature_of(second.fact)
    elif isinstance(first, ClassSymbol) and isinstance(second, ClassSymbol):
        is_same_head = first.fact.bases == second.fact.bases and first.fact.keywords == second.fact.keywords
    else:
        return False
    return is_same_head and one.snippet == other.snippet and _decorators(first) == _decorators(second)


def _decorators(symbol: ClassSymbol | FunctionSymbol) -> Sequence[tuple[str, str | None]]:
    return [(decorator.name, decorator.arguments_text) for decorator in symbol.fact.decorators]


def _fact(definition: _Definition) -> _Fact:
    return definition.fact if isinstance(definition, (ClassSymbol, FunctionSymbol)) else definition


def _name(definition: _Definition) -> str:
    return definition.bound_name if isinstance(definition, Import) else definition.name
