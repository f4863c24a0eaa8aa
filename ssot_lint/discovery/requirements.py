"""What a distribution depends on: normalised names (PEP 503) from every place where build tools declare them."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from ssot_lint.discovery.tables import dig, elements, items, texts, words
from ssot_lint.text.distribution_names import normalised

_NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)")
_REQUIRES = ("install_requires", "setup_requires", "tests_require")


def of_pyproject(document: object) -> Iterator[str]:
    """The requirements of what a pyproject.toml builds, as they are written: PEP 621, poetry, pdm, hatch, uv and flit.

    Extras are not among them: who installs it without them has not what they name.
    """
    project, tool = dig(document, "project"), dig(document, "tool")
    yield from texts(dig(project, "dependencies"))
    yield from _of_poetry(dig(tool, "poetry", "dependencies"), is_optional=False)
    yield from texts(dig(tool, "flit", "metadata", "requires"))


def of_extras(document: object, setup: configparser.RawConfigParser, arguments: Mapping[str, object]) -> Iterator[str]:
    """The requirements of extras, in a pyproject.toml, a setup.cfg and the arguments of ``setup``."""
    project, tool = dig(document, "project"), dig(document, "tool")
    yield from _in_tables(dig(project, "optional-dependencies"))
    yield from _of_poetry(dig(tool, "poetry", "dependencies"), is_optional=True)
    yield from _in_tables(dig(tool, "flit", "metadata", "requires-extra"))
    if setup.has_section("options.extras_require"):
        for option in setup.options("options.extras_require"):
            yield from words(setup, "options.extras_require", option)
    yield from _in_tables(arguments.get("extras_require"))


def of_development(document: object) -> Iterator[str]:
    """The requirements in a pyproject.toml of those who build, test and document it, PEP 735 included."""
    tool = dig(document, "tool")
    yield from _in_tables(dig(document, "dependency-groups"))
    yield from texts(dig(document, "build-system", "requires"))
    for table in _poetry_groups(dig(tool, "poetry")):
        yield from _of_poetry(table, is_optional=False)
    yield from _in_tables(dig(tool, "pdm", "dev-dependencies"))
    yield from texts(dig(tool, "uv", "dev-dependencies"))
    for _, environment in items(dig(tool, "hatch", "envs")):
        yield from texts(dig(environment, "dependencies"))
        yield from texts(dig(environment, "extra-dependencies"))


def folders_of_pyproject(document: object) -> Iterator[tuple[str, str]]:
    """The names and folders of requirements that a pyproject.toml has by path: poetry, and the sources of uv."""
    tool = dig(document, "tool")
    poetry = dig(tool, "poetry")
    for table in (dig(poetry, "dependencies"), *_poetry_groups(poetry), dig(tool, "uv", "sources")):
        for name, given in items(table):
            for each in elements(given):
                yield from ((name, folder) for folder in texts(dig(each, "path")))
    for requirement in texts(dig(document, "project", "dependencies")):
        name, separator, folder = requirement.partition(" @ file:")
        if separator:
            yield name, folder.removeprefix("//").removeprefix("${PROJECT_ROOT}/")


def of_setup_cfg(setup: configparser.RawConfigParser) -> Iterator[str]:
    """The requirements in a setup.cfg."""
    for option in _REQUIRES:
        yield from words(setup, "options", option)


def of_setup_script(arguments: Mapping[str, object]) -> Iterator[str]:
    """The requirements among the arguments of ``setup``."""
    for option in _REQUIRES:
        yield from texts(arguments.get(option))


def of_requirements_file(text: str) -> Iterator[str]:
    """The requirements in a file for pip; options, addresses and paths are none."""
    for line in text.splitlines():
        entry = line.partition("#")[0].strip()
        if entry and not entry.startswith("-") and "://" not in entry.partition("@")[0]:
            yield entry


def names(requirements: Iterable[str]) -> frozenset[str]:
    """The normalised names that requirements begin with."""
    matches = (_NAME.match(requirement) for requirement in requirements)
    return frozenset(normalised(match[1]) for match in matches if match)


def is_requirements_file(path: PurePosixPath) -> bool:
    """Whether a file for pip is called like that: ``requirements-dev.txt``, ``requirements/extras/redis.txt``."""
    if path.suffix not in (".txt", ".in"):
        return False
    return path.name.startswith("requirements") or "requirements" in path.parts[:-1]


def _in_tables(value: object) -> Iterator[str]:
    """What the lists of a table name."""
    for _, listed in items(value):
        yield from texts(listed)


def _poetry_groups(poetry: object) -> Iterator[object]:
    yield dig(poetry, "dev-dependencies")
    for _, group in items(dig(poetry, "group")):
        yield dig(group, "dependencies")


def _of_poetry(table: object, *, is_optional: bool) -> Iterator[str]:
    """What a table of poetry needs, or what of it belongs to extras."""
    for name, given in items(table):
        if name != "python" and (dig(given, "optional") is True) is is_optional:
            yield name
