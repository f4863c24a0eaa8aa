"""Fixtures shared by tests that scan real code."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

# For `benchmarks`, which nothing installs. Last, so that it hides no installed package.
sys.path.append(str(Path(__file__).parents[1]))


@pytest.fixture(scope="session")
def unpack_wheel(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Unpacks the wheel of a pinned requirement from PyPI; it is downloaded once per machine."""

    from benchmarks.wheels import fetch_wheel

    def unpack(requirement: str) -> Path:
        target = tmp_path_factory.mktemp("wheel") / requirement.partition("==")[0]
        with zipfile.ZipFile(fetch_wheel(requirement)) as archive:
            archive.extractall(target)
        return target

    return unpack
