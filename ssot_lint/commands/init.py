"""``ssot-lint init``."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
import typer

from ssot_lint.commands.declared import settings_given
from ssot_lint.commands.files import check_writable, write_atomically
from ssot_lint.commands.option_groups import CacheOptions, ConfigChoice
from ssot_lint.commands.options import InitOptions
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.run_scan import open_scan
from ssot_lint.commands.session import existing, known_rules
from ssot_lint.commands.streams import print_error, print_note, print_text
from ssot_lint.config.edit import component_text, configuration_text, with_configuration
from ssot_lint.config.layers import OWN_FILES, PYPROJECT
from ssot_lint.config.load import Settings, file_label
from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.import_evidence import evidence_by_path
from ssot_lint.discovery.infer_layout import infer_layout
from ssot_lint.discovery.options import discovery_options
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.init.propose import propose
from ssot_lint.model.proposal import Proposals
from ssot_lint.rules.selection import activate
from ssot_lint.scan.load import LoadedProject
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.text.wording import counted

_CHOICE = ConfigChoice()


def run_init(options: InitOptions) -> ExitCode:
    """Scan the project, write a configuration for it, and print what was written.

    Raises SsotLintError for anything the user has to put right, above all where there is a configuration already.
    """
    root = project_root(existing([options.path]))
    settings = settings_of(root, _CHOICE, settings_given(options))
    if settings.file and not options.dry_run:
        raise UsageError(
            f"{file_label(settings.file)} configures this project already",
            "`ssot-lint init --dry-run` prints what it does not declare; delete it to start anew",
        )
    if not options.dry_run:
        check_writable(_new_file(root))
    run = replace(options.run, cache=CacheOptions(is_off=True)) if options.dry_run else options.run
    with open_scan(_request(root, settings), run) as scan:
        checked, loaded = scan.checked, scan.loaded
    proposals = propose(loaded.tree, loaded.project, checked.findings, partial(_keeps_names, root, settings, loaded))
    if not (options.dry_run or options.accept) and sys.stdin.isatty() and sys.stdout.isatty():
        proposals = _accepted(proposals)
    target = settings.file or _new_file(root)
    text = configuration_text(proposals, target.name)
    if not options.dry_run:
        _write(target, text)
    print_text(text)
    if not options.run.quiet:
        _tell(target, proposals, options)
    for crash in checked.crashes:
        print_error(f"{crash.diagnostic.message}: what it would have found is not among the proposals")
    return ExitCode.INTERNAL if checked.crashes else ExitCode.OK


def proposals_for(root: Path) -> Proposals:
    """What there is to declare in the project at ``root``; nothing is asked, printed or written.

    Raises SsotLintError for a project that cannot be scanned.
    """
    settings = settings_of(root, _CHOICE, {})
    with Scan.open(_request(root, settings)) as scan:
        loaded = scan.loaded
        keeps_names = partial(_keeps_names, root, settings, loaded)
        return propose(loaded.tree, loaded.project, scan.findings, keeps_names)


def _request(root: Path, settings: Settings) -> Request:
    """All rules that a scan would run."""
    known = known_rules(root, settings, _CHOICE)
    return Request(root, [root], settings.config, activate(known, settings), "", known.codes())


def _keeps_names(root: Path, settings: Settings, loaded: LoadedProject, roots: tuple[str, ...]) -> bool:
    """Whether all modules are called the same with ``roots`` written down as when imports settle it."""
    options = msgspec.structs.replace(discovery_options(settings.config), source_roots=roots)
    again = infer_layout(discover(root, [root], options), evidence_by_path(loaded.tree, loaded.results))
    return (again.files, again.source_roots) == (loaded.tree.files, loaded.tree.source_roots)


def _accepted(proposals: Proposals) -> Proposals:
    """``proposals`` with the components that the user wants."""
    wanted = []
    for proposal in proposals.components:
        for line in component_text(proposal).splitlines():
            print_note(line)
        if typer.confirm(f"Declare the component {proposal.component.name}?", default=True, err=True):
            wanted.append(proposal)
    return msgspec.structs.replace(proposals, components=tuple(wanted))


def _new_file(root: Path) -> Path:
    pyproject = root / PYPROJECT
    return pyproject if pyproject.is_file() else root / OWN_FILES[-1]


def _write(target: Path, text: str) -> None:
    if target.name == PYPROJECT:
        write_atomically(target, with_configuration(target.read_bytes(), text, file_label(target)))
    else:
        write_atomically(target, text.encode())


def _tell(target: Path, proposals: Proposals, options: InitOptions) -> None:
    components = counted(len(proposals.components), "component") if proposals.components else ""
    if not components:
        print_note("no component candidates found")
    keys = [setting.key for setting in proposals.settings if not setting.is_doubtful]
    found = [*([components] if components else []), *keys] or ["comments only"]
    if options.dry_run:
        print_note(f"dry run: this would write {', '.join(found)} to {file_label(target)}")
        return
    path = [] if options.path == Path() else [str(options.path)]
    scan, update = (shlex.join(["ssot-lint", *words, *path]) for words in (["scan"], ["baseline", "update"]))
    print_note(f"wrote {', '.join(found)} to {file_label(target)}; next: `{scan}`, in an old codebase `{update}`")
