"""A module of helpers that all sites of copies import already: the place for one helper more."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ssot_lint.project.home import importers, tells_little, tells_of_direction, tells_of_use
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module, Symbol
from ssot_lint.text.identifiers import last_part, words
from ssot_rules.analysis.common_modules import (
    can_take,
    common_package,
    imported_by,
    is_close_to,
    is_for_plugins,
    is_helper,
    takes_anything,
)
from ssot_rules.analysis.vocabulary import HELPER_WORDS

# These hold classes to derive from.
_CLASS_WORDS = frozenset({"base", "mixins"})
_FUNCTION_WORDS = HELPER_WORDS - _CLASS_WORDS
# Packages called so hold no functions.
_VALUE_WORDS = frozenset({"const", "constants"})
# What more modules than that import from where it is has settled there.
_FEW_USERS = 3
# A front with fewer functions of its own passes on those of others.
_SOME_FUNCTIONS = 2


def helpers_at_hand(
    project: Project, sites: Sequence[Module], needed: Collection[Module] = (), packages: Collection[str] = ()
) -> Module | None:
    """The module of helpers that all ``sites`` import already and that is there for such as they are: called after
    helpers only, after helpers for what they are called after, or the front of the package around them, if that has
    functions and no classes. It could take what needs these modules and ``packages``; None without one."""
    taken = [frozenset(imported_by(project, site)) for site in sites]
    shared = frozenset.intersection(*taken) if taken else frozenset()
    ranked = [(_rank(project, module, sites), module) for module in shared - set(sites)]
    fitting = sorted(
        ((rank, module.name, module) for rank, module in ranked if rank is not None), key=lambda one: one[:2]
    )
    for _, _, module in fitting:
        if not project.outside.lacks(module, packages) and can_take(project, module, sites, needed):
            return module
    return None


def is_rather_a_peer(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> bool:
    """Whether ``home`` is one of some functions because of who imports what, and its module no more there for others
    than theirs: helpers that all import already are the better place."""
    if not (tells_little(reason) or tells_of_use(reason) or tells_of_direction(reason)):
        return False
    if not all(isinstance(each, FunctionSymbol) for each in (home, *copies)) or is_for_helpers(home.module):
        return False
    others = {copy.module for copy in copies} - {home.module}
    if len(importers(home, project) - others) > _FEW_USERS:
        return False
    return bool(others) and not all(home.module in imported_by(project, other) for other in others)


def is_for_helpers(module: Module) -> bool:
    """Whether a module is called after helpers, of whatever (``text_utils``)."""
    return not HELPER_WORDS.isdisjoint(words(last_part(module.name))[-1:])


def _rank(project: Project, module: Module, sites: Sequence[Module]) -> int | None:
    """How well a module fits, the lowest best; None where it does not."""
    around = common_package(sites)
    if module.source.is_package:
        is_front = bool(around) and module.name == around and _has_functions(module)
        return 0 if is_front and all(_takes_its_own(project, site, module) for site in sites) else None
    is_for_one_sort = not _VALUE_WORDS.isdisjoint(words(last_part(module.source.package)))
    if is_for_one_sort or not takes_anything(module) or not is_for_helpers(module):
        return None
    if is_for_plugins(module, sites):
        return None
    if _is_about(module, sites):
        return 1
    is_near = bool(around) and module.source.package == around
    is_general = is_helper(module, _FUNCTION_WORDS)
    return 2 if is_general and (is_near or is_close_to(project, module, sites)) else None


def _is_about(module: Module, sites: Sequence[Module]) -> bool:
    """Whether a module is called after helpers for what all ``sites`` are called after."""
    subject = set(words(last_part(module.name))) - HELPER_WORDS
    return bool(subject) and all(subject & set(words(last_part(site.name))) for site in sites)


def _has_functions(module: Module) -> bool:
    return len(module.top_level_functions) >= _SOME_FUNCTIONS and not module.top_level_classes


def _takes_its_own(project: Project, site: Module, front: Module) -> bool:
    """Whether a module imports a package itself, or what that defines, not only another module of it."""
    return any(
        use.resolution.module is front or (use.resolution.symbol is not None and use.resolution.symbol.module is front)
        for use in project.imports_in(site)
    )
