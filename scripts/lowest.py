"""Prints the lowest versions that pyproject.toml allows of what we use directly, as constraints for pip.

    python scripts/lowest.py            of what users install
    python scripts/lowest.py test       and of an extra, with those of ours that it names

What has no lower bound, as the stubs of others, is left out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
_OWN_EXTRA = re.compile(r"ssot-lint\[(.+)\]")


def main(extras: Sequence[str]) -> int:
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(line for extra in extras for line in of_extra(extra, optional))]
    sys.stdout.writelines(f"{lowest(line)}\n" for line in wanted if ">=" in line)
    return 0


def of_extra(extra: str, optional: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The requirements of ``extra``, with those of the extras of ours in it."""
    for line in optional[extra]:
        own = _OWN_EXTRA.fullmatch(line)
        if own is None:
            yield line
        else:
            for name in own[1].split(","):
                yield from of_extra(name, optional)


def lowest(requirement: str) -> str:
    """``requirement`` with its lower bound for a pin; a marker stays, pip reads it."""
    return requirement.replace(">=", "==", 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
