"""Comments above definitions that say of what these are copies, with what the copies are without their renames."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.extract.normal_form import WORD_END, digest_of, text_of
from ssot_lint.extract.walk import Walk
from ssot_lint.model.facts import Class, CopyNote, Function

_SAYS_COPY = re.compile(r"copied from|mirrors|keep in sync|duplicated", re.IGNORECASE)
_RENAME = re.compile(r"([^\s,\[]+)\s*->\s*([^\s,\]]+)")
_ALL_CASES = "all-casing"
_PARTIAL = re.compile(r"#[ \t]*(?:ignore|end) copy\b", re.IGNORECASE)
_LONGEST = 200

_Renames = Sequence[tuple[str, str]]


def copy_notes(walk: Walk, definitions: Iterable[Class | Function]) -> tuple[CopyNote, ...]:
    """The notes of one file that was walked, by place."""
    text = walk.cursor.text
    if not _SAYS_COPY.search(text):
        return ()
    lines = text.splitlines()
    found = (
        _note(walk, definition, *comment, lines) for definition in definitions for comment in _above(definition, lines)
    )
    return tuple(sorted(found, key=lambda note: (note.line, note.scope)))


def _above(definition: Class | Function, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The comments directly above a definition and its decorators that speak of a copy, with their lines from 1."""
    place = min((decorator.line for decorator in definition.decorators), default=definition.line) - 1
    while place and lines[place - 1].lstrip().startswith("#"):
        comment = lines[place - 1].strip().lstrip("#").strip()
        if _SAYS_COPY.search(comment):
            yield place, comment[:_LONGEST]
        place -= 1


def _note(walk: Walk, definition: Class | Function, line: int, comment: str, lines: Sequence[str]) -> CopyNote:
    scope = walk.scopes[definition.scope]
    renames = _renames(comment)
    compared = array(
        "I", [zlib.crc32(_undone(each, renames).encode(errors="surrogatepass")) for each in walk.compared_lines(scope)]
    )
    body = [_undone(each, renames) for each in walk.lines[scope.first_line : scope.last_line]]
    # Two names that became one cannot be told apart again.
    is_partial = len({name for _, name in renames}) < len(set(renames)) or any(
        _PARTIAL.search(each) for each in lines[definition.line - 1 : definition.end_line]
    )
    return CopyNote(comment, definition.scope, line, is_partial, compared.tobytes(), digest_of(text_of(body)))


def _renames(comment: str) -> _Renames:
    """``A->B`` pairs in the order in which the copy was made."""
    pairs = [(match[1], match[2]) for match in _RENAME.finditer(comment)]
    if _ALL_CASES in comment:
        pairs += [(one.lower(), other.lower()) for one, other in pairs]
        pairs += [(one.upper(), other.upper()) for one, other in pairs]
    return pairs


def _undone(line: str, renames: _Renames) -> str:
    """A line of the copy as it was in the original."""
    for original, name in reversed(renames):
        line = line.replace(name, original)
        if "." in name:  # an attribute of anything but the instance is two words
            line = line.replace(name.replace(".", f"{WORD_END}."), original.replace(".", f"{WORD_END}."))
    return line
