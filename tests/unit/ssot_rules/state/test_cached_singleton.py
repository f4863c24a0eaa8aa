from __future__ import annotations

import pytest

from ssot_lint.testing import findings
from ssot_rules.state.cached_singleton import CachedSingleton

CLASS = "class Gateway:\n    def charge(self): ...\n\n"


def subjects(text: str) -> list[str]:
    found = findings(CachedSingleton(), {"shop/__init__.py": "", "shop/a.py": CLASS + text})
    return [finding.subject for finding in found]


def test_the_function_is_subject_and_site() -> None:
    text = CLASS + "from functools import lru_cache\n\n@lru_cache(maxsize=1)\ndef gateway():\n    return Gateway()\n"
    (finding,) = findings(CachedSingleton(), {"shop/__init__.py": "", "shop/a.py": text})
    assert finding.subject == "shop.a:gateway"
    assert finding.message == "the cache of `gateway` keeps a process-wide instance of `Gateway`"
    assert finding.remedy == "Drop the cache of `gateway` and keep the object where the program starts"
    assert [(site.symbol, site.location.line) for site in finding.sites] == [("shop.a:gateway", 7)]
    assert finding.evidence["text"] == [
        "shop/a.py:7 `gateway`, kept by a cache",
        "class shop.a:Gateway at shop/a.py:1",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "import functools as f\n@f.cache\ndef gateway():\n    made = Gateway()\n    return made\n",
        "import functools\nclass Desk:\n    @classmethod\n    @functools.cache\n    def gateway(cls):\n"
        "        return Gateway()\n",
        "import functools\nclass Desk:\n    @staticmethod\n    @functools.lru_cache\n    def gateway():\n"
        "        return Gateway()\n",
    ],
)
def test_caches_are_resolved(text: str) -> None:
    assert len(subjects(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "from functools import cache\n@cache\ndef gateway(country):\n    return Gateway()\n",
        "from functools import cache\n@cache\ndef gateway():\n    return 'gateway'\n",
        "from functools import cache\n@cache\ndef gateways():\n    return [Gateway()]\n",
        "def cache(f): return f\n@cache\ndef gateway():\n    return Gateway()\n",
        "from functools import cache\nclass Desk:\n    @cache\n    def gateway(self):\n        return Gateway()\n",
        "from functools import cached_property\nclass Desk:\n    @cached_property\n    def gateway(self):\n"
        "        return Gateway()\n",
    ],
)
def test_what_is_no_cached_object(text: str) -> None:
    assert subjects(text) == []
