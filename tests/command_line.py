"""The command line as tests call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Run: TypeAlias = Callable[..., tuple[int, str, str]]
"""Runs ssot-lint with arguments, in this process; returns the exit code, stdout and stderr."""
