"""A scan as the command line asks for it, and what is told of its result."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ssot_lint.commands.comparison import about_change, check_known, known_violations, tell_known
from ssot_lint.commands.declared import settings_given
from ssot_lint.commands.equivalent_command import command_line
from ssot_lint.commands.files import Target, parse_targets, read_bytes, write_atomically
from ssot_lint.commands.job_summary import append_job_summary
from ssot_lint.commands.options import ScanOptions
from ssot_lint.commands.probe import probe_document
from ssot_lint.commands.render import Outcome, view
from ssot_lint.commands.run_scan import tell_crashes
from ssot_lint.commands.session import Session, open_session
from ssot_lint.commands.streams import print_bytes, print_note, print_text
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.gate.verdict import Verdict, decide
from ssot_lint.history.document import parse
from ssot_lint.history.entry import History
from ssot_lint.reporters.installed import load_format
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import ScanResult


@dataclass(frozen=True)
class Task:
    """What the options of a scan ask for: the project, what to scan and how, where reports of which formats go, and the
    scores that a trend begins with."""

    session: Session
    request: Request
    form: ReportFormat
    targets: Sequence[Target]
    history: History


def prepare(options: ScanOptions) -> Task:
    """What the options ask for. Raises SsotLintError for anything the user has to put right."""
    _check_reason(options)
    check_known(options)
    form = load_format(options.format, "--format")
    targets = parse_targets((form, options.output) if options.output else None, options.reports)
    history = parse(read_bytes(options.history), str(options.history)) if options.history else ()
    session = open_session(options.paths, options.config, settings_given(options))
    forms = [form, *(target.format for target in targets)]
    has_plan = options.plan or any(each.shows_plan for each in forms)
    command = command_line("scan", session.root, session.paths, options)
    request = about_change(session.request(command, plan=has_plan), options)
    drawn = any(each.shows_surroundings for each in forms)
    known, probe = known_violations(session, options), probe_document(options.probe)
    request = replace(request, baseline=known, probe=probe, surroundings=drawn)
    return Task(session, request, form, targets, history)


def tell(task: Task, result: ScanResult, options: ScanOptions) -> ExitCode:
    """Write the reports of a scan, say on stderr what is not in them, and tell how the run ends."""
    session, form, config = task.session, task.form, task.session.settings.config
    outcome = Outcome(result.report, session.root, config, options, task.request, task.history)
    for target in task.targets:
        write_atomically(target.path, target.format.render(view(outcome, target.format, is_terminal=None)).encode())
    if options.output is None:
        _print(form.render(view(outcome, form, is_terminal=sys.stdout.isatty())), form)
    if form.job_summary is not None:
        append_job_summary(form.job_summary(view(outcome, form, is_terminal=None)), os.environ)
    verdict = decide(result.report, config.fail_level, config.fail_under, is_locked=options.locked)
    _tell(session, result, verdict, options)
    is_forgiven = options.exit_zero and verdict.exit_code is ExitCode.GATE_FAILED
    return ExitCode.OK if is_forgiven else verdict.exit_code


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
