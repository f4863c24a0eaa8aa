"""Modules that come into being when a project is built: written by version tools, compiled by build backends.

A checkout has no files of them, so that their absence says nothing.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping

from ssot_lint.discovery.tables import dig, elements, items, texts

_WRITING_KEYS = frozenset(
    {"write_to", "version_file", "version-file", "write-to", "versionfile_source", "versionfile_build"}
)
_CMAKE = re.compile(
    r"\b(?:python\d?_add_library|pybind11_add_module|nanobind_add_module|add_library|add_cython_target"
    r"|python_extension_module|swig_add_library)\s*\(\s*([A-Za-z_]\w*)",
    re.IGNORECASE,
)
_MESON = re.compile(r"\bextension_module\s*\(\s*'([A-Za-z_]\w*)'")
_MESON_OUTPUT = re.compile(r"\boutput\s*:\s*\[?\s*'([A-Za-z_]\w*)\.py'")

BUILD_FILES = {"CMakeLists.txt": (_CMAKE,), "meson.build": (_MESON, _MESON_OUTPUT)}
"""Files of build systems, with what finds names of modules in them."""


def written_by_pyproject(document: object) -> Iterator[str]:
    """The files that a pyproject.toml tells tools to write: setuptools-scm, hatch-vcs, pdm, versioneer, versioningit,
    poetry-dynamic-versioning, scikit-build-core; and the artifacts of hatch."""
    tool = dig(document, "tool")
    for name in ("setuptools_scm", "setuptools-git-versioning", "versioneer", "vcs-versioning"):
        yield from _written(dig(tool, name))
    yield from _written(dig(tool, "pdm", "version"))
    yield from texts(dig(tool, "versioningit", "write", "file"))
    yield from (path for path, _ in items(dig(tool, "poetry-dynamic-versioning", "files")))
    for entry in elements(dig(tool, "scikit-build", "generate")):
        yield from texts(dig(entry, "path"))
    build = dig(tool, "hatch", "build")
    for part in (build, *(target for _, target in items(dig(build, "targets")))):
        for _, hook in items(dig(part, "hooks")):
            yield from _written(hook)
        yield from texts(dig(part, "artifacts"))


def written_by_setup_cfg(setup: configparser.RawConfigParser) -> Iterator[str]:
    """The file that versioneer writes."""
    if setup.has_option("versioneer", "versionfile_source"):
        yield setup.get("versioneer", "versionfile_source")


def written_by_setup_script(arguments: Mapping[str, object]) -> Iterator[str]:
    """The file that ``use_scm_version={"write_to": ...}`` names."""
    yield from _written(arguments.get("use_scm_version"))


def compiled_by_pyproject(document: object, cargo: object) -> Iterator[str]:
    """The dotted names of the modules that the build compiles: maturin, setuptools, setuptools-rust, mypyc.

    ``cargo`` is the Cargo.toml beside, from which maturin takes the name if it is told none.
    """
    tool = dig(document, "tool")
    for extension in elements(dig(tool, "setuptools", "ext-modules")):
        yield from texts(dig(extension, "name"))
    for extension in elements(dig(tool, "setuptools-rust", "ext-modules")):
        yield from texts(dig(extension, "target"))
    yield from texts(dig(tool, "maturin", "module-name"))
    if dig(document, "build-system", "build-backend") == "maturin" and dig(tool, "maturin", "module-name") is None:
        for name in texts(dig(cargo, "lib", "name") or dig(document, "project", "name")):
            plain = name.replace("-", "_").replace(".", "_")
            yield from (plain, f"{plain}.{plain}")


def named_in_build_file(name: str, text: str) -> frozenset[str]:
    """The last parts of the names of the modules that a CMakeLists.txt or meson.build makes."""
    return frozenset(match for pattern in BUILD_FILES[name] for match in pattern.findall(text))


def _written(table: object) -> Iterator[str]:
    for key, value in items(table):
        if key in _WRITING_KEYS:
            yield from texts(value)
