"""What is no file, or none of the project, or no longer there."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_lint.discovery.reading import read_regular
from ssot_lint.workers import extract_files as extraction_run
from tests.hardening.scans import CLASS, Scan, Write, unprivileged

pytestmark = pytest.mark.slow


def test_nothing_but_regular_files_of_the_project_is_read(write: Write, scan: Scan, tmp_path: Path) -> None:
    (tmp_path / "outside.py").write_text(CLASS)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "inner.py").write_text(CLASS)
    root = write({"package/a.py": CLASS, "package/b.py": CLASS, "folder.py/c.py": "", "package/__init__.py": ""})
    (root / "link.py").symlink_to("../outside.py")
    (root / "absolute.py").symlink_to(tmp_path / "outside.py")
    (root / "out").symlink_to("../secrets")
    (root / "loop").symlink_to(".")
    (root / "package" / "up").symlink_to("..")
    (root / "self.py").symlink_to("self.py")
    (root / "device.py").symlink_to("/dev/zero")
    (root / "gone.py").symlink_to("nowhere")
    os.mkfifo(root / "pipe.py")
    os.mkfifo(root / "package" / "setup.cfg")
    with socket.socket(socket.AF_UNIX) as listener, pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)  # the path of a socket has at most 108 bytes
        listener.bind("socket.py")
        ended = scan(root)
    assert (ended.code, ended.unparsable()) == (1, {})
    assert ended.violations() == {"SSOT101 Order": ["package/b.py"]}
    assert ended.figure("files") == 4


def test_a_device_is_not_read(write: Write, scan: Scan) -> None:
    root = write({"a.py": CLASS})
    try:
        os.mknod(root / "zero.py", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except OSError:
        pytest.skip("only root may make devices")
    assert scan(root).figure("files") == 1


def test_what_may_not_be_read_is_told(write: Write, scan: Scan) -> None:
    root = write({"a.py": CLASS, "b.py": CLASS, "closed.py": CLASS, "closed/c.py": CLASS})
    (root / "closed.py").chmod(0)
    (root / "closed").chmod(0)
    with unprivileged(root):
        ended = scan(root)
    assert ended.unparsable() == {"closed": "Permission denied", "closed.py": "cannot be read: Permission denied"}
    assert ended.violations() == {"SSOT101 Order": ["b.py"]}


def test_files_that_vanish_or_change_while_they_are_read(
    write: Write, scan: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write({"a.py": CLASS, "b.py": CLASS, "changes.py": "x = 1\n", "link.py": "x = 1\n", "vanishes.py": CLASS})

    def read(path: Path, largest: int) -> bytes:
        if path.name == "vanishes.py":
            path.unlink()
        elif path.name == "link.py":
            path.unlink()
            path.symlink_to("/etc/passwd")
        elif path.name == "changes.py":
            path.write_text(CLASS)
        return read_regular(path, largest)

    monkeypatch.setattr(extraction_run, "read_regular", read)
    ended = scan(root)
    assert ended.unparsable() == {
        "link.py": "cannot be read: Too many levels of symbolic links",
        "vanishes.py": "cannot be read: No such file or directory",
    }
    assert ended.violations() == {"SSOT101 Order": ["b.py", "changes.py"]}


def test_files_that_vanish_before_the_report_quotes_them(
    write: Write, command: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write({"a.py": CLASS, "b.py": CLASS})

    def read_once(path: Path, largest: int) -> bytes:
        content = read_regular(path, largest)
        path.unlink()
        return content

    monkeypatch.setattr(extraction_run, "read_regular", read_once)
    ended = command(root, "scan", "-q", "--no-cache", "-f", "sarif")
    assert ended.code == 1
    assert '"uri": "b.py"' in ended.out


def test_an_empty_tree(write: Write, scan: Scan) -> None:
    ended = scan(write({}))
    assert (ended.code, ended.figure("files"), ended.violations(), ended.unparsable()) == (0, 0, {}, {})


def numbered(count: int) -> Iterator[tuple[str, str]]:
    for number in range(count):
        yield f"app/d{number % 100}/m{number}.py", "x = 1\n" if number % 2 else f"class C{number}: ...\n"


def test_very_many_files(write: Write, scan: Scan) -> None:
    ended = scan(write(dict(numbered(5_000))))
    assert (ended.code, ended.figure("files"), ended.figure("lines")) == (0, 5_000, 5_000)
