"""What packaging metadata says. Only data is read; ``setup.py`` is parsed, never executed."""

from __future__ import annotations

import configparser
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.discovery import build_products, requirements
from ssot_lint.discovery.paths import normalise
from ssot_lint.discovery.setup_script import SetupScript, read_script
from ssot_lint.discovery.tables import dig, elements, items, read_ini, read_text, read_toml, texts, words
from ssot_lint.text.distribution_names import normalised

PYPROJECT = "pyproject.toml"
SETUP_CFG = "setup.cfg"
SETUP_PY = "setup.py"
CARGO = "Cargo.toml"

METADATA_FILES = frozenset({PYPROJECT, SETUP_CFG, SETUP_PY})


@dataclass(frozen=True)
class Packaging:
    """What the metadata of a folder say, paths relative to it ("" for itself); whether they exist is not checked.

    ``declared_in`` is the file that makes the folder a distribution, built or installed as one; empty if none does.
    ``roots`` are source roots. ``requires`` are normalised names, ``development`` those among them that only its own
    development needs; ``required_folders`` go out of the folder (``../shared``). ``written`` are files that the build
    writes, ``compiled`` dotted names of modules that it compiles. ``namespaces`` are folders around packages that are
    named by their whole path (``azure.storage``): packages, with or without ``__init__``, and no source roots.
    """

    declared_in: str = ""
    name: str = ""
    roots: frozenset[str] = frozenset()
    requires: frozenset[str] = frozenset()
    development: frozenset[str] = frozenset()
    required_folders: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    compiled: frozenset[str] = frozenset()
    namespaces: frozenset[str] = frozenset()


def read_packaging(folder: Path, names: Collection[str]) -> Packaging:
    """The packaging metadata among the files ``names`` of ``folder``. What cannot be read says nothing."""
    pyproject = read_toml(folder / PYPROJECT) if PYPROJECT in names else {}
    setup = read_ini(folder / SETUP_CFG) if SETUP_CFG in names else configparser.RawConfigParser()
    script = read_script(read_text(folder / SETUP_PY)) if SETUP_PY in names else SetupScript()
    cargo = read_toml(folder / CARGO) if CARGO in names and pyproject else {}
    needed = requirements.names(
        (
            *requirements.of_pyproject(pyproject),
            *requirements.of_setup_cfg(setup),
            *requirements.of_setup_script(script.arguments),
        )
    )
    extras = requirements.of_extras(pyproject, setup, script.arguments)
    development = requirements.names((*requirements.of_development(pyproject), *extras)) - needed
    folders = requirements.folders_of_pyproject(pyproject)
    return Packaging(
        declared_in=_declared_in(pyproject, setup, names),
        name=_name(pyproject, setup, script),
        roots=_normal((*_pyproject_roots(pyproject), *_setup_roots(setup), *_script_roots(script))),
        requires=needed | development,
        development=development,
        required_folders=frozenset(path for name, path in folders if normalised(name) not in development),
        written=_normal(_written(pyproject, setup, script)),
        namespaces=_normal((*_named_in_pyproject(pyproject), *_named_in_setup(setup), *_named_in_script(script))),
        compiled=frozenset((*build_products.compiled_by_pyproject(pyproject, cargo), *_extensions(folder, script))),
    )


def _declared_in(pyproject: Mapping[str, object], setup: configparser.RawConfigParser, names: Collection[str]) -> str:
    if not {"project", "build-system"}.isdisjoint(pyproject) or isinstance(dig(pyproject, "tool", "poetry"), dict):
        return PYPROJECT
    if setup.has_section("metadata") or setup.has_section("options"):
        return SETUP_CFG
    return SETUP_PY if SETUP_PY in names else ""


def _name(pyproject: Mapping[str, object], setup: configparser.RawConfigParser, script: SetupScript) -> str:
    named = (
        dig(pyproject, "project", "name"),
        dig(pyproject, "tool", "poetry", "name"),
        dig(pyproject, "tool", "flit", "metadata", "module"),
        setup.get("metadata", "name", fallback=""),
        script.arguments.get("name"),
    )
    return next((normalised(name) for name in named if isinstance(name, str) and name), "")


def _normal(paths: Collection[str] | Iterator[str]) -> frozenset[str]:
    return frozenset(path for path in map(normalise, paths) if path is not None)


def _written(
    pyproject: Mapping[str, object], setup: configparser.RawConfigParser, script: SetupScript
) -> Iterator[str]:
    yield from build_products.written_by_pyproject(pyproject)
    yield from build_products.written_by_setup_cfg(setup)
    yield from build_products.written_by_setup_script(script.arguments)


