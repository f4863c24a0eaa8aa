"""Which modules lead to which when they are imported: whether one more import would close a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module

MOST_MODULES = 20_000
"""Modules that import or are imported, up to which the question is answered: a row of bits for each of them makes at
most 50 MB. Beyond that nothing is known, and no home is refused."""


class ImportReach:
    """What the imports that run when a module is loaded lead to, over any number of modules.

    Imports in functions and under ``TYPE_CHECKING`` do not run then.
    """

    def __init__(self, references: Iterable[ImportReference]) -> None:
        edges = {(use.importer, target) for use in references if _runs_at_import(use) for target in _targets(use)}
        modules = sorted({module for edge in edges for module in edge}, key=lambda module: module.path)
        is_bounded = len(modules) <= MOST_MODULES
        self._index: Mapping[Module, int] = (
            {module: place for place, module in enumerate(modules)} if is_bounded else {}
        )
        targets: list[list[int]] = [[] for _ in self._index]
        for importer, target in edges if is_bounded else ():
            if importer is not target:
                targets[self._index[importer]].append(self._index[target])
        self._reached = _closure(targets)
        self._packages = {module.name: module for module in modules if module.source.is_package}

    def leads(self, start: Module, end: Module) -> bool:
        """Whether importing ``start`` imports ``end``."""
        if start not in self._index or end not in self._index:
            return False
        return bool(self._reached[self._index[start]] >> self._index[end] & 1)

    def closes_circle(self, importer: Module, imported: Module) -> bool:
        """Whether an import of ``imported`` at the top of ``importer`` would make a circle that is not there yet: by
        itself, or by a package that is loaded with it."""
        packages = (self._packages.get(name) for name in _packages_around(imported.name))
        loaded = [each for each in packages if each is not None and not importer.name.startswith(f"{each.name}.")]
        return any(self.leads(each, importer) and not self.leads(importer, each) for each in (imported, *loaded))


def _packages_around(name: str) -> Iterable[str]:
    while name := name.rpartition(".")[0]:
        yield name


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
