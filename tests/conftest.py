"""Fixtures shared by tests that scan real code."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

WHEELS = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ssot-lint" / "wheels"


@pytest.fixture(scope="session")
def unpack_wheel(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Unpacks the wheel of a pinned requirement from PyPI; it is downloaded once per machine."""

    def unpack(requirement: str) -> Path:
        folder = WHEELS / requirement
        if not list(folder.glob("*.whl")):
            download = ["download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder), requirement]
            subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *download], check=True)
        (wheel,) = folder.glob("*.whl")
        target = tmp_path_factory.mktemp("wheel") / requirement.partition("==")[0]
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(target)
        return target

    return unpack