def _extensions(folder: Path, script: SetupScript) -> Iterator[str]:
    """What ``setup.py`` builds, and the scripts of cffi that it names (``"build_it.py:ffibuilder"``)."""
    yield from script.extensions
    for builder in texts(script.arguments.get("cffi_modules")):
        path = normalise(builder.partition(":")[0])
        if path:
            yield from read_script(read_text(folder / path)).extensions


def _named_in_pyproject(document: object) -> Iterator[str]:
    tool = dig(document, "tool")
    source = next(texts(dig(tool, "setuptools", "package-dir", "")), "")
    yield from _around(source, texts(dig(tool, "setuptools", "packages")))
    yield from _around("", texts(dig(tool, "flit", "module", "name")))
    for package in elements(dig(tool, "poetry", "packages")):
        paths = (path.replace("/", ".") for path in texts(dig(package, "include")))
        yield from _around(next(texts(dig(package, "from")), ""), paths)


def _named_in_setup(setup: configparser.RawConfigParser) -> Iterator[str]:
    mapping = dict(
        line.replace(" ", "").split("=", 1) for line in words(setup, "options", "package_dir") if "=" in line
    )
    yield from _around(mapping.get("", ""), words(setup, "options", "packages"))
    for name in words(setup, "options", "namespace_packages"):
        yield posixpath.join(mapping.get("", ""), name.replace(".", "/"))


def _named_in_script(script: SetupScript) -> Iterator[str]:
    source = next(texts(dig(script.arguments.get("package_dir"), "")), "")
    yield from _around(source, texts(script.arguments.get("packages")))
    for name in texts(script.arguments.get("namespace_packages")):
        yield posixpath.join(source, name.replace(".", "/"))


def _around(source: str, packages: Iterable[str]) -> Iterator[str]:
    """The folders of the packages around ``packages``, which count from the folder ``source``."""
    for package in packages:
        folder = posixpath.dirname(package.replace(".", "/"))
        while folder:
            yield posixpath.join(source, folder)
            folder = posixpath.dirname(folder)


def _script_roots(script: SetupScript) -> Iterator[str]:
    yield from _package_dir_roots(script.arguments.get("package_dir"))


def _pyproject_roots(document: object) -> Iterator[str]:
    tool = dig(document, "tool")
    yield from texts(dig(tool, "setuptools", "packages", "find", "where"))
    yield from _package_dir_roots(dig(tool, "setuptools", "package-dir"))
    yield from _hatch_roots(dig(tool, "hatch", "build"))
    yield from _hatch_roots(dig(tool, "hatch", "build", "targets", "wheel"))
    yield from _poetry_roots(dig(tool, "poetry", "packages"))
    yield from texts(dig(tool, "pdm", "build", "package-dir"))
    yield from texts(dig(tool, "uv", "build-backend", "module-root"))
    yield from texts(dig(tool, "maturin", "python-source"))
    yield from texts(dig(tool, "pytest", "ini_options", "pythonpath"))


def _setup_roots(setup: configparser.RawConfigParser) -> Iterator[str]:
    for line in setup.get("options", "package_dir", fallback="").splitlines():
        package, separator, folder = line.partition("=")
        if separator:
            yield from _package_dir_roots({package.strip(): folder.strip()})
    yield from setup.get("options.packages.find", "where", fallback="").split()
    yield from setup.get("tool:pytest", "pythonpath", fallback="").split()


def _package_dir_roots(mapping: object) -> Iterator[str]:
    """Setuptools: ``{"": "src"}``, or ``{"a.b": "lib/a/b"}``, whose root is ``lib``."""
    for package, folder in items(mapping):
        own = package.replace(".", "/")
        if not package:
            yield from texts(folder)
        elif isinstance(folder, str) and f"/{folder}".endswith(f"/{own}"):
            yield folder.removesuffix(own)


def _hatch_roots(build: object) -> Iterator[str]:
    """Hatchling: the parents of ``packages``, and the prefixes that ``sources`` takes off."""
    yield from map(posixpath.dirname, texts(dig(build, "packages")))
    sources = dig(build, "sources")
    yield from texts(sources)
    yield from (folder for folder, name in items(sources) if name == "")


def _poetry_roots(packages: object) -> Iterator[str]:
    for package in packages if isinstance(packages, list) else ():
        yield from texts(dig(package, "from"))
