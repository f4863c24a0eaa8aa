from __future__ import annotations

import re

import msgspec
import pytest

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Diagnostic, Report, Status
from ssot_lint.reporters.github import render_github
from ssot_lint.text.sanitize import visible

COMMAND = re.compile(r"::(error|warning|notice) (title=.*?)::(.*)")


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """Read a line as GitHub's runner does: the first ``::`` after the command ends the properties."""
    match = COMMAND.fullmatch(line)
    assert match, line
    properties = dict(pair.split("=", 1) for pair in match[2].split(","))
    unescaped = {key: unescape(value.replace("%3A", ":").replace("%2C", ",")) for key, value in properties.items()}
    return match[1], unescaped, unescape(match[3])


def unescape(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_new_violations_are_commands_the_worst_first(sample: Report) -> None:
    lines = render_github(sample, "").splitlines()
    assert lines[:2] == [
        "::warning title=ssot-lint,file=backend/odd.py,line=3,endLine=3,col=1::crashed-rule: SSOT121 of pack builtin: "
        "KeyError: 'x'",
        "::error title=SSOT405-8b73 rival-singletons (critical),file=backend/routes/websocket_unified_enhanced.py,"
        "line=58,endLine=58,col=1::`WebSocketManager` has 2 process-wide instances: connections registered with one "
        "are unknown to the other (`_ws_manager`, used by 7 functions)%0A"
        "Home: backend/websocket/manager.py:312 (declared home of component `websocket-manager`)%0A"
        "Fix: keep `manager` of backend/websocket/manager.py and import it in the other place",
    ]
    assert lines[-3:] == [
        "::warning title=SSOT301-5374 import-path-variant (medium),file=backend/schemas/legacy.py,line=7,endLine=7,"
        "col=35::`AgentState` is imported through 2 paths (12 of 53 importers come through `backend.schemas.legacy`)%0A"
        "Home: backend/schemas/agent.py:22 (defines it)%0A"
        "Fix: import it from `backend.schemas.agent`",
        "::notice title=SSOT002-8135 unused-suppression (low),file=backend/core/ids.py,line=12,endLine=12,col=20::"
        "`ignore[SSOT101]` matches nothing%0AFix: delete the comment",
        "::notice title=ssot-lint::6 more: GitHub shows 10 annotations of a kind and step (-f json lists all)%0A"
        "2 known violations not annotated",
    ]
    assert len([line for line in lines if line.startswith("::error ")]) == 10


def test_the_last_notice_takes_the_place_of_one(crowded: Report) -> None:
    low = tuple(msgspec.structs.replace(finding, severity=Severity.LOW) for finding in crowded.findings)
    report = msgspec.structs.replace(crowded, findings=low, diagnostics=())
    lines = render_github(report, "").splitlines()
    assert len(lines) == 10
    assert lines[-1] == (
        "::notice title=ssot-lint::5,991 more: GitHub shows 10 annotations of a kind and step (-f json lists all)"
    )


def test_ten_of_a_kind_need_no_last_notice(clean: Report, crowded: Report) -> None:
    problems = tuple(Diagnostic(f"a{at}.py", at, "unparsable", "why") for at in range(11))
    ten = msgspec.structs.replace(clean, diagnostics=problems[:10])
    assert len(render_github(ten, "").splitlines()) == 10
    eleven = msgspec.structs.replace(clean, diagnostics=problems)
    assert render_github(eleven, "").splitlines()[-1].startswith("::notice title=ssot-lint::1 more: ")


def test_nothing_new_is_no_command(sample: Report, clean: Report) -> None:
    assert render_github(clean, "") == ""
    known = tuple(
        msgspec.structs.replace(
            finding, sites=tuple(msgspec.structs.replace(site, status=Status.BASELINED) for site in finding.sites)
        )
        for finding in sample.findings
    )
    assert render_github(msgspec.structs.replace(sample, findings=known, diagnostics=()), "") == ""


def test_a_hint_of_the_baseline_is_told(sample: Report) -> None:
    (finding, *_) = sample.findings
    sites = tuple(msgspec.structs.replace(site, hint="moved and edited?") for site in finding.sites)
    report = msgspec.structs.replace(sample, findings=(msgspec.structs.replace(finding, sites=sites),), diagnostics=())
    assert parsed(render_github(report, "").rstrip())[2].splitlines()[-2:] == [
        "Fix: keep `manager` of backend/websocket/manager.py and import it in the other place",
        "Hint: moved and edited?",
    ]


def test_paths_are_those_of_the_repository(sample: Report) -> None:
    assert "file=services/shop/backend/odd.py," in render_github(sample, "services/shop/")


def test_hostile_names_forge_no_command(hostile: Report, nasty: str) -> None:
    attack = [finding for finding in hostile.findings if finding.finding.subject == nasty]
    report = msgspec.structs.replace(hostile, findings=tuple(attack))
    _, (kind, properties, message) = map(parsed, render_github(report, "").splitlines())
    assert (kind, list(properties)) == ("error", ["title", "file", "line", "endLine", "col"])
    assert properties["file"] == visible(f"-{nasty}.py")
    assert message.split("\n")[0] == visible(f"{nasty} ({nasty})")


@pytest.mark.parametrize("name", ["a::error::b", "a,line=9,b%3A%2C%0A", "a\r\n::stop-commands::x"])
def test_a_path_is_one_property(clean: Report, name: str) -> None:
    report = msgspec.structs.replace(clean, diagnostics=(Diagnostic(name, 1, "unparsable", name),))
    (line,) = render_github(report, "").splitlines()
    _, properties, message = parsed(line)
    assert properties == {"title": "ssot-lint", "file": visible(name), "line": "1", "endLine": "1", "col": "1"}
    assert message == f"unparsable: {visible(name)}"
