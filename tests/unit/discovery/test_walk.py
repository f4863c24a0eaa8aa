"""Which files a scan takes up."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.errors import ConfigError, UsageError
from ssot_lint.model.source import SourceTree, Zone

Write = Callable[[Mapping[str, str]], Path]


def scan(root: Path, *paths: str, **options: tuple[str, ...]) -> SourceTree:
    with_options = msgspec.convert(options, DiscoveryOptions)
    return discover(root, [root / path for path in paths or (".",)], with_options)


def found(root: Path, *paths: str, **options: tuple[str, ...]) -> list[str]:
    return [file.path for file in scan(root, *paths, **options).files]


def empty(*paths: str) -> dict[str, str]:
    return dict.fromkeys(paths, "")


def test_python_files_and_stubs_sorted_by_path(write: Write) -> None:
    root = write(empty("b.py", "a/z.py", "a/b.pyi", "a-b/c.py", "a.txt", "a/README.md"))
    assert found(root) == ["a-b/c.py", "a/b.pyi", "a/z.py", "b.py"]


def test_folder_with_the_name_of_a_file(write: Write) -> None:
    assert found(write(empty("x.py/inner.py"))) == ["x.py/inner.py"]


def test_caches_and_environments_are_left_out(write: Write) -> None:
    root = write(
        empty(
            ".git/hooks/a.py",
            ".tox/py/a.py",
            "pkg/__pycache__/a.py",
            "node_modules/x/a.py",
            "lib/site-packages/a.py",
            "pkg.egg-info/a.py",
            "my-environment/pyvenv.cfg",
            "my-environment/lib/a.py",
            "conda/conda-meta/history",
            "conda/a.py",
            "cache/CACHEDIR.TAG",
            "cache/a.py",
            "venv/first_party.py",
            "env/first_party.py",
        )
    )
    assert found(root) == ["env/first_party.py", "venv/first_party.py"]


def test_build_output_is_left_out_and_a_package_of_that_name_is_not(write: Write) -> None:
    root = write(
        empty(
            "build/lib/pkg/a.py",
            "dist/__init__.py",
            "dist/a.py",
            "pkg/build/a.py",
            "services/x/setup.py",
            "services/x/build/lib/a.py",
        )
    )
    assert found(root) == ["dist/__init__.py", "dist/a.py", "pkg/build/a.py", "services/x/setup.py"]


def test_exclude_replaces_the_built_in_patterns_and_extend_exclude_adds(write: Write) -> None:
    root = write(empty("a.py", "gen/b.py", ".tox/c.py", "pkg/gen/d.py"))
    assert found(root, extend_exclude=("/gen",)) == ["a.py", "pkg/gen/d.py"]
    assert found(root, exclude=("gen/",)) == [".tox/c.py", "a.py"]


def test_include_may_name_other_files(write: Write) -> None:
    root = write(empty("a.py", "bin/tool", "bin/x.pyw", "b.pyi"))
    assert found(root, include=("*.py", "bin/")) == ["a.py", "bin/tool", "bin/x.pyw"]


def test_path_that_is_given_is_scanned_though_it_is_excluded(write: Write) -> None:
    root = write(
        empty(
            ".tox/py/a.py",
            ".tox/py/b.py",
            ".tox/py/.hg/c.py",
            "venv/pyvenv.cfg",
            "venv/d.py",
            "venv/e.py",
            "tool",
            "z.py",
        )
    )
    assert found(root, ".tox/py/a.py") == [".tox/py/a.py"]
    assert found(root, ".tox", "tool") == [".tox/py/.hg/c.py", ".tox/py/a.py", ".tox/py/b.py", "tool"]
    assert found(root, "venv") == ["venv/d.py", "venv/e.py"]
    assert found(root, ".", "venv/d.py") == ["venv/d.py", "z.py"]


def test_overlapping_paths_list_a_file_once(write: Write) -> None:
    assert found(write(empty("a/b.py")), "a", ".", "a/b.py") == ["a/b.py"]


def test_what_is_not_scanned_is_opaque(write: Write) -> None:
    root = write(empty("pkg/__init__.py", "pkg/gen/x.py", "pkg/_version.py", "pkg/a.py", ".tox/b.py"))
    tree = scan(root, extend_exclude=("gen/", "_version.py"))
    assert tree.opaque_modules == {("", "pkg.gen"), ("", "pkg._version")}


def test_symlinks_are_not_followed(write: Write, tmp_path: Path) -> None:
    root = write(empty("pkg/a.py"))
    (tmp_path / "secret.py").touch()
    (root / "pkg" / "loop").symlink_to(root)
    (root / "pkg" / "out.py").symlink_to(tmp_path / "secret.py")
    (root / "pkg" / "gone.py").symlink_to("nowhere.py")
    tree = scan(root)
    assert [file.path for file in tree.files] == ["pkg/a.py"]
    assert tree.opaque_modules == {("", "pkg.loop"), ("", "pkg.out"), ("", "pkg.gone")}
    assert tree.links == ("pkg/loop", "pkg/out.py")


def test_only_symlinks_that_stand_for_something_to_scan_are_told(write: Write) -> None:
    root = write(empty("pkg/a.py", "data/x.txt", ".gitignore"))
    (root / ".gitignore").write_text("made.py\n")
    for name, target in {
        "made.py": "pkg/a.py",
        "notes.txt": "pkg/a.py",
        "x.py": "data/x.txt",
        "1.0": "pkg",
        "round.py": "round.py",
        "latest": "pkg",
    }.items():
        (root / name).symlink_to(target)
    assert scan(root).links == ("latest", "x.py")
    assert scan(root, "pkg").links == ()
    assert scan(root, exclude=("latest/",)).links == ("x.py",)


def test_symlink_that_is_given_stands_for_its_target(write: Write, tmp_path: Path) -> None:
    root = write(empty("pkg/a.py"))
    (root / "link.py").symlink_to("pkg/a.py")
    (root / "out").symlink_to(tmp_path)
    assert found(root, "link.py") == ["pkg/a.py"]
    with pytest.raises(UsageError, match="outside the project"):
        scan(root, "out")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_fifo_is_skipped(write: Write) -> None:
    root = write(empty("a.py"))
    os.mkfifo(root / "pipe.py")
    os.mkfifo(root / ".gitignore")
    tree = scan(root)
    assert [file.path for file in tree.files] == ["a.py"]
    assert tree.unreadable == ((".gitignore", "not a regular file"),)
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        scan(root, "pipe.py")


def test_unreadable_folder_is_reported_and_its_modules_are_unknown(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(empty("pkg/a.py", "closed/b.py"))
    real = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    tree = scan(root)
    assert [file.path for file in tree.files] == ["pkg/a.py"]
    assert tree.unreadable == (("closed", "Permission denied"),)
    assert tree.opaque_modules == {("", "closed")}


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text here")
def test_names_that_are_not_utf8(write: Write) -> None:
    root = write(empty("a.py"))
    (root / os.fsdecode(b"caf\xe9")).mkdir()
    (root / os.fsdecode(b"caf\xe9/\xff.py")).touch()
    assert found(root) == ["a.py", "caf\udce9/\udcff.py"]


def test_very_deep_folders(write: Write) -> None:
    deep = "/".join(["d"] * 500)
    assert found(write(empty(f"{deep}/a.py"))) == [f"{deep}/a.py"]


@pytest.mark.parametrize("path", ["missing.py", "a.py/b.py", "nul\0byte"])
def test_path_that_does_not_exist(write: Write, path: str) -> None:
    with pytest.raises(UsageError):
        scan(write(empty("a.py")), path)


def test_path_outside_the_root(write: Write, tmp_path: Path) -> None:
    root = write(empty("a.py"))
    (tmp_path / "other.py").touch()
    with pytest.raises(UsageError, match="outside the project"):
        discover(root, [tmp_path / "other.py"], DiscoveryOptions())


def test_source_root_that_is_none(write: Write) -> None:
    root = write(empty("a.py"))
    with pytest.raises(ConfigError, match='no such folder: "lib"'):
        scan(root, source_roots=("lib",))
    with pytest.raises(ConfigError, match=r'"\.\./lib" leaves the project'):
        scan(root, source_roots=("../lib",))


@pytest.mark.parametrize("option", ["include", "exclude", "extend_exclude"])
def test_pattern_that_is_none(write: Write, option: str) -> None:
    with pytest.raises(ConfigError, match=r'"\[z-a\]": not a valid pattern'):
        scan(write(empty("a.py")), **{option: ("[z-a]",)})


def test_pattern_of_a_zone_that_is_none(write: Write) -> None:
    root = write({"a.py": ""})
    with pytest.raises(ConfigError, match=r'zone-paths\.script: "\[z-a\]": not a valid pattern'):
        discover(root, [root], DiscoveryOptions(zone_paths={Zone.SCRIPT: ("[z-a]",)}))
