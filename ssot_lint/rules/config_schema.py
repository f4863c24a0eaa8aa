"""The JSON Schema of the configuration, for editors: made from Config and from the options of the rules."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

import msgspec

from ssot_lint.config.settings import Config
from ssot_lint.rules.docs import rule_options
from ssot_lint.rules.rule import Rule

FILE_NAME = "config.schema.json"
"""The shipped schema, a file of the package ``ssot_lint``."""

TITLE = "Configuration of ssot-lint"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def render_schema(rules: Iterable[type[Rule]]) -> str:
    """The schema of a configuration file, with the options of ``rules``; those of other rules may be anything."""
    tables = [(rule, list(rule_options(rule))) for rule in rules]
    kinds = [option.kind for _, options in tables for option in options]
    schemas, definitions = msgspec.json.schema_components(
        [Config, *kinds], schema_hook=_schema_of_anything, ref_template="#/$defs/{name}"
    )
    option_schemas = iter(schemas[1:])
    properties = {
        rule.name: {
            "type": "object",
            "description": rule.info().summary,
            "properties": {
                option.key: {**next(option_schemas), "default": msgspec.to_builtins(option.default)}
                for option in options
            },
            "additionalProperties": False,
        }
        for rule, options in tables
    }
    definitions["Config"]["properties"]["rules"]["properties"] = properties
    for definition in definitions.values():
        # Python 3.13 strips docstrings of their indentation, older versions do not.
        definition["description"] = inspect.cleandoc(definition["description"])
    schema = {"$schema": DIALECT, **definitions.pop("Config"), "title": TITLE, "$defs": definitions}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def _schema_of_anything(_kind: type) -> dict[str, object]:
    """msgspec asks for the kind ``object`` only: an option of a rule that is not known here."""
    return {"description": "an option"}
