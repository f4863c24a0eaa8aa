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
        "instances, and `Basket.add` changes it"
    )
    assert finding.remedy == "Give `items` the default None, and make a new object in `__init__` where it is None"
    assert finding.home is None
    assert [site.location for site in finding.sites] == [Location("shop/basket.py", 3, 9, 3)]


def test_several_methods_change_it() -> None:
    (finding,) = found(basket(", items=[]", "self.items = items") + ADD.replace("def add", "def put"))
    assert finding.message.endswith(", and `Basket.add`, `Basket.put` change it")


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


@pytest.mark.parametrize(
    "assignment", ["self.items = items or ALL", "self.items = items if items else ALL", "self.items = ALL or items"]
)
def test_a_container_behind_or(assignment: str) -> None:
    (finding,) = found(basket(", items=None", assignment, "ALL = []\n"))
    assert finding.home is not None
    assert finding.home.symbol == "shop.basket:ALL"


def test_a_new_container_behind_or() -> None:
    assert found(basket(", items=None", "self.items = items or []", "ALL = []\n")) == []


@pytest.mark.parametrize("default", ["[]", "list()", "{}", "set()"])
@pytest.mark.parametrize(
    "stored", ["items or [1]", "items or ALL[:2]", "items or make()", "items if items else [1]", "items or more or [1]"]
)
def test_an_empty_default_gives_way_to_what_stands_behind_or(default: str, stored: str) -> None:
    assert found(basket(f", items={default}, more=None", f"self.items = {stored}", "ALL = (1, 2)\n")) == []


@pytest.mark.parametrize(
    ("default", "stored"), [("[1]", "items or [2]"), ("[]", "more or items"), ("[]", "items"), ("[1]", "more or items")]
)
def test_a_default_that_may_be_stored_is_shared(default: str, stored: str) -> None:
    assert len(found(basket(f", items={default}, more=None", f"self.items = {stored}"))) == 1


BASE = "ALL = []\nclass Base:\n    def __init__(self):\n        self.items = ALL\n"


def test_a_descendant_that_changes_what_a_mixin_stores() -> None:
    (finding,) = found(BASE + "class Basket(Base):\n" + ADD)
    assert (finding.subject, finding.evidence["methods"]) == ("shop.basket:Base.items", ["Basket.add"])


def test_a_mixin_beside_it_that_changes_it() -> None:
    (finding,) = found(BASE + "class Adds:\n" + ADD + "class Basket(Adds, Base): ...\n")
    assert finding.evidence["methods"] == ["Adds.add"]


TAKES = "ALL = []\nclass Base:\n    def __init__(self, name, items={}):\n        self.items = items\n"


@pytest.mark.parametrize("default", ["[]", "ALL"])
@pytest.mark.parametrize(
    ("call", "count"),
    [
        ("super().__init__(name, [name])", 0),
        ("super().__init__(name, items=[name])", 0),
        ("super(Basket, self).__init__(items=[name], name=name)", 0),
        ("Base.__init__(self, name, [name])", 0),
        ("super().__init__(name)", 1),
        ("super().__init__(name=name)", 1),
        ("Base.__init__(self, name)", 1),
        ("if name:\n            super().__init__(name, [])\n        else:\n            super().__init__(name)", 1),
    ],
)
def test_a_descendant_that_hands_the_constructor_its_own(default: str, call: str, count: int) -> None:
    own = f"class Basket(Base):\n    def __init__(self, name):\n        {call}\n"
    assert len(found(TAKES.format(default) + own + ADD)) == count


def test_a_descendant_of_one_that_hands_it_its_own() -> None:
    own = "class Basket(Base):\n    def __init__(self, name):\n        super().__init__(name, [])\n"
    assert found(TAKES.format("[]") + own + "class Net(Basket):\n" + ADD) == []
    assert len(found(TAKES.format("[]") + own + "class Net(Base):\n" + ADD)) == 1


def test_a_descendant_that_has_its_own() -> None:
    own = "class Basket(Base):\n    def __init__(self):\n        self.items = []\n"
    assert found(BASE + own + ADD) == []


@pytest.mark.parametrize(
    "source",
    [
        "ALL = []\nclass BasketRegistry:\n    def __init__(self):\n        self.items = ALL\n" + ADD,
        basket("", "self.items = ALL", "ALL = []\ndef reset():\n    ALL.clear()\n"),
        "ALL = []\nclass Basket:\n    _instance = None\n    def __new__(cls):\n"
        "        cls._instance = super().__new__(cls)\n        return cls._instance\n"
        "    def __init__(self):\n        self.items = ALL\n" + ADD,
        "ALL = [2, 1]\nclass Basket:\n    def __init__(self):\n        self.items = ALL\n        self.items.sort()\n",
    ],
)
def test_shared_on_purpose_or_without_harm(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    ("above", "constructor", "beside", "count"),
    [
        ("", "    # We want these to be common between all baskets,\n    # no None by default.\n", "", 0),
        ("# Shared by all baskets.\n", "", "", 0),
        ("", "", "  # the same for all instances", 0),
        ("", "    # Made to be common to all.\n", "", 0),
        ("", "    # The usual constructor.\n", "  # what it holds", 1),
        ("# The commonest items.\n", "", "", 1),
    ],
)
def test_a_comment_that_says_so_makes_it_shared_on_purpose(
    above: str, constructor: str, beside: str, count: int
) -> None:
    source = (
        f"{above}ALL = []\nclass Basket:\n{constructor}"
        f"    def __init__(self, items=ALL):\n        self.items = items{beside}\n{ADD}"
    )
    assert len(found(source)) == count
