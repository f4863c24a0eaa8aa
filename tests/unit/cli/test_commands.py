"""The declarations of all commands, as typer reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from ssot_lint.cli.app import build_app

SCANNING = (
    "scan",
    "check",
    "where",
    "mcp",
    "server",
    "baseline update",
    "baseline prune",
    "baseline accept",
    "show",
    "fix",
    "graph",
    "init",
)


def commands_below(name: str, command: Any) -> Iterator[tuple[str, list[str]]]:
    """All commands with the spellings of their options."""
    inner = getattr(command, "commands", {})
    for word, each in inner.items():
        yield from commands_below(f"{name} {word}".strip(), each)
    if not inner:
        yield name, [word for parameter in command.params for word in parameter.opts if word.startswith("-")]


COMMANDS = dict(commands_below("", get_command(build_app())))


def test_all_commands_are_there() -> None:
    below = {"baseline": "update prune accept show diff", "history": "add show", "cache": "info clear"}
    nested = [f"{name} {word}" for name, words in below.items() for word in words.split()]
    assert sorted(COMMANDS) == sorted(
        [
            "scan",
            "check",
            "fix",
            "where",
            "mcp",
            "server",
            "files",
            "rules",
            "explain",
            "show",
            "graph",
            "init",
            "config",
            *nested,
        ]
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_has_two_options_of_one_name(command: str) -> None:
    assert [word for word, times in Counter(COMMANDS[command]).items() if times > 1] == []


@pytest.mark.parametrize("command", SCANNING)
def test_every_command_that_reads_a_project_can_be_told_how(command: str) -> None:
    wanted = {"--jobs", "--quiet", "--verbose", "--no-progress", "--no-cache", "--check-content", "--cache-dir"}
    assert wanted - set(COMMANDS[command]) == set()
