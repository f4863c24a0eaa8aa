from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Location
from ssot_lint.testing import findings
from ssot_rules.components.raw_event_literal import RawEventLiteral

AGENTS = Component(name="agents", home="agents.events:Kind", events=("agent_started", "agent_done", "error"))
EVENTS = 'class Kind(Enum):\n    STARTED = "agent_started"\n    DONE = "agent_done"\n    ERROR = "error"\n'
FILES = {"agents/__init__.py": "", "agents/events.py": f"from enum import Enum\n{EVENTS}"}


def found(source: str, component: Component = AGENTS, **files: str) -> list[Finding]:
    others = {f"agents/{name}.py": text for name, text in files.items()}
    return findings(RawEventLiteral(), FILES | {"agents/a.py": source} | others, (component,))


def sites(source: str) -> list[tuple[str, int, str]]:
    return [(finding.subject, site.location.line, site.message) for finding in found(source) for site in finding.sites]


def test_the_remedy_names_the_definition() -> None:
    (finding,) = found('def run(bus):\n    bus.send("agent_started")\n', b='x = {"type": "agent_started"}\n')
    assert finding.subject == "agent_started"
    assert finding.message == (
        "event `agent_started` of `agents` is written as a literal 2 times in 2 modules: use `Kind.STARTED` of "
        "agents/events.py, declared in the configuration"
    )
    assert finding.remedy == (
        'Write `Kind.STARTED.value` (`from agents.events import Kind`) for "agent_started" in agents/a.py, agents/b.py'
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.location.line) == ("agents.events:Kind.STARTED", 3)
    assert [(site.location, site.symbol, site.message) for site in finding.sites] == [
        (Location("agents/a.py", 2, 14, 2), "agents.a:run", '"agent_started" as argument of `bus.send`'),
        (Location("agents/b.py", 1, 14, 1), "agents.b", '"agent_started" as value of `type`'),
    ]
    assert finding.evidence == {
        "component": "agents",
        "definition": "agents.events:Kind.STARTED",
        "literals": [
            {"place": "agents/a.py:2", "as": "argument of `bus.send`"},
            {"place": "agents/b.py:1", "as": "value of `type`"},
        ],
        "text": ["agents/a.py:2 argument of `bus.send`", "agents/b.py:1 value of `type`"],
    }


@pytest.mark.parametrize(
    ("base", "remedy"),
    [("str, Enum", "Kind.STARTED"), ("StrEnum", "Kind.STARTED"), ("Enum", "Kind.STARTED.value"), ("", "Kind.STARTED")],
)
def test_the_value_of_a_member_is_asked_for_where_it_is_no_text(base: str, remedy: str) -> None:
    events = f'from enum import Enum, StrEnum\nclass Kind({base}):\n    STARTED = "agent_started"\n'
    (finding,) = found('send("agent_started")\n', events=events)
    assert finding.remedy == (f'Write `{remedy}` (`from agents.events import Kind`) for "agent_started" in agents/a.py')


def test_without_a_definition_the_home_is_to_have_one() -> None:
    component = Component(name="agents", home="agents.bus:Bus", events=("task-sent",))
    (finding,) = found('send("task-sent")\n', component, bus='class Bus:\n    def go(self): send("task-sent")\n')
    assert finding.message == (
        "event `task-sent` of `agents` is written as a literal 1 time in 1 module: define it in agents/bus.py"
    )
    assert finding.remedy == 'Define `TASK_SENT = "task-sent"` once in agents/bus.py and import it in agents/a.py'
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("agents.bus:Bus", "declared in the configuration")


def test_without_any_owner_a_literal_must_stand_twice() -> None:
    component = Component(name="agents", events=("task-sent",))
    assert found('send("task-sent")\n', component) == []
    (finding,) = found('send("task-sent")\nx == "task-sent"\n', component)
    assert finding.message == (
        "event `task-sent` of `agents` is written as a literal 2 times in 1 module: no constant stands for it"
    )
    assert finding.remedy == 'Define `TASK_SENT = "task-sent"` once in one module and import it in agents/a.py'
    assert finding.home is None


