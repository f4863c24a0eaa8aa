"""Which bodies of classes have a few rare lines in common, kept up to date where single modules change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from itertools import combinations
from typing import TypeAlias

from ssot_lint.project.symbols import ClassSymbol, Module

_RARE = 60
"""A line that more bodies than that have says nothing of any two of them."""
_RARE_LINES = 3

RenamedBody: TypeAlias = tuple[ClassSymbol, str, tuple[int, ...]]
"""A class, the digest of its body without names, and its lines; none where it is too short for near copies."""


_Pair: TypeAlias = tuple[str, str]


class RenamedBodies:
    """The bodies of classes by digest, ``several`` those of more than one class. For :meth:`Project.folded`."""

    def __init__(self) -> None:
        self.several: set[str] = set()
        self._near: dict[_Pair, tuple[ClassSymbol, ClassSymbol] | None] = {}
        self._partners: dict[str, set[_Pair]] = defaultdict(set)
        self._classes: dict[str, dict[Module, list[ClassSymbol]]] = defaultdict(dict)
        self._with_lines: Counter[str] = Counter()
        self._holders: dict[int, set[str]] = defaultdict(set)
        self._shared: defaultdict[_Pair, int] = defaultdict(int)

    def near_classes(self) -> Set[tuple[ClassSymbol, ClassSymbol]]:
        """The first classes by place of each two bodies with a few rare lines in common, in the order of their files.
        For :meth:`Project.in_groups`."""
        for pair, known in self._near.items():
            if known is None:
                one, other = (self.classes_of(body)[0] for body in pair)
                self._near[pair] = (one, other) if one.module.path < other.module.path else (other, one)
        return {classes for classes in self._near.values() if classes is not None}

    def classes_of(self, body: str) -> Sequence[ClassSymbol]:
        """The classes with that body, by place."""
        found = (cls for classes in self._classes[body].values() for cls in classes)
        return sorted(found, key=lambda cls: cls.sort_key)

    def add(self, module: Module, part: Iterable[RenamedBody]) -> None:
        """Take in the classes of a module."""
        for cls, body, lines in part:
            self._classes[body].setdefault(module, []).append(cls)
            self._note(body)
            self._with_lines[body] += bool(lines)
            if lines and self._with_lines[body] == 1:
                for line in lines:
                    self._enter(line, body)

    def remove(self, module: Module, part: Iterable[RenamedBody]) -> None:
        """Take out the classes of a module."""
        for _, body, lines in part:
            self._classes[body].pop(module, None)
            self._note(body)
            self._with_lines[body] -= bool(lines)
            if lines and not self._with_lines[body]:
                for line in lines:
                    self._leave(line, body)

    def _note(self, body: str) -> None:
        for pair in self._partners[body]:
            self._near[pair] = None
        if sum(map(len, self._classes[body].values())) > 1:
            self.several.add(body)
        else:
            self.several.discard(body)

    def _enter(self, line: int, body: str) -> None:
        holders = self._holders[line]
        if len(holders) < _RARE:
            self._count(((body, other) for other in holders), 1)
        elif len(holders) == _RARE:
            self._count(combinations(holders, 2), -1)
        holders.add(body)

    def _leave(self, line: int, body: str) -> None:
        holders = self._holders[line]
        holders.discard(body)
        if len(holders) < _RARE:
            self._count(((body, other) for other in holders), -1)
        elif len(holders) == _RARE:
            self._count(combinations(holders, 2), 1)

    def _count(self, pairs: Iterable[_Pair], change: int) -> None:
        shared = self._shared
        for one, other in pairs:
            pair = (one, other) if one < other else (other, one)
            before = shared[pair]
            shared[pair] = before + change
            if (before >= _RARE_LINES) is not (before + change >= _RARE_LINES):
                self._turn(pair)

    def _turn(self, pair: _Pair) -> None:
        """Make two bodies near each other, or no more."""
        is_near = pair not in self._near
        if is_near:
            self._near[pair] = None
        else:
            del self._near[pair]
        for body in pair:
            self._partners[body].add(pair) if is_near else self._partners[body].discard(pair)
