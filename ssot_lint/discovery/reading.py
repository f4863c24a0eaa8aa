"""Reads small files of a tree that nobody vouches for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from ssot_lint.config.settings import MAX_FILE_SIZE

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_regular(path: Path, largest: int = MAX_FILE_SIZE) -> bytes:
    """The content of a regular file. Raises OSError for anything else: a symlink, a FIFO (which would block),
    a file of more than ``largest`` bytes."""
    descriptor = os.open(path, _FLAGS)
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        content = stream.read(largest + 1)
    if len(content) > largest:
        size = max(status.st_size, len(content))
        raise OSError(errno.EFBIG, f"too large: {size:,} bytes, more than {largest:,}", str(path))
    return content


def exists(path: Path) -> bool:
    """Whether anything is at ``path``, even a dangling symlink; False where it cannot be told."""
    try:
        path.lstat()
    except OSError:
        return False
    return True
