"""Runs that are ended by somebody else, or have nowhere to write: nothing is half written, nobody is left behind."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_lint.workers.processes import open_processes
from tests.hardening.scans import CLASS, MODULE, SCRIPT, Scan, Write, process, unprivileged

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")]

ENDLESS = "match x:\n    case " + "C(" * 50 + "1" + ")" * 50 + ": pass\n"
OUTPUTS = ("-o", "report.json", "-f", "json", "--cache-dir", "cache")


@pytest.fixture
def endless(write: Write) -> Path:
    """A project whose scan takes a while."""
    bombs = {f"bomb{number}.py": f"{ENDLESS}# {number}\n" for number in range(2)}
    return write({"a.py": CLASS, "b.py": CLASS, **bombs})


def processes_in(folder: Path) -> list[str]:
    """The processes that work there."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == folder:
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it has ended, or is not ours
            continue
    return found


def wait_for(folder: Path, count: int, seconds: float) -> list[str]:
    """The processes there, as soon as there are that many, or after all this time."""
    end = time.monotonic() + seconds
    while len(found := processes_in(folder)) != count and time.monotonic() < end:
        time.sleep(0.05)
    return found


def started(folder: Path) -> subprocess.Popen[bytes]:
    """A scan with two workers that are busy: beside them there are a server that forks and one that counts."""
    scan = subprocess.Popen(
        [*MODULE, "scan", "-q", "-j", "2", *OUTPUTS], cwd=folder, stderr=subprocess.PIPE, start_new_session=True
    )
    assert len(wait_for(folder, 5, 60)) == 5
    time.sleep(1)  # until the workers are at the files
    return scan


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("is_for_all", [True, False], ids=["group", "process"])
def test_an_interruption_leaves_nothing_behind(endless: Path, ending: signal.Signals, is_for_all: bool) -> None:
    before = sorted(path.name for path in endless.iterdir())
    scan = started(endless)
    (os.killpg if is_for_all else os.kill)(scan.pid, ending)
    _, err = scan.communicate(timeout=60)
    assert (scan.returncode, err) == (130, b"")
    assert wait_for(endless, 0, 10) == []
    assert sorted(path.name for path in endless.iterdir() if path.name != "cache") == before


PROGRAMS = [program for program in (MODULE, SCRIPT) if Path(program[0]).exists()]

WHILE_A_CLASS_IS_MADE = """
class Field:
    def __set_name__(self, owner, name):
        raise KeyboardInterrupt

class Node:
    field = Field()
"""


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: Path(program[0]).name)
@pytest.mark.parametrize("text", ["raise KeyboardInterrupt", WHILE_A_CLASS_IS_MADE], ids=["module level", "class"])
@pytest.mark.parametrize("name", ["typer", "pathspec"])
def test_an_interruption_while_modules_are_imported_is_silent(
    tmp_path: Path, program: tuple[str, ...], text: str, name: str
) -> None:
    """One that the command line needs, and one that a command needs."""
    (tmp_path / f"{name}.py").write_text(text)
    ended = process(tmp_path, "scan", program=program, PYTHONPATH=str(tmp_path))
    assert ended == (130, "", "")


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: Path(program[0]).name)
@pytest.mark.parametrize("seconds", [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4])
def test_an_early_interruption_shows_nothing_of_ours(endless: Path, program: tuple[str, ...], seconds: float) -> None:
    scan = subprocess.Popen([*program, "scan", "-q", "--no-cache"], cwd=endless, stderr=subprocess.PIPE)
    time.sleep(seconds)
    scan.send_signal(signal.SIGINT)
    _, err = scan.communicate(timeout=60)
    assert b"ssot_lint/" not in err
    # Before it runs our code, Python ends with 1 or by the signal; by the signal, too, if it struck in an exec(), of
    # which the making of dataclasses has many.
    assert scan.returncode in (130, -signal.SIGINT, 1)


def test_a_task_ends_though_nobody_is_left_to_end_it(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from ssot_lint.workers.processes import run_limited; "
        "from ssot_lint.workers.extract_files import extract_all; "
        "run_limited(extract_all, [Path('a.py').read_bytes()], 0.5)"
    )
    (tmp_path / "a.py").write_text(ENDLESS)
    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False, timeout=60)
    assert ended.returncode == -signal.SIGPROF


def test_a_task_that_ends_in_time_is_not_ended_later() -> None:
    with open_processes(1) as executor:
        assert executor.submit(abs, -1, 0.5).result() == 1
        assert executor.submit(time.sleep, 1.5, 30).result() is None


