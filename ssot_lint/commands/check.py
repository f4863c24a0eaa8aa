"""``ssot-lint check``: what a change adds and what it breaks."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ssot_lint.commands.comparison import check_revision, configured_baseline
from ssot_lint.commands.declared import assembled, declarations, given, settings_given
from ssot_lint.commands.equivalent_command import command_line
from ssot_lint.commands.files import check_writable, parse_targets, write_atomically
from ssot_lint.commands.options import CheckOptions, ScanOptions
from ssot_lint.commands.render import Outcome, view
from ssot_lint.commands.run_scan import open_copy, open_scan, tell_crashes
from ssot_lint.commands.session import Session, open_session
from ssot_lint.commands.shown_paths import shown_from_here
from ssot_lint.commands.streams import print_bytes, print_note, print_text, text_width, wants_color
from ssot_lint.discovery.walk import SOURCE_SUFFIXES
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.git import HEAD
from ssot_lint.reporters.installed import load_format
from ssot_lint.reporters.review_text import render_review
from ssot_lint.scan.base_ref import Since
from ssot_lint.scan.review_change import Opening, ReviewedChange, review_change

_FOR_PEOPLE = "text"
_FROM_REF = "PRE_COMMIT_FROM_REF"
"""Where pre-commit says with which commit it compares: before a push, and with ``--from-ref``."""


def run_check(options: CheckOptions) -> ExitCode:
    """Say what a change adds and breaks. Exit code 1 if there is anything.

    Raises SsotLintError for anything the user has to put right.
    """
    since = change_asked_for(options, os.environ)
    if options.output:
        check_writable(options.output)
    targets = parse_targets(None, options.reports)
    session = _session(options)
    request = session.request(command_line("check", session.root, session.paths, options))
    opening = Opening(lambda asked: open_scan(asked, options.run), lambda asked: open_copy(request, asked, options.run))
    reviewed = review_change(request, since, configured_baseline(session), opening)
    outcome = Outcome(reviewed.result.report, session.root, session.settings.config, as_scan(options), request)
    for target in targets:
        write_atomically(target.path, target.format.render(view(outcome, target.format, is_terminal=None)).encode())
    _print(reviewed, outcome, options)
    return _ending(reviewed, options)


def change_asked_for(options: CheckOptions, environment: Mapping[str, str]) -> Since:
    """The change that the options, or pre-commit, name. Raises UsageError for a revision that is none."""
    check_revision("--base", options.base)
    told = environment.get(_FROM_REF, "") if options.staged else ""
    return Since(options.base or told or HEAD, "--base", staged=options.staged)


def as_check(options: ScanOptions) -> CheckOptions:
    """``scan --changed REV`` as what it is today. Raises UsageError for what ``check`` does not know."""
    known = {each.path for each in declarations(CheckOptions)}
    values: dict[tuple[str, ...], object] = {("base",): options.changed}
    for each, value in given(options):
        if each.path in known:
            values[each.path] = value
        elif each.path != ("changed",):
            raise UsageError(f"{each.spelling}: `check` has no such option", "Leave out --changed, or that one")
    check_revision("--changed", options.changed)
    print_note("scan --changed is called `ssot-lint check --base` now, and goes with the next release")
    return assembled(CheckOptions, values)


def as_scan(options: CheckOptions) -> ScanOptions:
    """What the formats of reports are to know of the options."""
    known = {each.path for each in declarations(ScanOptions)}
    return assembled(ScanOptions, {each.path: value for each, value in given(options) if each.path in known})


def _session(options: CheckOptions) -> Session:
    """The project, limited to the Python among the paths: a hook may be passed any file. The whole of it, wherever in
    it the command is called, if none is left."""
    paths = [path for path in options.paths if path.is_dir() or path.suffix in SOURCE_SUFFIXES or not path.exists()]
    session = open_session(paths or [Path()], options.config, settings_given(options))
    return session if paths else replace(session, paths=[session.root])


def _print(reviewed: ReviewedChange, outcome: Outcome, options: CheckOptions) -> None:
    is_terminal = sys.stdout.isatty() and options.output is None
    if options.format == _FOR_PEOPLE:
        color = wants_color(options.color, os.environ, is_terminal=is_terminal)
        text = render_review(reviewed.review, width=text_width(), color=color, shown=shown_from_here(outcome.root))
    else:
        form = load_format(options.format, "--format")
        text = form.render(view(outcome, form, is_terminal=None if options.output else is_terminal))
    if options.output:
        write_atomically(options.output, text.encode())
    elif options.format == _FOR_PEOPLE:
        print_text(text)
    else:
        print_bytes(text.encode())


def _ending(reviewed: ReviewedChange, options: CheckOptions) -> ExitCode:
    tell_crashes(reviewed.result.crashes, is_verbose=options.run.verbose)
    if reviewed.result.crashes:
        return ExitCode.INTERNAL
    return ExitCode.OK if reviewed.review.is_clean or options.exit_zero else ExitCode.GATE_FAILED
