"""Which modules are copies of others, whole: all that they define stands in the other one too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ssot_lint.model.facts import Class, ResultUse
from ssot_lint.model.finding import Severity
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_rules.analysis.bodies import Grade
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.meanings import makes_logger, meanings_of, other_meanings
from ssot_rules.analysis.modules_meant import modules_meant_otherwise
from ssot_rules.analysis.standing import home_among_modules
from ssot_rules.definitions._duplicates import NamesakeAnalysis
from ssot_rules.definitions._functions import FunctionAnalysis
from ssot_rules.definitions._namesake_findings import severity_of
from ssot_rules.definitions.duplicate_function import severity_of_copies

# A file with one thing in it is told by the rule on that thing.
_FEWEST = 2
# A body that stands in more modules was not copied with its file.
_MOST_MODULES = 10


@dataclass(frozen=True, slots=True)
class Copied:
    """Modules that hold nothing but what ``home`` holds, which is the home for ``reason``; ``count`` is how many things
    the largest of them defines. ``has_classes``: one of these is a class that a rule on classes would report."""

    home: Module
    reason: str
    copies: tuple[Module, ...]
    count: int
    has_classes: bool


@dataclass(frozen=True, slots=True)
class CopiedModules:
    """The copied modules in certain zones: ``project.derived(CopiedModules(zones))``, by the path of the home."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> tuple[Copied, ...]:
        pairs = self._pairs(project)
        contained = [
            (copy, home)
            for pair in pairs
            for copy, home in (pair, pair[::-1])
            if _holds_only(project, copy, home) and copy.zone in self.zones
        ]
        by_home: dict[Module, dict[Module, str]] = defaultdict(dict)
        taken: set[Module] = set()
        for copy, home in sorted(contained, key=lambda each: (each[0].path, each[1].path)):
            keeper, reason = home_among_modules(project, [*definitions(copy), *definitions(home)])
            if keeper.module is home and copy not in taken and home not in taken:
                by_home[home][copy] = reason
                taken.add(copy)
        return tuple(
            _copied(home, copies, pairs) for home, copies in sorted(by_home.items(), key=lambda each: each[0].path)
        )

    def _pairs(self, project: Project) -> Mapping[tuple[Module, Module], bool]:
        """The pairs of modules of which rules on classes and functions report something equal, by path; and whether
        that is a class."""
        found: dict[tuple[Module, Module], bool] = {}
        report = project.derived(NamesakeAnalysis(self.zones))
        for each in (*report.namesakes, *(each for mirror in report.mirrors for each in mirror.names)):
            if each.grade is Grade.IDENTICAL and severity_of(project, each) is not Severity.INFO:
                modules = [symbol.module for symbol in each.of_grade(Grade.IDENTICAL)]
                found |= dict.fromkeys(_paired(modules), True)
        for group in project.derived(FunctionAnalysis(self.zones)).identical:
            if severity_of_copies(project, group) is not Severity.INFO:
                found = dict.fromkeys(_paired([function.module for function in group]), False) | found
        return found


def _paired(modules: Sequence[Module]) -> Iterator[tuple[Module, Module]]:
    distinct = sorted(set(modules), key=lambda module: module.path)
    return iter(()) if len(distinct) > _MOST_MODULES else combinations(distinct, 2)


def _copied(home: Module, copies: Mapping[Module, str], pairs: Mapping[tuple[Module, Module], bool]) -> Copied:
    has_classes = any(pairs[one, other] for copy in copies for one, other in _paired([home, copy]))
    count = max(len(_own(copy)) for copy in copies)
    return Copied(home, next(iter(copies.values())), tuple(copies), count, has_classes)


def first_definition(module: Module) -> ClassSymbol | FunctionSymbol:
    """The first class or function of a module that has one."""
    return min(definitions(module), key=lambda symbol: symbol.sort_key)


def meant_otherwise(project: Project, copied: Copied) -> list[str]:
    """The names by which what is defined in the home and in a copy means modules of other contents; sorted."""
    found: set[str] = set()
    for copy in copied.copies:
        for symbol in definitions(copy):
            original = copied.home.namespace.get(symbol.name)
            if isinstance(original, (ClassSymbol, FunctionSymbol)):
                found |= modules_meant_otherwise(project, original, symbol)
    return sorted(found)


def definitions(module: Module) -> tuple[ClassSymbol | FunctionSymbol, ...]:
    """The classes and functions that stand at the top of a module."""
    return (*module.top_level_classes, *module.top_level_functions)


def _own(module: Module) -> list[Symbol]:
    """What a module defines, loggers left out."""
    constants = [
        each for each in module.variables if not each.name.startswith("__") and not makes_logger(each.fact.value)
    ]
    return [*definitions(module), *constants]


def _holds_only(project: Project, copy: Module, home: Module) -> bool:
    """Whether there is nothing in a module but what the other one has in the same words, by which it means the same."""
    if copy.source.is_package or not is_handwritten(copy) or not is_handwritten(home) or _does_something(copy):
        return False
    if not _is_for_import(project, copy):
        return False
    own = _own(copy)
    return len(own) >= _FEWEST and bool(definitions(copy)) and all(_is_in(project, each, home) for each in own)


def _is_for_import(project: Project, module: Module) -> bool:
    """Whether a module is no program, or example for one, that stands alone."""
    around = project.resolver.index.find_module(module, module.source.package) if module.source.package else None
    is_in_package = around is not None and around.source.is_package
    return is_in_package or bool(project.importers_of_module(module))


def _does_something(module: Module) -> bool:
    """Whether a module registers something, or the like, when it is imported."""
    return any(
        call.scope == MODULE_SCOPE and call.usage is ResultUse.STATEMENT and not call.guard & Guard.MAIN
        for call in module.facts.calls
    )


def _is_in(project: Project, symbol: Symbol, home: Module) -> bool:
    if isinstance(symbol, VariableSymbol):
        digests = {each.fact.digest for each in home.variables if each.name == symbol.name}
        return bool(symbol.fact.digest) and symbol.fact.digest in digests
    other = home.namespace.get(symbol.name)
    if not isinstance(symbol, (ClassSymbol, FunctionSymbol)) or not isinstance(other, (ClassSymbol, FunctionSymbol)):
        return False
    is_equal = _head(symbol) == _head(other)
    return is_equal and not other_meanings(meanings_of(project, symbol), meanings_of(project, other))


def _head(symbol: ClassSymbol | FunctionSymbol) -> object:
    fact = symbol.fact
    decorators = [(each.name, each.arguments_text) for each in fact.decorators]
    if isinstance(fact, Class):
        return fact.bases, fact.keywords, decorators, fact.body.digest
    return fact.parameters, fact.is_async, decorators, fact.body.digest