def test_after_a_kill_at_any_moment_the_next_run_is_right(write: Write) -> None:
    root = write({f"app/m{number}.py": f"{CLASS}x = {number}\n" for number in range(300)})
    expected = process(root, "scan", "-q", "--no-cache", "-f", "json")
    chance = random.Random(7)  # noqa: S311 - moments, no secrets
    for _ in range(3):
        scan = subprocess.Popen([*MODULE, "scan", "-q", *OUTPUTS], cwd=root, start_new_session=True)
        time.sleep(chance.uniform(0.2, 3))
        os.killpg(scan.pid, signal.SIGKILL)
        scan.wait()
        if (root / "report.json").exists():
            assert (root / "report.json").read_text() == expected.out
    assert process(root, "scan", "-q", *OUTPUTS).code == 1
    assert (root / "report.json").read_text() == expected.out


def test_two_scans_at_once_with_one_cache_are_both_right(write: Write) -> None:
    root = write({f"app/m{number}.py": f"{CLASS}x = {number}\n" for number in range(100)})
    expected = process(root, "scan", "-q", "--no-cache", "-f", "json").out
    command = [*MODULE, "scan", "-f", "json", "-q", "--cache-dir", "cache"]
    for _ in range(2):
        scans = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
        ended = [scan.communicate() for scan in scans]
        assert [(out.decode(), err) for out, err in ended] == [(expected, b"")] * 3


@pytest.fixture(scope="module")
def full_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk with room for very little."""
    folder = tmp_path_factory.mktemp("disk")
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=False)


def test_a_full_disk_costs_the_cache_and_no_old_report(write: Write, command: Scan, full_disk: Path) -> None:
    root = write({f"app/m{number}.py": f"{CLASS}x = {number}\n" for number in range(100)})
    report, cache = full_disk / "report.json", full_disk / "cache"
    report.write_text("old")
    ended = command(root, "scan", "-q", "-f", "json", "-o", str(report))
    assert (ended.code, ended.err) == (2, f"error: {report}: cannot be written: No space left on device\n")
    assert [path.name for path in full_disk.iterdir()] == ["report.json"]
    assert report.read_text() == "old"
    first = command(root, "scan", "-q", "-f", "concise", "--cache-dir", str(cache))
    assert first == command(root, "scan", "-q", "-f", "concise", "--no-cache")


def test_a_marker_that_a_full_disk_has_cut_off_is_written_again(write: Write, command: Scan) -> None:
    root = write({"a.py": CLASS, ".ssot_lint_cache/.gitignore": "", ".ssot_lint_cache/CACHEDIR.TAG": "kept"})
    command(root, "scan", "-q")
    assert (root / ".ssot_lint_cache" / ".gitignore").read_text() == "*\n"
    assert (root / ".ssot_lint_cache" / "CACHEDIR.TAG").read_text() == "kept"


def test_a_read_only_folder_costs_the_cache_and_is_told_for_a_report(write: Write, command: Scan) -> None:
    root = write({"app/a.py": CLASS, "app/b.py": CLASS, "report.txt": "old"})
    root.chmod(0o555)
    with unprivileged(root):
        silent = command(root, "scan", "-q", "-f", "concise")
        refused = [
            command(root, *words) for words in (["scan", "-q", "-o", "report.txt"], ["baseline", "update", "-q"])
        ]
    root.chmod(0o755)
    assert (silent.code, silent.err, silent.out.count("\n")) == (1, "", 1)
    assert [(each.code, each.out, each.err.count("\n")) for each in refused] == [(2, "", 1)] * 2
    assert all("cannot be written: Permission denied" in each.err for each in refused)
    assert sorted(path.name for path in root.iterdir()) == ["app", "pyproject.toml", "report.txt"]
    assert (root / "report.txt").read_text() == "old"


@pytest.mark.parametrize("arguments", [["scan", "-q"], ["scan", "-q", "-f", "json"], ["rules"], ["--version"]])
def test_a_full_disk_behind_stdout_is_one_line(write: Write, arguments: list[str]) -> None:
    root = write({"a.py": CLASS})
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([*MODULE, *arguments], cwd=root, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"error: ")
    assert ended.stderr.endswith(b"No space left on device\n")
    assert ended.stderr.count(b"\n") == 1


def test_a_process_without_stdout_and_stderr_writes_its_report(write: Write) -> None:
    root = write({"a.py": CLASS, "b.py": CLASS})
    words = f"{sys.executable} -m ssot_lint scan -f concise"
    ended = subprocess.run(["sh", "-c", f"{words} -o report.txt <&- >&- 2>&-"], cwd=root, check=False)
    assert ended.returncode == 1
    assert (root / "report.txt").read_text().startswith("b.py:1:1: medium SSOT101-")
    assert subprocess.run(["sh", "-c", f"{words} >&-"], cwd=root, check=False, stderr=subprocess.PIPE).returncode == 1
