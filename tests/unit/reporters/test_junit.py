from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import msgspec
import pytest

from ssot_lint.model.finding import Location
from ssot_lint.model.record import Suppression, SuppressionKind
from ssot_lint.model.report import RULE_CRASHED, Diagnostic, JudgedFinding, Report, Status
from ssot_lint.reporters.junit import render_junit


def read(document: str) -> ET.Element:
    return ET.fromstring(document.encode())  # noqa: S314 - of our own making


def test_junit(sample: Report, golden: Callable[[str, str], None]) -> None:
    golden("report.junit.xml", render_junit(sample, ""))


def test_totals_and_outcomes(sample: Report) -> None:
    root = read(render_junit(sample, ""))
    assert root.attrib == {"name": "ssot-lint", "tests": "22", "failures": "19", "errors": "1", "skipped": "2"}
    assert [suite.get("name") for suite in root] == sorted({suite.get("name", "") for suite in root})
    for name in ("tests", "failures", "errors", "skipped"):
        assert sum(int(suite.get(name, "")) for suite in root) == int(root.get(name, ""))


def test_names_of_test_cases_are_unique(sample: Report) -> None:
    names = [case.get("name") for case in read(render_junit(sample, "")).iter("testcase")]
    assert len(set(names)) == len(names) == 22


def test_a_suppressed_violation_tells_its_reason(sample: Report) -> None:
    comment = Suppression(SuppressionKind.IGNORE, Location("a.py", 1), "a", ("SSOT201",), "goes in June")

    def silenced(finding: JudgedFinding) -> JudgedFinding:
        sites = (msgspec.structs.replace(site, status=Status.SUPPRESSED, suppression=comment) for site in finding.sites)
        return msgspec.structs.replace(finding, sites=tuple(sites))

    report = msgspec.structs.replace(sample, findings=tuple(map(silenced, sample.findings)))
    root = read(render_junit(report, ""))
    assert {skipped.get("message") for skipped in root.iter("skipped")} == {"suppressed: goes in June"}
    assert root.get("failures") == "0"


def test_nothing_found_is_one_test_that_passes(clean: Report) -> None:
    assert render_junit(clean, "") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="ssot-lint" tests="1" failures="0" errors="0" skipped="0">\n'
        '  <testsuite name="ssot-lint" tests="1" failures="0" errors="0" skipped="0">\n'
        '    <testcase name="no violations" classname="ssot-lint" />\n'
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_a_crash_stands_in_the_suite_of_the_tool(clean: Report) -> None:
    crash = Diagnostic("ssot_rules/odd.py", 7, RULE_CRASHED, "rule ODD1 raised KeyError: 'x'")
    (suite,) = read(render_junit(msgspec.structs.replace(clean, diagnostics=(crash,)), "shop/"))
    assert (suite.get("name"), suite.get("errors")) == ("ssot-lint", "1")
    assert suite[0].get("file") is None


def test_paths_are_those_of_the_repository(sample: Report) -> None:
    root = read(render_junit(sample, "services/shop/"))
    assert {(case.get("file") or "")[:14] for case in root.iter("testcase")} == {"services/shop/"}


def test_hostile_names_are_text(hostile: Report) -> None:
    text = render_junit(hostile, "")
    root = read(text)
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "skipped",
    }
    assert text.replace("\n", "").isprintable()
    assert root.get("tests") == "16"


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\udc80"])
def test_characters_that_xml_forbids_are_escaped(clean: Report, character: str) -> None:
    report = msgspec.structs.replace(clean, diagnostics=(Diagnostic("a.py", 1, "unparsable", f"a{character}b"),))
    (error,) = read(render_junit(report, "")).iter("error")
    assert error.get("message") == f"unparsable: a{character.encode('unicode_escape').decode()}b"
