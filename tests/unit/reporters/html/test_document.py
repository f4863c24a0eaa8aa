"""The page as text: what is in it, and that nothing can break out of it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Diagnostic, JudgedFinding, Report
from ssot_lint.reporters.html.document import render_html
from tests.unit.reporters.html.views import around, code_of, codes_of, view_of

DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
SCRIPT = re.compile(r'<script type="module">(.*?)</script>', re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def data_of(html: str) -> Any:
    found = DATA.search(html)
    assert found is not None
    return json.loads(found[1])


def test_the_policy_knows_the_script_and_the_style_and_nothing_else(page_of_sample: str) -> None:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page_of_sample)
    assert found is not None
    (script,), (style,) = SCRIPT.findall(page_of_sample), STYLE.findall(page_of_sample)
    assert found[1].replace("&#39;", "'") == (
        f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def test_nothing_is_loaded(page_of_sample: str) -> None:
    assert page_of_sample.count("<script") == 2
    assert not re.search(r"<(?:link|img|iframe|object|base)\b|\bsrc=|@import|url\((?!#)", page_of_sample)
    (script,) = SCRIPT.findall(page_of_sample)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\bimport\s*[({]|fetch\(", script
    )


def test_same_view_same_bytes(planned: Report) -> None:
    view = view_of(around(planned), code_of)
    assert render_html(view) == render_html(view)


def test_hostile_text_cannot_leave_the_data(hostile: Report, nasty: str) -> None:
    html = render_html(view_of(around(hostile), lambda _: [nasty]))
    html.encode("utf-8")
    assert html.count("<script") == 2
    assert "alert(1)</script>" not in html
    assert not re.search("[\x1b\u202e\u200b\u2028\u2029]", html)
    found = DATA.search(html)
    assert found is not None
    assert not set("<>&") & set(found[1])


def test_findings_are_sorted_by_points_and_inventories_come_last(page_of_sample: str) -> None:
    findings = data_of(page_of_sample)["findings"]
    assert [row["rule"] for row in findings] == [
        "SSOT101",
        "SSOT405",
        "SSOT206",
        "SSOT201",
        "SSOT301",
        "SSOT002",
        "SSOT401",
    ]
    points = [row["points"] for row in findings]
    assert points == sorted(points, reverse=True)
    assert points[-1] == 0


def test_the_points_are_all_that_the_score_lost(planned: Report, page_of_sample: str) -> None:
    data = data_of(page_of_sample)
    lost = pytest.approx(100 - planned.score.value, abs=0.001)
    assert sum(row["points"] for row in data["findings"]) == lost
    assert sum(row[3] for row in data["folders"]) == lost


def test_a_place_has_its_code_and_importers_once(page_of_sample: str) -> None:
    data = data_of(page_of_sample)
    duplicate = data["findings"][0]
    home, site = duplicate["home"], duplicate["sites"][0]
    assert data["files"][home["file"]]["path"] == "backend/core/validation.py"
    assert codes_of(data)[home["code"]].startswith("class ValidationResult:\n")
    assert {each["code"] for each in duplicate["sites"]} == {home["code"], duplicate["sites"][-1]["code"]}
    assert len(codes_of(data)) == 2
    assert data["importers"][home["importers"]]["files"] == 41
    assert "importers" not in site


def test_a_step_is_found_from_the_finding_and_back(page_of_sample: str) -> None:
    data = data_of(page_of_sample)
    steps = data["plan"]["steps"]
    assert data["findings"][0]["step"] == 1
    assert steps[0]["finding"].startswith("SSOT101-")
    assert data["total"] == sum(step["violations"] for step in steps)


def test_long_code_and_long_lines_are_cut(planned: Report) -> None:
    html = render_html(view_of(around(planned), lambda _: ["x" * 5_000] * 320))
    data = data_of(html)
    lines = codes_of(data)[0].split("\n")
    assert len(lines) == 300
    assert len(lines[0]) == 244
    assert data["findings"][0]["home"]["more"] == 20


def test_paths_that_are_no_address_have_one(
    report_of: Callable[..., Report], judged: Callable[..., JudgedFinding]
) -> None:
    finding = judged("Odd")
    place = msgspec.structs.replace(finding.sites[0].site.location, path="a b/\udcff#.py")
    site = msgspec.structs.replace(finding.sites[0].site, location=place)
    odd = msgspec.structs.replace(finding, sites=(msgspec.structs.replace(finding.sites[0], site=site),))
    files = data_of(render_html(view_of(report_of([odd]))))["files"]
    assert {"path": "a b/\\udcff#.py", "uri": "a%20b/%FF%23.py"} in files


def test_without_anything_to_say_the_page_says_so(clean: Report) -> None:
    html = render_html(view_of(clean))
    assert "Everything has one home" in html
    assert data_of(html)["findings"] == []


@pytest.mark.slow
@pytest.mark.parametrize("sites", [1, 2, 10])
def test_a_large_report_is_whole_and_small(sites: int) -> None:
    from tests.unit.reporters.html.large import large_report, long_code

    report = around(large_report(findings=2_300 // sites, sites=sites, files=10_000))
    html = render_html(view_of(report, long_code))
    assert len(html.encode()) < 5_000_000
    data = data_of(html)
    shown = [site for row in data["findings"] for site in row["sites"]]
    assert len(shown) == 2_300
    assert sum("code" in site for site in shown) > 2_000
    assert "more" not in data["plan"]
    assert 'id="left-out"' not in html


@pytest.mark.slow
def test_what_a_huge_report_leaves_out_is_said() -> None:
    from tests.unit.reporters.html.large import large_report, long_code

    report = around(large_report(findings=20_000, sites=5, files=50_000))
    html = render_html(view_of(report, long_code))
    assert len(html.encode()) < 5_000_000
    shown = len(data_of(html)["findings"])
    assert 1_000 < shown < 20_000
    left = 20_000 - shown
    assert f"{left:,} findings with {5 * left:,} violations are left out to keep this file small" in html
    assert data_of(html)["plan"]["more"] == 20_000 - len(data_of(html)["plan"]["steps"])


def test_what_stands_in_backticks_is_code_and_nothing_else_is_html(clean: Report) -> None:
    problem = Diagnostic("a.py", 1, "odd", "`ssot-lint <files>` says & `why")
    html = render_html(view_of(msgspec.structs.replace(clean, diagnostics=(problem,))))
    assert "<li>a.py:1 odd: <code>ssot-lint &lt;files&gt;</code> says &amp; `why</li>" in html


def test_severities_without_violations_are_no_links(clean: Report) -> None:
    html = render_html(view_of(clean))
    assert not any(f"#severity={severity.value}" in html for severity in Severity)
