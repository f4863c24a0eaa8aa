from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ssot_lint.workers import halves
from ssot_lint.workers.halves import in_halves

linux = pytest.mark.skipif(sys.platform != "linux", reason="no copies are made elsewhere")

PRELUDE = """
import os, sys, threading, time
from functools import partial
from pathlib import Path
from ssot_lint.workers.halves import in_halves

FIRST, BEGUN = os.getpid(), Path(sys.argv[1])

def is_copy():
    return os.getpid() != FIRST

def who(place):
    # The one who begins waits for the other one, so that both do something however busy the machine is.
    if is_copy():
        BEGUN.write_text(str(os.getpid()))
    while not is_copy() and not BEGUN.exists():
        time.sleep(0.01)
    return place, "copy" if is_copy() else "here"
"""


def run(tmp_path: Path, code: str) -> tuple[int, list[str], str]:
    """The exit code, the lines of stdout and the stderr of a process of one thread, which that of the tests is not."""
    command = [sys.executable, "-c", PRELUDE + textwrap.dedent(code), str(tmp_path / "begun")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr


@linux
def test_the_first_is_done_here_and_the_last_by_a_copy(tmp_path: Path) -> None:
    code = """
        HERE = BEGUN.with_name("here")

        def meet(place):  # neither is done with all before the other has begun
            (BEGUN if is_copy() else HERE).touch()
            while not (BEGUN.exists() and HERE.exists()):
                time.sleep(0.01)
            return who(place)

        print(*in_halves([partial(meet, place) for place in range(9)]), sep='\\n')
    """
    exit_code, lines, errors = run(tmp_path, code)
    assert (exit_code, errors) == (0, "")
    assert (lines[0], lines[-1]) == ("(0, 'here')", "(8, 'copy')")
    assert [line.split(",")[0] for line in lines] == [f"({place}" for place in range(9)]


@linux
def test_beside_other_threads_no_copy_is_made(tmp_path: Path) -> None:
    code = """
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        BEGUN.touch()
        print(in_halves([partial(who, place) for place in range(2)]))
    """
    assert run(tmp_path, code) == (0, ["[(0, 'here'), (1, 'here')]"], "")


@linux
@pytest.mark.parametrize(
    "harm",
    [
        "os.kill(os.getpid(), 9)",
        "os.kill(os.getpid(), 2)",
        "raise ValueError('in the copy only')",
        "raise KeyboardInterrupt",
        "return lambda: 'no pickle'",
        "sys.exit('in the copy only')",
    ],
)
def test_what_the_copy_has_not_done_is_done_here(tmp_path: Path, harm: str) -> None:
    code = f"""
        def harmed(place):
            who(place)
            if is_copy() and place == 2:
                {harm}
            return place, is_copy()

        print(in_halves([partial(harmed, place) for place in range(3)])[2])
    """
    assert run(tmp_path, code) == (0, ["(2, False)"], "")


@linux
def test_what_raises_in_both_raises_here(tmp_path: Path) -> None:
    code = """
        def raising(place):
            who(place)
            if place == 2:
                raise ValueError("here" if not is_copy() else "in the copy")

        in_halves([partial(raising, place) for place in range(3)])
    """
    exit_code, _, errors = run(tmp_path, code)
    assert exit_code == 1
    assert errors.endswith("ValueError: here\n")


@linux
def test_the_copy_ends_with_whoever_made_it(tmp_path: Path) -> None:
    code = """
        def interrupted(place):
            who(place)
            if is_copy():
                time.sleep(60)
            raise KeyboardInterrupt

        try:
            in_halves([partial(interrupted, place) for place in range(2)])
        except KeyboardInterrupt:
            print("interrupted")
        try:
            os.kill(int(BEGUN.read_text()), 0)
        except ProcessLookupError:
            print("gone")
    """
    assert run(tmp_path, code) == (0, ["interrupted", "gone"], "")


@linux
def test_the_copy_does_not_outlive_whoever_was_killed(tmp_path: Path) -> None:
    code = """
        def killed(place):
            who(place)
            if not is_copy():
                os.kill(os.getpid(), 9)
            with BEGUN.open("a") as file:
                file.write(".")
            time.sleep(0.05)

        in_halves([partial(killed, place) for place in range(1000)])
    """
    exit_code, _, _ = run(tmp_path, code)
    assert exit_code == -9
    begun = tmp_path / "begun"
    size = -1
    while size < (size := begun.stat().st_size):
        time.sleep(1)
    assert size < 1000


@linux
def test_what_is_printed_is_printed_once(tmp_path: Path) -> None:
    code = """
        print("before")
        in_halves([partial(print, *who_) for who_ in (("one",), ("two",))])
    """
    exit_code, lines, errors = run(tmp_path, code)
    assert (exit_code, errors) == (0, "")
    printed = "".join(lines)  # two processes may write into one line
    assert [printed.count(text) for text in ("before", "one", "two")] == [1, 1, 1]


def test_where_there_is_no_room_for_a_copy_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse, raising=False)
    monkeypatch.setattr(halves, "_can_be_copied", lambda: True)
    tasks: list[Callable[[], int]] = [partial(abs, place) for place in range(-3, 0)]
    assert in_halves(tasks) == [3, 2, 1]
    assert in_halves(tasks[:1]) == [3]


@linux
def test_a_copy_takes_as_much_memory_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = {"_PAGES": "9000 300 1 1 0 1 0", "_AVAILABLE": "MemTotal: 99999 kB\nMemAvailable:  {free} kB\n"}
    page = os.sysconf("SC_PAGE_SIZE")

    def has_room(free: int, limit: str = "max", taken: int = 0) -> bool:
        texts = {**files, "_LIMIT": limit, "_TAKEN": str(taken)}
        for name, text in texts.items():
            (tmp_path / name).write_text(text.format(free=free), encoding="ascii")
            monkeypatch.setattr(halves, name, tmp_path / name)
        return halves._has_room()

    own = 300 * page
    assert has_room(own // 1024)
    assert not has_room(own // 1024 - 1)
    assert has_room(own // 1024, str(2 * own), own)
    assert not has_room(own // 1024, str(2 * own), own + 1)
