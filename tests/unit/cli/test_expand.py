"""From a dataclass of options to what typer reads, and back."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from ssot_lint.cli.expand import expanded


class Shape(str, Enum):
    ROUND = "round"
    SQUARE = "square"


@dataclass(frozen=True, kw_only=True)
class Oven:
    degrees: Annotated[int, typer.Option("--degrees", "-d", min=0, help="How hot.")] = 180
    is_off: Annotated[bool, typer.Option("--cold")] = False


@dataclass(frozen=True, kw_only=True)
class Kitchen:
    oven: Oven
    table: Annotated[Path | None, typer.Option("--table")] = None


@dataclass(frozen=True, kw_only=True)
class Baking:
    names: Annotated[tuple[str, ...], typer.Argument(metavar="NAME")] = ("bread",)
    kitchen: Kitchen
    shape: Annotated[Shape, typer.Option("--shape")] = Shape.ROUND
    spices: Annotated[tuple[str, ...], typer.Option("--spice")] = ()


@dataclass(frozen=True, kw_only=True)
class Tasting:
    dish: Annotated[str, typer.Argument(metavar="DISH")]
    guests: Annotated[tuple[str, ...], typer.Option("--guest")]


def read(arguments: Sequence[str]) -> Baking:
    """The dataclass that a command gets which is called with these arguments."""
    seen: list[Baking] = []

    def bake(options: Baking) -> None:
        seen.append(options)

    result = CliRunner().invoke(app_of(expanded(bake)), arguments)
    assert (result.exit_code, result.output) == (0, "")
    return seen[0]


def app_of(command: Callable[..., object]) -> typer.Typer:
    app = typer.Typer(rich_markup_mode=None)
    app.command()(command)
    return app


NOTHING_GIVEN = Baking(kitchen=Kitchen(oven=Oven()))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], NOTHING_GIVEN),
        (["cake", "pie"], Baking(names=("cake", "pie"), kitchen=Kitchen(oven=Oven()))),
        (["-d", "90", "--cold"], Baking(kitchen=Kitchen(oven=Oven(degrees=90, is_off=True)))),
        (["--table", "a/b"], Baking(kitchen=Kitchen(oven=Oven(), table=Path("a/b")))),
        (["--spice", "salt", "--spice", ""], Baking(kitchen=Kitchen(oven=Oven()), spices=("salt", ""))),
        (["--shape", "square"], Baking(kitchen=Kitchen(oven=Oven()), shape=Shape.SQUARE)),
    ],
)
def test_what_is_given_arrives_in_its_group_and_the_rest_has_its_default(
    arguments: list[str], expected: Baking
) -> None:
    assert read(arguments) == expected


def test_options_of_groups_stand_in_the_signature_in_the_place_of_the_group() -> None:
    def bake(options: Baking) -> int:
        raise NotImplementedError

    parameters = inspect.signature(expanded(bake)).parameters
    assert [(name, each.default) for name, each in parameters.items()] == [
        ("names", None),
        ("kitchen_oven_degrees", 180),
        ("kitchen_oven_is_off", False),
        ("kitchen_table", None),
        ("shape", Shape.ROUND),
        ("spices", None),
    ]


def test_what_has_no_default_has_to_be_given() -> None:
    def taste(options: Tasting) -> None:
        typer.echo(options)

    app = app_of(expanded(taste))
    assert CliRunner().invoke(app, ["soup"]).exit_code == 2
    assert CliRunner().invoke(app, ["--guest", "Ada"]).exit_code == 2
    result = CliRunner().invoke(app, ["soup", "--guest", "Ada", "--guest", "Bob"])
    assert (result.exit_code, result.output) == (0, "Tasting(dish='soup', guests=('Ada', 'Bob'))\n")


def test_name_help_and_result_are_those_of_the_command() -> None:
    def bake(options: Baking) -> int:
        """Bake something."""
        return options.kitchen.oven.degrees

    command = expanded(bake)
    assert (command.__name__, command.__doc__, command(kitchen_oven_degrees=7)) == ("bake", "Bake something.", 7)


def test_a_field_that_nobody_can_give_is_refused() -> None:
    def bake(options: Unclear) -> None:
        raise NotImplementedError

    with pytest.raises(TypeError, match=r"^Unclear\.size is neither an option nor a group of options$"):
        expanded(bake)


@dataclass(frozen=True, kw_only=True)
class Unclear:
    size: Annotated[int, "in centimetres"] = 3
