"""Repositories of plug-ins: many folders that do the same for different things, beside a core they share."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath


class PluginLayout:
    """Where the plug-ins are. ``pattern`` is a path relative to the project root whose segments are globs of
    :mod:`fnmatch` (``shop/plugins/*``); each folder or module that it matches is one plug-in. An empty one: no
    plug-ins."""

    def __init__(self, pattern: str = "") -> None:
        self._segments = PurePosixPath(pattern).parts

    def plugin_of(self, path: str) -> str:
        """The plug-in that a file belongs to, as its path without suffix; empty for the core."""
        depth = len(self._segments)
        if not depth:
            return ""
        parts = path.split("/")
        if len(parts) < depth:
            return ""
        if len(parts) == depth:
            parts[-1] = parts[-1].partition(".")[0]
            if parts[-1] == "__init__":
                return ""
        is_match = all(fnmatchcase(part, glob) for part, glob in zip(parts, self._segments, strict=False))
        return "/".join(parts[:depth]) if is_match else ""
