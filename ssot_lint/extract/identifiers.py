"""Identifiers as Python compares them: in the Unicode normal form NFKC (language reference, 2.3).

So ``µ`` (the micro sign) and ``μ`` (the letter) are one name. Positions are those of the source as it is written, which
is why names are put into normal form when the facts are complete.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast
from unicodedata import is_normalized, normalize

from ssot_lint.model.facts import Class, Deprecation, Directive, Function, ModuleFacts, StringUse
from ssot_lint.model.syntax import Fact, Value, ValueKind

_FORM: Final = "NFKC"
# The characters of identifiers that are no ``\w`` (Other_ID_Start, Other_ID_Continue) belong to them too.
_WORD = re.compile("[\\w\u00b7\u0387\u2118\u212e]+")
_PROSE: Mapping[type[Fact], frozenset[str]] = MappingProxyType(
    {
        Class: frozenset({"docstring", "notice"}),
        Deprecation: frozenset({"message"}),
        Directive: frozenset({"text"}),
        Function: frozenset({"docstring", "notice"}),
        ModuleFacts: frozenset({"docstring", "exports", "notice"}),
        StringUse: frozenset({"value"}),
    }
)
"""Fields that hold the content of strings and comments, which Python takes as they are."""


def in_normal_form(facts: ModuleFacts, text: str) -> ModuleFacts:
    """``facts`` of a file with all names in normal form."""
    if text.isascii() or all(is_normalized(_FORM, word) for word in _WORD.findall(text)):
        return facts
    return cast(ModuleFacts, _normal(facts))


def _normal(value: object) -> object:
    if isinstance(value, str):
        return normalize(_FORM, value)
    if isinstance(value, tuple):
        return tuple(map(_normal, value))
    if not isinstance(value, Fact) or (isinstance(value, Value) and value.kind is ValueKind.CONSTANT):
        return value
    prose = _PROSE.get(type(value), frozenset())
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    return type(value)(**{name: part if name in prose else _normal(part) for name, part in fields.items()})
