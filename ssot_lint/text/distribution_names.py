"""Names of distributions, as PEP 503 compares them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUNS = re.compile(r"[-_.]+")
_ENDINGS = ("api", "client", "lib", "py", "python", "sdk")
_BEGINNINGS = ("py", "python")


def normalised(name: str) -> str:
    """A name in lower case, with one hyphen for each run of hyphens, underscores and dots. So the dotted name of a
    module is compared with that of a distribution, too."""
    return _RUNS.sub("-", name).lower()


def names_around(module: str) -> Iterator[str]:
    """The names that distributions with a module of that name may have when theirs says more: what it is for, or in
    which language it is written."""
    name = normalised(module)
    yield from (f"{name}-{ending}" for ending in _ENDINGS)
    yield from (f"{beginning}-{name}" for beginning in _BEGINNINGS)
