"""What a format is told about the report of a scan."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from ssot_lint.commands.checked_out import checked_out
from ssot_lint.commands.excerpts import CodeLines, read_source_lines
from ssot_lint.commands.options import Color, GroupBy, ScanOptions
from ssot_lint.commands.run_scan import open_scan
from ssot_lint.commands.shown_paths import shown_from_here
from ssot_lint.commands.streams import text_width, wants_color
from ssot_lint.config.settings import Config
from ssot_lint.discovery.project_root import folder_in_repository
from ssot_lint.gate.verdict import decide
from ssot_lint.history.entry import History
from ssot_lint.model.edits import LineChange
from ssot_lint.model.report import Report
from ssot_lint.reporters.interface import MOST_LINES, MOST_LINES_OF_PIPE, Listing, ReportFormat, View
from ssot_lint.reporters.phrases import known_word
from ssot_lint.reporters.source_lines import SourceLines
from ssot_lint.scan.request import Request


@dataclass(frozen=True)
class Outcome:
    """A report, the root and the configuration of the project it is about, how the command line wants the report, and
    what was asked for. ``history`` are earlier scans."""

    report: Report
    root: Path
    config: Config
    options: ScanOptions
    request: Request
    history: History = ()

    @property
    def as_asked(self) -> Report:
        """The report with its plan only if that was asked for."""
        return self.report if self.options.plan else msgspec.structs.replace(self.report, plan=None)

    @cached_property
    def lines(self) -> SourceLines:
        """The code at the sites; read once, and only for a format that needs it."""
        return read_source_lines(self.root, self.report, self.config.max_file_size)

    @cached_property
    def code(self) -> CodeLines:
        """The code at places, read when it is asked for."""
        return CodeLines(self.root, self.config.max_file_size)

    @cached_property
    def changes(self) -> Mapping[str, Sequence[LineChange]]:
        """What fixes come to; worked out once, and only for a format that shows it."""
        sites = (each.site for finding in self.report.findings for each in finding.sites)
        if not any(site.fix is not None and site.fix.is_automatic for site in sites):
            return {}
        # Imported here: no other report loads LibCST into this process.
        from ssot_lint.fix.previews import previews

        with open_scan(self.request, self.options.run) as scan:
            return previews(scan, self.report.findings)

    @cached_property
    def folder(self) -> str:
        """Where the project lies in its repository."""
        return folder_in_repository(self.root)


def view(outcome: Outcome, form: ReportFormat, *, is_terminal: bool | None) -> View:
    """What ``form`` is told; ``is_terminal`` is None when the report goes to a file."""
    options = outcome.options
    color = options.color is Color.ALWAYS
    if is_terminal is not None:
        color = wants_color(options.color, os.environ, is_terminal=is_terminal)
    return View(
        report=outcome.report if form.shows_plan else outcome.as_asked,
        width=text_width(),
        color=color,
        listing=_listing(outcome, is_terminal=is_terminal),
        find_folder=lambda: outcome.folder,
        read_lines=lambda: outcome.lines,
        read_code=outcome.code.all_at,
        repository_url=outcome.config.repository_url,
        history=outcome.history,
        find_changes=lambda: outcome.changes,
        gate=_gate(outcome),
        find_commit=lambda: checked_out(outcome.root),
    )


def _gate(outcome: Outcome) -> str:
    config = outcome.config
    reasons = decide(outcome.report, config.fail_level, config.fail_under, is_locked=outcome.options.locked).reasons
    return f"The gate failed: {'; '.join(reasons)}." if reasons else "The gate passed."


def _listing(outcome: Outcome, *, is_terminal: bool | None) -> Listing:
    options = outcome.options
    return Listing(
        show_info=options.show_info,
        top=options.top,
        statistics=options.statistics,
        by_file=options.group_by is GroupBy.FILE,
        summary_first=not is_terminal,
        known=known_word(outcome.report),
        most_lines=MOST_LINES if is_terminal else MOST_LINES_OF_PIPE,
        shown=shown_from_here(outcome.root) if is_terminal is not None else str,
        code=outcome.code.at,
    )
