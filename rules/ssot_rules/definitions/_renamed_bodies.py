"""Which bodies of classes have a few rare lines in common, kept up to date where single modules change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TypeAlias

from ssot_lint.project.groups import Held, held, hold, let_go
from ssot_lint.project.symbols import ClassSymbol, Module

_RARE = 60
"""A line that more bodies than that have says nothing of any two of them."""
_RARE_LINES = 3

RenamedBody: TypeAlias = tuple[ClassSymbol, str, tuple[int, ...]]
"""A class, the digest of its body without names, and its lines; none where it is too short for near copies."""


class RenamedBodies:
    """The bodies of classes by digest, ``several`` those of more than one class. For :meth:`Project.folded`.

    Which bodies are near a body is found out when somebody asks, and again only for those of which a line has come,
    gone, or become rare or common.
    """

    def __init__(self) -> None:
        self.several: set[str] = set()
        self._classes: dict[str, list[ClassSymbol]] = defaultdict(list)
        self._with_lines: Counter[str] = Counter()
        self._lines: dict[str, tuple[int, ...]] = {}
        self._holders: dict[int, Held[str]] = {}
        self._near: dict[str, set[str]] = {}
        self._stale: set[str] = set()
        self._near_classes: frozenset[tuple[ClassSymbol, ClassSymbol]] | None = None

    def near_classes(self) -> Set[tuple[ClassSymbol, ClassSymbol]]:
        """The first classes by place of each two bodies with a few rare lines in common, in the order of their files.
        For :meth:`Project.in_groups`."""
        if self._near_classes is None:
            for body in self._stale:
                self._look_again(body)
            self._stale.clear()
            pairs = ((one, other) for one, near in self._near.items() for other in near if one < other)
            self._near_classes = frozenset(self._first_classes(*pair) for pair in pairs)
        return self._near_classes

    def _look_again(self, body: str) -> None:
        for other in self._near.pop(body, ()):
            self._near[other].discard(body)
        near = set(self._found_near(body))
        for other in near:
            self._near.setdefault(other, set()).add(body)
        if near:
            self._near[body] = near

    def _found_near(self, body: str) -> Iterator[str]:
        lines = self._lines.get(body, ())
        rare = (holders for line in lines if len(holders := held(self._holders, line)) <= _RARE)
        shared = Counter(other for holders in rare for other in holders)
        return (other for other, count in shared.items() if count >= _RARE_LINES and other != body)

    def _first_classes(self, *bodies: str) -> tuple[ClassSymbol, ClassSymbol]:
        one, other = (self.classes_of(body)[0] for body in bodies)
        return (one, other) if one.module.path < other.module.path else (other, one)

    def classes_of(self, body: str) -> Sequence[ClassSymbol]:
        """The classes with that body, by place."""
        return sorted(self._classes[body], key=lambda cls: cls.sort_key)

    def add(self, _: Module, part: Iterable[RenamedBody]) -> None:
        """Take in the classes of a module."""
        for cls, body, lines in part:
            self._classes[body].append(cls)
            self._note(body)
            self._with_lines[body] += bool(lines)
            if lines and self._with_lines[body] == 1:
                self._enter(body, lines)

    def remove(self, _: Module, part: Iterable[RenamedBody]) -> None:
        """Take out the classes of a module."""
        for cls, body, lines in part:
            self._classes[body].remove(cls)
            self._note(body)
            self._with_lines[body] -= bool(lines)
            if lines and not self._with_lines[body]:
                self._leave(body)

    def _note(self, body: str) -> None:
        self._near_classes = None
        if len(self._classes[body]) > 1:
            self.several.add(body)
        else:
            self.several.discard(body)

    def _enter(self, body: str, lines: tuple[int, ...]) -> None:
        self._lines[body] = lines
        self._stale.add(body)
        for line in lines:
            self._turn(line)
            hold(self._holders, line, body)

    def _leave(self, body: str) -> None:
        self._stale.add(body)
        for line in self._lines.pop(body):
            let_go(self._holders, line, lambda holder: holder == body)
            self._turn(line)

    def _turn(self, line: int) -> None:
        """A line of so many bodies becomes rare or common."""
        holders = held(self._holders, line)
        if len(holders) == _RARE:
            self._stale.update(holders)
