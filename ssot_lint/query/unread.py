"""The files of a project that could not be read: what stands in them is missing in every answer."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.model.report import UnreadFile
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project


def unread_files(project: Project) -> tuple[UnreadFile, ...]:
    """All files that could not be read, by path."""
    return tuple(
        UnreadFile(source.path, failure.line, failure.reason, source.zone is Zone.PRODUCTION and not failure.dialect)
        for source, failure in sorted(project.failures, key=lambda each: each[0].path)
    )


def missed(files: Iterable[UnreadFile]) -> tuple[str, ...]:
    """The paths of those that may hold a home."""
    return tuple(each.path for each in files if each.is_missed)
