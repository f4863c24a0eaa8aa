"""The JSON Schema of the configuration, for editors: made from Config and from the options of the rules."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ssot_lint.config.settings import Config
from ssot_lint.rules.docs import rule_options
from ssot_lint.rules.rule import Rule
from ssot_lint.text.json_schema import REFERENCES, schema_text

FILE_NAME = "config.schema.json"
"""The shipped schema, a file of the package ``ssot_lint``."""

TITLE = "Configuration of ssot-lint"


def render_schema(rules: Iterable[type[Rule]]) -> str:
    """The schema of a configuration file, with the options of ``rules``; those of other rules may be anything."""
    tables = [(rule, list(rule_options(rule))) for rule in rules]
    kinds = [option.kind for _, options in tables for option in options]
    schemas, definitions = msgspec.json.schema_components(
        [Config, *kinds], schema_hook=_schema_of_anything, ref_template=REFERENCES
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
    return schema_text("Config", definitions, TITLE)


def _schema_of_anything(_kind: type) -> dict[str, object]:
    """msgspec asks for the kind ``object`` only: an option of a rule that is not known here."""
    return {"description": "an option"}
