from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.state.rival_singletons import RivalSingletons

BUS = """class Bus:
    def __init__(self, name=None):
        self.handlers = []

    def add(self, handler):
        self.handlers.append(handler)
"""
USE = "from shop.bus import Bus\n"
LAZY = USE + "_it = None\ndef current():\n    global _it\n    if _it is None:\n        _it = Bus()\n    return _it\n"
USES_A = "from shop.a import bus\n"
CACHED = USE + "from functools import cache\n@cache\ndef current():\n    return Bus()\n"


def found(files: dict[str, str]) -> list[Finding]:
    return findings(RivalSingletons(), {"shop/__init__.py": ""} | files)


def test_the_instance_beside_the_class_is_home_and_the_other_a_site() -> None:
    (finding,) = found({"shop/bus.py": BUS + "\nbus = Bus()\n", "shop/a.py": USE + "order_bus = Bus()\n"})
    assert finding.subject == "shop.bus:Bus"
    assert finding.message == "`Bus` has 2 process-wide instances in 2 modules: keep shop.bus:bus"
    assert finding.remedy == "Keep shop.bus:bus and use it in place of shop.a:order_bus; delete those"
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.bus:bus", "stands in the module of `Bus`")
    (site,) = finding.sites
    assert (site.symbol, site.location.line) == ("shop.a:order_bus", 2)
    assert site.message == "one more process-wide `Bus`: use shop.bus:bus"
    assert finding.evidence["text"] == [
        "shop.bus:bus, created at import, imported by 0 modules",
        "shop.a:order_bus, created at import, imported by 0 modules",
    ]


@pytest.mark.parametrize("other", [LAZY, CACHED, USE + "here = Bus()\n"])
def test_all_kinds_of_process_wide_objects_are_rivals(other: str) -> None:
    (finding,) = found({"shop/bus.py": BUS, "shop/main.py": USE + "bus = Bus()\n", "shop/z.py": other})
    assert [site.location.path for site in finding.sites] == ["shop/main.py", "shop/z.py"]


def test_instances_that_nobody_imports_are_made_one_beside_the_class() -> None:
    uses = {"shop/main.py": USE + "bus = Bus()\n", "shop/admin.py": USE + "bus = Bus()\n"}
    (finding,) = found({"shop/bus.py": BUS} | uses)
    assert finding.message == "`Bus` has 2 process-wide instances in 2 modules: make one beside `Bus`"
    assert finding.remedy == (
        "Make one in shop/bus.py, beside the class, and use it in place of shop.admin:bus, shop.main:bus; delete those"
    )
    assert finding.home is not None
    assert finding.home.symbol == "shop.bus:Bus"
    assert len(finding.sites) == 2


@pytest.mark.parametrize(
    "files",
    [
        {
            "shop/main.py": USE + "bus = Bus()\n",
            "shop/a.py": USE + "bus = Bus()\n",
            "shop/u.py": "from shop.a import bus\n",
        },
        {"shop/main.py": USE + "bus = Bus('a')\n", "shop/a.py": USE + "bus = Bus('a')\n"},
        {"shop/main.py": USE + "bus = Bus()\n", "shop/a.py": USE + "bus = Bus()  # ssot-lint: canonical\n"},
    ],
)
def test_one_that_is_imported_made_with_arguments_or_pinned_is_kept(files: dict[str, str]) -> None:
    (finding,) = found({"shop/bus.py": BUS} | files)
    assert finding.message == "`Bus` has 2 process-wide instances in 2 modules: keep shop.a:bus"


def test_many_of_them_are_one_finding() -> None:
    lazy = {f"shop/{name}.py": LAZY for name in "abcde"}
    (finding,) = found({"shop/bus.py": BUS} | lazy)
    assert finding.message == "`Bus` has 5 process-wide instances in 5 modules: keep shop.a:_it, by current()"
    assert [site.location.path for site in finding.sites] == [f"shop/{name}.py" for name in "bcde"]


