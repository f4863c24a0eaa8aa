"""``ssot-lint scan``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ssot_lint.commands.files import parse_targets, write_atomically
from ssot_lint.commands.options import Color, ReportFormat, ScanOptions
from ssot_lint.commands.reproduce import command_line
from ssot_lint.commands.session import existing, known_rules, project_root, settings_of
from ssot_lint.commands.streams import (
    print_bytes,
    print_error,
    print_note,
    print_text,
    print_traceback,
    text_width,
    wants_color,
    wants_progress,
)
from ssot_lint.errors import ExitCode
from ssot_lint.gate import Verdict, decide
from ssot_lint.model.report import Report
from ssot_lint.pipeline import Analysis, analyse
from ssot_lint.reporters.json_report import render_json
from ssot_lint.reporters.markdown import render_markdown
from ssot_lint.reporters.terminal import render_text
from ssot_lint.request import Request
from ssot_lint.runner import Crash
from ssot_lint.selection import activate
from ssot_lint.usage import config_file


def run_scan(options: ScanOptions) -> ExitCode:
    """Scan, write the reports, say on stderr what is not in them, and tell how the run ends.

    Raises SsotLintError for anything the user has to put right.
    """
    targets = parse_targets((options.format, options.output) if options.output else None, options.reports)
    paths = existing(options.paths)
    root = project_root(paths)
    settings = settings_of(root, options.choice, _given(options))
    known = known_rules(root, settings, options.choice)
    rules = activate(known, settings)
    if options.verbose:
        print_note(f"project root {root}, configuration {settings.file or 'none'}, {len(rules)} rules")
    request = Request(
        root=root,
        paths=paths,
        config=settings.config,
        rules=rules,
        command=command_line(root, paths, options),
        codes=known.codes(),
        file=config_file(root, known, settings),
    )
    with _progress(options) as progress:
        analysis = analyse(request, progress)
    for target in targets:
        write_atomically(target.path, _render(analysis.report, target.format, options, None).encode())
    if options.output is None:
        text = _render(analysis.report, options.format, options, sys.stdout.isatty())
        if options.format is ReportFormat.TEXT:
            print_text(text)
        else:  # a format for programs is UTF-8, whatever the terminal speaks
            print_bytes(text.encode())
    verdict = decide(analysis.report, settings.config.fail_level, settings.config.fail_under)
    _tell(analysis, verdict, options)
    is_forgiven = options.exit_zero and verdict.exit_code is ExitCode.GATE_FAILED
    return ExitCode.OK if is_forgiven else verdict.exit_code


def _given(options: ScanOptions) -> Mapping[str, object]:
    """The configuration keys that the command line sets."""
    return {
        "select": _words(options.select),
        "ignore": _words(options.ignore),
        "fail-level": options.fail_level.value if options.fail_level else None,
        "fail-under": options.fail_under,
        "jobs": options.jobs,
    }


def _words(given: list[str] | None) -> list[str] | None:
    """``--select A,B --select C`` is A, B and C."""
    if given is None:
        return None
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


def _render(report: Report, form: ReportFormat, options: ScanOptions, is_terminal: bool | None) -> str:
    """The report in one format; ``is_terminal`` is None when it goes to a file."""
    if form is ReportFormat.JSON:
        return render_json(report)
    if form is ReportFormat.MARKDOWN:
        return render_markdown(report)
    color = options.color is Color.ALWAYS
    if is_terminal is not None:
        color = wants_color(options.color, os.environ, is_terminal=is_terminal)
    return render_text(report, width=text_width(), color=color, show_info=options.show_info)


@contextmanager
def _progress(options: ScanOptions) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr while files are read, if anybody sees it."""
    is_shown = options.progress and not options.quiet
    if not (is_shown and wants_progress(os.environ, is_terminal=sys.stderr.isatty())):
        yield _say_nothing
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("files"))
    # No refreshing thread beside us: workers may be forked from this process.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)


def _say_nothing(_done: int, _total: int) -> None:
    pass


def _tell(analysis: Analysis, verdict: Verdict, options: ScanOptions) -> None:
    for crash in analysis.crashes:
        _tell_crash(crash, is_verbose=options.verbose)
    if verdict.reasons and not options.quiet:
        print_note(f"failed: {'; '.join(verdict.reasons)}")
    if options.verbose:
        for name, seconds in analysis.seconds.items():
            print_note(f"{seconds:9.3f} s  {name}")


def _tell_crash(crash: Crash, *, is_verbose: bool) -> None:
    where = f"{crash.diagnostic.path}:{crash.diagnostic.line}"
    if is_verbose:
        print_traceback(crash.traceback)
        print_error(f"{crash.diagnostic.message} ({where})")
    else:
        print_error(f"{crash.diagnostic.message} ({where}). Run with --verbose for the traceback")
