"""What can be reached from an instance, and what of that two instances share."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from types import FunctionType, MappingProxyType, MethodType

import msgspec

from ssot_lint.probe.own import OwnClasses
from ssot_lint.probe.reader import Reader
from ssot_lint.probe.static import ABSENT, CONTAINERS, ancestry, items_of, namespace, values_of

DEPTH = 4
MOST_OBJECTS = 400
"""Objects that are looked at from one instance; what is beyond them is not seen."""

_CONTAINERS = (dict, OrderedDict, defaultdict, list, set, deque, bytearray)
_QUEUES = frozenset({"asyncio.queues", "queue"})
_PLAIN = (str, bytes, int, float, complex, type(None), Enum, type, re.Pattern, range, slice)


class Shape(msgspec.Struct, frozen=True):
    """What is to be done with instances of ``cls``, which is kept: its id is then nobody else's.

    ``is_plain``: nothing is behind them that users could share. ``is_opened``: their attributes are read. ``is_leaf``:
    they lead to nothing else, being no container either.
    ``is_mutable``: they can hold state that users would share, being a container or queue of the standard library;
    ``may_hold``: so can they, if they have attributes, being of a class of the project that is not frozen.
    """

    cls: type
    is_plain: bool
    is_opened: bool
    is_leaf: bool
    is_mutable: bool
    may_hold: bool


class Body(msgspec.Struct, frozen=True):
    """What may be a container in the body of ``cls``, which is kept, while that has ``size`` names."""

    cls: type
    members: Mapping[str, object]
    size: int
    names: tuple[str, ...]


class Surroundings(msgspec.Struct, frozen=True, eq=False):
    """What is near an instance: the mutable objects by id, the object from which each was reached, and the ids of the
    objects that lead back to the instance. Those are where it is registered, no state of its own. ``of_class`` are the
    ids of the objects in the bodies of its classes."""

    instance: object
    mutable: Mapping[int, object]
    parents: Mapping[int, object]
    registries: frozenset[int]
    of_class: frozenset[int]

    def is_behind(self, obj: object, other: object) -> bool:
        """Whether what was reached was reached by way of ``other``."""
        return any(key == id(other) for key in _way_to(obj, self.parents))


class Walker:
    """Walks from instances of a component. ``own`` tells which classes are the project's."""

    def __init__(self, own: OwnClasses, reader: Reader) -> None:
        self._own, self._reader = own, reader
        self._shapes: dict[int, Shape] = {}
        self._bodies: dict[int, Body] = {}

    def reached(self, instance: object) -> Surroundings:
        """The objects within :data:`DEPTH` steps."""
        parents: dict[int, object] = {}
        registries: set[int] = set()
        of_class = [value for _, value in self._class_containers(type(instance))]
        mutable = {
            id(obj): obj
            for obj in self._walk(instance, of_class, parents, registries)
            if (shape := self._shapes[id(type(obj))]).is_mutable or (shape.may_hold and self._reader.values(obj))
        }
        return Surroundings(instance, mutable, parents, frozenset(registries), frozenset(map(id, of_class)))

    def leads_to(self, obj: object, ids: frozenset[int]) -> bool:
        """Whether one of the objects with these ids can be reached from ``obj``: it is where they are registered."""
        of_class = [value for _, value in self._class_containers(type(obj))]
        return any(id(each) in ids for each in self._walk(obj, of_class, {}, set()))

    def path(self, near: Surroundings, obj: object) -> str:
        """The shortest path from the instance to what was reached: attributes and indexes, as code."""
        steps: list[str] = []
        while obj is not near.instance:
            parent = near.parents[id(obj)]
            steps.append(self._step(parent, obj, has_class=parent is near.instance))
            obj = parent
        return "".join(reversed(steps))

    def fingerprint(self, obj: object) -> tuple[object, ...]:
        """What an object holds, one level deep and without comparing anything: changes with most changes."""
        if type(obj) is bytearray:
            return (bytes(obj),)
        values = values_of(obj)
        if values is not None:
            return tuple(map(id, values))
        return tuple((name, *_ids(value)) for name, value in sorted(self._reader.attributes(obj), key=_name))

    def _walk(
        self, start: object, of_class: Sequence[object], parents: dict[int, object], registries: set[int]
    ) -> Iterator[object]:
        """All objects near ``start``, breadth first, without it. ``of_class`` are reached like its own; ``parents``
        gets from where each was reached, and ``registries`` what leads back to ``start``."""
        seen = {id(start)}
        level: list[object] = [start]
        left = MOST_OBJECTS
        for _ in range(DEPTH):
            following: list[object] = []
            for obj in level:
                for child in (*self._children(obj), *of_class) if obj is start else self._children(obj):
                    if child is start:
                        registries.update(_way_to(obj, parents))
                    kind = type(child)
                    shape = self._shapes.get(id(kind)) or self._shape(kind)
                    if shape.is_plain or id(child) in seen:
                        continue
                    left -= 1
                    if left < 0:
                        return
                    seen.add(id(child))
                    parents[id(child)] = obj
                    if not shape.is_leaf:
                        following.append(child)
                    yield child
            level = following

    def _children(self, obj: object) -> list[object]:
        shape = self._shape(type(obj))
        values = [] if shape.is_leaf else values_of(obj) or []
        if type(obj) is MethodType:
            values.append(obj.__self__)
        elif shape.is_opened:
            values.extend(self._reader.values(obj))
        return values

    def _step(self, parent: object, child: object, *, has_class: bool) -> str:
        """How ``child`` is reached from its parent."""
        steps = items_of(parent) or []
        if type(parent) is MethodType:
            steps = [(".__self__", parent.__self__)]
        elif self._shape(type(parent)).is_opened:
            named = [*self._reader.attributes(parent), *(self._class_containers(type(parent)) if has_class else ())]
            steps = [*steps, *((f".{name}", value) for name, value in named)]
        return next((step for step, value in steps if value is child), "[…]")

    def _class_containers(self, cls: type) -> Iterator[tuple[str, object]]:
        """Containers in the bodies of a class and of its bases: instances reach them like their own."""
        for each in ancestry(cls):
            if self._own.is_own(each):
                body = self._bodies.get(id(each))
                if body is None or len(body.members) != body.size:
                    body = self._bodies[id(each)] = _body(each)
                for name in body.names:
                    value = body.members.get(name)
                    if issubclass(type(value), _CONTAINERS):
                        yield name, value

    def _shape(self, cls: type) -> Shape:
        known = self._shapes.get(id(cls))
        if known is None:
            known = self._shapes[id(cls)] = self._shape_of(cls)
        return known

    def _shape_of(self, cls: type) -> Shape:
        is_own, is_queue = self._own.is_own(cls), namespace(cls).get("__module__") in _QUEUES
        is_plain = issubclass(cls, _PLAIN)
        is_fixed = is_plain or any(cls is each for each in (tuple, frozenset, MappingProxyType))
        is_opened = is_own or is_queue
        return Shape(
            cls,
            is_plain,
            is_opened,
            is_leaf=not (is_opened or cls is MethodType or issubclass(cls, CONTAINERS)),
            is_mutable=not is_fixed and (issubclass(cls, _CONTAINERS) or is_queue),
            may_hold=not is_fixed and is_own and not _is_frozen(cls, self._reader),
        )


def _body(cls: type) -> Body:
    members = namespace(cls)
    names = (name for name, value in list(members.items()) if not name.startswith("__") and not _lasts(value))
    return Body(cls, members, len(members), tuple(names))


def _lasts(member: object) -> bool:
    """Whether it is what no program replaces by a container."""
    return issubclass(type(member), (FunctionType, staticmethod, classmethod, property, type))


def _is_frozen(cls: type, reader: Reader) -> bool:
    """Whether a class is a frozen dataclass, attrs class or pydantic model."""
    parameters = reader.class_attribute(cls, "__dataclass_params__")
    if parameters is not ABSENT and reader.attribute(parameters, "frozen") is True:
        return True
    config = reader.class_attribute(cls, "model_config")
    return type(config) is dict and config.get("frozen") is True


def _way_to(obj: object, parents: Mapping[int, object]) -> Iterator[int]:
    while id(obj) in parents:
        yield id(obj)
        obj = parents[id(obj)]


def _ids(value: object) -> tuple[int, ...]:
    values = values_of(value)
    return (id(value),) if values is None else (id(value), *map(id, values))


def _name(pair: tuple[str, object]) -> str:
    return pair[0]
