from __future__ import annotations

import json

import msgspec

from ssot_lint.text.json_schema import REFERENCES, schema_text


class Inner(msgspec.Struct):
    """One line."""

    size: int


class Outer(msgspec.Struct):
    """Two lines,
    of a docstring."""

    inner: Inner


def test_a_schema_has_a_title_and_its_definitions_beside_it() -> None:
    _, definitions = msgspec.json.schema_components([Outer], ref_template=REFERENCES)
    text = schema_text("Outer", definitions, "a title")
    assert text.endswith("}\n")
    assert json.loads(text) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "a title",
        "description": "Two lines, of a docstring.",
        "type": "object",
        "properties": {"inner": {"$ref": "#/$defs/Inner"}},
        "required": ["inner"],
        "$defs": {
            "Inner": {
                "title": "Inner",
                "description": "One line.",
                "type": "object",
                "properties": {"size": {"type": "integer"}},
                "required": ["size"],
            }
        },
    }
