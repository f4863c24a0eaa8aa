"""Runs the command of ``--verify``: the user's own words on the command line, never what a file says."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ssot_lint.errors import UsageError


def verifies(command: str, folder: Path) -> bool:
    """Whether the shell command ``command`` ends well in ``folder``. What it prints goes where ours goes.

    Raises UsageError where no shell can be started.
    """
    try:
        return subprocess.run(command, cwd=folder, shell=True).returncode == 0  # noqa: S602 - the user's own words
    except OSError as error:
        raise UsageError(f"--verify: cannot be run: {error.strerror}") from error
