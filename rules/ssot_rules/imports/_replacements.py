"""What the texts of a deprecation name as its replacement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.model.facts import Import
from ssot_lint.model.finding import Home
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_index import classes_named
from ssot_rules.analysis.imports import is_class_name, module_home
from ssot_rules.imports._deprecations import Deprecated, deprecated_things

_ROLE = re.compile(r":(?:py:)?[a-z]+:`~?")
_NAME = r"[A-Za-z_]\w*"
_FROM_IMPORT = re.compile(rf"\bfrom\s+({_NAME}(?:\.{_NAME})*)\s+import\s+({_NAME})")
_AFTER_CUE = re.compile(
    r"\b(?:use|by|favou?r of|import|replace[ds]? with|into|(?:moved?|renamed|switch|migrate) to|superseded by|with)\s+"
    rf"(?:the\s+)?[`'\"~(]*(?:await\s+)?({_NAME}(?:\.{_NAME})*)",
    re.IGNORECASE,
)
_DOTTED = re.compile(rf"{_NAME}(?:\.{_NAME})+")
_QUOTED = re.compile(rf"[`'\"]({_NAME})(?:\(\))?[`'\"]")
_CLASS = re.compile(r"\b[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+\b")

_REASON = "named by the deprecation"


def replacement_of(project: Project, thing: Deprecated) -> Home | None:
    """What the texts name instead, or the one module that a deprecated module only passes names on from; None if
    that does not exist in the project."""
    for claim in thing.claims:
        for name in _names(_ROLE.sub("`", claim)):
            home = _resolved(project, thing, name)
            if home is not None:
                return home
    return None if thing.name else _origin(project, thing.module)


def _names(text: str) -> Iterator[str]:
    """The names in a text that may be meant, the likeliest first."""
    yield from (f"{module}.{name}" for module, name in _FROM_IMPORT.findall(text))
    after_cue = _AFTER_CUE.findall(text)
    yield from (name for name in after_cue if "." in name)
    yield from _DOTTED.findall(text)
    yield from (name for name in after_cue if "." not in name)
    yield from _QUOTED.findall(text)
    yield from _CLASS.findall(text)


def _resolved(project: Project, thing: Deprecated, name: str) -> Home | None:
    """The class, function or module that a name means, other than what is deprecated itself."""
    module = _module(project, thing, name) if "." in name else project.resolver.index.find_module(thing.module, name)
    if module is not None:
        return module_home(module, _REASON) if _is_way_out(project, thing, module) else None
    symbol = _symbol(project, thing, name)
    if not isinstance(symbol, (ClassSymbol, FunctionSymbol)) or symbol.fact.parent != MODULE_SCOPE:
        return None
    is_own = symbol.module is thing.module and (not thing.name or symbol.name == thing.name)
    is_retired = is_own or symbol in project.derived(_deprecated_symbols)
    return None if is_retired else home_of(symbol, _REASON)


def _module(project: Project, thing: Deprecated, name: str) -> Module | None:
    """The module of that name, counted from the top or from the package around."""
    index, package = project.resolver.index, thing.module.source.package
    beside = index.find_module(thing.module, f"{package}.{name}") if package else None
    return index.find_module(thing.module, name) or beside


def _is_way_out(project: Project, thing: Deprecated, module: Module) -> bool:
    """Whether a module can take the place of a thing: not deprecated itself, nor all that there is."""
    is_top = module.source.is_package and "." not in module.name
    retired = {each.module for each in project.derived(deprecated_things) if not each.name}
    return module is not thing.module and module not in retired and not is_top


def _symbol(project: Project, thing: Deprecated, name: str) -> Symbol | None:
    """What a name means: in the module that it begins with, in that of the thing, or as the only class of that name."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        holder = _module(project, thing, ".".join(parts[:length]))
        if holder is not None:
            return project.resolver.lookup(holder, parts[length]).symbol
    own = project.resolver.lookup(thing.module, parts[0]).symbol
    if own is not None and own.name != thing.name:
        return own
    named = classes_named(project, parts[-1]) if is_class_name(parts[-1]) else ()
    usable = [cls for cls in named if cls is not thing.symbol and project.can_use(thing.module, cls.module)]
    return usable[0] if len(usable) == 1 and len(words(usable[0].name)) > 1 else None


def _deprecated_symbols(project: Project) -> frozenset[Symbol]:
    """Classes and functions that are deprecated, or defined in a deprecated module."""
    things = project.derived(deprecated_things)
    own = {thing.symbol for thing in things if thing.symbol is not None}
    modules = [thing.module for thing in things if not thing.name]
    inside = {symbol for module in modules for symbol in (*module.top_level_classes, *module.top_level_functions)}
    return frozenset(own | inside)


def _origin(project: Project, module: Module) -> Home | None:
    """The first-party module that a module takes all its public names from."""
    sources = set()
    for name, entry in module.namespace.items():
        if not isinstance(entry, Import):
            if not name.startswith("_"):
                return None
            continue
        dotted = project.resolver.index.absolute_name(module, entry)
        if dotted is not None and project.resolver.index.is_first_party(module, dotted):
            sources.add(project.resolver.index.find_module(module, dotted))
    sources |= set(project.resolver.star_names(module).values())
    only = sources.pop() if len(sources) == 1 else None
    return None if only is None or only is module else module_home(only, "all names come from there")
