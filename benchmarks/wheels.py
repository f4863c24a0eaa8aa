"""Pinned wheels from PyPI, and the folder outside the repository that keeps what the benchmarks make."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path


def cache_folder() -> Path:
    """Where wheels, corpora, virtual environments and results are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ssot-lint"


def fetch_wheel(requirement: str) -> Path:
    """The wheel of a pinned requirement; it is downloaded once per machine."""
    folder = cache_folder() / "wheels" / requirement
    if not list(folder.glob("*.whl")):
        # Nothing of it will run: the Python it is for does not matter.
        download = ["download", "--quiet", "--no-deps", "--only-binary=:all:", "--ignore-requires-python"]
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, *download, "--dest", str(folder), requirement], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def wheel_sources(requirement: str) -> dict[str, bytes]:
    """The Python files of a wheel by their path in it, sorted."""
    with zipfile.ZipFile(fetch_wheel(requirement)) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".py")}
