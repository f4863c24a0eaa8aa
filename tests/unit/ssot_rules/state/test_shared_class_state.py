from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.testing import findings
from ssot_rules.state.shared_class_state import SharedClassState

ADD = "    def add(self, item):\n        self.items.append(item)\n"


def found(source: str, **files: str) -> list[Finding]:
    others = {f"shop/{name}.py": text for name, text in files.items()}
    return findings(SharedClassState(), {"shop/__init__.py": "", "shop/basket.py": source} | others)


def test_a_list_in_the_class_body_changed_through_self() -> None:
    (finding,) = found("class Basket:\n    items = []\n" + ADD)
    assert finding.subject == "shop.basket:Basket.items"
    assert finding.message == (
        "`Basket.items` is one object for all instances, and 1 method changes it through self: `Basket.add`"
    )
    assert finding.remedy.startswith("Assign `self.items` in `Basket.__init__`; ")
    (site,) = finding.sites
    assert site.location == Location("shop/basket.py", 2, 5, 2)
    assert finding.evidence["text"] == ["shop/basket.py:4 `Basket.add`: self.items, append"]


@pytest.mark.parametrize(
    "change", ["self.items[1] = 2", "self.items.update(a=1)", "self.items += [1]", "self.items[1].append(2)"]
)
@pytest.mark.parametrize("value", ["{}", "set()", "dict()", "[1]", "defaultdict(list)"])
def test_every_container_and_every_change(value: str, change: str) -> None:
    assert len(found(f"class Basket:\n    items = {value}\n    def add(self):\n        {change}\n")) == 1


def test_a_subclass_that_changes_it_is_named_and_the_definition_is_the_site() -> None:
    child = "from shop.basket import Basket\nclass Wishes(Basket):\n" + ADD
    (finding,) = found("class Basket:\n    items = []\n", wishes=child)
    assert finding.subject == "shop.basket:Basket.items"
    assert finding.evidence["methods"] == ["Wishes.add"]


@pytest.mark.parametrize(
    "source",
    [
        "class Basket:\n    items = []\n    def __init__(self):\n        self.items = []\n" + ADD,
        "class Basket:\n    items: ClassVar[list] = []\n" + ADD,
        "class Basket:\n    items: typing.ClassVar = []\n" + ADD,
        "class Basket:\n    items: Final = []\n" + ADD,
        "class Basket:\n    items = ()\n" + ADD,
        "class Basket:\n    items = deque(maxlen=3)\n" + ADD,
        "@dataclass\nclass Basket:\n    items: list = []\n" + ADD,
        "from pydantic import BaseModel\nclass Basket(BaseModel):\n    items: list = []\n" + ADD,
        "from django.db import models\nclass Basket(models.Model):\n    items = []\n" + ADD,
        "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
        "class Basket(Base):\n    items = []\n" + ADD,
        "from enum import Enum\nclass Basket(Enum):\n    items = []\n" + ADD,
        "class Meta(type):\n    items = []\n" + ADD,
        "class Basket:\n    items = []\n    @classmethod\n    def add(cls, item):\n        cls.items.append(item)\n",
        "class Basket:\n    items = []\n    def add(self, item):\n        Basket.items.append(item)\n",
        "class Basket:\n    items = []\n    def read(self):\n        return self.items[0]\n",
        "class Basket:\n    items = []\n    def __new__(cls):\n        if not hasattr(cls, 'instance'):\n"
        "            cls.instance = super().__new__(cls)\n        return cls.instance\n" + ADD,
        "class Basket:\n    cache = {}\n    def add(self):\n        self.cache[1] = 2\n",
        "class Basket:\n    items = []\n    @classmethod\n    def reset(cls):\n        cls.items = []\n" + ADD,
    ],
)
def test_not_shared_by_accident(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "class Model: ...\nclass Basket(Model):\n    items = []\n",
        "def define(cls):\n    return cls\n@define\nclass Basket:\n    items = []\n",
    ],
)
def test_a_first_party_name_makes_no_fields(source: str) -> None:
    assert len(found(source + ADD)) == 1


def test_a_subclass_that_assigns_its_own() -> None:
    child = "from shop.basket import Basket\nclass Wishes(Basket):\n    def __init__(self):\n        self.items = []\n"
    assert found("class Basket:\n    items = []\n" + ADD, wishes=child) == []


FILLED = "    items = []\n    def __init__(self):\n        super().__init__()\n        self.items.append(1)\n"


def test_a_constructor_fills_what_a_third_party_base_has_set() -> None:
    assert found("from docs import Writer\nclass Basket(Writer):\n" + FILLED) == []
    assert len(found("from docs import Writer\nclass Basket(Writer):\n" + FILLED + ADD)) == 1


@pytest.mark.parametrize("base", ["object", "ABC", "Own"])
def test_a_constructor_fills_what_no_base_sets(base: str) -> None:
    assert len(found(f"from abc import ABC\nclass Own: ...\nclass Basket({base}):\n" + FILLED)) == 1


