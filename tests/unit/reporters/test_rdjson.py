from __future__ import annotations

import json

import msgspec

from ssot_lint.model.report import RULE_CRASHED, Diagnostic, Report
from ssot_lint.reporters.rdjson import render_rdjson
from ssot_lint.reporters.source_lines import SourceLine

LEGACY = "backend/schemas/legacy.py"


def test_problems_then_new_violations(sample: Report) -> None:
    document = json.loads(render_rdjson(sample, {}))
    assert list(document) == ["source", "diagnostics"]
    assert document["source"] == {"name": "ssot-lint"}
    assert document["diagnostics"][:2] == [
        {
            "message": "crashed-rule: SSOT121 of pack builtin: KeyError: 'x'",
            "location": {"path": "backend/odd.py", "range": {"start": {"line": 3}}},
            "severity": "WARNING",
            "code": {"value": "crashed-rule"},
        },
        {
            "message": "`WebSocketManager` has 2 process-wide instances: connections registered with one are unknown "
            "to the other (`_ws_manager`, used by 7 functions) [SSOT405-8b73]\n"
            "Home: backend/websocket/manager.py:312 (declared home of component `websocket-manager`)\n"
            "Fix: keep `manager` of backend/websocket/manager.py and import it in the other place",
            "location": {
                "path": "backend/routes/websocket_unified_enhanced.py",
                "range": {"start": {"line": 58}},
            },
            "severity": "ERROR",
            "code": {"value": "SSOT405"},
        },
    ]
    assert [each["severity"] for each in document["diagnostics"]] == [
        "WARNING",
        *["ERROR"] * 16,
        *["WARNING"] * 2,
        "INFO",
    ]


def test_columns_are_bytes(sample: Report) -> None:
    line = SourceLine("from backend.schemas import Ünïts, AgentState as State  ", "0:1")
    diagnostics = json.loads(render_rdjson(sample, {(LEGACY, 7): line}))["diagnostics"]
    (variant,) = (each for each in diagnostics if each["location"]["path"] == LEGACY)
    assert line.text[34:].startswith(" AgentState")
    assert variant["location"]["range"] == {"start": {"line": 7, "column": 37}, "end": {"line": 7, "column": 57}}


def test_a_crash_has_no_place_in_the_project(clean: Report) -> None:
    crash = Diagnostic("ssot_rules/odd.py", 7, RULE_CRASHED, "rule ODD1 raised KeyError: 'x'")
    report = msgspec.structs.replace(clean, diagnostics=(crash,))
    assert json.loads(render_rdjson(report, {}))["diagnostics"] == []


def test_hostile_names_are_data(hostile: Report, nasty: str) -> None:
    document = json.loads(render_rdjson(hostile, {}))
    problem, *_, attack = document["diagnostics"]
    assert problem["location"]["path"] == f"#{nasty}.py".replace("\udc80", r"\udc80")
    assert attack["message"].replace("\n", "").isprintable()
    assert attack["message"].count("\n") == 2
