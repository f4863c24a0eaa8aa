"""Mutable containers."""

from __future__ import annotations

import re

from ssot_lint.model.facts import Binding
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import CONTAINERS, SHARED_WORDS, WEAK_CONTAINERS

_FIELDS = frozenset({"attrib", "factory", "field", "ib"})
_FACTORY = re.compile(r"(?:default_)?factory=([\w.]+)")
_INNER = re.compile(r"(\[.*|\.(get|setdefault|values|items)\(\).*)\Z", re.DOTALL)
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


def is_default_dict(value: Value | None) -> bool:
    """Whether reading an entry of the container adds one."""
    return value is not None and value.kind is ValueKind.CALL and value.text.rpartition(".")[2] == "defaultdict"


def is_container_field(binding: Binding) -> bool:
    """Whether a class variable declares a container that each instance begins with: ``field(default_factory=dict)``."""
    value = binding.value
    if value is None or value.kind is not ValueKind.CALL or value.text.rpartition(".")[2].lower() not in _FIELDS:
        return False
    made = _FACTORY.search(value.arguments_text)
    return made is not None and made[1].rpartition(".")[2] in CONTAINERS


def changed_part(target: str) -> str:
    """The container that a change is about: ``self.rows`` for ``self.rows``, ``self.rows[key]`` and
    ``self.rows.get()``."""
    return _INNER.sub("", target)


def begins_empty(value: Value | None) -> bool:
    """Whether a value is an empty mutable container of any kind."""
    if is_default_dict(value):
        return value is not None and "," not in value.arguments_text
    if value is None or value.arguments_text not in ("", "[]", "{}"):
        return False
    if value.kind is ValueKind.CALL:
        return value.text.rpartition(".")[2] in CONTAINERS | WEAK_CONTAINERS
    return value.kind in (ValueKind.LIST, ValueKind.DICT)