def test_the_one_that_is_imported_most_is_home() -> None:
    (finding,) = found(
        {
            "shop/bus.py": BUS,
            "shop/a.py": USE + "one = Bus()\n",
            "shop/b.py": USE + "two = Bus()\n",
            "shop/c.py": "from shop.b import two\n\ntwo.add(1)\n",
        }
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.b:two", "imported by 1 module")


def test_a_class_that_keeps_its_own_instance_has_a_rival_in_a_plain_one() -> None:
    keeper = BUS + "    _instance = None\n    @classmethod\n    def get(cls):\n        cls._instance = cls()\n"
    (finding,) = found({"shop/bus.py": keeper, "shop/a.py": USE + "bus = Bus()\n"})
    assert [site.symbol for site in finding.sites] == ["shop.a:bus"]


GUARDED = """class Bus:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def add(self, handler):
        self.handler = handler
"""


@pytest.mark.parametrize(
    "files",
    [
        {"shop/bus.py": BUS, "shop/a.py": USE + "x = Bus()\ny = Bus()\n"},
        {"shop/bus.py": BUS, "shop/a.py": USE + "x = Bus('orders')\n", "shop/b.py": USE + "x = Bus('users')\n"},
        {"shop/bus.py": BUS, "shop/a.py": USE + "x = Bus(ORDERS)\n", "shop/b.py": USE + "x = Bus(USERS)\n"},
        {"shop/bus.py": BUS} | {f"shop/{name}.py": USE + f"{name}_bus = Bus()\n" for name in "abc"},
        {"shop/bus.py": GUARDED, "shop/a.py": USE + "x = Bus()\n", "shop/b.py": USE + "y = Bus()\n"},
        {
            "shop/bus.py": GUARDED,
            "shop/a.py": USE + "class Sub(Bus): ...\nx = Sub()\n",
            "shop/b.py": "from shop.a import Sub\ny = Sub()\n",
        },
        {"shop/bus.py": BUS + "\nbus = Bus()\n", "tests/conftest.py": USE + "bus = Bus()\n"},
        {"shop/bus.py": BUS, "shop/a.py": USE + "class Sub(Bus): ...\nx = Sub()\n", "shop/b.py": USE + "y = Bus()\n"},
        {"shop/bus.py": "class Bus: ...\n", "shop/a.py": USE + "x = Bus()\n", "shop/b.py": USE + "y = Bus()\n"},
    ],
)
def test_no_rivals(files: dict[str, str]) -> None:
    assert found(files) == []


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("from conf import name\nbus = Bus(name)\n", "from conf import name\nbus = Bus(name)\n", 1),
        ("bus = Bus(name)\n", "bus = Bus(name)\n", 0),
        ("bus = Bus(name)\n", "bus = Bus(title)\n", 0),
        ("bus = Bus(__name__)\n", "bus = Bus(__name__)\n", 0),
        ("log = getLogger(__name__)\nbus = Bus(log)\n", "log = getLogger(__name__)\nbus = Bus(log)\n", 0),
        ("LIMIT = 3\nbus = Bus(size=LIMIT)\n", "LIMIT = 4\nbus = Bus(size=LIMIT)\n", 0),
        ("import conf\nown = 3\nbus = Bus(conf.own)\n", "import conf\nown = 3\nbus = Bus(conf.own)\n", 1),
        ("name = 3\nbus = Bus(name='name')\n", "name = 3\nbus = Bus(name='name')\n", 1),
        ("bus = Bus()\nbus.add(1)\n", "bus = Bus()\n", 0),
        ("bus = Bus()\nbus.add_argument('--a')\n", "bus = Bus()\nbus.add_argument('--b')\n", 0),
        ("bus = Bus()\nbus.set_up(1)\n", "bus = Bus()\nbus.set_up(1)\n", 1),
        ("bus = Bus()\nbus.subscribe(print)\n", "bus = Bus()\n", 1),
        ("bus = Bus()\ndef f():\n    bus.add(1)\n", "bus = Bus()\n", 1),
    ],
)
def test_what_instances_are_made_and_set_up_with_tells_them_apart(one: str, other: str, count: int) -> None:
    assert len(found({"shop/bus.py": BUS, "shop/a.py": USE + one, "shop/b.py": USE + other})) == count


