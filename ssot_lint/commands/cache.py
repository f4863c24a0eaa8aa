"""``ssot-lint cache``."""

from __future__ import annotations

from pathlib import Path

from ssot_lint.cache.folder import CacheError, is_cache_folder
from ssot_lint.cache.store import STORE_FILE, holdings
from ssot_lint.commands.option_groups import ConfigFile
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.streams import print_note, print_text
from ssot_lint.errors import UsageError
from ssot_lint.scan.scan_cache import CacheChoice, cache_folder
from ssot_lint.text.wording import counted

_MEGABYTE = 1_000_000


def print_cache_info(folder: Path | None) -> None:
    """Print where the cache is and what it holds. Raises UsageError for one that cannot be read."""
    folder = _folder(folder)
    file = folder / STORE_FILE
    if not file.is_file():
        print_text(f"{folder}: no cache\n")
        return
    try:
        held = holdings(file)
    except CacheError as error:
        raise UsageError(str(error), "`ssot-lint cache clear` deletes it") from error
    size = f"{file.stat().st_size / _MEGABYTE:.1f} MB"
    print_text(f"{folder}: {size}, {counted(held.facts, 'content')}, {counted(held.results, 'result')}\n")


def clear_cache(folder: Path | None) -> None:
    """Delete the cache. Raises UsageError for a folder that is none, and when it cannot be deleted."""
    folder = _folder(folder)
    if not folder.exists():
        print_note(f"{folder}: no cache")
        return
    if not is_cache_folder(folder):
        raise UsageError(f"{folder} is not a cache of ssot-lint", "Delete it by hand to get rid of it")
    try:
        (folder / STORE_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be deleted: {error.strerror}") from error
    print_note(f"{folder}: cleared")


def _folder(folder: Path | None) -> Path:
    if folder is not None:
        return folder
    root = project_root([Path.cwd()])
    settings = settings_of(root, ConfigFile(), {})
    try:
        return cache_folder(root, settings.config, CacheChoice())
    except CacheError as error:
        raise UsageError(str(error)) from error
