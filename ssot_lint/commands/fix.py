"""``ssot-lint fix``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ssot_lint.cache.folder import CacheError, prepare_folder
from ssot_lint.commands.cache_choice import cache_choice
from ssot_lint.commands.declared import settings_given
from ssot_lint.commands.fix_summary import summary
from ssot_lint.commands.options import FixOptions
from ssot_lint.commands.run_scan import open_scan, tell_crashes
from ssot_lint.commands.session import Session, open_session
from ssot_lint.commands.show import finding_with
from ssot_lint.commands.streams import print_bytes, print_note, print_text
from ssot_lint.discovery.paths import is_within
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.fix.diff import patch_of
from ssot_lint.fix.engine import Engine, Outcome
from ssot_lint.fix.journal import Journal
from ssot_lint.fix.moves import move_task
from ssot_lint.fix.tasks import SiteKey, Wish, is_about_subject, site_key
from ssot_lint.fix.verify import verifies
from ssot_lint.fix.write import DiskWriter, write_nothing
from ssot_lint.git import GitError, open_repository
from ssot_lint.model.plan import Plan
from ssot_lint.model.report import Report
from ssot_lint.rules.selection import codes_of
from ssot_lint.scan.scan_cache import cache_folder
from ssot_lint.text.sanitize import visible_path
from ssot_lint.text.wording import counted, listed

_ID = re.compile(r"[A-Za-z]+\d+-[0-9A-Fa-f]+")
"""The id of a site, as reports give it; a file of that name comes first."""
_DRIFTED_MIRROR = "drifted-mirror"
"""The rule, of whatever pack, whose findings are declared copies."""
_DIRTY = "git could not give it back as it is now (--allow-dirty changes it all the same)"


def run_fix(options: FixOptions) -> ExitCode:
    """Scan, do what is wished, say what was done and what was not.

    Raises SsotLintError for anything the user has to put right.
    """
    ids = [each for each in options.targets if _ID.fullmatch(each) and not Path(each).exists()]
    paths = [Path(each) for each in options.targets if each not in ids] or [Path()]
    session = open_session(paths, options.config, settings_given(options))
    _check(options, ids)
    wish = _wish(session, options)
    allows = _allow_all if options.diff or options.allow_dirty else _permission(session)
    writer = write_nothing if options.diff else _writer(session, options)
    with open_scan(session.request(plan=True), options.run) as scan:
        report = scan.whole_report()
        _check_choice(options, wish, report)
        if ids:
            wish = replace(wish, sites=frozenset(_key_of(report, each) for each in ids))
        if scan.checked.crashes:  # whoever found nothing because of that would find it afterwards
            tell_crashes(scan.checked.crashes, is_verbose=options.run.verbose)
            return ExitCode.INTERNAL
        engine = Engine(scan, wish, writer, allows, is_stepwise=bool(options.verify))
        if options.move is not None:
            outcome = engine.carry_out(move_task(scan.project, *options.move, keeps_alias=options.keep_alias))
        else:
            outcome = engine.run(report.plan or Plan((), report.score.value, report.score.value))
        warnings = _warnings(session, outcome) if options.diff and not options.allow_dirty else ()
        lines = [*warnings, *summary(outcome, report.score.value, is_dry=options.diff)]
    return _told(outcome, lines, options)


def _told(outcome: Outcome, lines: Sequence[str], options: FixOptions) -> ExitCode:
    if options.diff:
        print_bytes(patch_of(outcome.old, outcome.changes))
        if not options.run.quiet:
            for line in lines:
                print_note(line)
        return ExitCode.GATE_FAILED if outcome.changes or outcome.refused else ExitCode.OK
    print_text("".join(f"{line}\n" for line in lines))
    return ExitCode.GATE_FAILED if outcome.refused else ExitCode.OK


def _key_of(report: Report, wanted: str) -> SiteKey:
    """The violation of that id. Raises UsageError when there is none."""
    judged = finding_with(report.findings, wanted)
    return next(site_key(judged, each.site) for each in judged.sites if each.id.lower() == wanted.lower())


def _check(options: FixOptions, ids: Sequence[str]) -> None:
    is_choice = bool(options.select or options.steps or options.subject or ids)
    choices = [is_choice, options.mirrors, options.move is not None]
    if sum(choices) > 1:
        raise UsageError("fix: --move, --mirrors and a choice of findings exclude each other", "Give one of them")
    if options.keep_alias and options.move is None:
        raise UsageError("--keep-alias: has no effect without --move", "Give both, or leave it out")


def _check_choice(options: FixOptions, wish: Wish, report: Report) -> None:
    """A choice that nothing answers to is a slip: nothing would be done, and it would look as if all were well."""
    steps = len(report.plan.steps) if report.plan is not None else 0
    missing = sorted(number for number in wish.numbers or () if number > steps)
    if missing:
        raise UsageError(f"--step {missing[0]}: the plan has {counted(steps, 'step')}", "See `ssot-lint scan --plan`")
    if options.subject and not any(is_about_subject(each, options.subject) for each in report.findings):
        raise UsageError(
            f"--subject {options.subject}: no finding has such a subject", "It is the name that a finding is about"
        )


def _wish(session: Session, options: FixOptions) -> Wish:
    about = () if session.root in session.paths else session.request().about
    select = [_DRIFTED_MIRROR] if options.mirrors else _words(options.select)
    return Wish(
        codes=codes_of(session.known, select, "--select") if select else None,
        numbers=_numbers(options.steps) if options.steps else None,
        subject=options.subject,
        is_about=partial(_is_about, about),
        is_unsafe=options.unsafe or options.mirrors,
    )


def _is_about(about: Sequence[str], path: str) -> bool:
    return not about or any(is_within(path, each) for each in about)


def _words(texts: Sequence[str]) -> list[str]:
    return [word.strip() for text in texts for word in text.split(",") if word.strip()]


def _numbers(texts: Sequence[str]) -> frozenset[int]:
    words = _words(texts)
    if not all(word.isdecimal() and int(word) for word in words):
        raise UsageError(f"--step {','.join(texts)}: no number", "Write numbers of `ssot-lint scan --plan`: --step 1,4")
    return frozenset(map(int, words))


def _allow_all(_: str) -> str:
    return ""


def _warnings(session: Session, outcome: Outcome) -> Iterator[str]:
    """What a run that writes would refuse of what was made for a look."""
    try:
        refuses = _permission(session)
    except UsageError as error:
        yield f"nothing of it would be written without --allow-dirty: {error.message.removeprefix('fix: ')}"
        return
    if refused := [visible_path(path) for path in sorted(outcome.changes) if refuses(path)]:
        state = "as it is now" if len(refused) == 1 else "as they are now"
        yield f"without --allow-dirty what changes {listed(refused, most=3)} would be refused: not committed {state}"


def _permission(session: Session) -> Callable[[str], str]:
    """Whether a file may change: git has to be able to give it back."""
    try:
        clean = open_repository(session.root).unchanged_files()
    except GitError as error:
        raise UsageError(
            f"fix: git cannot undo what it does here: {error.message}", "Look at --diff, then give --allow-dirty"
        ) from error

    def refused(path: str) -> str:
        is_safe = path in clean or not (session.root / path).exists()
        return "" if is_safe else f"{visible_path(path)}: {_DIRTY}"

    return refused


def _writer(session: Session, options: FixOptions) -> DiskWriter:
    """Who writes; what an earlier run has left half done is put in order first."""
    try:
        folder = cache_folder(session.root, session.settings.config, cache_choice(options.run))
        prepare_folder(folder)
    except CacheError as error:
        raise UsageError(f"fix: no journal can be kept: {error}", "--cache-dir names another folder") from error
    journal = Journal(session.root, folder)
    try:
        left = journal.recover()
    except OSError as error:
        raise UsageError(f"fix: the journal in {folder} cannot be worked off: {error.strerror}") from error
    if left:
        print_note(f"an earlier run was cut off: {listed([visible_path(path) for path in left])} put in order")
    if options.verify and not verifies(options.verify, session.root):
        raise UsageError(f"--verify: `{options.verify}` fails already", "Give a command that passes before the fix")
    return DiskWriter(journal, options.verify)
