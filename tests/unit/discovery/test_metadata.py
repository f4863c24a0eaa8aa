from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.metadata import Packaging, read_packaging

Write = Callable[[Mapping[str, str]], Path]


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        ('[tool.setuptools.packages.find]\nwhere = ["src", "./lib/"]', {"src", "lib"}),
        ('[tool.setuptools.package-dir]\n"" = "src"\n"a.b" = "x/a/b"\n"c" = "d/e"', {"src", "x"}),
        ('[tool.hatch.build.targets.wheel]\npackages = ["pkg", "rules/x"]\nsources = ["src"]', {"", "rules", "src"}),
        ('[tool.hatch.build.targets.wheel.sources]\n"src" = ""\n"lib/x" = "y"', {"src"}),
        ('[tool.poetry]\npackages = [{include = "a"}, {include = "b", from = "lib"}]', {"lib"}),
        ('[tool.pdm.build]\npackage-dir = "src"', {"src"}),
        ('[tool.uv.build-backend]\nmodule-root = ""', {""}),
        ('[tool.maturin]\npython-source = "python"', {"python"}),
        ('[tool.pytest.ini_options]\npythonpath = [".", "src"]', {"", "src"}),
        ('[tool.setuptools.packages.find]\nwhere = ["../other", "/etc", ".."]', set()),
        ('[tool.setuptools]\npackages = ["a"]\n[tool.hatch]\nbuild = 3', set()),
    ],
)
def test_roots_in_pyproject(write: Write, text: str, roots: set[str]) -> None:
    assert read_packaging(write({"pyproject.toml": text}), ["pyproject.toml"]).roots == roots


def test_roots_in_setup_cfg(write: Write) -> None:
    text = "[options]\npackage_dir =\n    = src\n    a = lib/a\n[options.packages.find]\nwhere = source\n"
    assert read_packaging(write({"setup.cfg": text}), ["setup.cfg"]) == Packaging(
        declared_in="setup.cfg", roots=frozenset({"src", "lib", "source"})
    )


@pytest.mark.parametrize(
    ("name", "text", "namespaces"),
    [
        ("pyproject.toml", '[tool.setuptools]\npackages = ["a", "a.b", "c.d.e"]', {"a", "c", "c/d"}),
        ("pyproject.toml", '[tool.setuptools]\npackages = ["a.b"]\npackage-dir = {"" = "lib"}', {"lib/a"}),
        ("pyproject.toml", '[tool.poetry]\npackages = [{include = "azure/storage", from = "src"}]', {"src/azure"}),
        ("pyproject.toml", '[tool.flit.module]\nname = "azure.storage"', {"azure"}),
        ("setup.cfg", "[options]\npackages =\n    a.b\npackage_dir =\n    = src\n", {"src/a"}),
        ("setup.cfg", "[options]\npackages = find:\nnamespace_packages =\n    a\n", {"a"}),
        ("setup.py", 'NS = "ns"\nsetup(packages=[f"{NS}.b"])', {"ns"}),
        ("setup.py", 'setup(namespace_packages=["ns"], packages=find_packages())', {"ns"}),
        ("setup.py", 'setup(packages=["a.b"], package_dir={"": "src"})', {"src/a"}),
    ],
)
def test_packages_around_those_named_by_their_whole_path(
    write: Write, name: str, text: str, namespaces: set[str]
) -> None:
    assert read_packaging(write({name: text}), [name]).namespaces == namespaces


@pytest.mark.parametrize(
    ("name", "text", "is_project"),
    [
        ("pyproject.toml", "[project]\nname = 'a'", True),
        ("pyproject.toml", "[build-system]\nrequires = []", True),
        ("pyproject.toml", "[tool.poetry]\nname = 'a'", True),
        ("pyproject.toml", "[tool.ruff]\nline-length = 100", False),
        ("setup.cfg", "[flake8]\nmax-line-length = 100", False),
        ("setup.cfg", "[options]\nzip_safe = no", True),
        ("setup.py", "raise SystemExit('never run')", True),
    ],
)
def test_what_makes_a_project(write: Write, name: str, text: str, is_project: bool) -> None:
    assert read_packaging(write({name: text}), [name]).declared_in == (name if is_project else "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "[project"),
        ("pyproject.toml", "x = " + "[" * 100_000),
        ("pyproject.toml", "# " + "x" * 1_000_000),
        ("setup.cfg", "no section"),
        ("setup.cfg", "[a\n"),
        ("setup.cfg", "[options]\npackage_dir = %(x)s"),
    ],
)
def test_broken_metadata_names_no_roots(write: Write, name: str, text: str) -> None:
    assert read_packaging(write({name: text}), [name]).roots == frozenset()


def test_metadata_that_is_no_utf8(write: Write) -> None:
    root = write({"setup.cfg": ""})
    (root / "setup.cfg").write_bytes(b"[options]\npackage_dir =\n  =\xff\n")
    assert read_packaging(root, ["setup.cfg"]) == Packaging()
