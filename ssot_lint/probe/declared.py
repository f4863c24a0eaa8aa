"""Which components a run watches: the declared ones, or those that `ssot-lint init` would propose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

import msgspec
import pytest

from ssot_lint.config.layers import find_file
from ssot_lint.config.load import load_settings
from ssot_lint.errors import SsotLintError
from ssot_lint.model.component import Component
from ssot_lint.probe.as_installed import as_installed

ENTRY_POINTS = "ssot_lint.proposals"
"""The group of what proposes components: commands know how to scan, the probe does not."""


class Declared(msgspec.Struct, frozen=True):
    """What to watch, in the project at ``root``, and where that is written down."""

    root: str
    source: str
    components: tuple[Component, ...]
    are_proposed: bool


def declared_components(config: pytest.Config) -> Declared:
    """The components of the project that is tested. Raises UsageError for a configuration that is wrong."""
    root = _root(config.rootpath)
    try:
        settings = load_settings(root, options={}, environment={})
        if settings.config.components:
            name = settings.file.name if settings.file else "the configuration"
            return Declared(str(root), name, settings.config.components, are_proposed=False)
        return Declared(str(root), "what `ssot-lint init` proposes", tuple(_proposed(config, root)), are_proposed=True)
    except SsotLintError as error:
        raise pytest.UsageError(f"--ssot-probe: {error}") from error


def _root(start: Path) -> Path:
    """The nearest folder upward with a configuration of ours, within the repository; else ``start``."""
    for folder in (start, *start.parents):
        if find_file(folder):
            return folder
        if (folder / ".git").exists():
            break
    return start


def _proposed(config: pytest.Config, root: Path) -> Sequence[Component]:
    with as_installed(config):
        for entry in entry_points(group=ENTRY_POINTS):
            propose = cast("Callable[[Path], Sequence[Component]]", entry.load())
            return propose(root)
    return ()
