"""Writes the files of a step so that all of them are written or none, whatever happens in between.

New contents are written beside the files first, so that a full disk harms nothing. A journal in the cache folder then
says what is to come; from there on the next run finishes what a kill has cut, or takes it back.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from glob import escape
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from ssot_lint.fix.contents import read_file
from ssot_lint.workers.extract_files import digest_of

_JOURNAL = "fix"
_LIST = "journal.json"
_CONTENTS = "contents"
_FLUSHERS = 8
"""Files that are flushed at a time: the disk is waited for."""
_SUFFIX = ".ssot-lint"
_LARGEST = 1 << 30
"""Bytes of a file that is read back: any that could be written."""


class FileChange(NamedTuple):
    """A file that is to hold ``new`` in place of ``old``; None where there is none."""

    path: str
    old: bytes | None
    new: bytes | None


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``old`` and ``new`` are digests, None where there is no file."""

    path: str
    old: str | None
    new: str | None


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``is_trial``: whoever wrote it meant to look at the result before it stays."""

    is_trial: bool
    entries: tuple[_Entry, ...]


class Journal:
    """The journal of a project in ``root``, kept in the cache folder ``cache``."""

    def __init__(self, root: Path, cache: Path) -> None:
        self._root, self._folder = root, cache / _JOURNAL

    @property
    def root(self) -> Path:
        """The folder that paths are relative to."""
        return self._root

    def write(self, changes: Sequence[FileChange], *, is_trial: bool = False) -> None:
        """Make all changes, or none. ``is_trial``: until :meth:`keep` is called, the next run would take them back.

        Raises OSError, and nothing is changed then, for a file that is not what it was, is behind a link or read-only,
        and for a full disk.
        """
        for change in changes:
            self._check(change)
        self._begin(changes, is_trial=is_trial)
        try:
            self._put_all({change.path: change.new for change in changes})
        except BaseException:
            self._put_all({change.path: change.old for change in changes if self._differs(change)})
            self.keep()
            raise
        if not is_trial:
            self.keep()

    def keep(self) -> None:
        """What was written stays."""
        with contextlib.suppress(FileNotFoundError):
            (self._folder / _LIST).unlink()
        shutil.rmtree(self._folder, ignore_errors=True)

    def recover(self) -> tuple[str, ...]:
        """Finish or take back what an earlier run has left; the paths of the files that were in it.

        A file that somebody has changed since is left alone. Raises OSError.
        """
        document = self._read()
        if document is None:
            shutil.rmtree(self._folder, ignore_errors=True)
            return ()
        contents = self._contents()
        wanted: dict[str, bytes | None] = {}
        for entry in document.entries:
            digest = entry.old if document.is_trial else entry.new
            found = self._current(entry.path)
            self._sweep(entry.path)
            if found in (entry.old, entry.new) and found != digest:
                wanted[entry.path] = None if digest is None else contents[digest]
        self._put_all(wanted)
        self.keep()
        return tuple(entry.path for entry in document.entries)

    def _check(self, change: FileChange) -> None:
        if (found := self._current(change.path)) != (None if change.old is None else digest_of(change.old)):
            raise OSError(errno.ESTALE, "it has changed since it was scanned" if found else "it is gone", change.path)
        file = self._root / change.path
        if change.old is not None and not _may(file, os.W_OK):
            raise OSError(errno.EACCES, "it is read-only", change.path)
        if not _may(_existing_folder(file), os.W_OK | os.X_OK):
            raise OSError(errno.EACCES, "its folder is read-only", change.path)

    def _current(self, path: str) -> str | None:
        """The digest of what a file holds; None without one."""
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts:
            raise OSError(errno.EINVAL, "it is outside the project", path)
        if not os.path.lexists(self._root / path):
            return None
        return digest_of(read_file(self._root, path, _LARGEST))

    def _differs(self, change: FileChange) -> bool:
        return self._current(change.path) != _digest(change.old)

    def _begin(self, changes: Sequence[FileChange], *, is_trial: bool) -> None:
        """Keep all contents, then the list of them: with that the changes are decided."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        try:
            contents = [content for each in changes for content in (each.old, each.new) if content is not None]
            _write_through(self._folder / _CONTENTS, msgspec.msgpack.encode(contents))
            entries = tuple(_Entry(each.path, _digest(each.old), _digest(each.new)) for each in changes)
            draft = self._folder / f"{_LIST}.draft"
            _write_through(draft, msgspec.json.encode(_Document(is_trial, entries)))
            draft.replace(self._folder / _LIST)
            _flush_folder(self._folder)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def _read(self) -> _Document | None:
        """What an earlier run has left; None if there is nothing, or it was cut before anything was decided."""
        try:
            return msgspec.json.decode((self._folder / _LIST).read_bytes(), type=_Document)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def _contents(self) -> dict[str, bytes]:
        """The contents that were kept, by digest. Raises OSError for a journal that cannot be read."""
        try:
            found = msgspec.msgpack.decode((self._folder / _CONTENTS).read_bytes(), type=list[bytes])
        except msgspec.MsgspecError as error:
            raise OSError(errno.EIO, "the journal is damaged", str(self._folder)) from error
        return {digest_of(content): content for content in found}

    def _sweep(self, path: str) -> None:
        """Delete what was written beside a file and never took its place."""
        file = self._root / path
        for left in file.parent.glob(f".{escape(file.name)}.*{_SUFFIX}"):
            left.unlink()

    def _put_all(self, contents: Mapping[str, bytes | None]) -> None:
        """Let files hold ``contents``, with the modes that they have: all are beside them and on the disk before the
        first one takes its place."""
        written: dict[Path, Path] = {}
        try:
            for path, content in contents.items():
                if content is not None:
                    file = self._root / path
                    written[file] = _written_beside(file, content)
            with ThreadPoolExecutor(_FLUSHERS) as flushers:
                list(flushers.map(_flush, written.values()))
            for file, temporary in written.items():
                temporary.replace(file)
            for path, content in contents.items():
                if content is None:
                    (self._root / path).unlink(missing_ok=True)
        except BaseException:
            for temporary in written.values():
                temporary.unlink(missing_ok=True)
            raise


def _digest(content: bytes | None) -> str | None:
    return None if content is None else digest_of(content)


def _may(path: Path, mode: int) -> bool:
    """Asked for the user who writes, where the system tells it from the one who started the process."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _existing_folder(file: Path) -> Path:
    return next(folder for folder in file.parents if folder.is_dir())


def _written_beside(file: Path, content: bytes) -> Path:
    """A new file beside ``file``, with its mode."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=_SUFFIX, dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        temporary.chmod(stat.S_IMODE(file.stat().st_mode) if file.exists() else 0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _flush(path: Path) -> None:
    """Have the content of a file on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
