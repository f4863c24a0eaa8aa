"""What every command starts with: the project, its settings, the known rules."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.commands.named_files import check_named_files, check_one_project
from ssot_lint.commands.option_groups import ConfigChoice, ConfigFile
from ssot_lint.config.layers import Layer, find_file
from ssot_lint.config.load import Settings, load_settings
from ssot_lint.discovery.ignore import compile_option
from ssot_lint.discovery.metadata import METADATA_FILES
from ssot_lint.discovery.project_root import REPOSITORY, find_project_root
from ssot_lint.discovery.reading import exists
from ssot_lint.errors import UsageError
from ssot_lint.rules.registry import RuleSet, installed_packs, load_rules, plugin_files
from ssot_lint.rules.selection import ActiveRule, activate
from ssot_lint.scan.request import Request
from ssot_lint.scan.unused_settings import config_file


@dataclass(frozen=True)
class Session:
    """A project, the absolute ``paths`` in it that a command is about, its settings, and the rules: all that are
    known, and those that run."""

    root: Path
    paths: Sequence[Path]
    settings: Settings
    known: RuleSet
    rules: Sequence[ActiveRule]

    def request(self, command: str = "", *, plan: bool = False) -> Request:
        """What to scan; ``command`` is for the report, ``plan``: it is to have one."""
        return Request(
            root=self.root,
            paths=[self.root, *(path for path in self.paths if path != self.root)],
            config=self.settings.config,
            rules=self.rules,
            command=command,
            codes=self.known.codes(),
            file=config_file(self.root, self.known, self.settings),
            plan=plan,
            about=()
            if self.root in self.paths
            else tuple(sorted(each.relative_to(self.root).as_posix() for each in self.paths)),
        )


def open_session(paths: Sequence[Path], choice: ConfigChoice, given: Mapping[str, object]) -> Session:
    """The project around ``paths``; ``given`` are the configuration keys of the command line.

    Raises SsotLintError for anything the user has to put right.
    """
    paths = existing(paths)
    root = project_root(paths)
    settings = settings_of(root, choice, given)
    check_named_files(root, paths, settings.config)
    known = known_rules(root, settings, choice)
    return Session(root, paths, settings, known, activate(known, settings))


def project_root(paths: Sequence[Path]) -> Path:
    """The root of the project that ``paths`` (absolute) lie in: the working directory's, if it holds them all.

    So a part of a monorepo is scanned as a part of it, with its settings.
    """
    here = find_project_root(Path.cwd())
    if _is_project(here) and all(path.is_relative_to(here) for path in paths):
        return here
    return find_project_root(Path(os.path.commonpath(paths)))


def _is_project(folder: Path) -> bool:
    markers = (REPOSITORY, *METADATA_FILES)
    return find_file(folder) is not None or any(exists(folder / marker) for marker in markers)


def existing(paths: Sequence[Path]) -> list[Path]:
    """``paths`` made absolute, symlinks followed. Raises UsageError for one that does not exist, and for one that is
    not in the project with the others."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
    found = [path.resolve() for path in paths]
    here = find_project_root(Path.cwd())
    if _is_project(here):
        check_one_project(here, found, paths)
    return found


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


def known_rules(root: Path, settings: Settings, choice: ConfigChoice) -> RuleSet:
    """All installed rules and, if allowed, those of the plugins that the settings name."""
    plugins = plugin_files(root, settings.config.plugins, allowed=choice.allow_plugins, where=settings.spell("plugins"))
    return load_rules(installed_packs(), plugins)
