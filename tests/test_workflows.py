"""The workflows of this repository, as far as they can be checked where none of them runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from ssot_lint.config.layers import parse_toml

ROOT = Path(__file__).parents[1]
WORKFLOWS = ROOT / ".github" / "workflows"


def workflow(name: str) -> dict[str, Any]:
    found = yaml.safe_load((WORKFLOWS / name).read_text())
    assert isinstance(found, dict)
    return found


def test_every_python_that_is_promised_is_tested() -> None:
    project: Any = parse_toml((ROOT / "pyproject.toml").read_bytes(), "pyproject.toml")["project"]
    versions = workflow("ci.yml")["jobs"]["tests"]["strategy"]["matrix"]["python"]
    assert project["requires-python"] == f">={versions[0]}"
    minors = [int(version.partition(".")[2]) for version in versions]
    assert minors == list(range(minors[0], minors[-1] + 1))


def test_windows_and_macos_are_tested_too() -> None:
    matrix = workflow("ci.yml")["jobs"]["tests"]["strategy"]["matrix"]
    assert {each["os"] for each in matrix["include"]} == {"macos-latest", "windows-latest"}


def test_nothing_but_the_publishing_job_may_ask_for_an_identity() -> None:
    release = workflow("release.yml")
    assert release["permissions"] == {"contents": "read"}
    assert {name for name, job in release["jobs"].items() if "permissions" in job} == {"publish"}
    assert release["jobs"]["publish"]["permissions"] == {"id-token": "write"}
    assert "secrets." not in (WORKFLOWS / "release.yml").read_text()


def test_what_the_workflows_run_is_there() -> None:
    for path in WORKFLOWS.glob("*.yml"):
        for script in re.findall(r"run: ((?:\.ci|scripts)/\w+)", path.read_text()):
            assert (ROOT / script).is_file()
