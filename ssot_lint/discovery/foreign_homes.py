"""Distributions in the tree that say in their metadata that their home is the repository of somebody else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ssot_lint.discovery.metadata import PYPROJECT
from ssot_lint.discovery.tables import dig, items, read_ini, read_text, read_toml, texts, words

READMES = ("README.md", "README.rst", "README.txt", "README")

_HOME = re.compile(r"https?://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/([\w.-]+)/[\w.-]")
_NOBODY = frozenset(
    {"example", "my-org", "myorg", "org", "owner", "sponsors", "user", "username", "your-org", "yourname"}
)
"""Who stands in templates, and where money goes."""
_SEVERAL = 2


def foreign_homes(root: Path, projects: Iterable[str]) -> Mapping[str, str]:
    """The folders below ``root`` that hold a distribution of somebody else, each with the owner that its metadata name.

    The owner of this project is known by the metadata and the README at its root; whom the README mentions, or several
    distributions name, is no stranger. Where neither tells, nobody is.
    """
    owners = {folder: frozenset(_owners_in(root / folder)) for folder in {"", *projects}}
    readme = "".join(read_text(root / name) for name in READMES)
    counts = Counter(owner for found in owners.values() for owner in found)
    known = {*owners[""], *_named(readme)}
    own = known | {owner for owner, count in counts.items() if count >= _SEVERAL}
    if not known:
        return {}
    return {folder: min(found) for folder, found in sorted(owners.items()) if folder and found and not found & own}


def _owners_in(folder: Path) -> Iterator[str]:
    """The owners of the repositories that metadata name as the home of a distribution, its issues and the like."""
    document = read_toml(folder / PYPROJECT)
    poetry = dig(document, "tool", "poetry")
    addresses = [text for table in (dig(document, "project", "urls"), dig(poetry, "urls")) for _, text in items(table)]
    addresses += [dig(poetry, key) for key in ("homepage", "repository")]
    setup = read_ini(folder / "setup.cfg")
    lines = [line for key in ("url", "project_urls") for line in words(setup, "metadata", key)]
    return _named("\n".join([*(text for each in addresses for text in texts(each)), *lines]))


def _named(text: str) -> Iterator[str]:
    return (owner for found in _HOME.findall(text) if (owner := found.lower()) not in _NOBODY)
