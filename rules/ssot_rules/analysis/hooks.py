"""Functions that others find by their name: it has to stay in each module, whatever it does there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ssot_lint.model.facts import StringContext
from ssot_lint.model.source import Zone
from ssot_lint.project.home import SymbolT
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module, Symbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.layout import file_stem, is_hook_layout, top_package
from ssot_rules.analysis.parts import united
from ssot_rules.analysis.vocabulary import (
    FORGETFUL_DECORATORS,
    HOOK_FUNCTIONS,
    HOOK_PREFIXES,
    SERVER_FILE_WORDS,
    SERVER_HOOKS,
)

# That many modules with the same function in one folder, or in the same place of parallel folders, are plug-ins: the
# name is how they are used. Two are chance.
_PLUGINS = 3

# A host asks each of its parts for the name, whatever one of them does by it.
_HOSTED = 10


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
        or (_stand_like_plugins(functions) and _is_asked_for(project, functions))
    )


def _stand_like_plugins(functions: Sequence[FunctionSymbol]) -> bool:
    return is_hook_layout([function.module for function in functions]) or not without_plugins(functions)


def _is_asked_for(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether a module that has no such function itself mentions the name, as who asks parts for it does."""
    name, holders = functions[0].name, {function.module for function in functions}
    return any(
        module not in holders and not any(each.name == name for each in module.top_level_functions)
        for module in project.mentioning(name)
    )


def are_used_at_home(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether each of some namesakes is used where it stands, and none has the name of a hook or is registered: then
    it is a helper of its module, whoever asks for that name."""
    if has_hook_name(functions[0].name) or any(map(is_registered, functions)):
        return False
    return all(function.module.facts.mentions_name(function.name) for function in functions)


def are_for_a_host(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether namesakes have a name that ten or more modules of their top-level package define, and nothing imports or
    calls one of them, nor are they helpers at home: the program around them asks its parts for it."""
    first = functions[0]
    is_one_name = len({function.name for function in functions}) == 1
    if not is_one_name or first.name.startswith("_") or are_used_at_home(functions):
        return False
    tops = {top_package(function.module) for function in functions}
    holders = {
        module.path
        for module in project.modules_with(_functions_defined_in, first.name)
        if module.zone is Zone.PRODUCTION and {top_package(module)} == tops
    }
    return len(holders) >= _HOSTED and not any(project.imports_of(each) or project.calls_of(each) for each in functions)


def _functions_defined_in(_: Project, module: Module) -> frozenset[str]:
    return frozenset(function.name for function in module.top_level_functions)


def has_hook_name(name: str) -> bool:
    """Whether a framework or a convention asks modules for a function of that name."""
    return name in HOOK_FUNCTIONS or name.startswith(HOOK_PREFIXES)


def is_server_hook(function: FunctionSymbol) -> bool:
    """Whether a server looks for a function in a file of its configuration, one for each way to start it."""
    return function.name in SERVER_HOOKS and not SERVER_FILE_WORDS.isdisjoint(
        words(re.sub(r"\W", "_", file_stem(function.module)))
    )


def is_registered(function: FunctionSymbol) -> bool:
    """Whether a decorator may keep the function: a route, a command, a signal."""
    names = (decorator.name.rpartition(".")[2] for decorator in function.fact.decorators)
    return any(name not in FORGETFUL_DECORATORS for name in names)


def are_kept_apart_by_decorators(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether a decorator keeps some of several functions, each in its own way: ``@REGISTRY.register("esp32")``. Who
    imports one in place of another loses that."""
    return len({_keepers(function) for function in functions}) > 1


def _keepers(function: FunctionSymbol) -> tuple[tuple[str, str], ...]:
    """The decorators of a function that are called and may keep it, with their arguments."""
    return tuple(
        (each.name, each.arguments_text)
        for each in function.fact.decorators
        if each.arguments_text is not None and each.name.rpartition(".")[2] not in FORGETFUL_DECORATORS
    )


def looked_up_names(project: Project) -> frozenset[str]:
    """Names that code outside of tests hands to a function, as a loader asks for them. For :meth:`Project.derived`."""
    return project.combined(_names_given_in, united)


def _names_given_in(_: Project, module: Module) -> frozenset[str]:
    texts = () if module.zone is Zone.TEST else module.facts.strings
    return frozenset(re.split("[.:]", text.value)[-1] for text in texts if text.context is StringContext.ARGUMENT)


def without_plugins(symbols: Sequence[SymbolT]) -> list[SymbolT]:
    """``symbols`` without those of which three or more have one place each in parallel folders, or in one folder."""
    places = _common_places({symbol: _parallel_places(symbol) | {_folder(symbol)} for symbol in symbols})
    return [symbol for symbol in symbols if not places[symbol]]


def plugin_places(symbols: Sequence[SymbolT]) -> Mapping[SymbolT, frozenset[str]]:
    """The places in parallel folders (``shop/*/formats.py``) that three or more of ``symbols`` have, for each."""
    return _common_places({symbol: _parallel_places(symbol) for symbol in symbols})


def _common_places(places: Mapping[SymbolT, frozenset[str]]) -> Mapping[SymbolT, frozenset[str]]:
    counts = Counter(place for found in places.values() for place in found)
    return {
        symbol: frozenset(place for place in found if counts[place] >= _PLUGINS) for symbol, found in places.items()
    }


def _parallel_places(symbol: Symbol) -> frozenset[str]:
    *folders, name = symbol.module.path.split("/")
    return frozenset("/".join([*folders[:place], "*", *folders[place + 1 :], name]) for place in range(len(folders)))


def _folder(symbol: Symbol) -> str:
    return symbol.module.path.rpartition("/")[0]
