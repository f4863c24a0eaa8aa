"""What to say of a new violation that the baseline seems to know."""

from __future__ import annotations

from ssot_lint.baseline.matching import Match
from ssot_lint.baseline.reference import Reference


def hint(match: Match, id_: str, reference: Reference) -> str:
    """One sentence with the way out, empty where there is nothing to say. ``id_`` is that of the violation. What a
    revision had is in no file to which it could be added.

    Nothing is said about how alike two bodies are: a baseline holds digests, which are equal or not.
    """
    if match.entry is not None and match.entry.is_expired(reference.today):
        return f"accepted until {match.entry.until}, which is over: fix it, or `ssot-lint baseline accept {id_}` again"
    if match.lookalike is not None and reference.is_file:
        gone = f"the baseline has {match.lookalike.rule} at {match.lookalike.site}, where it is not found any more"
        return f"{gone}: is this the same one, moved or edited? `ssot-lint baseline accept {id_}`"
    return ""
