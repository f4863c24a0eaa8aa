"""``ssot-lint scan``."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from ssot_lint.commands.comparison import about_change, check_known, known_violations, tell_known
from ssot_lint.commands.declared import settings_given
from ssot_lint.commands.equivalent_command import command_line
from ssot_lint.commands.files import parse_targets, write_atomically
from ssot_lint.commands.job_summary import append_job_summary
from ssot_lint.commands.options import ScanOptions
from ssot_lint.commands.render import Outcome, view
from ssot_lint.commands.run_scan import scan_project, tell_crashes
from ssot_lint.commands.session import Session, open_session
from ssot_lint.commands.streams import print_bytes, print_note, print_text
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.gate.verdict import Verdict, decide
from ssot_lint.reporters.installed import load_format
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import ScanResult


def run_scan(options: ScanOptions) -> ExitCode:
    """Scan, write the reports, say on stderr what is not in them, and tell how the run ends.

    Raises SsotLintError for anything the user has to put right.
    """
    _check_reason(options)
    check_known(options)
    form = load_format(options.format, "--format")
    targets = parse_targets((form, options.output) if options.output else None, options.reports)
    session = open_session(options.paths, options.config, settings_given(options))
    if options.run.verbose:
        settings = session.settings
        print_note(f"project root {session.root}, configuration {settings.file or 'none'}, {len(session.rules)} rules")
    has_plan = options.plan or any(each.shows_plan for each in (form, *(target.format for target in targets)))
    command = command_line(session.root, session.paths, options)
    request = about_change(session.request(command, plan=has_plan), options)
    request = replace(request, baseline=known_violations(session, options))
    result = scan_project(request, options.run)
    if options.add_ignore:
        result = _with_ignores(request, result, options)
    config = session.settings.config
    outcome = Outcome(result.report, session.root, config.max_file_size, options)
    for target in targets:
        write_atomically(target.path, target.format.render(view(outcome, target.format, is_terminal=None)).encode())
    if options.output is None:
        _print(form.render(view(outcome, form, is_terminal=sys.stdout.isatty())), form)
    if form.job_summary is not None:
        append_job_summary(form.job_summary(view(outcome, form, is_terminal=None)), os.environ)
    verdict = decide(result.report, config.fail_level, config.fail_under, is_locked=options.locked)
    _tell(session, result, verdict, options)
    is_forgiven = options.exit_zero and verdict.exit_code is ExitCode.GATE_FAILED
    return ExitCode.OK if is_forgiven else verdict.exit_code


def _with_ignores(request: Request, result: ScanResult, options: ScanOptions) -> ScanResult:
    """The scan of the code with comments at what ``result`` calls new."""
    # Imported here: no other scan loads LibCST into this process.
    from ssot_lint.commands.add_ignore import add_ignores

    return scan_project(request, options.run) if add_ignores(request, result, options) else result


def _print(text: str, form: ReportFormat) -> None:
    if form.is_for_people:
        print_text(text)
    else:  # a format for programs is UTF-8, whatever the terminal speaks
        print_bytes(text.encode())


def _check_reason(options: ScanOptions) -> None:
    if options.reason and not options.add_ignore:
        raise UsageError("--reason: has no effect without --add-ignore", "Give both, or leave it out")
    if not options.reason.isprintable():
        raise UsageError("--reason: holds a line break or a character that is not seen", "Write it in one line")


def _tell(session: Session, result: ScanResult, verdict: Verdict, options: ScanOptions) -> None:
    tell_crashes(result.crashes, is_verbose=options.run.verbose)
    if not options.run.quiet:
        tell_known(session, options, result.report)
    if verdict.reasons and not options.run.quiet:
        print_note(f"failed: {'; '.join(verdict.reasons)}")
    if options.run.verbose:
        for name, seconds in result.seconds.items():
            print_note(f"{seconds:9.3f} s  {name}")
