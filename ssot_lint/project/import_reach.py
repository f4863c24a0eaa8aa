"""Which modules lead to which when they are imported: whether one more import would close a circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module

MOST_MODULES = 20_000
"""Modules that import or are imported, up to which the question is answered: a row of bits for each of them makes at
most 50 MB. Beyond that nothing is known, and no home is refused."""


_ALL = -1
"""The row in which each bit is set."""

Loaded: TypeAlias = frozenset[Module]
"""The modules that a module loads when it is loaded itself, directly."""


class ImportReach:
    """What the imports that run when a module is loaded lead to, over any number of modules; each part are the modules
    that a module loads directly. For :class:`ssot_lint.project.loading.Loading`.

    Imports in functions and under ``TYPE_CHECKING`` do not run then.
    """

    def __init__(self) -> None:
        self._loaded: dict[Module, Loaded] = {}
        self._index: dict[Module, int] = {}
        self._modules: list[Module] = []
        self._edges: Counter[Module] = Counter()
        self._package_edges: Counter[tuple[str, str]] = Counter()
        self._targets: list[Sequence[int]] = []
        self._reached: list[int] | None = None
        self._past: dict[tuple[int, frozenset[int]], frozenset[int]] = {}
        self._packages: Mapping[str, Module] | None = None

    def load(self, module: Module, loaded: Loaded) -> int:
        """Have a module load these and no others; a row with the bits of all modules that may lead to others now."""
        was_bounded, before = self._is_bounded, self._loaded.get(module, frozenset())
        node = self._place(module)
        if loaded != before:
            self._count(module, before, -1)
            self._count(module, loaded, 1)
            self._targets[node] = [self._place(each) for each in loaded if each is not module]
            self._past.clear()
        self._loaded[module] = loaded
        if self._reached is None or was_bounded != self._is_bounded:
            self._reached = None
            return _ALL
        users = [user for user, bits in enumerate(self._reached) if user == node or bits >> node & 1]
        if loaded != before:
            for user in users:
                self._reached[user] = 0
            _close(self._reached, self._targets, users)
        return sum(1 << user for user in users)

    def bits(self, modules: Iterable[Module]) -> int:
        """A row with the bits of some modules."""
        places = [self._place(module) for module in modules]
        row = bytearray(len(self._modules) // 8 + 1)
        for place in places:
            row[place // 8] |= 1 << place % 8
        return int.from_bytes(row, "little")

    def leads(self, start: Module, end: Module) -> bool:
        """Whether importing ``start`` imports ``end``."""
        return bool(self._rows()[self._place(start)] >> self._place(end) & 1) if self._is_bounded else False

    def reached(self, start: Module) -> Iterator[Module]:
        """The modules that importing ``start`` imports."""
        bits = self._rows()[self._place(start)] if self._is_bounded else 0
        digits = f"{bits:b}"[::-1]
        place = digits.find("1")
        while place >= 0:
            yield self._modules[place]
            place = digits.find("1", place + 1)

    def closes_circle(self, importer: Module, imported: Module) -> bool:
        """Whether an import of ``imported`` at the top of ``importer`` would make a circle that is not there yet: by
        itself, or by a package that is loaded with it."""
        around = self._packages_around(importer)
        loaded = [each for each in self._packages_around(imported) if each not in around]
        return any(
            self._leads_past(each, importer, around) and not self._leads_past(importer, each, around)
            for each in (imported, *loaded)
        )

    def turns_round(self, importer: Module, imported: Module) -> bool:
        """Whether the package of ``imported`` imports that of ``importer`` and not the other way round: an import of
        ``imported`` in ``importer`` would turn the packages' direction round."""
        user, used = importer.source.package, imported.source.package
        if not user or not used or f"{user}.".startswith(f"{used}.") or f"{used}.".startswith(f"{user}."):
            return False
        return self._package_edges[used, user] > 0 == self._package_edges[user, used]

    @property
    def _is_bounded(self) -> bool:
        return len(self._edges) <= MOST_MODULES

    def _rows(self) -> Sequence[int]:
        if self._reached is None:
            self._reached = [0] * len(self._targets)
            _close(self._reached, self._targets, range(len(self._targets)))
        return self._reached

    def _place(self, module: Module) -> int:
        place = self._index.get(module)
        if place is None:
            place = self._index[module] = len(self._modules)
            self._modules.append(module)
            self._targets.append(())
            if self._reached is not None:
                self._reached.append(0)
        return place

    def _count(self, importer: Module, loaded: Loaded, change: int) -> None:
        known = len(self._edges)
        for target in loaded:
            for counted in (importer, target):
                self._edges[counted] += change
                if not self._edges[counted]:
                    del self._edges[counted]
            if importer.zone is Zone.PRODUCTION:
                self._package_edges[importer.source.package, target.source.package] += change
        self._packages = self._packages if known == len(self._edges) and change > 0 else None

    def _packages_around(self, module: Module) -> list[Module]:
        if self._packages is None:
            fronts = (each for each in self._edges if each.source.is_package)
            self._packages = {each.name: each for each in sorted(fronts, key=lambda each: each.path)}
        packages = (self._packages.get(name) for name in _names_around(module.name))
        return [each for each in packages if each is not None]

    def _leads_past(self, start: Module, end: Module, around: Sequence[Module]) -> bool:
        """As :meth:`leads`, by another way than the packages ``around`` one of the two: those are loaded before it
        anyway."""
        if not self.leads(start, end):
            return False
        if not any(self.leads(start, package) for package in around):
            return True
        key = self._place(start), frozenset(map(self._place, around))
        if key not in self._past:
            self._past[key] = _reached_without(self._targets, *key)
        return self._place(end) in self._past[key]


