"""The floor of a scan: LibCST's parse alone, in worker processes. A script for the interpreter that has LibCST.

python floor.py JOBS LIST      LIST is a file with one path a line
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import libcst

_PATHS_AT_A_TIME = 4


def main(jobs: int, paths: Sequence[str]) -> int:
    """Read and parse the files in ``jobs`` processes, the largest first as in a scan, and print how many there were."""
    order = sorted(paths, key=lambda path: (-Path(path).stat().st_size, path))
    with get_context("fork").Pool(jobs, initializer=gc.disable) as pool:
        parsed = sum(pool.imap_unordered(parse, order, chunksize=_PATHS_AT_A_TIME))
    sys.stdout.write(f"{parsed}\n")
    return 0


def parse(path: str) -> int:
    """Parse a file and forget it. Raises what LibCST raises: a corpus holds only what it can parse."""
    libcst.parse_module(Path(path).read_bytes().decode())
    return 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()))
