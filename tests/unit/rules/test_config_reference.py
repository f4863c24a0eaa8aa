from __future__ import annotations

import re

import msgspec
import pytest

from ssot_lint.config.convert import field_name
from ssot_lint.config.layers import parse_toml
from ssot_lint.config.settings import Config
from ssot_lint.model.component import Component
from ssot_lint.rules.config_reference import render_reference
from ssot_rules import RULES

ROW = re.compile(r"^\| `(?P<key>[a-z-]+)` \|.*\| `(?P<example>[^`]+)` \|$", re.MULTILINE)


def rows(title: str) -> dict[str, str]:
    """The examples of a chapter, by their key."""
    chapter = render_reference(RULES).partition(f"## {title}\n")[2].partition("\n## ")[0]
    return {match["key"]: match["example"].replace("\\|", "|") for match in ROW.finditer(chapter)}


@pytest.mark.parametrize(("title", "kind"), [("Keys", Config), ("Keys of a component", Component)])
def test_every_key_is_there_with_an_example(title: str, kind: type[msgspec.Struct]) -> None:
    assert [field_name(key) for key in rows(title)] == list(kind.__struct_fields__)


@pytest.mark.parametrize(("key", "example"), rows("Keys").items(), ids=rows("Keys"))
def test_an_example_is_a_configuration(key: str, example: str) -> None:
    found = msgspec.convert(parse_toml(example.encode(), "example.toml"), Config, strict=False)
    changed = getattr(found, field_name(key))
    assert key == "include" or changed != getattr(Config(), field_name(key))


@pytest.mark.parametrize(("key", "example"), rows("Keys of a component").items(), ids=rows("Keys of a component"))
def test_an_example_is_a_component(key: str, example: str) -> None:
    told = parse_toml(example.encode(), "example.toml")
    component = msgspec.convert({"name": "cart", **told}, Component)
    assert getattr(component, field_name(key))


def test_options_that_only_some_rules_have_are_listed_with_their_default() -> None:
    assert "| [scattered-setting](rules/SSOT602-scattered-setting.md) | `modules` | `3` |" in render_reference(RULES)
    assert "| `zones` |" not in render_reference(RULES)
