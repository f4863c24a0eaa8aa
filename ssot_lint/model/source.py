"""Which files there are, and what each one is called."""

from __future__ import annotations

from enum import Enum

import msgspec


class Zone(Enum):
    """What a file is for. Rules judge production code; other zones count as evidence."""

    PRODUCTION = "production"
    TEST = "test"
    BACKUP = "backup"
    SCRIPT = "script"


class SourceFile(msgspec.Struct, frozen=True, order=True):
    """A Python file of the project.

    ``path`` is POSIX and relative to the project root. ``root`` is the source root the module name counts
    from, relative to the project root ("" for the root itself): two services may both have a module
    ``app.main``, told apart by their roots. ``module`` is the dotted name (of the package, for ``__init__``).
    """

    path: str
    root: str
    module: str
    is_package: bool
    is_stub: bool
    zone: Zone

    @property
    def package(self) -> str:
        """The package that relative imports count from."""
        return self.module if self.is_package else self.module.rpartition(".")[0]


class Layout(msgspec.Struct, frozen=True):
    """What module names rest on beside the scanned files. All paths are POSIX, relative to the project root.

    ``packages`` are the folders with an ``__init__``. ``likely_roots`` are the source roots as far as folders
    and packaging metadata tell; ``is_fixed`` says that the user has given them. ``opaque_modules`` (paths
    without suffix) and ``opaque_folders`` exist but are not read: extension modules, what is excluded, ignored
    or a symlink, what lies beside the scanned paths.
    """

    packages: frozenset[str] = frozenset()
    likely_roots: frozenset[str] = frozenset({""})
    is_fixed: bool = False
    opaque_modules: frozenset[str] = frozenset()
    opaque_folders: frozenset[str] = frozenset()


class SourceTree(msgspec.Struct, frozen=True):
    """All files of a scan, sorted by path.

    ``source_roots`` are relative to the project root, innermost last; once settled, those are among them that
    imports use although no file is named from them. ``opaque_modules`` are ``(root, dotted name)`` of modules
    that exist but were not read (extension modules, excluded files or whole folders), so that their names, and
    everything below them, are unknown, not missing. ``namespace_packages`` are packages without ``__init__``, of
    which another part may live elsewhere, written the same way. ``unreadable`` are ``(path, reason)`` of
    folders and ignore files that could not be used.
    """

    files: tuple[SourceFile, ...]
    source_roots: tuple[str, ...]
    opaque_modules: frozenset[tuple[str, str]]
    namespace_packages: frozenset[tuple[str, str]]
    unreadable: tuple[tuple[str, str], ...] = ()
    layout: Layout = Layout()
