"""What a scan reads of a revision, or of the index, written to a folder of its own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ssot_lint.discovery.attributes import GITATTRIBUTES
from ssot_lint.discovery.build_products import BUILD_FILES
from ssot_lint.discovery.ignore import GITIGNORE, Patterns, compile_option
from ssot_lint.discovery.installed import LISTS
from ssot_lint.discovery.metadata import CARGO, METADATA_FILES
from ssot_lint.discovery.project_root import REPOSITORY, folder_in_repository
from ssot_lint.discovery.reading import read_regular
from ssot_lint.discovery.requirements import is_requirements_file
from ssot_lint.discovery.walk import ENVIRONMENT_MARKERS, OPAQUE_SUFFIXES, SOURCE_SUFFIXES
from ssot_lint.git import open_repository
from ssot_lint.scan.request import Request

_READ_ABOVE = frozenset({GITATTRIBUTES, GITIGNORE})
_READ_BY_DISCOVERY = METADATA_FILES | ENVIRONMENT_MARKERS | _READ_ABOVE | LISTS | BUILD_FILES.keys() | {CARGO}
_EXCLUDE = PurePosixPath("info", "exclude")


def write_revision(request: Request, commit: str, target: Path) -> Path:
    """Write to ``target`` what a scan reads of the repository as of ``commit``; return the root of the project there.

    Folders keep their names: they may be those of packages. Raises GitError when git refuses, and OSError of the disk.
    """
    selection = _Selection(folder_in_repository(request.root), compile_option(request.config.include, "include"))
    top = request.root.parents[selection.folder.count("/") - 1] if selection.folder else request.root
    copy = target / top.name if top.name else target
    repository = open_repository(top)
    _mark_as_repository(top, copy)
    repository.write_files(commit, copy, selection.is_read)
    _write_names(copy, filter(selection.is_inside, repository.files(commit)))
    root = copy / selection.folder
    root.mkdir(parents=True, exist_ok=True)
    return root


@dataclass(frozen=True)
class _Selection:
    """Which files of a commit a scan of the project in ``folder`` ("" or with a slash at the end) reads."""

    folder: str
    include: Patterns

    def is_read(self, path: str) -> bool:
        """Whether the content counts: of the repository around the project, what it ignores and its attributes only."""
        above, _, name = path.rpartition("/")
        if not self.is_inside(path):
            return name in _READ_ABOVE and self.folder.startswith(f"{above}/" if above else "")
        own = path.removeprefix(self.folder)
        is_told = name in _READ_BY_DISCOVERY or is_requirements_file(PurePosixPath(own))
        return is_told or name.endswith(SOURCE_SUFFIXES) or self.include.covers(own)

    def is_inside(self, path: str) -> bool:
        """Whether it is a file of the project."""
        return path.startswith(self.folder)


def _mark_as_repository(top: Path, copy: Path) -> None:
    """Let discovery look for ignore files as far up as in the original."""
    exclude = copy / REPOSITORY / _EXCLUDE
    exclude.parent.mkdir(parents=True)
    with suppress(OSError):
        exclude.write_bytes(read_regular(top / REPOSITORY / _EXCLUDE))


def _write_names(copy: Path, paths: Iterable[str]) -> None:
    """The folders of all files, and empty compiled modules: that they are there tells what may be imported."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            folders.add(folder)
            (copy / folder).mkdir(parents=True, exist_ok=True)
        if path.endswith(OPAQUE_SUFFIXES):
            (copy / path).touch()
