from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

import msgspec
import pytest
from jsonschema import Draft4Validator, FormatChecker

from ssot_lint.model.edits import Fix, LineChange, RetargetImport, Safety
from ssot_lint.model.finding import Location
from ssot_lint.model.record import Suppression, SuppressionKind
from ssot_lint.model.report import RULE_CRASHED, Diagnostic, JudgedFinding, Report, Status
from ssot_lint.reporters.sarif import render_sarif
from ssot_lint.reporters.source_lines import SourceLine, SourceLines

SCHEMA = Path(__file__).parents[2] / "schemas" / "sarif-schema-2.1.0.json"
VALIDATOR = Draft4Validator(json.loads(SCHEMA.read_text("utf-8")), format_checker=FormatChecker())

LEGACY = "backend/schemas/legacy.py"
LINES: SourceLines = {
    (LEGACY, 7): SourceLine("from backend.schemas.agent import AgentState  ", "8cb18af8798f6563:1"),
    ("backend/schemas/agent.py", 22): SourceLine("class AgentState:", "54703d4cd895b18:1"),
}
LINK = re.compile(r"(?<!\\)\[((?:[^\\\[\]]|\\[\\\[\]])*)\]\((\d+)\)")
"""An embedded link of a plain text message (SARIF 2.1.0, 3.11.6) to a location of the result."""


class Region(msgspec.Struct, rename="camel", kw_only=True):
    start_line: int
    start_column: int
    end_line: int = 0
    end_column: int = 0


class ArtifactLocation(msgspec.Struct, rename="camel"):
    uri: str
    uri_base_id: str


class PhysicalLocation(msgspec.Struct, rename="camel"):
    artifact_location: ArtifactLocation
    region: Region


class Message(msgspec.Struct):
    text: str


class Place(msgspec.Struct, rename="camel"):
    physical_location: PhysicalLocation
    id: int = 0
    message: Message | None = None


class Silenced(msgspec.Struct):
    kind: str
    status: str = ""
    justification: str = ""
    location: Place | None = None


class Result(msgspec.Struct, rename="camel", kw_only=True):
    rule_id: str
    rule_index: int
    level: str
    message: Message
    locations: list[Place]
    related_locations: list[Place]
    partial_fingerprints: dict[str, str]
    properties: dict[str, str | list[str]]
    baseline_state: str = ""
    suppressions: list[Silenced] = []


class Notification(msgspec.Struct):
    level: str
    message: Message
    descriptor: dict[str, str]
    locations: list[Place] = []


class Invocation(msgspec.Struct, rename="camel"):
    execution_successful: bool
    tool_execution_notifications: list[Notification]


class Run(msgspec.Struct, rename="camel"):
    invocations: list[Invocation]
    results: list[Result]
    automation_details: dict[str, str]


class Log(msgspec.Struct):
    runs: list[Run]


class Read(NamedTuple):
    results: list[Result]
    invocation: Invocation
    category: str


def read(report: Report, lines: SourceLines | None = None, folder: str = "") -> Read:
    """Render, hold against the schema of SARIF, and read what the tests look at."""
    text = render_sarif(report, LINES if lines is None else lines, folder)
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(text))] == []
    (run,) = msgspec.json.decode(text, type=Log).runs
    (invocation,) = run.invocations
    return Read(run.results, invocation, run.automation_details["id"])


def with_sites(report: Report, status: Status, suppression: Suppression | None = None) -> Report:
    """``report`` with every site of every finding in ``status``."""

    def judged(finding: JudgedFinding) -> JudgedFinding:
        sites = (msgspec.structs.replace(site, status=status, suppression=suppression) for site in finding.sites)
        return msgspec.structs.replace(finding, sites=tuple(sites))

    return msgspec.structs.replace(report, findings=tuple(map(judged, report.findings)))


def test_sarif(sample: Report, golden: Callable[[str, str], None]) -> None:
    codes = ("SSOT201", "SSOT301")
    report = msgspec.structs.replace(
        sample,
        findings=tuple(finding for finding in sample.findings if finding.rule.code in codes),
        rules=tuple(result for result in sample.rules if result.rule.code in codes),
    )
    golden("report.sarif.json", render_sarif(report, LINES, ""))


def test_new_violations_come_first_then_the_worst(sample: Report) -> None:
    results = read(sample).results
    assert [result.rule_id for result in results] == [
        "SSOT405",
        *["SSOT101"] * 13,
        *["SSOT206"] * 2,
        "SSOT201",
        "SSOT301",
        "SSOT002",
        "SSOT101",
        "SSOT201",
    ]
    assert [result.level for result in results] == [
        *["error"] * 16,
        *["warning"] * 2,
        "note",
        "error",
        "warning",
    ]
    assert [result.baseline_state for result in results] == [*["new"] * 19, *["unchanged"] * 2]


