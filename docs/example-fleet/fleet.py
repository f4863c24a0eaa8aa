"""Scans many checkouts on a dask cluster, one task each, and writes a JSON report for each and one line a repository.

python fleet.py REPORTS CHECKOUT...      the cluster is that of DASK_SCHEDULER_ADDRESS, else processes of this machine
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from distributed import Client, as_completed

SCAN = ("ssot-lint", "scan", ".", "--isolated", "--exit-zero", "--no-cache", "--jobs", "1", "--format", "json")


def scan(checkout: str) -> tuple[str, int, bytes, str]:
    """Runs on a worker, which has to see the checkout: its name, the exit code, the report and what was said."""
    name = Path(checkout).name
    try:
        done = subprocess.run(SCAN, cwd=checkout, capture_output=True, check=False)
    except OSError as error:  # no such folder here, or no ssot-lint
        return name, 2, b"", str(error)
    return name, done.returncode, done.stdout, done.stderr.decode(errors="replace").strip()


def main(reports: Path, checkouts: Sequence[str]) -> int:
    """Returns 1 if a repository could not be scanned; the others are scanned nevertheless."""
    reports.mkdir(parents=True, exist_ok=True)
    failed = 0
    with Client() as client:
        for future in as_completed(client.map(scan, checkouts, pure=False)):
            name, exit_code, report, said = future.result()
            if exit_code:
                failed += 1
                print(f"{name}: exit code {exit_code}: {said}", file=sys.stderr)
                continue
            (reports / f"{name}.json").write_bytes(report)
            summary = json.loads(report)["summary"]
            print(f"{name}: score {summary['score']}, {summary['violations']['new']} violations")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
