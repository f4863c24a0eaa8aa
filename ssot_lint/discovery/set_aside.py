"""Which folders a project sets aside: its linter or formatter leaves them out, their coverage is not measured, they go
into no release, a script throws them away and fills them again, they name a home elsewhere, they hold the licences
of what is in them, or they are skills of assistants.

Such folders hold generated code, copies, archives and experiments: of 32 findings drawn in them in twenty-two draws of
unseen code none was right. Single files do not count: lists of those are what a project has not come to yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ssot_lint.discovery.exclude_regexes import exclude_of_pre_commit, patterns_of
from ssot_lint.discovery.foreign_homes import foreign_homes
from ssot_lint.discovery.ignore import Patterns, compile_patterns
from ssot_lint.discovery.metadata import PYPROJECT
from ssot_lint.discovery.paths import is_within, join, parents
from ssot_lint.discovery.replaced_folders import replaced_by
from ssot_lint.discovery.tables import FLAKE8_FILES, RUFF_FILES, dig, read_ini, read_text, read_toml, texts, words

COVERAGE_FILES = (".coveragerc", "setup.cfg", "tox.ini")
"""Files with a section of coverage.py, beside pyproject.toml."""

PRE_COMMIT_FILE = ".pre-commit-config.yaml"

SKILL_FILE = "SKILL.md"
"""What assistants read first of a folder with instructions, templates and scripts for them."""

_MANIFEST = "MANIFEST.in"
_ISORT_FILES = (".isort.cfg", "setup.cfg", "tox.ini")
_ISORT_OPTIONS = ("skip", "extend_skip", "skip_glob", "extend_skip_glob")
_BLACK_OPTIONS = ("exclude", "extend-exclude", "force-exclude")
_OPTIONS = ("exclude", "extend-exclude")
_SHARE = 0.5
"""Of the production code of a project: who leaves out more of it has only begun to lint."""
_WILD = frozenset("*?[]/.")
_UNMEASURED = "its coverage is not measured"
_UNSORTED = "isort leaves it out"


class Aside(NamedTuple):
    """What one file of a project says of the folders below ``folder``; ``reason`` says which file, in a few words."""

    folder: str
    patterns: Patterns
    reason: str

    def covers(self, path: str) -> bool:
        """Whether it is about the file ``path``."""
        if not self.folder:
            return self.patterns.covers(path)
        return path.startswith(f"{self.folder}/") and self.patterns.covers(path[len(self.folder) + 1 :])


def read_set_aside(root: Path, folders: Iterable[str]) -> tuple[Aside, ...]:
    """What is said in ``folders`` of the project at ``root``, those with metadata of packages."""
    return tuple(aside for folder in sorted({"", *folders}) for aside in _in_folder(root / folder, folder))


def read_foreign(root: Path, folders: Iterable[str]) -> tuple[Aside, ...]:
    """Those of ``folders`` that hold a distribution of somebody else."""
    return tuple(
        _whole(folder, f"{folder} names {owner} as its home") for folder, owner in foreign_homes(root, folders).items()
    )


def licensed_apart(licences: Mapping[str, str]) -> tuple[Aside, ...]:
    """The folders that hold the licence of one of their modules, ``licences`` by folder."""
    return tuple(
        _whole(folder, f"{licence} is the licence of code from elsewhere") for folder, licence in licences.items()
    )


def skills_apart(folders: Iterable[str]) -> tuple[Aside, ...]:
    """The ``folders`` with instructions for assistants: the code beside these is to be run or copied by them."""
    return tuple(_whole(folder, f"{folder}/{SKILL_FILE} makes it a skill of assistants") for folder in folders)


def read_replaced(root: Path, scripts: Iterable[str], paths: Iterable[str]) -> tuple[Aside, ...]:
    """What the ``scripts`` of the project at ``root`` throw away and fill again, of the folders that hold ``paths``."""
    folders = {folder for path in paths for folder in parents(path)} - {""}
    return tuple(
        _whole(folder, f"{path}: it throws the folder away and fills it again")
        for path in sorted(scripts)
        for folder in dict.fromkeys(replaced_by(read_text(root / path), path))
        if folder in folders
    )


def _whole(folder: str, reason: str) -> Aside:
    return Aside("", compile_patterns([f"/{folder}/"])[0], reason)


def set_aside(asides: Iterable[Aside], production: Iterable[str]) -> dict[str, str]:
    """The files among ``production`` that are set aside, each with the reason."""
    paths = list(production)
    found: dict[str, str] = {}
    for aside in asides:
        covered = [path for path in paths if aside.covers(path)]
        below = sum(is_within(path, aside.folder) for path in paths)
        if len(covered) <= _SHARE * below:
            found.update((path, aside.reason) for path in covered if path not in found)
    return found


def _in_folder(path: Path, folder: str) -> Iterator[Aside]:
    for name, reason, lines in _said(path):
        patterns = [line.strip().removeprefix("./") for line in lines]
        named = [pattern for pattern in patterns if _names_folder(pattern)]
        if named:
            yield Aside(folder, compile_patterns(named)[0], f"{join(folder, name)}: {reason}")


def _said(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """The name of each file that says something, what that means, and the patterns."""
    tools = dig(read_toml(path / PYPROJECT), "tool")
    tables = [(PYPROJECT, dig(tools, "ruff")), *((name, read_toml(path / name)) for name in RUFF_FILES)]
    for name, table in tables:
        yield name, "ruff leaves it out", [text for option in _OPTIONS for text in texts(dig(table, option))]
    sections = {name: read_ini(path / name) for name in {*FLAKE8_FILES, *COVERAGE_FILES}}
    for name in FLAKE8_FILES:
        given = ",".join(sections[name].get("flake8", option, fallback="") for option in _OPTIONS)
        yield name, "flake8 leaves it out", given.replace("\n", ",").split(",")
    yield PYPROJECT, _UNMEASURED, list(map(_as_ignored, texts(dig(tools, "coverage", "run", "omit"))))
    for name in COVERAGE_FILES:
        lines = [line for table in ("run", "coverage:run") for line in words(sections[name], table, "omit")]
        yield name, _UNMEASURED, list(map(_as_ignored, lines))
    yield from _said_to_formatters(path, tools)
    pruned = (line.split() for line in read_text(path / _MANIFEST).splitlines())
    lines = [f"/{folder}" for command, *rest in filter(None, pruned) if command == "prune" for folder in rest]
    yield _MANIFEST, "it goes into no release", lines


def _said_to_formatters(path: Path, tools: object) -> Iterator[tuple[str, str, list[str]]]:
    """As :func:`_said`, for black, isort and pre-commit, which runs both."""
    regexes = [text for option in _BLACK_OPTIONS for text in texts(dig(tools, "black", option))]
    yield PYPROJECT, "black leaves it out", [pattern for regex in regexes for pattern in patterns_of(regex)]
    skipped = [text for option in _ISORT_OPTIONS for text in texts(dig(tools, "isort", option))]
    yield PYPROJECT, _UNSORTED, [_as_ignored(text) or text for text in skipped]
    for name in _ISORT_FILES:
        section = "settings" if name == _ISORT_FILES[0] else "isort"
        ini = read_ini(path / name)
        given = [text for option in _ISORT_OPTIONS for text in ini.get(section, option, fallback="").split(",")]
        lines = [line.strip() for text in given for line in text.splitlines()]
        yield name, _UNSORTED, [_as_ignored(line) or line for line in lines]
    regex = exclude_of_pre_commit(read_text(path / PRE_COMMIT_FILE))
    yield PRE_COMMIT_FILE, "pre-commit leaves it out", list(patterns_of(regex))


def _as_ignored(pattern: str) -> str:
    """A pattern of coverage.py as one of .gitignore: its stars stand for slashes too, and it names what lies in a
    folder."""
    pattern = pattern.strip()
    if not pattern.endswith(("/*", "/**", "/")):
        return ""
    folder = pattern.rstrip("*").rstrip("/")
    return f"**/{folder[2:]}/" if folder.startswith("*/") else f"/{folder}/"


def _names_folder(pattern: str) -> bool:
    return not pattern.endswith((".py", ".pyi")) and not pattern.startswith("!") and not _WILD.issuperset(pattern)
