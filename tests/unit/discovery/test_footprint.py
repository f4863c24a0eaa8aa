from __future__ import annotations

import os
from pathlib import Path

import pytest

from ssot_lint.discovery.footprint import footprint
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.discovery.stamps import stamps

LONG_AGO = 1_000_000_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in (
        "pyproject.toml",
        ".gitattributes",
        ".gitignore",
        "shop/a.py",
        "docs/notes.html",
        ".venv/lib.py",
        "requirements/x.txt",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "CACHEDIR.TAG").write_text("")
    for each in (*tmp_path.rglob("*"), tmp_path):
        os.utime(each, (LONG_AGO, LONG_AGO))
    return tmp_path


def digest(root: Path) -> str:
    return stamps(footprint(root, DiscoveryOptions())).digest


def test_it_has_the_folders_and_what_is_read_in_them(root: Path) -> None:
    inside = {
        Path(path).relative_to(root).as_posix()
        for path in footprint(root, DiscoveryOptions())
        if Path(path).is_relative_to(root)
    }
    assert inside == {
        ".",
        ".git/info/exclude",
        ".gitattributes",
        ".gitignore",
        "docs",
        "pyproject.toml",
        "requirements",
        "requirements/x.txt",
        "shop",
        "shop/a.py",
    }


@pytest.mark.parametrize("path", ["shop/b.py", "docs/new/deep.py", "new/c.py", "docs/setup.cfg"])
def test_a_new_file_changes_it(root: Path, path: str) -> None:
    paths = footprint(root, DiscoveryOptions())
    before = stamps(paths).digest
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("")
    assert stamps(paths).digest != before


@pytest.mark.parametrize("path", ["shop/a.py", "pyproject.toml", ".gitattributes", ".gitignore", "requirements/x.txt"])
def test_an_edited_or_deleted_file_changes_it(root: Path, path: str) -> None:
    paths = footprint(root, DiscoveryOptions())
    before = stamps(paths).digest
    (root / path).write_text("x = 1")
    edited = stamps(paths).digest
    (root / path).unlink()
    assert len({before, edited, stamps(paths).digest}) == 3


def test_what_is_never_read_changes_nothing(root: Path) -> None:
    before = digest(root)
    (root / "docs" / "notes.html").write_text("x")
    (root / ".venv" / "other.py").write_text("x")
    assert digest(root) == before


def test_what_has_just_changed_is_not_settled(root: Path) -> None:
    # Times of inodes cannot be set: everything in a fresh folder is new.
    assert not stamps([str(root / "shop")]).is_settled
    assert stamps(["/proc/self/none"]).is_settled
