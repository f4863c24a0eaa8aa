"""The rule pack and the format of docs/plugins.md, installed as their readers would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.testing import example_files

pytestmark = pytest.mark.slow

PACK = Path(__file__).parents[1] / "docs" / "example-pack"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed pack."""
    target = tmp_path_factory.mktemp("site")
    install = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--target", str(target), str(PACK)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True)
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The Bad example of the rule."""
    source = (PACK / "acme_ssot_rules.py").read_text(encoding="utf-8")
    bad = source.partition("    Bad:\n")[2].partition("\n\n")[0]
    for name, text in example_files("\n".join(line.removeprefix("        ") for line in bad.splitlines())).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def scan(project: Path, site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "ssot_lint", "scan", str(project), *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_example_rule_is_found_and_run(project: Path, site: Path) -> None:
    result = scan(project, site, "-f", "json", "--select", "ACME101")
    assert result.returncode == 1, result.stderr
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["home"]["symbol"] == "app.settings:Settings"
    assert [each["symbol"] for each in finding["sites"]] == ["app.worker:WorkerSettings"]
    assert scan(project, site, "--select", "ACME101,ACME102", "--ignore", "ACME101").returncode == 0


def test_the_example_format_is_found_and_written(project: Path, site: Path) -> None:
    report = "code;path;line;status\nACME101;app/worker.py;2;new\n"
    assert scan(project, site, "-f", "acme-csv", "--select", "ACME101").stdout == report
    scan(project, site, "--report", f"acme-csv={project / 'report.csv'}", "--select", "ACME101")
    assert (project / "report.csv").read_text() == report


def test_a_format_that_is_mistyped_is_a_usage_error(project: Path, site: Path) -> None:
    result = scan(project, site, "-f", "acme-cvs")
    assert result.returncode == 2
    assert 'no format is called "acme-cvs". Did you mean acme-csv?' in result.stderr
