"""Comments above definitions that say that what they stand above is to go."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ssot_lint.extract.comment_above import comment_above
from ssot_lint.model.facts import Class, Function

_SAYS_SO = re.compile(
    r"^deprecated\b|\b(?:is|are|now) deprecated\b|\bbefore (?:its )?removal\b"
    r"|\b(?:remove|delete|drop|(?:will|to) be (?:removed|deleted|dropped))(?: (?:this|it))?"
    r" (?:in|after|with|by) (?:(?:the )?next|(?:a )?future|(?:\w+ )?v?\d)",
    re.IGNORECASE | re.MULTILINE,
)
_HINTS = ("deprecat", "remov", "delet", "drop")
"""To look for each takes a fraction of the time of a pattern."""


def leaving_scopes(text: str, definitions: Iterable[Class | Function]) -> tuple[int, ...]:
    """The scopes of the definitions that a comment directly above them, or above their decorators, says so of; in
    ascending order."""
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return ()
    lines = text.splitlines()
    return tuple(sorted(each.scope for each in definitions if _SAYS_SO.search("\n".join(comment_above(each, lines)))))
