"""Where the code of rules is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ssot_lint.scan.request import Request


def rule_packages(request: Request) -> frozenset[str]:
    """The packages that may have something to do with what is concluded: ours, and those that rules are in."""
    return frozenset({"ssot_lint", *_packages(request)})


def rule_files(request: Request) -> Iterator[Path]:
    """The packages that the rules are in, or the files, for those that stand alone."""
    for name in sorted(_packages(request)):
        file = getattr(sys.modules.get(name), "__file__", None)
        if file is not None:
            yield Path(file).parent if Path(file).name == "__init__.py" else Path(file)


def _packages(request: Request) -> set[str]:
    return {type(active.rule).__module__.partition(".")[0] for active in request.rules}
