from __future__ import annotations

import msgspec
import pytest

from ssot_lint.model.edits import DeleteFile, Fix, Safety
from ssot_lint.model.report import Report
from ssot_lint.reporters.phrases import next_steps, shown_points, shown_score
from ssot_lint.text.wording import counted


@pytest.mark.parametrize(("count", "text"), [(0, "0 files"), (1, "1 file"), (1_234_567, "1,234,567 files")])
def test_counted(count: int, text: str) -> None:
    assert counted(count, "file") == text


@pytest.mark.parametrize(("points", "text"), [(0.0, "0.0"), (0.04, "<0.1"), (0.05, "0.1"), (12.34, "12.3")])
def test_points_that_are_lost_never_read_as_none(points: float, text: str) -> None:
    assert shown_points(points) == text


@pytest.mark.parametrize(("value", "text"), [(100.0, "100.0"), (99.99, "99.9"), (84.0, "84.0")])
def test_shown_score(value: float, text: str) -> None:
    assert shown_score(value) == text


@pytest.mark.parametrize(
    ("safety", "command"),
    [
        (Safety.SAFE, ["ssot-lint fix --diff"]),
        (Safety.UNSAFE, ["ssot-lint fix --diff --unsafe"]),
        (Safety.MANUAL, []),
    ],
)
def test_the_marks_of_fixes_are_explained(safety: Safety, command: list[str], sample: Report) -> None:
    finding = sample.findings[0]
    site = msgspec.structs.replace(finding.sites[0].site, fix=Fix(safety, (DeleteFile("shop/a.py"),)))
    sites = (msgspec.structs.replace(finding.sites[0], site=site),)
    report = msgspec.structs.replace(sample, findings=(msgspec.structs.replace(finding, sites=sites),))
    assert [each for each, _ in next_steps(report) if " fix " in each] == command


def _all_fixable(report: Report, safety: Safety) -> Report:
    fix = Fix(safety, (DeleteFile("a.py"),))
    findings = []
    for each in report.findings:
        sites = [msgspec.structs.replace(site, site=msgspec.structs.replace(site.site, fix=fix)) for site in each.sites]
        findings.append(msgspec.structs.replace(each, sites=tuple(sites)))
    return msgspec.structs.replace(report, findings=tuple(findings))


def test_unsafe_is_offered_where_something_is(sample: Report) -> None:
    safe, unsafe = (dict(next_steps(_all_fixable(sample, each))) for each in (Safety.SAFE, Safety.UNSAFE))
    assert safe["ssot-lint fix --diff"] == "what [fixable] comes to"
    assert "ssot-lint fix --diff --unsafe" in unsafe