def test_every_rule_that_ran_is_described(sample: Report, clean: Report) -> None:
    (run,) = json.loads(render_sarif(clean, {}, ""))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [result.rule.code for result in clean.rules]
    for result in read(sample).results:
        assert rules[result.rule_index]["id"] == result.rule_id


def test_sections_of_the_documentation_become_help(clean: Report) -> None:
    text = "Summary ``a``.\n\nWhy:\n    One ``b``\n    two.\n\nBad:\n    x = 1\n\nGood:\n    y = 2\n\nFix:\n    Fix it."
    (first, *rest) = clean.rules
    rule = msgspec.structs.replace(first.rule, summary="Summary ``a``.", help=text)
    report = msgspec.structs.replace(clean, rules=(msgspec.structs.replace(first, rule=rule), *rest))
    (run,) = json.loads(render_sarif(report, {}, ""))["runs"]
    described = run["tool"]["driver"]["rules"][0]
    assert described == {
        "id": "SSOT002",
        "name": "unused-suppression",
        "shortDescription": {"text": "Summary ``a``."},
        "fullDescription": {"text": "One `b` two."},
        "help": {
            "text": text,
            "markdown": "Summary ``a``.\n\n## Why\n\nOne `b`\ntwo.\n\n## Bad\n\n```python\nx = 1\n```\n\n"
            "## Good\n\n```python\ny = 2\n```\n\n## Fix\n\nFix it.",
        },
        "defaultConfiguration": {"level": "note"},
        "properties": {"tags": ["maintainability", "scan"]},
    }


def test_a_long_description_is_cut(clean: Report) -> None:
    (first, *_) = clean.rules
    rule = msgspec.structs.replace(first.rule, summary="x" * 2_000, help="")
    report = msgspec.structs.replace(clean, rules=(msgspec.structs.replace(first, rule=rule),))
    (run,) = json.loads(render_sarif(report, {}, ""))["runs"]
    assert run["tool"]["driver"]["rules"][0]["fullDescription"] == {"text": "x" * 1_024}


def test_a_message_links_to_the_home_and_to_other_sites(sample: Report) -> None:
    results = read(sample).results
    (first_copy, *_) = (result for result in results if result.rule_id == "SSOT101")
    assert first_copy.message.text == (
        "class `ValidationResult` is defined in 15 modules (14 identical, 1 similar): keep backend/core/validation.py, "
        "imported by 41 modules (identical). Home: [backend/core/validation.py:10](1), imported by 41 modules. "
        "Other sites: [auth/api/checks.py:203](2), "
        + ", ".join(f"[backend/services/domain_{at:02}/validation.py:{14 + at}]({at + 2})" for at in range(1, 5))
        + " and 8 more. Fix: import it from `backend.core.validation` and delete the copies. (SSOT101-ce70)"
    )
    for result in results:
        ids = [place.id for place in result.related_locations]
        assert [int(target) for _, target in LINK.findall(result.message.text)] == ids == [*range(1, len(ids) + 1)]
        assert result.locations[0].physical_location not in [
            place.physical_location for place in result.related_locations
        ]


def test_a_region_ends_with_its_line(sample: Report) -> None:
    (variant,) = (result for result in read(sample).results if result.rule_id == "SSOT301")
    assert variant.locations[0].physical_location.region == Region(
        start_line=7, start_column=35, end_line=7, end_column=45
    )
    assert variant.related_locations[0].physical_location.region == Region(
        start_line=22, start_column=1, end_line=22, end_column=18
    )
    assert variant.partial_fingerprints == {
        "ssotLint/v1": "53740eac5e1f649a",
        "primaryLocationLineHash": "8cb18af8798f6563:1",
    }


def test_without_the_source_a_region_only_starts(sample: Report) -> None:
    for result in read(sample, {}).results:
        region = result.locations[0].physical_location.region
        assert (region.end_line, region.end_column) == (0, 0)
        assert list(result.partial_fingerprints) == ["ssotLint/v1"]


def test_without_a_baseline_no_result_has_a_state(sample: Report) -> None:
    results = read(msgspec.structs.replace(sample, comparison=None)).results
    assert {result.baseline_state for result in results} == {""}


def test_a_suppression_tells_where_and_why(sample: Report) -> None:
    comment = Suppression(SuppressionKind.DISTINCT, Location(LEGACY, 7, 3), "a", ("SSOT101",), "two [things](1)")
    results = read(with_sites(sample, Status.SUPPRESSED, comment)).results
    (silenced,) = results[0].suppressions
    assert (silenced.kind, silenced.status, silenced.justification) == ("inSource", "accepted", "two [things](1)")
    assert silenced.location is not None
    assert silenced.location.physical_location.artifact_location.uri == LEGACY
    assert read(with_sites(sample, Status.SUPPRESSED)).results[0].suppressions == [Silenced("inSource")]
    assert read(with_sites(sample, Status.BASELINED, comment)).results[0].suppressions == []


