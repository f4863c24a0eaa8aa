"""Makes the regular expressions that pathspec writes for patterns take linear time.

pathspec writes ``[^/]*`` for ``*`` and an optional ``.+`` for ``**``. Where a name or path does not match, ``re`` tries
all ways to share it out among them: ``**/a*/**/b*/x`` needs a minute for one path of 2,000 folders. But whatever stands
between two wildcards may as well be where it is first found: if the rest does not match behind that, it does not behind
a later one. :func:`fnmatch.translate` rests on the same fact, and writes it down in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

_ANYWHERE = "^(?:.+/)?"
_FOLDERS = "(?:/.+)?/"
_STAR = "[^/]*"
_AT_END = "|$)"
_NONE_OF = re.compile(r"(?<!\\)\[\^(?!/)")


def without_backtracking(regex: str) -> str:
    """A regular expression that matches what ``regex``, which pathspec has made of a pattern, is meant to match: also
    names with line breaks, and no slash for ``[!a]``."""
    if not regex.startswith("^"):  # what matches everything is one character
        return regex
    names = (f"g{number}" for number in count())
    is_anywhere = regex.startswith(_ANYWHERE)
    regex = regex.removeprefix(_ANYWHERE if is_anywhere else "^")
    *groups, last = _NONE_OF.sub("[^/", regex.replace(_AT_END, r"|\Z)")).split(_FOLDERS)
    starts = ["^(?:[^/]+/)*?" if is_anywhere else "^", *["(?:/[^/]+)*?/"] * len(groups)]
    whole = [_first(start + _name(f"{group}(?=/)", names), names) for start, group in zip(starts, groups, strict=False)]
    return "".join((*whole, starts[-1], _name(last, names)))


def _name(regex: str, names: Iterator[str]) -> str:
    """``regex``, which has no ``**`` in it, with its stars made lazy, and all but the last of them final."""
    beginning, *chunks = regex.split(_STAR)
    middle = [_first(f"[^/]*?{chunk}", names) for chunk in chunks[:-1] if chunk]
    return "".join((beginning, *middle, *[f"[^/]*?{chunk}" for chunk in chunks[-1:]]))


def _first(regex: str, names: Iterator[str]) -> str:
    """The first match of ``regex`` and no other: what an atomic group is from Python 3.11 on."""
    name = next(names)
    return f"(?=(?P<{name}>{regex}))(?P={name})"
