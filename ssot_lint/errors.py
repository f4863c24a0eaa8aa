"""The errors a user can cause, and the exit codes everything ends with."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller. The only place where these numbers stand."""

    OK = 0
    GATE_FAILED = 1
    USAGE = 2
    INTERNAL = 3
    INTERRUPTED = 130


def is_interruption(error: BaseException) -> bool:
    """Whether an error is a Ctrl-C, or comes of one: Python up to 3.11 makes a RuntimeError of it while it makes a
    class, and what is imported or closed meanwhile fails in its own way."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, KeyboardInterrupt):
        seen = seen.__cause__ or seen.__context__
    return seen is not None


class SsotLintError(Exception):
    """Root of all errors that end a run: one clear line, then exit code 2.

    ``message`` names the offender (file, key, option); ``remedy`` says the way out.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}. {self.remedy}" if self.remedy else self.message


class ConfigError(SsotLintError):
    """The configuration is unreadable, or a key or value in it is wrong."""


class BaselineError(SsotLintError):
    """A baseline is damaged, in conflict, or of a later version, or the file is none."""


class HistoryError(SsotLintError):
    """A history is damaged, in conflict, or of a later version, or the file is none; or there is no report to add."""


class UsageError(SsotLintError):
    """The command line asks for something that cannot be done."""


class PluginError(SsotLintError):
    """A rule pack, a format or an executor cannot be loaded, or two packages claim the same name."""


class ExecutorError(SsotLintError):
    """Whoever runs the tasks of a scan is ended again and again, or cannot be started again."""
