"""Reads objects of a program without running a line of it: no property, no ``__getattr__``, no ``__eq__``.

What is not stored in the object or in its class is not there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FunctionType, MappingProxyType, MethodType
from typing import Any, Final, TypeGuard, cast

_READERS: Final[tuple[tuple[type, Callable[[object], Iterator[object]]], ...]] = (
    (list, lambda each: list.__iter__(cast("list[object]", each))),
    (tuple, lambda each: tuple.__iter__(cast("tuple[object, ...]", each))),
    (deque, lambda each: deque.__iter__(cast("deque[object]", each))),
    (set, lambda each: set.__iter__(cast("set[object]", each))),
    (frozenset, lambda each: frozenset.__iter__(cast("frozenset[object]", each))),
)
"""How containers are read past what their subclasses define."""


_EXACT: Final[Mapping[int, Callable[[Any], Iterable[object]]]] = {
    id(dict): dict.values,
    **{id(kind): iter for kind in (list, tuple, set, frozenset, deque)},
}
"""The same for containers that are of no subclass, by the ids of their classes."""


_VALUES: Final[tuple[tuple[type, Callable[[Any], Iterable[object]]], ...]] = (
    (dict, dict.values),
    *_READERS,
    (MappingProxyType, lambda each: each.values()),
)
"""The same for all containers, by what they are or are subclasses of."""

CONTAINERS = (dict, list, tuple, set, frozenset, deque, MappingProxyType)
"""Of the standard library, with their subclasses."""


class Absent:
    """Nothing of that name is stored."""


class Computed:
    """The name is a property or the like: only running it would tell."""


ABSENT: Final = Absent()
COMPUTED: Final = Computed()


ancestry: Final[Callable[[type], tuple[type, ...]]] = type.__dict__["__mro__"].__get__
"""The class and its bases in order, whatever its metaclass says."""

namespace: Final[Callable[[type], Mapping[str, object]]] = type.__dict__["__dict__"].__get__
"""What the body of the class defined, whatever its metaclass says."""


def class_attribute(cls: type, name: str) -> object:
    """What the class or the first of its bases stores under a name, descriptors unbound; :data:`ABSENT` for nothing."""
    for each in ancestry(cls):
        found = namespace(each).get(name, ABSENT)
        if found is not ABSENT:
            return found
    return ABSENT


def symbol_of(cls: type) -> str:
    """The class as ``package.module:Qual.name``."""
    module = type.__dict__["__module__"].__get__(cls)
    return f"{module if type(module) is str else ''}:{type.__dict__['__qualname__'].__get__(cls)}"


def allows_weak_references(cls: type) -> bool:
    """Whether its instances can be referred to without being kept alive."""
    return bool(type.__dict__["__weakrefoffset__"].__get__(cls))


def is_container(obj: object) -> bool:
    """Whether an object is a container of the standard library."""
    return id(type(obj)) in _EXACT or issubclass(type(obj), CONTAINERS)


def values_of(container: object) -> list[object] | None:
    """What a container of the standard library holds; None for anything else."""
    kind = type(container)
    read = _EXACT.get(id(kind))
    if read is None:
        read = next((each for base, each in _VALUES if issubclass(kind, base)), None)
        if read is None:
            return None
    try:
        return list(read(container))
    except RuntimeError:  # another thread changes it at this moment
        return []


def items_of(container: object) -> list[tuple[str, object]] | None:
    """What a container of the standard library holds, each with its index as code; None for anything else.

    Subclasses are read past their own methods.
    """
    if not is_container(container):
        return None
    try:
        if isinstance_static(container, (dict,)):
            pairs = list(dict.items(cast("dict[object, object]", container)))
            return [(key_text(key), value) for key, value in pairs]
        for kind, read in _READERS:
            if isinstance_static(container, (kind,)):
                return [(f"[{index}]", value) for index, value in enumerate(read(container))]
    except RuntimeError:  # another thread changes it at this moment
        return []
    if type(container) is MappingProxyType:
        return [("[…]", value) for value in list(container.values())]
    return None


def isinstance_static(obj: object, kinds: tuple[type, ...]) -> bool:
    """``isinstance`` of classes of the standard library, by the real class, which ``__class__`` may hide."""
    return issubclass(type(obj), kinds)


def is_of(obj: object, cls: type) -> bool:
    """The same for any class, whatever its metaclass says."""
    return type.__subclasscheck__(cls, type(obj))


def is_class(obj: object) -> TypeGuard[type]:
    """Whether an object is a class, and does not only look like one, as ``list[int]`` does before Python 3.11."""
    return issubclass(type(obj), type)


def key_text(key: object) -> str:
    """The index of a mapping as code; only texts and numbers are shown."""
    return f"[{key!r}]" if type(key) in (str, int) else "[…]"


def function_in(attribute: object) -> FunctionType | None:
    """The plain function in what a class or module stores: itself, or in a static, class or bound method."""
    if isinstance(attribute, (staticmethod, classmethod)):
        attribute = attribute.__func__
    if type(attribute) is MethodType:
        attribute = attribute.__func__
    return attribute if type(attribute) is FunctionType else None
