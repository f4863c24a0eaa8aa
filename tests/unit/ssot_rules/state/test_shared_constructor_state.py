from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location
from ssot_lint.testing import findings
from ssot_rules.state.shared_constructor_state import SharedConstructorState

ADD = "    def add(self, item):\n        self.items.append(item)\n"


def basket(parameter: str, assignment: str, before: str = "") -> str:
    return f"{before}class Basket:\n    def __init__(self{parameter}):\n        {assignment}\n{ADD}"


def found(source: str) -> list[Finding]:
    return findings(SharedConstructorState(), {"shop/__init__.py": "", "shop/basket.py": source})


def test_a_mutable_default() -> None:
    (finding,) = found(basket(", items=[]", "self.items = items"))
    assert finding.subject == "shop.basket:Basket.items"
    assert finding.message == (
        "`Basket.__init__` stores the mutable default of its parameter `items` as `items`, one object for all "
        "instances, and Basket.add changes it"
    )
    assert finding.remedy == "Give `items` the default None or an empty tuple and store a copy of it"
    assert finding.home is None
    assert [site.location for site in finding.sites] == [Location("shop/basket.py", 3, 9, 3)]


@pytest.mark.parametrize(("parameter", "assignment"), [("", "self.items = ALL"), (", items=ALL", "self.items = items")])
def test_a_module_level_container(parameter: str, assignment: str) -> None:
    (finding,) = found(basket(parameter, assignment, "ALL = []\n"))
    assert finding.home is not None
    assert finding.home.symbol == "shop.basket:ALL"
    assert finding.remedy == "Store a copy of `ALL`, and leave it unchanged"


@pytest.mark.parametrize(
    "source",
    [
        basket("", "self.items = []"),
        basket(", items=()", "self.items = list(items)"),
        basket(", items=None", "self.items = items"),
        basket("", "self.items = list(ALL)", "ALL = []\n"),
        basket("", "self.items = ALL", "ALL = (1, 2)\n"),
        basket("", "self.items = ALL", "ALL = frozenset()\n"),
        basket("", "self.items = Mode.FAST", "class Mode:\n    FAST = 1\n"),
        basket("", "self.items = LOCK", "import threading\nLOCK = threading.Lock()\n"),
        basket("", "self.items = CACHE", "CACHE = {}\n"),
        basket("", "self.items = ALL; self.items = []", "ALL = []\n"),
        "class Basket:\n    def __init__(self, items=[]):\n        self.items = items\n",
    ],
)
def test_immutable_copied_unchanged_or_meant(source: str) -> None:
    assert found(source) == []
