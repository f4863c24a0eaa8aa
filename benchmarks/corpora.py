"""Corpora of real code, from pinned wheels, each in a folder of its own that looks like a project.

The sizes are prefixes of one list of packages: three libraries, the core of Home Assistant, then its integrations in
alphabetical order. Each is a whole program but for the integrations that are cut off.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from benchmarks.wheels import cache_folder, wheel_sources

BIG = "homeassistant==2024.3.3"
WHEELS = ("import-linter==2.16", "requests==2.32.5", "langchain==1.5.0", BIG)
PLUGINS = "homeassistant/components/"
SIZES = {"10k": 10_000, "30k": 30_000, "100k": 100_000, "300k": 300_000, "1m": 1_000_000}
REPEATED = "4m"
COPIES = 4
PEERS_ON = "django"
_WHOLE = {PEERS_ON: "django==5.2"}

_PROJECT_FILE = "pyproject.toml"
_PROJECT = '[project]\nname = "corpus"\nversion = "1"\n'


@dataclass(frozen=True)
class Unit:
    """Files that come together: a package, or an integration of Home Assistant. Contents by path."""

    files: Mapping[str, bytes]

    @cached_property
    def lines(self) -> int:
        """Line ends in all files."""
        return sum(content.count(b"\n") for content in self.files.values())


@dataclass(frozen=True)
class Corpus:
    """A folder with Python files; ``paths`` are relative to it, sorted."""

    name: str
    root: Path
    paths: tuple[str, ...]
    lines: int

    @property
    def packages(self) -> list[str]:
        """The top-level packages."""
        return sorted({path.partition("/")[0] for path in self.paths})

    @property
    def middle(self) -> Path:
        """The file of middling size; by path among equals."""
        order = sorted(self.paths, key=lambda path: ((self.root / path).stat().st_size, path))
        return self.root / order[len(order) // 2]


def open_corpus(name: str) -> Corpus:
    """The corpus of that name, made in the cache folder unless it is there as it should be."""
    units = [Unit(wheel_sources(_WHOLE[name]))] if name in _WHOLE else units_of(name)
    return build(name, {path: content for unit in units for path, content in unit.files.items()})


def units_of(name: str) -> list[Unit]:
    """What a corpus of that size is made of."""
    if name == REPEATED:
        return [renamed(wheel_sources(BIG), "homeassistant", f"homeassistant_{copy + 1}") for copy in range(COPIES)]
    # One wheel after the other: the small corpora need no large download.
    return nearest_prefix((unit for wheel in WHEELS for unit in split(wheel_sources(wheel))), SIZES[name])


def split(sources: Mapping[str, bytes]) -> Iterator[Unit]:
    """The units of a wheel: what is no integration first, then the integrations by name."""
    units: dict[str, dict[str, bytes]] = {"": {}}
    for path, content in sources.items():
        plugin, _, _ = path.removeprefix(PLUGINS).partition("/") if path.startswith(PLUGINS) else ("", "", "")
        units.setdefault("" if plugin == "__init__.py" else plugin, {})[path] = content
    return (Unit(units[plugin]) for plugin in sorted(units))


def nearest_prefix(units: Iterable[Unit], lines: int) -> list[Unit]:
    """As many units from the start as come nearest to ``lines`` in all. Takes no more of ``units`` than needed."""
    chosen: list[Unit] = []
    total = 0
    for unit in units:
        before, total = total, total + unit.lines
        if total >= lines:
            return [*chosen, unit] if total - lines <= lines - before else chosen
        chosen.append(unit)
    return chosen


def renamed(sources: Mapping[str, bytes], package: str, name: str) -> Unit:
    """A package under another name, in its imports too. Each file ends with a comment, so that no two copies of a file
    are equal: a scan reads equal contents once."""
    word = re.compile(rb"\b" + re.escape(package.encode()) + rb"\b")
    comment = f"# {name}\n".encode()
    return Unit(
        {
            PurePosixPath(name, *PurePosixPath(path).parts[1:]).as_posix(): word.sub(name.encode(), content) + comment
            for path, content in sources.items()
        }
    )


def build(name: str, files: Mapping[str, bytes]) -> Corpus:
    """Write ``files`` to a folder that is named for their contents, unless an intact one exists."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(b"%s\0%d\0%s" % (path.encode(), len(files[path]), files[path]))
    root = cache_folder() / "corpora" / f"{name}-{digest.hexdigest()[:12]}"
    if not _is_intact(root, files):
        shutil.rmtree(root, ignore_errors=True)
        for path, content in {_PROJECT_FILE: _PROJECT.encode(), **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
    return Corpus(name, root, tuple(sorted(files)), Unit(files).lines)


def _is_intact(root: Path, files: Mapping[str, bytes]) -> bool:
    """Also brings all files into the page cache, so that no measurement waits for the disk."""
    try:
        return all((root / path).read_bytes() == content for path, content in files.items())
    except OSError:
        return False
