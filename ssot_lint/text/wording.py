"""How findings, reports and errors word counts, lists and what libraries say."""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, noun: str) -> str:
    """``1 file``, ``1,200 files``, ``2 classes``."""
    ending = "" if count == 1 else "es" if noun.endswith("s") else "s"
    return f"{count:,} {noun}{ending}"


def listed(items: Sequence[str], most: int = 3) -> str:
    """``a, b, c and 2 more``: at most ``most`` items by name."""
    shown = ", ".join(items[:most])
    return f"{shown} and {len(items) - most} more" if len(items) > most else shown


def clause(message: str) -> str:
    """The message of a library as a part of our own sentence: lower case at the start, no backticks."""
    text = message.replace("`", "")
    return f"{text[:1].lower()}{text[1:]}"
