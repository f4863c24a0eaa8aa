from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.state.module_singleton import ModuleSingleton

REGISTRY = """class Registry:
    def __init__(self, name=''):
        self.name = name
        self.entries = {}

    def add(self, key, value):
        self.entries[key] = value
"""
USE = "from shop.registry import Registry\n"


def found(files: dict[str, str]) -> list[Finding]:
    return findings(ModuleSingleton(), {"shop/__init__.py": ""} | files)


def subjects(files: dict[str, str]) -> list[str]:
    return [finding.subject for finding in found(files)]


def test_an_instance_of_a_stateful_class_is_listed() -> None:
    (finding,) = found({"shop/registry.py": REGISTRY, "shop/app.py": USE + "\nregistry = Registry('main')\n"})
    assert finding.subject == "shop.app:registry"
    assert finding.message == "`registry` is a process-wide instance of `Registry`, created at import"
    assert finding.remedy == "Create the `Registry` where the program starts and pass it on, or keep it knowingly"
    assert finding.home is None
    assert [(site.symbol, site.location.line) for site in finding.sites] == [("shop.app:registry", 3)]
    assert finding.evidence == {
        "kind": "module",
        "classes": ["shop.registry:Registry"],
        "arguments": '"main"',
        "text": ["shop/app.py:3 `registry`, created at import", "class shop.registry:Registry at shop/registry.py:1"],
    }


@pytest.mark.parametrize(
    "body",
    [
        "def set(self, x):\n        self.x = x\n",
        "def add(self, x):\n        self.all.append(x)\n",
        "def take(self):\n        self.left -= 1\n",
        "def drop(self):\n        del self.x\n",
        "def __setitem__(self, key, value):\n        self[key.lower()] = value\n",
        "def __init__(self):\n        self.seen = set()\n",
        "def __init__(self):\n        self.seen: list[int] = []\n",
    ],
)
def test_objects_that_change_are_stateful(body: str) -> None:
    assert subjects({"shop/a.py": f"class Thing:\n    {body}\nthing = Thing()\n"}) == ["shop.a:thing"]


@pytest.mark.parametrize(
    "body",
    [
        "def __init__(self, x=1):\n        self.x = x\n",
        "def __init__(self):\n        self.allowed = ['a', 'b']\n",
        "def get(self):\n        return self.x.copy()\n",
        "def add_all(self, some):\n        self.add(some)\n",
        "@classmethod\n    def register(cls, x):\n        cls.all.append(x)\n",
        "@staticmethod\n    def fill(target):\n        target.all.append(1)\n",
    ],
)
def test_objects_that_stay_as_they_are_made_are_not(body: str) -> None:
    assert subjects({"shop/a.py": f"class Thing:\n    {body}\nthing = Thing()\n"}) == []


def test_state_is_inherited() -> None:
    text = USE + "class Special(Registry):\n    pass\n\nspecial = Special()\n"
    assert subjects({"shop/registry.py": REGISTRY, "shop/a.py": text}) == ["shop.a:special"]


def test_three_instances_of_a_class_are_declarations() -> None:
    files = {f"shop/{name}.py": USE + f"{name}_entries = Registry()\n" for name in ("a", "b", "c")}
    assert subjects({"shop/registry.py": REGISTRY} | files) == []
    files.popitem()
    assert len(subjects({"shop/registry.py": REGISTRY} | files)) == 2


def test_three_instances_named_after_the_class_are_not() -> None:
    files = {f"shop/{name}.py": USE + "registry = Registry()\n" for name in ("a", "b", "c")}
    assert subjects({"shop/registry.py": REGISTRY} | files) == ["shop.a:registry", "shop.b:registry", "shop.c:registry"]


@pytest.mark.parametrize(
    ("pair", "count"),
    [
        ("a = Registry('a')\nb = Registry('b')\n", 0),
        ("a = Registry(make(1))\nb = Registry(make(2))\n", 0),
        ("a = Registry()\nb = Registry()\n", 2),
    ],
)
def test_several_in_one_file_with_different_arguments_are_declarations(pair: str, count: int) -> None:
    assert len(subjects({"shop/registry.py": REGISTRY, "shop/a.py": USE + pair})) == count


@pytest.mark.parametrize(
    "use",
    [
        "if __name__ == '__main__':\n    registry = Registry()\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    registry = Registry()\n",
        "def start():\n    registry = Registry()\n    registry.add(1, 2)\n",
        "class App:\n    registry = Registry()\n",
        "def Registry(): ...\nregistry = Registry()\n",
        "registry = Registry\n",
        "registry = Registry().entries\n",
    ],
)
def test_what_is_no_object_of_the_module(use: str) -> None:
    assert subjects({"shop/registry.py": REGISTRY, "shop/a.py": USE + use}) == []


def test_per_thread_objects_are_exempt() -> None:
    text = "import threading as t\n\nclass Trace(t.local):\n    def up(self):\n        self.n = 1\n\ntrace = Trace()\n"
    assert subjects({"shop/trace.py": text}) == []


def test_other_zones_are_exempt() -> None:
    text = USE + "registry = Registry()\n"
    assert subjects({"shop/registry.py": REGISTRY, "tests/test_a.py": text, "scripts/run.py": text}) == []


def test_alternatives_for_one_name_are_one_object() -> None:
    text = USE + "import sys\nif sys.argv:\n    registry = Registry('a')\nelse:\n    registry = Registry('b')\n"
    assert subjects({"shop/registry.py": REGISTRY, "shop/a.py": text}) == ["shop.a:registry"]
