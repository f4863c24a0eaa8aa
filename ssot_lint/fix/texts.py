"""Texts that name an address: found over all files, and changed in code where the old address does nothing any more."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ssot_lint.discovery.reading import read_regular

_QUOTED = re.compile(rb"""(?P<quote>["'])(?P<text>[A-Za-z_]\w*(?:\.\w+)+(?::\w+(?:\.\w+)*)?)(?P=quote)""")
_DOTTED = re.compile(rb"[A-Za-z_]\w*(?:\.\w+)+(?::\w+(?:\.\w+)*)?")
_SUFFIXES = (".cfg", ".ini", ".json", ".md", ".rst", ".toml", ".txt", ".yaml", ".yml")
_LARGEST = 1_000_000
"""Bytes of a file, other than code, that is searched."""
_SKIPPED = frozenset({"node_modules", "__pycache__", "build", "dist", "site-packages", "venv"})


class Mention(NamedTuple):
    """A text in a line of a file that names an address."""

    path: str
    line: int
    text: str


class Texts:
    """All quoted dotted names in the code below ``root``, by what they name; ``paths`` are its files."""

    def __init__(self, root: Path, paths: Iterable[str], largest: int) -> None:
        self._root, self._paths, self._largest = root, paths, largest

    @cached_property
    def _by_text(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for path in self._paths:
            for match in _QUOTED.finditer(self._read(path)):
                found[_plain(match["text"])].add(path)
        return {text: frozenset(paths) for text, paths in found.items()}

    @cached_property
    def _by_address(self) -> Mapping[str, frozenset[str]]:
        """The files in which a text begins with an address."""
        found: dict[str, set[str]] = defaultdict(set)
        for text, paths in self._by_text.items():
            for address in _beginnings(text):
                found[address] |= paths
        return {address: frozenset(paths) for address, paths in found.items()}

    def naming(self, address: str) -> frozenset[str]:
        """The files of code in which a text names an address or something in it."""
        return self._by_address.get(address, frozenset())

    def mentions(self, addresses: Collection[str], changed: Mapping[str, bytes | None]) -> Iterator[Mention]:
        """Where anything still names one of ``addresses``: code, settings and docs, by path and line. ``changed`` are
        new contents."""
        code = sorted({path for address in addresses for path in self.naming(address)})
        for path in code:
            yield from _found(path, changed[path] if path in changed else self._read(path), _QUOTED, addresses)
        modules = sorted({address.rpartition(".")[0].encode() for address in addresses})
        for path in self._others():
            content = self._read(path)
            if any(module in content for module in modules):  # most files name none: that is told at once
                yield from _found(path, content, _DOTTED, addresses)

    def _others(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self._root):
            folders[:] = sorted(each for each in folders if each not in _SKIPPED and not each.startswith("."))
            for name in sorted(files):
                if name.endswith(_SUFFIXES):
                    yield Path(folder, name).relative_to(self._root).as_posix()

    def _read(self, path: str) -> bytes:
        try:
            return read_regular(self._root / path, self._largest if path.endswith((".py", ".pyi")) else _LARGEST)
        except OSError:
            return b""


def with_new_address(content: bytes, old: str, new: str) -> bytes:
    """``content``, a file of code, with ``new`` in all texts that name ``old`` or something in it."""

    def replaced(match: re.Match[bytes]) -> bytes:
        text = _plain(match["text"])
        if old not in _beginnings(text):
            return match[0]
        original = match["text"].decode()
        separator = ":" if ":" in original and original.index(":") < len(old) else "."
        address = new if separator == "." else ":".join(new.rsplit(".", 1))
        return b"".join((match["quote"], address.encode(), original[len(old) :].encode(), match["quote"]))

    return _QUOTED.sub(replaced, content)


def _found(
    path: str, content: bytes | None, pattern: re.Pattern[bytes], addresses: Collection[str]
) -> Iterator[Mention]:
    for match in pattern.finditer(content or b""):
        text = match["text"] if pattern is _QUOTED else match[0]
        if not set(_beginnings(_plain(text))).isdisjoint(addresses):
            yield Mention(path, (content or b"").count(b"\n", 0, match.start()) + 1, text.decode())


def _plain(text: bytes) -> str:
    return text.decode().replace(":", ".")


def _beginnings(text: str) -> list[str]:
    """``a.b``, ``a.b.c`` of ``a.b.c``."""
    parts = text.split(".")
    return [".".join(parts[:length]) for length in range(2, len(parts) + 1)]
