"""P1 to P7 on small programs: what is planted is found, what is meant is not."""

from __future__ import annotations

import pytest

from tests.probe.conftest import COMPONENT, Probe

MANAGER = """
import asyncio, enum
from dataclasses import dataclass

class Mode(enum.Enum):
    UNIFIED = "unified"

@dataclass(frozen=True)
class Settings:
    limits: tuple = (1, 2)

class Pool:
    def __init__(self):
        self.used = 0

class Manager:
    def __init__(self, user_id, **parts):
        self.user_id = user_id
        self.parts = parts
        self.log = []

    def emit(self, event):
        self.log.append(event)

    def work(self):
        self.log.append("work")
"""

PLAIN = MANAGER + "def create(user_id, **parts):\n    return Manager(user_id, **parts)\n"


def test_p1_names_who_built_both(probe: Probe) -> None:
    found = probe(PLAIN, "from app import create\ndef test():\n    one, two = create('ann'), create('ann')\n").only()
    assert found.message == "Multiple manager instances for user ann: 2 alive at the same time"
    assert [place.symbol for place in found.places] == ["app:create"]
    assert all("app.py:28 in create; asked for at test_app.py:3 in test" in line for line in found.details)


@pytest.mark.parametrize(
    "body",
    [
        "create('ann'); create('ann')",  # one after the other
        "one, two = create('ann'), create('ben')",
        "one, two = Manager('ann'), Manager('ann')",  # by the test, on purpose
        "one, two = create('ann'), Manager('ann')",
        "one = create('ann'); one.self = one; del one; two = create('ann')",  # garbage of a cycle
        "one = create(1); two = create(2)",
    ],
)
def test_p1_is_silent(probe: Probe, body: str) -> None:
    tests = f"from app import create, Manager\ndef test():\n    {body}\n"
    assert probe(PLAIN, tests).shown() == []


REPLACED = [
    "one = create('ann')\n    one = create('ann')",
    "for _ in range(3):\n        one = create('ann')",
    "with closing(create('ann')) as one: pass\n    with closing(create('ann')) as one: pass",
    "box = Pool()\n    box.one = create('ann')\n    box.one = create('ann')",
    "start('ann')\n    start('ann')",
]


@pytest.mark.parametrize("body", REPLACED)
def test_p1_is_silent_where_the_latest_takes_the_place_of_the_former(probe: Probe, body: str) -> None:
    start = "RUNNING = {}\ndef start(user_id):\n    RUNNING[user_id] = create(user_id)\n"
    stop = "def stop():\n    RUNNING.clear()\n"
    closing = "from contextlib import contextmanager\n@contextmanager\ndef closing(one):\n    yield one\n"
    tests = f"from app import *\n{closing}def test():\n    {body}\n    stop()\n"
    assert probe(PLAIN + start + stop, tests).shown() == []


@pytest.mark.parametrize(
    "body",
    [
        "one = create('ann')\n    two = create('ann')\n    del one",
        "one, two = create('ann'), create('ann')\n    one = None",
        "both = [create('ann') for _ in range(2)]",
        "one = create('ann')\n    one = (one, create('ann'))",
    ],
)
def test_p1_is_told_where_both_were_there_after_that(probe: Probe, body: str) -> None:
    assert probe(PLAIN, f"from app import create\ndef test():\n    {body}\n").only().kind.value == "P1"


LATE = """
class Manager:
    def __init__(self, owner):
        self.user_id = owner
def create(owner):
    return Manager(owner)
"""


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("one, two = create('ann'), create('ann')", 1),
        ("one = create('ann'); one.self = one; del one; two = create('ann'); two.self = two", 0),
        ("one = create('ann'); del one; two = create('ann')", 0),
        ("one, two = create('ann'), create('ben')", 0),
    ],
)
def test_p1_knows_instances_that_only_say_themselves_to_whom_they_belong(probe: Probe, body: str, shown: int) -> None:
    found = probe(LATE, f"from app import create\ndef test():\n    {body}\n").shown()
    assert [kind for _, kind, _ in found] == ["P1"] * shown


