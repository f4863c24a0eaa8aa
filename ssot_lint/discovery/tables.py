"""Reads metadata files into plain tables, and looks into them: what is missing or of another type says nothing."""

from __future__ import annotations

import configparser
import contextlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ssot_lint.config.layers import parse_toml
from ssot_lint.discovery.reading import read_regular
from ssot_lint.errors import ConfigError

RUFF_FILES = (".ruff.toml", "ruff.toml")
"""Files with the options of ruff, beside pyproject.toml; the first of them counts."""
FLAKE8_FILES = (".flake8", "setup.cfg", "tox.ini")
"""Files with a section of flake8."""
_SPACES = re.compile(r"(?<=\S)[^\S\n]+")
"""In a line: configparser needs 10 seconds for 40,000 of them."""
_LARGEST_INI = 100_000
"""Bytes, and a second; the time grows with the square of the lines that are no options."""
LARGEST_TEXT = 200_000
"""Bytes of a build script or a list of requirements."""


def read_toml(path: Path) -> Mapping[str, object]:
    """The document in a TOML file; empty where there is none that can be read."""
    try:
        return parse_toml(read_regular(path), path.name)
    except (OSError, ConfigError):
        return {}


def read_ini(path: Path) -> configparser.RawConfigParser:
    """The sections of an INI file; those before the first mistake."""
    parser = configparser.RawConfigParser(strict=False)
    with contextlib.suppress(OSError, ValueError, configparser.Error):
        parser.read_string(_SPACES.sub(" ", read_regular(path, _LARGEST_INI).decode("utf-8-sig")))
    return parser


def read_text(path: Path) -> str:
    """The text of a file; empty where there is none that can be read."""
    try:
        return read_regular(path, LARGEST_TEXT).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def dig(value: object, *keys: str) -> object:
    """What stands under ``keys`` in nested tables, None when anything is missing or of another type."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def items(value: object) -> Iterator[tuple[str, object]]:
    """The entries of a table."""
    if isinstance(value, dict):
        yield from ((key, item) for key, item in value.items() if isinstance(key, str))


def elements(value: object) -> Iterator[object]:
    """The elements of a list, or the one value that stands in place of one."""
    yield from value if isinstance(value, (list, tuple, set)) else (value,)


def texts(value: object) -> Iterator[str]:
    """The strings in a string or a list of strings."""
    yield from (text for text in elements(value) if isinstance(text, str))


def words(section: configparser.RawConfigParser, name: str, option: str) -> list[str]:
    """The lines of an option of an INI file."""
    return [line.strip() for line in section.get(name, option, fallback="").splitlines() if line.strip()]
