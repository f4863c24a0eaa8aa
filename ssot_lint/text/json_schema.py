"""JSON Schemas as files: what msgspec says about types, with a title, the same on every version of Python."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

REFERENCES = "#/$defs/{name}"
"""Where a schema finds the definitions of the types that it names, as msgspec takes it."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(main: str, definitions: Mapping[str, dict[str, object]], title: str) -> str:
    """The schema of the definition called ``main``, with the others beside it; two spaces of indent."""
    # Docstrings keep their line breaks, and before Python 3.13 their indentation.
    clean = {
        name: {**definition, "description": " ".join(str(definition["description"]).split())}
        for name, definition in definitions.items()
    }
    schema = {"$schema": _DIALECT, **clean.pop(main), "title": title, "$defs": clean}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
