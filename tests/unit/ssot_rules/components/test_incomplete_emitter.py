from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.components.incomplete_emitter import IncompleteEmitter

JOBS = Component(name="jobs", events=("job_queued", "job_started", "job_failed", "job_done"))
EVENTS = (
    'from enum import Enum\nclass Event(Enum):\n    QUEUED = "job_queued"\n    STARTED = "job_started"\n'
    '    FAILED = "job_failed"\nDONE = "job_done"\n'
)
FILES = {"jobs/__init__.py": "", "jobs/events.py": EVENTS}
THREE = 'self.send("job_queued")', 'self.send("job_started")', 'self.send("job_failed")'


def worker(*lines: str, name: str = "Worker") -> str:
    body = "".join(f"        {line}\n" for line in lines)
    return (
        "import jobs.events\nfrom jobs import events\nfrom jobs.events import DONE, Event\n"
        f"class {name}:\n    LAST = DONE\n    def run(self, bus):\n{body}"
    )


def found(source: str, component: Component = JOBS, **files: str) -> list[Finding]:
    others = {f"jobs/{name}.py": text for name, text in files.items()}
    return findings(IncompleteEmitter(), FILES | {"jobs/a.py": source} | others, (component,))


def test_a_class_that_leaves_an_event_out() -> None:
    (finding,) = found(worker(*THREE), b=worker(*THREE[:2], "self.send(DONE)", name="Other"))
    assert finding.subject == "jobs"
    assert finding.message == "`Worker` (3), `Other` (3) send only a part of the 4 events of `jobs`"
    assert finding.remedy == (
        "Send job_done from jobs.a:Worker, job_failed from jobs.b:Other too, or leave the whole set to one of them and "
        "call it"
    )
    assert finding.home is None
    assert [(site.location.path, site.location.line, site.symbol, site.message) for site in finding.sites] == [
        ("jobs/a.py", 4, "jobs.a:Worker", "sends 3 of 4 events, never job_done"),
        ("jobs/b.py", 4, "jobs.b:Other", "sends 3 of 4 events, never job_failed"),
    ]
    assert finding.evidence == {
        "component": "jobs",
        "events": ["job_queued", "job_started", "job_failed", "job_done"],
        "emitters": [
            {
                "symbol": "jobs.a:Worker",
                "sent": {"job_queued": "jobs/a.py:7", "job_started": "jobs/a.py:8", "job_failed": "jobs/a.py:9"},
                "missing": ["job_done"],
            },
            {
                "symbol": "jobs.b:Other",
                "sent": {"job_queued": "jobs/b.py:7", "job_started": "jobs/b.py:8", "job_done": "jobs/b.py:9"},
                "missing": ["job_failed"],
            },
        ],
        "text": [
            "jobs/a.py:4 Worker sends job_queued, job_started, job_failed; never job_done",
            "jobs/b.py:4 Other sends job_queued, job_started, job_done; never job_failed",
        ],
    }


def test_the_one_that_sends_all_is_named() -> None:
    (finding,) = found(worker(*THREE), b=worker(*THREE, "self.send(DONE)", name="Other"))
    assert finding.message == "`Worker` (3) sends only a part of the 4 events of `jobs`"
    assert finding.remedy == "Send job_done from jobs.a:Worker too, or leave the whole set to jobs.b:Other and call it"


def test_the_home_is_exempt_and_named() -> None:
    component = Component(name="jobs", home="jobs.hub:Hub", events=JOBS.events)
    (finding,) = found(worker(*THREE), component, hub=worker(*THREE, name="Hub"))
    assert finding.remedy == "Send job_done from jobs.a:Worker too, or leave the whole set to jobs.hub:Hub and call it"
    assert finding.home is not None
    assert finding.home.symbol == "jobs.hub:Hub"
    assert [site.symbol for site in finding.sites] == ["jobs.a:Worker"]


@pytest.mark.parametrize(
    "sent",
    [
        "bus.emit({})",
        "bus.async_fire({})",
        "bus[0].publish({})",
        "self.send_to_user(7, {})",
        "send(event={})",
        "bus.put(JobEvent({}))",
        "bus.put(JobMessage(type={}))",
        "bus.put(dict(type={}))",
        "bus.put(create_event({}))",
        'bus.put({{"event_type": {}}})',
        "bus.send({} if bus else None)",
    ],
)
@pytest.mark.parametrize("name", ['"job_failed"', "Event.FAILED", "Event.FAILED.value", "events.Event.FAILED"])
def test_what_is_sending(sent: str, name: str) -> None:
    (finding,) = found(worker('self.send("job_queued")', sent.format(name)))
    assert finding.message == "`Worker` (2) sends only a part of the 4 events of `jobs`"


