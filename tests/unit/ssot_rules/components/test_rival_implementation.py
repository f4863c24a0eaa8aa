from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding
from ssot_lint.model.plan import Action
from ssot_lint.testing import findings
from ssot_rules.components.rival_implementation import RivalImplementation

MANAGER = """
class SocketManager:
    def __init__(self):
        self.sockets = {}

    def open(self, user, socket):
        self.sockets[user] = socket

    def send(self, user, text):
        self.sockets[user].write(text)
"""
RIVAL = """
class RoomSocketManager:
    def __init__(self):
        self.members = []

    def send(self, member, text):
        self.members.append(member)

    def close(self):
        self.members.clear()
"""
SOCKETS = Component(name="sockets", home="chat.hub:SocketManager", names=("*SocketManager*",))


def found(files: dict[str, str], component: Component = SOCKETS, plugin_root: str = "") -> list[Finding]:
    sources = {"chat/__init__.py": "", "chat/hub.py": MANAGER} | files
    return findings(RivalImplementation(), sources, (component,), plugin_root)


def sites(files: dict[str, str], component: Component = SOCKETS, plugin_root: str = "") -> list[str]:
    return [site.symbol for finding in found(files, component, plugin_root) for site in finding.sites]


def test_a_class_of_that_name_elsewhere_is_a_site() -> None:
    use = "from chat.room import RoomSocketManager\n\nRoomSocketManager()\n"
    (finding,) = found({"chat/room.py": RIVAL, "chat/use.py": use})
    assert finding.subject == "sockets"
    assert finding.message == (
        "the role of `sockets` is played by 1 class in 1 folder besides its home `SocketManager`"
    )
    assert finding.remedy == (
        "Use chat.hub:SocketManager in place of chat.room:RoomSocketManager: move to it what only they can do, or let "
        "them inherit from it"
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("chat.hub:SocketManager", "declared in the configuration")
    (site,) = finding.sites
    assert (site.symbol, site.location.line) == ("chat.room:RoomSocketManager", 2)
    assert site.message == "plays the role of `chat.hub:SocketManager`; has 1 of its 2 public methods (`send`)"
    assert finding.evidence == {
        "component": "sockets",
        "folders": {"chat": 1},
        "rivals": [
            {
                "symbol": "chat.room:RoomSocketManager",
                "importers": 1,
                "drift": {
                    "bases": [],
                    "missing": ["open"],
                    "extra": ["close"],
                    "signatures": [
                        {"method": "send", "home": "send(self, user, text)", "copy": "send(self, member, text)"}
                    ],
                    "values": [],
                    "calls": [],
                },
            }
        ],
        "import_paths": {"chat.room:RoomSocketManager": {"chat.room.RoomSocketManager": 1}},
        "text": ["chat/room.py:2 class `RoomSocketManager`, imported by 1 module"],
    }
    assert RivalImplementation.info().action is Action.MERGE


def test_a_namesake_says_how_it_drifted() -> None:
    namesake = RIVAL.replace("RoomSocketManager", "SocketManager")
    (finding,) = found({"chat/room.py": namesake})
    assert [site.message for site in finding.sites] == [
        "plays the role of `chat.hub:SocketManager`; lacks `open`; adds `close`; other signature of `send`"
    ]


@pytest.mark.parametrize(
    "rival",
    [
        "class OldSocketManager:\n    def run(self): return self.n\n",
        "class SocketManagerValidator:\n    def check(self, hub): return hub.rules\n",
        "class DatabaseManager:\n    def open(self): return self.n\n    def send(self): return self.n\n",
        "import ws\nclass SocketManagerClient(ws.Client):\n    limit = 3\n",
    ],
)
def test_what_does_nothing_of_what_the_home_does_is_no_rival(rival: str) -> None:
    component = Component(name="sockets", home="chat.hub:SocketManager", names=("*Manager*",))
    assert sites({"chat/room.py": rival}, component) == []


def test_bare_verbs_count_only_where_they_are_half_of_the_home() -> None:
    home = (
        MANAGER
        + "    def close(self): return self.n\n    def reset(self): return self.n\n    def stop(self): return 1\n"
    )
    rival = "class RoomSocketManager:\n    def close(self): return self.n\n"
    assert sites({"chat/hub.py": home, "chat/room.py": rival}) == []
    named = home + "    def join_room(self): return self.n\n"
    both = rival + "    def join_room(self): return self.n\n"
    assert sites({"chat/hub.py": named, "chat/room.py": both}) == ["chat.room:RoomSocketManager"]


def test_declared_methods_make_a_rival() -> None:
    component = Component(
        name="sockets", home="chat.hub:SocketManager", names=("*SocketManager",), methods=("connect_user",)
    )
    rival = "class RoomSocketManager:\n    def connect_user(self): return self.n\n"
    assert sites({"chat/room.py": rival}, component) == ["chat.room:RoomSocketManager"]
    database = rival.replace("RoomSocketManager", "RedisSocketManager")
    assert sites({"chat/room.py": database}, component) == ["chat.room:RedisSocketManager"]


def test_a_namesake_is_a_rival_whatever_it_does() -> None:
    (finding,) = found({"chat/room.py": "class SocketManager:\n    def run(self): return self.n\n"})
    assert [site.message for site in finding.sites] == [
        "plays the role of `chat.hub:SocketManager`; lacks `__init__`, `open`, `send`; adds `run`"
    ]


def test_interfaces_put_together_are_an_interface() -> None:
    one = "from abc import ABC, abstractmethod\nclass ISend(ABC):\n    @abstractmethod\n    def send(self): pass\n"
    both = f"{one}class IOpen(ABC):\n    def open(self): ...\nclass SocketManagerApi(IOpen, ISend):\n    pass\n"
    assert sites({"chat/api.py": both}) == []
    done = both.replace("def open(self): ...", "def open(self): return self.n")
    assert sites({"chat/api.py": done}) == ["chat.api:SocketManagerApi"]


def test_of_a_family_of_rivals_the_first_is_a_site() -> None:
    more = "from chat.room import RoomSocketManager\n\nclass QuietSocketManager(RoomSocketManager):\n    pass\n"
    assert sites({"chat/room.py": RIVAL, "chat/quiet.py": more}) == ["chat.room:RoomSocketManager"]


@pytest.mark.parametrize("home", ["", "chat.hub:Gone"])
def test_without_a_home_nothing_is_held_against_anyone(home: str) -> None:
    assert sites({"chat/room.py": RIVAL}, Component(name="sockets", home=home, names=("*SocketManager*",))) == []


@pytest.mark.parametrize(
    "text",
    [
        "from chat.hub import SocketManager\n\nclass RoomSocketManager(SocketManager):\n    pass\n",
        "class MockSocketManager:\n    def send(self): return 1\n",
        "from typing import Protocol\n\nclass SocketManagerLike(Protocol):\n    def send(self): ...\n",
        "import typing\n\nclass SocketManagerLike(typing.Protocol):\n    user: str\n",
        "class SocketManagerApi:\n    def send(self):\n        raise NotImplementedError('there')\n",
        "class SocketManagerError(ValueError):\n    pass\n",
        "from enum import Enum\n\nclass SocketManagerMode(Enum):\n    A = 1\n",
        "from typing import TypedDict\n\nclass SocketManagerRow(TypedDict):\n    user: str\n",
        "class SocketManagerSettings:\n    def __init__(self, host): self.host = host\n",
        "class SocketManagerMixin:\n    def send(self, text): return self.put(text)\n",
        "class SocketManagerFactory:\n    def of(self, user): return self.known[user]\n",
        "try:\n    import ws\nexcept ImportError:\n    class SocketManager:\n        def send(self): return 1\n",
    ],
)
def test_relatives_doubles_and_things_of_another_sort_are_no_rivals(text: str) -> None:
    assert sites({"chat/more.py": text}) == []


def test_where_the_home_is_data_other_data_competes() -> None:
    component = Component(name="settings", home="chat.settings:ChatSettings", names=("*Settings",))
    settings = "class ChatSettings:\n    def __init__(self, host): self.host = host\n"
    other = settings.replace("ChatSettings", "RoomSettings")
    assert sites({"chat/settings.py": settings, "chat/room.py": other}, component) == ["chat.room:RoomSettings"]


def test_what_the_home_inherits_or_keeps_is_part_of_it() -> None:
    parts = (
        "class BaseSocketManager:\n    def open(self): return 1\n\n"
        "class FrameSocketManager:\n    def write(self): return 2\n"
    )
    hub = (
        "from chat.parts import BaseSocketManager, FrameSocketManager\n\n"
        "class SocketManager(BaseSocketManager):\n"
        "    def __init__(self):\n        self.frames = FrameSocketManager()\n"
        "    def send(self): return self.frames.write()\n"
    )
    assert sites({"chat/parts.py": parts, "chat/hub.py": hub}) == []


def test_a_class_that_passes_most_of_it_on_is_a_front() -> None:
    front = (
        "class SocketManagerAdapter:\n"
        "    def __init__(self, manager):\n        self.manager = manager\n"
        "    @property\n    def sockets(self): return self.manager.sockets\n"
        "    @classmethod\n    def of(cls, manager): return cls(manager)\n"
        "    def open(self, user, socket): self.manager.open(user, socket)\n"
        "    def send(self, user, text): self.manager.send(user, text)\n"
    )
    own = "    def close(self): self.manager = None\n"
    assert sites({"chat/front.py": front}) == []
    assert sites({"chat/front.py": front + own}) == []
    assert sites({"chat/front.py": front + own + own.replace("close", "reset")}) == ["chat.front:SocketManagerAdapter"]


def test_tests_and_other_plug_ins_are_left_alone() -> None:
    assert sites({"tests/helpers.py": RIVAL}) == []
    files = {"chat/hub.py": "", "chat/plugins/a/hub.py": MANAGER, "chat/plugins/b/room.py": RIVAL}
    component = Component(name="sockets", home="chat.plugins.a.hub:SocketManager", names=("*SocketManager",))
    assert sites(files, component, "chat/plugins/*") == []
    assert sites(files, component) == ["chat.plugins.b.room:RoomSocketManager"]


def test_a_home_that_is_no_class_has_rivals_too() -> None:
    component = Component(name="sockets", home="chat.hub:SEND", names=("*SocketManager",))
    (finding,) = found({"chat/hub.py": "SEND = 1\n", "chat/room.py": RIVAL}, component)
    assert [site.message for site in finding.sites] == ["plays the role of `chat.hub:SEND`"]


def test_a_schema_is_no_rival_of_a_model() -> None:
    total = "    def total(self): return self.n\n"
    model = f"from sqlalchemy.orm import DeclarativeBase\n\nclass Order(DeclarativeBase):\n{total}"
    schema = f"from pydantic import BaseModel\n\nclass OrderRow(BaseModel):\n{total}"
    component = Component(name="order", home="chat.models:Order", names=("Order*",))
    assert sites({"chat/models.py": model, "chat/rows.py": schema}, component) == []
    assert sites({"chat/models.py": model, "chat/rows.py": model.replace("Order(", "OrderCopy(")}, component) == [
        "chat.rows:OrderCopy"
    ]


def test_an_empty_relative_of_the_home_does_nothing_of_its_own() -> None:
    base = "class BaseManager:\n    def send(self, text): return self.put(text)\n"
    use = "from chat.base import BaseManager\n\n"
    hub = use + "class SocketManager(BaseManager):\n    def put(self, text): return self.n\n"
    silent = use + "class SilentSocketManager(BaseManager):\n    pass\n"
    foreign = "from wslib import Manager\n\nclass WsSocketManager(Manager):\n    limit = 3\n"
    files = {"chat/base.py": base, "chat/hub.py": hub, "chat/silent.py": silent, "chat/foreign.py": foreign}
    assert sites(files) == []
