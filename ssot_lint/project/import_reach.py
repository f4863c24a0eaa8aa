"""Which modules lead to which when they are imported: whether one more import would close a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module

MOST_MODULES = 20_000
"""Modules that import or are imported, up to which the question is answered: a row of bits for each of them makes at
most 50 MB. Beyond that nothing is known, and no home is refused."""


Loaded: TypeAlias = frozenset[Module]
"""The modules that a module loads when it is loaded itself, directly."""


class ImportReach:
    """What the imports that run when a module is loaded lead to, over any number of modules.

    Imports in functions and under ``TYPE_CHECKING`` do not run then.
    """

    def __init__(self, loaded: Mapping[Module, Loaded]) -> None:
        edges = [(importer, target) for importer, targets in loaded.items() for target in targets]
        modules = sorted({module for edge in edges for module in edge}, key=lambda module: module.path)
        is_bounded = len(modules) <= MOST_MODULES
        self._index: Mapping[Module, int] = (
            {module: place for place, module in enumerate(modules)} if is_bounded else {}
        )
        self._modules: Sequence[Module] = modules if is_bounded else ()
        self._package_edges = {
            (importer.source.package, target.source.package)
            for importer, target in edges
            if importer.zone is Zone.PRODUCTION
        }
        targets: list[list[int]] = [[] for _ in self._index]
        for importer, target in edges if is_bounded else ():
            if importer is not target:
                targets[self._index[importer]].append(self._index[target])
        self._targets: Sequence[Sequence[int]] = targets
        self._reached = _closure(targets)
        self._past: dict[tuple[int, frozenset[int]], frozenset[int]] = {}
        self._packages = {module.name: module for module in modules if module.source.is_package}

    def leads(self, start: Module, end: Module) -> bool:
        """Whether importing ``start`` imports ``end``."""
        if start not in self._index or end not in self._index:
            return False
        return bool(self._reached[self._index[start]] >> self._index[end] & 1)

    def reached(self, start: Module) -> Iterator[Module]:
        """The modules that importing ``start`` imports."""
        bits = self._reached[self._index[start]] if start in self._index else 0
        while bits:
            lowest = bits & -bits
            yield self._modules[lowest.bit_length() - 1]
            bits ^= lowest

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
        return (used, user) in self._package_edges and (user, used) not in self._package_edges

    def _packages_around(self, module: Module) -> list[Module]:
        packages = (self._packages.get(name) for name in _names_around(module.name))
        return [each for each in packages if each is not None]

    def _leads_past(self, start: Module, end: Module, around: Sequence[Module]) -> bool:
        """As :meth:`leads`, by another way than the packages ``around`` one of the two: those are loaded before it
        anyway."""
        if not self.leads(start, end):
            return False
        if not any(self.leads(start, package) for package in around):
            return True
        avoided = frozenset(self._index[package] for package in around if package in self._index)
        key = self._index[start], avoided
        if key not in self._past:
            self._past[key] = _reached_without(self._targets, *key)
        return self._index[end] in self._past[key]


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


def _closure(targets: Sequence[Sequence[int]]) -> list[int]:
    """What each node leads to, as a row of bits. Nodes come after what they lead to, so that one pass is enough where
    there is no circle; where there are some, passes are repeated until nothing changes."""
    reached = [0] * len(targets)
    order = _postorder(targets)
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
    return reached


def _postorder(targets: Sequence[Sequence[int]]) -> list[int]:
    order: list[int] = []
    seen = bytearray(len(targets))
    for root in range(len(targets)):
        stack = [(root, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                order.append(node)
            elif not seen[node]:
                seen[node] = 1
                stack.append((node, True))
                stack.extend((target, False) for target in targets[node] if not seen[target])
    return order
