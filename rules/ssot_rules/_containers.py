"""Mutable containers, and what methods do to those of their instance."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.facts import Mutation
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.project.home import words
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol

ADDITIONS = frozenset({"add", "append", "appendleft", "setdefault", "setitem"})
"""Operations that put one entry into a container, told by its key or itself."""

REMOVALS = frozenset(
    {"clear", "delitem", "difference_update", "discard", "intersection_update", "pop", "popitem", "popleft", "remove"}
)
"""Operations that make a container smaller."""

_CONTAINERS = frozenset({"OrderedDict", "defaultdict", "deque", "dict", "list", "set"})
_WEAK_CONTAINERS = frozenset({"WeakKeyDictionary", "WeakSet", "WeakValueDictionary"})
_IMPLICIT_CLASS_METHODS = frozenset({"__class_getitem__", "__init_subclass__", "__new__"})
_SHARED = frozenset({"cache", "caches", "global", "pool", "pools", "registries", "registry", "shared"})
_DISPLAYS = frozenset({ValueKind.LIST, ValueKind.DICT, ValueKind.SET})


def is_shared_by_name(*names: str) -> bool:
    """Whether a name says that its bearer is one for all: a cache, a pool, a registry."""
    return any(word in _SHARED for name in names for word in words(name))


def is_container(value: Value | None) -> bool:
    """Whether a value is a new list, dict or set that holds what is put in: not a weak or a bounded one."""
    if value is None:
        return False
    if value.kind is ValueKind.CALL:
        return value.text.rpartition(".")[2] in _CONTAINERS and "maxlen=" not in value.arguments
    return value.kind in _DISPLAYS


def begins_empty(value: Value | None) -> bool:
    """Whether a value is an empty mutable container of any kind."""
    if value is None or value.arguments not in ("", "[]", "{}"):
        return False
    if value.kind is ValueKind.CALL:
        return value.text.rpartition(".")[2] in _CONTAINERS | _WEAK_CONTAINERS
    return value.kind in (ValueKind.LIST, ValueKind.DICT)


def instance_methods(cls: ClassSymbol) -> tuple[FunctionSymbol, ...]:
    """The methods in the body of ``cls`` that are not decorated as class methods or static methods."""
    return tuple(method for method in cls.module.methods(cls) if _takes_instance(method))


def attribute_changes(cls: ClassSymbol) -> Iterator[tuple[str, FunctionSymbol, Mutation]]:
    """What the methods of ``cls`` change in place on their instance: ``self.items.append(...)`` changes ``items``."""
    module = cls.module
    for method in module.methods(cls):
        mutations = module.mutations(method)
        if not mutations or method.name in _IMPLICIT_CLASS_METHODS or not _takes_instance(method):
            continue
        receiver = f"{method.fact.parameters[0].name}."
        for fact in mutations:
            name = fact.target.removeprefix(receiver)
            if fact.target.startswith(receiver) and "." not in name and fact.operation not in ("setattr", "delattr"):
                yield name, method, fact


def _takes_instance(method: FunctionSymbol) -> bool:
    decorators = method.fact.decorators
    return bool(method.fact.parameters) and not any(d.name in ("classmethod", "staticmethod") for d in decorators)
