"""Places of ours as editors count them: lines from 0, columns in UTF-16 units, files as URIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from ssot_lint.discovery.reading import read_regular
from ssot_lint.model.finding import Location
from ssot_lint.text.lines import LINE_END

Text = Callable[[str], bytes | None]
"""What an editor holds of a file of the project, by path."""


KnownLines: TypeAlias = dict[str, tuple[str, Sequence[str]]]
"""The lines of files with the digest of their content, by path."""


class Places:
    """Translates places of the project at ``root``; ``held`` tells what editors hold. Reads each file once, and none
    that is ``known`` with the digest that is one of ``digests``."""

    def __init__(
        self,
        root: Path,
        held: Text,
        digests: Mapping[str, str] = MappingProxyType({}),
        known: KnownLines | None = None,
    ) -> None:
        self._root, self._held, self._digests = root, held, digests
        self._known: KnownLines = {} if known is None else known
        self._lines: dict[str, Sequence[str]] = {}

    def uri(self, path: str) -> str:
        """The URI of a file of the project."""
        return from_fs_path(str(self._root / path)) or ""

    def path(self, uri: str) -> str | None:
        """The path of a URI in the project, POSIX; None for what lies outside."""
        named = to_fs_path(uri)
        if named is None:
            return None
        file = Path(named).resolve()
        return file.relative_to(self._root).as_posix() if file.is_relative_to(self._root) else None

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file, as the editor has it or else the disk; none where it cannot be read."""
        if path not in self._lines:
            digest = self._digests.get(path, "")
            known = self._known.get(path)
            self._lines[path] = known[1] if known is not None and digest == known[0] != "" else self._read(path)
            self._known[path] = digest, self._lines[path]
        return self._lines[path]

    def _read(self, path: str) -> Sequence[str]:
        content = self._held(path)
        try:
            data = read_regular(self._root / path) if content is None else content
        except OSError:
            data = b""
        return LINE_END.split(data.decode(errors="replace").removeprefix("\ufeff"))

    def range(self, location: Location) -> types.Range:
        """From the place to the end of its first line: a whole class in waves would hide its code."""
        lines = self.lines(location.path)
        text = lines[location.line - 1] if location.line <= len(lines) else ""
        start = units(text[: location.column - 1])
        end = max(units(text.rstrip()), start)
        line = max(location.line - 1, 0)
        return types.Range(types.Position(line, start), types.Position(line, end))

    def location(self, location: Location) -> types.Location:
        """A place in a file."""
        return types.Location(self.uri(location.path), self.range(location))


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
