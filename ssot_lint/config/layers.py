"""The places a setting can come from: a file, the environment, the command line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from ssot_lint.config.checks import check_values
from ssot_lint.config.convert import (
    bare_or_quoted,
    convert,
    convert_text,
    field_name,
    option_kinds,
    reject_unknown,
)
from ssot_lint.config.settings import Config
from ssot_lint.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PYPROJECT = "pyproject.toml"
OWN_FILES = (".ssot-lint.toml", "ssot-lint.toml")
TABLE = "tool.ssot-lint"
ENVIRONMENT_PREFIX = "SSOT_LINT_"

_NOT_LETTERS = re.compile(r"[\W_]")
_LARGEST = 1_000_000
_MOST_DOTS = 1_000
"""In a line. The time that tomllib needs for a dotted key grows with the square of its parts: 42 seconds for 100 KB."""


@dataclass(frozen=True)
class Layer:
    """The settings of one source: those of the ``keys`` it gives (kebab-case), defaults for the others.

    ``source`` names it in a sentence, ``spell`` writes a key as it stands there.
    """

    source: str
    spell: Callable[[str], str]
    keys: frozenset[str]
    config: Config


def find_file(folder: Path) -> Path | None:
    """The configuration file of ``folder``: one of its own, else a pyproject.toml with our table.

    A pyproject.toml that cannot be read counts: whoever goes on to read it is told why.
    """
    for name in OWN_FILES:
        if os.path.isfile(folder / name):  # noqa: PTH113 - Path.is_file raises in a closed folder
            return folder / name
    pyproject = folder / PYPROJECT
    if not os.path.isfile(pyproject):  # noqa: PTH113
        return None
    try:
        check_is_inside(pyproject, PYPROJECT)
        has_table = own_table(_read_toml(pyproject, PYPROJECT), PYPROJECT) is not None
    except ConfigError:
        has_table = True
    return pyproject if has_table else None


def check_is_inside(path: Path, label: str) -> None:
    """Raise ConfigError for a file of the scanned tree, called ``label`` in messages, that is a link out of it: out of
    its repository, or of its folder where there is none."""
    top = next((above for above in path.parents if os.path.lexists(above / ".git")), path.parent)
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(top)):
        raise ConfigError(f"{label}: a link out of the project", "Name the file with --config, or give --isolated")


def file_layer(path: Path, label: str) -> Layer:
    """The settings in ``path``, called ``label`` in messages.

    Raises ConfigError, naming file and key, when the file cannot be read or anything in it is wrong.
    """
    table = _read_toml(path, label)
    if path.name != PYPROJECT:
        if "tool" in table:
            raise ConfigError(f"{label}: tool: unknown key", f"Write its keys without [{TABLE}] in this file")
        return _layer(label, table, partial(_spell_in_file, f"{label}: "))
    own = own_table(table, label)
    return _layer(label, own or {}, partial(_spell_in_file, f"{label}: {TABLE}."))


def environment_layer(environment: Mapping[str, str]) -> Layer:
    """The settings in variables like SSOT_LINT_FAIL_LEVEL; an empty one counts as unset.

    Raises ConfigError for an unknown key or a wrong value.
    """
    texts = {
        name.removeprefix(ENVIRONMENT_PREFIX).lower().replace("_", "-"): text
        for name, text in sorted(environment.items())
        if name.startswith(ENVIRONMENT_PREFIX) and text.strip()
    }
    return _layer("environment", texts, _spell_variable, convert_text)


def command_line_layer(options: Mapping[str, object]) -> Layer:
    """The settings given as options, by key; None is one that was not given.

    Raises ConfigError for a wrong value.
    """
    given = {key: value for key, value in options.items() if value is not None}
    return _layer("command line", given, _spell_option)


def parse_toml(data: bytes, label: str) -> dict[str, object]:
    """The document in a TOML file, called ``label`` in messages. Raises ConfigError when it is none, and for a
    line that would take too long."""
    if max(line.count(b".") for line in data.split(b"\n")) > _MOST_DOTS:
        raise ConfigError(f"{label}: a line has more than {_MOST_DOTS:,} dots", "Break the line")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{label}: not UTF-8 at byte {error.start + 1}", "TOML is UTF-8") from error
    except ValueError as error:
        raise ConfigError(f"{label}: not valid TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{label}: not valid TOML: nested too deeply") from error


def own_table(document: Mapping[str, object], label: str) -> Mapping[str, object] | None:
    """Our table in a ``pyproject.toml``, None without one. Raises ConfigError when it is no table, and for one whose
    name is nearly ours: nobody else would read it."""
    tool = document.get("tool")
    own = tool.get("ssot-lint") if isinstance(tool, dict) else None
    for name in tool if isinstance(tool, dict) else ():
        if name != "ssot-lint" and _NOT_LETTERS.sub("", name).lower() == "ssotlint":
            raise ConfigError(f"{label}: tool.{bare_or_quoted(name)}: unknown table", f"Write [{TABLE}]")
    if own is not None and not isinstance(own, dict):
        raise ConfigError(f"{label}: {TABLE}: expected a table", f"Write [{TABLE}]")
    return own


def _layer(
    source: str,
    raw: Mapping[str, object],
    spell: Callable[[str], str],
    convert_value: Callable[..., object] = convert,
) -> Layer:
    kinds = option_kinds(Config)
    reject_unknown(raw, kinds, spell)
    values = {key: convert_value(value, kinds[key], spell(key)) for key, value in raw.items()}
    changes = {field_name(key): value for key, value in values.items()}
    config = msgspec.structs.replace(Config(), **changes)
    check_values(config, spell)
    return Layer(source, spell, frozenset(values), config)


def _read_toml(path: Path, label: str) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{label}: cannot be read: {error.strerror}") from error
    if len(data) > _LARGEST:
        raise ConfigError(f"{label}: larger than {_LARGEST:,} bytes", "Name another file with --config")
    return parse_toml(data, label)


def _spell_in_file(prefix: str, key: str) -> str:
    return prefix + bare_or_quoted(key)


def _spell_variable(key: str) -> str:
    return ENVIRONMENT_PREFIX + key.upper().replace("-", "_")


def _spell_option(key: str) -> str:
    return f"--{key}"
