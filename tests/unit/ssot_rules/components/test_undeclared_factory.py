from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.testing import findings
from ssot_rules.components.undeclared_factory import UndeclaredFactory
from ssot_rules.factories.factory_bypass import FactoryBypass

CLASS = """
class Hub:
    def __init__(self, user):
        self.user = user

    def greet(self):
        return f"hello {self.user}"
"""
HUB = CLASS + "\ndef open_hub(user):\n    return Hub(user)\n"
USE = "from chat.hub import Hub\n\n"
COMPONENT = Component(name="hub", home="chat.hub:Hub", factory="chat.hub:open_hub")


def found(files: dict[str, str], component: Component = COMPONENT) -> list[Finding]:
    return findings(UndeclaredFactory(), {"chat/__init__.py": "", "chat/hub.py": HUB} | files, (component,))


def sites(files: dict[str, str], component: Component = COMPONENT) -> list[str]:
    return [site.symbol for finding in found(files, component) for site in finding.sites]


def bypasses(files: dict[str, str], component: Component = COMPONENT) -> list[str]:
    sources = {"chat/__init__.py": "", "chat/hub.py": HUB} | files
    return [site.symbol for each in findings(FactoryBypass(), sources, (component,)) for site in each.sites]


def test_another_function_that_builds_is_a_site() -> None:
    (finding,) = found({"chat/room.py": USE + "def room(name):\n    return Hub(name)\n"})
    assert finding.subject == "hub"
    assert finding.message == "`hub` is built by 1 function in 1 module besides its factory `open_hub`"
    assert finding.remedy == (
        "Call chat.hub:open_hub instead of chat.room:room; give it the parameters it lacks, and delete them"
    )
    assert finding.severity is None
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("chat.hub:open_hub", "declared in the configuration")
    assert [(site.symbol, site.location.line, site.message) for site in finding.sites] == [
        ("chat.room:room", 3, "builds a `Hub` itself: use chat.hub:open_hub")
    ]
    assert finding.evidence == {
        "component": "hub",
        "products": ["chat.hub:Hub"],
        "factories": [{"symbol": "chat.room:room", "product": "chat.hub:Hub", "delegates_to": None, "does": "direct"}],
        "import_paths": {"chat.hub:Hub": {"chat.hub.Hub": 1}},
        "text": ["chat/room.py:3 `room` builds a `Hub` itself"],
    }
    assert UndeclaredFactory.info().action is Action.MERGE


@pytest.mark.parametrize(
    ("function", "symbol"),
    [
        ("def create_hub():\n    return Hub(1)\n", "create_hub"),
        ("def anything():\n    hub = Hub(1)\n    hub.greet()\n    return hub\n", "anything"),
        ("async def anything():\n    return Hub(1)\n", "anything"),
        ("def create_test_hub():\n    return Hub(1)\n", "create_test_hub"),
        ("_hub = None\n\ndef shared():\n    global _hub\n    _hub = Hub(1)\n    return _hub\n", "shared"),
        ("HUBS = {}\n\ndef hub_of(user) -> Hub:\n    hub = HUBS[user] = Hub(1)\n    return hub\n", "hub_of"),
        ("HUBS = {}\n\ndef get_hub(user):\n    HUBS[user] = Hub(1)\n    return HUBS[user]\n", "get_hub"),
        ("class Room:\n    def hub(self):\n        return Hub(self)\n", "Room.hub"),
        ("class Room:\n    def hub(self):\n        self._hub = Hub(self)\n        return self._hub\n", "Room.hub"),
        ("class HubFactory:\n    def of(self, user):\n        return Hub(user)\n", "HubFactory.of"),
    ],
)
def test_whatever_hands_out_a_new_object_is_a_factory(function: str, symbol: str) -> None:
    files = {"chat/room.py": USE + function}
    assert sites(files) == [f"chat.room:{symbol}"]
    assert bypasses(files) == []