def test_p1_counts_no_garbage_when_it_has_collected_as_often_as_it_may(probe: Probe) -> None:
    tests = """
from app import create
def test():
    for _ in range(12):
        one, two = create('ann'), create('ann')
        one.self, two.self = one, two
        del one, two
"""
    assert "2 alive at the same time" in probe(PLAIN, tests).only().message


def test_p1_says_nothing_where_garbage_is_not_collected(probe: Probe) -> None:
    body = "gc.disable(); one, two = create('ann'), create('ann'); gc.enable()"
    probed = probe(PLAIN, f"import gc\nfrom app import create\ndef test():\n    {body}\n")
    assert probed.shown() == []
    assert "note: P1 is not told while garbage collection is off" in probed.said


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ("box = []", "parts['x']"),
        ("box = Pool()", "parts['x']"),
        ("box = {'a': {}}", "parts['x']"),
        ("box = asyncio.Queue()", "parts['x']"),
    ],
)
def test_p2_finds_state_that_two_users_share(probe: Probe, part: str, path: str) -> None:
    change = {"[]": "box.append(1)", "Pool()": "box.used = 1", "{'a': {}}": "box['b'] = 1"}
    does = change.get(part.removeprefix("box = "), "box.put_nowait(1)")
    tests = f"""
import asyncio
from app import *
def test():
    {part}
    one = create('ann', x=box)
    two = create('ben', x=box)
    {does}
"""
    found = probe(PLAIN, tests).only()
    assert (found.kind.value, found.level.value) == ("P2", "error")
    assert f"`a.{path}` is `b.{path}`" in found.message
    assert found.message.endswith("changed during the test")


def test_p2_that_never_changes_is_a_note(probe: Probe) -> None:
    tests = "from app import *\ndef test():\n    box = []\n    one, two = create('a', x=box), create('b', x=box)\n"
    assert probe(PLAIN, tests).only().level.value == "note"


@pytest.mark.parametrize(
    "shared",
    [
        "Mode.UNIFIED",
        "Settings()",
        "'text'",
        "(1, ('a', None))",
        "frozenset({1})",
        "Manager",
        "print",
        "asyncio",
        "__import__('logging').getLogger('x')",
        "__import__('threading').Lock()",
        "__import__('re').compile('x')",
        "__import__('types').MappingProxyType({'a': 1})",
        "__import__('weakref').ref(Pool)",
        "object()",
        "__import__('unittest.mock').mock.MagicMock()",
    ],
)
def test_p2_is_silent_about_what_cannot_hold_state_of_users(probe: Probe, shared: str) -> None:
    tests = f"""
from app import *
import asyncio
def test():
    x = {shared}
    one, two = create('ann', x=x), create('ben', x=x)
    one.work()
"""
    assert probe(PLAIN, tests).shown() == []


@pytest.mark.parametrize(
    ("holds", "by"),
    [
        ("one.parts = {'b': two}", "child"),
        ("one.parts = [two]", "list"),
        ("one.parts = two; two.up = one", "both ways"),
    ],
)
def test_p2_is_silent_about_what_one_reaches_by_way_of_the_other(probe: Probe, holds: str, by: str) -> None:
    tests = f"""
from app import *
def test_{by.replace(" ", "_")}():
    one, two = create('ann'), create('ben', x=[])
    {holds}
    two.x.append(1)
    one.work()
"""
    assert probe(PLAIN, tests).shown() == []


def test_p2_is_silent_about_what_is_declared_and_where_instances_are_registered(probe: Probe) -> None:
    tests = """
from app import *
class Hub:
    def __init__(self):
        self.members = {}
def test():
    hub, pool, other = Hub(), Pool(), Pool()
    one = create('ann', hub=hub, pool=pool, other=other)
    two = create('ben', hub=hub, pool=pool, other=other)
    hub.members.update(ann=one, ben=two)
    pool.used = other.used = 1
"""
    config = COMPONENT + 'shared = ["parts?\'pool\'?", "app:Pool"]\n'
    assert probe(PLAIN, tests, config=config).shown() == []


def test_p2_knows_where_instances_were_registered_when_they_were_taken_out(probe: Probe) -> None:
    tests = """
from app import *
class Server:
    def __init__(self):
        self.members = {}
    def open(self, user_id):
        self.members[user_id] = create(user_id, server=self)
def test():
    server = Server()
    server.open('ann')
    server.open('ben')
    server.members.clear()
"""
    assert probe(PLAIN, tests).shown() == []


