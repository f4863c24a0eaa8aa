"""The project around a path, and its settings: all that a command needs that runs no rules."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from ssot_lint.commands.option_groups import ConfigFile
from ssot_lint.config.layers import Layer, find_file
from ssot_lint.config.load import Settings, load_settings
from ssot_lint.discovery.ignore import compile_option
from ssot_lint.discovery.metadata import METADATA_FILES
from ssot_lint.discovery.project_root import REPOSITORY, find_project_root
from ssot_lint.discovery.reading import exists


def project_root(paths: Sequence[Path]) -> Path:
    """The root of the project that ``paths`` (absolute) lie in: the working directory's, if it holds them all.

    So a part of a monorepo is scanned as a part of it, with its settings.
    """
    here = find_project_root(Path.cwd())
    if is_project(here) and all(path.is_relative_to(here) for path in paths):
        return here
    return find_project_root(Path(os.path.commonpath(paths)))


def is_project(folder: Path) -> bool:
    """Whether a folder looks like the root of a project."""
    markers = (REPOSITORY, *METADATA_FILES)
    return find_file(folder) is not None or any(exists(folder / marker) for marker in markers)


def settings_of(root: Path, choice: ConfigFile, options: Mapping[str, object]) -> Settings:
    """The settings of the project at ``root``, ``options`` being those of the command line.

    Raises ConfigError when anything is wrong with them, globs included.
    """
    settings = load_settings(
        root, options=options, environment=os.environ, config_file=choice.file, isolated=choice.isolated
    )
    for layer in settings.layers:
        _check_globs(layer)
    return settings


def _check_globs(layer: Layer) -> None:
    config = layer.config
    compile_option(config.include, layer.spell("include"))
    compile_option(config.exclude, layer.spell("exclude"))
    compile_option(config.extend_exclude, layer.spell("extend-exclude"))
    compile_option(config.test_paths, layer.spell("test-paths"))
    for zone, globs in config.zone_paths.items():
        compile_option(globs, f"{layer.spell('zone-paths')}.{zone.value}")
    compile_option(list(config.per_path_ignores), layer.spell("per-path-ignores"))
