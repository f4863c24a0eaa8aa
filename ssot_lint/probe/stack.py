"""Who called: the frames of a stack that are the project's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path, PurePosixPath
from types import CodeType, FrameType
from typing import NamedTuple

from ssot_lint.model.probe import Place

MOST_STEPS = 3
"""Frames of the project that are kept of a stack: who built it, who asked for that, and why."""

MOST_FRAMES = 80
"""Frames that are looked at: what lies deeper is the machinery of the test run."""

MOST_WALKS = 10_000
"""Ways up that are kept: programs that make their code as they run would have ever more of them."""

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


class Walk(NamedTuple):
    """A way up the stack: all ``frames`` that were looked at, as codes and instructions, the ``steps`` among them, and
    whether it came to the end. It keeps the codes: their ids are then nobody else's."""

    frames: tuple[tuple[CodeType, int], ...]
    steps: tuple[Step, ...]
    is_whole: bool


class Sources:
    """Tells the files of the project at ``root`` from others, and its tests from its product.

    ``walks`` has the latest way up from each frame, by the id of its code, which the walk keeps, and its instruction.
    """

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root)
        self._paths: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self.walks: dict[tuple[int, int], Walk] = {}
        self._stacks: dict[tuple[tuple[int, int], ...], tuple[Step, ...]] = {}
        self._tests: dict[str, bool] = {}

    def path(self, filename: str) -> str:
        """The path of a file, POSIX and relative to the root; empty for one that is not the project's."""
        found = self._paths.get(filename)
        if found is None:
            found = self._paths[filename] = self._relative(filename)
        return found

    def steps(self, frames: Sequence[tuple[CodeType, int]]) -> tuple[Step, ...]:
        """Frames by their codes and instructions. The same frames give the same object."""
        key = tuple((id(code), instruction) for code, instruction in frames)
        known = self._stacks.get(key)
        if known is None:
            known = self._stacks[key] = tuple(_step(code, instruction) for code, instruction in frames)
        return known

    def _relative(self, filename: str) -> str:
        if filename.startswith("<"):
            return ""
        folder, name = os.path.split(filename)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        is_link = Path(filename).is_symlink()
        absolute = os.path.realpath(filename) if is_link else f"{self._folders[folder]}{os.sep}{name}"
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


def _step(code: CodeType, instruction: int) -> Step:
    """A frame by its latest instruction, as an offset in bytes: reading its line would count them from the first."""
    lines = (line for start, end, line in code.co_lines() if start <= instruction < end)
    return Step(code, next(lines, None) or code.co_firstlineno)


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
    start = sys._getframe(depth)
    frame: FrameType | None = start
    known = sources.walks.get((id(start.f_code), start.f_lasti))
    if known is not None:
        for code, instruction in known.frames:  # most instances are built where others were
            if frame is None or frame.f_code is not code or frame.f_lasti != instruction:
                break
            frame = frame.f_back
        else:
            if frame is None or not known.is_whole:
                return known.steps
    return _walked(sources, start, ours)


def _walked(sources: Sources, start: FrameType, ours: Collection[int]) -> tuple[Step, ...]:
    """The same, read from each frame; and kept for the next time."""
    frame: FrameType | None = start
    frames: list[tuple[CodeType, int]] = []
    steps: list[tuple[CodeType, int]] = []
    while frame is not None and len(frames) < MOST_FRAMES and len(steps) < MOST_STEPS:
        code = frame.f_code
        frames.append((code, frame.f_lasti))
        if sources.path(code.co_filename):
            if (steps or code.co_name not in _CONSTRUCTORS) and id(code) not in ours:
                steps.append(frames[-1])
        elif code.co_name in _ENDS:
            break
        frame = frame.f_back
    if len(sources.walks) >= MOST_WALKS:
        sources.walks.clear()
    code, instruction = frames[0]
    found = sources.walks[id(code), instruction] = Walk(tuple(frames), sources.steps(steps), frame is None)
    return found.steps


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