def test_p3_finds_one_instance_for_two_users(probe: Probe) -> None:
    app = MANAGER + "_one = Manager('')\ndef create(user_id):\n    return _one\n"
    tests = "from app import create\ndef test():\n    create('ann')\n    create('ann')\n    create('ben')\n"
    found = probe(app, tests).only()
    assert (found.kind.value, found.message) == ("P3", "manager: app:create handed one instance to two users")
    assert found.details == ("first to user ann, then to user ben at test_app.py:5 in test",)


def test_p3_finds_it_in_an_async_method_of_a_class(probe: Probe) -> None:
    app = (
        MANAGER
        + """
class Factory:
    cached = None
    async def get(self, *, user_id):
        Factory.cached = Factory.cached or Manager(user_id)
        return Factory.cached
"""
    )
    tests = """
import asyncio
from app import Factory
def test():
    async def both():
        return await asyncio.gather(Factory().get(user_id='ann'), Factory().get(user_id='ben'))
    asyncio.run(both())
"""
    shown = probe(app, tests, config=COMPONENT.replace("app:create", "app:Factory")).shown()
    assert [kind for _, kind, _ in shown] == ["P3"]


@pytest.mark.parametrize(
    "way",
    ["cls(user_id)", "globals()['Manager'](user_id)", "{'m': Manager}['m'](user_id)", "type(Manager(user_id))('x')"],
)
def test_p4_finds_what_is_built_past_the_factory(probe: Probe, way: str) -> None:
    app = PLAIN + f"def past(user_id, cls=Manager):\n    return {way}\n"
    shown = probe(app, "from app import past\ndef test():\n    past('ann')\n").shown()
    assert ("error", "P4", "Manager built past its factory app:create at app.py:30") in shown


@pytest.mark.parametrize(
    "body",
    [
        "import copy; copy.copy(one)",
        "import copy; copy.deepcopy(one)",
        "import pickle; pickle.loads(pickle.dumps(one))",
        "Manager('ben')",
        "import threading; t = threading.Thread(target=create, args=['x']); t.start(); t.join()",
    ],
)
def test_p4_is_silent(probe: Probe, body: str) -> None:
    tests = f"from app import create, Manager\ndef test():\n    one = create('ann')\n    {body}\n"
    shown = probe(PLAIN, tests).shown()
    assert "P4" not in [kind for _, kind, _ in shown]


def test_p4_knows_what_a_factory_builds_in_tasks_that_it_starts(probe: Probe) -> None:
    app = (
        MANAGER
        + """
async def build(user_id):
    return Manager(user_id)
async def create(user_id):
    return await asyncio.create_task(build(user_id))
"""
    )
    tests = "import asyncio\nfrom app import create\ndef test():\n    asyncio.run(create('ann'))\n"
    assert probe(app, tests).shown() == []


def test_p5_finds_a_factory_that_hands_out_what_belongs_to_nobody(probe: Probe) -> None:
    shown = probe(PLAIN, "from app import create\ndef test():\n    create(None)\n").shown()
    assert shown == [("error", "P5", "manager: a Manager without a user was used")]


def test_p5_finds_the_first_use(probe: Probe) -> None:
    app = MANAGER + "def serve():\n    manager = Manager(user_id=None)\n    manager.work()\n    manager.work()\n"
    config = COMPONENT.replace('factory = "app:create"\n', "")
    found = probe(app, "from app import serve\ndef test():\n    serve()\n", config=config).only()
    assert (found.kind.value, found.details[1]) == ("P5", "work() called at app.py:29 in serve")


@pytest.mark.parametrize("body", ["serve()", "Manager(None).work()"])
def test_p5_is_silent_about_what_is_not_used_or_built_by_a_test(probe: Probe, body: str) -> None:
    app = MANAGER + "def serve():\n    manager = Manager(None)\n    manager.user_id = 'ann'\n    manager.work()\n"
    config = COMPONENT.replace('factory = "app:create"\n', "")
    assert probe(app, f"from app import *\ndef test():\n    {body}\n", config=config).shown() == []