MADE = (
    BUS
    + """
    @classmethod
    def from_env(cls):
        return cls("env")

def create_bus():
    return Bus()

_kept = []

def shared_bus():
    bus = Bus()
    _kept.append(bus)
    return bus

def find_bus(bus=None):
    return bus or Bus()
"""
)


@pytest.mark.parametrize("value", ["Bus.from_env()", "create_bus()", "Bus() if DEBUG else None", "None or Bus()"])
def test_instances_that_are_made_in_other_ways(value: str) -> None:
    files = {f"shop/{name}.py": f"from shop.bus import Bus, create_bus\nbus = {value}\n" for name in "ab"}
    assert len(found({"shop/bus.py": MADE} | files)) == 1


@pytest.mark.parametrize("value", ["shared_bus()", "find_bus()", "find_bus"])
def test_functions_that_may_give_the_same_object(value: str) -> None:
    files = {f"shop/{name}.py": f"from shop.bus import *\nbus = {value}\n" for name in "ab"}
    assert found({"shop/bus.py": MADE} | files) == []


@pytest.mark.parametrize(
    ("name", "count"), [("order_client", 1), ("service_client", 1), ("clients", 0), ("bill_client", 0)]
)
def test_three_that_are_named_by_words_of_the_class(name: str, count: int) -> None:
    source = BUS.replace("class Bus", "class OrderServiceClient")
    files = {f"shop/{stem}.py": f"from shop.api import OrderServiceClient as C\n{name} = C()\n" for stem in "abc"}
    assert len(found({"shop/api.py": source} | files)) == count


def test_one_that_is_handed_in() -> None:
    handed = LAZY.replace("def current():", "def current(it=None):").replace("_it = Bus()", "it = Bus(); _it = it")
    assert found({"shop/bus.py": BUS + "bus = Bus()\n", "shop/z.py": handed}) == []


def test_modules_that_each_keep_one_to_themselves() -> None:
    files = {f"shop/{name}.py": USE + "_bus = Bus()\n" for name in "ab"}
    assert found({"shop/bus.py": BUS} | files) == []
    assert len(found({"shop/bus.py": BUS, "shop/c.py": "from shop.a import _bus\n"} | files)) == 1


def test_instances_of_a_generic_class_have_a_type_each() -> None:
    generic = "from typing import Generic, TypeVar\nT = TypeVar('T')\n" + BUS.replace("Bus:", "Bus(Generic[T]):")
    assert found({"shop/bus.py": generic + "\nbus = Bus[str]()\n", "shop/a.py": USE + "other = Bus[int]()\n"}) == []


def test_a_module_with_two_instances_wants_several() -> None:
    two = USE + "orders_bus = Bus()\nbills_bus = Bus()\n"
    assert found({"shop/bus.py": BUS + "\nbus = Bus()\n", "shop/a.py": two}) == []


def test_back_ends_of_which_somebody_takes_one() -> None:
    choice = "def current(fast):\n    if fast:\n        from shop import fast as end\n"
    choice += "    else:\n        from shop import slow as end\n    return end.bus\n"
    ends = {"shop/bus.py": BUS, "shop/fast.py": USE + "bus = Bus()\n", "shop/slow.py": USE + "bus = Bus()\n"}
    assert len(found(ends)) == 1
    assert found(ends | {"shop/main.py": choice}) == []


