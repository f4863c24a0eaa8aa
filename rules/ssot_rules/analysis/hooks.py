"""Functions that others find by their name: it has to stay in each module, whatever it does there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ssot_lint.model.facts import StringContext
from ssot_lint.model.source import Zone
from ssot_lint.project.home import SymbolT
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_rules.analysis.layout import is_hook_layout
from ssot_rules.analysis.vocabulary import FORGETFUL_DECORATORS, HOOK_FUNCTIONS, HOOK_PREFIXES

# That many modules with the same function in one folder, or in the same place of parallel folders, are plug-ins: the
# name is how they are used. Two are chance.
_PLUGINS = 3


def are_hooks(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether namesakes are there because something asks each module for the name: by convention, by a decorator that
    keeps them, as plug-ins, or from a loader. Nothing asks for a private name."""
    if len({function.name for function in functions}) > 1 or functions[0].name.startswith("_"):
        return False
    name = functions[0].name
    return (
        has_hook_name(name)
        or name in project.derived(looked_up_names)
        or any(map(is_registered, functions))
        or is_hook_layout([function.module for function in functions])
        or not without_plugins(functions)
    )


def has_hook_name(name: str) -> bool:
    """Whether a framework or a convention asks modules for a function of that name."""
    return name in HOOK_FUNCTIONS or name.startswith(HOOK_PREFIXES)


def is_registered(function: FunctionSymbol) -> bool:
    """Whether a decorator may keep the function: a route, a command, a signal."""
    names = (decorator.name.rpartition(".")[2] for decorator in function.fact.decorators)
    return any(name not in FORGETFUL_DECORATORS for name in names)


def looked_up_names(project: Project) -> frozenset[str]:
    """Names that code outside of tests hands to a function, as a loader asks for them. For :meth:`Project.derived`."""
    return frozenset(
        re.split("[.:]", text.value)[-1]
        for module in project.modules
        if module.zone is not Zone.TEST
        for text in module.facts.strings
        if text.context is StringContext.ARGUMENT
    )


def without_plugins(symbols: Sequence[SymbolT], *, in_one_folder: bool = True) -> list[SymbolT]:
    """``symbols`` without those of which three or more have one place each in parallel folders, or in one folder."""
    places = {symbol: _places(symbol.module.path, in_one_folder=in_one_folder) for symbol in symbols}
    counts = Counter(place for found in places.values() for place in found)
    return [symbol for symbol in symbols if all(counts[place] < _PLUGINS for place in places[symbol])]


def _places(path: str, *, in_one_folder: bool) -> frozenset[str]:
    """The patterns that a path shares with those of the same place in parallel folders, and its folder."""
    *folders, name = path.split("/")
    parallel = ("/".join([*folders[:place], "*", *folders[place + 1 :], name]) for place in range(len(folders)))
    return frozenset(parallel) | ({"/".join(folders)} if in_one_folder else set())
