"""Patterns as in .gitignore, and the stack of them that holds in a folder.

:mod:`pathspec` translates the patterns. It is made for lists of files, where a pattern also matches everything
below a folder it matches; in a walk, git judges each folder before it enters it, and every path by itself
alone. That part is here.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from ssot_lint.discovery.linear import without_backtracking
from ssot_lint.discovery.paths import parent, parents
from ssot_lint.discovery.reading import exists, read_regular
from ssot_lint.errors import ConfigError

GITIGNORE = ".gitignore"

MAX_LENGTH = 1_000
"""Of a pattern: compiling takes time that grows with its square, 0.04 seconds for one of 4,000 characters."""

MAX_PATTERNS = 5_000
"""Each path is compared with each pattern. The largest ignore files in use have some 1,500 lines."""


_SHOWN = 100


@dataclass(frozen=True)
class _Rule:
    """One pattern. ``by_name``: it has no inner slash, so it is about the last part of a path alone.
    ``all_below``: it ends in ``/**``."""

    regex: re.Pattern[str]
    ignores: bool
    only_folders: bool
    by_name: bool
    all_below: bool

    def matches_path(self, path: str, *, is_folder: bool) -> bool:
        if self.all_below:
            return self.regex.search(path) is not None
        # The regex also finds what is below a match; then it finds the folder around it as well.
        folder = parent(path)
        return self.regex.search(f"{path}/" if is_folder else path) is not None and not (
            folder and self.regex.search(f"{folder}/")
        )


class Patterns:
    """Compiled patterns; the last one that matches a path decides."""

    def __init__(self, rules: Sequence[_Rule]) -> None:
        self._rules = rules
        self._for_folders = list(enumerate(rules))[::-1]
        self._for_files = [(index, rule) for index, rule in self._for_folders if not rule.only_folders]
        self._known_names: dict[str, int] = {}

    def decide(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether ``path`` is ignored: True, False (a ``!`` pattern says so), None if no pattern matches."""
        rules = self._for_folders if is_folder else self._for_files
        if not rules:
            return None
        last = self._last_by_name(path, is_folder=is_folder)
        for index, rule in rules:
            if index <= last:
                break
            if not rule.by_name and rule.matches_path(path, is_folder=is_folder):
                last = index
                break
        return None if last < 0 else self._rules[last].ignores

    def covers(self, path: str) -> bool:
        """Whether the patterns name the file ``path``, or a folder it is in; the innermost decision counts."""
        decision = self.decide(path, is_folder=False)
        for folder in parents(path) if self._rules else ():
            if decision is not None or not folder:
                break
            decision = self.decide(folder, is_folder=True)
        return decision is True

    def _last_by_name(self, path: str, *, is_folder: bool) -> int:
        # The same names come again and again; a name with a slash is that of a folder.
        name = path.rpartition("/")[2] + ("/" if is_folder else "")
        last = self._known_names.get(name)
        if last is None:
            rules = self._for_folders if is_folder else self._for_files
            matching = (index for index, rule in rules if rule.by_name and rule.regex.search(name))
            last = self._known_names[name] = next(matching, -1)
        return last


def compile_patterns(lines: Iterable[str]) -> tuple[Patterns, tuple[str, ...]]:
    """The patterns in ``lines``, and a remark on each line that is not applied."""
    rules: list[_Rule] = []
    remarks: list[str] = []
    for number, line in enumerate(lines, start=1):
        if len(rules) >= MAX_PATTERNS:
            remarks.append(f"line {number} and after: more than {MAX_PATTERNS} patterns, not applied")
            break
        try:
            rules.extend(_compile(line))
        except ValueError as error:
            remarks.append(f"line {number}: {error}, not applied")
    return Patterns(rules), tuple(remarks)


def compile_option(patterns: Sequence[str], option: str) -> Patterns:
    """The patterns of a configured ``option``; raises ConfigError for one that cannot be applied."""
    rules: list[_Rule] = []
    for pattern in patterns:
        try:
            rules.extend(_compile(pattern))
        except ValueError as error:
            raise ConfigError(f'{option}: "{pattern[:_SHOWN]}": {error}', "Patterns are those of .gitignore") from error
    return Patterns(rules)


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


def _compile(line: str) -> list[_Rule]:
    """The rule in ``line``; none for a comment or an empty line."""
    if line.startswith("#"):
        return []
    if len(line) > MAX_LENGTH:
        raise ValueError(f"longer than {MAX_LENGTH:,} characters")
    pattern = line if line.endswith("\\ ") else line.rstrip()
    only_folders = pattern.endswith("/")
    if pattern.endswith("/**/"):  # taken by pathspec for the folder itself
        pattern = pattern.removesuffix("/")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # re's opinion on brackets in the pattern
            spec = GitIgnoreSpec.from_lines([pattern])
    except (ValueError, re.error, RecursionError) as error:
        raise ValueError("not a valid pattern") from error
    body = pattern.removeprefix("!").removeprefix("**/")
    return [
        _Rule(
            regex=re.compile(without_backtracking(compiled.regex.pattern)),
            ignores=compiled.include,
            only_folders=only_folders,
            by_name="/" not in body.removesuffix("/"),
            all_below=body.endswith("/**"),
        )
        for compiled in spec.patterns
        if compiled.regex is not None and compiled.include is not None
    ]
