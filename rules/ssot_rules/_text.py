"""How rules word lists."""

from __future__ import annotations

from collections.abc import Sequence


def listed(items: Sequence[str], most: int = 3) -> str:
    """``a, b, c and 2 more``: at most ``most`` items by name."""
    shown = ", ".join(items[:most])
    return f"{shown} and {len(items) - most} more" if len(items) > most else shown
