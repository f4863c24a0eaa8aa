"""Finds what an absolute import means while the source roots are not settled yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssot_lint.discovery.paths import join, module_path, parent, parents, with_parents
from ssot_lint.model.source import SourceTree
from ssot_lint.text.standard_library import STANDARD_LIBRARY

MAX_CANDIDATES = 100
"""A name that stands in more folders than this is no evidence for any of them."""


@dataclass(frozen=True)
class _Around:
    """The folders at and above a file that may be its source root, innermost first."""

    likely: tuple[str, ...]
    loose: tuple[str, ...]
    packages: tuple[str, ...]


class Locator:
    """Knows the modules of a tree by path. Names are written with slashes: ``app/db`` for ``app.db``."""

    def __init__(self, tree: SourceTree) -> None:
        self._likely = tree.layout.likely_roots
        self._mirrors = tree.layout.mirrors
        distributions = {each.folder: each for each in tree.distributions}
        self._distribution_of = {parent(file.path): distributions[file.distribution] for file in tree.files}
        self.packages = tree.layout.packages | tree.layout.namespaces
        self._unread = tree.layout.opaque_folders
        self._modules = {module_path(file.path) for file in tree.files} | tree.layout.opaque_modules | self._unread
        folders = {folder for file in tree.files for folder in parents(file.path)}
        self._names: set[str] = set()
        self._holders: dict[str, list[str]] = {}
        for path in self._modules | folders:
            folder, _, name = path.rpartition("/")
            self._names.add(name)
            if folder not in self.packages:
                self._holders.setdefault(name, []).append(folder)
        self._around: dict[str, _Around] = {}

    def may_be_module(self, name: str) -> bool:
        """Whether any module or folder is called ``name``; answers for most imports, without a search."""
        return name in self._names

    def is_module(self, path: str) -> bool:
        """Whether ``path`` is a module, or lies in a folder of which nothing is known."""
        return path in self._modules or (bool(self._unread) and not self._unread.isdisjoint(parents(path)))

    def find_root(self, folder: str, name: str) -> str | None:
        """The source root from which a file in ``folder`` may find the module ``name``, None without one.

        A name that a declared dependency has is that of the dependency. Else, in this order: likely roots around the
        folder; folders around it that are no packages; packages around it; elsewhere, if exactly one folder fits.
        Beyond the likely roots, the standard library goes first, and where one part of a name is too weak a sign, two
        parts are asked for. No package is a root where a declared dependency is called nearly like the name: what wraps
        that has modules of the same names.
        """
        top = name.partition("/")[0]
        if self.is_from_outside(folder, name):
            return None
        around = self._around.get(folder) or self._look_around(folder)
        for root in around.likely:
            if self._has(root, top, name):
                return root
        if top in STANDARD_LIBRARY:
            return None
        packages = () if top == name or self._may_be_from_outside(folder, top) else around.packages
        for root in (*around.loose, *packages):
            if self._has(root, top, name):
                return root
        return self._find_elsewhere(top, name)

    def is_from_outside(self, folder: str, name: str) -> bool:
        """Whether the module ``name`` is that of a declared dependency for a file in ``folder``."""
        return self._distribution_of[folder].takes_from_outside(name.replace("/", "."))

    def _may_be_from_outside(self, folder: str, top: str) -> bool:
        return self._distribution_of[folder].may_take_from_outside(top)

    def find_around(self, folder: str, name: str) -> str | None:
        """The innermost folder at or above ``folder`` from which ``name`` is found, None without one.

        The standard library goes first here as well: who puts a folder on the path that happens to hold an ``email``
        or a ``socket`` does not mean all files that import these.
        """
        top = name.partition("/")[0]
        if top in STANDARD_LIBRARY:
            return None
        return next((root for root in with_parents(folder) if self._has(root, top, name)), None)

    def holders(self, top: str) -> Sequence[str]:
        """The folders without ``__init__`` that have a module or folder of that name."""
        return self._holders.get(top, ())

    def _has(self, root: str, top: str, name: str) -> bool:
        """Whether the name leads to a module from a root; what mirrors the product answers for none of its names."""
        return self.is_module(join(root, name)) and join(root, top) not in self._mirrors

    def _look_around(self, folder: str) -> _Around:
        above = tuple(with_parents(folder))
        around = _Around(
            likely=tuple(root for root in above if root in self._likely),
            loose=tuple(root for root in above if root not in self._likely and root not in self.packages),
            packages=tuple(root for root in above if root not in self._likely and root in self.packages),
        )
        self._around[folder] = around
        return around

    def _find_elsewhere(self, top: str, name: str) -> str | None:
        candidates = self._holders.get(top, [])
        if len(candidates) > MAX_CANDIDATES:
            return None
        fitting = [root for root in candidates if (top != name or root in self._likely) and self._has(root, top, name)]
        return fitting[0] if len(fitting) == 1 else None
