"""P7: containers of the program that go on to hold what a test built when the test is over."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from types import FunctionType, ModuleType

from ssot_lint.probe.hold import Holders
from ssot_lint.probe.own import OwnClasses
from ssot_lint.probe.reader import Reader
from ssot_lint.probe.records import Growth, Instance, TestRun
from ssot_lint.probe.seal import Place, Seal, may_be_replaced, sealed
from ssot_lint.probe.stack import Sources
from ssot_lint.probe.static import is_class, is_container, namespace, values_of

_DEPTH = 5
_MOST_OBJECTS = 5_000
"""Objects that are looked at from one module. A registry with more than that was seen to grow before."""

_LEAVES = frozenset(map(id, (str, bytes, int, float, bool, type(None), FunctionType, ModuleType, property)))
"""The ids of classes whose instances hold nothing, most of what modules are made of."""

_TABLES_OF_ENUM = frozenset({"_member_names_", "_value2member_map_", "_unhashable_values_"})
"""What every enumeration keeps beside ``_member_map_``, which leads to all that these lead to."""


class Registries:
    """The modules of the program, its tests left out.

    Most of what they hold are tables of functions and names: ``_closed`` has what those held when they were found to
    lead to nothing that changes. ``_seals`` tells of whole modules that nothing else is in them than before: then only
    their other containers are looked at.
    """

    def __init__(self, sources: Sources, own: OwnClasses, reader: Reader, live: Mapping[int, Instance]) -> None:
        self._sources, self._own, self._reader, self._live = sources, own, reader, live
        self._seen: set[str] = set()
        self._modules_seen = 0
        self._product: dict[str, str] = {}
        self._closed: dict[int, list[int]] = {}
        self._seals: dict[str, Seal] = {}
        self._holders = Holders(own, reader)

    def grown(self, run: TestRun) -> list[Growth]:
        """The registries that hold what ``run`` built, but for what fixtures of a wider scope built."""
        left = {id(obj) for each in run.instances if not each.is_wide and (obj := each.ref()) is not None}
        if not left:
            return []
        containers = list(self._all_containers())
        if not self._holders.may_hold([container for _, _, container in containers], left):
            return []
        held: dict[tuple[str, str, str], list[Instance]] = {}
        for path, registry, container in containers:
            for obj in self._led_to(container):
                record = self._live.get(id(obj))
                if record is not None and record.ref() is obj:
                    held.setdefault((path, registry, record.watched.component.name), []).append(record)
        return [growth for key, records in held.items() for growth in _growth(key, records, run)]

    def _all_containers(self) -> Iterator[tuple[str, str, object]]:
        """The containers of the program that may hold instances, with their files and names."""
        for path, name, module in self._modules():
            for registry, container in self._containers(name, vars(module)):
                yield path, registry, container

    def _is_closed(self, value: object) -> bool:
        return is_container(value) and not self._led_to(value)

    def _led_to(self, container: object) -> Sequence[object]:
        """All that a container leads to; nothing where nothing of that changes."""
        ids = list(map(id, values_of(container) or ()))
        if self._closed.get(id(container)) == ids:
            return ()
        held = list(self._within(container))
        if any(map(self._is_open, held)):
            return held
        self._closed[id(container)] = ids
        return ()

    def _is_open(self, obj: object) -> bool:
        """Whether an object is watched, or may come to hold something that it does not hold now."""
        kind = type(obj)
        return id(obj) in self._live or (
            not (kind is tuple or kind is frozenset or issubclass(kind, (Enum, type)))
            and (is_container(obj) or self._own.is_own(kind))
        )

    def _modules(self) -> Iterator[tuple[str, str, ModuleType]]:
        """The modules of the program, with their files and names."""
        if len(sys.modules) != self._modules_seen:
            self._modules_seen = len(sys.modules)
            for name in set(sys.modules) - self._seen:
                self._seen.add(name)
                path = self._path(sys.modules.get(name))
                if path:
                    self._product[name] = path
        for name, path in self._product.items():
            module = sys.modules.get(name)
            if isinstance(module, ModuleType):
                yield path, name, module

    def _path(self, module: object) -> str:
        """The file of a module of the program; empty for any other."""
        file = vars(module).get("__file__") if isinstance(module, ModuleType) else None
        path = self._sources.path(file) if type(file) is str else ""
        return path if path and type(file) is str and not self._sources.is_test(file) else ""

    def _containers(self, module_name: str, own: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        """The containers of a module, its classes, and the objects it keeps, but for those that its seal covers."""
        seal = self._seals.get(module_name)
        if seal is None or not seal.holds(own):
            seal = self._seals[module_name] = self._sealed(module_name, own)
        for symbol, value in seal.found(own) if seal.others else ():
            if is_container(value):
                yield symbol, value
            else:
                for member, container in self._reader.attributes(value):
                    if not member.startswith("__") and is_container(container):
                        yield f"{symbol}.{member}", container

    def _sealed(self, module_name: str, own: Mapping[str, object]) -> Seal:
        classes: list[tuple[Place, Mapping[str, object]]] = []
        places: list[Place] = []
        for name, value in dict(own).items():
            place = Place(0, name, f"{module_name}:{name}")
            if is_class(value):
                if self._is_defined_in(module_name, name, value):
                    classes.append((place, namespace(value)))
                    places.extend(_places_of_class(len(classes), place.symbol, namespace(value)))
            elif may_be_replaced(name, value) and (is_container(value) or self._own.is_own(type(value))):
                places.append(place)
        return sealed(own, classes, places, self._is_closed)

    def _is_defined_in(self, module_name: str, name: str, cls: type) -> bool:
        is_here = namespace(cls).get("__module__") == module_name
        return is_here and not name.startswith("__") and self._own.is_own(cls)

    def _within(self, container: object) -> Iterator[object]:
        level, seen, left = [container], {id(container)}, _MOST_OBJECTS
        for _ in range(_DEPTH):
            following: list[object] = []
            for obj in level:
                children = self._children(obj)[:left]
                left -= len(children)
                for child in children:
                    if id(type(child)) not in _LEAVES and id(child) not in seen:
                        seen.add(id(child))
                        following.append(child)
                        yield child
            level = following

    def _children(self, obj: object) -> list[object]:
        values = values_of(obj)
        if values is not None:
            return values
        return self._reader.values(obj) if self._own.is_own(type(obj)) else []


def _places_of_class(number: int, symbol: str, members: Mapping[str, object]) -> Iterator[Place]:
    for name, value in members.items():
        if is_container(value) and not name.startswith("__") and name not in _TABLES_OF_ENUM:
            yield Place(number, name, f"{symbol}.{name}")


def _growth(key: tuple[str, str, str], records: list[Instance], run: TestRun) -> Iterator[Growth]:
    unique = list({id(each): each for each in records}.values())
    new = sum(each.test == run.test and not each.is_wide for each in unique)
    if new:
        path, registry, _ = key
        yield Growth(unique[0].watched, registry, path, len(unique) - new, len(unique))
