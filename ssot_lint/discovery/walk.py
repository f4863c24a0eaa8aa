"""The walk over the file system: which Python files there are, and what else naming them needs.

Only folders and regular files count: symlinks are not followed, FIFOs, sockets and devices are never opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ssot_lint.config.settings import PYTHON_FILES
from ssot_lint.discovery import requirements
from ssot_lint.discovery.attributes import GITATTRIBUTES, AttributeFile, outer_files, read_attributes
from ssot_lint.discovery.build_products import BUILD_FILES, named_in_build_file
from ssot_lint.discovery.checkouts import SUBMODULES, is_other_checkout, submodules_to_come
from ssot_lint.discovery.ignore import GITIGNORE, Ignores, compile_option, outer_ignores, read_ignore_file
from ssot_lint.discovery.installed import Installed, installed_in
from ssot_lint.discovery.made_modules import compiled_from, filled_from
from ssot_lint.discovery.metadata import METADATA_FILES, Packaging, read_packaging
from ssot_lint.discovery.named_licences import licence_of_others
from ssot_lint.discovery.options import DEFAULT_EXCLUDE, DiscoveryOptions
from ssot_lint.discovery.paths import is_importable, join, module_path, parent, parents
from ssot_lint.discovery.replaced_folders import is_shell
from ssot_lint.discovery.set_aside import SKILL_FILE
from ssot_lint.discovery.tables import read_text

SOURCE_SUFFIXES = (".py", ".pyi")
OPAQUE_SUFFIXES = (".so", ".pyd", ".pyx", ".c", ".cpp")
NATIVE_SUFFIXES = (".pxd", ".cc", ".cxx", ".rs", ".f90", ".pyx.in", ".pyx.tp")
"""Sources of extension modules; they count beside Python code only, for whole folders of them are other programs."""
PACKAGE_MARKERS = frozenset({"__init__.py", "__init__.pyi"})

ENVIRONMENT_MARKERS = frozenset({"pyvenv.cfg", "conda-meta", "CACHEDIR.TAG"})
"""What a virtual environment (PEP 405), a conda environment and a cache (https://bford.info/cachedir/) hold."""

OUTPUT_FOLDERS = frozenset({"build", "dist"})
"""Left out where a project is built, unless they are packages."""

BYTECODE = "__pycache__"


@dataclass
class Listing:
    """What the walk found; paths are POSIX, relative to the project root.

    ``files`` are the Python files to scan. ``packages`` are the folders with an ``__init__``,
    ``opaque_modules`` and ``opaque_folders`` what exists but is not scanned (see
    :class:`ssot_lint.model.source.Layout`), ``packagings`` what the metadata of folders say, ``requirements`` the names
    in the files for pip of a folder, ``expected_modules`` and ``expected_names`` what is not there yet: paths of
    modules that a build or somebody else makes, and last parts of the names of modules that are made somewhere below a
    folder. ``attributes`` are the files with attributes of git, those above the project root first, outermost before
    inner ones. ``installed`` maps folders below the root to the distributions that were put into them, by name,
    ``licences`` folders to a file with the licence of one of their modules. ``skills`` are the folders of such.
    ``scripts`` are those of a shell or of make. ``folders`` are those that were looked into and hold no other program,
    the project root among them. ``unreadable`` are pairs of path and reason, ``links`` the symlinks to Python files and
    folders.
    """

    files: list[str] = field(default_factory=list)
    packages: set[str] = field(default_factory=set)
    opaque_modules: set[str] = field(default_factory=set)
    opaque_folders: set[str] = field(default_factory=set)
    packagings: dict[str, Packaging] = field(default_factory=dict)
    requirements: dict[str, set[str]] = field(default_factory=dict)
    expected_modules: set[str] = field(default_factory=set)
    expected_names: dict[str, set[str]] = field(default_factory=dict)
    attributes: list[AttributeFile] = field(default_factory=list)
    installed: dict[str, dict[str, Installed]] = field(default_factory=dict)
    licences: dict[str, str] = field(default_factory=dict)
    skills: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def projects(self) -> set[str]:
        """The folders that are built or installed as one."""
        return {folder for folder, packaging in self.packagings.items() if packaging.declared_in}

    @property
    def namespaces(self) -> set[str]:
        """The folders around packages that metadata names by their whole path."""
        return {join(folder, path) for folder, packaging in self.packagings.items() for path in packaging.namespaces}

    @property
    def declared_roots(self) -> set[str]:
        """The source roots that metadata names."""
        return {join(folder, root) for folder, packaging in self.packagings.items() for root in packaging.roots}


def walk(root: Path, wanted: Collection[str], options: DiscoveryOptions) -> Listing:
    """List what lies at or below the ``wanted`` paths (relative to ``root``, "" for everything), in no order.

    The folders on the way from ``root`` to them are read as well: they tell the packages and ignore files a
    wanted path is in. A path in ``wanted`` is listed even if it is excluded. Raises ConfigError for a pattern
    in ``options`` that is none.
    """
    walker = _Walker(root, frozenset(wanted), options)
    pending = [walker.start()]
    while pending:
        pending.extend(walker.enter(pending.pop()))
    walker.note_data_folders()
    return walker.listing


@dataclass(frozen=True)
class _Folder:
    """A folder to enter. ``is_wanted``: what it holds is scanned unless excluded. ``may_be_output``: it is
    named like one of :data:`OUTPUT_FOLDERS` and stands where a project is built."""

    path: str
    is_wanted: bool
    ignores: Ignores
    may_be_output: bool = False


class _Walker:
    """The state of one walk."""

    def __init__(self, root: Path, wanted: frozenset[str], options: DiscoveryOptions) -> None:
        self.listing = Listing()
        self._root = root
        self._wanted = wanted
        self._on_the_way = frozenset(folder for path in wanted for folder in parents(path))
        self._respects_gitignore = options.respect_gitignore
        self._exclude = compile_option((*(options.exclude or DEFAULT_EXCLUDE), *options.extend_exclude), "exclude")
        self._folders: set[str] = set()
        self._include = None if options.include == PYTHON_FILES else compile_option(options.include, "include")

    def start(self) -> _Folder:
        """The project root, as the first folder to enter."""
        for file, problem in outer_files(self._root):
            self._note_attributes(file, problem)
        ignores = Ignores()
        if self._respects_gitignore:
            ignores, remarks = outer_ignores(self._root)
            self.listing.unreadable.extend(remarks)
        return _Folder("", "" in self._wanted, replace(ignores, exclude=self._exclude))

    def enter(self, folder: _Folder) -> Iterator[_Folder]:
        """List what ``folder`` holds; yield the folders to enter next."""
        try:
            with os.scandir(self._root / folder.path) as entries:
                held = list(entries)
        except OSError as error:
            self.listing.unreadable.append((folder.path or ".", error.strerror or type(error).__name__))
            self._note_opaque(folder.path)
            return
        self._folders.add(folder.path)
        names = {entry.name for entry in held}
        if self._is_foreign(folder, names):
            if folder.path not in self._on_the_way:
                self._note_opaque(folder.path)
                return
            folder = replace(folder, is_wanted=False)
        self.listing.folders.append(folder.path)
        if not names.isdisjoint(PACKAGE_MARKERS):
            self.listing.packages.add(folder.path)
        self._note_metadata(folder.path, names)
        if GITATTRIBUTES in names:
            path = join(folder.path, GITATTRIBUTES)
            self._note_attributes(*read_attributes(self._root / path, path, folder.path))
        folder = self._with_own_rules(folder, names)
        self._note_expected(folder, names)
        yield from self._sort(folder, held)

    def note_data_folders(self) -> None:
        """Folders of a package without any Python are namespace packages too: they are imported for their data."""
        with_python = {above for path in self.listing.files for above in parents(path)}
        for folder in self._folders - with_python:
            if parent(folder) in self.listing.packages:
                self._note_opaque(folder)

    def _sort(self, folder: _Folder, entries: Iterable[os.DirEntry[str]]) -> Iterator[_Folder]:
        for entry in entries:
            path = join(folder.path, entry.name)
            if entry.is_dir(follow_symlinks=False):
                yield from self._note_folder(folder, path, entry.name)
            elif entry.is_file(follow_symlinks=False):
                self._note_file(folder, path, entry.name)
            else:
                self._note_other(folder, path, entry)

    def _note_other(self, above: _Folder, path: str, entry: os.DirEntry[str]) -> None:
        if entry.is_symlink():
            self._note_link(above, path, entry.name)
        if _is_module(entry.name):
            self.listing.opaque_modules.add(module_path(path))
        else:
            self._note_opaque(path)

    def _note_link(self, above: _Folder, path: str, name: str) -> None:
        """A symlink that would be scanned if it were what it leads to. Broken ones and loops lead nowhere."""
        mode = 0
        with suppress(OSError):
            mode = (self._root / path).stat().st_mode
        is_folder = stat.S_ISDIR(mode)
        is_source = is_importable(name) if is_folder else stat.S_ISREG(mode) and self._is_included(path, name)
        if is_source and above.is_wanted and not above.ignores.excludes(path, is_folder=is_folder):
            self.listing.links.append(path)

    def _note_folder(self, above: _Folder, path: str, name: str) -> Iterator[_Folder]:
        is_excluded = above.ignores.excludes(path, is_folder=True)
        is_wanted = path in self._wanted or (above.is_wanted and not is_excluded)
        if not is_wanted and path not in self._on_the_way:
            self._note_opaque(path)
            return
        # In an excluded folder that was asked for, the rules that exclude it would exclude everything.
        ignores = Ignores() if is_excluded else above.ignores
        may_be_output = name in OUTPUT_FOLDERS and (not above.path or above.path in self.listing.projects)
        yield _Folder(path, is_wanted, ignores, may_be_output)

    def _note_file(self, above: _Folder, path: str, name: str) -> None:
        if path in self._wanted or (
            above.is_wanted and self._is_included(path, name) and not above.ignores.excludes(path, is_folder=False)
        ):
            self.listing.files.append(path)
        elif _is_module(name):
            self.listing.opaque_modules.add(module_path(path))

    def _note_opaque(self, folder: str) -> None:
        name = folder.rpartition("/")[2]
        if is_importable(name) and name != BYTECODE:
            self.listing.opaque_folders.add(folder)

    def _is_included(self, path: str, name: str) -> bool:
        if self._include is None:
            return name.endswith(SOURCE_SUFFIXES)
        return self._include.covers(path)

    def _is_foreign(self, folder: _Folder, names: Collection[str]) -> bool:
        """Whether a folder shows by what it holds that it is no source; never one that was asked for."""
        if not folder.path or folder.path in self._wanted:
            return False
        is_output = folder.may_be_output and PACKAGE_MARKERS.isdisjoint(names)
        is_environment = not ENVIRONMENT_MARKERS.isdisjoint(names)
        return is_output or is_environment or is_other_checkout(self._root / folder.path, names)

    def _note_others(self, folder: str, held: Collection[str]) -> None:
        """What says of a folder below the root that its code is none of the project's own."""
        if installed := dict(installed_in(self._root / folder, held)):
            self.listing.installed[folder] = installed
        if licence := licence_of_others(held):
            self.listing.licences[folder] = licence
        if SKILL_FILE in held:
            self.listing.skills.append(folder)

    def _note_metadata(self, folder: str, held: Collection[str]) -> None:
        if not METADATA_FILES.isdisjoint(held):
            packaging = self.listing.packagings[folder] = read_packaging(self._root / folder, held)
            self.listing.expected_modules.update(
                module_path(join(folder, path)) for path in packaging.written if _is_module(path)
            )
        if folder:
            self._note_others(folder, held)
        if SUBMODULES in held:
            for path in submodules_to_come(self._root / folder):
                self._note_opaque(join(folder, path))
        self.listing.scripts.extend(join(folder, name) for name in held if is_shell(name))
        for name in BUILD_FILES.keys() & held:
            made = named_in_build_file(name, read_text(self._root / folder / name))
            self.listing.expected_names.setdefault(folder, set()).update(made)
        if compiled := {made for name in held for made in compiled_from(name)}:
            self.listing.expected_names.setdefault("", set()).update(compiled)
        for name in held:
            if requirements.is_requirements_file(PurePosixPath(folder, name)):
                found = requirements.names(requirements.of_requirements_file(read_text(self._root / folder / name)))
                self.listing.requirements.setdefault(folder, set()).update(found)

    def _note_attributes(self, file: AttributeFile, problem: str) -> None:
        self.listing.attributes.append(file)
        self.listing.unreadable += [(file.shown, problem)] if problem else []

    def _note_expected(self, folder: _Folder, held: Collection[str]) -> None:
        if not folder.path or any(name.endswith(SOURCE_SUFFIXES) for name in held):
            native = (name for name in held if name.endswith(NATIVE_SUFFIXES))
            ignored = folder.ignores.expected(folder.path, held)
            self.listing.expected_modules.update(module_path(join(folder.path, name)) for name in native)
            self.listing.expected_modules.update(join(folder.path, made) for each in held for made in filled_from(each))
            self.listing.expected_modules.update(map(module_path, ignored.files))
            self.listing.opaque_folders.update(ignored.folders)

    def _with_own_rules(self, folder: _Folder, names: Collection[str]) -> _Folder:
        """``folder`` with the rules of its own ignore file."""
        if not self._respects_gitignore or GITIGNORE not in names:
            return folder
        path = join(folder.path, GITIGNORE)
        patterns, remarks = read_ignore_file(self._root / path)
        self.listing.unreadable.extend((path, remark) for remark in remarks)
        if patterns is None:
            return folder
        return replace(folder, ignores=folder.ignores.below(folder.path, patterns))


def _is_module(name: str) -> bool:
    return name.endswith(SOURCE_SUFFIXES + OPAQUE_SUFFIXES)
