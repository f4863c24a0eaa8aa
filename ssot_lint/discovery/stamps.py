"""How files and folders stand, so that it can be told without reading them that nothing changed."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable
from typing import NamedTuple

_DIGEST_BYTES = 16
_SETTLED_NANOSECONDS = 2_000_000_000
"""What changed less than this ago may change again without its time showing it (FAT counts in 2 seconds)."""


class Stamps(NamedTuple):
    """How paths stand: a ``digest`` of their sizes, times and inodes; ``is_settled``: nothing can change from now on
    without changing it."""

    digest: str
    is_settled: bool


def stamps(paths: Iterable[str]) -> Stamps:
    """How ``paths`` stand now; that one is not there is a part of it."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    newest = 0
    for path in paths:
        try:
            found = os.lstat(path)
        except OSError:
            digest.update(b"-\n")
            continue
        newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
        size = 0 if stat.S_ISDIR(found.st_mode) else found.st_size
        digest.update(b"%d %d %d %d %d\n" % (found.st_mode, size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
    return Stamps(digest.hexdigest(), newest < time.time_ns() - _SETTLED_NANOSECONDS)
