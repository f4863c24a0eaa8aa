"""Edits of a file that an editor proposes: comments at a line, and what is accepted into the baseline."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from lsprotocol import types

from ssot_lint.extract.rewrite import IgnoreTask, insert_ignores
from ssot_lint.workers.parser_guard import is_safe_in_process

REASON = "TODO: say why"
"""Stands where somebody has to write the reason."""

_ENCODING = "utf-8"


def comment_edits(
    content: bytes, line: int, code: str, directive: str, known: frozenset[str], length: int
) -> list[types.TextEdit]:
    """The edits that put ``directive`` in a comment about a line of a file; none where no comment can stand, or where
    there is an ``ignore`` already. ``code`` is a rule, ``known`` everything that rules are called, ``length`` the
    columns of a line."""
    if not is_safe_in_process(content):
        return []
    ignore = f"ignore[{code}]"
    task = IgnoreTask(content, {line: frozenset({code})}, REASON, known, length)
    rewrite = insert_ignores(task)
    if rewrite.refused or rewrite.content == content:
        return []
    before, after = (text.decode(_ENCODING).splitlines(keepends=True) for text in (content, rewrite.content))
    wanted = ignore if directive == "ignore" else f"{directive}[{code}]" if directive == "distinct" else directive
    return [*_edits(before, after, f"{ignore} {REASON}", f"{wanted} {REASON}" if "[" in wanted else wanted)]


def replaced_whole(content: bytes, new: bytes) -> list[types.TextEdit]:
    """The edits that make one text of another, by lines."""
    before, after = (text.decode(_ENCODING).splitlines(keepends=True) for text in (content, new))
    return [*_edits(before, after, "", "")]


def _edits(before: Sequence[str], after: Sequence[str], old: str, new: str) -> Iterator[types.TextEdit]:
    """The changed lines, with one text in them replaced."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            text = "".join(after[start:end])
            place = types.Range(types.Position(first, 0), types.Position(last, 0))
            yield types.TextEdit(place, text.replace(old, new) if old else text)