CONNECTED = """
import asyncio
class Manager(asyncio.Protocol):
    def __init__(self, user_id=None):
        self.user_id, self.greeted = user_id, []
    def connection_made(self, transport):
        self.greet("hello")
        self.user_id = transport
        self.greet("welcome")
    async def serve(self, user_id):
        await asyncio.sleep(0)
        self.user_id = user_id
    def fail(self):
        raise OSError
    def greet(self, text):
        self.greeted.append(text)
def connect():
    return Manager(None)
"""


@pytest.mark.parametrize(
    ("body", "used"),
    [
        ("m.connection_made('ann')", ""),
        ("m.connection_made('ann'); m.greet('bye')", ""),
        ("asyncio.run(m.serve('ann'))", ""),
        ("m.connection_made(None)", "connection_made"),
        ("m.greet('hello'); m.connection_made('ann')", "greet"),
        ("asyncio.run(m.serve(None))", "serve"),
        ("tried(m.fail); m.connection_made('ann')", "fail"),
    ],
)
def test_p5_takes_no_call_for_use_that_gives_the_owner(probe: Probe, body: str, used: str) -> None:
    config = COMPONENT.replace('factory = "app:create"\n', "")
    tests = f"import asyncio, contextlib\nfrom app import *\ndef test():\n    m = connect()\n    {body}\n"
    tests += "def tried(act):\n    with contextlib.suppress(OSError):\n        act()\n"
    seen = [each.details[1].partition("()")[0] for each in probe(CONNECTED, tests, config=config).document.observations]
    assert seen == ([used] if used else [])


EVENTS = (
    MANAGER
    + """
def create(user_id):
    return Manager(user_id)

class Bus:
    def publish(self, event, user_id):
        pass

class Relay(Bus):
    def notify_user(self, event, user_id):
        self.publish(event, user_id)
"""
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("m.emit('started'); m.emit('worked')", ["manager: begun with started, not ended with ended"]),
        ("m.emit('started'); m.emit('ended')", ["manager: ended with ended, without worked"]),
        (
            "m.emit('started'); m.emit('ended'); m.emit('worked')",
            ["manager: sent out of order: started, ended, worked"],
        ),
        ("m.emit('started'); Bus().publish('started', 'ann')", ["manager: started sent twice, by Bus and Manager"]),
        ("m.emit('started'); m.emit('worked'); m.emit('worked'); m.emit('ended')", []),
        ("Relay().notify_user('started', 'ann')", []),
        ("m.emit('started'); Bus().publish('started', 'ben')", []),
        ("m.emit('started')", []),
        ("m.emit('unknown')", []),
    ],
)
def test_p6_follows_the_events_of_a_user(probe: Probe, body: str, expected: list[str]) -> None:
    tests = f"from app import *\ndef test():\n    m = create('ann')\n    {body}\n"
    assert [message for _, _, message in probe(EVENTS, tests).shown()] == expected


def test_p6_writes_down_what_was_sent_in_which_order_by_which_class(probe: Probe) -> None:
    body = "m = create('ann'); m.emit('started'); Bus().publish('ended', user_id='ann')"
    tests = f"from app import *\ndef test():\n    {body}\n"
    [sent] = probe(EVENTS, tests).document.events
    assert (sent.identity, sent.events) == ("ann", ("started (Manager)", "ended (Bus)"))


GROWING = (
    PLAIN
    + """
REGISTRY = {}
class Hub:
    members = []
def keep(manager):
    REGISTRY[manager.user_id] = manager
def join(manager):
    Hub.members.append({'manager': manager})
"""
)


@pytest.mark.parametrize(("call", "registry"), [("keep", "app:REGISTRY"), ("join", "app:Hub.members")])
def test_p7_names_the_registry_that_grows(probe: Probe, call: str, registry: str) -> None:
    tests = f"from app import *\ndef test():\n    {call}(create('ann'))\n"
    found = probe(GROWING, tests).only()
    assert (found.kind.value, found.places[0].symbol, found.details) == ("P7", registry, ("0 before, 1 after",))


