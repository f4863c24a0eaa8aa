from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.project_root import find_project_root, folder_in_repository

Write = Callable[[Mapping[str, str]], Path]

OURS = "[tool.ssot-lint]\nfail-under = 50"


@pytest.mark.parametrize(
    ("files", "start", "expected"),
    [
        ({"pyproject.toml": OURS, "sub/pyproject.toml": "", "sub/pkg/a.py": ""}, "sub/pkg", "."),
        ({"ssot-lint.toml": "", "sub/.ssot-lint.toml": "", "sub/a.py": ""}, "sub/a.py", "sub"),
        ({"ssot-lint.toml": "", "sub/.git/HEAD": "", "sub/pkg/a.py": ""}, "sub/pkg", "sub"),
        ({"setup.py": "", "sub/setup.cfg": "", "sub/pkg/a.py": ""}, "sub/pkg", "sub"),
        ({".git": "gitdir: elsewhere", "pkg/a.py": ""}, "pkg/a.py", "."),
    ],
)
def test_nearest_marker(write: Write, files: Mapping[str, str], start: str, expected: str) -> None:
    root = write(files)
    assert find_project_root(root / start) == (root / expected).resolve()


def test_without_any_marker(write: Write) -> None:
    root = write({"lib/pkg/__init__.py": "", "lib/pkg/sub/__init__.py": "", "loose/a.py": ""})
    assert find_project_root(root / "lib" / "pkg" / "sub") == root / "lib"
    assert find_project_root(root / "loose" / "a.py") == root / "loose"


def test_broken_pyproject_on_the_way(write: Write) -> None:
    root = write({"pyproject.toml": "[tool", "a/setup.py": ""})
    assert find_project_root(root / "a") == root


@pytest.mark.parametrize(
    ("files", "root", "folder"),
    [
        ({".git/HEAD": "", "a.py": ""}, ".", ""),
        ({".git": "gitdir: elsewhere", "services/shop/a.py": ""}, "services/shop", "services/shop/"),
        ({".git/HEAD": "", "vendor/lib/.git/HEAD": "", "vendor/lib/src/a.py": ""}, "vendor/lib/src", "src/"),
        ({"services/shop/a.py": ""}, "services/shop", ""),
    ],
)
def test_folder_in_repository(write: Write, files: Mapping[str, str], root: str, folder: str) -> None:
    assert folder_in_repository(write(files) / root) == folder
