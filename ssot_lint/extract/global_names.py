"""Which names of the module functions, and what it assigns, mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from msgspec.structs import replace

from ssot_lint.extract.children import NODE_WORDS
from ssot_lint.extract.walk import OpenScope
from ssot_lint.model.facts import Function
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.model.vocabulary import ALL_LOCAL_NAMES, MODULE_NAMES

_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")


def with_global_names(
    functions: Iterable[Function], scopes: Sequence[OpenScope], module_names: Set[str]
) -> tuple[tuple[Function, ...], tuple[str, ...]]:
    """The functions with what they mention of ``module_names``, of what each module is called and of what hands on all
    names at once, and the names that any of them mentions, sorted."""
    known = (module_names | MODULE_NAMES | {ALL_LOCAL_NAMES}) - {"*"}
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


def names_in_value(words: Iterable[str], value: Value | None, module_names: Set[str]) -> tuple[str, ...]:
    """What a statement that binds a name of the module, with these words in normal form, mentions of ``module_names``
    and of what each module is called; sorted. Words that may be nodes count where the beginning of the value has them.
    """
    found = set(words) & (module_names | MODULE_NAMES)
    if not NODE_WORDS.isdisjoint(found):
        text = "" if value is None else f"{value.text} {value.arguments_text}"
        found = (found - NODE_WORDS) | (found & set(_WORD.findall(text)))
    return tuple(sorted(found))
