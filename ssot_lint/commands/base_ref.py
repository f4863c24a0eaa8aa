"""``--base-ref``: what the code had where HEAD left a revision is known, whatever the baseline says."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from ssot_lint.baseline.entry import fresh
from ssot_lint.baseline.reference import Reference
from ssot_lint.config.settings import Config
from ssot_lint.discovery.ignore import GITIGNORE, Patterns, compile_option
from ssot_lint.discovery.metadata import METADATA_FILES
from ssot_lint.discovery.project_root import REPOSITORY, folder_in_repository
from ssot_lint.discovery.reading import exists, read_regular
from ssot_lint.discovery.walk import ENVIRONMENT_MARKERS, OPAQUE_SUFFIXES, SOURCE_SUFFIXES
from ssot_lint.errors import UsageError
from ssot_lint.git import open_repository
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import ScanResult

SHORT_HASH = 10
"""Hex digits of a commit in messages and reports."""

_READ_BY_DISCOVERY = METADATA_FILES | ENVIRONMENT_MARKERS | {GITIGNORE}
_EXCLUDE = PurePosixPath("info", "exclude")


def base_reference(
    request: Request, revision: str, look: Callable[[Request], ScanResult]
) -> tuple[Reference, ScanResult]:
    """The violations at the merge base of HEAD and ``revision``, found by the rules and with the configuration of
    ``request``; and the scan that found them, which ``look`` does in a temporary folder.

    Raises UsageError when git or the disk refuses.
    """
    repository = open_repository(request.root)
    commit = repository.merge_base(revision)
    with tempfile.TemporaryDirectory(prefix="ssot-lint-") as folder:
        try:
            root = _write_tree(request, commit, Path(folder).resolve())
        except OSError as error:
            raise UsageError(f"--base-ref {revision}: its files cannot be written: {error}") from error
        paths = [root / path.relative_to(request.root) for path in request.paths]
        known = [path for path in paths if exists(path)]
        result = look(replace(request, root=root, paths=known, command="", plan=False, about=()))
    reference = Reference(
        baseline=fresh(result.report.findings),
        against=f"{revision} at {commit[:SHORT_HASH]}",
        today=date.today(),
        renames=repository.renames_since(commit),
    )
    return reference, result


@dataclass(frozen=True)
class _Selection:
    """Which files of a commit a scan of the project in ``folder`` ("" or with a slash at the end) reads."""

    folder: str
    include: Patterns

    def is_read(self, path: str) -> bool:
        """Whether the content counts: of the repository around the project that is only what it ignores."""
        above, _, name = path.rpartition("/")
        if not self.is_inside(path):
            return name == GITIGNORE and self.folder.startswith(f"{above}/" if above else "")
        own = path.removeprefix(self.folder)
        return name in _READ_BY_DISCOVERY or name.endswith(SOURCE_SUFFIXES) or self.include.covers(own)

    def is_inside(self, path: str) -> bool:
        """Whether it is a file of the project."""
        return path.startswith(self.folder)


def _write_tree(request: Request, commit: str, target: Path) -> Path:
    """Write to ``target`` what a scan reads of the repository as of ``commit``; return the root of the project there.

    Folders keep their names: they may be those of packages.
    """
    selection = _Selection(folder_in_repository(request.root), _included(request.config))
    top = request.root.parents[selection.folder.count("/") - 1] if selection.folder else request.root
    copy = target / top.name if top.name else target
    repository = open_repository(top)
    _mark_as_repository(top, copy)
    repository.write_files(commit, copy, selection.is_read)
    _write_names(copy, filter(selection.is_inside, repository.files(commit)))
    root = copy / selection.folder
    root.mkdir(parents=True, exist_ok=True)
    return root


def _included(config: Config) -> Patterns:
    return compile_option(config.include, "include")


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
