"""Patterns as in .gitignore, and the stack of them that holds in a folder.

Matching is left to :mod:`pathspec`. A folder is judged before anything in it, and an ignored folder is not
entered; so a path only ever needs to be matched itself, as git does it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from ssot_lint.discovery.reading import exists, read_regular
from ssot_lint.errors import ConfigError

GITIGNORE = ".gitignore"

MAX_WILDCARDS = 4
"""Matching backtracks: each further ``*`` in a pattern multiplies the time by the length of the name. Five of
them need 11 seconds for one name of 250 letters (measured with pathspec 1.1), four 0.2."""

MAX_PATTERNS = 5_000
"""Each path is compared with each pattern. The largest ignore files in use have some 1,500 lines."""


@dataclass(frozen=True)
class Patterns:
    """Compiled patterns. ``for_files`` leaves out what can only match folders."""

    for_files: GitIgnoreSpec
    for_folders: GitIgnoreSpec

    def decide(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether ``path`` is ignored: True, False (a ``!`` pattern says so), None if no pattern matches."""
        spec = self.for_folders if is_folder else self.for_files
        if not spec.patterns:
            return None
        return spec.check_file(f"{path}/" if is_folder else path).include


def compile_patterns(lines: Iterable[str]) -> tuple[Patterns, tuple[str, ...]]:
    """The patterns in ``lines``, and a remark on each line that is not applied."""
    specs: list[tuple[str, GitIgnoreSpec]] = []
    remarks: list[str] = []
    for number, line in enumerate(lines, start=1):
        if len(specs) == MAX_PATTERNS:
            remarks.append(f"line {number} and after: more than {MAX_PATTERNS} patterns, not applied")
            break
        if not line.strip() or line.startswith("#"):
            continue
        try:
            specs.append((line, _compile(line)))
        except ValueError as error:
            remarks.append(f"line {number}: {error}, not applied")
    return _join(specs), tuple(remarks)


def compile_option(patterns: Sequence[str], option: str) -> Patterns:
    """The patterns of a configured ``option``; raises ConfigError for one that cannot be applied."""
    specs = []
    for pattern in patterns:
        try:
            specs.append((pattern, _compile(pattern)))
        except ValueError as error:
            raise ConfigError(f'{option}: "{pattern}": {error}', "Patterns are those of .gitignore") from error
    return _join(specs)


@dataclass(frozen=True)
class _Level:
    """Patterns of one ignore file: they see ``prefix`` + the path from character ``cut`` on."""

    cut: int
    prefix: str
    patterns: Patterns


@dataclass(frozen=True)
class Ignores:
    """What is left out in a folder: the configured ``exclude`` patterns, and the ignore files from the git
    top level down to the folder."""

    exclude: Patterns | None = None
    levels: tuple[_Level, ...] = ()

    def excludes(self, path: str, *, is_folder: bool) -> bool:
        """Whether ``path`` (relative to the project root, not below an excluded folder) is left out."""
        if self.exclude is not None and self.exclude.decide(path, is_folder=is_folder):
            return True
        for level in reversed(self.levels):
            decision = level.patterns.decide(level.prefix + path[level.cut :], is_folder=is_folder)
            if decision is not None:
                return decision
        return False

    def below(self, folder: str, patterns: Patterns) -> Ignores:
        """These rules with those of ``folder``'s own ignore file, which win."""
        level = _Level(len(folder) + 1 if folder else 0, "", patterns)
        return Ignores(self.exclude, (*self.levels, level))


def read_ignore_file(path: Path) -> tuple[Patterns | None, tuple[str, ...]]:
    """The patterns of an ignore file (None if it cannot be read), and remarks on what is not applied."""
    try:
        content = read_regular(path)
    except OSError as error:
        return None, (error.strerror or type(error).__name__,)
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return compile_patterns(text.split("\n"))


def outer_ignores(root: Path) -> tuple[Ignores, tuple[tuple[str, str], ...]]:
    """The rules that hold for the project root before its own ignore file is read, and remarks with paths.

    These are git's ``info/exclude`` and the ignore files above ``root`` up to the git top level. Without a
    repository around it, nothing above ``root`` counts; nor does it if ``root`` itself is ignored.
    """
    top = next((folder for folder in (root, *root.parents) if exists(folder / ".git")), None)
    if top is None:
        return Ignores(), ()
    way = root.relative_to(top).parts
    sources = [(0, top / ".git" / "info" / "exclude")]
    sources += [(depth, top.joinpath(*way[:depth], GITIGNORE)) for depth in range(len(way))]
    levels: list[tuple[int, Patterns]] = []
    remarks: list[tuple[str, str]] = []
    for depth, path in sources:
        if exists(path):
            patterns, found = read_ignore_file(path)
            levels += [] if patterns is None else [(depth, patterns)]
            remarks += [("/".join([".."] * (len(way) - depth) + [path.name]), remark) for remark in found]
    if any(_ignores_folder(levels, way[:depth]) for depth in range(1, len(way) + 1)):
        return Ignores(), tuple(remarks)
    return Ignores(levels=tuple(_outer_level(way[depth:], patterns) for depth, patterns in levels)), tuple(remarks)


def _ignores_folder(levels: Sequence[tuple[int, Patterns]], way: Sequence[str]) -> bool:
    for depth, patterns in reversed(levels):
        if depth < len(way):
            decision = patterns.decide("/".join(way[depth:]), is_folder=True)
            if decision is not None:
                return decision
    return False


def _outer_level(way: Sequence[str], patterns: Patterns) -> _Level:
    return _Level(0, "".join(f"{part}/" for part in way), patterns)


def _compile(line: str) -> GitIgnoreSpec:
    if len(re.findall(r"\*+", line)) > MAX_WILDCARDS:
        raise ValueError(f"more than {MAX_WILDCARDS} wildcards")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # re's opinion on brackets in the pattern
            return GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error, RecursionError) as error:
        raise ValueError("not a valid pattern") from error


def _can_match_file(line: str) -> bool:
    # A `!folder/` matters for files: it takes back a pattern that matched the folder they are in.
    return line.startswith("!") or not line.rstrip().endswith("/")


def _join(specs: Sequence[tuple[str, GitIgnoreSpec]]) -> Patterns:
    # Comments compile to patterns whose ``include`` is None.
    rules = [(line, pattern) for line, spec in specs for pattern in spec.patterns if pattern.include is not None]
    return Patterns(
        for_files=GitIgnoreSpec([pattern for line, pattern in rules if _can_match_file(line)]),
        for_folders=GitIgnoreSpec([pattern for _, pattern in rules]),
    )
