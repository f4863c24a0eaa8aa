"""The cache that the options of a command choose."""

from __future__ import annotations

from ssot_lint.commands.option_groups import RunOptions
from ssot_lint.scan.scan_cache import CacheChoice


def cache_choice(options: RunOptions) -> CacheChoice:
    """Whether, how and where scans keep what they learn."""
    cache = options.cache
    return CacheChoice(cache.folder, cache.is_off, options.quiet, checks_content=cache.check_content)
