"""The folders of a project as data of the map."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from ssot_lint.model.report import FolderSize, Report
from ssot_lint.reporters.figures import is_violation
from ssot_lint.reporters.html.payload import FolderData
from ssot_lint.reporters.html.points import Points, folder_of
from ssot_lint.text.sanitize import visible

MOST_FOLDERS = 2_000
"""In a project of more, the deepest count for those around them."""
_DECIMALS = 5


def folder_rows(report: Report, points: Points) -> list[FolderData]:
    """The folders with Python files, by path; none if the report does not know its surroundings."""
    folders = report.surroundings.folders if report.surroundings else ()
    depth = _depth(folders)
    files: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for folder in folders:
        files[_cut(folder.path, depth)] += folder.files
        lines[_cut(folder.path, depth)] += folder.lines
    lost: defaultdict[str, float] = defaultdict(float)
    for path, cost in points.by_folder(report.findings).items():
        lost[_cut(path, depth)] += cost
    violations = Counter(_cut(path, depth) for path in _violated(report))
    return [
        FolderData(visible(path), files[path], lines[path], round(lost[path], _DECIMALS), violations[path])
        for path in sorted(files)
    ]


def _violated(report: Report) -> Iterable[str]:
    for judged in filter(is_violation, report.findings):
        yield from (folder_of(each.site.location.path) for each in judged.sites)


def _depth(folders: Iterable[FolderSize]) -> int:
    """How many levels of folders are told apart."""
    paths = [folder.path for folder in folders]
    deepest = max((path.count("/") + 1 for path in paths), default=0)
    wanted = (each for each in range(deepest, 0, -1) if len({_cut(path, each) for path in paths}) <= MOST_FOLDERS)
    return next(wanted, 1)


def _cut(path: str, depth: int) -> str:
    return "/".join(path.split("/")[:depth])
