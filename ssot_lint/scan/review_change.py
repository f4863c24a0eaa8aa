"""A change of a project held against what was there before."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from ssot_lint.baseline.entry import union
from ssot_lint.baseline.reference import Reference
from ssot_lint.git import INDEX
from ssot_lint.model.finding import Home
from ssot_lint.plan.addresses import Addresses
from ssot_lint.project.project import site_of
from ssot_lint.query.review import BrokenImport, Removal, Review, broken_imports, further_copies, review
from ssot_lint.scan.base_ref import Since, base_reference, request_for_copy
from ssot_lint.scan.change import change_since
from ssot_lint.scan.request import Change, Request
from ssot_lint.scan.run_rules import Crash
from ssot_lint.scan.scan import Scan, ScanResult

Open: TypeAlias = Callable[[Request], AbstractContextManager[Scan]]


class Opening(NamedTuple):
    """How scans are opened: those of the project, and those of copies of it."""

    project: Open
    copy: Open


class ReviewedChange(NamedTuple):
    """What there is to say of a change; the scan of it, whose report has nothing but what is new; and the rules that
    crashed before it."""

    review: Review
    result: ScanResult
    crashes_before: tuple[Crash, ...]


def review_change(request: Request, since: Since, accepted: Reference | None, opening: Opening) -> ReviewedChange:
    """What a change of the project of ``request`` adds and breaks. What is ``accepted`` is known too.

    Raises UsageError when git or the disk refuses, and what opening a scan raises.
    """
    change = change_since(request, since)
    reference, before = base_reference(request, since, lambda copy: _result(opening.copy, copy))
    known = reference if accepted is None else _with_accepted(reference, accepted)
    asked = replace(request, baseline=known, change=change, only_new=True)
    with _opened(asked, since, opening) as scan:
        result = scan.result
        broken = _broken(scan, change)
        copies = tuple(further_copies(result.report, change.is_new, partial(_body_at, scan)))
    least = request.config.fail_level.severity
    said = review(result.report, change.files, broken, least, reference.against, copies)
    return ReviewedChange(said, result, tuple(before.crashes))


def _result(opened: Open, request: Request) -> ScanResult:
    with opened(request) as scan:
        return scan.result


def _with_accepted(reference: Reference, accepted: Reference) -> Reference:
    """What was there before, and what somebody accepted: also in the change itself."""
    baseline = union((*reference.baseline.entries, *accepted.baseline.entries))
    return replace(reference, baseline=baseline, renames={**accepted.renames, **reference.renames})


@contextmanager
def _opened(request: Request, since: Since, opening: Opening) -> Iterator[Scan]:
    if not since.staged:
        with opening.project(request) as scan:
            yield scan
        return
    with tempfile.TemporaryDirectory(prefix="ssot-lint-") as folder:
        copy = request_for_copy(request, INDEX, Path(folder), since.option)
        with opening.copy(copy) as scan:
            yield scan


def _body_at(scan: Scan, home: Home) -> str:
    """The digest of the definition at a home; empty where there is none."""
    definition = Addresses(scan.project).definition(home)
    return "" if definition is None else site_of(definition, "").body


def _broken(scan: Scan, change: Change) -> tuple[BrokenImport, ...]:
    """The project is not built for it where nothing that was there has changed."""
    if not change.offered:
        return ()
    return tuple(broken_imports(scan.project, Removal(dict(change.offered), dict(change.renames))))
