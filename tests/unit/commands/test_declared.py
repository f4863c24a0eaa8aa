"""What is known about options from their declarations."""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from enum import Enum
from typing import Annotated

import typer

from ssot_lint.commands.declared import Role, assembled, declarations, given, settings_given


class Level(Enum):
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class Rules:
    select: Annotated[tuple[str, ...], typer.Option("--select", "-s"), Role.SETTING, Role.DECIDES] = ()
    level: Annotated[Level | None, typer.Option("--fail-level"), Role.SETTING] = None


@dataclass(frozen=True, kw_only=True)
class Options:
    path: Annotated[str, typer.Argument(metavar="PATH")]
    rules: Rules
    jobs: Annotated[int | None, typer.Option("--jobs", "-j"), Role.SETTING] = None
    locked: Annotated[bool, typer.Option("--locked"), Role.DECIDES] = False


def test_declarations_tell_where_an_option_stands_what_it_is_called_and_what_it_is_for() -> None:
    found = [(each.path, each.default, each.roles) for each in declarations(Options)]
    assert found == [
        (("path",), MISSING, frozenset()),
        (("rules", "select"), (), {Role.SETTING, Role.DECIDES}),
        (("rules", "level"), None, {Role.SETTING}),
        (("jobs",), None, {Role.SETTING}),
        (("locked",), False, {Role.DECIDES}),
    ]
    assert [each.spelling for each in declarations(Rules)] == ["--select", "--fail-level"]
    assert [each.is_repeatable for each in declarations(Rules)] == [True, False]


def test_groups_are_assembled_with_defaults_for_what_is_missing() -> None:
    values = {("path",): "a", ("rules", "select"): ("A",)}
    assert assembled(Options, values) == Options(path="a", rules=Rules(select=("A",)))
    assert assembled(Rules, {}) == Rules()


def test_given_is_what_differs_from_its_default() -> None:
    options = Options(path="a", rules=Rules(select=("A",)), locked=True)
    assert [(each.path[-1], value) for each, value in given(options)] == [
        ("path", "a"),
        ("select", ("A",)),
        ("locked", True),
    ]
    assert list(given(Rules())) == []


def test_settings_are_keys_with_values_as_in_toml() -> None:
    rules = Rules(select=("A, B", "C"), level=Level.HIGH)
    assert settings_given(Options(path="a", rules=rules, jobs=0)) == {
        "select": ["A", "B", "C"],
        "fail-level": "high",
        "jobs": 0,
    }
    assert settings_given(Rules(select=("",))) == {"select": []}
    assert settings_given(Rules()) == {}
