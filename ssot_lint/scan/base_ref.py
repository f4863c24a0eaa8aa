"""What the code had where HEAD left a revision is known, whatever the baseline says: ``--base-ref`` and ``check``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ssot_lint.baseline.entry import fresh, inventory
from ssot_lint.baseline.reference import Reference
from ssot_lint.discovery.reading import exists
from ssot_lint.errors import UsageError
from ssot_lint.git import open_repository
from ssot_lint.scan.request import Request
from ssot_lint.scan.revision_copy import write_revision
from ssot_lint.scan.scan import ScanResult

SHORT_HASH = 10
"""Hex digits of a commit in messages and reports."""


@dataclass(frozen=True)
class Since:
    """A change of a repository: what differs from the merge base of HEAD and ``revision``, which ``option`` names. That
    is what is in the index if it is ``staged``, else what is in the work tree."""

    revision: str
    option: str
    staged: bool = False


def base_reference(
    request: Request, since: Since, look: Callable[[Request], ScanResult]
) -> tuple[Reference, ScanResult]:
    """The violations before a change, found by the rules and with the configuration of
    ``request``; and the scan that found them, which ``look`` does in a temporary folder.

    Raises UsageError when git or the disk refuses.
    """
    repository = open_repository(request.root)
    commit = repository.base(since.revision)
    with tempfile.TemporaryDirectory(prefix="ssot-lint-") as folder:
        copy = request_for_copy(request, commit, Path(folder), f"{since.option} {since.revision}")
        result = look(replace(copy, command="", plan=False, about=()))
    reference = Reference(
        baseline=fresh(result.report.findings),
        against=f"{since.revision} at {commit[:SHORT_HASH]}",
        today=date.today(),
        renames=repository.renames_since(commit, staged=since.staged),
        listed=inventory(result.report.findings, repository.changed_since(commit, staged=since.staged)),
        is_file=False,
    )
    return reference, result


def request_for_copy(request: Request, commit: str, folder: Path, what: str) -> Request:
    """``request`` for the project as of ``commit``, which is written below ``folder``; ``what`` asks for it.

    Raises UsageError when git or the disk refuses.
    """
    try:
        root = write_revision(request, commit, folder.resolve())
    except OSError as error:
        raise UsageError(f"{what}: its files cannot be written: {error}") from error
    paths = [root / path.relative_to(request.root) for path in request.paths]
    return replace(request, root=root, paths=[path for path in paths if exists(path)])