def test_paths_and_category_are_those_of_the_repository(sample: Report) -> None:
    assert read(sample).category == "ssot-lint/"
    shop = read(sample, folder="services/a shop/")
    assert shop.category == "ssot-lint/services/a shop/"
    place = shop.results[0].locations[0].physical_location.artifact_location
    assert place == ArtifactLocation("services/a%20shop/backend/routes/websocket_unified_enhanced.py", "%SRCROOT%")


def test_problems_of_the_scan_are_notifications(sample: Report) -> None:
    invocation = read(sample).invocation
    assert invocation.execution_successful
    (notification,) = invocation.tool_execution_notifications
    assert (notification.level, notification.descriptor) == ("warning", {"id": "crashed-rule"})
    assert notification.locations[0].physical_location.artifact_location.uri == "backend/odd.py"


def test_a_crashed_rule_is_a_failed_execution(clean: Report) -> None:
    crash = Diagnostic("ssot_rules/odd.py", 7, RULE_CRASHED, "rule ODD1 raised KeyError: 'x'")
    invocation = read(msgspec.structs.replace(clean, diagnostics=(crash,))).invocation
    assert not invocation.execution_successful
    (notification,) = invocation.tool_execution_notifications
    assert (notification.level, notification.locations) == ("error", [])
    assert notification.message.text == "rule-crashed: rule ODD1 raised KeyError: 'x' (ssot_rules/odd.py:7)"


def test_too_many_results_are_cut_and_counted(sample: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssot_lint.reporters.sarif.MAX_RESULTS", 14)
    results, invocation, _ = read(sample)
    assert [result.rule_id for result in results] == ["SSOT405", *["SSOT101"] * 13]
    assert invocation.tool_execution_notifications[-1].message.text == (
        "7 violations left out, the least severe: GitHub takes 14 (see -f json)."
    )


def test_size_grows_with_the_number_of_sites_not_with_its_square(crowded: Report) -> None:
    (finding, *_) = crowded.findings

    def size(count: int) -> int:
        copies = msgspec.structs.replace(finding, sites=finding.sites * (count // len(finding.sites)))
        return len(render_sarif(msgspec.structs.replace(crowded, findings=(copies,), diagnostics=()), {}, ""))

    assert size(1_800) < 2.1 * size(900)


def test_hostile_names_forge_neither_links_nor_places(hostile: Report, nasty: str) -> None:
    results, invocation, _ = read(hostile)
    (attack,) = (result for result in results if len(result.related_locations) == 1)
    assert attack.message.text.isprintable()
    ((text, target),) = LINK.findall(attack.message.text)
    assert target == "1"
    assert re.sub(r"\\([\\\[\]])", r"\1", text).startswith("./@a|b`c")
    assert attack.message.text.count("](") == attack.message.text.count(r"\](") + 1
    places = [*attack.locations, *attack.related_locations, *invocation.tool_execution_notifications[0].locations]
    for place, start in zip(places, "-@#", strict=True):
        uri = place.physical_location.artifact_location.uri
        assert urlsplit(uri)[:2] == ("", "")
        assert urlsplit(uri).path == uri
        assert unquote_to_bytes(uri) == f"{start}{nasty}.py".encode(errors="surrogateescape")


def test_nothing_found_is_valid(clean: Report) -> None:
    assert read(clean).results == []


def test_a_fix_is_the_lines_that_it_changes(sample: Report) -> None:
    finding = next(each for each in sample.findings if each.rule.code == "SSOT301")
    fix = Fix(Safety.SAFE, (RetargetImport("backend/schemas/legacy.py", 7, 35, "backend.schemas.agent", "AgentState"),))
    (site,) = finding.sites
    fixable = msgspec.structs.replace(site, site=msgspec.structs.replace(site.site, fix=fix))
    report = msgspec.structs.replace(sample, findings=(msgspec.structs.replace(finding, sites=(fixable,)),))
    change = LineChange("backend/schemas/legacy.py", 7, 8, "from backend.schemas.agent import AgentState\n")
    text = render_sarif(report, LINES, "apps/", {site.id: [change]})
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(text))] == []
    (result,) = json.loads(text)["runs"][0]["results"]
    region = {"startLine": 7, "startColumn": 1, "endLine": 8, "endColumn": 1}
    assert result["fixes"] == [
        {
            "description": {"text": "safe"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "apps/backend/schemas/legacy.py", "uriBaseId": "%SRCROOT%"},
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": change.text}}],
                }
            ],
        }
    ]
