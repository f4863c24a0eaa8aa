"""The files of a project as they are, and as they are to become."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from ssot_lint.discovery.reading import read_regular
from ssot_lint.fix.source import RefusedError
from ssot_lint.text.sanitize import visible_path
from ssot_lint.workers.extract_files import digest_of


class Contents:
    """What files hold: those that are to change what they are to become, all others what they held when they were
    scanned. ``digests`` are those of that scan, by path."""

    def __init__(self, root: Path, digests: Mapping[str, str], largest: int) -> None:
        self.root, self._digests, self._largest = root, digests, largest
        self.old: dict[str, bytes] = {}
        self.new: dict[str, bytes | None] = {}

    def read(self, path: str) -> bytes:
        """What a file is to hold by now. Raises RefusedError for one that is gone or not as it was scanned."""
        if path in self.new:
            content = self.new[path]
            if content is None:
                raise RefusedError(f"{visible_path(path)} is deleted by another step")
            return content
        if path not in self.old:
            self.old[path] = self._scanned(path)
        return self.old[path]

    def _scanned(self, path: str) -> bytes:
        try:
            content = read_file(self.root, path, self._largest)
        except OSError as error:
            raise RefusedError(f"{visible_path(path)}: {error.strerror or type(error).__name__}") from error
        if digest_of(content) != self._digests.get(path):
            raise RefusedError(f"{visible_path(path)} has changed since it was scanned")
        return content

    def accept(self, changes: Mapping[str, bytes | None]) -> None:
        """Let files hold this from now on."""
        self.new.update(changes)

    def settle(self) -> None:
        """The changes are on the disk: they are what was there."""
        self.old.clear()
        self.new.clear()


def read_file(root: Path, path: str, largest: int) -> bytes:
    """The content of a file of the project. Raises OSError for one behind a link, and for one that cannot be read."""
    if Path(os.path.realpath(root / path)) != Path(os.path.realpath(root), path):
        raise OSError(errno.ELOOP, "it is behind a link")
    return read_regular(root / path, largest)
