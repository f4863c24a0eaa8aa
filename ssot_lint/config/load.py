"""Finds the settings of a project and lays them over each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ssot_lint.config.checks import check_layout
from ssot_lint.config.convert import field_name
from ssot_lint.config.layers import Layer, check_is_inside, command_line_layer, environment_layer, file_layer, find_file
from ssot_lint.config.settings import Config
from ssot_lint.errors import ConfigError

ADDITIVE_KEYS = frozenset({"extend-exclude", "extend-select", "ignore"})
"""A higher layer adds to these: ``--ignore X`` must not bring back what the file ignores."""

RESET_BY_SELECT = frozenset({"extend-select", "ignore"})
"""A layer that says ``select`` starts anew: ``--select X`` runs X even when the file ignores it."""


@dataclass(frozen=True)
class Settings:
    """The resolved configuration.

    ``layers`` are its sources, the weakest first; ``origins`` names the sources of every key (kebab-case) that
    is not a default; ``file`` is the configuration file, None without one.
    """

    config: Config
    layers: tuple[Layer, ...]
    origins: Mapping[str, str]
    file: Path | None

    def spell(self, key: str) -> str:
        """``key`` as it is written in the strongest source that gives it; bare when none does."""
        spellings = [layer.spell(key) for layer in self.layers if key in layer.keys]
        return spellings[-1] if spellings else key


def load_settings(
    root: Path,
    *,
    options: Mapping[str, object],
    environment: Mapping[str, str],
    config_file: Path | None = None,
    isolated: bool = False,
) -> Settings:
    """The settings of the project at ``root``: options over environment over file over defaults.

    ``config_file`` is read in place of the one in ``root``; with ``isolated`` no file is read. ``options``
    maps keys to values, None where an option was not given. Raises ConfigError for anything that is wrong.
    """
    path = config_file or (None if isolated else find_file(root))
    if path is not None and not path.is_file():
        raise ConfigError(f"{file_label(path)}: no such file", "Give --config an existing TOML file")
    if path is not None and config_file is None:
        check_is_inside(path, file_label(path))
    layers = [] if path is None else [file_layer(path, file_label(path))]
    settings = resolve((*layers, environment_layer(environment), command_line_layer(options)), path)
    check_layout(settings.config, settings.spell)
    return settings


def file_label(path: Path) -> str:
    """``path`` as a user would type it here."""
    try:
        return str((path.parent.resolve() / path.name).relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def resolve(layers: Sequence[Layer], file: Path | None) -> Settings:
    """Lay ``layers`` over each other, the strongest last."""
    config = Config()
    origins: dict[str, str] = {}
    for layer in layers:
        if "select" in layer.keys:
            config = msgspec.structs.replace(config, extend_select=(), ignore=())
            origins = {key: source for key, source in origins.items() if key not in RESET_BY_SELECT}
        for key in sorted(layer.keys):
            name = field_name(key)
            value = getattr(layer.config, name)
            is_added = key in ADDITIVE_KEYS and key in origins
            origins[key] = f"{origins[key]}, {layer.source}" if is_added else layer.source
            value = getattr(config, name) + value if is_added else value
            config = msgspec.structs.replace(config, **{name: value})
    return Settings(config, tuple(layers), origins, file)