@pytest.mark.parametrize(("value", "count"), [("[1, 2]", 1), ("[]", 0)])
def test_what_is_only_used_up(value: str, count: int) -> None:
    assert len(found(f"class Basket:\n    items = {value}\n    def take(self):\n        self.items.pop()\n")) == count


@pytest.mark.parametrize(
    "source",
    [
        "class Basket:\n    items = set()\n    def add(self, task):\n        self.items.add(task)\n"
        "        task.add_done_callback(self.items.discard)\n",
        "class Basket:\n    items = []\n    def add(self, task):\n        self.items.append(task)\n        run()\n"
        "        self.items.pop()\n",
        "class Basket:\n    items = [2, 1]\n    def order(self):\n        self.items.sort()\n",
        "class Basket:\n    items = {}\n    @classmethod\n    def get(cls, key):\n        cls.items[key] = cls(key)\n"
        + ADD,
        "class Basket:\n    items = []\n" + ADD + "def reset():\n    Basket.items.clear()\n",
        "from docs import Model\nclass Basket(Model):\n    items: list = []\n" + ADD,
        "from docs import Model\nclass Basket(Model):\n    items = []\n    def __init__(self):\n"
        "        super().__init__(items=self.items)\n" + ADD,
        "class Base:\n    def __init__(self):\n        self.items = []\nclass Basket(Base):\n    items = []\n" + ADD,
        "class Basket:\n    items = []\n    def __init__(self, **given):\n        self.__dict__.update(given)\n" + ADD,
        "class Basket:\n    _instances = {}\n    def __init__(self, key):\n        self._instances[key] = self\n",
    ],
)
def test_shared_without_harm_or_on_purpose(source: str) -> None:
    assert found(source) == []


def test_a_third_party_base_without_annotation() -> None:
    assert len(found("from docs import Writer\nclass Basket(Writer):\n    items = []\n" + ADD)) == 1


@pytest.mark.parametrize("method", ["setUp", "asyncSetUp", "setup_method"])
def test_test_classes_that_write_afresh_before_each_test(method: str) -> None:
    source = "from unittest import TestCase\nclass Steps(TestCase):\n    items = {}\n"
    source += f"    def {method}(self):\n        self.items['a'] = 1\n"
    assert found(source) == []


@pytest.mark.parametrize("override", ["    items = [1]\n", "    @property\n    def items(self):\n        return [1]\n"])
def test_where_subclasses_override_it_a_copy_is_changed(override: str) -> None:
    (finding,) = found("class Basket:\n    items = []\n" + ADD + "class Gift(Basket):\n" + override)
    assert finding.remedy == "Change a copy of `self.items`, not the object itself: subclasses override it"


@pytest.mark.parametrize(
    ("value", "change"), [("{1: 2}", "['a'] = item"), ("[1]", ".append(item)"), ("{1}", ".add(item)")]
)
def test_what_instances_begin_with_is_copied(value: str, change: str) -> None:
    end = "what stands in the class is what all instances begin with"
    (finding,) = found(changed(change, value))
    assert finding.remedy == f"Change a copy of `self.items` rather than the object itself: {end}"
    (finding,) = found(changed(change, value) + "    def __init__(self): ...\n")
    assert finding.remedy == (
        f"Change a copy of `self.items` rather than the object itself, or assign one in `Basket.__init__`: {end}"
    )


def changed(change: str, value: str = "{}", name: str = "items", above: str = "") -> str:
    return f"class Basket:\n{above}    {name} = {value}\n    def add(self, key, item):\n        self.{name}{change}\n"


@pytest.mark.parametrize(
    "source",
    [
        changed("['a'] = item", above="    # All share\n    # this one.\n"),
        changed("['a'] = item", above="    # Cached so that two baskets find the same.\n"),
        changed(".add(item)", "set()  # class var to warn once"),
    ],
)
def test_what_a_comment_calls_shared_is_meant_to_be(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    ("change", "value"), [(".append(item)", "[]"), (".update(item)", "{}"), (" += item", "[]"), ("[key] = item", "{}")]
)
def test_each_kind_of_change_is_listed(change: str, value: str) -> None:
    (finding,) = found(changed(change, value))
    assert SharedClassState.severity is Severity.INFO
    assert finding.severity is None


@pytest.mark.parametrize(
    ("reader", "count"),
    [
        ("    @classmethod\n    def all(cls):\n        return list(cls.items)\n", 0),
        ("    @classmethod\n    def all(cls):\n        return cls.items.copy()\n", 0),
        ("    @classmethod\n    def all(this):\n        return this.items\n", 0),
        ("    @classmethod\n    def all(cls):\n        return list(cls.others)\n", 1),
        ("    def all(self):\n        return list(self.items)\n", 1),
        ("    @staticmethod\n    def all(cls):\n        return list(cls.items)\n", 1),
    ],
)
def test_what_a_class_method_hands_on_is_for_all(reader: str, count: int) -> None:
    assert len(found(f"class Basket:\n    items = []\n    others = ()\n{ADD}{reader}")) == count
