"""Reports as files: checked before the scan, written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.errors import UsageError
from ssot_lint.reporters.installed import load_format
from ssot_lint.reporters.interface import ReportFormat


@dataclass(frozen=True)
class Target:
    """A file to write a report of one format to."""

    format: ReportFormat
    path: Path


def parse_targets(output: tuple[ReportFormat, Path] | None, reports: Sequence[str]) -> list[Target]:
    """The files that ``--output`` and each ``--report FORMAT=FILE`` ask for.

    Raises UsageError for an unknown format, a file that cannot be written, and two reports in one file; PluginError
    for a format that cannot be loaded.
    """
    targets = [Target(*output)] if output else []
    targets += [_parse_report(text) for text in reports]
    for target in targets:
        check_writable(target.path)
    if len({os.path.realpath(target.path) for target in targets}) < len(targets):
        raise UsageError("two reports are to be written to one file", "Give each report a file of its own")
    return targets


def check_writable(path: Path) -> None:
    """Raise UsageError if ``path`` is a folder, lies in none that exists, or is a link out of its folder."""
    if path.is_dir():
        raise UsageError(f"{path}: is a folder", "Name a file")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: no such folder: {path.parent}", "Create it first")
    if not _is_special(path):
        _destination(path)


def from_root(root: Path, path: Path) -> str:
    """``path`` as it is seen from the project root, POSIX: the same wherever the command was started."""
    return Path(os.path.relpath(path, root)).as_posix()


def read_bytes(path: Path) -> bytes:
    """The content of a file that the user names. Raises UsageError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that a reader finds the old content or the new one, nothing between.

    A file keeps its mode, a symlink stays one; a device or FIFO is written to directly. Raises UsageError
    when that fails, and for a link that leads out of its folder.
    """
    try:
        if _is_special(path):
            path.write_bytes(data)
        else:
            _replace(_destination(path), data)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _is_special(path: Path) -> bool:
    """Whether something is there that is no file: a device, a FIFO."""
    return path.exists() and not path.is_file()


def _destination(path: Path) -> Path:
    """Where a file ends up that is written to ``path``. The scanned tree may have a link there: it is followed inside
    its own folder only."""
    target = Path(os.path.realpath(path))
    if path.is_symlink() and not target.is_relative_to(os.path.realpath(path.parent)):
        raise UsageError(f"{path}: is a link to {target}", "Name that file, if it is meant")
    return target


def _replace(target: Path, data: bytes) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    # It can only be read by setting it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _parse_report(text: str) -> Target:
    name, separator, file = text.partition("=")
    if not separator or not file:
        raise UsageError(f"--report {text}: names no file", "Write --report FORMAT=FILE")
    return Target(load_format(name, f"--report {text}"), Path(file))
