"""The reference of the configuration as Markdown tables: every key, made from the same schema that editors read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from ssot_lint.config.convert import option_kinds
from ssot_lint.config.toml import toml_value
from ssot_lint.rules.config_schema import render_schema
from ssot_lint.rules.docs import rule_options
from ssot_lint.rules.rule import Rule

_HEAD = "| key | type | default | meaning | example |\n| --- | --- | --- | --- | --- |"
_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
}
Schema = Mapping[str, Any]


def render_reference(rules: Iterable[type[Rule]]) -> str:
    """Tables of the keys, of those of a component, and of the options of ``rules`` that not all rules have."""
    rules = list(rules)
    schema = msgspec.json.decode(render_schema(rules))
    definitions = {**schema["$defs"], "Config": schema}
    return "\n".join(
        [
            "## Keys\n",
            _keys(definitions, "Config"),
            "\n## Keys of a component\n",
            "Each `[[tool.ssot-lint.components]]` table is one component.\n",
            _keys(definitions, "Component"),
            "\n## Options of rules\n",
            "Under `[tool.ssot-lint.rules.NAME]`. Options that every rule has stand on the rule's page.\n",
            _options(rules),
            "",
        ]
    )


def _keys(definitions: Mapping[str, Schema], name: str) -> str:
    required = definitions[name].get("required", ())
    rows = [
        _row(definitions, key, schema, is_required=key in required)
        for key, schema in definitions[name]["properties"].items()
    ]
    return "\n".join([_HEAD, *rows])


def _row(definitions: Mapping[str, Schema], key: str, schema: Schema, *, is_required: bool) -> str:
    default = "required" if is_required else _code(toml_value(schema.get("default", ())))
    examples = [_code(_example(key, each)) for each in schema.get("examples", ())[:1]]
    cells = (_code(key), _type(definitions, schema), default, schema["description"], *(examples or [""]))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _example(key: str, value: object) -> str:
    return f"{key} = {toml_value(value)}"


def _type(definitions: Mapping[str, Schema], schema: Schema) -> str:
    """What a value is, in words."""
    reference = schema.get("$ref") or next((each["$ref"] for each in schema.get("allOf", ())), "")
    if reference:
        schema = definitions[reference.rpartition("/")[2]]
    if "enum" in schema:
        return " or ".join(_code(value) for value in schema["enum"])
    kind = schema.get("type", "")
    if kind == "array":
        return "list of tables" if "$ref" in schema.get("items", {}) else "list of texts"
    return "table" if kind == "object" else _TYPES.get(kind, "any")


def _options(rules: Iterable[type[Rule]]) -> str:
    return "\n".join(["| rule | option | default | meaning |", "| --- | --- | --- | --- |", *_option_rows(rules)])


def _option_rows(rules: Iterable[type[Rule]]) -> Iterator[str]:
    shared = option_kinds(Rule)
    for rule in rules:
        for option in rule_options(rule):
            if option.key not in shared:
                name = f"[{rule.name}](rules/{rule.code}-{rule.name}.md)"
                yield f"| {name} | `{option.key}` | `{toml_value(option.default)}` | {option.description} |"


def _code(text: object) -> str:
    return f"`{text}`"
