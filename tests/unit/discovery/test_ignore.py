"""Ignore files, with the expectations taken from gitignore(5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.ignore import MAX_PATTERNS, compile_patterns
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.model.source import SourceTree

Write = Callable[[Mapping[str, str]], Path]


def scan(root: Path, *paths: str) -> SourceTree:
    return discover(root, [root / path for path in paths or (".",)], DiscoveryOptions())


def found(root: Path, *paths: str) -> list[str]:
    return [file.path for file in scan(root, *paths).files]


def with_files(ignore: str, *paths: str) -> dict[str, str]:
    return {".gitignore": ignore, **dict.fromkeys(paths, "")}


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        ("a.py", ["pkg/b.py"]),
        ("/a.py", ["pkg/a.py", "pkg/b.py"]),
        ("pkg/a.py", ["a.py", "pkg/b.py"]),
        ("pkg/", ["a.py"]),
        ("a.py/", ["a.py", "pkg/a.py", "pkg/b.py"]),
        ("**/a.py", ["pkg/b.py"]),
        ("*.py\n!b.py", ["pkg/b.py"]),
        ("*\n!*/\n!a.py", ["a.py", "pkg/a.py"]),
        ("pkg/\n!pkg/b.py", ["a.py"]),
        ("/*\n!/pkg/", ["pkg/a.py", "pkg/b.py"]),
        ("pkg\n!pkg/", ["a.py", "pkg/a.py", "pkg/b.py"]),
        ("# a.py\n\n\\#x\n[ab].py\r\n", []),
        ("\ufeffa.py", ["pkg/b.py"]),
        ("pkg/**", ["a.py"]),
        ("pkg/**\n!pkg/b.py", ["a.py", "pkg/b.py"]),
        ("pkg/**/", ["a.py", "pkg/a.py", "pkg/b.py"]),
        ("p[!x]g/", ["a.py"]),
        ("a.py  \nb.py\\ ", ["pkg/b.py"]),
    ],
)
def test_patterns(write: Write, ignore: str, left: list[str]) -> None:
    assert found(write(with_files(ignore, "a.py", "pkg/a.py", "pkg/b.py"))) == left


def test_ignore_file_further_down_wins_and_counts_from_its_folder(write: Write) -> None:
    root = write(with_files("*.py", "a.py", "pkg/a.py", "pkg/sub/a.py", "pkg/sub/b.py"))
    write({"pkg/.gitignore": "!/sub/a.py"})
    assert found(root) == ["pkg/sub/a.py"]


def test_ignore_files_above_the_scanned_path_hold(write: Write) -> None:
    root = write(with_files("gen.py", "pkg/sub/gen.py", "pkg/sub/a.py", "pkg/sub/b.py"))
    write({"pkg/.gitignore": "sub/b.py"})
    assert found(root, "pkg/sub") == ["pkg/sub/a.py"]


def test_ignored_folder_that_is_given_is_scanned_by_its_own_rules(write: Write) -> None:
    root = write(with_files("gen/", "gen/a.py", "gen/sub/b.py", "gen/sub/c.py"))
    write({"gen/.gitignore": "c.py"})
    assert found(root) == []
    assert found(root, "gen") == ["gen/a.py", "gen/sub/b.py"]
    assert found(root, "gen/sub") == ["gen/sub/b.py"]
    assert found(root, "gen/sub/c.py") == ["gen/sub/c.py"]


def test_ignore_files_up_to_the_git_top_level_hold(write: Write) -> None:
    root = write(
        {
            ".gitignore": "beyond.py",
            "repo/.git/info/exclude": "private.py",
            "repo/.gitignore": "/services/a/gen/\nb.py",
            "repo/services/.gitignore": "!b.py\n/a/c.py",
            **dict.fromkeys(
                [f"repo/services/a/{name}" for name in ("beyond.py", "private.py", "gen/x.py", "b.py", "c.py")], ""
            ),
        }
    )
    assert found(root / "repo" / "services" / "a") == ["b.py", "beyond.py"]


def test_project_in_an_ignored_folder_is_not_ignored(write: Write) -> None:
    root = write({".git/HEAD": "", ".gitignore": "vendor/\n*.gen.py", "vendor/lib/a.py": ""})
    assert found(root / "vendor" / "lib") == ["a.py"]


def test_nothing_above_the_root_counts_without_a_repository(write: Write) -> None:
    root = write({".gitignore": "a.py", "inner/a.py": ""})
    assert found(root / "inner") == ["a.py"]


def test_ignore_files_can_be_disregarded(write: Write) -> None:
    root = write(with_files("a.py", "a.py"))
    assert discover(root, [root], DiscoveryOptions(respect_gitignore=False)).files[0].path == "a.py"


def test_line_that_cannot_be_applied_is_reported_and_the_others_hold(write: Write) -> None:
    tree = scan(write(with_files("!\n[z-a]\n" + "b" * 1001 + "\na.py", "a.py", "b.py")))
    assert [file.path for file in tree.files] == ["b.py"]
    assert tree.unreadable == (
        (".gitignore", "line 1: not a valid pattern, not applied"),
        (".gitignore", "line 2: not a valid pattern, not applied"),
        (".gitignore", "line 3: longer than 1,000 characters, not applied"),
    )


def test_number_of_patterns_is_limited() -> None:
    _, remarks = compile_patterns(["# comment"] + ["a"] * (MAX_PATTERNS + 1))
    assert remarks == (f"line {MAX_PATTERNS + 2} and after: more than {MAX_PATTERNS} patterns, not applied",)


def test_ignore_file_that_is_too_large_is_reported(write: Write) -> None:
    tree = scan(write(with_files("#" * 1_000_001, "a.py")))
    assert [file.path for file in tree.files] == ["a.py"]
    assert tree.unreadable == ((".gitignore", "too large: 1,000,001 bytes, more than 1,000,000"),)


def test_ignore_file_that_is_a_symlink_is_not_read(write: Write, tmp_path: Path) -> None:
    root = write({"a.py": ""})
    (tmp_path / "rules").write_text("a.py")
    (root / ".gitignore").symlink_to(tmp_path / "rules")
    tree = scan(root)
    assert [file.path for file in tree.files] == ["a.py"]
    assert [path for path, _ in tree.unreadable] == [".gitignore"]
