from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from ssot_lint.commands.files import Target, check_writable, parse_targets, write_atomically
from ssot_lint.errors import UsageError
from ssot_lint.reporters import json_report, terminal


def test_output_and_reports_are_targets(tmp_path: Path) -> None:
    targets = parse_targets((terminal.FORMAT, tmp_path / "a.txt"), [f"json={tmp_path}/b=c.json"])
    assert targets == [
        Target(terminal.FORMAT, tmp_path / "a.txt"),
        Target(json_report.FORMAT, tmp_path / "b=c.json"),
    ]


def test_one_file_cannot_take_two_reports_under_two_names(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with pytest.raises(UsageError):
        parse_targets((terminal.FORMAT, tmp_path / "file"), [f"json={tmp_path}/link"])


def test_a_file_is_replaced_with_its_mode_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_bytes(b"old")
    file.chmod(0o604)
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o604
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_atomically(tmp_path / "report", b"new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o640


def test_a_symlink_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.parametrize("leads_to", ["../outside", "/dev/null/x"])
def test_a_link_out_of_its_folder_is_refused(tmp_path: Path, leads_to: str) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    (tmp_path / "outside").write_bytes(b"precious")
    (folder / "report").symlink_to(leads_to)
    with pytest.raises(UsageError, match="is a link to"):
        check_writable(folder / "report")
    with pytest.raises(UsageError, match="is a link to"):
        write_atomically(folder / "report", b"new")
    assert (tmp_path / "outside").read_bytes() == b"precious"
    assert [path.name for path in folder.iterdir()] == ["report"]


def test_a_fifo_is_written_to_not_replaced(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(fifo.read_bytes()))
    reader.start()
    write_atomically(fifo, b"new")
    reader.join(timeout=5)
    assert received == [b"new"]
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report").write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UsageError) as caught:
        write_atomically(tmp_path / "report", b"new")
    assert str(caught.value) == f"{tmp_path}/report: cannot be written: No space left on device"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
