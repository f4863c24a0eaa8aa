"""Formats, and where reports go."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

from ssot_lint import __version__
from ssot_lint.errors import ExitCode
from ssot_lint.reporters.installed import format_names
from tests.cli.tiny_pack import REPORT
from tests.command_line import Run


def test_json_goes_to_stdout_alone(project: Path, ssot_lint: Run) -> None:
    code, out, _ = ssot_lint("scan", "-f", "json")
    document = json.loads(out)
    assert code == ExitCode.GATE_FAILED
    assert document["tool"] == {"name": "ssot-lint", "version": __version__}
    assert [rule["code"] for rule in document["rules"]] == ["TINY101"]
    assert document["findings"][0]["sites"][0]["id"] == "TINY101-1ace"


def test_a_plan_is_made_when_asked_for_and_for_markdown(project: Path, ssot_lint: Run) -> None:
    plan = (
        "Plan: 1 step, score from 83.3 to 100.0.\n"
        "priority 1: 1 step, 16.7 points\n"
        "  1. Import it from app.a\n"
        "     edit:   app/b.py:1:1\n"
    )
    assert plan in ssot_lint("scan", "-q", "--plan")[1]
    _, out, _ = ssot_lint("scan", "-q", "--report", "markdown=r.md", "--report", "json=r.json")
    assert "Plan:" not in out
    assert "Import it from app.a" in (project / "r.md").read_text()
    assert "plan" not in json.loads((project / "r.json").read_text())
    document = json.loads(ssot_lint("scan", "-q", "-f", "json", "--plan")[1])
    assert [step["title"] for step in document["plan"]["steps"]] == ["Import it from app.a"]


def test_output_takes_the_report_from_stdout_to_a_file(project: Path, ssot_lint: Run) -> None:
    assert ssot_lint("scan", "-q", "-o", "report.txt") == (ExitCode.GATE_FAILED, "", "")
    assert (project / "report.txt").read_text() == REPORT


def test_several_reports_come_from_one_run(project: Path, ssot_lint: Run) -> None:
    code, out, _ = ssot_lint("scan", "-q", "--report", "json=r.json", "--report", "markdown=r.md")
    assert (code, out) == (ExitCode.GATE_FAILED, REPORT)
    assert json.loads((project / "r.json").read_text())["summary"]["files"] == 3
    assert "Order" in (project / "r.md").read_text()


def test_all_formats_come_from_one_run(project: Path, ssot_lint: Run) -> None:
    forms = format_names()
    targets = [word for form in forms for word in ("--report", f"{form}=report.{form}")]
    code, out, _ = ssot_lint("scan", "-q", "-f", "concise", *targets)
    assert code == ExitCode.GATE_FAILED
    assert out.startswith("app/b.py:1:1: high TINY101-1ace class `Order` is defined in 2 modules; home: app/a.py:1\n")
    for form in forms:
        written = (project / f"report.{form}").read_text()
        assert "TINY101" in written
        assert written == ssot_lint("scan", "-q", "-f", form)[1]


def test_a_sarif_report_knows_the_lines_of_the_sites(project: Path, ssot_lint: Run) -> None:
    ssot_lint("scan", "-q", "-f", "sarif", "-o", "r.sarif")
    (run,) = json.loads((project / "r.sarif").read_text())["runs"]
    (result,) = run["results"]
    region = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 13}
    (site,) = result["locations"]
    assert site["physicalLocation"]["artifactLocation"] == {"uri": "app/b.py", "uriBaseId": "%SRCROOT%"}
    assert site["physicalLocation"]["region"] == region
    assert list(result["partialFingerprints"]) == ["ssotLint/v1", "primaryLocationLineHash"]


def test_ci_finds_files_by_their_path_in_the_repository(project: Path, ssot_lint: Run) -> None:
    (project.parent / ".git").mkdir()
    path = f"{project.name}/app/b.py"
    (run,) = json.loads(ssot_lint("scan", "-q", "-f", "sarif")[1])["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == path
    assert json.loads(ssot_lint("scan", "-q", "-f", "gitlab")[1])[0]["location"]["path"] == path
    assert f",file={path}," in ssot_lint("scan", "-q", "-f", "github")[1]
    assert f'file="{path}"' in ssot_lint("scan", "-q", "-f", "junit")[1]
    assert "app/b.py" in ssot_lint("scan", "-q", "-f", "concise")[1].partition(":")[0]


def test_the_format_for_github_comes_with_a_job_summary(
    project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(project / "summary.md"))
    ssot_lint("scan", "-q", "--report", "github=r.txt")
    assert not (project / "summary.md").exists()
    assert ssot_lint("scan", "-q", "-f", "github")[1] == (project / "r.txt").read_text()
    assert (project / "summary.md").read_text() == ssot_lint("scan", "-q", "-f", "markdown")[1]


def test_the_report_is_the_same_from_everywhere(project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [ssot_lint("scan", "-q", "-f", "markdown")[1]]
    monkeypatch.chdir(project / "app")
    reports.append(ssot_lint("scan", "-q", "-f", "markdown", "..")[1])
    monkeypatch.chdir(project.parent)
    reports.append(ssot_lint("scan", "-q", "-f", "markdown", "project")[1])
    monkeypatch.chdir("/")
    reports.append(ssot_lint("scan", "-q", "-f", "markdown", str(project))[1])
    assert len(set(reports)) == 1
    assert str(project) not in reports[0]


def test_the_command_to_reproduce_names_what_decides(project: Path, ssot_lint: Run) -> None:
    arguments = ("--select", "TINY1", "--fail-level", "high", "--fail-under", "5", "--isolated", "app/b.py", "app/a.py")
    _, out, _ = ssot_lint("scan", "-q", "-f", "markdown", "-j", "2", "--color", "never", *arguments)
    command = "ssot-lint scan --isolated --select TINY1 --fail-level high --fail-under 5 app/a.py app/b.py"
    assert command in out


def test_options_that_set_a_key_of_the_configuration_are_named_too(project: Path, ssot_lint: Run) -> None:
    arguments = ("--extend-select", "TINY9", "--exclude", "docs,old/", "--exclude", "b.py")
    command = "ssot-lint scan --extend-select TINY9 --extend-exclude docs,old/ --extend-exclude b.py ."
    assert command in ssot_lint("scan", "-q", "-f", "markdown", *arguments)[1]


@pytest.mark.parametrize(
    ("form", "output"), [("-f", "-o"), ("--format", "--output"), ("--output-format", "--output-file")]
)
def test_format_and_output_have_the_names_that_other_tools_give_them(
    project: Path, ssot_lint: Run, form: str, output: str
) -> None:
    assert ssot_lint("rules", form, "json")[1].startswith("[")
    assert ssot_lint("scan", "-q", form, "json", output, "r.json") == (ExitCode.GATE_FAILED, "", "")
    assert [each["code"] for each in json.loads((project / "r.json").read_text())["findings"]] == ["TINY101"]


def test_color_is_for_terminals_unless_asked_for(project: Path, ssot_lint: Run) -> None:
    assert "\x1b[" in ssot_lint("scan", "-q", "--color", "always")[1]
    assert ssot_lint("scan", "-q", "--color", "never")[1] == REPORT


def test_html_has_the_plan_the_code_and_the_importers(project: Path, ssot_lint: Run) -> None:
    (project / "app" / "c.py").write_text("from app.a import Order\n")
    (project / "ssot-lint.toml").write_text('repository-url = "https://example.org/blob/main"\n')
    ssot_lint("scan", "-q", "-f", "html", "-o", "report.html")
    data = page_data((project / "report.html").read_text())
    assert zlib.decompress(base64.b64decode(data["codes"])).decode().split("\0")[:-1] == [
        "class Order:\n    total = 2",
        "class Order:\n    total = 1",
    ]
    (home,) = (finding["home"] for finding in data["findings"])
    assert data["importers"][home["importers"]]["first"] == [
        ["app.a", [file["path"] for file in data["files"]].index("app/c.py"), 1]
    ]
    assert [step["title"] for step in data["plan"]["steps"]] == ["Import it from app.a"]
    assert data["folders"] == [["app", 4, 5, pytest.approx(100 / 6.5), 1]]
    assert data["address"] == "https://example.org/blob/main"


def test_html_says_how_the_run_ends(project: Path, ssot_lint: Run) -> None:
    ssot_lint("scan", "-q", "-f", "html", "-o", "report.html")
    assert "<p>The gate failed: 1 new violation of severity low or worse.</p>" in (project / "report.html").read_text()
    ssot_lint("scan", "-q", "-f", "html", "-o", "report.html", "--fail-level", "never")
    assert "<p>The gate passed.</p>" in (project / "report.html").read_text()


def test_html_of_a_cached_scan_is_the_same(project: Path, ssot_lint: Run) -> None:
    first = ssot_lint("scan", "-q", "-f", "html")
    assert ssot_lint("scan", "-q", "-f", "html") == first
    assert ssot_lint("scan", "-q", "-f", "html", "--no-cache") == first


def test_html_shows_a_history(project: Path, ssot_lint: Run) -> None:
    commit = "a" * 40
    ssot_lint("scan", "-q", "--report", "json=r.json")
    added = ssot_lint("history", "add", "h.jsonl", "--from", "r.json", "--commit", commit, "--date", "2026-05-01")
    assert added[0] == ExitCode.OK
    _, out, _ = ssot_lint("scan", "-q", "-f", "html", "--history", "h.jsonl")
    assert page_data(out)["history"] == [["2026-05-01", "aaaaaaa", 83.33, 1, 1]]
    code, _, err = ssot_lint("scan", "--history", "none.jsonl")
    assert code == ExitCode.USAGE
    assert err.startswith("error: none.jsonl")


def page_data(html: str) -> Any:
    found = re.search(r'id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return json.loads(found[1])
