"""The history as a file of JSON Lines: each line after the header is an entry, keys in a fixed order."""

from __future__ import annotations

import msgspec

from ssot_lint.errors import HistoryError
from ssot_lint.history.entry import History, HistoryEntry, history_of
from ssot_lint.text.json_lines import LinesFormat

FORMAT = LinesFormat("history", 1, "ssot-lint history add", "ssot-lint history add", HistoryError)

_ENTRY_DECODER = msgspec.json.Decoder(HistoryEntry)


def dump(history: History) -> bytes:
    """The content of the file: ASCII, as dates, hashes and numbers are."""
    return FORMAT.dump(map(msgspec.json.encode, history))


def parse(data: bytes, name: str) -> History:
    """Read the content of a history file; ``name`` is what errors call it.

    Raises HistoryError for whatever :func:`dump` cannot have written, apart from the order of lines, several lines for
    a commit and the liberties of :mod:`ssot_lint.text.json_lines`, with the line and the way out.
    """
    return history_of(FORMAT.parse(data, name, _ENTRY_DECODER.decode))
