"""What is loaded when modules are imported, and what one more import would mean."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from ssot_lint.project.import_reach import ImportReach, Loaded
from ssot_lint.project.outside_reach import OutsideReach
from ssot_lint.project.symbols import Module


class Loads(NamedTuple):
    """What a module loads directly: modules of the project, and packages from outside."""

    modules: Loaded
    packages: frozenset[str]


class Loading:
    """What all modules load, kept up to date where single ones change. The answer for a key is what one of the
    functions of this module says of it and of what follows in the key."""

    def __init__(self) -> None:
        self.version = 0
        self.reach = ImportReach()
        self.outside = OutsideReach(self.reach)
        self._known: dict[tuple[Any, ...], object] = {}

    def add(self, module: Module, part: Loads) -> None:
        """Take in what a module loads."""
        self.version += 1
        self._known.clear()
        users = self.reach.load(module, part.modules)
        self.outside.load(module, part.packages)
        self.outside.forget(users)

    def remove(self, module: Module, part: Loads) -> None:
        """Nothing: what a module loads is exchanged as a whole when it is added again."""

    @staticmethod
    def may_differ(one: Loads, other: Loads, key: tuple[Any, ...]) -> bool:
        """Whether it may make a difference for a key that a module loads something else."""
        return one.modules != other.modules or (one.packages != other.packages and key[0] not in _ABOUT_MODULES)

    def get(self, key: tuple[Any, ...]) -> Any:
        """What ``key[0]`` says."""
        if key not in self._known:
            ask, *about = key
            self._known[key] = ask(self, *about)
        return self._known[key]


class Ask(Protocol):
    """Asks something of :class:`Loading`, and notes what it said: what is concluded from it rests on that alone."""

    def __call__(self, key: tuple[Any, ...], /) -> Any: ...


def _leads(loading: Loading, start: Module, end: Module) -> bool:
    return loading.reach.leads(start, end)


def _closes_circle(loading: Loading, importer: Module, imported: Module) -> bool:
    return loading.reach.closes_circle(importer, imported)


def _turns_round(loading: Loading, importer: Module, imported: Module) -> bool:
    return loading.reach.turns_round(importer, imported)


def _brought(loading: Loading, site: Module, home: Module) -> frozenset[str]:
    return loading.outside.brought(site, home)


def _loaded_by(loading: Loading, module: Module) -> frozenset[str]:
    return loading.outside.loaded_by(module)


def _lacks(loading: Loading, module: Module, packages: frozenset[str]) -> bool:
    return loading.outside.lacks(module, packages)


_ABOUT_MODULES = (_leads, _closes_circle, _turns_round)
"""What asks nothing about packages from outside."""


@dataclass(frozen=True, slots=True)
class ReachQuestions:
    """:class:`ImportReach` as a project has it."""

    _ask: Ask

    def leads(self, start: Module, end: Module) -> bool:
        """Whether importing ``start`` imports ``end``."""
        return bool(self._ask((_leads, start, end)))

    def closes_circle(self, importer: Module, imported: Module) -> bool:
        """:meth:`ImportReach.closes_circle`."""
        return bool(self._ask((_closes_circle, importer, imported)))

    def turns_round(self, importer: Module, imported: Module) -> bool:
        """:meth:`ImportReach.turns_round`."""
        return bool(self._ask((_turns_round, importer, imported)))


@dataclass(frozen=True, slots=True)
class OutsideQuestions:
    """:class:`OutsideReach` as a project has it."""

    _ask: Ask

    def brought(self, site: Module, home: Module) -> frozenset[str]:
        """:meth:`OutsideReach.brought`."""
        return frozenset(self._ask((_brought, site, home)))

    def loaded_by(self, module: Module) -> frozenset[str]:
        """:meth:`OutsideReach.loaded_by`."""
        return frozenset(self._ask((_loaded_by, module)))

    def lacks(self, module: Module, packages: Collection[str]) -> bool:
        """:meth:`OutsideReach.lacks`."""
        return bool(self._ask((_lacks, module, frozenset(packages))))
