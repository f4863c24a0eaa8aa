"""The command line: reads arguments, hands them to a command, turns the outcome into an exit code.

Only this module ends the process, and ``__main__`` while this one is imported. Commands are imported when they run, so
that ``--help`` and ``--version`` stay quick: they load neither libcst nor networkx.
"""

from __future__ import annotations

import errno
import gc
import re
import signal
import sys
import traceback
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import typer

from ssot_lint.cli.app import PROGRAM, build_app
from ssot_lint.commands.streams import open_missing_streams, print_error, print_traceback
from ssot_lint.errors import ExitCode, SsotLintError, is_interruption

_OF_PARSER = re.compile(
    r"Value error, |(?:Input should be a valid |'[^']*' is not a valid )(?P<kind>integer|number|float)"
    r"(?: range|, unable to parse string as an? \w+)?"
)
"""What the library that reads the values of options says of one that it cannot use, in newer versions and in older."""

_FULL = (errno.ENOSPC, errno.EDQUOT)


def main() -> None:
    """Run with the arguments of the process and end it. SIGTERM ends it as Ctrl-C does: nothing is left behind."""
    # A scan builds millions of objects that live to its end: looking for garbage among them is a third of its time.
    gc.disable()
    open_missing_streams()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    exit_code = run(sys.argv[1:])
    # Else the interpreter looks through all of them on its way out.
    gc.freeze()
    sys.exit(exit_code)


def run(arguments: Sequence[str]) -> ExitCode:
    """Run with ``arguments``; the report goes to stdout, one line per error to stderr."""
    try:
        app = build_app(*arguments[:1])
        outcome = app(list(arguments), prog_name=PROGRAM, standalone_mode=False)
        return ExitCode(outcome or ExitCode.OK)
    except SsotLintError as error:
        print_error(str(error))
        return ExitCode.USAGE
    except (KeyboardInterrupt, typer.Abort):
        return ExitCode.INTERRUPTED
    except Exception as error:  # the last place where one can be caught
        if is_interruption(error):
            return ExitCode.INTERRUPTED
        if isinstance(error, _UsageProblem):
            message = _OF_PARSER.sub(_plain_words, error.format_message().rstrip("."))
            print_error(f"{message}{'' if message.endswith('?') else '.'} Try `{_command_of(error)} --help`")
            return ExitCode.USAGE
        if isinstance(error, OSError) and error.errno in _FULL:
            print_error(error.strerror or str(error))
            return ExitCode.USAGE
        return _internal_error(error, arguments)


@runtime_checkable
class _UsageProblem(Protocol):
    """What the usage errors of typer, and of click below older versions of it, have in common: typer exports
    none of their classes."""

    def format_message(self) -> str: ...


def _plain_words(match: re.Match[str]) -> str:
    kind: str | None = match["kind"]
    return {"integer": "not a whole number", "number": "not a number", "float": "not a number"}.get(kind or "", "")


def _command_of(error: _UsageProblem) -> str:
    """The command that was called wrongly, whose help it is that helps."""
    command: object = getattr(getattr(error, "ctx", None), "command_path", "")
    return command if isinstance(command, str) and command else PROGRAM


def _internal_error(error: Exception, arguments: Sequence[str]) -> ExitCode:
    is_verbose = any(
        word == "--verbose" or (word.startswith("-") and not word.startswith("--") and "v" in word)
        for word in arguments
    )
    if is_verbose:
        print_traceback("".join(traceback.format_exception(error)))
    remedy = "" if is_verbose else ". Run with --verbose for the traceback"
    print_error(
        f"internal error: {type(error).__name__}: {error}{remedy}. "
        "Please report it, with the traceback, to the maintainers of ssot-lint"
    )
    return ExitCode.INTERNAL
