from __future__ import annotations

import pytest

from ssot_lint.testing import findings
from ssot_rules.state.class_singleton import ClassSingleton

META = """class OneOfEach(type):
    _instances = {}

    def __call__(cls, *args):
        return cls._instances.setdefault(cls, super().__call__(*args))
"""


def subjects(text: str) -> list[str]:
    found = findings(ClassSingleton(), {"shop/__init__.py": "", "shop/meta.py": META, "shop/a.py": text})
    return [finding.subject for finding in found]


def test_the_class_is_subject_and_site() -> None:
    text = "class A:\n    _instance = None\n    @classmethod\n    def get(cls):\n        cls._instance = cls()\n"
    (finding,) = findings(ClassSingleton(), {"shop/__init__.py": "", "shop/a.py": text})
    assert finding.subject == "shop.a:A"
    assert finding.message == "class `A` keeps its only instance itself"
    assert finding.remedy == "Let `A()` construct; create the one instance where the program starts and pass it on"
    assert [(site.symbol, site.location.line) for site in finding.sites] == [("shop.a:A", 1)]
    assert finding.sites[0].body != ""
    assert finding.evidence["text"] == ["shop/a.py:1 `A`, kept by its class"]


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    def __new__(cls):\n        cls._it = super().__new__(cls)\n        return cls._it\n",
        "class A:\n    def __new__(klass):\n        klass._it = object.__new__(klass)\n        return klass._it\n",
        "class A:\n    _all = {}\n    def __new__(cls):\n        cls._all[cls] = super().__new__(cls)\n",
        "class A:\n    __instance = None\n    @staticmethod\n    def get():\n        A.__instance = A()\n",
        "class A:\n    _instance = None\n    def __init__(self):\n        self.__class__._instance = self\n",
        "class A:\n    _instance = None\n\ndef get():\n    A._instance = A()\n",
        "class A:\n    _instance: 'A' = None\n\ndef get(a):\n    A._instance = a\n",
        "class A:\n    _instance = None\n    @classmethod\n    def get(cls):\n        cls._instance = B()\n"
        "class B(A): ...\n",
        "from shop.meta import OneOfEach as M\nclass A(metaclass=M): ...\n",
        "from lib import SingletonMeta\nclass A(metaclass=SingletonMeta): ...\n",
        "from lib import singleton\n@singleton\nclass A: ...\n",
    ],
)
def test_the_ways_to_keep_one(text: str) -> None:
    assert subjects(text) == ["shop.a:A"]


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    def get(self):\n        self._instance = 1\n",
        "class A:\n    _instance = None\n",
        "class A:\n    _instance = None\n    @classmethod\n    def reset(cls):\n        cls._instance = None\n",
        "class A:\n    _default = None\n    @classmethod\n    def prefer(cls, x):\n        cls._default = x\n",
        "class A:\n    def __new__(cls, x):\n        it = super().__new__(cls)\n        it.x = x\n        return it\n",
        "class A:\n    _all = {}\n    def __new__(cls, key):\n        cls._all[key] = super().__new__(cls)\n",
        "class M(type):\n    def __call__(cls):\n        return super().__call__()\nclass A(metaclass=M): ...\n",
        "class B:\n    _instance = None\nclass A:\n    def f(self):\n        self.__class__._instance = self\n",
        "class B: ...\nclass A:\n    _instance: B | None = None\n    @staticmethod\n    def put(b):\n"
        "        A._instance = b\n",
        "class B: ...\nclass A:\n    _instance = B()\n    @staticmethod\n    def put(b):\n        A._instance = b\n",
        "class B: ...\nclass A:\n    _instance = None\n    @classmethod\n    def get(cls):\n"
        "        cls._instance = B()\n",
    ],
)
def test_what_keeps_none(text: str) -> None:
    assert subjects(text) == []
