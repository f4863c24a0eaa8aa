"""The command line that gives the same findings again, for the report."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path

from ssot_lint.commands.declared import Role, given
from ssot_lint.commands.files import from_root
from ssot_lint.commands.options import CheckOptions, ScanOptions


def command_line(command: str, root: Path, paths: Sequence[Path], options: ScanOptions | CheckOptions) -> str:
    """``ssot-lint command`` to be run in ``root``; ``paths`` lie in it, absolute.

    Only what decides on findings and gate is named: neither formats nor files, nor how fast it should be. So
    the same scan gives the same text wherever it was started.
    """
    return shlex.join(["ssot-lint", command, *_options(root, options), *_paths(root, paths)])


def _options(root: Path, options: object) -> Iterator[str]:
    for each, value in given(options):
        if Role.DECIDES not in each.roles:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            yield each.spelling
            if one is not True:
                yield _text(root, one)


def _text(root: Path, value: object) -> str:
    if isinstance(value, Path):
        return from_root(root, value)
    if isinstance(value, Enum):
        return str(value.value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _paths(root: Path, paths: Sequence[Path]) -> Iterator[str]:
    for path in sorted(paths):
        shown = path.relative_to(root).as_posix()
        yield f"./{shown}" if shown.startswith("-") else shown
