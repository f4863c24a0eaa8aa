"""What the paths of a project are called where a command runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path


def shown_from_here(root: Path) -> Callable[[str], str]:
    """How the paths of the project at ``root`` are called in the working directory."""
    return partial(_from_here, root, Path.cwd())


def _from_here(root: Path, here: Path, path: str) -> str:
    """A path of the project as it is called in the working directory."""
    try:
        return Path(os.path.relpath(root / path, here)).as_posix() if path and root != here else path
    except ValueError:  # on another drive of Windows
        return path
