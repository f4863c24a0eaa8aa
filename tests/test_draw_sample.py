"""The sample of findings for docs/precision.md: drawn the same way every time, verdicts kept."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "draw_sample.py"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_sample", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["draw_sample"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


DRAW_SAMPLE = load_script()


def finding(number: int, code: str = "SSOT101", severity: str = "high", line: int = 1) -> dict[str, object]:
    return {
        "code": code,
        "name": "a-rule",
        "severity": severity,
        "subject": f"Name|{number}",
        "message": f"message {number}",
        "home": None if number % 2 else {"path": f"home{number}.py", "line": line},
        "sites": [{"path": f"site{number}.py", "line": line}],
    }


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "precision.md"
    monkeypatch.setattr(DRAW_SAMPLE, "DOCUMENT", path)
    return path


def run(folder: Path, **reports: list[dict[str, object]]) -> None:
    for name, found in reports.items():
        (folder / f"{name}.json").write_text(json.dumps({"findings": found}))
    assert DRAW_SAMPLE.main([f"{name}={folder / name}.json" for name in reports]) == 0


def rows(document: Path) -> list[str]:
    return [line for line in document.read_text().splitlines() if "Name" in line]


def test_fifteen_findings_of_each_scored_rule_are_drawn(tmp_path: Path, document: Path) -> None:
    many = [finding(number) for number in range(40)]
    others = [finding(1, "SSOT104", "info"), finding(2, "SSOT201", "medium")]
    run(tmp_path, django=many, mlflow=others)
    text = document.read_text()
    assert len(rows(document)) == 16
    assert "| SSOT101 a-rule | high | 15 | 0 |  | 80 % |\n| SSOT201 a-rule | medium | 1 | 0 |  | 60 % |\n" in text
    assert "SSOT104" not in text
    assert rows(document)[-1] == r"| mlflow | Name\|2 | home2.py:1 | message 2 |  |"


def test_the_sample_depends_on_the_findings_alone(tmp_path: Path, document: Path) -> None:
    many = [finding(number) for number in range(40)]
    run(tmp_path, django=many)
    before = rows(document)
    run(tmp_path, django=many[::-1])
    assert rows(document) == before
    run(tmp_path, django=many[:39])
    assert len(set(rows(document)) & set(before)) >= 14


def test_verdicts_are_kept_and_counted_although_lines_move(tmp_path: Path, document: Path) -> None:
    run(tmp_path, django=[finding(1), finding(2), finding(3)])
    text = document.read_text()
    for number, verdict in ((1, "right"), (2, r"wrong: a \| b"), (3, "right, but late")):
        text = text.replace(f"message {number} |  |", f"message {number} | {verdict} |")
    document.write_text(text)
    run(tmp_path, django=[finding(1, line=9), finding(2), finding(3), finding(4)])
    assert rows(document) == [
        r"| django | Name\|2 | home2.py:1 | message 2 | wrong: a \| b |",
        r"| django | Name\|4 | home4.py:1 | message 4 |  |",
        r"| django | Name\|1 | site1.py:9 | message 1 | right |",
        r"| django | Name\|3 | site3.py:1 | message 3 | right, but late |",
    ]
    assert "| SSOT101 a-rule | high | 4 | 3 | 67 % | 80 % |" in document.read_text()
