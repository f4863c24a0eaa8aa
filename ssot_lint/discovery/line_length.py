"""How long the lines of a project may be, as its formatter or linter is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ssot_lint.config.layers import parse_toml
from ssot_lint.discovery.reading import read_regular
from ssot_lint.discovery.tables import FLAKE8_FILES, RUFF_FILES
from ssot_lint.errors import ConfigError

DEFAULT_LINE_LENGTH = 88
"""That of ruff and black."""

_LONGEST = 320
"""Ruff takes no larger number."""
_LARGEST = 1_000_000
"""Bytes of a file that is read."""

_SECTION = re.compile(r"^\[(?:flake8|pycodestyle)\][^\n]*\n((?:(?!\[).*\n?)*)", re.MULTILINE)
_INI_LENGTH = re.compile(r"^max[-_]line[-_]length[ \t]*[=:][ \t]*(\d+)", re.MULTILINE)


def line_length(root: Path) -> int:
    """The first of these in the folder ``root``: ``line-length`` of ruff, then of black, ``max-line-length`` of flake8
    or pycodestyle (in pyproject.toml, ``.flake8``, setup.cfg, tox.ini), else :data:`DEFAULT_LINE_LENGTH`.

    What cannot be read, or is no length, says nothing.
    """
    return next((length for length in _lengths(root) if 0 < length <= _LONGEST), DEFAULT_LINE_LENGTH)


def _lengths(root: Path) -> Iterator[int]:
    for name in RUFF_FILES:
        yield _number(_toml(root / name), "line-length")
    tool = _toml(root / "pyproject.toml").get("tool")
    for table, key in (("ruff", "line-length"), ("black", "line-length"), ("flake8", "max-line-length")):
        yield _number(tool.get(table) if isinstance(tool, dict) else None, key)
    for name in FLAKE8_FILES:
        for section in _SECTION.findall(_text(root / name)):
            yield from map(int, _INI_LENGTH.findall(section))


def _number(table: object, key: str) -> int:
    value = table.get(key) if isinstance(table, dict) else None
    return value if isinstance(value, int) else 0


def _toml(path: Path) -> dict[str, object]:
    try:
        return parse_toml(_text(path).encode(), path.name)
    except ConfigError:
        return {}


def _text(path: Path) -> str:
    try:
        return read_regular(path, _LARGEST).decode("utf-8-sig", "replace")
    except OSError:
        return ""
