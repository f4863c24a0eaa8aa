"""Who called: the frames of a stack that are the project's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
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

_ENDS = frozenset({"pytest_pyfunc_call", "pytest_runtest_call", "pytest_runtest_setup", "pytest_runtest_teardown"})
"""Hooks of pytest in which tests and fixtures run: who called those is nobody of the project."""

_TEST_FOLDERS = frozenset({"test", "tests", "testing"})


class Step(NamedTuple):
    """A frame: its code, and the line it was at."""

    code: CodeType
    line: int


class Sources:
    """Tells the files of the project at ``root`` from others, and its tests from its product. ``paths`` has those that
    were asked for."""

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root)
        self.paths: dict[str, str] = {}
        self._stacks: dict[tuple[int, ...], tuple[Step, ...]] = {}
        self._tests: dict[str, bool] = {}

    def path(self, filename: str) -> str:
        """The path of a file, POSIX and relative to the root; empty for one that is not the project's."""
        found = self.paths.get(filename)
        if found is None:
            found = self.paths[filename] = self._relative(filename)
        return found

    def steps(self, codes: Sequence[CodeType], numbers: tuple[int, ...]) -> tuple[Step, ...]:
        """Frames by their codes; ``numbers`` are the id of each code and its line. The same frames give the same
        object: thousands of instances are built at one place. It keeps the codes: their ids are then nobody else's."""
        known = self._stacks.get(numbers)
        if known is None:
            known = self._stacks[numbers] = tuple(map(Step, codes, numbers[1::2]))
        return known

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
        known = self._tests.get(filename)
        if known is None:
            known = self._tests[filename] = _is_test(PurePosixPath(self.path(filename)))
        return known

    def place(self, step: Step) -> Place:
        """Where a frame was."""
        path = self.path(step.code.co_filename)
        return Place(path, step.line, f"{module_name(path)}:{qualified_name(step.code)}")

    def is_product(self, step: Step) -> bool:
        """Whether a frame of the project is no test code."""
        return not self.is_test(step.code.co_filename)


def _is_test(path: PurePosixPath) -> bool:
    name = path.name
    by_name = name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py")
    return by_name or not _TEST_FOLDERS.isdisjoint(path.parts[:-1])


def qualified_name(code: CodeType) -> str:
    """The name of a function within its module; before Python 3.11 only its last part is known."""
    name: str = getattr(code, "co_qualname", code.co_name)
    return name


def module_name(path: str) -> str:
    """The module at a path, counted from the root: good enough for people, the path decides."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def calling(sources: Sources, depth: int, ours: Collection[int]) -> tuple[Step, ...]:
    """The innermost frames of the project above the ``depth``-th caller, the innermost first. ``ours`` are the ids of
    codes that only stand in front of the project's."""
    frame: FrameType | None = sys._getframe(depth)
    paths, left = sources.paths, MOST_FRAMES
    codes: list[CodeType] = []
    numbers: list[int] = []
    while frame is not None and left:
        code = frame.f_code
        name = code.co_filename
        if not (paths[name] if name in paths else sources.path(name)):
            if code.co_name in _ENDS:
                break
        elif id(code) not in ours and (codes or code.co_name not in _CONSTRUCTORS):
            codes.append(code)
            numbers += (id(code), frame.f_lineno)
            if len(codes) == MOST_STEPS:
                break
        frame = frame.f_back
        left -= 1
    return sources.steps(codes, tuple(numbers))


def is_running(codes: Collection[int], depth: int) -> bool:
    """Whether one of the codes with these ids runs above the ``depth``-th caller."""
    frame: FrameType | None = sys._getframe(depth)
    for _ in range(MOST_FRAMES):
        if frame is None:
            break
        if id(frame.f_code) in codes:
            return True
        frame = frame.f_back
    return False
