"""Whether a home is one in the eyes of the modules that hold the copies."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from ssot_lint.model.source import Zone
from ssot_lint.model.vocabulary import SUPERSEDED_WORDS
from ssot_lint.project.home import importers, tells_little, tells_of_use
from ssot_lint.project.project import Project
from ssot_lint.project.retirement import is_deprecated
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, SymbolT
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_index import classes_named
from ssot_rules.analysis.common_modules import common_package, imported_by, is_helper, modules_imported_in
from ssot_rules.analysis.layout import file_stem
from ssot_rules.analysis.meanings import meanings_of, other_meanings
from ssot_rules.analysis.vocabulary import SORT_WORDS

# That many modules that import a class have settled on it.
_ESTABLISHED_USERS = 2
# What stays once is there once.
_AT_LEAST_TWO = 2
_LEGACY_CONTRACT = re.compile(
    r"\b(?:legacy|backwards?[- ]compatib\w+)\s(?:\w+\s){0,2}"
    r"(?:alias|api|contract|endpoint|format|interface|model|payload|protocol|route|schema|type)(?:e?s)?\b",
    re.IGNORECASE,
)
# A package of fewer modules may have had no reason yet to import anything.
_APART_MODULES = 5


def is_settled(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> bool:
    """Whether more than the looks of a module speak for ``home``: the others need not import from one of their peers
    what could as well stand with them."""
    others = {copy.module for copy in copies} - {home.module}
    if others and not is_helper(home.module) and are_named_for_their_places([home, *copies]):
        return False
    if not others or not (tells_little(reason) or tells_of_use(reason)):
        return True
    if all(_takes_from(project, other, home.module.name) for other in others) or _is_above(home.module, others):
        return True
    if _is_sorted_in(home, others):
        return True
    return not tells_little(reason) and not _is_used_at_home(project, home.module, others)


def are_named_for_their_places(symbols: Sequence[Symbol]) -> bool:
    """Whether the names of some things differ in words, and each has one of those of its module for its own: one that
    loads ``tools`` is no home for what loads ``agents``, whatever it does inside."""
    names = [_singular(words(symbol.name)) for symbol in symbols]
    common = frozenset.intersection(*names)
    places = (_singular(words(symbol.module.name.replace(".", "_"))) for symbol in symbols)
    return all((name - common) & place for name, place in zip(names, places, strict=True))


def _singular(parts: Iterable[str]) -> frozenset[str]:
    return frozenset(part.rstrip("s") for part in parts)


def home_among_modules(project: Project, symbols: Sequence[SymbolT]) -> tuple[SymbolT, str]:
    """The home of things that some modules have in common, and what speaks for its module: of those of one module
    nothing has to tell which is better."""
    by_module: dict[Module, list[SymbolT]] = defaultdict(list)
    for symbol in symbols:
        by_module[symbol.module].append(symbol)
    return project.home_among([project.home_among(own)[0] for own in by_module.values()])


def end_by_themselves(symbols: Sequence[Symbol]) -> bool:
    """Whether no more than one of some copies stays: the others are deprecated or go with what is, and nobody touches
    them until they go."""
    return sum(not is_deprecated(symbol) and not _goes_with_module(symbol) for symbol in symbols) < _AT_LEAST_TWO


def keeps_a_contract(module: Module) -> bool:
    """Whether a module says at its top that what it declares is that of an interface which stays as it was."""
    return bool(_LEGACY_CONTRACT.search(module.facts.docstring))


def _goes_with_module(symbol: Symbol) -> bool:
    """Whether a class is there for the others of its module, which are deprecated all, or is a field list of a module
    that says by its name what it keeps as it was (``legacy_config.py``)."""
    if not isinstance(symbol, ClassSymbol):
        return False
    module = symbol.module
    others = [cls for cls in module.top_level_classes if cls is not symbol and not cls.name.startswith("_")]
    if others and all(map(is_deprecated, others)):
        return True
    return not SUPERSEDED_WORDS.isdisjoint(words(file_stem(module))) and not module.methods(symbol)


def established_namesake(project: Project, symbols: Sequence[ClassSymbol]) -> ClassSymbol | None:
    """A class of the same name beside ``symbols`` that several modules, and more than any of them, import already, and
    that all of them could; None without one."""
    used = max(len(importers(symbol, project)) for symbol in symbols)
    modules = {symbol.module for symbol in symbols}
    return next(
        (
            cls
            for cls in classes_named(project, symbols[0].name)
            if cls.module not in modules
            and len(importers(cls, project)) >= max(_ESTABLISHED_USERS, used + 1)
            and all(_is_at_hand(project, module, cls.module) for module in modules)
        ),
        None,
    )


def equal_elsewhere(project: Project, functions: Sequence[FunctionSymbol]) -> FunctionSymbol | None:
    """A function under another name that has the body of all ``functions``, in a module that theirs import already;
    None without one."""
    first = functions[0]
    modules = {function.module for function in functions}
    meanings = meanings_of(project, first)
    return next(
        (
            twin
            for module in project.modules_with(_bodies_in, first.fact.body.digest)
            for twin in module.derived(_functions_by_body)[first.fact.body.digest]
            if twin.module not in modules
            and twin.name != first.name
            and all(_has_at_hand(project, module, twin.module) for module in modules)
            and not other_meanings(meanings, meanings_of(project, twin))
        ),
        None,
    )


def _bodies_in(_: Project, module: Module) -> frozenset[str]:
    return frozenset(module.derived(_functions_by_body)) if module.zone is Zone.PRODUCTION else frozenset()


def _functions_by_body(module: Module) -> Mapping[str, Sequence[FunctionSymbol]]:
    """The public functions by what is in them."""
    found: dict[str, list[FunctionSymbol]] = defaultdict(list)
    for function in module.top_level_functions:
        if not function.name.startswith("_"):
            found[function.fact.body.digest].append(function)
    return dict(found)


def _has_at_hand(project: Project, site: Module, home: Module) -> bool:
    is_open = project.can_use(site, home) and not project.reach.closes_circle(site, home)
    return is_open and project.takes_anything(site, home)


def _is_at_hand(project: Project, site: Module, home: Module) -> bool:
    return (
        project.can_use(site, home)
        and not project.reach.closes_circle(site, home)
        and not project.outside.brought(site, home)
        and _is_in(site, home.source.package)
    )


def keeps_to_itself(project: Project, site: Module, home: Module) -> str:
    """The package around ``site`` that imports nothing of what lies beside it, as ``home`` does; empty without one."""
    branch = _branch(site, common_package([site, home]))
    is_apart = branch and not f"{home.name}.".startswith(f"{branch}.")
    return branch if is_apart and branch in project.derived(_closed_packages) else ""


def _takes_from(project: Project, importer: Module, name: str) -> bool:
    """Whether a module imports something of the module or package ``name``."""
    return any(f"{module.name}.".startswith(f"{name}.") for module in imported_by(project, importer))


def _is_above(home: Module, others: AbstractSet[Module]) -> bool:
    """Whether the home is a module of helpers in a package around all the others."""
    return is_helper(home) and all(f"{each.name}.".startswith(f"{home.source.package}.") for each in others)


def _is_sorted_in(home: Symbol, others: AbstractSet[Module]) -> bool:
    """Whether the home is a class in a package for things of its sort (``enums``), beside what the others are in."""
    around, _, name = home.module.source.package.rpartition(".")
    is_for_sort = isinstance(home, ClassSymbol) and not SORT_WORDS.isdisjoint(words(name))
    return is_for_sort and bool(around) and all(_is_in(each, around) for each in others)


def _is_used_at_home(project: Project, home: Module, others: AbstractSet[Module]) -> bool:
    """Whether only the home's own branch of the packages uses the home, and the others lie in branches of their own
    that take nothing from there."""
    around = common_package([home, *others])
    branch = _branch(home, around)
    if not branch or branch == home.name or any(_takes_from(project, other, branch) for other in others):
        return False
    users = [each for each in project.importers_of_module(home) if each.zone is Zone.PRODUCTION]
    return all(_is_in(each, branch) or each.name == around for each in users)


def _branch(module: Module, around: str) -> str:
    """The package or module directly in ``around`` that a module belongs to; empty where ``around`` is."""
    if not around:
        return ""
    return ".".join(module.name.split(".")[: around.count(".") + 2])


def _is_in(module: Module, package: str) -> bool:
    return f"{module.name}.".startswith(f"{package}.")


def _closed_packages(project: Project) -> frozenset[str]:
    """The packages of some size whose modules import nothing first-party from outside. For :meth:`Project.derived`."""
    return project.combined(modules_imported_in, _apart)


def _apart(imported: Mapping[Module, frozenset[Module]]) -> frozenset[str]:
    sizes: Counter[str] = Counter()
    leaving: set[str] = set()
    for module, others in imported.items():
        if module.zone is Zone.PRODUCTION:
            packages = _packages_around(module)
            sizes.update(packages)
            leaving.update(name for name in packages for each in others if not _is_in(each, name))
    return frozenset(name for name, size in sizes.items() if size >= _APART_MODULES and name not in leaving)


def _packages_around(module: Module) -> list[str]:
    parts = module.source.package.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]