@pytest.mark.parametrize("name", ["LoggerOnce", "DefaultRouter", "OptionParser", "ApiBlueprint"])
def test_classes_of_which_each_part_of_a_program_has_one(name: str) -> None:
    source = BUS.replace("class Bus", f"class {name}")
    files = {f"shop/{stem}.py": f"from shop.api import {name}\nthing = {name}()\n" for stem in "ab"}
    assert found({"shop/api.py": source} | files) == []


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("order_bus", "bill_bus", Severity.INFO),
        ("incoming", "outgoing", Severity.INFO),
        ("bus", "bill_bus", None),
        ("main_bus", "_main_bus", None),
    ],
)
def test_instances_named_after_a_purpose_each(one: str, other: str, severity: Severity | None) -> None:
    (finding,) = found(
        {"shop/bus.py": BUS, "shop/a.py": f"{USE}{one} = Bus()\n", "shop/b.py": f"{USE}{other} = Bus()\n"}
    )
    assert finding.severity is severity


def test_one_of_several_instances_with_purposes_may_have_the_plain_name() -> None:
    sources = {"shop/__init__.py": "", "shop/bus.py": "class Bus:\n    def __init__(self): self.queue = []\n"}
    names = {"a": "order_bus", "b": "bill_bus", "c": "bus"}
    sources |= {f"shop/{module}.py": f"from shop.bus import Bus\n\n{name} = Bus()\n" for module, name in names.items()}
    (finding,) = findings(RivalSingletons(), sources)
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("user", "severity"),
    [
        ("def run():\n    return Bus()\n", Severity.INFO),
        ("class Desk:\n    def __init__(self):\n        self.bus = Bus()\n", Severity.INFO),
        ("def run():\n    return Bus\n", None),
        ("", None),
    ],
)
def test_a_class_that_others_make_objects_of_at_need_has_no_singleton(user: str, severity: Severity | None) -> None:
    sources = {"shop/__init__.py": "", "shop/bus.py": "class Bus:\n    def __init__(self): self.queue = []\n"}
    sources |= {f"shop/{name}.py": "from shop.bus import Bus\n\nbus = Bus()\n" for name in ("a", "b")}
    sources |= {"shop/user.py": f"from shop.bus import Bus\n\n\n{user}"}
    (finding,) = findings(RivalSingletons(), sources)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("    def __init__(self):\n        self._names = {}\n        self.is_ready = False\n", Severity.INFO),
        ("    def __init__(self):\n        self._seen = []\n", Severity.INFO),
        ("    is_ready = False\n    def start(self):\n        self.is_ready = True\n", Severity.INFO),
        ("    def __init__(self):\n        self.seen = []\n", None),
        ("    def __init__(self):\n        self._seen = []\n        self._lock = Lock()\n", None),
        ("    def start(self, client):\n        self.client = client\n", None),
        (
            "    def __init__(self):\n        self._seen = []\n    def add(self, x):\n        self._seen.append(x)\n",
            None,
        ),
    ],
)
def test_objects_that_keep_nothing_are_listed(body: str, severity: Severity | None) -> None:
    (finding,) = found({"shop/bus.py": f"class Bus:\n{body}\nbus = Bus()\n", "shop/a.py": USE + "bus = Bus()\n"})
    assert finding.severity is severity


def test_what_nothing_binds_is_put_in_by_what_loads_the_module() -> None:
    own = "from shop.bus import Bus\nbus = Bus(settings['name'])\n"
    assert found({"shop/bus.py": BUS, "shop/a.py": own, "shop/b.py": own}) == []
    given = "from shop.bus import Bus\nfrom shop.conf import settings\nbus = Bus(settings['name'])\n"
    assert (
        len(found({"shop/bus.py": BUS, "shop/conf.py": "settings = {}\n", "shop/a.py": given, "shop/b.py": given})) == 1
    )


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Bus({1: len, 2: max})", "Bus({3: min})", 0),
        ("Bus([len])", "Bus([max, min])", 0),
        ("Bus(lambda: 1)", "Bus(lambda: 2)", 0),
        ("Bus('a')", "Bus('a')", 1),
    ],
)
def test_what_is_not_told_of_the_arguments_may_set_them_apart(one: str, other: str, count: int) -> None:
    assert len(found({"shop/bus.py": f"{BUS}\nbus = {one}\n", "shop/a.py": f"{USE}bus = {other}\n"})) == count


