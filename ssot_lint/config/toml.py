"""Writes values as TOML, on one line each."""

from __future__ import annotations

import msgspec

from ssot_lint.config.convert import bare_or_quoted


def toml_value(value: object) -> str:
    """``value`` as TOML: Structs and dicts as inline tables, enums by their value."""
    return _written(msgspec.to_builtins(value))


def _written(value: object) -> str:
    if isinstance(value, dict):
        items = (f"{bare_or_quoted(key)} = {_written(item)}" for key, item in value.items())
        return f"{{ {', '.join(items)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    # JSON writes booleans, numbers and strings as TOML does.
    return msgspec.json.encode(value).decode()
