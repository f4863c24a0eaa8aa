"""All files of a step are written or none: what a kill, a full disk or another program leaves behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest

from ssot_lint.fix.journal import FileChange, Journal
from tests.hardening.scans import unprivileged

OLD = {"a.py": b"A = 1\n", "b.py": b"B = 1\n", "c.py": b"C = 1\n"}
NEW = {"a.py": b"A = 2\n", "b.py": None, "d/d.py": b"D = 2\n"}
CHANGES = [
    FileChange("a.py", OLD["a.py"], NEW["a.py"]),
    FileChange("b.py", OLD["b.py"], None),
    FileChange("d/d.py", None, NEW["d/d.py"]),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, content in OLD.items():
        (tmp_path / path).write_bytes(content)
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file() and "cache" not in file.parts
    }


def done(root: Path) -> bool:
    return contents(root) == {"a.py": b"A = 2\n", "c.py": b"C = 1\n", "d/d.py": b"D = 2\n"}


def test_all_changes_are_made(root: Path) -> None:
    (root / "a.py").chmod(0o755)
    Journal(root, root / "cache").write(CHANGES)
    assert done(root)
    assert (root / "a.py").stat().st_mode & 0o777 == 0o755
    assert not (root / "cache" / "fix").exists()


def test_a_trial_is_taken_back_by_the_next_run(root: Path) -> None:
    Journal(root, root / "cache").write(CHANGES, is_trial=True)
    assert done(root)
    assert Journal(root, root / "cache").recover() == ("a.py", "b.py", "d/d.py")
    assert contents(root) == OLD


def test_a_trial_that_is_kept_stays(root: Path) -> None:
    journal = Journal(root, root / "cache")
    journal.write(CHANGES, is_trial=True)
    journal.keep()
    assert journal.recover() == ()
    assert done(root)


@pytest.mark.parametrize("calls", range(1, 5))
def test_what_was_put_is_taken_back_when_one_file_cannot_be(
    root: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    done: list[str] = []

    def failing(function: Callable[..., object]) -> Callable[..., object]:
        def call(path: Path, *arguments: object, **options: object) -> object:
            if path.parent.name != "fix" and len(done) == calls:
                done.append("")
                raise OSError(28, "No space left on device", str(path))
            done.append(str(path))
            return function(path, *arguments, **options)

        return call

    for name in ("replace", "unlink", "chmod"):
        monkeypatch.setattr(Path, name, failing(getattr(Path, name)))
    with pytest.raises(OSError, match="No space left"):
        Journal(root, root / "cache").write(CHANGES)
    assert contents(root) == OLD
    assert not (root / "cache" / "fix").exists()


def test_a_file_that_somebody_changed_is_refused(root: Path) -> None:
    (root / "b.py").write_bytes(b"B = 3\n")
    with pytest.raises(OSError, match="changed since"):
        Journal(root, root / "cache").write(CHANGES)
    assert contents(root) == {**OLD, "b.py": b"B = 3\n"}


def test_a_file_that_is_read_only_is_refused(root: Path) -> None:
    (root / "a.py").chmod(0o444)
    with unprivileged(root), pytest.raises(OSError, match="read-only"):
        Journal(root, root / "cache").write(CHANGES)
    assert contents(root) == OLD


def test_a_link_that_leads_out_is_refused(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.py"
    outside.write_bytes(OLD["a.py"])
    (root / "a.py").unlink()
    (root / "a.py").symlink_to(outside)
    with pytest.raises(OSError, match="behind a link"):
        Journal(root, root / "cache").write(CHANGES)
    assert outside.read_bytes() == OLD["a.py"]


SOME = (4, 9, 12, 17)
"""Kills of daily work; all others are for CI."""

KILLED = """
    import os, sys
    from pathlib import Path
    from ssot_lint.fix import journal
    from tests.fix.test_journal import CHANGES

    root, calls = Path(sys.argv[1]), int(sys.argv[2])
    is_trial = sys.argv[3] == "trial"
    count = 0

    def killed(function):
        def call(*arguments, **options):
            global count
            count += 1
            if count > calls:
                os.kill(os.getpid(), 9)
            return function(*arguments, **options)
        return call

    for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink"), (Path, "chmod"), (Path, "mkdir")):
        setattr(owner, name, killed(getattr(owner, name)))
    journal.Journal(root, root / "cache").write(CHANGES, is_trial=is_trial)
    print("end")
"""


@pytest.mark.parametrize("kind", ["final", "trial"])
@pytest.mark.parametrize(
    "calls", [pytest.param(calls, marks=() if calls in SOME else pytest.mark.slow) for calls in range(26)]
)
def test_after_a_hard_kill_the_next_run_leaves_all_or_nothing(root: Path, calls: int, kind: str) -> None:
    """The process is killed at each call that touches the disk, one after the other."""
    arguments = [sys.executable, "-c", dedent(KILLED), str(root), str(calls), kind]
    folder = Path(__file__).parents[2]
    ended = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, -9), ended.stderr
    Journal(root, root / "cache").recover()
    assert contents(root) == OLD or (kind == "final" and done(root))
    assert not (root / "cache" / "fix").exists()


def test_a_journal_that_names_a_file_outside_is_refused(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = root / "cache" / "fix"
    folder.mkdir(parents=True)
    (folder / "contents").write_bytes(msgspec.msgpack.encode([b"evil"]))
    (folder / "journal.json").write_text('{"is_trial": false, "entries": [{"path": "../x", "old": null, "new": "00"}]}')
    with pytest.raises(OSError, match=r"outside the project|damaged"):
        Journal(root, root / "cache").recover()
    assert not (root.parent / "x").exists()