def _reached_without(targets: Sequence[Sequence[int]], start: int, avoided: frozenset[int]) -> frozenset[int]:
    """The nodes that ``start`` leads to without a step on one of ``avoided``."""
    seen: set[int] = set()
    pending = [start]
    while pending:
        new = set(targets[pending.pop()]) - seen - avoided
        seen |= new
        pending += new
    return frozenset(seen)


def _names_around(name: str) -> Iterable[str]:
    while name := name.rpartition(".")[0]:
        yield name


def loaded_by(uses: Iterable[ImportReference]) -> Loaded:
    """What imports load directly."""
    return frozenset(target for use in uses if _runs_at_import(use) for target in _targets(use))


def _runs_at_import(use: ImportReference) -> bool:
    return use.fact.scope == MODULE_SCOPE and not use.fact.guard & Guard.TYPE_CHECKING


def _targets(use: ImportReference) -> Iterable[Module]:
    """The module that the statement names, and the one that it takes from there, if it is a module."""
    return [module for module in (use.source, use.resolution.module) if module is not None]


def _close(reached: list[int], targets: Sequence[Sequence[int]], nodes: Sequence[int]) -> None:
    """Find what each of ``nodes`` leads to, as a row of bits; of all others it is known. Nodes come after what they
    lead to, so that one pass is enough where there is no circle; where there are some, passes are repeated until
    nothing changes."""
    order = _postorder(targets, nodes)
    is_changed = True
    while is_changed:
        is_changed = False
        for node in order:
            bits = reached[node]
            for target in targets[node]:
                bits |= reached[target] | 1 << target
            if bits != reached[node]:
                reached[node] = bits
                is_changed = True


def _postorder(targets: Sequence[Sequence[int]], nodes: Sequence[int]) -> list[int]:
    order: list[int] = []
    left = set(nodes)
    for root in nodes:
        stack = [(root, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                order.append(node)
            elif node in left:
                left.discard(node)
                stack.append((node, True))
                stack.extend((target, False) for target in targets[node] if target in left)
    return order
