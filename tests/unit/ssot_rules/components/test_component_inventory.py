from __future__ import annotations

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.components.component_inventory import ComponentInventory

HUB = """
class Hub:
    def __init__(self, user):
        self.user = user

    def send(self, text):
        return text

def open_hub(user):
    return Hub(user)
"""
COMPONENT = Component(name="hub", home="chat.hub:Hub", factory="chat.hub:open_hub", names=("*Hub",))


def found(files: dict[str, str], component: Component = COMPONENT) -> list[Finding]:
    return findings(ComponentInventory(), {"chat/__init__.py": "", "chat/hub.py": HUB} | files, (component,))


def test_factories_classes_import_paths_and_folders_are_listed() -> None:
    (finding,) = found(
        {
            "chat/api.py": "from chat.hub import Hub as Hub\n",
            "chat/rooms/__init__.py": "",
            "chat/rooms/hub.py": (
                "from chat.api import Hub\n\n"
                "class RoomHub:\n    def send(self, text, room):\n        return text\n\n"
                "def room_hub(user):\n    return Hub(user)\n"
            ),
        }
    )
    assert finding.subject == "hub"
    assert finding.message == "`hub` has 2 factory functions, 2 classes, 2 import paths, 2 folders"
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("chat.rooms.hub:RoomHub", "plays its role or does its work"),
        ("chat.rooms.hub:room_hub", "builds a `Hub` itself"),
    ]
    assert finding.evidence == {
        "component": "hub",
        "factories": [
            {"symbol": "chat.hub:open_hub", "does": "declared"},
            {"symbol": "chat.rooms.hub:room_hub", "does": "direct", "product": "chat.hub:Hub", "delegates_to": None},
        ],
        "classes": [
            {
                "symbol": "chat.rooms.hub:RoomHub",
                "importers": 0,
                "drift": {
                    "bases": [],
                    "missing": ["__init__"],
                    "extra": [],
                    "signatures": [{"method": "send", "home": "send(self, text)", "copy": "send(self, text, room)"}],
                    "values": [],
                    "calls": [],
                },
            }
        ],
        "import_paths": {"chat.hub:Hub": {"chat.api.Hub": 1, "chat.hub.Hub": 1}},
        "folders": {
            "chat/rooms": {"definitions": 2, "importers": 1},
            "chat": {"definitions": 2, "importers": 1},
        },
        "text": [
            "factories: `room_hub` builds a `Hub` itself",
            "imported as: chat.api.Hub (1), chat.hub.Hub (1)",
            "folders: chat, chat/rooms",
            "`chat.rooms.hub:RoomHub` lacks `__init__`; other signature of `send`",
        ],
    }


def test_a_wrapper_of_the_factory_is_listed_as_one() -> None:
    wrapper = "from chat.hub import open_hub\n\ndef get_hub():\n    return open_hub(None)\n"
    (finding,) = found({"chat/desk.py": wrapper})
    assert [site.message for site in finding.sites] == ["returns the `Hub` that `open_hub` builds"]


def test_without_a_factory_classes_are_listed() -> None:
    component = Component(name="hub", home="chat.hub:Hub", names=("*Hub",))
    (finding,) = found({"chat/desk.py": "class DeskHub:\n    def send(self, text):\n        return text\n"}, component)
    assert finding.message == "`hub` has 2 classes, 1 folder"


def test_a_component_that_is_whole_needs_no_list() -> None:
    assert found({"chat/desk.py": "from chat.hub import open_hub\n\nHUB = open_hub(None)\n"}) == []


def test_without_a_home_nothing_can_be_listed() -> None:
    assert found({}, Component(name="hub", names=("*Hub",))) == []
