"""Other checkouts within a project are left out; submodules stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.options import DiscoveryOptions

Write = Callable[[Mapping[str, str]], Path]


def found(root: Path, path: str = ".") -> list[str]:
    return [file.path for file in discover(root, [root / path], DiscoveryOptions()).files]


@pytest.mark.parametrize(
    ("folder", "git", "stays"),
    [
        (".worktrees/feature", "gitdir: /home/me/project/.git/worktrees/feature\n", False),
        ("feature", "gitdir: ../.git/worktrees/feature", False),
        ("feature", "gitdir: C:\\me\\.git\\worktrees\\feature", False),
        ("libs/sub", "gitdir: ../../.git/modules/libs/sub\n", True),
        ("libs/sub", "nothing of that kind", True),
    ],
)
def test_git_file(write: Write, folder: str, git: str, stays: bool) -> None:
    root = write({"a.py": "", f"{folder}/.git": git, f"{folder}/b.py": ""})
    assert (f"{folder}/b.py" in found(root)) is stays


def test_repository_in_the_project(write: Write) -> None:
    root = write({"a.py": "", "other/.git/HEAD": "", "other/b.py": "", "other/deep/c.py": ""})
    assert found(root) == ["a.py"]
    assert found(root, "other/deep") == ["other/deep/c.py"]


def test_the_project_itself_may_be_a_worktree(write: Write) -> None:
    assert found(write({".git": "gitdir: /x/.git/worktrees/y", "a.py": ""})) == ["a.py"]


def test_what_is_left_out_is_unknown(write: Write) -> None:
    root = write({"other/.git/HEAD": "", "other/b.py": "", "a.py": ""})
    assert discover(root, [root], DiscoveryOptions()).opaque_modules == {("", "other")}


@pytest.mark.parametrize(
    ("listed", "unknown"),
    [
        ('[submodule "parts"]\n\tpath = shop/parts\n\turl = https://example.org/parts.git\n', {"shop/parts"}),
        (
            '[submodule "p"]\n  path=libs/parts\n[submodule "q"]\n  path = shop/more/stock\n',
            {"libs/parts", "shop/more/stock"},
        ),
        ('[submodule "empty"]\n\tpath = ./lib/empty/\n', {"lib/empty"}),
        ('[submodule "fetched"]\n\tpath = shop/fetched\n', set()),
        ('[submodule "out"]\n\tpath = ../parts\n[submodule "dashed"]\n\tpath = shop/some-parts\n', set()),
        ("path\n=\n", set()),
    ],
)
def test_a_submodule_that_was_not_fetched_is_unknown(write: Write, listed: str, unknown: set[str]) -> None:
    """A checkout, an archive and a shallow clone of CI are without them."""
    root = write({".gitmodules": listed, "shop/__init__.py": "", "shop/fetched/b.py": ""})
    (root / "lib/empty").mkdir(parents=True)
    found = discover(root, [root], DiscoveryOptions())
    assert found.layout.opaque_folders == unknown
    assert "shop/fetched/b.py" in {file.path for file in found.files}
