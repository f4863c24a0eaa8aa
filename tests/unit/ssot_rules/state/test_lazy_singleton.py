from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.state.lazy_singleton import LazySingleton

POOL = """class Pool:
    def __init__(self, size):
        self.size = size

    def take(self):
        self.size -= 1


def create_pool(size):
    return Pool(size)


class Pools:
    def get_pool(self, size):
        return lookup(size)

    def count(self):
        return 1
"""
USE = "from shop.pool import Pool, Pools, create_pool\n"


def found(text: str) -> list[Finding]:
    return findings(LazySingleton(), {"shop/__init__.py": "", "shop/pool.py": POOL, "shop/a.py": USE + text})


def test_a_global_filled_on_first_use_is_listed() -> None:
    (finding,) = found(
        "_p = None\n\ndef get():\n    global _p\n    if _p is None:\n        _p = Pool(5)\n    return _p\n"
    )
    assert finding.subject == "shop.a:_p"
    assert finding.message == "`_p` is a process-wide instance of `Pool`, created on first use"
    assert finding.remedy == "Return a new object and let the caller keep it, or fill `_p` in one place"
    assert [(site.symbol, site.location.line) for site in finding.sites] == [("shop.a:_p", 7)]
    assert finding.evidence["text"] == [
        "shop/a.py:7 `_p`, created on first use",
        "class shop.pool:Pool at shop/pool.py:1",
    ]


@pytest.mark.parametrize(
    ("declaration", "value", "message"),
    [
        ("", "Pool(1)", "`_p` is a process-wide instance of `Pool`, created on first use"),
        ("_p: Pool | None = None", "create_pool(1)", "`_p` is a process-wide instance of `Pool`, created on first use"),
        ("_p: Pool", "Pool(1)", "`_p` is a process-wide instance of `Pool`, created on first use"),
        ("_p = None\npools = Pools()", "pools.get_pool(1)", "`_p` is a process-wide object, created on first use"),
    ],
)
def test_the_ways_to_fill_it(declaration: str, value: str, message: str) -> None:
    (finding,) = found(f"{declaration}\ndef start():\n    global _p\n    _p = {value}\n")
    assert finding.message == message


def test_a_local_on_the_way_is_followed() -> None:
    (finding,) = found("_p = None\ndef start():\n    global _p\n    pool = Pool(1)\n    _p = pool\n")
    assert finding.message == "`_p` is a process-wide instance of `Pool`, created on first use"


def test_all_classes_it_may_be_are_named() -> None:
    text = (
        "class Other(Pool): ...\n_p = None\ndef start(x):\n    global _p\n    if x:\n        _p = Other(1)\n    else:\n"
    )
    (finding,) = found(text + "        _p = Pool(1)\n")
    assert finding.message == "`_p` is a process-wide instance of `Other` or `Pool`, created on first use"
    assert len(finding.sites) == 1


@pytest.mark.parametrize(
    "text",
    [
        "_p = None\ndef set_pool(pool):\n    global _p\n    _p = pool\n",
        "_p = None\ndef get():\n    _p = Pool(1)\n    return _p\n",
        "_p = Pool(1)\ndef reset():\n    global _p\n    _p = Pool(1)\n",
        "_p = None\nimport time\ndef start():\n    global _p\n    _p = time.time()\n",
        "_p = None\ndef start():\n    global _p\n    _p = 1\n",
        "_p = None\npools = Pools()\ndef start():\n    global _p\n    _p = pools.count()\n",
        "_p = None\nclass PoolConfig:\n    size = 1\ndef start():\n    global _p\n    _p = PoolConfig()\n",
    ],
)
def test_what_is_no_lazy_object(text: str) -> None:
    assert found(text) == []
