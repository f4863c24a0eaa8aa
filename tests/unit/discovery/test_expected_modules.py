"""Modules that are not there yet: somebody makes them, or a build does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.options import DiscoveryOptions

Write = Callable[[Mapping[str, str]], Path]


def opaque(root: Path) -> set[str]:
    tree = discover(root, [root], DiscoveryOptions())
    return {module for _, module in tree.opaque_modules}


PACKAGE = {"src/shop/__init__.py": "", "src/shop/sub/__init__.py": ""}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("src/shop/tables.py", {"shop.tables"}),
        ("/src/shop/sub/tables.py", {"shop.sub.tables"}),
        ("**/sub/_version.py", {"shop.sub._version"}),
        ("src/*/_version.py", {"shop._version"}),
        ("_version.py\n!src/shop/sub/_version.py", {"_version", "shop._version"}),
        ("src/shop/sub/api/", {"shop.sub.api"}),
        ("src/shop/api", {"shop.api"}),
        ("/src/shop/generated/", {"shop.generated"}),
        ("_generated/", {"_generated", "shop._generated", "shop.sub._generated"}),
        ("*.py", set()),
        ("src/shop/*.py", set()),
        ("parts/\nlib/\nvar/", set()),
        ("src/shop/sub/__init__.py", set()),
        ("node_modules/", set()),
        ("src/shop/_ffi.c", {"shop._ffi"}),
        ("src/shop/sub/_speed.cpp", {"shop.sub._speed"}),
        ("src/shop/sub/_speed.so", {"shop.sub._speed"}),
        ("src/shop/*.c", set()),
        ("src/shop/data.csv", set()),
    ],
)
def test_what_ignore_files_name(write: Write, pattern: str, expected: set[str]) -> None:
    assert opaque(write(PACKAGE | {".gitignore": pattern})) - {"shop", "shop.sub"} == expected


def test_ignore_file_further_in(write: Write) -> None:
    assert opaque(write(PACKAGE | {"src/shop/.gitignore": "parsetab.py\n/lextab.py"})) == {
        "shop.parsetab",
        "shop.sub.parsetab",
        "shop.lextab",
    }


@pytest.mark.parametrize(
    ("name", "text", "module"),
    [
        ("pyproject.toml", '[tool.setuptools_scm]\nwrite_to = "src/shop/version.py"', "shop.version"),
        ("pyproject.toml", '[tool.setuptools_scm]\nversion_file = "src/shop/_v.py"', "shop._v"),
        ("pyproject.toml", '[tool.hatch.build.hooks.vcs]\nversion-file = "src/shop/_v.py"', "shop._v"),
        ("pyproject.toml", '[tool.hatch.build.targets.wheel.hooks.vcs]\nversion-file = "src/shop/_v.py"', "shop._v"),
        ("pyproject.toml", '[tool.hatch.build]\nartifacts = ["src/shop/grammar.py", "*.so"]', "shop.grammar"),
        ("pyproject.toml", '[tool.pdm.version]\nsource = "scm"\nwrite_to = "shop/_v.py"', "shop._v"),
        ("pyproject.toml", '[tool.setuptools-git-versioning]\nversion_file = "src/shop/v.py"', "shop.v"),
        ("pyproject.toml", '[tool.versioneer]\nversionfile_source = "src/shop/_v.py"', "shop._v"),
        ("pyproject.toml", '[tool.versioningit.write]\nfile = "src/shop/_v.py"', "shop._v"),
        ("pyproject.toml", '[[tool.scikit-build.generate]]\npath = "shop/_v.py"', "shop._v"),
        ("setup.cfg", "[versioneer]\nversionfile_source = src/shop/_v.py", "shop._v"),
        ("setup.py", 'setup(use_scm_version={"write_to": "src/shop/_v.py"})', "shop._v"),
        ("pyproject.toml", '[tool.maturin]\nmodule-name = "shop._core"', "shop._core"),
        (
            "pyproject.toml",
            '[build-system]\nbuild-backend = "maturin"\nrequires = []\n[project]\nname = "shop"',
            "shop.shop",
        ),
        ("pyproject.toml", '[[tool.setuptools.ext-modules]]\nname = "shop.fast"\nsources = ["a.c"]', "shop.fast"),
        ("pyproject.toml", '[[tool.setuptools-rust.ext-modules]]\ntarget = "shop._rs"', "shop._rs"),
        ("setup.py", 'setup(ext_modules=[Extension("shop.fast", ["x.c"])])', "shop.fast"),
        ("setup.py", 'NAME = "shop"\nsetup(rust_extensions=[RustExtension(f"{NAME}._rs")])', "shop._rs"),
        ("setup.py", 'e = setuptools.Extension(name="shop.sub." + "fast", sources=[])', "shop.sub.fast"),
        ("CMakeLists.txt", "Python_add_library( _core MODULE src/main.cpp )", "shop.sub._core"),
        ("CMakeLists.txt", "pybind11_add_module(_bound main.cpp)", "shop._bound"),
        ("src/shop/meson.build", "py.extension_module('_fast',\n  'fast.c')", "shop._fast"),
        ("src/shop/_fast.pyx.in", "", "shop._fast"),
        ("src/shop/_fast.cc", "", "shop._fast"),
        ("src/shop/_fast.f90", "", "shop._fast"),
        ("src/shop/_fast.rs", "", "shop._fast"),
        ("src/shop/_fast.pxd", "", "shop._fast"),
        ("src/shop/version.py.in", "", "shop.version"),
        ("src/shop/limits.py.j2", "", "shop.limits"),
        ("src/shop/settings.py.example", "", "shop.settings"),
        ("src/shop/settings.py-dist", "", "shop.settings"),
        ("src/shop/keys.example.py", "", "shop.keys"),
        ("src/shop/keys_template.py", "", "shop.keys"),
        ("src/shop/sample-keys.py", "", "shop.keys"),
        ("src/shop/main.ui", "", "shop.ui_main"),
        ("forms/main.ui", "", "shop.sub.ui_main"),
        ("icons.qrc", "", "shop.icons_rc"),
        ("grammar/Query.g4", "", "shop.sub.QueryLexer"),
    ],
)
def test_what_a_build_makes(write: Write, name: str, text: str, module: str) -> None:
    assert module in opaque(write(PACKAGE | {name: text}))


def test_what_cffi_makes(write: Write) -> None:
    script = 'ffi = FFI()\nffi.set_source("shop._native", "")\n'
    files = {"setup.py": 'setup(cffi_modules=["tools/build.py:ffi"])', "tools/build.py": script}
    assert "shop._native" in opaque(write(PACKAGE | files))


def test_what_is_there_is_no_secret(write: Write) -> None:
    files = {"src/shop/_v.py": "", "pyproject.toml": '[tool.setuptools_scm]\nwrite_to = "src/shop/_v.py"'}
    assert opaque(write(PACKAGE | files)) == set()


@pytest.mark.parametrize("text", ["setup(", "x = " + "(" * 1000, "setup(ext_modules=make(), name=f'{x}', **config)"])
def test_script_that_says_nothing(write: Write, text: str) -> None:
    assert opaque(write(PACKAGE | {"setup.py": text})) == set()


@pytest.mark.parametrize("name", ["src/shop/sub/keys.example.py", "keys.py.example", "src/shop/examples.py", "a.ui.py"])
def test_an_example_stands_for_a_module_beside_it(write: Write, name: str) -> None:
    assert not {"shop.keys", "shop.s", "shop.ui_a"} & opaque(write(PACKAGE | {name: ""}))
