"""``ssot-lint baseline update``, ``prune`` and ``accept``: a scan, and what it means for the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ssot_lint.baseline.coverage import Stale
from ssot_lint.baseline.document import entry_line
from ssot_lint.baseline.edit import accepted, difference, pruned, updated
from ssot_lint.baseline.entry import Baseline, BaselineEntry, union
from ssot_lint.baseline.reference import Reference
from ssot_lint.commands.baseline.file import (
    BaselineFile,
    baseline_file,
    existing_baseline,
    read_baseline,
    reference_to,
    write_baseline,
)
from ssot_lint.commands.baseline.options import AcceptOptions, EditOptions, PruneOptions, UpdateOptions
from ssot_lint.commands.declared import given, settings_given
from ssot_lint.commands.files import check_writable
from ssot_lint.commands.option_groups import RuleChoice
from ssot_lint.commands.project_settings import project_root
from ssot_lint.commands.run_scan import scan_project, tell_crashes
from ssot_lint.commands.session import Session, open_session
from ssot_lint.commands.streams import print_bytes, print_note
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.scan.scan import ScanResult
from ssot_lint.text.wording import counted


@dataclass(frozen=True)
class _Editing:
    """A baseline that is to be written, and the scan that tells what to write."""

    file: BaselineFile
    session: Session
    options: EditOptions


def update_baseline(options: UpdateOptions) -> ExitCode:
    """Add the violations of a scan to the baseline, print the lines that this adds, and say how many there are.

    Raises SsotLintError for anything the user has to put right.
    """
    editing = _open(options.edit, options.paths, settings_given(options))
    reference = _reference(editing, read_baseline(editing.file) or Baseline(()))
    result = _scan(editing, reference)
    new = updated(reference, result.report.findings)
    changes = difference(reference.baseline, new, reference.renames)
    write_baseline(editing.file, new)
    renewed = [now for was, now in changes.changed if was.is_expired(reference.today)]
    added = sorted((*changes.added, *renewed), key=lambda entry: entry.key)
    _print_lines(added)
    _tell(editing, new, f"{len(added):,} added, {len(changes.changed) - len(renewed):,} moved or edited")
    return _outcome(result)


def prune_baseline(options: PruneOptions) -> ExitCode:
    """Drop from the baseline what no violation of a scan needs, and print the lines that go.

    Raises SsotLintError for anything the user has to put right, above all where the scan leaves a doubt.
    """
    editing = _open(options.edit, options.paths, settings_given(options))
    baseline = existing_baseline(editing.file)
    _check_is_whole(editing.session, options.rules)
    reference = _reference(editing, baseline)
    result = _scan(editing, reference)
    unread = [each for each in result.stale if each.is_unread]
    settled = (each for each in result.stale if not (each.is_unread or (options.ignored and each.is_left_out)))
    _check_is_certain(editing.file, settled)
    new = union((*pruned(reference, result.report.findings).entries, *(each.entry for each in unread)))
    changes = difference(baseline, new, reference.renames)
    write_baseline(editing.file, new)
    _print_lines(changes.removed)
    kept = f", {len(unread):,} kept: {unread[0].doubt}" if unread else ""
    _tell(editing, new, f"{len(changes.removed):,} dropped, {len(changes.changed):,} moved or edited{kept}")
    return _outcome(result)


def accept_violations(options: AcceptOptions) -> ExitCode:
    """Add the violations with the given ids to the baseline, and print their lines.

    Raises SsotLintError for anything the user has to put right.
    """
    editing = _open(options.edit, [project_root([Path.cwd()])], settings_given(options))
    until = options.until.date() if options.until else None
    reference = _reference(editing, read_baseline(editing.file) or Baseline(()))
    result = _scan(editing, reference)
    new = accepted(reference, result.report.findings, options.ids, options.reason, until)
    changes = difference(reference.baseline, new, reference.renames)
    write_baseline(editing.file, new)
    reworded = [now for was, now in changes.changed if (was.reason, was.until) != (now.reason, now.until)]
    lines = sorted((*changes.added, *reworded), key=lambda entry: entry.key)
    _print_lines(lines)
    _tell(editing, new, f"{len(lines):,} accepted, {len(changes.changed) - len(reworded):,} moved or edited")
    return _outcome(result)


def _open(options: EditOptions, paths: Sequence[Path], settings: Mapping[str, object]) -> _Editing:
    session = open_session(paths, options.config, settings)
    file = baseline_file(session.root, session.settings, options.file)
    check_writable(file.path)
    return _Editing(file, session, options)


def _reference(editing: _Editing, baseline: Baseline) -> Reference:
    return reference_to(editing.session.root, editing.file, baseline)


def _scan(editing: _Editing, reference: Reference) -> ScanResult:
    result = scan_project(replace(editing.session.request(), baseline=reference), editing.options.run)
    tell_crashes(result.crashes, is_verbose=editing.options.run.verbose)
    return result


def _check_is_whole(session: Session, rules: RuleChoice) -> None:
    """Raise UsageError for a scan that is known beforehand to prove nothing."""
    for each, _ in given(rules):
        raise UsageError(
            f"{each.spelling}: rules that do not run cannot show that anything is fixed", "Prune without it"
        )
    if list(session.paths) != [session.root]:
        raise UsageError(
            "a scan of a part cannot show that anything is fixed", f"Prune all of {session.root}, not a part of it"
        )


def _check_is_certain(file: BaselineFile, stale: Iterable[Stale]) -> None:
    """Raise UsageError if anything is said against calling what was not found fixed."""
    doubtful = [each for each in stale if each.doubt]
    if doubtful:
        first = doubtful[0]
        more = f", and {len(doubtful) - 1:,} more" if len(doubtful) > 1 else ""
        raise UsageError(
            f"{file.name}: not pruned: {first.doubt} ({first.entry.rule} at {first.entry.site}{more})",
            _way_out(file, doubtful),
        )


def _way_out(file: BaselineFile, doubtful: Iterable[Stale]) -> str:
    if all(each.is_left_out for each in doubtful):
        return f"`{file.command('prune')} --ignored` drops what the configuration leaves out"
    return "Prune after a scan that finds out, or delete the lines by hand"


def _print_lines(entries: Iterable[BaselineEntry]) -> None:
    print_bytes("".join(f"{entry_line(entry)}\n" for entry in entries).encode())


def _tell(editing: _Editing, baseline: Baseline, what: str) -> None:
    if not editing.options.run.quiet:
        print_note(f"{editing.file.name}: {what}, {counted(len(baseline.entries), 'violation')} in all")


def _outcome(result: ScanResult) -> ExitCode:
    """What a rule that crashed would have found is unknown."""
    return ExitCode.INTERNAL if result.crashes else ExitCode.OK
