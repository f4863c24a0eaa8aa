"""The command line that gives the same findings again, for the report."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from ssot_lint.commands.files import from_root
from ssot_lint.commands.options import BaselineChoice, ScanOptions


def command_line(root: Path, paths: Sequence[Path], options: ScanOptions) -> str:
    """The command to be run in ``root``; ``paths`` lie in it, absolute.

    Only what decides on findings and gate is named: neither formats nor files, nor how fast it should be. So
    the same scan gives the same text wherever it was started.
    """
    return shlex.join(["ssot-lint", "scan", *_options(root, options), *_paths(root, paths)])


def _options(root: Path, options: ScanOptions) -> Iterator[str]:
    if options.choice.file:
        yield from ("--config", from_root(root, options.choice.file))
    if options.choice.isolated:
        yield "--isolated"
    if options.choice.allow_plugins:
        yield "--allow-plugins"
    for rules in options.select or ():
        yield from ("--select", rules)
    for rules in options.ignore or ():
        yield from ("--ignore", rules)
    if options.fail_level:
        yield from ("--fail-level", options.fail_level.value)
    if options.fail_under is not None:
        yield from ("--fail-under", f"{options.fail_under:g}")
    yield from _known(root, options.baseline)
    if options.locked:
        yield "--locked"
    if options.changed:
        yield from ("--changed", options.changed)


def _known(root: Path, choice: BaselineChoice) -> Iterator[str]:
    if choice.file:
        yield from ("--baseline", from_root(root, choice.file))
    if choice.is_off:
        yield "--no-baseline"
    if choice.base_ref:
        yield from ("--base-ref", choice.base_ref)


def _paths(root: Path, paths: Sequence[Path]) -> Iterator[str]:
    for path in sorted(paths):
        shown = path.relative_to(root).as_posix()
        yield f"./{shown}" if shown.startswith("-") else shown
