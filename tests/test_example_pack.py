"""The rule pack of docs/plugins.md, installed as its readers would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.testing import example_files

PACK = Path(__file__).parents[1] / "docs" / "example-pack"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed pack."""
    target = tmp_path_factory.mktemp("site")
    install = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--target", str(target), str(PACK)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True)
    return target


def scan(project: Path, site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "ssot_lint", "scan", str(project), "-f", "json", *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_example_pack_is_found_documented_and_run(tmp_path: Path, site: Path) -> None:
    source = (PACK / "acme_ssot_rules.py").read_text(encoding="utf-8")
    bad = source.partition("    Bad:\n")[2].partition("\n\n")[0]
    for name, text in example_files("\n".join(line.removeprefix("        ") for line in bad.splitlines())).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    result = scan(tmp_path, site, "--select", "ACME101")
    assert result.returncode == 1, result.stderr
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["home"]["symbol"] == "app.settings:Settings"
    assert [each["symbol"] for each in finding["sites"]] == ["app.worker:WorkerSettings"]
    assert scan(tmp_path, site, "--ignore", "ACME101").returncode == 0
