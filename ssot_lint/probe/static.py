"""Reads objects of a program without running a line of it: no property, no ``__getattr__``, no ``__eq__``.

What is not stored in the object or in its class is not there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, GetSetDescriptorType, MappingProxyType, MemberDescriptorType, MethodType
from typing import Final, TypeGuard, cast

_MRO = type.__dict__["__mro__"]
_NAMESPACE = type.__dict__["__dict__"]


_READERS: Final[tuple[tuple[type, Callable[[object], Iterator[object]]], ...]] = (
    (list, lambda each: list.__iter__(cast("list[object]", each))),
    (tuple, lambda each: tuple.__iter__(cast("tuple[object, ...]", each))),
    (deque, lambda each: deque.__iter__(cast("deque[object]", each))),
    (set, lambda each: set.__iter__(cast("set[object]", each))),
    (frozenset, lambda each: frozenset.__iter__(cast("frozenset[object]", each))),
)
"""How containers are read past what their subclasses define."""


_CONTAINERS = (dict, list, tuple, set, frozenset, deque, MappingProxyType)


class Absent:
    """Nothing of that name is stored."""


class Computed:
    """The name is a property or the like: only running it would tell."""


ABSENT: Final = Absent()
COMPUTED: Final = Computed()


def ancestry(cls: type) -> tuple[type, ...]:
    """The class and its bases in order, whatever its metaclass says."""
    return cast("tuple[type, ...]", _MRO.__get__(cls))


def namespace(cls: type) -> Mapping[str, object]:
    """What the body of the class defined, whatever its metaclass says."""
    return cast("Mapping[str, object]", _NAMESPACE.__get__(cls))


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


def own_attributes(obj: object) -> Iterator[tuple[str, object]]:
    """What is stored in the instance itself: its ``__dict__`` and its slots."""
    for name, value in instance_dict(obj).items():
        if type(name) is str:
            yield name, value
    for each in ancestry(type(obj)):
        for name, descriptor in namespace(each).items():
            if type(descriptor) is MemberDescriptorType and not name.startswith("__"):
                value = _slot(descriptor, obj)
                if value is not ABSENT:
                    yield name, value


def instance_dict(obj: object) -> dict[str, object]:
    """A copy of the ``__dict__`` of an object; empty without one."""
    for each in ancestry(type(obj)):
        descriptor = namespace(each).get("__dict__")
        if type(descriptor) is GetSetDescriptorType:
            found = descriptor.__get__(obj)
            return dict(found) if type(found) is dict else {}
    return {}


def attribute(obj: object, name: str) -> object:
    """What is stored under a name in the object, a dict or its class; :data:`ABSENT`, or :data:`COMPUTED`."""
    if type(obj) is dict:
        return obj.get(name, ABSENT)
    descriptor = class_attribute(type(obj), name)
    if type(descriptor) is MemberDescriptorType:
        return _slot(descriptor, obj)
    if type(descriptor).__name__ == "_tuplegetter":  # a field of a named tuple, written in C
        return cast("MemberDescriptorType", descriptor).__get__(obj)
    stored = instance_dict(obj).get(name, ABSENT)
    if stored is not ABSENT or descriptor is ABSENT:
        return stored
    is_descriptor = any("__get__" in namespace(each) for each in ancestry(type(descriptor)))
    return COMPUTED if is_descriptor else descriptor


def follow(obj: object, path: str) -> object:
    """What a dotted path of attributes leads to; :data:`ABSENT` or :data:`COMPUTED` where it breaks off, None where a
    part of it is None."""
    for name in path.split("."):
        obj = attribute(obj, name)
        if obj is ABSENT or obj is COMPUTED or obj is None:
            return obj
    return obj


def items_of(container: object) -> list[tuple[str, object]] | None:
    """What a container of the standard library holds, each with its index as code; None for anything else.

    Subclasses are read past their own methods.
    """
    if not issubclass(type(container), _CONTAINERS):
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


def _slot(descriptor: MemberDescriptorType, obj: object) -> object:
    try:
        return descriptor.__get__(obj)
    except (AttributeError, TypeError):
        return ABSENT
