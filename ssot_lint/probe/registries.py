"""P7: containers of the program that go on to hold what a test built when the test is over."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import ModuleType

from ssot_lint.probe.own import OwnClasses
from ssot_lint.probe.records import Growth, Instance, TestRun
from ssot_lint.probe.stack import Sources
from ssot_lint.probe.static import is_class, items_of, namespace, own_attributes

_DEPTH = 5
_MOST_OBJECTS = 5_000
"""Objects that are looked at from one module. A registry with more than that was seen to grow before."""


class Registries:
    """The modules of the program, its tests left out."""

    def __init__(self, sources: Sources, own: OwnClasses) -> None:
        self._sources, self._own = sources, own
        self._paths: dict[str, str] = {}

    def grown(self, run: TestRun, live: dict[int, Instance]) -> list[Growth]:
        """The registries that hold what ``run`` built, but for what fixtures of a wider scope built."""
        left = {key for key, each in live.items() if each.test == run.test and not each.is_wide and run.test}
        if not left:
            return []
        held: dict[tuple[str, str, str], list[Instance]] = {}
        for path, registry, obj in self._held():
            record = live.get(id(obj))
            if record is not None and record.ref() is obj:
                held.setdefault((path, registry, record.watched.component.name), []).append(record)
        return [growth for key, records in held.items() for growth in _growth(key, records, run)]

    def _held(self) -> Iterator[tuple[str, str, object]]:
        """Everything that containers of the program hold, with the file and the name of the outermost container."""
        for name, module in list(sys.modules.items()):
            path = self._path(name, module)
            if path:
                for registry, container in self._containers(name, module):
                    for obj in self._within(container):
                        yield path, registry, obj

    def _path(self, name: str, module: object) -> str:
        """The file of a module of the program; empty for any other."""
        if name not in self._paths:
            file = vars(module).get("__file__") if isinstance(module, ModuleType) else None
            is_product = type(file) is str and not self._sources.is_test(file)
            self._paths[name] = self._sources.path(file) if is_product and type(file) is str else ""
        return self._paths[name]

    def _containers(self, module_name: str, module: ModuleType) -> Iterator[tuple[str, object]]:
        """The containers of a module, of its classes, and of the objects it keeps."""
        for name, value in list(vars(module).items()):
            if name.startswith("__"):
                continue
            if items_of(value) is not None:
                yield f"{module_name}:{name}", value
            elif is_class(value):
                if namespace(value).get("__module__") == module_name and self._own.is_own(value):
                    yield from _members(f"{module_name}:{name}", namespace(value).items())
            elif self._own.is_own(type(value)):
                yield from _members(f"{module_name}:{name}", own_attributes(value))

    def _within(self, container: object) -> Iterator[object]:
        level, seen, left = [container], {id(container)}, _MOST_OBJECTS
        for _ in range(_DEPTH):
            following: list[object] = []
            for obj in level:
                for child in self._children(obj):
                    if id(child) not in seen and left:
                        left -= 1
                        seen.add(id(child))
                        following.append(child)
                        yield child
            level = following

    def _children(self, obj: object) -> Iterator[object]:
        items = items_of(obj)
        if items is not None:
            yield from (value for _, value in items)
        elif self._own.is_own(type(obj)):
            yield from (value for _, value in own_attributes(obj))


def _members(prefix: str, members: Iterable[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    for name, value in list(members):
        if not name.startswith("__") and items_of(value) is not None:
            yield f"{prefix}.{name}", value


def _growth(key: tuple[str, str, str], records: list[Instance], run: TestRun) -> Iterator[Growth]:
    unique = list({id(each): each for each in records}.values())
    new = sum(each.test == run.test and not each.is_wide for each in unique)
    if new:
        path, registry, _ = key
        yield Growth(unique[0].watched, registry, path, len(unique) - new, len(unique))
