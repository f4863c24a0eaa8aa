"""What can be reached from an instance, and what of that two instances share."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator
from enum import Enum
from types import MappingProxyType, MethodType
from typing import NamedTuple

from ssot_lint.probe.own import OwnClasses
from ssot_lint.probe.static import (
    ABSENT,
    ancestry,
    attribute,
    isinstance_static,
    items_of,
    namespace,
    own_attributes,
)

DEPTH = 4
MOST_OBJECTS = 400
"""Objects that are looked at from one instance; what is beyond them is not seen."""

_CONTAINERS = (dict, OrderedDict, defaultdict, list, set, deque, bytearray)
_QUEUES = frozenset({"asyncio.queues", "queue"})
_PLAIN = (str, bytes, int, float, complex, type(None), Enum, type, re.Pattern, range, slice)


class Reached(NamedTuple):
    """A mutable object, the path that leads there from the instance, and whether it stands in the body of a class."""

    obj: object
    path: str
    is_of_class: bool


def is_mutable(obj: object, is_own: bool) -> bool:
    """Whether an object can hold state that users would share: a container or queue of the standard library, or an
    instance of a class of the project (``is_own``) that is neither frozen nor empty of attributes."""
    kind = type(obj)
    if isinstance_static(obj, _PLAIN) or type(obj) in (tuple, frozenset, MappingProxyType):
        return False
    if isinstance_static(obj, _CONTAINERS):
        return True
    if getattr_static(kind, "__module__") in _QUEUES:
        return True
    return is_own and not _is_frozen(kind) and any(True for _ in own_attributes(obj))


def getattr_static(kind: type, name: str) -> object:
    """What the body of a class says under ``name``."""
    return namespace(kind).get(name, ABSENT)


def _is_frozen(kind: type) -> bool:
    """Whether a class is a frozen dataclass, attrs class or pydantic model."""
    parameters = next(
        (p for each in ancestry(kind) if (p := getattr_static(each, "__dataclass_params__")) is not ABSENT), None
    )
    if parameters is not None and attribute(parameters, "frozen") is True:
        return True
    config = next((c for each in ancestry(kind) if (c := getattr_static(each, "model_config")) is not ABSENT), None)
    return type(config) is dict and config.get("frozen") is True


class Surroundings(NamedTuple):
    """What is near an instance: the mutable objects by id, and the ids of the objects that lead back to it. These are
    where it is registered, no state of its own."""

    mutable: dict[int, Reached]
    registries: frozenset[int]


class Walker:
    """Walks from instances of a component. ``own`` tells which classes are the project's."""

    def __init__(self, own: OwnClasses) -> None:
        self._own = own

    def reached(self, instance: object) -> Surroundings:
        """The objects within :data:`DEPTH` steps, each with its shortest path."""
        found: dict[int, Reached] = {}
        of_class = {id(value) for _, value in self._class_containers(type(instance))}
        parents: dict[int, int] = {}
        registries: set[int] = set()
        for obj, path in self._walk(instance, parents, registries):
            if id(obj) not in found and is_mutable(obj, self._own.is_own(type(obj))):
                found[id(obj)] = Reached(obj, path, id(obj) in of_class)
        return Surroundings(found, frozenset(registries))

    def leads_to(self, obj: object, ids: frozenset[int]) -> bool:
        """Whether one of the objects with these ids can be reached from ``obj``: it is where they are registered."""
        return any(id(each) in ids for each, _ in self._walk(obj, {}, set()))

    def _walk(self, start: object, parents: dict[int, int], registries: set[int]) -> Iterator[tuple[object, str]]:
        """All objects near ``start``, breadth first, without it. ``parents`` gets from where each was reached, and
        ``registries`` what leads back to ``start``."""
        seen = {id(start)}
        level: list[tuple[object, str]] = [(start, "")]
        left = MOST_OBJECTS
        for depth in range(DEPTH):
            following: list[tuple[object, str]] = []
            for obj, path in level:
                for step, child in self._children(obj, has_class=depth == 0):
                    if child is start:
                        registries.update(_way_to(id(obj), parents))
                    if id(child) in seen or isinstance_static(child, _PLAIN):
                        continue
                    left -= 1
                    if left < 0:
                        return
                    seen.add(id(child))
                    parents[id(child)] = id(obj)
                    following.append((child, path + step))
                    yield following[-1]
            level = following

    def _children(self, obj: object, *, has_class: bool) -> Iterator[tuple[str, object]]:
        items = items_of(obj)
        if items is not None:
            yield from items
        if type(obj) is MethodType:
            yield ".__self__", obj.__self__
        elif self._own.is_own(type(obj)) or getattr_static(type(obj), "__module__") in _QUEUES:
            for name, value in own_attributes(obj):
                yield f".{name}", value
            if has_class:
                yield from self._class_containers(type(obj))

    def _class_containers(self, cls: type) -> Iterator[tuple[str, object]]:
        """Containers in the bodies of a class and of its bases: instances reach them like their own."""
        for each in ancestry(cls):
            if self._own.is_own(each):
                for name, value in namespace(each).items():
                    if not name.startswith("__") and isinstance_static(value, _CONTAINERS):
                        yield f".{name}", value


def _way_to(key: int, parents: dict[int, int]) -> Iterator[int]:
    while key in parents:
        yield key
        key = parents[key]


def fingerprint(obj: object) -> tuple[object, ...]:
    """What an object holds, one level deep and without comparing anything: changes with most changes."""
    if type(obj) is bytearray:
        return (bytes(obj),)
    items = items_of(obj)
    if items is not None:
        return tuple(sorted_ids(items))
    return tuple((name, *_inner(value)) for name, value in sorted(own_attributes(obj), key=_name))


def _inner(value: object) -> tuple[object, ...]:
    items = items_of(value)
    return (id(value),) if items is None else (id(value), *sorted_ids(items))


def sorted_ids(items: list[tuple[str, object]]) -> list[int]:
    """The ids of what a container holds, in its order."""
    return [id(value) for _, value in items]


def _name(pair: tuple[str, object]) -> str:
    return pair[0]