@pytest.mark.parametrize(
    ("function", "symbol"),
    [
        ("def use():\n    Hub(1).greet()\n", "use"),
        ("def _make():\n    return Hub(1)\n", "_make"),
        ("def make_hub_pool(pool):\n    pool.add(Hub(1))\n", "make_hub_pool"),
        ("def outer():\n    def inner():\n        return Hub(1)\n    return inner\n", "outer.inner"),
        ("@app.route('/')\ndef page():\n    return Hub(1)\n", "page"),
        ("def stream():\n    yield Hub(1)\n", "stream"),
        ("class HubFactory:\n    def warm(self):\n        Hub(1).greet()\n", "HubFactory.warm"),
    ],
)
def test_every_other_construction_is_a_bypass(function: str, symbol: str) -> None:
    files = {"chat/room.py": USE + function}
    assert sites(files) == []
    assert bypasses(files) == [f"chat.room:{symbol}"]


@pytest.mark.parametrize(
    "text",
    [
        "from chat.hub import open_hub\n\ndef greet():\n    return open_hub(1).greet()\n",
        USE + "class LoudHub(Hub):\n    @classmethod\n    def plain(cls):\n        return Hub(1)\n",
        USE + "class LoudHub(Hub):\n    @classmethod\n    def loud(cls):\n        return cls(1)\n",
    ],
)
def test_callers_of_the_declared_factory_and_subclasses_may(text: str) -> None:
    assert sites({"chat/room.py": text}) == []
    assert bypasses({"chat/room.py": text}) == []


def test_wrappers_of_the_declared_factory_are_an_inventory() -> None:
    wrappers = (
        "from functools import cache\nfrom chat.hub import open_hub\n\n"
        "def create_hub():\n    return open_hub(1)\n\n"
        "async def get_hub():\n    hub = open_hub(1)\n    return hub\n\n"
        "@cache\ndef make_hub():\n    return open_hub(1)\n"
    )
    (finding,) = found({"chat/room.py": wrappers})
    assert finding.severity is Severity.INFO
    assert finding.message == (
        "`hub` is handed out by 3 wrappers of its factory `open_hub`: `create_hub`, `get_hub`, `make_hub`"
    )
    assert [site.message for site in finding.sites] == ["returns the `Hub` that `open_hub` builds"] * 3
    assert finding.evidence["text"] == [
        "chat/room.py:4 `create_hub` returns the `Hub` that `open_hub` builds",
        "chat/room.py:7 `get_hub` returns the `Hub` that `open_hub` builds",
        "chat/room.py:12 `make_hub` returns the `Hub` that `open_hub` builds, and keeps it",
    ]
    assert finding.evidence["import_paths"] == {"chat.hub:open_hub": {"chat.hub.open_hub": 1}}
    assert bypasses({"chat/room.py": wrappers}) == []


def test_beside_an_undeclared_factory_wrappers_are_evidence() -> None:
    wrapper = "from chat.hub import Hub, open_hub\n\ndef create_hub():\n    return open_hub(1)\n"
    (finding,) = found({"chat/room.py": f"{wrapper}\ndef room(name):\n    return Hub(name)\n"})
    assert [site.symbol for site in finding.sites] == ["chat.room:room"]
    assert finding.evidence["text"] == [
        "chat/room.py:6 `room` builds a `Hub` itself",
        "chat/room.py:3 `create_hub` returns the `Hub` that `open_hub` builds",
    ]


def test_tests_may() -> None:
    files = {"tests/helpers.py": USE + "def any_hub():\n    return Hub(1)\n"}
    assert sites(files) == []
    assert bypasses(files) == []


def test_class_methods_of_the_home_are_ways_of_their_own_unless_the_factory_calls_them() -> None:
    methods = (
        "    @classmethod\n    def guest(cls):\n        return cls('guest')\n"
        "    @classmethod\n    def of(cls, user):\n        return cls(user)\n"
        "    def copy(self):\n        return Hub(self.user)\n"
    )
    hub = CLASS + methods + "\ndef open_hub(user):\n    return Hub.of(user)\n"
    assert sites({"chat/hub.py": hub}) == ["chat.hub:Hub.guest"]


