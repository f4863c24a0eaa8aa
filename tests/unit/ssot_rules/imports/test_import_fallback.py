from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location
from ssot_lint.testing import findings
from ssot_rules.imports.import_fallback import ImportFallback

TRY = "try:\n    from shop.checks import check\nexcept ImportError:\n"
CHECKS = "def check(order):\n    return order.total > 0\ndef loose(order):\n    return True\n"


def found(files: dict[str, str]) -> list[Finding]:
    return findings(ImportFallback(), {"shop/__init__.py": "", "shop/checks.py": CHECKS} | files)


def test_a_stub_in_the_handler() -> None:
    (finding,) = found({"shop/cart.py": TRY + "    def check(order):\n        return True\n"})
    assert finding.subject == "shop.cart:check"
    assert finding.message == ("`check` in shop.cart is shop.checks:check, or a stub of its own when that import fails")
    assert finding.remedy == "Import `check` from shop.checks without a handler, and delete the fallback"
    assert finding.home is not None
    assert finding.home.symbol == "shop.checks:check"
    (site,) = finding.sites
    assert site.location == Location("shop/cart.py", 4, 5, 5)


def test_a_second_source_in_the_handler() -> None:
    (finding,) = found({"shop/cart.py": TRY + "    from shop.checks import loose as check\n"})
    assert finding.evidence["sources"] == ["shop.checks:check", "shop.checks:loose"]


@pytest.mark.parametrize(
    "cart",
    [
        TRY + "    check = None\n",
        TRY + "    HAS_CHECK = False\n",
        TRY + "    from shop.checks import check\n",
        "try:\n    from orjson import dumps\nexcept ImportError:\n    from shop.checks import check as dumps\n",
        "try:\n    from orjson import dumps\nexcept ImportError:\n    def dumps(x): ...\n",
        "try:\n    from shop._native import check\nexcept ImportError:\n    from shop.checks import check\n",
        "try:\n    from shop.checks import check\nexcept KeyError:\n    def check(order): ...\n",
        "try:\n    import redis\n    from shop.checks import check\nexcept ImportError:\n    def check(order): ...\n",
    ],
)
def test_no_second_source(cart: str) -> None:
    assert found({"shop/cart.py": cart}) == []


def test_a_module_around_an_optional_package_may_be_missing() -> None:
    cart = "try:\n    from shop.store import Store\nexcept ImportError:\n    class Store: ...\n"
    files = {"shop/store.py": "import redis\nclass Store:\n    client = redis\n", "shop/cart.py": cart}
    assert found(files) == []
    assert len(found(files | {"shop/other.py": "import redis\n"})) == 1
