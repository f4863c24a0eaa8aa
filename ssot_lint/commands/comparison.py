"""What a scan takes for known, and which files it reports on, by what the command line says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ssot_lint.baseline.reference import Reference
from ssot_lint.commands.baseline.file import baseline_file, existing_baseline, read_baseline, reference_to
from ssot_lint.commands.options import ScanOptions
from ssot_lint.commands.run_scan import scan_copy, tell_crashes
from ssot_lint.commands.session import Session
from ssot_lint.commands.streams import print_note
from ssot_lint.errors import UsageError
from ssot_lint.model.report import Report
from ssot_lint.scan.base_ref import Since, base_reference
from ssot_lint.scan.change import change_since
from ssot_lint.scan.request import Request
from ssot_lint.text.wording import counted


def check_known(options: ScanOptions) -> None:
    """Raise UsageError for options that contradict each other."""
    choice = options.baseline
    check_revision("--base-ref", choice.base_ref)
    if choice.file and (choice.is_off or choice.base_ref):
        other = "--no-baseline" if choice.is_off else "--base-ref"
        raise UsageError(f"--baseline and {other} exclude each other", "Give one of them")
    if options.locked and (choice.is_off or choice.base_ref):
        other = "--no-baseline" if choice.is_off else "--base-ref"
        raise UsageError(f"--locked: no baseline is read with {other}", "Leave one of them out")


def check_revision(option: str, revision: str) -> None:
    """Raise UsageError for the value of ``option`` that is another option: what it was to be was forgotten."""
    if revision.startswith("-"):
        raise UsageError(f"{option}: expects a revision, not {revision}", f"Write {option} HEAD, or a branch or tag")


def known_violations(session: Session, options: ScanOptions) -> Reference | None:
    """What the scan is to be compared with; None for nothing.

    Raises SsotLintError for a baseline that is damaged, or missing although it was named, and for what git refuses.
    """
    choice = options.baseline
    if choice.base_ref:
        return _at_merge_base(session, options)
    if choice.is_off:
        return None
    return configured_baseline(session, choice.file, must_exist=options.locked)


def configured_baseline(session: Session, named: Path | None = None, *, must_exist: bool = False) -> Reference | None:
    """The baseline in the file ``named``, None for the one of the configuration; None where there is none yet.

    Raises SsotLintError for one that is damaged, or missing although it was named or ``must_exist``.
    """
    file = baseline_file(session.root, session.settings, named)
    baseline = existing_baseline(file) if file.is_named or must_exist else read_baseline(file)
    return None if baseline is None else reference_to(session.root, file, baseline)


def about_change(request: Request, options: ScanOptions) -> Request:
    """``request`` with the change that the scan is about, if any. Raises UsageError for what git refuses."""
    if options.baseline.base_ref:
        return replace(request, change=change_since(request, _since(options)))
    return request


def tell_known(session: Session, options: ScanOptions, report: Report) -> None:
    """Say on stderr what the baseline has too much, and what the report leaves out."""
    if report.fixed and not (options.baseline.base_ref or options.locked):
        file = baseline_file(session.root, session.settings, options.baseline.file)
        print_note(f"{counted(report.fixed, 'fixed violation')} still in {file.name}: run `{file.command('prune')}`")
    if report.filter is not None and report.filter.hidden:
        are = "is" if report.filter.hidden == 1 else "are"
        print_note(f"hidden: {counted(report.filter.hidden, 'finding')} that {are} not about these paths")


def _since(options: ScanOptions) -> Since:
    return Since(options.baseline.base_ref, "--base-ref")


def _at_merge_base(session: Session, options: ScanOptions) -> Reference:
    request = session.request()
    reference, result = base_reference(request, _since(options), lambda copy: scan_copy(request, copy, options.run))
    tell_crashes(result.crashes, is_verbose=options.run.verbose)
    if not options.run.quiet:
        file = baseline_file(session.root, session.settings, None)
        unread = f", not what is in {file.name}" if file.path.exists() else ""
        print_note(f"known is what the code had in {reference.against}{unread}")
    return reference
