"""The command line of ``ssot-lint cache``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path | None, typer.Option("--cache-dir", metavar="DIR", help="The cache; default: that of the project here.")
]


def cache_app() -> typer.Typer:
    """The application below ``cache``."""
    app = typer.Typer(help="Look at what scans remember, or delete it.")
    app.command("info")(_info)
    app.command("clear")(_clear)
    return app


def _info(*, cache_dir: Folder = None) -> None:
    """Say where the cache is, how large it is and what it holds."""
    from ssot_lint.commands.cache import print_cache_info

    print_cache_info(cache_dir)


def _clear(*, cache_dir: Folder = None) -> None:
    """Delete the cache: nothing is lost but time."""
    from ssot_lint.commands.cache import clear_cache

    clear_cache(cache_dir)
