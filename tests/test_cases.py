"""Small repositories that were judged wrongly once: tests/cases/README.md says how they are written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.config.layers import parse_toml

CASES = Path(__file__).parent / "cases"
Table = Mapping[str, Any]

SCAN = ["scan", "--no-cache", "-f", "json", "."]
CHOICES = {"code", "subject", "severity", "path", "line", "home"}
EXPECTATIONS = {
    "absent": CHOICES,
    "present": CHOICES,
    "count": CHOICES | {"min", "max", "min_sites", "max_sites"},
    "finding_text": CHOICES | {"contains", "lacks"},
    "text": {"contains", "lacks"},
}


def read(folder: Path) -> Table:
    case: dict[str, Any] = {**parse_toml((folder / "case.toml").read_bytes(), "case.toml")}
    assert case.keys() <= {"title", "kind", "why", "args", "exit", "wish", *EXPECTATIONS}
    assert "exit" in case or case.keys() & EXPECTATIONS.keys()
    for name, keys in EXPECTATIONS.items():
        for expected in case.get(name, ()):
            assert expected.keys() <= keys
    return case


FOLDERS = sorted(path.parent for path in CASES.glob("*/case.toml") if not read(path.parent).get("wish"))


@pytest.fixture
def lint(tmp_path: Path) -> Path:
    """The command, as scripts call it."""
    script = tmp_path / "ssot-lint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ssot_lint "$@"\n')
    script.chmod(0o755)
    return script


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_case_is_judged_as_it_says(folder: Path, tmp_path: Path, lint: Path) -> None:
    case = read(folder)
    tree = shutil.copytree(folder / "tree", tmp_path / "tree", symlinks=True)
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "NO_COLOR": "1", "COLUMNS": "400", "LINT": str(lint)}
    if (folder / "setup.sh").exists():
        subprocess.run(["bash", "-eu", str(folder / "setup.sh")], cwd=tree, env=environment, check=True)
    command = [str(lint), *case.get("args", SCAN)]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    judges = bool(case.keys() & EXPECTATIONS.keys() - {"text"})
    assert done.returncode in ((case["exit"],) if "exit" in case else (0, 1) if judges else (0, 1, 2)), done.stderr
    for expected in case.get("text", ()):
        check_text(f"{done.stdout}\n{done.stderr}", expected)
    if judges:
        check_findings(json.loads(done.stdout)["findings"], case)


def check_findings(findings: Sequence[Table], case: Table) -> None:
    for expected in case.get("absent", ()):
        assert chosen(findings, expected) == []
    for expected in case.get("present", ()):
        assert chosen(findings, expected) != [], findings
    for expected in case.get("count", ()):
        found = chosen(findings, expected)
        sites = [site for finding in found for site in chosen_sites(finding, expected)]
        assert expected.get("min", 0) <= len(found) <= expected.get("max", sys.maxsize)
        assert expected.get("min_sites", 0) <= len(sites) <= expected.get("max_sites", sys.maxsize)
    for expected in case.get("finding_text", ()):
        texts = [text_of(finding) for finding in chosen(findings, expected)]
        assert "contains" not in expected or any(says(text, expected["contains"]) for text in texts), texts
        assert "lacks" not in expected or not any(says(text, expected["lacks"]) for text in texts), texts


def check_text(text: str, expected: Table) -> None:
    assert "contains" not in expected or says(text, expected["contains"]), text
    assert "lacks" not in expected or not says(text, expected["lacks"]), text


def chosen(findings: Sequence[Table], expected: Table) -> list[Table]:
    return [finding for finding in findings if is_chosen(finding, expected)]


def is_chosen(finding: Table, expected: Table) -> bool:
    home = finding["home"]["path"] if finding["home"] else "none"
    return (
        expected["code"] in ("*", finding["code"])
        and fnmatchcase(finding["subject"], expected.get("subject", "*"))
        and fnmatchcase(home, expected.get("home", "*"))
        and bool(chosen_sites(finding, expected))
    )


def chosen_sites(finding: Table, expected: Table) -> list[Table]:
    return [
        site
        for site in finding["sites"]
        if fnmatchcase(site["path"], expected.get("path", "*"))
        and expected.get("line", site["line"]) == site["line"]
        and is_as_severe(site.get("severity", finding["severity"]), expected.get("severity"))
    ]


def is_as_severe(severity: str, wanted: str | None) -> bool:
    return severity != "info" if wanted == "scored" else wanted in (None, severity)


def text_of(finding: Table) -> str:
    reason = finding["home"]["reason"] if finding["home"] else ""
    messages = [site["message"] for site in finding["sites"]]
    evidence = json.dumps(finding["evidence"], ensure_ascii=False)
    return " ".join([finding["message"], finding["remedy"], reason, *messages, evidence])


def says(text: str, pattern: str) -> bool:
    return fnmatchcase(" ".join(text.split()), f"*{' '.join(pattern.split())}*")
