"""What declares itself deprecated.

This asks for more than :func:`ssot_lint.project.home.is_deprecated`, where a false yes only makes another candidate the
home: here it accuses every importer. So a claim has its own wording, a decorator is resolved, and a warning does not
count behind an early exit or in a helper that warns of what it is told: whoever calls that helper is deprecated.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssot_lint.model.facts import Deprecation, StringContext
from ssot_lint.model.finding import Location
from ssot_lint.model.syntax import MODULE_SCOPE, Exit, Guard, ScopeKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import DEPRECATION_DECORATORS, WARNING_WORDS

# A claim about its owner, not a description: "Deprecated constant." may document a class for such constants.
_CLAIM = re.compile(r"\.\. deprecated::|\[?DEPRECATED\b|Deprecated(?:$|[.:;,!\]]| (?:alias|and|as|by|in|since|use)\b)")


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


@dataclass(frozen=True, slots=True)
class _Warning:
    """A warning that is given whenever its scope runs."""

    message: str
    line: int


def deprecated_things(project: Project) -> tuple[Deprecated, ...]:
    """Everything that declares itself deprecated, by place; what a deprecated module defines is left out."""
    return project.in_modules(_deprecated_in)


def _deprecated_in(project: Project, module: Module) -> tuple[Deprecated, ...]:
    if not project.linked(_may_say_something, module) and module not in project.derived(_modules_with_helper_calls):
        return ()
    whole = _of_module(project, module)
    return (whole,) if whole is not None else (*_of_symbols(project, module), *_of_getattr(module))


def _modules_with_helper_calls(project: Project) -> frozenset[Module]:
    return frozenset(module for module, _ in project.derived(_helper_calls))


def _may_say_something(project: Project, module: Module) -> bool:
    """Whether anything in a module, the helpers that it calls aside, may declare itself deprecated."""
    facts = module.facts
    symbols: tuple[ClassSymbol | FunctionSymbol, ...] = (*module.top_level_classes, *module.top_level_functions)
    claims = [(facts.docstring, facts.notice), *((each.fact.docstring, each.fact.notice) for each in symbols)]
    return (
        bool(facts.deprecations)
        or any(notice or says_deprecated(docstring) for docstring, notice in claims)
        or any(_may_deprecate(project, symbol) for symbol in symbols)
    )


def _may_deprecate(project: Project, symbol: ClassSymbol | FunctionSymbol) -> bool:
    """Whether a decorator of a library deprecates, or one of the project, of which more has to be known."""
    found = [project.resolve(symbol.module, symbol.fact.parent, each.name) for each in symbol.fact.decorators]
    return any(each.external in DEPRECATION_DECORATORS or each.symbol is not None for each in found)


def says_deprecated(docstring: str) -> bool:
    """Whether the first line of a docstring declares its owner deprecated."""
    return _CLAIM.match(docstring) is not None


def _of_module(project: Project, module: Module) -> Deprecated | None:
    facts = module.facts
    warnings = _warnings_in(project, module, MODULE_SCOPE)
    if not warnings and not facts.notice and not says_deprecated(facts.docstring):
        return None
    line = warnings[0].line if warnings else 1
    return Deprecated(module, "", None, _claims(facts.docstring, facts.notice, warnings), Location(module.path, line))


def _of_symbols(project: Project, module: Module) -> Iterator[Deprecated]:
    symbols: tuple[ClassSymbol | FunctionSymbol, ...] = (*module.top_level_classes, *module.top_level_functions)
    for symbol in symbols:
        fact = symbol.fact
        if module.namespace.get(symbol.name) is not symbol:  # an overload, or replaced further down
            continue
        warnings = _warnings_of(project, symbol)
        arguments = _decorator_text(project, symbol)
        if warnings or arguments is not None or fact.notice or says_deprecated(fact.docstring):
            claims = _claims(fact.docstring, fact.notice, warnings, arguments or "")
            yield Deprecated(module, symbol.name, symbol, claims, symbol.location)


def _warnings_of(project: Project, symbol: ClassSymbol | FunctionSymbol) -> list[_Warning]:
    """The warnings by which a class (in its constructor) or function declares itself deprecated."""
    if isinstance(symbol, FunctionSymbol):
        return [] if _is_helper(symbol) else _warnings_in(project, symbol.module, symbol.fact.scope)
    constructors = [method for method in symbol.module.methods(symbol) if method.name == "__init__"]
    scopes = [symbol.fact.scope, *(method.fact.scope for method in constructors)]
    return [warning for scope in scopes for warning in _warnings_in(project, symbol.module, scope)]


def _warnings_in(project: Project, module: Module, scope: int) -> list[_Warning]:
    """The warnings that are given whenever the scope runs, by helpers of the project too: not behind a condition or an
    early exit."""
    given = [_Warning(fact.message, fact.line) for fact in _unconditional(module, scope)]
    helpers = project.derived(_helper_calls).get((module, scope), ())
    return [warning for warning in (*given, *helpers) if warning.message]


def _unconditional(module: Module, scope: int) -> list[Deprecation]:
    warnings = [fact for fact in module.facts.deprecations if fact.scope == scope and fact.guard is Guard.NONE]
    return [fact for fact in warnings if not _may_exit_before(module, scope, fact.line)]


def _may_exit_before(module: Module, scope: int, line: int) -> bool:
    return any(
        branch.scope == scope and branch.exit is not Exit.FALL_THROUGH and branch.line < line
        for branch in module.facts.branches
    )


def _is_helper(function: FunctionSymbol) -> bool:
    """Whether a function warns of what it is told, not of its own end, or answers for the names of a module."""
    return bool(WARNING_WORDS & set(words(function.name))) or function.name.startswith("__")


def _helper_calls(project: Project) -> Mapping[tuple[Module, int], Sequence[_Warning]]:
    """The calls of functions that warn of what they are told, by module and scope, as warnings given there."""
    found: dict[tuple[Module, int], list[_Warning]] = defaultdict(list)
    for helper in project.derived(_helpers):
        for call in project.calls_of(helper):
            fact, module = call.fact, call.module
            message = " ".join(text for each in fact.arguments if (text := _literal(each.text)))
            if fact.guard is Guard.NONE and not _may_exit_before(module, fact.scope, fact.line):
                found[module, fact.scope].append(_Warning(message, fact.line))
    return dict(found)


def _literal(text: str) -> str:
    """The content of a string literal in normal form, as far as the fact has it; empty for anything else."""
    return text[1:].rstrip("'\"") if text[:1] in ("'", '"') else ""


def _helpers(project: Project) -> tuple[FunctionSymbol, ...]:
    """The functions that give a warning of which they are told at least a part, each time they are called."""
    return project.gathered(_helpers_in)


def _helpers_in(_: Project, module: Module) -> tuple[FunctionSymbol, ...]:
    return tuple(
        function
        for function in (module.top_level_functions if module.facts.deprecations else ())
        if function.fact.parameters and any(map(_is_told, _unconditional(module, function.fact.scope)))
    )


def _is_told(warning: Deprecation) -> bool:
    return not warning.message or "{" in warning.message or "%" in warning.message


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


def _decorator_text(project: Project, symbol: ClassSymbol | FunctionSymbol) -> str | None:
    """The arguments of a decorator that deprecates; None without one."""
    for decorator in symbol.fact.decorators:
        found = project.resolve(symbol.module, symbol.fact.parent, decorator.name)
        if found.external in DEPRECATION_DECORATORS or (found.symbol and _deprecates(found.symbol)):
            return decorator.arguments_text or ""
    return None


def _deprecates(decorator: Symbol) -> bool:
    """Whether a decorator of the project makes what it decorates give a warning each time: a function in it does."""
    module = decorator.module
    if not isinstance(decorator, FunctionSymbol):
        return False
    return any(
        fact.guard is Guard.NONE and _is_inside(module, fact.scope, decorator.fact.scope)
        for fact in module.facts.deprecations
        if not _may_exit_before(module, fact.scope, fact.line)
    )


def _is_inside(module: Module, scope: int, outer: int) -> bool:
    """Whether a scope is that of a function nested in the function ``outer``."""
    scopes = module.facts.scopes
    if scopes[scope].kind is not ScopeKind.FUNCTION:
        return False
    while scope != MODULE_SCOPE:
        scope = scopes[scope].parent
        if scope == outer:
            return True
    return False


def _claims(docstring: str, notice: str, warnings: Sequence[_Warning], arguments: str = "") -> tuple[str, ...]:
    texts = [*(warning.message for warning in warnings), arguments, docstring if says_deprecated(docstring) else ""]
    return tuple(text for text in (*texts, notice) if text)
