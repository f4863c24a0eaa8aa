"""How large the page may become, and what takes how much of it. All sizes are bytes of the data as it is embedded."""

from __future__ import annotations

import msgspec

ROOM_FOR_FINDINGS = 3_050_000
"""With the files that they name and who imports them."""
ROOM_FOR_CODE = 1_050_000
ROOM_FOR_PLAN = 500_000
"""Scripts, styles, rules, folders and the overview take less than 400,000, so that the page stays below 5 MB."""

_ESCAPED = b"<>&"
_GROWTH = len("\\u003c") - 1


class Room:
    """So many bytes are left."""

    def __init__(self, size: int) -> None:
        self._left = size

    def take(self, size: int) -> bool:
        """Take ``size`` bytes; False if there are not as many, and never again then."""
        self._left -= size
        return self._left >= 0


def size_of(value: object) -> int:
    """What ``value`` takes as JSON in which no tag can begin."""
    text = msgspec.json.encode(value)
    return len(text) + _GROWTH * sum(text.count(character) for character in _ESCAPED) + 1
