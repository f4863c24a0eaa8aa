"""The baseline of a project as commands find, read and write it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ssot_lint.baseline.document import dump, parse
from ssot_lint.baseline.entry import Baseline
from ssot_lint.baseline.reference import Reference
from ssot_lint.commands.files import from_root, read_bytes, write_atomically
from ssot_lint.config.load import Settings
from ssot_lint.errors import UsageError
from ssot_lint.git import GitError, open_repository


@dataclass(frozen=True)
class BaselineFile:
    """``name`` is what reports call the file: its path from the project root. ``option`` is what the command line said
    after --baseline, empty if nothing; ``is_named``: that or the configuration said something."""

    path: Path
    name: str
    option: str
    is_named: bool

    def command(self, verb: str) -> str:
        """``ssot-lint baseline VERB`` for this file."""
        return shlex.join(["ssot-lint", "baseline", verb, *(("--baseline", self.option) if self.option else ())])


def baseline_file(root: Path, settings: Settings, option: Path | None) -> BaselineFile:
    """The file that ``option`` names, else the configuration. The latter lies in the project, links followed.

    Raises UsageError for one that does not.
    """
    if option is not None:
        return BaselineFile(option.absolute(), from_root(root, option), str(option), is_named=True)
    name = settings.config.baseline
    path = root / name
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise UsageError(f"{settings.spell('baseline')}: {name} leads out of the project", "Name another file")
    return BaselineFile(path, name, "", "baseline" in settings.origins)


def read_baseline(file: BaselineFile) -> Baseline | None:
    """What is known; None without a file. Raises UsageError and BaselineError for one that cannot be read."""
    if not file.path.exists():
        return None
    if not file.path.is_file():
        raise UsageError(f"{file.name}: is not a regular file", "Name another one")
    return parse(read_bytes(file.path), file.name)


def existing_baseline(file: BaselineFile) -> Baseline:
    """What is known. Raises UsageError also when there is no file."""
    baseline = read_baseline(file)
    if baseline is None:
        raise UsageError(f"{file.name}: no such file", f"`{file.command('update')}` makes it")
    return baseline


def write_baseline(file: BaselineFile, baseline: Baseline) -> None:
    """Write it whole or not at all. Raises UsageError when that fails."""
    write_atomically(file.path, dump(baseline))


def reference_to(root: Path, file: BaselineFile, baseline: Baseline) -> Reference:
    """What a scan of the project at ``root`` is compared with, today."""
    return Reference(baseline=baseline, against=file.name, today=date.today(), renames=_renames(root, file.name))


def _renames(root: Path, name: str) -> Mapping[str, str]:
    """What git takes for renamed since the baseline was last committed; nothing where there is no git."""
    try:
        repository = open_repository(root)
        commit = repository.last_change_of(name)
        return {} if commit is None else repository.renames_since(commit)
    except GitError:
        return {}
