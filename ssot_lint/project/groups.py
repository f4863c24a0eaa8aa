"""Records of all modules by key, kept up to date where single modules change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from ssot_lint.project.symbols import Module

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
E = TypeVar("E")
PartT = TypeVar("PartT", contravariant=True)

Held: TypeAlias = "E | list[E]"
"""What a table has for a key. Most keys have one entry, and a list for it would be most of the table."""


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
        self._records: dict[K, Held[tuple[Module, V]]] = {}
        self._known: dict[K, tuple[V, ...]] = {}

    def add(self, module: Module, part: Sequence[tuple[K, V]]) -> None:
        """Take in the records of a module."""
        self.version += 1
        for key, record in part:
            hold(self._records, key, (module, record))
        self._note(key for key, _ in part)

    def remove(self, module: Module, part: Sequence[tuple[K, V]]) -> None:
        """Take out the records of a module."""
        self.version += 1
        for key in {key for key, _ in part}:
            let_go(self._records, key, lambda entry: entry[0] is module)
        self._note(key for key, _ in part)

    def get(self, key: K) -> tuple[V, ...]:
        """The records of one key, by the path of their module."""
        if key not in self._known:
            self._known[key] = self._found(key)
        return self._known[key]

    def keys(self) -> Iterator[K]:
        """The key of each record, as often as there are records."""
        for key in self._records:
            for _ in held(self._records, key):
                yield key

    @staticmethod
    def differing(one: Iterable[tuple[Any, Any]], other: Iterable[tuple[Any, Any]]) -> set[Any]:
        """The keys under which one part has other records than the other."""
        before, after = _by_key(one), _by_key(other)
        return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}

    @classmethod
    def may_differ(cls, one: Sequence[tuple[Any, Any]], other: Sequence[tuple[Any, Any]], key: object) -> bool:
        """Whether it makes a difference for a key that a module has another part than before."""
        return key in cls.differing(one, other)

    def _found(self, key: K) -> tuple[V, ...]:
        records = sorted(held(self._records, key), key=_path_of_record)
        return tuple(record for _, record in records)

    def _note(self, keys: Iterable[K]) -> None:
        if self._known:  # not while it is made
            for key in keys:
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
            if isinstance(self._records.get(key), list):
                self._several[key] = self._found(key)
            else:
                self._several.pop(key, None)
        self._stale.clear()

    def _note(self, keys: Iterable[K]) -> None:
        changed = list(keys)
        super()._note(changed)
        self._stale.update(changed)


class Holders(Generic[K]):
    """The modules by what they hold: each part is a collection of keys. Each change makes another ``version``."""

    def __init__(self) -> None:
        self.version = 0
        self._modules: dict[K, Held[Module]] = {}
        self._known: dict[K, tuple[Module, ...]] = {}

    def add(self, module: Module, part: Collection[K]) -> None:
        """Take in what a module holds."""
        self.version += 1
        for key in part if isinstance(part, Set) else set(part):
            hold(self._modules, key, module)
        self._note(part)

    def remove(self, module: Module, part: Iterable[K]) -> None:
        """Take out what a module held before."""
        self.version += 1
        for key in set(part):
            let_go(self._modules, key, lambda each: each is module)
            self._known.pop(key, None)

    @staticmethod
    def may_differ(one: Collection[Any], other: Collection[Any], key: object) -> bool:
        """Whether it makes a difference for a key that a module has another part than before."""
        return (key in one) != (key in other)

    def get(self, key: K) -> tuple[Module, ...]:
        """The modules that hold ``key``, by path."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(sorted(held(self._modules, key), key=_path))
        return known

    def _note(self, keys: Iterable[K]) -> None:
        if self._known:  # not while it is made
            for key in keys:
                self._known.pop(key, None)


def hold(table: dict[K, Held[E]], key: K, entry: E) -> None:
    """Add an entry of a key; no entry is a list."""
    known = table.get(key)
    if known is None:
        table[key] = entry
    elif isinstance(known, list):
        known.append(entry)
    else:
        table[key] = [known, entry]


def let_go(table: dict[K, Held[E]], key: K, is_gone: Callable[[E], bool]) -> None:
    """Drop those entries of a key that ``is_gone`` tells."""
    left = [entry for entry in held(table, key) if not is_gone(entry)]
    if len(left) > 1:
        table[key] = left
    elif left:
        table[key] = left[0]
    else:
        table.pop(key, None)


def held(table: Mapping[K, Held[E]], key: K) -> Sequence[E]:
    """The entries of a key, in the order in which they came."""
    known = table.get(key)
    if isinstance(known, list):
        return known
    return () if known is None else (known,)


def _by_key(part: Iterable[tuple[Any, Any]]) -> Mapping[Any, Sequence[Any]]:
    found: dict[Any, list[Any]] = {}
    for key, record in part:
        found.setdefault(key, []).append(record)
    return found


def _path_of_record(entry: tuple[Module, object]) -> str:
    return entry[0].path


def _path(module: Module) -> str:
    return module.path