@pytest.mark.parametrize(
    "other",
    [
        'bus.subscribe("job_failed", self.run)',
        'logger.info("job_failed")',
        'bus.count("job_failed")',
        'bus.filter(event_type="job_failed")',
        'bus.read(EventFilter(event_type="job_failed"))',
        'x = {"title": "job_failed"}',
        'return bus == "job_failed"',
        "bus.send(Event)",
    ],
)
def test_what_is_not(other: str) -> None:
    assert found(worker('self.send("job_queued")', other)) == []


@pytest.mark.parametrize(
    "last",
    [
        "self.send(DONE)",
        "self.send(jobs.events.DONE)",
        "self.send(self.LAST)",
        'name = "job_done"',
        "name = DONE if bus else None",
        "return DONE",
        'x = {"title": DONE}',
        "self.bus.notify_job_done(self)",
        "done(bus)",
        "finish(bus)",
        "self.sender.send_result()",
        "x = Sender()\n        x.result()",
    ],
)
def test_what_is_sent_in_some_other_way_is_not_missing(last: str) -> None:
    others = (
        "def done(bus):\n    bus.put(DONE)\ndef finish(bus):\n    done(bus)\n"
        "class Sender:\n    def send_result(self):\n        bus.put(DONE)\n"
        "    def result(self):\n        bus.put(DONE)\n    def send(self):\n        bus.put(DONE)\n"
    )
    for call in ("self.sender.result()", "self.sender.send()", "self.sender.notify_done()"):
        assert len(found(worker(*THREE, call) + others)) == 1
    assert found(worker(*THREE, last) + others) == []


def test_a_table_of_the_module_may_name_the_event() -> None:
    assert found(worker(*THREE) + 'EVENTS = {"end": "job_done"}\n') == []


def test_what_ancestors_and_subclasses_send_is_not_missing() -> None:
    base = "class Base:\n    def end(self):\n        self.send(DONE)\n"
    child = "from jobs.a import Worker\nclass Child(Worker):\n    def end(self):\n        self.send('job_done')\n"
    assert found(worker(*THREE, name="Worker(Base)") + base) == []
    assert found(worker(*THREE), child=child) == []


def test_a_division_of_labour_is_no_violation() -> None:
    for lines in (["self.send(DONE)"], ["self.send(DONE)", THREE[0]]):
        assert found(worker(*THREE), b=worker(*lines, name="Closer")) == []
    (finding,) = found(worker(*THREE), b=worker("self.send(DONE)", *THREE[:2], name="Rival"))
    assert [site.symbol for site in finding.sites] == ["jobs.a:Worker", "jobs.b:Rival"]


def test_what_nobody_sends_is_missing_from_who_sends_half_of_the_set() -> None:
    component = Component(name="jobs", events=(*JOBS.events, "job_lost"))
    source = worker(*THREE[:2])
    assert len(found(source)) == 1
    assert found(source, component) == []
    (finding,) = found(source, component, b=worker(*THREE, "self.send(DONE)", name="Other"))
    assert [site.message for site in finding.sites] == [
        "sends 2 of 5 events, never job_failed, job_done",
        "sends 4 of 5 events, never job_lost",
    ]


def test_who_sends_one_event_has_a_reason_of_its_own() -> None:
    assert found(worker(THREE[0]), b=worker(*THREE, "self.send(DONE)", name="Other")) == []


@pytest.mark.parametrize("path", ["tests/test_a.py", "scripts/run.py"])
def test_only_production_code_is_judged(path: str) -> None:
    assert findings(IncompleteEmitter(), FILES | {path: worker(*THREE)}, (JOBS,)) == []


def test_test_doubles_and_functions_are_exempt() -> None:
    assert found(worker(*THREE, name="FakeWorker")) == []
    assert found('def run(bus):\n    bus.send("job_queued")\n    bus.send("job_started")\n') == []


def test_what_helpers_of_the_home_send_is_its_own_matter() -> None:
    component = Component(name="jobs", home="jobs.hub:Hub", events=JOBS.events)
    hub = "from jobs.a import Worker\nclass Hub:\n    def __init__(self):\n        self.worker = Worker()\n"
    run = "    def run(self, bus):\n        self.worker.run(bus)\n"
    assert found(worker(*THREE), component, hub=hub + run) == []
