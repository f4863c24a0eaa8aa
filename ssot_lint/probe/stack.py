"""Who called: the frames of a stack that are the project's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import PurePosixPath
from types import CodeType, FrameType
from typing import NamedTuple

from ssot_lint.model.probe import Place

MOST_STEPS = 3
"""Frames of the project that are kept of a stack: who built it, who asked for that, and why."""

MOST_FRAMES = 80
"""Frames that are looked at: what lies deeper is the machinery of the test run."""

_NOT_OURS = frozenset({"site-packages", "dist-packages", "node_modules", ".venv", "venv", ".tox", ".nox"})
_CONSTRUCTORS = frozenset({"__new__", "__call__"})
"""Of subclasses and metaclasses: they stand between who builds and what is built."""

_TEST_FOLDERS = frozenset({"test", "tests", "testing"})


class Step(NamedTuple):
    """A frame: its code, and the line it was at."""

    code: CodeType
    line: int


class Call(NamedTuple):
    """The innermost frames of the project, the innermost first, and whether one of the codes asked for was running."""

    steps: tuple[Step, ...]
    is_within: bool


class Sources:
    """Tells the files of the project at ``root`` from others, and its tests from its product."""

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root)
        self._paths: dict[str, str] = {}

    def path(self, filename: str) -> str:
        """The path of a file, POSIX and relative to the root; empty for one that is not the project's."""
        found = self._paths.get(filename)
        if found is None:
            found = self._paths[filename] = self._relative(filename)
        return found

    def _relative(self, filename: str) -> str:
        if filename.startswith("<"):
            return ""
        absolute = os.path.realpath(filename)
        if not absolute.startswith(self._root + os.sep):
            return ""
        path = absolute[len(self._root) + 1 :].replace(os.sep, "/")
        return "" if _NOT_OURS & set(path.split("/")) else path

    def is_test(self, filename: str) -> bool:
        """Whether a file of the project is test code, by its name or the folder it is in."""
        path = PurePosixPath(self.path(filename))
        name = path.name
        by_name = name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py")
        return by_name or not _TEST_FOLDERS.isdisjoint(path.parts[:-1])

    def place(self, step: Step) -> Place:
        """Where a frame was."""
        path = self.path(step.code.co_filename)
        return Place(path, step.line, f"{module_name(path)}:{qualified_name(step.code)}")

    def is_product(self, step: Step) -> bool:
        """Whether a frame of the project is no test code."""
        return not self.is_test(step.code.co_filename)


def qualified_name(code: CodeType) -> str:
    """The name of a function within its module; before Python 3.11 only its last part is known."""
    name: str = getattr(code, "co_qualname", code.co_name)
    return name


def module_name(path: str) -> str:
    """The module at a path, counted from the root: good enough for people, the path decides."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def calling(sources: Sources, depth: int, within: Collection[int], ours: Collection[int]) -> Call:
    """The stack above the ``depth``-th caller. ``within`` are the ids of codes to look out for, ``ours`` those of codes
    that only stand in front of the project's."""
    frame: FrameType | None = sys._getframe(depth)
    steps: list[Step] = []
    is_within = False
    for _ in range(MOST_FRAMES):
        if frame is None or (len(steps) == MOST_STEPS and not within):
            break
        code = frame.f_code
        is_within = is_within or id(code) in within
        is_constructor = not steps and code.co_name in _CONSTRUCTORS
        if len(steps) < MOST_STEPS and id(code) not in ours and not is_constructor and sources.path(code.co_filename):
            steps.append(Step(code, frame.f_lineno))
        frame = frame.f_back
    return Call(tuple(steps), is_within)
