"""Which of several places is the source of truth, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from ssot_lint.model.facts import Class, Function
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol
from ssot_lint.text.identifiers import words

SymbolT = TypeVar("SymbolT", bound=Symbol)

_RETIRED = frozenset(
    {
        "deprecated",
        "deprecation",
        "backup",
        "backups",
        "bak",
        "legacy",
        "compat",
        "old",
        "obsolete",
        "archive",
        "archived",
    }
)
_DEPRECATED_TEXT = re.compile(r"(?:\.\. deprecated::|\[?deprecated\b)", re.IGNORECASE)


def is_retired_name(*names: str) -> bool:
    """Whether a path segment or identifier says that its bearer is on the way out."""
    return any(word in _RETIRED for name in names for word in words(name))


def is_deprecated(symbol: Symbol) -> bool:
    """Whether a symbol or its module declares itself deprecated (docstring, warning or decorator).

    In doubt it does: a candidate loses its rank then, and nobody is accused.
    """
    if is_deprecated_module(symbol.module):
        return True
    fact = symbol.fact
    scopes = set()
    if isinstance(fact, (Class, Function)):
        if _is_deprecated_text(fact.docstring):
            return True
        if any(decorator.name.rpartition(".")[2] == "deprecated" for decorator in fact.decorators):
            return True
        scopes.add(fact.scope)
    if isinstance(symbol, ClassSymbol):
        scopes |= {method.fact.scope for method in symbol.module.methods(symbol) if method.name == "__init__"}
    return _warns(symbol.module, scopes)


def is_deprecated_module(module: Module) -> bool:
    """Whether a module declares itself deprecated as a whole, by its docstring or a warning."""
    return _is_deprecated_text(module.facts.docstring) or _warns(module, {MODULE_SCOPE})


def _is_deprecated_text(docstring: str) -> bool:
    return _DEPRECATED_TEXT.match(docstring) is not None


def _warns(module: Module, scopes: Collection[int]) -> bool:
    return any(warning.scope in scopes and warning.guard is Guard.NONE for warning in module.facts.deprecations)


def infer_home(candidates: Sequence[SymbolT], importers: Callable[[Symbol], int]) -> tuple[SymbolT, str]:
    """The candidate that counts as the source of truth, and the reason: the first criterion that told it apart.

    The order of criteria is the contract's: not in test code; not retired by path, name or its own warning; imported
    by the most other modules (``importers``); shortest module path; alphabetical.
    """
    criteria: tuple[tuple[Callable[[Symbol], int | str], str], ...] = (
        (lambda symbol: symbol.module.zone is Zone.TEST, "the only one outside test code"),
        (lambda symbol: symbol.module.zone is not Zone.PRODUCTION, "the only one in production code"),
        (lambda symbol: is_retired_name(symbol.module.name, symbol.name), "the others are named legacy or deprecated"),
        (is_deprecated, "the others are deprecated"),
        (lambda symbol: -importers(symbol), ""),
        (lambda symbol: symbol.module.name.count("."), "shortest module path"),
        (lambda symbol: symbol.module.name, "first in alphabetical order"),
        (lambda symbol: symbol.qualname, "first in alphabetical order"),
    )
    remaining = list(candidates)
    reason = "the only definition"
    for key, why in criteria:
        if len(remaining) == 1:
            break
        best = min(key(symbol) for symbol in remaining)
        kept = [symbol for symbol in remaining if key(symbol) == best]
        if len(kept) < len(remaining):
            reason = why or _imported_by(importers(kept[0]))
        remaining = kept
    home = min(remaining, key=lambda symbol: symbol.sort_key)
    return home, reason


def _imported_by(count: int) -> str:
    return f"imported by {count} module{'' if count == 1 else 's'}"
