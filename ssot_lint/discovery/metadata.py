"""What packaging metadata says about source roots. Only data is read; ``setup.py`` is never executed."""

from __future__ import annotations

import configparser
import contextlib
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.config.layers import parse_toml
from ssot_lint.discovery.paths import normalise
from ssot_lint.discovery.reading import read_regular
from ssot_lint.errors import ConfigError

PYPROJECT = "pyproject.toml"
SETUP_CFG = "setup.cfg"
SETUP_PY = "setup.py"
_SPACES = re.compile(r"(?<=\S)[^\S\n]+")
"""In a line: configparser needs 10 seconds for 40,000 of them."""
_LARGEST_INI = 100_000
"""Bytes, and a second; the time grows with the square of the lines that are no options."""

METADATA_FILES = frozenset({PYPROJECT, SETUP_CFG, SETUP_PY})


@dataclass(frozen=True)
class Packaging:
    """``is_project``: the folder is built or installed as a project of its own. ``roots`` are the source roots
    it names, relative to the folder ("" for itself); whether they exist is not checked."""

    is_project: bool
    roots: frozenset[str]


def read_packaging(folder: Path, names: Collection[str]) -> Packaging:
    """The packaging metadata among the files ``names`` of ``folder``. What cannot be read says nothing."""
    pyproject = _read_toml(folder / PYPROJECT) if PYPROJECT in names else {}
    setup = _read_ini(folder / SETUP_CFG) if SETUP_CFG in names else configparser.RawConfigParser()
    is_project = (
        SETUP_PY in names
        or not {"project", "build-system"}.isdisjoint(pyproject)
        or isinstance(_dig(pyproject, "tool", "poetry"), dict)
        or setup.has_section("metadata")
        or setup.has_section("options")
    )
    declared = (*_pyproject_roots(pyproject), *_setup_roots(setup))
    return Packaging(is_project, frozenset(root for root in map(normalise, declared) if root is not None))


def _pyproject_roots(document: object) -> Iterator[str]:
    tool = _dig(document, "tool")
    yield from _texts(_dig(tool, "setuptools", "packages", "find", "where"))
    yield from _package_dir_roots(_dig(tool, "setuptools", "package-dir"))
    yield from _hatch_roots(_dig(tool, "hatch", "build"))
    yield from _hatch_roots(_dig(tool, "hatch", "build", "targets", "wheel"))
    yield from _poetry_roots(_dig(tool, "poetry", "packages"))
    yield from _texts(_dig(tool, "pdm", "build", "package-dir"))
    yield from _texts(_dig(tool, "uv", "build-backend", "module-root"))
    yield from _texts(_dig(tool, "maturin", "python-source"))
    yield from _texts(_dig(tool, "pytest", "ini_options", "pythonpath"))


def _setup_roots(setup: configparser.RawConfigParser) -> Iterator[str]:
    for line in setup.get("options", "package_dir", fallback="").splitlines():
        package, separator, folder = line.partition("=")
        if separator:
            yield from _package_dir_roots({package.strip(): folder.strip()})
    yield from setup.get("options.packages.find", "where", fallback="").split()
    yield from setup.get("tool:pytest", "pythonpath", fallback="").split()


def _package_dir_roots(mapping: object) -> Iterator[str]:
    """Setuptools: ``{"": "src"}``, or ``{"a.b": "lib/a/b"}``, whose root is ``lib``."""
    for package, folder in _items(mapping):
        own = package.replace(".", "/")
        if not package:
            yield from _texts(folder)
        elif isinstance(folder, str) and f"/{folder}".endswith(f"/{own}"):
            yield folder.removesuffix(own)


def _hatch_roots(build: object) -> Iterator[str]:
    """Hatchling: the parents of ``packages``, and the prefixes that ``sources`` takes off."""
    yield from map(posixpath.dirname, _texts(_dig(build, "packages")))
    sources = _dig(build, "sources")
    yield from _texts(sources)
    yield from (folder for folder, name in _items(sources) if name == "")


def _poetry_roots(packages: object) -> Iterator[str]:
    for package in packages if isinstance(packages, list) else ():
        yield from _texts(_dig(package, "from"))


def _dig(value: object, *keys: str) -> object:
    """What stands under ``keys`` in nested tables, None when anything is missing or of another type."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _items(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from value.items()


def _texts(value: object) -> Iterator[str]:
    """The strings in a string or a list of strings."""
    for text in value if isinstance(value, list) else (value,):
        if isinstance(text, str):
            yield text


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return parse_toml(read_regular(path), PYPROJECT)
    except (OSError, ConfigError):
        return {}


def _read_ini(path: Path) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False)
    with contextlib.suppress(OSError, ValueError, configparser.Error):
        parser.read_string(_SPACES.sub(" ", read_regular(path, _LARGEST_INI).decode("utf-8-sig")))
    return parser