def test_a_home_that_is_not_there_owns_nothing() -> None:
    assert found('send("agent_done")\n', Component(name="agents", home="agents.gone:X", events=("agent_done",))) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('Event(kind="agent_done")', '"agent_done" as `kind=` of `Event`'),
        ('x[0].send("agent_done")', '"agent_done" as argument of `.send`'),
        ('class A(B, event="agent_done"): ...', '"agent_done" as keyword of a class'),
        ('event.type == "agent_done"', '"agent_done" as compared with `event.type`'),
        ('x in ("a", "agent_done")', '"agent_done" as compared with `x`'),
        ('f(x) == "agent_done"', '"agent_done" as compared'),
        ('match x:\n    case "agent_done": ...', '"agent_done" as compared'),
        ('send("agent_done" if x else None)', '"agent_done" as argument of `send`'),
    ],
)
def test_places_of_a_literal(source: str, message: str) -> None:
    assert [message for _, _, message in sites(source + "\n")] == [message]


@pytest.mark.parametrize(
    "source",
    [
        '"""agent_done"""',
        'logger.info("agent_done")',
        'self.log.warning("agent_done", event="agent_done")',
        'print("agent_done")',
        'getattr(x, "agent_done")',
        'times.get("agent_done", 0)',
        'logging.getLogger("agent_done")',
        'x = {"agent_done": 1}',
        'x = {ATTR_NAME: "agent_done"}',
        'x = {required("type"): "agent_done"}',
        'send("agent_done_twice")',
        'send("Agent_done")',
        'send(b"agent_done")',
    ],
)
def test_log_texts_lookups_single_keys_and_other_texts_are_exempt(source: str) -> None:
    assert found(source + "\n") == []


def test_keys_count_where_several_events_are_keys() -> None:
    assert sites('x = {\n    "agent_started": f,\n    "agent_done": g,\n    "error": h,\n}\n') == [
        ("agent_done", 3, '"agent_done" as dict key'),
        ("agent_started", 2, '"agent_started" as dict key'),
    ]


def test_the_home_and_the_module_of_the_definition_are_exempt() -> None:
    component = Component(name="agents", home="agents.bus:Bus", events=("agent_done",))
    bus = 'class Bus:\n    def done(self):\n        self.send("agent_done")\n'
    assert found("", component, bus=bus, events=f'{EVENTS}send("agent_done")\n') == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('def f():\n    return {"type": "error"}\n', []),
        ('def f():\n    send("agent_done")\n    return {"type": "error"}\n', [2, 3]),
        ('def f():\n    send("agent_done")\n    return {"color": "error"}\n', [2]),
        ('def f():\n    send("agent_done")\n    bus.emit("error")\n', [2, 3]),
        ('def f():\n    send("agent_done")\n    show("error")\n', [2]),
        ('def f():\n    send("agent_done")\n    notify(reason="error")\n', [2]),
        ('from agents.events import Kind\ndef f(x):\n    send(Kind.DONE)\n    return x.type == "error"\n', [4]),
        ('from agents.events import Kind\ndef f(x):\n    send(Kind.DONE)\n    return x.color == "error"\n', []),
        ('def f():\n    x.get("agent_done")\n    return {"type": "error"}\n', []),
        ('ATTR = "agent_done"\ndef f(x):\n    send(ATTR)\n    return x.type == "error"\n', []),
    ],
)
def test_a_name_of_one_word_counts_beside_another_event_in_a_place_for_events(source: str, lines: list[int]) -> None:
    assert sorted(line for _, line, _ in sites(source)) == lines


def test_only_production_code_is_judged() -> None:
    files = FILES | {"tests/test_a.py": 'send("agent_done")\n', "scripts/run.py": 'send("agent_done")\n'}
    assert findings(RawEventLiteral(), files, (AGENTS,)) == []


def test_another_plugin_may_have_an_event_of_that_name() -> None:
    files = {
        "home/__init__.py": "",
        "home/plugins/__init__.py": "",
        "home/plugins/one.py": 'PRESSED = "button_pressed"\n',
        "home/plugins/two.py": 'fire("button_pressed")\n',
    }
    component = Component(name="one", home="home.plugins.one:PRESSED", events=("button_pressed",))
    assert len(findings(RawEventLiteral(), files, (component,))) == 1
    assert findings(RawEventLiteral(), files, (component,), plugin_root="home/plugins/*") == []
