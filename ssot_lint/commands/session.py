"""What every command starts with: the project, its settings, the known rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.commands.named_files import check_named_files, check_one_project
from ssot_lint.commands.option_groups import ConfigChoice
from ssot_lint.commands.project_settings import is_project, project_root, settings_of
from ssot_lint.config.load import Settings
from ssot_lint.discovery.project_root import find_project_root
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


def existing(paths: Sequence[Path]) -> list[Path]:
    """``paths`` made absolute, symlinks followed. Raises UsageError for one that does not exist, and for one that is
    not in the project with the others."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
    found = [path.resolve() for path in paths]
    here = find_project_root(Path.cwd())
    if is_project(here):
        check_one_project(here, found, paths)
    return found


def known_rules(root: Path, settings: Settings, choice: ConfigChoice) -> RuleSet:
    """All installed rules and, if allowed, those of the plugins that the settings name."""
    plugins = plugin_files(root, settings.config.plugins, allowed=choice.allow_plugins, where=settings.spell("plugins"))
    return load_rules(installed_packs(), plugins)
