"""The report of a scan in every format."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import msgspec

from ssot_lint.commands.excerpts import read_source_lines
from ssot_lint.commands.options import Color, ReportFormat, ScanOptions
from ssot_lint.commands.streams import text_width, wants_color
from ssot_lint.discovery.project_root import folder_in_repository
from ssot_lint.model.report import Report
from ssot_lint.reporters.concise import render_concise
from ssot_lint.reporters.github import render_github
from ssot_lint.reporters.gitlab import render_gitlab
from ssot_lint.reporters.json_report import render_json
from ssot_lint.reporters.junit import render_junit
from ssot_lint.reporters.markdown.document import render_markdown
from ssot_lint.reporters.rdjson import render_rdjson
from ssot_lint.reporters.sarif import render_sarif
from ssot_lint.reporters.source_lines import SourceLines
from ssot_lint.reporters.terminal import render_text

WITH_PLAN = frozenset({ReportFormat.MARKDOWN, ReportFormat.GITHUB})
"""The formats that show a remediation plan unasked; of the second one the job summary."""


@dataclass(frozen=True)
class Outcome:
    """A report, the root of the project it is about, the size of the largest file that may be read there, and how the
    command line wants the report."""

    report: Report
    root: Path
    max_file_size: int
    options: ScanOptions

    @property
    def as_asked(self) -> Report:
        """The report with its plan only if that was asked for."""
        return self.report if self.options.plan else msgspec.structs.replace(self.report, plan=None)

    @cached_property
    def lines(self) -> SourceLines:
        """The code at the sites; read once, and only for a format that needs it."""
        return read_source_lines(self.root, self.report, self.max_file_size)

    @cached_property
    def folder(self) -> str:
        """Where the project lies in its repository."""
        return folder_in_repository(self.root)


_RENDERERS: Mapping[ReportFormat, Callable[[Outcome], str]] = MappingProxyType(
    {
        ReportFormat.CONCISE: lambda outcome: render_concise(outcome.report),
        ReportFormat.MARKDOWN: lambda outcome: render_markdown(outcome.report),
        ReportFormat.JSON: lambda outcome: render_json(outcome.as_asked),
        ReportFormat.SARIF: lambda outcome: render_sarif(outcome.report, outcome.lines, outcome.folder),
        ReportFormat.GITHUB: lambda outcome: render_github(outcome.report, outcome.folder),
        ReportFormat.GITLAB: lambda outcome: render_gitlab(outcome.report, outcome.folder),
        ReportFormat.JUNIT: lambda outcome: render_junit(outcome.report, outcome.folder),
        ReportFormat.RDJSON: lambda outcome: render_rdjson(outcome.report, outcome.lines),
    }
)


def render(outcome: Outcome, form: ReportFormat, *, is_terminal: bool | None) -> str:
    """The report in one format; ``is_terminal`` is None when it goes to a file."""
    if form is ReportFormat.TEXT:
        return _text(outcome, is_terminal)
    return _RENDERERS[form](outcome)


def _text(outcome: Outcome, is_terminal: bool | None) -> str:
    options = outcome.options
    color = options.color is Color.ALWAYS
    if is_terminal is not None:
        color = wants_color(options.color, os.environ, is_terminal=is_terminal)
    return render_text(outcome.as_asked, width=text_width(), color=color, show_info=options.show_info)