def test_a_wrapper_of_what_the_factory_calls_goes_past_it() -> None:
    text = "def _make(user):\n    return Hub(user)\n\ndef open_hub(user):\n    return _make(user)\n"
    (finding,) = found({"chat/hub.py": CLASS + text + "\ndef new_hub(user):\n    return _make(user)\n"})
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("chat.hub:new_hub", "returns the `Hub` that `_make` builds: use chat.hub:open_hub")
    ]


def test_a_wrapper_of_another_factory_is_settled_with_that() -> None:
    text = USE + "def make_hub():\n    return Hub(1)\n\ndef get_hub():\n    return make_hub()\n"
    assert sites({"chat/room.py": text}) == ["chat.room:make_hub"]


def test_a_factory_may_be_a_class_or_an_alias() -> None:
    making = USE + "class Making:\n    def of(self): return Hub(1)\n    def guest(self): return Hub(2)\n"
    component = Component(name="hub", home="chat.hub:Hub", factory="chat.making:Making")
    assert sites({"chat/hub.py": CLASS, "chat/making.py": making}, component) == []
    assert sites({"chat/making.py": making}, component) == ["chat.hub:open_hub"]
    alias = Component(name="hub", home="chat.hub:Hub", factory="chat.hub:hub_for")
    assert sites({"chat/hub.py": HUB + "\nhub_for = open_hub\n"}, alias) == []


def test_a_class_that_is_its_own_factory_may_be_constructed_by_all() -> None:
    component = Component(name="hub", home="chat.hub:Hub", factory="chat.hub:Hub")
    files = {"chat/room.py": USE + "def room():\n    return Hub(1)\n\nHub(2).greet()\n"}
    assert sites(files, component) == []
    assert bypasses(files, component) == []


@pytest.mark.parametrize("factory", ["", "chat.hub:gone"])
def test_without_a_factory_all_may(factory: str) -> None:
    component = Component(name="hub", home="chat.hub:Hub", factory=factory)
    assert sites({"chat/room.py": USE + "def room():\n    return Hub(1)\n"}, component) == []


def test_without_a_home_the_factory_says_what_it_builds() -> None:
    component = Component(name="hub", factory="chat.hub:open_hub")
    assert sites({"chat/room.py": USE + "def room():\n    return Hub(1)\n"}, component) == ["chat.room:room"]
    hub = CLASS + "\ndef open_hub(user) -> Hub:\n    return REGISTRY[user]\n"
    assert sites({"chat/hub.py": hub, "chat/room.py": USE + "def room():\n    return Hub(1)\n"}, component) == [
        "chat.room:room"
    ]


def test_what_the_factory_builds_for_an_abstract_home_is_its_product() -> None:
    hub = (
        "from abc import ABC\n\nclass AnyHub(ABC):\n    pass\n\n"
        + CLASS.replace("Hub:", "Hub(AnyHub):")
        + "\ndef open_hub(user):\n    return Hub(user)\n"
    )
    component = Component(name="hub", home="chat.hub:AnyHub", factory="chat.hub:open_hub")
    files = {"chat/hub.py": hub, "chat/room.py": USE + "def room():\n    return Hub(1)\n\nHub(2).greet()\n"}
    assert sites(files, component) == ["chat.room:room"]
    assert bypasses(files, component) == ["chat.room"]


def test_a_home_may_build_its_subclasses() -> None:
    hub = (
        CLASS
        + "\n    def quiet(self):\n        return QuietHub(self.user)\n"
        + "\nclass QuietHub(Hub):\n    pass\n"
        + "\ndef open_hub(user):\n    return Hub(user) if user else QuietHub(user)\n"
    )
    files = {
        "chat/hub.py": hub,
        "chat/room.py": "from chat.hub import QuietHub\n\ndef room():\n    QuietHub(1).greet()\n",
    }
    assert sites(files) == []
    assert bypasses(files) == ["chat.room:room"]


def test_what_another_component_declares_is_declared() -> None:
    files = {"chat/__init__.py": "", "chat/hub.py": HUB + "\ndef guest_hub():\n    return Hub('guest')\n"}
    guest = Component(name="guest", home="chat.hub:Hub", factory="chat.hub:guest_hub")
    assert findings(UndeclaredFactory(), files, (COMPONENT, guest)) == []
