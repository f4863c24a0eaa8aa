"""Reads the lines of code that a report points at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from ssot_lint.config.settings import MAX_FILE_SIZE
from ssot_lint.discovery.reading import read_regular
from ssot_lint.model.finding import Location
from ssot_lint.model.report import Report
from ssot_lint.reporters.code_context import surroundings
from ssot_lint.reporters.flagged import flagged
from ssot_lint.reporters.source_lines import SourceLines, lines_of, texts_of

_FILES_KEPT = 8
"""As home and sites are looked at by turns."""


def read_source_lines(root: Path, report: Report, largest: int = MAX_FILE_SIZE) -> SourceLines:
    """The lines of all sites, homes and suppressions of violations, read from the project at ``root``.

    Those of a file that cannot be read any more, or has more than ``largest`` bytes, are missing.
    """
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for location in _locations(report):
        wanted[location.path].add(location.line)
    return {
        (path, number): line
        for path, numbers in wanted.items()
        for content in _content(root / path, largest)
        for number, line in lines_of(content, numbers).items()
    }


class CodeLines:
    """The lines of code at places in the project at ``root``, read file by file when they are asked for; the last few
    files are kept."""

    def __init__(self, root: Path, largest: int = MAX_FILE_SIZE) -> None:
        self._read = lru_cache(maxsize=_FILES_KEPT)(lambda path: _lines(root / path, largest))

    def at(self, location: Location) -> str:
        """The line of ``location``; empty where the file cannot be read, or has no such line any more."""
        lines = self._read(location.path)
        return lines[location.line - 1] if 0 < location.line <= len(lines) else ""

    def all_at(self, location: Location) -> Sequence[str]:
        """The lines of the definition or statement at ``location``; none where the file cannot be read."""
        return self._read(location.path)[location.line - 1 : max(location.end_line, location.line)]

    def around(self, location: Location) -> tuple[Sequence[str], Sequence[str]]:
        """The lines before and after the statement at ``location``; none around a definition."""
        return surroundings(self._read(location.path), location.line, max(location.end_line, location.line))


def _lines(path: Path, largest: int) -> Sequence[str]:
    return [line for content in _content(path, largest) for line in texts_of(content)]


def _locations(report: Report) -> Iterator[Location]:
    for each in flagged(report):
        yield each.location
        if each.finding.finding.home:
            yield each.finding.finding.home.location
        if each.site.suppression:
            yield each.site.suppression.location


def _content(path: Path, largest: int) -> Iterator[bytes]:
    """Of one file, if it can be read."""
    with suppress(OSError):
        yield read_regular(path, largest)
