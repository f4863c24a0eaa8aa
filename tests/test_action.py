"""The GitHub Action: its scripts are run as GitHub runs them, the actions it uses are not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import pytest
import yaml
from jsonschema import Draft4Validator

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SARIF_SCHEMA = ROOT / "tests" / "schemas" / "sarif-schema-2.1.0.json"


class Step(TypedDict, total=False):
    """A step of a composite action, as far as it matters here."""

    id: str
    name: str
    uses: str
    run: str
    shell: str
    env: Mapping[str, str]


def read_action() -> dict[str, dict[str, object]]:
    action: dict[str, dict[str, object]] = yaml.safe_load((ROOT / "action.yml").read_text())
    return action


def read_steps() -> list[Step]:
    steps: list[Step] = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    return steps


@dataclass(frozen=True)
class Job:
    """A job on a runner whose folders are below ``folder``; the scanned project is ``folder/project``."""

    folder: Path

    @property
    def project(self) -> Path:
        return self.folder / "project"

    @property
    def summary(self) -> str:
        return (self.folder / "summary").read_text()

    def run(self, name: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the script of a step, with all variables of its ``env`` empty that are not given."""
        step = next(step for step in read_steps() if step.get("name") == name)
        (self.folder / "step.sh").write_text(step["run"])
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}
        environment = {
            **kept,
            **dict.fromkeys(step["env"], ""),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            **settings,
        }
        # https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idstepsshell
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(self.folder / "step.sh")]
        return subprocess.run(command, cwd=self.project, env=environment, capture_output=True, text=True, check=False)

    def scan(self, **settings: str) -> subprocess.CompletedProcess[str]:
        given = {"FORMAT": "github", "FOLDER": str(self.folder / "temp"), "PYTHON": sys.executable, **settings}
        return self.run("Scan", **given)

    def outputs(self) -> dict[str, str]:
        lines = (self.folder / "output").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A project in which the class Order has a copy."""
    project = tmp_path / "project"
    (project / "shop").mkdir(parents=True)
    (tmp_path / "temp").mkdir()
    (tmp_path / "summary").touch()
    (project / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    code = "class OrderBook:\n    def total(self):\n        self.sum = 1\n        return self.sum + 2\n"
    for name in ("__init__", "a", "b"):
        (project / "shop" / f"{name}.py").write_text("" if name == "__init__" else code)
    return Job(tmp_path)


def test_no_input_becomes_code() -> None:
    assert [step.get("name") for step in read_steps() if "${{" in step.get("run", "")] == []


def test_every_input_is_used() -> None:
    text = (ROOT / "action.yml").read_text()
    assert [name for name in read_action()["inputs"] if f"inputs.{name} " not in text] == []


def test_every_output_is_that_of_the_scan() -> None:
    values = {"new", "known", "fixed", "score", "json-path", "sarif-path", "exit-code"}
    outputs = read_action()["outputs"]
    assert outputs.keys() == values
    assert [name for name, each in outputs.items() if f"steps.scan.outputs.{name} " not in str(each)] == []


@pytest.mark.parametrize(("kind", "end"), [("inputs", "| output |"), ("outputs", "`upload-sarif: true`")])
def test_the_documentation_lists_them(kind: str, end: str) -> None:
    text = (ROOT / "docs" / "ci.md").read_text()
    table = text[text.index(f"| {kind[:-1]} |") : text.index(end)]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for cell in first_cells for name in re.findall("`([^`]+)`", cell)} == read_action()[kind].keys()


def test_a_violation_is_annotated_counted_and_summed_up(job: Job) -> None:
    done = job.scan()
    assert done.returncode == 0
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == ["::warning"]
    report = job.folder / "temp" / "report"
    assert job.outputs() == {
        "exit-code": "1",
        "new": "1",
        "known": "0",
        "fixed": "0",
        "score": "85.71",
        "json-path": f"{report}.json",
        "sarif-path": f"{report}.sarif",
    }
    Draft4Validator(json.loads(SARIF_SCHEMA.read_text())).validate(json.loads(Path(f"{report}.sarif").read_text()))
    assert "OrderBook" in job.summary


def test_the_gate_ends_as_the_scan_did(job: Job) -> None:
    assert [job.run("Gate", EXIT_CODE=code).returncode for code in ("0", "1", "2", "3")] == [0, 1, 2, 3]


def test_other_formats_have_a_summary_too(job: Job) -> None:
    done = job.scan(FORMAT="concise")
    assert done.stdout.splitlines()[0].startswith("shop/b.py:1:1: medium SSOT101-")
    assert job.summary.startswith("# ")
    assert "OrderBook" in job.summary


def test_paths_options_and_arguments_reach_the_scan(job: Job) -> None:
    other = job.project / "an other [folder]"
    other.mkdir()
    (other / "c.py").write_text("x = 1\n")
    job.scan(PATHS="shop/a.py\nan other [folder]\n", FAIL_LEVEL="critical", ARGS="--select SSOT101\n--ignore *")
    assert job.outputs() == {"exit-code": "2"}
    (job.folder / "output").unlink()
    job.scan(PATHS="shop/a.py\nan other [folder]\n", FAIL_LEVEL="critical", ARGS="--select SSOT101")
    assert job.outputs()["exit-code"] == "0"
    report = json.loads((job.folder / "temp" / "report.json").read_text())
    assert report["filter"]["paths"] == ["an other [folder]", "shop/a.py"]
    assert len(report["rules"]) == 1


def test_known_violations_do_not_fail(job: Job) -> None:
    update = [sys.executable, "-m", "ssot_lint", "baseline", "update", "--baseline", "known.jsonl"]
    subprocess.run(update, cwd=job.project, check=True, capture_output=True)
    job.scan(BASELINE="known.jsonl")
    outputs = job.outputs()
    assert (outputs["exit-code"], outputs["new"], outputs["known"]) == ("0", "0", "1")


def test_a_script_in_an_input_does_not_run(job: Job) -> None:
    evil = "$(touch evil); `touch evil`\n; touch evil\n"
    job.scan(PATHS=evil, ARGS=evil, BASELINE=evil, FAIL_LEVEL=evil, FORMAT=evil)
    assert job.outputs() == {"exit-code": "2"}
    assert not (job.project / "evil").exists()


def test_a_module_of_the_scanned_project_stands_in_for_none(job: Job) -> None:
    for name in ("json", "typer", "pathlib"):
        (job.project / f"{name}.py").write_text("raise SystemExit('ran')\n")
    assert job.scan().returncode == 0
    assert job.outputs()["exit-code"] == "1"


@pytest.mark.parametrize(("version", "requirement"), [("", str(ROOT)), ("0.1.0", "ssot-lint==0.1.0")])
def test_the_version_asked_for_is_installed_apart(job: Job, version: str, requirement: str) -> None:
    """With a Python that only notes what it is asked to do."""
    python = job.folder / "python"
    log = job.folder / "log"
    python.write_text(f'#!/bin/sh\nprintf "%s " "$@" >> {log}; echo >> {log}\nmkdir -p "$4/bin"; cp "$0" "$4/bin/"\n')
    python.chmod(0o755)
    done = job.run("Install ssot-lint", PYTHON=str(python), VERSION=version)
    assert done.returncode == 0, done.stderr
    folder = job.outputs()["folder"]
    assert job.outputs()["python"] == f"{folder}/venv/bin/python"
    assert log.read_text().splitlines()[0] == f"-I -m venv {folder}/venv "
    assert log.read_text().splitlines()[1].split()[-1] == requirement
