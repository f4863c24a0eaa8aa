"""``ssot-lint baseline show`` and ``diff``: what is in the file, and what it was. Nothing is scanned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from rich.text import Text

from ssot_lint.baseline.document import entry_line, parse
from ssot_lint.baseline.edit import difference
from ssot_lint.baseline.entry import Baseline, BaselineEntry
from ssot_lint.commands.baseline.file import BaselineFile, baseline_file, existing_baseline, read_baseline
from ssot_lint.commands.baseline.options import DiffOptions, ShowOptions
from ssot_lint.commands.files import from_root
from ssot_lint.commands.option_groups import ConfigFile
from ssot_lint.commands.options import ListFormat
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.session import known_rules
from ssot_lint.commands.streams import print_bytes, print_note, print_text
from ssot_lint.config.load import Settings
from ssot_lint.discovery.paths import is_within
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.git import open_repository
from ssot_lint.reporters.layout import table
from ssot_lint.rules.selection import ALL
from ssot_lint.text.sanitize import visible, visible_path
from ssot_lint.text.suggest import suggestion
from ssot_lint.text.wording import counted

_HEADER = ("rule", "subject", "site", "until", "reason")


def show_baseline(options: ShowOptions) -> None:
    """Print what is known at or below the given paths of the given rules; of all where none are given.

    Raises SsotLintError for anything the user has to put right.
    """
    root, settings, file = _find(options.file, options.config)
    baseline = existing_baseline(file)
    codes = _codes(root, settings, options, baseline)
    folders = [from_root(root, path) for path in options.paths]
    shown = [entry for entry in baseline.entries if entry.rule in codes and _is_below(entry.path, folders)]
    if options.format is ListFormat.JSON:
        lines = ",\n".join(f"  {entry_line(entry)}" for entry in shown)
        print_bytes(f"[\n{lines}\n]\n".encode() if shown else b"[]\n")
    else:
        print_text(_as_text(shown))
    over = sum(entry.is_expired(date.today()) for entry in shown)
    ended = f", {over:,} of them accepted until a day that is over" if over else ""
    print_note(f"{file.name}: {counted(len(shown), 'violation')}{ended}")


def diff_baseline(options: DiffOptions) -> ExitCode:
    """Print what was added to the baseline since a revision, removed and changed.

    Raises SsotLintError for anything the user has to put right.
    """
    revision = options.against
    root, _, file = _find(options.file, options.config)
    repository = open_repository(root)
    commit = repository.commit(revision)
    content = repository.read(commit, file.name)
    if content is None:
        new = existing_baseline(file)
        old = Baseline(())
    else:
        new = read_baseline(file) or Baseline(())
        old = parse(content, f"{revision}:{file.name}")
    changes = difference(old, new, repository.renames_since(commit))
    lines = [("+", entry) for entry in changes.added] + [("-", entry) for entry in changes.removed]
    lines += [("~", now) for _, now in changes.changed]
    lines.sort(key=lambda line: line[1].key)
    print_bytes("".join(f"{sign} {entry_line(entry)}\n" for sign, entry in lines).encode())
    added, removed, changed = (f"{len(part):,}" for part in changes)
    print_note(f"{file.name}: {added} added, {removed} removed, {changed} moved or edited since {revision}")
    return ExitCode.GATE_FAILED if options.fail_on_growth and changes.added else ExitCode.OK


def _find(file: Path | None, config: ConfigFile) -> tuple[Path, Settings, BaselineFile]:
    root = project_root([Path.cwd()])
    settings = settings_of(root, config, {})
    return root, settings, baseline_file(root, settings, file)


def _codes(root: Path, settings: Settings, options: ShowOptions, baseline: Baseline) -> Collection[str]:
    """The codes that the given rules stand for, all of the baseline for none. A rule need not be installed any more."""
    codes = {entry.rule for entry in baseline.entries}
    if not options.rules:
        return codes
    words = {**{code: code for code in codes}, **known_rules(root, settings, options.config).codes()}
    chosen = {rule: _meant(rule, words) for rule in options.rules}
    for rule, meant in chosen.items():
        if not meant:
            raise UsageError(f'--rule: no rule is called "{rule}"', suggestion(rule, words))
    return frozenset[str]().union(*chosen.values())


def _meant(rule: str, words: Mapping[str, str]) -> frozenset[str]:
    """The codes that a code, its beginning, a name or ALL stands for."""
    return frozenset(code for word, code in words.items() if rule and (rule in (word, ALL) or code.startswith(rule)))


def _is_below(path: str, folders: Collection[str]) -> bool:
    return not folders or any(folder == "." or is_within(path, folder) for folder in folders)


def _as_text(entries: Sequence[BaselineEntry]) -> str:
    rows = [[Text(cell) for cell in _cells(entry)] for entry in entries]
    return "".join(f"{line.plain}\n" for line in table(_HEADER, rows, left=len(_HEADER))) if rows else ""


def _cells(entry: BaselineEntry) -> Iterator[str]:
    yield entry.rule
    yield visible(entry.subject)
    yield visible_path(entry.site)
    yield entry.until.isoformat() if entry.until else ""
    yield visible(entry.reason)
