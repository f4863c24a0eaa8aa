"""The report as JUnit XML: a test suite per file, a test case per violation.

There is no official schema; https://github.com/testmoapp/junitxml tells what readers have in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from xml.etree import ElementTree as ET

from ssot_lint.model.finding import Location
from ssot_lint.model.report import Diagnostic, JudgedSite, Report
from ssot_lint.reporters.flagged import Flagged, flagged, place, place_of_problem, problem
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.text.sanitize import visible

_TOOL = "ssot-lint"


def render_junit(report: Report, folder: str) -> str:
    """Render new violations as failures, known ones as skipped, and problems of the scan as errors.

    A report with none of these has one test case, which passes: some readers take a file without any for broken. There
    is no attribute ``time``, for no report holds a clock. ``folder`` is where the project lies in the repository:
    empty, or with a slash at the end.
    """
    suites: dict[str, list[ET.Element]] = {}
    for location, case in chain(map(_problem, report.diagnostics), map(_violation, flagged(report))):
        suite = visible(f"{folder}{location.path}") if location else _TOOL
        case.set("classname", suite)
        if location:
            case.attrib |= {"file": suite, "line": str(max(location.line, 1))}
        suites.setdefault(suite, []).append(case)
    if not suites:
        suites[_TOOL] = [ET.Element("testcase", name="no violations", classname=_TOOL)]
    root = ET.Element("testsuites", {"name": _TOOL} | _totals(chain.from_iterable(suites.values())))
    for name, members in sorted(suites.items()):
        ET.SubElement(root, "testsuite", {"name": name} | _totals(members)).extend(members)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _violation(each: Flagged) -> tuple[Location, ET.Element]:
    name = f"{each.site.id} {each.finding.rule.name}: {each.finding.finding.subject}"
    case = ET.Element("testcase", name=visible(name))
    if each.is_new:
        failure = ET.SubElement(case, "failure", type=each.finding.severity.value, message=visible(each.sentence))
        failure.text = "\n".join(map(visible, [place(each.location), *each.details]))
    else:
        ET.SubElement(case, "skipped", message=visible(_why_known(each.site)))
    return each.location, case


def _why_known(site: JudgedSite) -> str:
    reason = site.suppression.reason if site.suppression else ""
    return f"{site.status.value}: {reason}" if reason else site.status.value


def _problem(diagnostic: Diagnostic) -> tuple[Location | None, ET.Element]:
    text = visible(problem(diagnostic))
    case = ET.Element("testcase", name=text)
    ET.SubElement(case, "error", type=visible(diagnostic.kind), message=text)
    return place_of_problem(diagnostic), case


def _totals(cases: Iterable[ET.Element]) -> dict[str, str]:
    members = list(cases)
    outcomes = Counter(outcome.tag for case in members for outcome in case)
    return {
        "tests": str(len(members)),
        "failures": str(outcomes["failure"]),
        "errors": str(outcomes["error"]),
        "skipped": str(outcomes["skipped"]),
    }


FORMAT = ReportFormat(lambda view: render_junit(view.report, view.folder))
