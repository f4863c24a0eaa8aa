"""What a scan is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.baseline.reference import Reference
from ssot_lint.config.settings import Config
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.unused_settings import ConfigFile


@dataclass(frozen=True)
class Request:
    """What to scan and how. ``paths`` lie in ``root``, the project root; ``command`` is for the report. ``codes`` maps
    everything that any known rule can be called to its code; ``file`` is the configuration file, if there is one;
    ``plan``: the report is to have a remediation plan; ``baseline`` is what it is compared with."""

    root: Path
    paths: Sequence[Path]
    config: Config
    rules: Sequence[ActiveRule]
    command: str
    codes: Mapping[str, str]
    file: ConfigFile | None = None
    plan: bool = False
    baseline: Reference | None = None
