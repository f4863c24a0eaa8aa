"""Processes that speak to nobody but to whoever gave them a task."""

from __future__ import annotations

import os


def silence() -> None:
    """Let this process say nothing on its stderr from now on."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
