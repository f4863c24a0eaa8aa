"""What each fix comes to by itself, for programs that show it: nothing is checked, nothing is written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from io import StringIO

from ssot_lint.fix.batch import Workshop
from ssot_lint.fix.contents import Contents
from ssot_lint.fix.neighbourhood import Neighbourhood
from ssot_lint.fix.source import RefusedError, Source
from ssot_lint.fix.tasks import Task, site_key, step_key
from ssot_lint.fix.texts import Texts
from ssot_lint.model.edits import LineChange
from ssot_lint.model.report import JudgedFinding
from ssot_lint.scan.scan import Scan

MOST = 1_000
"""Fixes that are worked out: who reads a report looks at fewer."""


def previews(scan: Scan, findings: Iterable[JudgedFinding]) -> dict[str, tuple[LineChange, ...]]:
    """The changes of the first :data:`MOST` violations that can be fixed, by the id of the site; those left out that
    cannot be shown line by line."""
    request, project = scan.request, scan.project
    contents = Contents(request.root, scan.digests, request.config.max_file_size)
    around = Neighbourhood(project, request.root)
    workshop = Workshop(project, around, contents, Texts(request.root, (), request.config.max_file_size), scan.pool)
    found: dict[str, tuple[LineChange, ...]] = {}
    for task in _tasks(findings):
        changes = workshop.make([task]).changes
        if changes and None not in changes.values():
            try:
                lines = [line for path, new in sorted(changes.items()) for line in _lines(path, contents, new or b"")]
            except RefusedError:
                continue
            found[task.site.id] = tuple(lines)
    return found


def _tasks(findings: Iterable[JudgedFinding]) -> list[Task]:
    fixable = [
        Task(step_key(judged), site_key(judged, each.site), each, each.site.fix)
        for judged in findings
        for each in judged.sites
        if each.site.fix is not None and each.site.fix.is_automatic
    ]
    return fixable[:MOST]


def _lines(path: str, contents: Contents, new: bytes) -> Iterator[LineChange]:
    before, after = Source(contents.read(path)), Source(new)
    old, lines = before.lines, list(StringIO(after.text, newline=""))
    for kind, start, end, first, last in difflib.SequenceMatcher(None, old, lines, autojunk=False).get_opcodes():
        if kind != "equal":
            yield LineChange(path, start + 1, end + 1, "".join(lines[first:last]))
