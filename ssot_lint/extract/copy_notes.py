"""Comments above definitions that say of what these are copies, with what the copies are without their renames."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ssot_lint.extract.normal_form import WORD_END, digest_of, text_of
from ssot_lint.extract.walk import Walk
from ssot_lint.model.facts import Class, CopyNote, Function

_SAYS_COPY = re.compile(r"copied from|mirrors|keep in sync|duplicated", re.IGNORECASE)
_HINTS = ("copied from", "mirrors", "keep in sync", "duplicated")
"""To look for each takes a fraction of the time of the pattern."""
_RENAME = re.compile(r"([^\s,\[]+)\s*->\s*([^\s,\]]+)")
_ALL_CASES = "all-casing"
_PARTIAL = re.compile(r"#[ \t]*(?:ignore|end) copy\b", re.IGNORECASE)
_LONGEST = 200
_MOST_READINGS = 64

_Renames = Sequence[tuple[str, str]]


def copy_notes(walk: Walk, definitions: Iterable[Class | Function]) -> tuple[CopyNote, ...]:
    """The notes of one file that was walked, by place."""
    text = walk.cursor.text
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return ()
    lines = text.splitlines()
    found = (
        _note(walk, definition, *comment, lines) for definition in definitions for comment in _above(definition, lines)
    )
    return tuple(sorted(found, key=lambda note: (note.line, note.scope)))


def _above(definition: Class | Function, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The comments directly above a definition and its decorators, and among these, that speak of a copy, with their
    lines from 1; those nearest to the definition first."""
    first = min((decorator.line for decorator in definition.decorators), default=definition.line)
    place = definition.line - 1
    while place and (place >= first or _is_comment(lines[place - 1])):
        comment = lines[place - 1].strip().lstrip("#").strip()
        if _is_comment(lines[place - 1]) and _SAYS_COPY.search(comment):
            yield place, comment
        place -= 1


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _note(walk: Walk, definition: Class | Function, line: int, comment: str, lines: Sequence[str]) -> CopyNote:
    scope = walk.scopes[definition.scope]
    renames = _renames(comment)
    readings = tuple(_hashes(_readings(each, renames)) for each in walk.compared_lines(scope))
    body = [_undone(each, renames) for each in walk.lines[scope.first_line : scope.last_line]]
    is_partial = any(_PARTIAL.search(each) for each in lines[definition.line - 1 : definition.end_line])
    return CopyNote(comment[:_LONGEST], definition.scope, line, is_partial, readings, digest_of(text_of(body)))


def _renames(comment: str) -> _Renames:
    """``A->B`` pairs in the order in which the copy was made."""
    pairs = [(match[1], match[2]) for match in _RENAME.finditer(comment)]
    if _ALL_CASES in comment:
        pairs += [(one.lower(), other.lower()) for one, other in pairs]
        pairs += [(one.upper(), other.upper()) for one, other in pairs]
    # An attribute of anything but the instance is two words.
    apart = [tuple(each.replace(".", f"{WORD_END}.") for each in pair) for pair in pairs if "." in pair[1]]
    return [*((one, other) for one, other in apart), *pairs]


def _undone(line: str, renames: _Renames) -> str:
    """A line of the copy as it was in the original, if all that the renames made was made by them."""
    for original, name in reversed(renames):
        line = line.replace(name, original)
    return line


def _readings(line: str, renames: _Renames) -> list[str]:
    """All that a line of the copy may have been in the original, the likeliest first: the original may have had the new
    name of a rename too, here or elsewhere, and one new name may be a part of another one."""
    found = [_undone(line, renames), line]
    if found[0] != line:
        found += islice(_partly_undone(line, renames), _MOST_READINGS)
    return list(dict.fromkeys(found))


def _partly_undone(line: str, renames: _Renames) -> Iterator[str]:
    place = min((line.find(name) for _, name in renames if name in line), default=-1)
    if place < 0:
        yield line
        return
    at_this_place = [each for each in renames if line.startswith(each[1], place)]
    for original, name in sorted(at_this_place, key=lambda each: -len(each[1])):
        for rest in _partly_undone(line[place + len(name) :], renames):
            yield f"{line[:place]}{original}{rest}"
    for rest in _partly_undone(line[place + 1 :], renames):
        yield f"{line[: place + 1]}{rest}"


def _hashes(readings: Iterable[str]) -> bytes:
    return array("I", [zlib.crc32(each.encode(errors="surrogatepass")) for each in readings]).tobytes()
