"""The project of a server: opened as a command opens it, and again when its configuration changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import distribution
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
from ssot_lint.text.requirement import with_extras


def open_workspace(folder: Path, given: Mapping[str, object], *, choice: ConfigChoice, run: RunOptions) -> Workspace:
    """The whole project around a folder, in memory; ``given`` are configuration keys that win.

    Raises SsotLintError for what the user has to put right.
    """
    given = {**({} if run.jobs is None else {"jobs": run.jobs}), **given}
    session = _session(folder, choice, given)

    def ask() -> Request:
        current = _session(folder, choice, given)
        return replace(current.request(), baseline=configured_baseline(current))

    kept = cache_choice(run)
    project = ResidentProject(ask, inputs_of(session, choice), kept, print_note)
    return Workspace(project, session.known, lambda: configured_baseline(_session(folder, choice, given)), kept)


def inputs_of(session: Session, choice: ConfigChoice, baseline: Path | None = None) -> list[Path]:
    """The files that decide on the request of a session, there or not: configuration and baseline, the one of the
    configuration where ``baseline`` is None."""
    named = [choice.file.absolute()] if choice.file else []
    file = baseline_file(session.root, session.settings, baseline)
    return [*(session.root / name for name in (*OWN_FILES, PYPROJECT)), *named, file.path]


def missing_extra(command: str, error: ImportError) -> PluginError:
    """What is said where the libraries of the servers are not installed."""
    needed = with_extras(distribution("ssot-lint"), ["server"])
    return PluginError(f"{command}: {error.name or error} is not installed", f"Install what it needs: {needed}")


def _session(folder: Path, choice: ConfigChoice, given: Mapping[str, object]) -> Session:
    session = open_session([folder], choice, given)
    return replace(session, paths=[session.root])
