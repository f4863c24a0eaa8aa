"""The baseline as a file of JSON Lines: the same bytes for the same entries.

Each line after the header is an entry: keys in a fixed order, entries sorted. Loading is a set union, whatever the
order of the lines.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from ssot_lint.baseline.entry import Baseline, BaselineEntry, union
from ssot_lint.errors import BaselineError
from ssot_lint.text.json_lines import LinesFormat
from ssot_lint.text.sanitize import encodable, from_encodable, json_with_visible_text

FORMAT = LinesFormat("baseline", 1, "ssot-lint baseline update", "ssot-lint baseline prune", BaselineError)

_ENTRY_DECODER = msgspec.json.Decoder(BaselineEntry)


def dump(baseline: Baseline) -> bytes:
    """The content of the file. Lone surrogates, which stand for bytes of paths that are not UTF-8, are escaped
    (:func:`ssot_lint.text.sanitize.encodable`); invisible characters are written as JSON escapes."""
    return json_with_visible_text(FORMAT.dump(map(_written, baseline.entries)).decode()).encode()


def entry_line(entry: BaselineEntry) -> str:
    """The line of an entry in the file, without its end: valid Unicode, safe to look at."""
    return json_with_visible_text(_written(entry).decode())


def parse(data: bytes, name: str) -> Baseline:
    """Read the content of a baseline file; ``name`` is what errors call it.

    Raises BaselineError for whatever :func:`dump` cannot have written, apart from the order of lines and the liberties
    of :mod:`ssot_lint.text.json_lines`, with the line and the way out.
    """
    return union(FORMAT.parse(data, name, _read))


def _written(entry: BaselineEntry) -> bytes:
    try:
        line = msgspec.json.encode(entry)
    except UnicodeEncodeError:
        return msgspec.json.encode(_converted(entry, encodable))
    return msgspec.json.encode(_converted(entry, encodable)) if b"\\" in line else line


def _read(line: bytes) -> BaselineEntry:
    entry = _ENTRY_DECODER.decode(line)
    return _converted(entry, from_encodable) if b"\\" in line else entry


def _converted(entry: BaselineEntry, convert: Callable[[str], str]) -> BaselineEntry:
    return msgspec.structs.replace(
        entry,
        rule=convert(entry.rule),
        subject=convert(entry.subject),
        site=convert(entry.site),
        body=convert(entry.body),
        reason=convert(entry.reason),
    )