LATER = (
    GROWING
    + """
from collections import deque
from enum import Enum
from types import MappingProxyType
def hello(): ...
TABLE = {"hello": hello, "none": None}
NAMES = ["ann", "ben"]
CURRENT = None
FULL = (hello, [])
WAITING = deque([hello])
BEHIND = {}
SEEN = MappingProxyType(BEHIND)
del BEHIND
COUNT = 0
class Kind(Enum):
    ONE = [1]
class Cache:
    known = {"hello": hello}
    lazy = None
    def __init__(self):
        self.kept = {}
CACHE = Cache()
INSIDE = CACHE.__dict__
"""
)


@pytest.mark.parametrize(
    ("call", "registry"),
    [
        ("app.TABLE['none'] = m", "app:TABLE"),
        ("app.NAMES.append(m)", "app:NAMES"),
        ("app.NAMES[1] = m", "app:NAMES"),
        ("app.NAMES = ['ann', m]", "app:NAMES"),
        ("app.CURRENT = [m]", "app:CURRENT"),
        ("app.COUNT += 1; app.CURRENT = {'latest': (m,)}", "app:CURRENT"),
        ("app.FULL[1].append(m)", "app:FULL"),
        ("app.WAITING.append(m)", "app:WAITING"),
        ("app.Kind.ONE.value.append(m)", "app:Kind._member_map_"),
        ("app.Cache.known['ann'] = m", "app:Cache.known"),
        ("app.Cache.known = {'hello': m}", "app:Cache.known"),
        ("app.Cache.lazy = [m]", "app:Cache.lazy"),
        ("app.Cache.new = [m]", "app:Cache.new"),
        ("app.new = [m]", "app:new"),
        ("del app.hello; app.new = [m]", "app:new"),
        ("app.CACHE = app.Cache(); app.CACHE.kept['ann'] = m", "app:CACHE.kept"),
        ("app.Hub = type('Hub', (), {'members': [m], '__module__': 'app'})", "app:Hub.members"),
        ("import importlib; importlib.reload(app).Cache.known['ann'] = m", "app:Cache.known"),
        ("app.late = type('Late', (), {'all': [m], '__module__': 'app'})", "app:late.all"),
    ],
)
def test_p7_sees_what_grows_only_after_the_module_was_looked_at(probe: Probe, call: str, registry: str) -> None:
    tests = f"""
import app
kept = []
def test_first():
    kept.append(app.create('ann'))
def test_second():
    kept.append(app.create('ann'))
    app.COUNT += 1
def test_third():
    m = app.create('ben')
    {call}
"""
    observations = probe(LATER, tests).document.observations
    symbols = [each.places[0].symbol for each in observations if each.kind.value == "P7"]
    assert symbols == [registry]


def test_p7_sees_what_is_behind_a_view_and_in_the_namespace_of_an_object(probe: Probe) -> None:
    tests = """
import app, gc
kept = []
def test_first():
    kept.append(app.create('ann'))
def test_second():
    [behind] = gc.get_referents(app.SEEN)
    behind['ben'] = app.create('ben')
def test_third():
    app.INSIDE['eve'] = app.create('eve')
"""
    observations = probe(LATER, tests).document.observations
    symbols = {each.places[0].symbol for each in observations if each.kind.value == "P7"}
    assert symbols == {"app:SEEN", "app:INSIDE"}


def test_p7_keeps_nothing_alive_of_what_it_looks_at(probe: Probe) -> None:
    tests = """
import app, weakref
kept = []
def test_first():
    kept.append(app.create('ann'))
def test_second():
    m = app.create('ben')
    app.Cache.known, app.NAMES = {'ben': m}, [m]
    there = weakref.ref(m)
    app.Cache.known, app.NAMES = {}, []
    del m
    assert there() is None
"""
    probed = probe(LATER, tests)
    assert (probed.code, probed.shown()) == (0, [])


def test_p7_is_silent_about_fixtures_of_a_wider_scope_and_what_is_taken_out(probe: Probe) -> None:
    tests = """
import pytest
from app import *
@pytest.fixture(scope="module")
def wide():
    keep(create('wide'))
def test(wide):
    pass
def test_clean():
    keep(create('ann'))
    del REGISTRY['ann']
"""
    assert probe(GROWING, tests).shown() == []
