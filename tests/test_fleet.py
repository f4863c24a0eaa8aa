"""docs/example-fleet: many checkouts on a dask cluster of this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[1] / "docs"


def test_each_checkout_has_a_report_and_one_that_fails_is_said(tmp_path: Path) -> None:
    shops = [Path(shutil.copytree(DOCS / "example-shop", tmp_path / name)) for name in ("north", "south")]
    command = [sys.executable, str(DOCS / "example-fleet" / "fleet.py"), str(tmp_path / "reports")]
    checkouts = [str(each) for each in (*shops, tmp_path / "missing")]
    variables = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [*command, *checkouts], cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 1, done.stderr
    reports = {path.stem: json.loads(path.read_bytes()) for path in (tmp_path / "reports").iterdir()}
    assert set(reports) == {"north", "south"}
    assert reports["north"]["findings"] == reports["south"]["findings"] != []
    score = reports["north"]["summary"]["score"]
    count = reports["north"]["summary"]["violations"]["new"]
    assert sorted(done.stdout.splitlines()) == [
        f"{name}: score {score}, {count} violations" for name in ("north", "south")
    ]
    assert "missing: " in done.stderr
