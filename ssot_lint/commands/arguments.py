"""Options that several commands have, as typer reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Read this configuration, not the project's.")
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")]
AllowPlugins = Annotated[
    bool,
    typer.Option("--allow-plugins", help="Load the plugins named in the configuration: runs their code."),
]
BaselinePath = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="File of the known violations, not the one of the configuration."),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULES", help="Run these rules only: codes, names, SSOT1, ALL."),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="RULES", help="Do not run these rules.")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Worker processes; 0: one per processor.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither use nor write a cache.")]
CheckContent = Annotated[
    bool,
    typer.Option("--check-content", help="Read every file, trust no times: for file systems and clocks that lie."),
]
CacheDir = Annotated[
    Path | None, typer.Option("--cache-dir", metavar="DIR", help="Keep the cache here; default: .ssot_lint_cache.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on stderr but errors.")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on stderr what was done and how long it took.")]
