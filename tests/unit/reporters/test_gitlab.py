from __future__ import annotations

import json

from ssot_lint.model.report import Report
from ssot_lint.reporters.gitlab import render_gitlab


def test_all_violations_but_the_suppressed_ones(sample: Report) -> None:
    issues = json.loads(render_gitlab(sample, ""))
    assert issues[0] == {
        "description": "`WebSocketManager` has 2 process-wide instances: connections registered with one are unknown "
        "to the other (`_ws_manager`, used by 7 functions) [SSOT405-8b73]",
        "check_name": "SSOT405 rival-singletons",
        "fingerprint": "SSOT405-8b73012b71e1873e",
        "severity": "blocker",
        "location": {"path": "backend/routes/websocket_unified_enhanced.py", "lines": {"begin": 58}},
    }
    # 19 new, 1 baselined
    assert len(issues) == 20
    assert "auth/api/checks.py" in {issue["location"]["path"] for issue in issues}
    assert "backend/core/startup.py" not in {issue["location"]["path"] for issue in issues}
    severities = [issue["severity"] for issue in issues]
    assert severities == ["blocker", *["critical"] * 16, *["major"] * 2, "minor"]


def test_fingerprints_are_unique(crowded: Report) -> None:
    fingerprints = [issue["fingerprint"] for issue in json.loads(render_gitlab(crowded, ""))]
    assert len(set(fingerprints)) == len(fingerprints) == 6_000


def test_nothing_found_is_an_empty_list(clean: Report) -> None:
    assert render_gitlab(clean, "") == "[]\n"


def test_paths_are_those_of_the_repository(sample: Report) -> None:
    (first, *_) = json.loads(render_gitlab(sample, "services/shop/"))
    assert first["location"]["path"] == "services/shop/backend/routes/websocket_unified_enhanced.py"


def test_hostile_names_are_data(hostile: Report, nasty: str) -> None:
    text = render_gitlab(hostile, "")
    (*_, attack) = json.loads(text)
    assert attack["location"]["path"] == f"-{nasty}.py".replace("\udc80", r"\udc80")
    assert attack["description"].isprintable()
    assert text.replace("\n", "").isprintable()