@pytest.mark.parametrize(
    ("place", "count"),
    [
        ("shop/example_runner/checks.py", 0),
        ("shop/samples/checks.py", 0),
        ("shop/runner_template/checks.py", 0),
        ("shop/checks.py", 1),
        ("shop/exemplary/checks.py", 1),
    ],
)
def test_what_readers_are_to_copy_has_no_rival(place: str, count: int) -> None:
    assert len(found({"shop/bus.py": BUS + "\nbus = Bus()\n", place: USE + "here = Bus()\n"})) == count


SDK = {
    "sdk/pyproject.toml": '[project]\nname = "sdk"\n',
    "sdk/sdk/__init__.py": "",
    "sdk/sdk/bus.py": BUS,
}


def agent(name: str, source: str, *requires: str) -> dict[str, str]:
    """A distribution of its own, that depends on the SDK."""
    needs = ", ".join(f'"{each}"' for each in ("sdk", *requires))
    return {
        f"agents/{name}/pyproject.toml": f'[project]\nname = "{name}"\ndependencies = [{needs}]\n',
        f"agents/{name}/{name}/__init__.py": "",
        f"agents/{name}/{name}/agent.py": f"from sdk.bus import Bus\n{source}",
    }


@pytest.mark.parametrize(
    "source",
    [
        "bus = Bus()\n",
        "_it = None\ndef current():\n    global _it\n    if _it is None:\n        _it = Bus()\n    return _it\n",
        "from functools import cache\n@cache\ndef current():\n    return Bus()\n",
    ],
)
def test_programs_that_are_installed_apart_have_one_each(source: str) -> None:
    apart = agent("chat", source) | agent("form", source) | agent("rag", source)
    assert findings(RivalSingletons(), SDK | apart) == []


def test_a_distribution_that_knows_the_other_could_take_its_own() -> None:
    joined = agent("chat", "bus = Bus()\n") | agent("form", "bus = Bus()\n", "chat")
    assert len(findings(RivalSingletons(), SDK | joined)) == 1
    (finding,) = findings(RivalSingletons(), SDK | joined | agent("rag", "bus = Bus()\n"))
    assert "2 process-wide instances" in finding.message
    own = SDK | {"sdk/sdk/bus.py": BUS + "\nbus = Bus()\n"} | agent("chat", "bus = Bus()\n")
    assert len(findings(RivalSingletons(), own)) == 1


@pytest.mark.parametrize(
    ("lazy", "kept"),
    [
        (LAZY, "shop.a:_it, by current()"),
        (LAZY.replace("_it", "it"), "shop.a:it"),
        (
            LAZY.replace("def current():", "def __getattr__(name):"),
            "what `__getattr__` of shop.a hands out",
        ),
    ],
)
def test_what_is_filled_when_it_is_asked_for_is_had_by_its_function(lazy: str, kept: str) -> None:
    own = {"shop/bus.py": BUS, "shop/a.py": lazy, "shop/b.py": USE + "here = Bus()\n"}
    (finding,) = found(own | {"shop/c.py": "import shop.a\nshop.a.current()\n"})
    assert finding.remedy.startswith(f"Keep {kept} and use it in place of shop.b:here")


@pytest.mark.parametrize(
    "line", ["bus = Bus()\n    return bus.add(1)", "Bus().add(1)", "for _ in range(2):\n        Bus()"]
)
def test_a_module_that_makes_more_beside_its_own_relies_on_none(line: str) -> None:
    files = {"shop/bus.py": BUS, "shop/a.py": USE + "here = Bus()\n", "shop/b.py": USE + "there = Bus()\n"}
    (finding,) = found({**files, "shop/b.py": f"{files['shop/b.py']}def send():\n    {line}\n"})
    assert finding.severity is Severity.INFO


def test_a_function_that_fills_the_variable_makes_no_more() -> None:
    filling = LAZY.replace("_it = Bus()", "made = Bus(); _it = made")
    (finding,) = found({"shop/bus.py": BUS, "shop/a.py": filling, "shop/b.py": USE + "here = Bus()\n"})
    assert finding.severity is None
