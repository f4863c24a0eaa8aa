"""Standard output and standard error, and when they may carry colour or a progress bar."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from ssot_lint.commands.options import Color
from ssot_lint.errors import UsageError
from ssot_lint.text.sanitize import visible

NARROWEST = 40
WIDEST = 400


def open_missing_streams() -> None:
    """Give a process that was started without some of stdin, stdout and stderr ones that lead nowhere.

    A file that is opened later would take their place, and get what is printed.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest number that is free
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as we run


def print_error(message: str) -> None:
    """One line on stderr, whatever the message holds."""
    print_note(f"error: {message}")


def print_note(message: str) -> None:
    """One line on stderr, whatever the message holds."""
    sys.stderr.write(f"{visible(message)}\n")


def print_traceback(text: str) -> None:
    """A traceback on stderr, line by line: exceptions quote names from the scanned code."""
    for line in text.splitlines():
        print_note(line)


def print_text(text: str) -> None:
    """Text for people on stdout, what its encoding lacks being escaped."""
    print_bytes(text.encode(sys.stdout.encoding, "backslashreplace"))


def print_bytes(data: bytes) -> None:
    """``data`` on stdout. A closed pipe (``| head``) is no error. Raises UsageError for a full disk."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Python flushes stdout once more when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise UsageError(f"standard output: cannot be written: {error.strerror}") from error


def wants_color(choice: Color, environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """--color, else NO_COLOR (https://no-color.org), else FORCE_COLOR, else whether it goes to a terminal."""
    if choice is not Color.AUTO:
        return choice is Color.ALWAYS
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"


def wants_progress(environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Whether a progress bar helps on stderr: not in CI, nor under pre-commit, which offers a pseudo-terminal."""
    return is_terminal and not environment.get("CI") and environment.get("PRE_COMMIT") != "1"


def text_width() -> int:
    """The columns of the terminal, or COLUMNS; 80 for a pipe."""
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
