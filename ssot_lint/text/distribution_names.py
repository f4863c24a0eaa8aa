"""Names of distributions, as PEP 503 compares them."""

from __future__ import annotations

import re

_RUNS = re.compile(r"[-_.]+")


def normalised(name: str) -> str:
    """A name in lower case, with one hyphen for each run of hyphens, underscores and dots. So the dotted name of a
    module is compared with that of a distribution, too."""
    return _RUNS.sub("-", name).lower()
