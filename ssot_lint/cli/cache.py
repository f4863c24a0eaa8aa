"""The command line of ``ssot-lint cache``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ssot_lint.cli.expand import expanded


@dataclass(frozen=True, kw_only=True)
class _CacheFolder:
    folder: Annotated[
        Path | None, typer.Option("--cache-dir", metavar="DIR", help="The cache; default: that of the project here.")
    ] = None


def cache_app() -> typer.Typer:
    """The application below ``cache``."""
    app = typer.Typer(help="Show or delete the cache.")
    app.command("info")(expanded(_info))
    app.command("clear")(expanded(_clear))
    return app


def _info(options: _CacheFolder) -> None:
    """Print where the cache is, its size and what it holds."""
    from ssot_lint.commands.cache import print_cache_info

    print_cache_info(options.folder)


def _clear(options: _CacheFolder) -> None:
    """Delete the cache; the next scan takes longer."""
    from ssot_lint.commands.cache import clear_cache

    clear_cache(options.folder)
