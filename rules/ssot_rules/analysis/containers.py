"""Mutable containers."""

from __future__ import annotations

from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import CONTAINERS, SHARED_WORDS, WEAK_CONTAINERS

_DISPLAYS = frozenset({ValueKind.LIST, ValueKind.DICT, ValueKind.SET})


def is_shared_by_name(*names: str) -> bool:
    """Whether a name says that its bearer is one for all: a cache, a pool, a registry."""
    return any(word in SHARED_WORDS for name in names for word in words(name))


def is_container(value: Value | None) -> bool:
    """Whether a value is a new list, dict or set that holds what is put in: not a weak or a bounded one."""
    if value is None:
        return False
    if value.kind is ValueKind.CALL:
        return value.text.rpartition(".")[2] in CONTAINERS and "maxlen=" not in value.arguments_text
    return value.kind in _DISPLAYS


def begins_empty(value: Value | None) -> bool:
    """Whether a value is an empty mutable container of any kind."""
    if value is None or value.arguments_text not in ("", "[]", "{}"):
        return False
    if value.kind is ValueKind.CALL:
        return value.text.rpartition(".")[2] in CONTAINERS | WEAK_CONTAINERS
    return value.kind in (ValueKind.LIST, ValueKind.DICT)
