"""Corpora of real code, from pinned wheels, each in a folder of its own that looks like a project.

The sizes are prefixes of one list of packages: three libraries, the core of Home Assistant, then its integrations in
alphabetical order. Each is a whole program but for the integrations that are cut off. The largest corpus is a workspace
of whole projects with their tests, side by side.
"""

from __future__ import annotations

import ast
import hashlib
import shutil
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.sdists import sdist_sources
from benchmarks.wheels import cache_folder, wheel_sources

WHEELS = ("import-linter==2.16", "requests==2.32.5", "langchain==1.5.0", "homeassistant==2024.3.3")
PLUGINS = "homeassistant/components/"
SIZES = {"10k": 10_000, "30k": 30_000, "100k": 100_000, "300k": 300_000, "1m": 1_000_000}
WORKSPACE = "4m"
MEMBERS = (
    "cinder==26.0.0",
    "django==5.2",
    "glance==30.0.0",
    "ironic==29.0.0",
    "keystone==27.0.0",
    "manila==20.0.0",
    "neutron==26.0.0",
    "nova==31.0.0",
    "octavia==16.0.0",
    "openstack-heat==24.0.0",
    "pandas==2.2.3",
)
"""Ordinary code that was written over many years by many people, six lines in ten of it tests."""
PEERS_ON = "django"
_WHOLE = {PEERS_ON: "django==5.2"}

_PROJECT_FILE = "pyproject.toml"
_PROJECT = '[project]\nname = "corpus"\nversion = "1"\n'
_WORKSPACE_PROJECT = f'{_PROJECT}\n[tool.uv.workspace]\nmembers = ["*"]\n'


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
    if name == WORKSPACE:
        return [member(requirement) for requirement in MEMBERS]
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


def member(requirement: str) -> Unit:
    """A project with its tests, in a folder that is named for it. Left out is what Python itself cannot compile: the
    templates and the wrong inputs of its tests."""
    folder = requirement.partition("==")[0]
    sources = sdist_sources(requirement)
    return Unit({f"{folder}/{path}": content for path, content in sources.items() if is_parsed(path, content)})


def is_parsed(path: str, content: bytes) -> bool:
    """Whether a file is no Python file, or one that can be parsed and is UTF-8."""
    if not path.endswith(".py"):
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(content.decode())
    except (SyntaxError, ValueError):
        return False
    return True


def build(name: str, files: Mapping[str, bytes]) -> Corpus:
    """Write ``files`` to a folder that is named for their contents, unless an intact one exists."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(b"%s\0%d\0%s" % (path.encode(), len(files[path]), files[path]))
    root = cache_folder() / "corpora" / f"{name}-{digest.hexdigest()[:12]}"
    if not _is_intact(root, files):
        shutil.rmtree(root, ignore_errors=True)
        project = _WORKSPACE_PROJECT if name == WORKSPACE else _PROJECT
        for path, content in {_PROJECT_FILE: project.encode(), **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
    python = {path: content for path, content in files.items() if path.endswith(".py")}
    return Corpus(name, root, tuple(sorted(python)), Unit(python).lines)


def _is_intact(root: Path, files: Mapping[str, bytes]) -> bool:
    """Also brings all files into the page cache, so that no measurement waits for the disk."""
    try:
        return all((root / path).read_bytes() == content for path, content in files.items())
    except OSError:
        return False
