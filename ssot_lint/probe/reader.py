"""Reads what objects store, thousands of times in a test: where a class keeps it is looked up once.

Like all of the probe it runs no line of the program: see :mod:`ssot_lint.probe.static`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import GetSetDescriptorType, MemberDescriptorType
from typing import cast

import msgspec

from ssot_lint.probe.static import ABSENT, COMPUTED, ancestry, namespace


class Layout(msgspec.Struct, frozen=True):
    """Where instances of ``cls`` keep their attributes. The class is kept: its id is then nobody else's."""

    cls: type
    namespaces: tuple[Mapping[str, object], ...]
    stored: Callable[[object], object]
    slots: tuple[tuple[str, MemberDescriptorType], ...]


class Reader:
    """Reads objects past properties and ``__getattr__``. What is not stored in them or in their class is not there."""

    def __init__(self) -> None:
        self._layouts: dict[int, Layout] = {}

    def layout(self, cls: type) -> Layout:
        """Where instances of a class keep their attributes."""
        known = self._layouts.get(id(cls))
        if known is None:
            known = self._layouts[id(cls)] = _layout(cls)
        return known

    def class_attribute(self, cls: type, name: str) -> object:
        """What the class or the first of its bases stores under a name, descriptors unbound; ABSENT for nothing."""
        for each in (self._layouts.get(id(cls)) or self.layout(cls)).namespaces:
            if name in each:
                return each[name]
        return ABSENT

    def attributes(self, obj: object) -> list[tuple[str, object]]:
        """What is stored in the instance itself: its ``__dict__`` and its slots."""
        layout = self.layout(type(obj))
        found = [pair for pair in _stored(layout, obj).copy().items() if type(pair[0]) is str]
        for name, descriptor in layout.slots:
            value = _slot(descriptor, obj)
            if value is not ABSENT:
                found.append((name, value))
        return found

    def values(self, obj: object) -> list[object]:
        """What is stored in the instance itself, without the names."""
        kind = type(obj)
        layout = self._layouts.get(id(kind)) or self.layout(kind)
        found = list(_stored(layout, obj).values())
        slots = [_slot(descriptor, obj) for _, descriptor in layout.slots] if layout.slots else ()
        return [*found, *(value for value in slots if value is not ABSENT)] if slots else found

    def attribute(self, obj: object, name: str) -> object:
        """What is stored under a name in the object, a dict or its class; ABSENT, or COMPUTED."""
        if type(obj) is dict:
            return obj.get(name, ABSENT)
        kind = type(obj)
        layout = self._layouts.get(id(kind)) or self.layout(kind)
        stored = layout.stored(obj)
        if type(stored) is dict and name in stored:
            return stored[name]
        for each in layout.namespaces:
            if name in each:
                return self._bound(each[name], obj)
        return ABSENT

    def _bound(self, descriptor: object, obj: object) -> object:
        """What a class stores, as its instance shows it."""
        if type(descriptor) is MemberDescriptorType:
            return _slot(descriptor, obj)
        if type(descriptor).__name__ == "_tuplegetter":  # a field of a named tuple, written in C
            return cast("MemberDescriptorType", descriptor).__get__(obj)
        is_descriptor = self.class_attribute(type(descriptor), "__get__") is not ABSENT
        return COMPUTED if is_descriptor else descriptor


def _layout(cls: type) -> Layout:
    namespaces = tuple(namespace(each) for each in ancestry(cls))
    kept = (each.get("__dict__") for each in namespaces)
    stored = next((each.__get__ for each in kept if type(each) is GetSetDescriptorType), _nothing)
    slots = tuple(
        (name, member)
        for each in namespaces
        for name, member in each.items()
        if type(member) is MemberDescriptorType and not name.startswith("__")
    )
    return Layout(cls, namespaces, stored, slots)


def _nothing(_: object) -> object:
    """What instances without a ``__dict__`` store."""
    return None


def _stored(layout: Layout, obj: object) -> dict[str, object]:
    """The ``__dict__`` of an object, not a copy; an empty one without it."""
    found = layout.stored(obj)
    return found if type(found) is dict else {}


def _slot(descriptor: MemberDescriptorType, obj: object) -> object:
    try:
        return descriptor.__get__(obj)
    except (AttributeError, TypeError):
        return ABSENT
