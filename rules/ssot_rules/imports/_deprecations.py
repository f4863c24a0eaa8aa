"""What declares itself deprecated, and what it names as its replacement.

This asks for more than :func:`ssot_lint.project.home.is_deprecated`, where a false yes only makes another candidate the
home: here it accuses every importer. So a claim has its own wording, a decorator is resolved, and a warning does not
count behind an early exit or in a helper that warns of what it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.facts import Deprecation, Import, StringContext
from ssot_lint.model.finding import Home, Location
from ssot_lint.model.syntax import MODULE_SCOPE, Exit, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.imports import module_home
from ssot_rules.analysis.vocabulary import DEPRECATION_DECORATORS, WARNING_WORDS

# A claim about its owner, not a description: "Deprecated constant." may document a class for such constants.
_CLAIM = re.compile(r"\.\. deprecated::|\[?DEPRECATED\b|Deprecated(?:$|[.:;,!\]]| (?:alias|and|as|by|in|since|use)\b)")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_SUCCESSOR = re.compile(
    r"\b(?:by|favou?r of|import|instead of|into|to|use|with)\s+[`'\"~]*([A-Za-z_]\w*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Deprecated:
    """A module, or a name of a module, that says of itself that it is deprecated. ``name`` is empty for a module,
    ``symbol`` is what the name stands for as far as it is defined there; ``claims`` are the texts that say so."""

    module: Module
    name: str
    symbol: ClassSymbol | FunctionSymbol | None
    claims: tuple[str, ...]
    location: Location

    @property
    def id(self) -> str:
        return f"{self.module.name}:{self.name}" if self.name else self.module.name


def deprecated_things(project: Project) -> tuple[Deprecated, ...]:
    """Everything that declares itself deprecated, by place; what a deprecated module defines is left out."""
    found: list[Deprecated] = []
    for module in project.modules:
        whole = _of_module(module)
        found += [whole] if whole is not None else [*_of_symbols(project, module), *_of_getattr(module)]
    return tuple(found)


def says_deprecated(docstring: str) -> bool:
    """Whether the first line of a docstring declares its owner deprecated."""
    return _CLAIM.match(docstring) is not None


def replacement_of(project: Project, thing: Deprecated) -> Home | None:
    """What the texts name instead, or the one module that a deprecated module only passes names on from; None if
    that does not exist in the project."""
    for claim in thing.claims:
        for text in (*_DOTTED.findall(claim), *_SUCCESSOR.findall(claim)):
            home = _resolved(project, thing, text)
            if home is not None:
                return home
    return None if thing.name else _origin(project, thing.module)


def _of_module(module: Module) -> Deprecated | None:
    warnings = _warnings_in(module, MODULE_SCOPE) if module.facts.deprecations else []
    if not warnings and not says_deprecated(module.facts.docstring):
        return None
    line = warnings[0].line if warnings else 1
    return Deprecated(module, "", None, _claims(module.facts.docstring, warnings), Location(module.path, line))


def _of_symbols(project: Project, module: Module) -> Iterator[Deprecated]:
    symbols: tuple[ClassSymbol | FunctionSymbol, ...] = (*module.top_level_classes, *module.top_level_functions)
    for symbol in symbols:
        warnings = _warnings_of(symbol) if module.facts.deprecations else []
        arguments = _decorator_text(project, symbol)
        if warnings or arguments is not None or says_deprecated(symbol.fact.docstring):
            claims = _claims(symbol.fact.docstring, warnings, arguments or "")
            yield Deprecated(module, symbol.name, symbol, claims, symbol.location)


def _warnings_of(symbol: ClassSymbol | FunctionSymbol) -> list[Deprecation]:
    """The warnings by which a class (in its constructor) or function declares itself deprecated."""
    scopes = [symbol.fact.scope]
    if isinstance(symbol, ClassSymbol):
        scopes += [method.fact.scope for method in symbol.module.methods(symbol) if method.name == "__init__"]
    warnings = [warning for scope in scopes for warning in _warnings_in(symbol.module, scope)]
    if isinstance(symbol, FunctionSymbol) and not _warns_of_itself(symbol, warnings):
        return []
    return warnings


def _warns_of_itself(function: FunctionSymbol, warnings: Sequence[Deprecation]) -> bool:
    """Whether a function warns of its own end: not as a helper that warns of what it is told, nor as a hook."""
    is_helper = bool(WARNING_WORDS & set(words(function.name))) or function.name.startswith("__")
    return not is_helper and any(warning.message for warning in warnings)


def _of_getattr(module: Module) -> Iterator[Deprecated]:
    """The names that the module's ``__getattr__`` compares with before it warns."""
    for function in module.top_level_functions:
        warnings = [warning for warning in module.facts.deprecations if warning.scope == function.fact.scope]
        if function.name == "__getattr__" and warnings:
            for use in module.facts.strings:
                if use.scope == function.fact.scope and use.context is StringContext.COMPARISON:
                    yield Deprecated(
                        module,
                        use.value,
                        None,
                        tuple(warning.message for warning in warnings if warning.line > use.line),
                        Location(module.path, use.line, use.column, use.line),
                    )


def _warnings_in(module: Module, scope: int) -> list[Deprecation]:
    """The warnings that are given whenever the scope runs: not behind a condition or an early exit."""
    facts = module.facts
    exits = [branch.line for branch in facts.branches if branch.scope == scope and branch.exit is not Exit.FALL_THROUGH]
    return [
        fact
        for fact in facts.deprecations
        if fact.scope == scope and fact.guard is Guard.NONE and not any(line < fact.line for line in exits)
    ]


def _decorator_text(project: Project, symbol: ClassSymbol | FunctionSymbol) -> str | None:
    """The arguments of a decorator that deprecates; None without one."""
    for decorator in symbol.fact.decorators:
        if decorator.name.rpartition(".")[2] == "deprecated":
            found = project.resolve(symbol.module, symbol.fact.parent, decorator.name)
            if found.external in DEPRECATION_DECORATORS:
                return decorator.arguments_text or ""
    return None


def _claims(docstring: str, warnings: Sequence[Deprecation], arguments: str = "") -> tuple[str, ...]:
    texts = [*(warning.message for warning in warnings), arguments, docstring if says_deprecated(docstring) else ""]
    return tuple(text for text in texts if text)


def _resolved(project: Project, thing: Deprecated, text: str) -> Home | None:
    """The class, function or module that a text names, other than the deprecated thing itself."""
    module = project.resolver.index.find_module(thing.module, text)
    if module is not None:
        return None if module is thing.module else module_home(module, "named by the deprecation")
    prefix, _, name = text.rpartition(".")
    holder = project.resolver.index.find_module(thing.module, prefix) if prefix else thing.module
    symbol = project.resolver.lookup(holder, name).symbol if holder is not None else None
    if not isinstance(symbol, (ClassSymbol, FunctionSymbol)) or symbol is thing.symbol:
        return None
    if holder is thing.module and (name == thing.name or not thing.name):
        return None
    return home_of(symbol, "named by the deprecation")


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
