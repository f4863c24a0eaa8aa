"""Which code made what is in the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

_DIGEST_BYTES = 16


def code_digest(paths: Iterable[Path]) -> str:
    """A digest of the Python code at and below ``paths``: its content counts, not when it was installed."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for path in sorted(set(paths)):
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            content = file.read_bytes()
            digest.update(f"{file.relative_to(path)} {len(content)} ".encode("utf-8", "surrogateescape"))
            digest.update(content)
    return digest.hexdigest()
