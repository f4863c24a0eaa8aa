"""What nobody does is not claimed where a file that could not be read may do it."""

from __future__ import annotations

import pytest

from ssot_lint.rules.rule import Rule
from ssot_lint.testing import findings, project_from
from ssot_rules.analysis.unread import may_be_in_unread
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.imports.thin_reexport_module import ThinReexportModule
from ssot_rules.state.growing_registry import GrowingRegistry
from ssot_rules.state.module_singleton import ModuleSingleton

BROKEN = "\ndef (\n"
COPY = "def shipping(weight):\n    cost = 3\n    cost += weight\n    cost *= 2\n    cost -= 1\n    return cost\n"
REGISTRY = "class Registry:\n    def __init__(self):\n        self.entries = {}\n    def add(self, key):\n"
REGISTRY += "        self.entries[key] = 1\nregistry = Registry()\n"
SOCKETS = "SOCKETS = {}\ndef put(user_id, x):\n    SOCKETS[user_id] = x\n"
THIN = {"shop/thin.py": "from shop.models import Order\n", "shop/models.py": "class Order: ...\n"}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (f"from shop.a import price{BROKEN}", "price", True),
        (f"# see price{BROKEN}", "price", True),
        (f"def price():{BROKEN}", "price", False),
        (f"prices = 1{BROKEN}", "price", False),
        ("from shop.a import price\n", "price", False),
        ("if price:\n    (x): int = 1\n", "price", True),
        (f"print 'x'\nprice{BROKEN}", "price", True),
    ],
)
def test_names_in_files_that_could_not_be_read(text: str, name: str, expected: bool) -> None:
    assert may_be_in_unread(project_from({"shop/odd.py": text}), name) is expected


@pytest.mark.parametrize(
    ("rule", "sources", "use"),
    [
        (GrowingRegistry(), {"shop/hub.py": SOCKETS}, "SOCKETS.pop(1)"),
        (ModuleSingleton(), {"shop/app.py": REGISTRY}, "one, two = Registry(), Registry()"),
        (
            ThinReexportModule(),
            THIN | {"shop/a.py": "from shop.thin import Order\nX = 1\n"},
            "from shop.thin import Order",
        ),
    ],
)
def test_what_an_unread_file_may_deny_is_not_told(rule: Rule, sources: dict[str, str], use: str) -> None:
    assert findings(rule, sources | {"shop/odd.py": f"other = 1{BROKEN}"})
    assert not findings(rule, sources | {"shop/odd.py": f"{use}{BROKEN}"})


@pytest.mark.parametrize(("use", "is_unused"), [("other", True), ("from shop.copy import shipping", False)])
def test_what_an_unread_file_may_use_is_not_deleted(use: str, is_unused: bool) -> None:
    sources = {
        "shop/__init__.py": "",
        "shop/home.py": COPY,
        "shop/user.py": "from shop.home import shipping\n",
        "shop/copy.py": f"{COPY}\n\ndef tax():\n    return 1\n",
        "shop/tax.py": "from shop.copy import tax\n",
        "shop/odd.py": f"{use}{BROKEN}",
    }
    (finding,) = findings(DuplicateFunction(), sources)
    assert ("no code here does" in finding.remedy) is is_unused
