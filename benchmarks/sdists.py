"""Source distributions of pinned releases from PyPI: with their tests, which wheels leave out. Nothing in them runs."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from benchmarks.wheels import cache_folder

_INDEX = "https://pypi.org/simple/"
_JSON = "application/vnd.pypi.simple.v1+json"
_PROJECT_FILES = frozenset({"pyproject.toml", "setup.cfg", "setup.py"})
_SECONDS = 300.0


def fetch_sdist(requirement: str) -> Path:
    """The archive of a pinned requirement (``name==version``); it is downloaded once per machine. pip would build the
    metadata, for which it has to run what it downloads. The index answers as PEP 691 says.

    Raises FileNotFoundError where the index has no such archive.
    """
    name, _, version = requirement.partition("==")
    file = f"{name}-{version}.tar.gz"
    path = cache_folder() / "sdists" / requirement / file
    if not path.exists():
        address = urljoin(_INDEX, f"{name}/")
        listing: dict[str, Any] = json.loads(_download(Request(address, headers={"Accept": _JSON})))  # noqa: S310 - the index
        found = [each["url"] for each in listing["files"] if _is_same(each["filename"], file)]
        if not found:
            raise FileNotFoundError(f"{address} has no {file}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_download(Request(urljoin(address, found[0]))))  # noqa: S310 - the index
    return path


def sdist_sources(requirement: str) -> dict[str, bytes]:
    """The Python files and the project's own metadata, by their path in the archive without its first folder."""
    with tarfile.open(fetch_sdist(requirement)) as archive:
        return dict(sorted(_sources(archive)))


def _sources(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        path = PurePosixPath(*PurePosixPath(member.name).parts[1:])
        if member.isfile() and ".." not in path.parts and (path.suffix == ".py" or str(path) in _PROJECT_FILES):
            content = archive.extractfile(member)
            if content is not None:
                yield str(path), content.read()


def _is_same(name: str, other: str) -> bool:
    """Whether file names differ at most in what does not count in names of projects."""
    return name.lower().replace("_", "-") == other.lower().replace("_", "-")


def _download(request: Request) -> bytes:
    with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - the index
        content: bytes = answer.read()
    return content
