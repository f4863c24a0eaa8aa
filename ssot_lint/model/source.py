"""Which files there are, and what each one is called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import msgspec

from ssot_lint.text.distribution_names import names_around, normalised


class Zone(Enum):
    """What a file is for. Rules judge production code; other zones count as evidence."""

    PRODUCTION = "production"
    TEST = "test"
    BACKUP = "backup"
    SCRIPT = "script"
    VENDORED = "vendored"
    """Copies of other projects, and specimens for tests: never judged, never a home."""
    GENERATED = "generated"
    """What a program writes: never judged, never a home."""


TAKEN = ".py imports it"
"""How the reason for a zone ends where a file that imports something there decided."""


class SourceFile(msgspec.Struct, frozen=True, order=True):
    """A Python file of the project.

    ``path`` is POSIX and relative to the project root. ``root`` is the source root the module name counts
    from, relative to the project root ("" for the root itself): two services may both have a module
    ``app.main``, told apart by their roots. ``module`` is the dotted name (of the package, for ``__init__``).
    ``zone_reason`` says in a few words what decided on ``zone``. ``distribution`` is the folder of the
    :class:`Distribution` the file belongs to. ``is_given`` says that the project itself gives the file its zone.
    """

    path: str
    root: str
    module: str
    is_package: bool
    is_stub: bool
    zone: Zone
    zone_reason: str = ""
    distribution: str = ""
    is_given: bool = False

    @property
    def package(self) -> str:
        """The package that relative imports count from."""
        return self.module if self.is_package else self.module.rpartition(".")[0]

    @property
    def is_taken_by_product(self) -> bool:
        """Whether it counts as production code because other production code imports what is in its folder."""
        return self.zone is Zone.PRODUCTION and self.zone_reason.endswith(TAKEN)


class Distribution(msgspec.Struct, frozen=True, order=True):
    """What is built, installed or run as one: a folder with packaging metadata, or a service without any.

    ``folder`` is relative to the project root. ``name`` is normalised (PEP 503), empty without one. ``declared_in`` is
    the path of the file that declares it, empty where the folders or the configuration do. ``requires`` are the
    normalised names of what it depends on, extras and groups included; ``development`` those of them that only who
    develops it has, or asks for extras; ``required_folders`` what it depends on by path.
    ``third_party`` are the modules of those that are not in this project, normalised in the same way.
    """

    folder: str
    name: str = ""
    declared_in: str = ""
    requires: tuple[str, ...] = ()
    development: tuple[str, ...] = ()
    required_folders: tuple[str, ...] = ()
    third_party: frozenset[str] = frozenset()

    def takes_from_outside(self, dotted: str) -> bool:
        """Whether a requirement that is no distribution of this project has the module ``dotted``, or a package around
        it: then no folder of that name is meant."""
        if not self.third_party:
            return False
        parts = dotted.split(".")
        return any(normalised(".".join(parts[: end + 1])) in self.third_party for end in range(len(parts)))

    def may_take_from_outside(self, top: str) -> bool:
        """Whether a requirement that is no distribution of this project is called like the module ``top`` and says
        more, as ``acme-sdk`` does: it may well have that module."""
        return bool(self.third_party) and any(name in self.third_party for name in names_around(top))


class Layout(msgspec.Struct, frozen=True):
    """What module names rest on beside the scanned files. All paths are POSIX, relative to the project root.

    ``packages`` are the folders with an ``__init__``. ``likely_roots`` are the source roots as far as folders
    and packaging metadata tell; ``is_fixed`` says that the user has given them; ``declared_roots`` are those that
    metadata name, ``namespaces`` the folders without ``__init__`` that metadata call packages.
    ``opaque_modules`` (paths without suffix) and ``opaque_folders`` exist but are not read: extension
    modules, what is excluded, ignored or a symlink, what lies beside the scanned paths; and modules that a build or
    somebody else makes. ``mirrors`` are folders of tests or scripts that are laid out like a package of the product
    and called like it. ``distributions`` are the folders that are declared to be some. ``own_files`` are those that
    attributes of git call no copies of other projects, each with the place that says so;
    ``copies`` are modules and packages that were installed into folders of the project, each with what says so.
    """

    packages: frozenset[str] = frozenset()
    likely_roots: frozenset[str] = frozenset({""})
    is_fixed: bool = False
    opaque_modules: frozenset[str] = frozenset()
    opaque_folders: frozenset[str] = frozenset()
    declared_roots: frozenset[str] = frozenset()
    namespaces: frozenset[str] = frozenset()
    mirrors: frozenset[str] = frozenset()
    distributions: frozenset[str] = frozenset({""})
    own_files: Mapping[str, str] = msgspec.field(default_factory=dict)
    copies: Mapping[str, str] = msgspec.field(default_factory=dict)


class SourceTree(msgspec.Struct, frozen=True):
    """All files of a scan, sorted by path.

    ``source_roots`` are relative to the project root, innermost last; once settled, those are among them that
    imports use although no file is named from them. ``opaque_modules`` are ``(root, dotted name)`` of modules
    that exist but were not read (extension modules, excluded files or whole folders), so that their names, and
    everything below them, are unknown, not missing. ``namespace_packages`` are packages without ``__init__``, of
    which another part may live elsewhere, written the same way. ``unreadable`` are ``(path, reason)`` of
    folders and ignore files that could not be used. ``distributions`` are sorted by folder; the project root is one.
    ``links`` are the symlinks to Python files and folders: not followed, for what they lead to is read where it lies.
    """

    files: tuple[SourceFile, ...]
    source_roots: tuple[str, ...]
    opaque_modules: frozenset[tuple[str, str]]
    namespace_packages: frozenset[tuple[str, str]]
    unreadable: tuple[tuple[str, str], ...] = ()
    layout: Layout = Layout()
    distributions: tuple[Distribution, ...] = (Distribution(""),)
    links: tuple[str, ...] = ()
