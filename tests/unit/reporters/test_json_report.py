from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import msgspec
import pytest
from jsonschema import Draft202012Validator

from ssot_lint.model.finding import Json
from ssot_lint.model.report import Report
from ssot_lint.reporters.json_report import render_json
from ssot_lint.reporters.report_schema import render_report_schema


def test_json(sample: Report, golden: Callable[[str, str], None]) -> None:
    golden("report.json", render_json(sample))


@pytest.mark.parametrize("name", ["sample", "planned", "clean", "hostile", "crowded"])
def test_report_is_valid_against_the_shipped_schema(name: str, request: pytest.FixtureRequest) -> None:
    schema = json.loads(render_report_schema())
    Draft202012Validator.check_schema(schema)
    report: Report = request.getfixturevalue(name)
    Draft202012Validator(schema).validate(json.loads(render_json(report)))


OPTIONAL = ("comparison", "plan", "filter")


def test_schema_is_closed_and_in_the_order_of_the_report(sample: Report) -> None:
    schema = json.loads(render_report_schema())
    for node in objects(schema):
        if "properties" in node:
            assert isinstance(node["properties"], dict)
            assert node["additionalProperties"] is False
            assert node["required"] == [name for name in node["properties"] if name not in OPTIONAL]
    document = json.loads(render_json(sample))
    assert schema["required"] == [name for name in document if name not in OPTIONAL]
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    for name, value in {
        "HomeJson": document["findings"][0]["home"],
        "SiteJson": document["findings"][0]["sites"][0],
    }.items():
        definition = definitions[name]
        assert isinstance(definition, dict)
        assert definition["required"] == list(value)


def objects(value: Json) -> Iterator[dict[str, Json]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(item)


def test_counts(sample: Report) -> None:
    summary = json.loads(render_json(sample))["summary"]
    assert summary["violations"] == {"total": 21, "new": 19, "baselined": 1, "suppressed": 1, "fixed": 2}
    assert summary["by_severity"] == {"critical": 1, "high": 16, "medium": 3, "low": 1, "info": 1}


def test_rules_that_found_nothing_are_listed(clean: Report) -> None:
    document = json.loads(render_json(clean))
    assert [rule["code"] for rule in document["rules"]] == [result.rule.code for result in clean.rules]
    assert document["findings"] == document["components"] == document["diagnostics"] == []


def test_hostile_text_survives_as_data(hostile: Report, nasty: str) -> None:
    text = render_json(hostile)
    text.encode("utf-8")
    assert "\u202e" not in text
    assert "\x1b" not in text
    finding = next(one for one in json.loads(text)["findings"] if one["subject"].startswith("a|b"))
    escaped = nasty.replace("\udc80", "\\udc80")
    assert finding["subject"] == finding["home"]["symbol"] == escaped
    assert finding["sites"][0]["path"] == f"-{escaped}.py"
    assert finding["evidence"] == {"text": [escaped], escaped: {"nested": [escaped, None, 1.5, True]}}


def test_the_plan_is_there_when_there_is_one(sample: Report, planned: Report) -> None:
    assert "plan" not in json.loads(render_json(sample))
    plan = json.loads(render_json(planned))["plan"]
    assert (plan["score_before"], plan["score_after"]) == (round(planned.score.value, 2), 100.0)
    merge, move, edit = plan["steps"]
    assert len(merge["ids"]) == len(merge["delete"]) == 14
    home = json.loads(render_json(planned))["findings"][4]["home"]
    assert move == {
        "number": 2,
        "priority": 2,
        "action": "move imports",
        "title": "Import `AgentState` from `backend.schemas.agent` in 4 files",
        "code": "SSOT301",
        "subject": "backend.schemas.agent:AgentState",
        "ids": ["SSOT301-5374"],
        "keep": home,
        "delete": [],
        "importers": ["backend/a.py", "backend/b.py", "backend/c.py", "tests/test_d.py"],
        "files": 4,
        "points": 0.0012,
        "after": [1],
        "fix": "safe",
        "obstacle": "",
    }
    assert (edit["keep"], edit["after"]) == (None, [1, 2])


def test_home_may_be_missing(sample: Report) -> None:
    findings = json.loads(render_json(sample))["findings"]
    assert [one["code"] for one in findings if one["home"] is None] == ["SSOT206", "SSOT002", "SSOT401"]


def test_open_end_of_a_location_is_its_line(sample: Report) -> None:
    duplicate = json.loads(render_json(sample))["findings"][1]
    assert (duplicate["home"]["line"], duplicate["home"]["end_line"]) == (10, 44)
    assert [(site["line"], site["end_line"]) for site in duplicate["sites"][:2]] == [(203, 203), (14, 14)]


def test_an_imperfect_score_is_never_written_as_100(sample: Report) -> None:
    score = msgspec.structs.replace(sample.score, value=99.9999)
    document = json.loads(render_json(msgspec.structs.replace(sample, score=score)))
    assert document["summary"]["score"] == 99.99


def test_same_report_same_bytes(sample: Report) -> None:
    assert render_json(sample) == render_json(sample)


def test_the_violations_that_are_gone_are_listed(sample: Report, clean: Report) -> None:
    assert json.loads(render_json(sample))["comparison"] == {
        "against": "ssot-lint-baseline.jsonl",
        "fixed": [
            {"code": "SSOT101", "subject": f"Gone{at}", "place": f"app/gone_{at}.py::Gone{at}"} for at in range(2)
        ],
    }
    assert "comparison" not in json.loads(render_json(clean))
