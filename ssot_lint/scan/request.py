"""What a scan is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ssot_lint.baseline.reference import Reference
from ssot_lint.config.settings import Config
from ssot_lint.model.probe import ProbeDocument
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.unused_settings import ConfigFile


@dataclass(frozen=True)
class Change:
    """What happened to a project since the revision ``since``: the ``files`` that differ, by path, the definitions
    that were in them ``before``, as path of today and qualified name, and the names that their modules ``offered`` to
    importers, by path of then; ``renames`` maps paths of then to those of today."""

    since: str
    files: frozenset[str]
    before: frozenset[tuple[str, str]]
    offered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)

    def is_new(self, path: str, qualname: str) -> bool:
        """Whether a definition was not there before."""
        return path in self.files and (path, qualname) not in self.before


@dataclass(frozen=True)
class Request:
    """What to scan and how. ``paths`` are read, in ``root``, the project root; ``command`` is for the report. ``codes``
    maps everything that any known rule can be called to its code; ``file`` is the configuration file, if there is one;
    ``plan``: the report is to have a remediation plan; ``surroundings``: it is to have what lies around the findings;
    ``baseline`` is what it is compared with.

    ``about`` are files and folders, relative to ``root``, to which the report is limited (none: all). What was there
    before a ``change`` is the home of what came with it; ``only_new``: the report is limited to what ``baseline`` does
    not know. ``probe`` is what a test run saw."""

    root: Path
    paths: Sequence[Path]
    config: Config
    rules: Sequence[ActiveRule]
    command: str
    codes: Mapping[str, str]
    file: ConfigFile | None = None
    plan: bool = False
    surroundings: bool = False
    baseline: Reference | None = None
    about: tuple[str, ...] = ()
    change: Change | None = None
    only_new: bool = False
    probe: ProbeDocument | None = None

    @property
    def is_limited(self) -> bool:
        """Whether the report is about a part of the project."""
        return bool(self.about) or self.only_new
