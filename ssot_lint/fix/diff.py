"""What a run would change, as a patch that `git apply` and `patch` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

_NO_NEWLINE = "\\ No newline at end of file\n"


def patch_of(old: Mapping[str, bytes | None], new: Mapping[str, bytes | None]) -> bytes:
    """A unified diff of the files, by path, in their own encodings; nothing for what is as it was."""
    return b"".join(part for path in sorted(new) for part in _file(path, old.get(path), new[path]))


def _file(path: str, old: bytes | None, new: bytes | None) -> Iterator[bytes]:
    before, after = (_lines(content) for content in (old, new))
    source = b"/dev/null" if old is None else f"a/{path}".encode(errors="surrogateescape")
    target = b"/dev/null" if new is None else f"b/{path}".encode(errors="surrogateescape")
    for line in difflib.diff_bytes(difflib.unified_diff, before, after, source, target):
        yield line if line.endswith(b"\n") else line + b"\n" + _NO_NEWLINE.encode()


def _lines(content: bytes | None) -> list[bytes]:
    """Lines end with a line feed only, as in git."""
    parts = (content or b"").split(b"\n")
    ended = [part + b"\n" for part in parts[:-1]]
    return [*ended, parts[-1]] if parts[-1] else ended
