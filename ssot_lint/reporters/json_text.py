"""Documents as JSON text, the same way for every format that is JSON."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from ssot_lint.model.finding import Json
from ssot_lint.text.sanitize import encodable, json_with_visible_text

JsonObject: TypeAlias = dict[str, Json]


def json_text(document: Json) -> str:
    """Two spaces of indent, keys in the order they have, a newline at the end, valid UTF-8.

    Bytes of paths that are not UTF-8 are escaped (:func:`ssot_lint.text.sanitize.encodable`); invisible characters are
    written as JSON escapes.
    """
    encoded = msgspec.json.encode(_encodable(document))
    return json_with_visible_text(msgspec.json.format(encoded, indent=2).decode()) + "\n"


def _encodable(value: Json) -> Json:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {_text(key): _encodable(item) for key, item in value.items()}
    return value


def _text(text: str) -> str:
    is_plain = text.isascii() and "\\" not in text  # as nearly all of a large report is
    return text if is_plain else encodable(text)
