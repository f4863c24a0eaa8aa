"""Records of all modules by key, kept up to date where single modules change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence, Set
from typing import Any, Generic, Protocol, TypeVar

from ssot_lint.project.symbols import Module

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
PartT = TypeVar("PartT", contravariant=True)


class Fold(Protocol[PartT]):
    """What is made of the parts of all modules, one after the other; the order in which they come does not count."""

    def add(self, module: Module, part: PartT) -> None:
        """Take in what was found in a module."""
        ...

    def remove(self, module: Module, part: PartT) -> None:
        """Take out what was found in a module before."""
        ...


class ByKey(Protocol):
    """What has an answer for each key, and changes in place: each change makes another ``version``."""

    version: int

    def get(self, key: Any) -> Any:
        """The answer for a key."""
        ...


class FoldByKey(Fold[Any], ByKey, Protocol):
    """What is made of the parts of all modules, and has an answer for each key."""


class Records(Generic[K, V]):
    """Records by key: each part is a sequence of pairs of a key and a record. Each change makes another ``version``."""

    def __init__(self) -> None:
        self.version = 0
        self._records: dict[K, dict[Module, list[V]]] = defaultdict(dict)
        self._known: dict[K, tuple[V, ...]] = {}

    def add(self, module: Module, part: Sequence[tuple[K, V]]) -> None:
        """Take in the records of a module."""
        self.version += 1
        for key, record in part:
            self._records[key].setdefault(module, []).append(record)
            self._note(key)

    def remove(self, module: Module, part: Sequence[tuple[K, V]]) -> None:
        """Take out the records of a module."""
        self.version += 1
        for key in {key for key, _ in part}:
            self._records[key].pop(module)
            self._note(key)

    def get(self, key: K) -> tuple[V, ...]:
        """The records of one key, by the path of their module."""
        if key not in self._known:
            self._known[key] = self._found(key)
        return self._known[key]

    def _found(self, key: K) -> tuple[V, ...]:
        records = self._records.get(key, {})
        modules = records if len(records) < 2 else sorted(records, key=_path)
        return tuple(each for module in modules for each in records[module])

    def _note(self, key: K) -> None:
        self._known.pop(key, None)


class Groups(Records[K, V]):
    """Records of which those that have a key in common are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._several: dict[K, tuple[V, ...]] = {}
        self._stale: set[K] = set()
        self._together: frozenset[tuple[V, ...]] | None = None

    def several(self) -> Iterator[tuple[V, ...]]:
        """The records of each key that has more than one of them, in no order."""
        self._settle()
        return iter(self._several.values())

    def together(self) -> Set[tuple[V, ...]]:
        """The same as a set, for :meth:`Project.in_groups`."""
        groups = self.several()
        self._together = frozenset(groups) if self._together is None else self._together
        return self._together

    def _settle(self) -> None:
        if self._stale:
            self._together = None
        for key in self._stale:
            records = self._found(key)
            if len(records) > 1:
                self._several[key] = records
            else:
                self._several.pop(key, None)
        self._stale.clear()

    def _note(self, key: K) -> None:
        super()._note(key)
        self._stale.add(key)


class Holders(Generic[K]):
    """The modules by what they hold: each part is a collection of keys. Each change makes another ``version``."""

    def __init__(self) -> None:
        self.version = 0
        self._modules: dict[K, set[Module]] = defaultdict(set)
        self._known: dict[K, tuple[Module, ...]] = {}

    def add(self, module: Module, part: Collection[K]) -> None:
        """Take in what a module holds."""
        self.version += 1
        for key in part:
            self._modules[key].add(module)
        if self._known:  # not while it is made
            for key in part:
                self._known.pop(key, None)

    def remove(self, module: Module, part: Iterable[K]) -> None:
        """Take out what a module held before."""
        self.version += 1
        for key in part:
            self._modules[key].discard(module)
            self._known.pop(key, None)

    def get(self, key: K) -> tuple[Module, ...]:
        """The modules that hold ``key``, by path."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(sorted(self._modules.get(key, ()), key=_path))
        return known


def _path(module: Module) -> str:
    return module.path
