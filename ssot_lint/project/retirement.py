"""Whether something says of itself that it is on the way out, or not there to stay yet."""

from __future__ import annotations

import re
from collections.abc import Collection

from ssot_lint.model.facts import Class, Function
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.model.vocabulary import RETIRED_WORDS, UNSTABLE_WORDS
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol
from ssot_lint.text.identifiers import words

_DEPRECATED_TEXT = re.compile(r"(?:\.\. deprecated::|\[?deprecated\b)", re.IGNORECASE)
_MAKERS = frozenset({"__init__", "__new__", "__post_init__"})


def is_retired_name(*names: str) -> bool:
    """Whether a path segment or identifier says that its bearer is on the way out.

    What an adjective calls compatible is not: ``openai_compat_provider`` speaks a protocol, ``six_compat`` bridges to
    the past.
    """
    return any(_says_retired(segment) for name in names for segment in re.split(r"[./]", name))


def _says_retired(segment: str) -> bool:
    found = words(segment)
    return any(
        word in RETIRED_WORDS and not (word == "compat" and 0 < place < len(found) - 1)
        for place, word in enumerate(found)
    )


def is_unstable_name(*names: str) -> bool:
    """Whether a path segment or identifier says that its bearer may change any day."""
    return any(word in UNSTABLE_WORDS for name in names for word in words(name))


def is_deprecated(symbol: Symbol) -> bool:
    """Whether a symbol or its module declares itself deprecated (docstring, comment, warning or decorator).

    In doubt it does: a candidate loses its rank then, and nobody is accused.
    """
    if is_deprecated_module(symbol.module):
        return True
    fact = symbol.fact
    scopes = set()
    if isinstance(fact, (Class, Function)):
        if fact.notice or _is_deprecated_text(fact.docstring) or fact.scope in symbol.module.facts.leaving:
            return True
        if any(decorator.name.rpartition(".")[2] == "deprecated" for decorator in fact.decorators):
            return True
        scopes.add(fact.scope)
    if isinstance(symbol, ClassSymbol):
        scopes |= {method.fact.scope for method in symbol.module.methods(symbol) if method.name in _MAKERS}
    return _warns(symbol.module, scopes)


def is_deprecated_module(module: Module) -> bool:
    """Whether a module declares itself deprecated as a whole, by its docstring or a warning."""
    facts = module.facts
    return bool(facts.notice) or _is_deprecated_text(facts.docstring) or _warns(module, {MODULE_SCOPE})


def _is_deprecated_text(docstring: str) -> bool:
    return _DEPRECATED_TEXT.match(docstring) is not None


def _warns(module: Module, scopes: Collection[int]) -> bool:
    return any(warning.scope in scopes and warning.guard is Guard.NONE for warning in module.facts.deprecations)
