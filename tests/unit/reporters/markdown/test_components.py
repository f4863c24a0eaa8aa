from __future__ import annotations

from collections.abc import Callable

import msgspec

from ssot_lint.model.report import ComponentResult, JudgedFinding, Report
from ssot_lint.reporters.component_parts import component_parts
from ssot_lint.reporters.markdown.components import components_section

Judge = Callable[..., JudgedFinding]
ReportOf = Callable[..., Report]

EVIDENCE = {
    "component": "hub",
    "factories": [
        {"symbol": "chat.hub:open_hub", "does": "declared"},
        {"symbol": "chat.a:get_hub", "does": "cached", "product": "chat.hub:Hub", "delegates_to": None},
        {"symbol": "chat.b:get_hub", "does": "delegating", "product": "chat.hub:Hub", "delegates_to": "chat.a:get_hub"},
        {"symbol": "chat.c:make_hub", "does": "direct", "product": "chat.hub:Hub", "delegates_to": None},
    ],
    "classes": [
        {
            "symbol": "chat.c:RoomHub",
            "importers": 2,
            "drift": {
                "bases": [],
                "missing": ["close"],
                "extra": ["open"],
                "signatures": [{"method": "send", "home": "send(self)", "copy": "send(self, text)"}],
                "calls": [],
            },
        },
        {"symbol": "chat.d:<b>", "importers": 0, "drift": None},
    ],
    "import_paths": {"chat.hub:Hub": {"chat.hub.Hub": 2, "chat.api.Hub": 41}},
    "folders": {"chat": {"definitions": 4, "importers": 1200}},
    "text": [],
}


def with_evidence(judged: JudgedFinding, evidence: object) -> JudgedFinding:
    return msgspec.structs.replace(judged, finding=msgspec.structs.replace(judged.finding, evidence=evidence))


def test_scores(sample: Report) -> None:
    components = (*sample.components, ComponentResult("a|b", 100.0, 0))
    assert list(components_section(msgspec.structs.replace(sample, components=components)))[1].splitlines()[2:] == [
        "| `websocket-manager` | 4 | 66.7 |",
        "| <code>a&#124;b</code> | 0 | 100.0 |",
    ]


def test_without_components_there_is_no_section(clean: Report) -> None:
    assert list(components_section(clean)) == []


def test_what_a_component_consists_of(judged: Judge, report_of: ReportOf) -> None:
    report = report_of([with_evidence(judged("hub"), EVIDENCE)])
    report = msgspec.structs.replace(report, components=(ComponentResult("hub", 50.0, 3),))
    *_, parts = components_section(report)
    assert parts.split("\n\n") == [
        "<details>\n<summary>What <code>hub</code> consists of</summary>",
        (
            "| Factory | What it does |\n| --- | --- |\n"
            "| `chat.hub:open_hub` | the declared factory |\n"
            "| `chat.a:get_hub` | builds, and keeps what it built |\n"
            "| `chat.b:get_hub` | delegates to `chat.a:get_hub` |\n"
            "| `chat.c:make_hub` | builds |"
        ),
        "| Import path | Imports |\n| --- | ---: |\n| `chat.api.Hub` | 41 |\n| `chat.hub.Hub` | 2 |",
        ("| Folder | Definitions | Importing modules |\n| --- | ---: | ---: |\n| `chat` | 4 | 1,200 |"),
        (
            "| Class in its role | Importing modules | Beside the home |\n| --- | ---: | --- |\n"
            "| `chat.c:RoomHub` | 2 | lacks `close`; adds `open`; other signature of `send` |\n"
            "| <code>chat&#46;d&#58;&#60;b&#62;</code> | 0 |  |"
        ),
        "</details>",
    ]


def test_evidence_that_lists_something_else_is_no_list_of_parts(judged: Judge, report_of: ReportOf) -> None:
    assert component_parts(report_of([with_evidence(judged("hub"), {"component": "hub", "folders": {}})])) == {}
    other = EVIDENCE | {"folders": ["chat"]}
    assert component_parts(report_of([with_evidence(judged("hub"), other)])) == {}
