"""What somebody who wrote an unknown word may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

NEAR = 0.75
"""How alike (difflib's ratio) a word must be to be suggested. Two rule codes with one digit in common have 0.71."""


def suggestion(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The remedy for an unknown word: the nearest known one; when none is near ``otherwise``, or all of them."""
    by_lower_case = {each.lower(): each for each in sorted(known)}
    near = difflib.get_close_matches(word.lower(), by_lower_case, n=1, cutoff=NEAR)
    if near:
        return f"Did you mean {by_lower_case[near[0]]}?"
    return otherwise or f"Known: {', '.join(by_lower_case.values())}"
