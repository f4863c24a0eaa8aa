"""Which names of the module functions mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

import libcst as cst
from msgspec.structs import replace

from ssot_lint.extract.walk import OpenScope
from ssot_lint.model.facts import Function
from ssot_lint.model.syntax import ValueKind

_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")
_WORDS = frozenset({name for name in dir(cst) if name[0].isupper()} | {"AsyncWith", "Capture", "Case"})
"""Words of the normal form that may be names too."""


def with_global_names(
    functions: Iterable[Function], scopes: Sequence[OpenScope], module_names: Set[str]
) -> tuple[tuple[Function, ...], tuple[str, ...]]:
    """The functions with what they mention of ``module_names``, and the names that any of them mentions, sorted.

    Names that LibCST has for its nodes are left out: the words of the normal form do not tell them apart.
    """
    known = module_names - _WORDS - {"*"}
    mentioned = [known & (scopes[fact.scope].foreign_words | _default_names(fact)) for fact in functions]
    names = tuple(sorted(set().union(*mentioned)))
    places = {name: place for place, name in enumerate(names)}
    facts = zip(functions, mentioned, strict=True)
    return tuple(
        replace(fact, global_mentions=tuple(sorted(places[name] for name in found))) if found else fact
        for fact, found in facts
    ), names


def _default_names(fact: Function) -> set[str]:
    """The names that the defaults of parameters begin with."""
    defaults = (each.default for each in fact.parameters if each.default is not None)
    return {
        name
        for value in defaults
        if value.kind is not ValueKind.CONSTANT
        for name in _WORD.findall(f"{value.text} {value.arguments_text}")
    }
