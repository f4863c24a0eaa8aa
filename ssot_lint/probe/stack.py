"""Who called: the frames of a stack that are the project's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from stat import S_ISLNK
from types import CodeType, FrameType
from typing import Final, NamedTuple

import msgspec

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


NO_STEPS: Final[tuple[Step, ...]] = ()


class Walk(msgspec.Struct, frozen=True):
    """A way up the stack: the ``steps`` on it, and whether its first frames are ``enough`` to know it by. If not, what
    else was looked at, as codes and instructions, and whether that came to the end. ``codes`` are those of the first
    frames, which are kept: their ids are then nobody else's."""

    steps: tuple[Step, ...]
    is_enough: bool
    others: tuple[tuple[CodeType, int], ...]
    is_whole: bool
    codes: tuple[CodeType, ...]

    def goes_on(self, frame: FrameType | None) -> bool:
        """Whether the way leads on from ``frame``, the next one, as it did."""
        for code, instruction in self.others:
            if frame is None or frame.f_code is not code or frame.f_lasti != instruction:
                return False
            frame = frame.f_back
        return frame is None or not self.is_whole


class Sources:
    """Tells the files of the project at ``root`` from others, and its tests from its product.

    ``walks`` has the latest way up from each three frames, by the ids of their codes, which the walk keeps, and their
    instructions; ``innermost`` the step at a frame that is one of the project's.
    """

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root)
        self._paths: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self.walks: dict[tuple[int, ...], Walk] = {}
        self.innermost: dict[tuple[int, int], tuple[Step, ...]] = {}
        self._tests: dict[str, bool] = {}

    def path(self, filename: str) -> str:
        """The path of a file, POSIX and relative to the root; empty for one that is not the project's."""
        found = self._paths.get(filename)
        if found is None:
            found = self._paths[filename] = self._relative(filename)
        return found

    def _relative(self, filename: str) -> str:
        if filename.startswith("<"):
            return ""
        folder, name = os.path.split(filename)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        absolute = os.path.realpath(filename) if _is_link(filename) else f"{self._folders[folder]}{os.sep}{name}"
        if not absolute.startswith(self._root + os.sep):
            return ""
        path = absolute[len(self._root) + 1 :].replace(os.sep, "/")
        return "" if _NOT_OURS & set(path.split("/")) else path

    def is_test(self, filename: str) -> bool:
        """Whether a file of the project is test code, by its name or the folder it is in."""
        known = self._tests.get(filename)
        if known is None:
            known = self._tests[filename] = _is_test(self.path(filename))
        return known

    def place(self, step: Step) -> Place:
        """Where a frame was."""
        path = self.path(step.code.co_filename)
        return Place(path, step.line, f"{module_name(path)}:{qualified_name(step.code)}")

    def is_product(self, step: Step) -> bool:
        """Whether a frame of the project is no test code."""
        return not self.is_test(step.code.co_filename)


def _step(frame: FrameType) -> Step:
    """A frame, at the line of its latest instruction; one that belongs to no line is at its first."""
    line: int | None = frame.f_lineno
    return Step(frame.f_code, line or frame.f_code.co_firstlineno)


def _is_link(filename: str) -> bool:
    """What ``Path.is_symlink`` says, without a path: it is asked of all that a program imports."""
    try:
        return S_ISLNK(os.lstat(filename).st_mode)
    except (OSError, ValueError):
        return False


def _is_test(path: str) -> bool:
    *folders, name = path.split("/")
    by_name = name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py")
    return by_name or not _TEST_FOLDERS.isdisjoint(folders)


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
    first = sys._getframe(depth)
    second = first.f_back
    third = second.f_back if second is not None else None
    if second is None or third is None:
        return _walked(sources, first, (), ours).steps
    codes = first.f_code, second.f_code, third.f_code
    key = id(codes[0]), first.f_lasti, id(codes[1]), second.f_lasti, id(codes[2]), third.f_lasti
    known = sources.walks.get(key)
    if known is None or not (known.is_enough or known.goes_on(third.f_back)):
        if len(sources.walks) >= MOST_WALKS:
            sources.walks.clear()
        known = sources.walks[key] = _walked(sources, first, codes, ours)
    return known.steps


def nearest(sources: Sources, depth: int, ours: Collection[int]) -> tuple[Step, ...]:
    """The first of these frames, where it is the ``depth``-th caller itself: in a third of the time."""
    frame = sys._getframe(depth)
    code = frame.f_code
    key = id(code), frame.f_lasti
    known = sources.innermost.get(key)
    if known is not None:
        return known
    if not sources.path(code.co_filename) or code.co_name in _CONSTRUCTORS or id(code) in ours:
        return calling(sources, depth + 1, ours)
    known = sources.innermost[key] = (_step(frame),)  # which keeps the code
    return known


def _walked(sources: Sources, start: FrameType, codes: tuple[CodeType, ...], ours: Collection[int]) -> Walk:
    """The same, read from each frame; ``codes`` are those of the frames by which it is found again."""
    frame: FrameType | None = start
    frames: list[tuple[CodeType, int]] = []
    steps: list[Step] = []
    while frame is not None and len(frames) < MOST_FRAMES and len(steps) < MOST_STEPS:
        code = frame.f_code
        frames.append((code, frame.f_lasti))
        if sources.path(code.co_filename):
            if (steps or code.co_name not in _CONSTRUCTORS) and id(code) not in ours:
                steps.append(_step(frame))
        elif code.co_name in _ENDS:
            break
        frame = frame.f_back
    others = tuple(frames[len(codes) :])
    return Walk(tuple(steps), not others and frame is not None, others, frame is None, codes)


def running(depth: int) -> Step:
    """What the ``depth``-th caller is at."""
    return _step(sys._getframe(depth + 1))


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
