from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location
from ssot_lint.testing import findings
from ssot_rules.state.growing_registry import GrowingRegistry

PUT = "def put(user_id, x):\n    SOCKETS[user_id] = x\n"


def found(source: str, **files: str) -> list[Finding]:
    others = {f"shop/{name}.py": text for name, text in files.items()}
    return findings(GrowingRegistry(), {"shop/__init__.py": "", "shop/hub.py": source} | others)


def test_a_module_level_registry() -> None:
    (finding,) = found("SOCKETS = {}\n" + PUT)
    assert finding.subject == "shop.hub:SOCKETS"
    assert finding.message == "`SOCKETS` gets an entry for each user and never loses one"
    assert finding.remedy == "Take the entry out of `SOCKETS` where the user ends, or make it a weak or bounded mapping"
    assert [site.location for site in finding.sites] == [Location("shop/hub.py", 1, 1, 1)]
    assert finding.evidence["text"] == ["shop/hub.py:3 setitem user_id"]


@pytest.mark.parametrize("receiver", ["cls", "self", "Hub"])
def test_a_class_level_registry(receiver: str) -> None:
    decorator = "    @classmethod\n" if receiver == "cls" else ""
    first = "self" if receiver == "Hub" else receiver
    method = f"{decorator}    def put({first}, session):\n        {receiver}.seen.add(session)\n"
    (finding,) = found("class Hub:\n    seen = set()\n" + method)
    assert finding.subject == "shop.hub:Hub.seen"


def test_it_may_be_filled_from_elsewhere() -> None:
    (finding,) = found("SOCKETS = {}\n", other="from shop.hub import SOCKETS\n" + PUT)
    assert finding.evidence["additions"] == ["shop/other.py:3"]


@pytest.mark.parametrize(
    "source",
    [
        "SOCKETS = {}\n" + PUT + "def gone(user_id):\n    SOCKETS.pop(user_id)\n",
        "SOCKETS = {}\n" + PUT + "def gone(user_id):\n    del SOCKETS[user_id]\n",
        "SOCKETS = {}\n" + PUT + "def reset():\n    global SOCKETS\n    SOCKETS = {}\n",
        "SOCKETS = WeakValueDictionary()\n" + PUT,
        "SOCKETS = {}\ndef put(name, x):\n    SOCKETS[name] = x\n",
        "SOCKETS = {}\ndef put(x):\n    SOCKETS['user'] = x\n",
        "SOCKETS = []\ndef put():\n    SOCKETS.append(UserSession)\n",
        "SOCKETS = {}\nfor user in ('a', 'b'):\n    SOCKETS[user] = 1\n",
        "class Hub:\n    seen = {}\n    def __init__(self):\n        self.seen = {}\n    def put(self, user):\n"
        "        self.seen[user] = 1\n",
    ],
)
def test_registries_that_shrink_or_are_bounded(source: str) -> None:
    assert found(source) == []


def test_it_may_be_emptied_from_elsewhere() -> None:
    other = "from shop import hub\ndef gone(user):\n    hub.SOCKETS.pop(user)\n"
    assert found("SOCKETS = {}\n" + PUT, other=other) == []
