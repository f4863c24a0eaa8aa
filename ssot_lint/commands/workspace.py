"""The project of a server: opened as a command opens it, and again when its configuration changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ssot_lint.commands.baseline.file import baseline_file
from ssot_lint.commands.cache_choice import cache_choice
from ssot_lint.commands.comparison import configured_baseline
from ssot_lint.commands.option_groups import ConfigChoice, RunOptions
from ssot_lint.commands.session import Session, open_session
from ssot_lint.commands.streams import print_note
from ssot_lint.config.layers import OWN_FILES, PYPROJECT
from ssot_lint.errors import PluginError
from ssot_lint.scan.request import Request
from ssot_lint.server.resident import ResidentProject
from ssot_lint.server.workspace import Workspace


def open_workspace(folder: Path, choice: ConfigChoice, run: RunOptions) -> Workspace:
    """The whole project around a folder, in memory. Raises SsotLintError for what the user has to put right."""
    session = _session(folder, choice, run)

    def ask() -> Request:
        current = _session(folder, choice, run)
        return replace(current.request(), baseline=configured_baseline(current))

    def inputs(request: Request) -> list[Path]:
        named = [choice.file.absolute()] if choice.file else []
        baseline = baseline_file(session.root, session.settings, None)
        return [*(request.root / name for name in (*OWN_FILES, PYPROJECT)), *named, baseline.path]

    kept = cache_choice(run)
    project = ResidentProject(ask, inputs, kept, print_note)
    return Workspace(project, session.known, lambda: configured_baseline(_session(folder, choice, run)), kept)


def missing_extra(command: str, error: ImportError) -> PluginError:
    """What is said where the libraries of the servers are not installed."""
    return PluginError(f"{command}: {error.name or error} is not installed", "Install ssot-lint[server]")


def _session(folder: Path, choice: ConfigChoice, run: RunOptions) -> Session:
    session = open_session([folder], choice, {} if run.jobs is None else {"jobs": run.jobs})
    return replace(session, paths=[session.root])
