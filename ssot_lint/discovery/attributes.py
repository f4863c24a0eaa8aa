"""What ``.gitattributes`` files say of files: ``linguist-vendored`` and ``linguist-generated``.

Projects write that down for the web view of their repository. Lines count as they do for git: those of the nearest file
go first, in each file the last one; macros are resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ssot_lint.discovery.attribute_lines import Line, State, lines_of
from ssot_lint.discovery.checkouts import top_level
from ssot_lint.discovery.ignore import compile_for_files
from ssot_lint.discovery.paths import parent, with_parents
from ssot_lint.discovery.reading import exists, read_regular
from ssot_lint.model.source import Zone

GITATTRIBUTES = ".gitattributes"

MAX_LINES = 1_000
"""Of one file, about these attributes: each path below is compared with each."""

MAX_MACROS = 100

_VENDORED = "linguist-vendored"
_ZONES: Mapping[str, Zone] = {"linguist-generated": Zone.GENERATED, _VENDORED: Zone.VENDORED}
_NAMES_NOTHING = re.compile(r"[*/]*(?:\.[\w*?\[\]]*)?")
"""``*``, ``**/*.py``: a pattern without the name of a file or a folder."""


class AttributeFile(NamedTuple):
    """A file as the walk found it. ``folder`` is where it stands, None above the project root: then it sees ``prefix``
    before each path. ``shown`` is its path for the user."""

    shown: str
    folder: str | None
    content: bytes
    prefix: str = ""


class Stated(NamedTuple):
    """What is said of a file: its zone, None for "no copy of another project"; and where that is said."""

    zone: Zone | None
    reason: str


class _Rule(NamedTuple):
    regex: re.Pattern[str]
    states: Sequence[tuple[str, State]]
    place: str
    """Empty where the pattern names nothing."""


class Attributes:
    """What the files of a project say together; ``files`` above the project root come outermost first."""

    def __init__(self, files: Sequence[AttributeFile]) -> None:
        self.remarks: list[tuple[str, str]] = []
        lines = [(file, list(lines_of(file.content))) for file in files]
        self._macros = _macros(line for file, found in lines if not file.folder for line in found)
        self._known = _ZONES.keys() | self._macros.keys()
        self._outer: list[tuple[AttributeFile, Sequence[_Rule]]] = []
        self._inner: dict[str, tuple[AttributeFile, Sequence[_Rule]]] = {}
        for file, found in lines:
            rules = self._rules(file, found)
            if file.folder is None:
                self._outer.insert(0, (file, rules))
            else:
                self._inner[file.folder] = (file, rules)

    def about(self, path: str) -> Stated | None:
        """What is said of the file ``path``, None for nothing."""
        found: dict[str, State] = {}
        places: dict[str, str] = {}
        for rule in self._matching(path):
            for name in self._fill(found, rule.states):
                places[name] = rule.place
            if _ZONES.keys() <= found.keys():
                break
        return _conclude(found, places)

    def _rules(self, file: AttributeFile, lines: Sequence[Line]) -> Sequence[_Rule]:
        """The rules of a file, the one that goes first in front."""
        about = [line for line in lines if not line.macro and not self._known.isdisjoint(dict(line.states))]
        if len(about) > MAX_LINES:
            number = about[MAX_LINES].number
            self.remarks.append((file.shown, f"line {number} and after: more than {MAX_LINES:,} lines, not applied"))
        rules: list[_Rule] = []
        for line in about[:MAX_LINES]:
            try:
                rules += _compile(file, line)
            except ValueError as error:
                self.remarks.append((file.shown, f"line {line.number}: {error}, not applied"))
        return rules[::-1]

    def _matching(self, path: str) -> Iterator[_Rule]:
        inner = (self._inner.get(folder) for folder in with_parents(parent(path)))
        for file, rules in (*filter(None, inner), *self._outer):
            seen = file.prefix + (path[len(file.folder) + 1 :] if file.folder else path)
            yield from (rule for rule in rules if rule.regex.search(seen))

    def _fill(self, found: dict[str, State], states: Sequence[tuple[str, State]]) -> Iterator[str]:
        """Add to ``found`` what it does not have; yield the names. Of a line, too, the last word goes first."""
        pending = list(states)
        while pending:
            name, state = pending.pop()
            if name not in found:
                found[name] = state
                pending += self._macros.get(name, ()) if state is True else ()
                yield name


def outer_files(root: Path) -> Iterator[tuple[AttributeFile, str]]:
    """The files above the project root, up to the top level of the repository around it, outermost first; each with
    what is wrong with it, empty for nothing."""
    way = root.relative_to(top_level(root) or root).parts
    for depth in range(len(way)):
        path = root.parents[len(way) - depth - 1] / GITATTRIBUTES
        if exists(path):
            prefix = "".join(f"{part}/" for part in way[depth:])
            yield read_attributes(path, "../" * (len(way) - depth) + path.name, None, prefix)


def read_attributes(path: Path, shown: str, folder: str | None, prefix: str = "") -> tuple[AttributeFile, str]:
    """The file at ``path``, and what is wrong with it, empty for nothing; then it says nothing."""
    try:
        return AttributeFile(shown, folder, read_regular(path), prefix), ""
    except OSError as error:
        return AttributeFile(shown, folder, b"", prefix), error.strerror or type(error).__name__


def _macros(lines: Iterator[Line]) -> Mapping[str, Sequence[tuple[str, State]]]:
    """The macros that lead to one of the attributes; git takes their definitions from the top level only."""
    defined = {line.macro: line.states for line in lines if line.macro}
    macros = dict(list(defined.items())[:MAX_MACROS])
    leading = set(_ZONES)
    while found := {name for name, states in macros.items() if not leading.isdisjoint(dict(states))} - leading:
        leading |= found
    return {name: macros[name] for name in leading & macros.keys()}


def _compile(file: AttributeFile, line: Line) -> Iterator[_Rule]:
    """The rule in a line; raises ValueError for a pattern that is none.

    At the root ``* linguist-vendored`` is written to have one language alone in the statistics of the repository, so it
    calls nothing a copy. In a folder it speaks of the folder.
    """
    names_something = bool(file.folder) or not _NAMES_NOTHING.fullmatch(line.pattern)
    states = [(name, state) for name, state in line.states if names_something or _denies(state) or state is None]
    regex = compile_for_files(line.pattern)
    if regex is not None:
        yield _Rule(regex, states, f"{file.shown}:{line.number}" if names_something else "")


def _denies(state: State) -> bool:
    """Linguist takes every value but this for a yes."""
    return state in (False, "false")


def _conclude(found: Mapping[str, State], places: Mapping[str, str]) -> Stated | None:
    """That a program writes a file goes before that it is a copy. That none does says nothing: it is written to have
    differences shown in reviews."""
    for name, zone in _ZONES.items():
        if found.get(name) is not None and not _denies(found[name]):
            return Stated(zone, f"{places[name]} says {name}")
    if _denies(found.get(_VENDORED)) and places[_VENDORED]:
        return Stated(None, f"{places[_VENDORED]} says -{_VENDORED}")
    return None
