from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.broken_import import BrokenImport

SHOP = {
    "shop/__init__.py": "",
    "shop/orders.py": "class Order: ...\ndef net_price(): ...\n",
    "shop/prices.py": "def gross(): ...\n",
}


def found(cart: str, extra: dict[str, str] | None = None) -> list[Finding]:
    return findings(BrokenImport(), SHOP | {"shop/cart.py": cart} | (extra or {}))


def test_a_missing_name() -> None:
    (finding,) = found("from shop.orders import Order, Basket\n")
    assert finding.subject == "shop.orders.Basket"
    assert finding.message == "shop.orders has no `Basket`: importing shop.cart raises ImportError"
    assert finding.remedy == "Import what took its place, or delete the import and what depends on it"
    assert finding.home is None
    assert finding.severity is None
    (site,) = finding.sites
    assert (site.location, site.symbol) == (Location("shop/cart.py", 1, 32, 1), "shop.cart")
    assert finding.evidence == {
        "text": ["shop/orders.py neither defines nor imports Basket"],
        "missing": ["shop.orders.Basket"],
    }


def test_a_missing_module_is_one_finding_however_many_names() -> None:
    (finding,) = found("from shop.billing.tax import A, B\n")
    assert finding.subject == "shop.billing.tax"
    assert finding.message == "there is no module shop.billing.tax: importing shop.cart raises ImportError"
    assert finding.evidence["text"] == ["no file is named shop.billing.tax"]


def test_each_statement_is_a_finding() -> None:
    assert [finding.subject for finding in found("import shop.a\nfrom shop.orders import b\n")] == [
        "shop.a",
        "shop.orders.b",
    ]


def test_the_only_definition_of_the_name_is_the_way_out() -> None:
    (finding,) = found("from shop.orders import gross\n")
    assert finding.remedy == "Write `from shop.prices import gross`, the only place that defines it"
    assert finding.home is not None
    assert finding.home.symbol == "shop.prices:gross"


def test_a_definition_in_the_same_program_is_preferred() -> None:
    other = {"other/pyproject.toml": "[project]\nname = 'other'\n", "other/lib/__init__.py": "def gross(): ...\n"}
    (finding,) = found("from shop.orders import gross\n", other)
    assert finding.home is not None
    assert finding.home.symbol == "shop.prices:gross"


def test_a_name_nearly_right_is_a_hint() -> None:
    (finding,) = found("from shop.orders import net_prices\n")
    assert finding.remedy.startswith("Import `net_price` if that is what is meant")


@pytest.mark.parametrize(
    ("cart", "severity", "message"),
    [
        ("def pay():\n    import shop.a\n", Severity.MEDIUM, "shop.cart:pay raises ImportError when it gets there"),
        (
            "if flag():\n    import shop.a\n",
            Severity.MEDIUM,
            "importing shop.cart raises ImportError under some condition",
        ),
        (
            "try:\n    import shop.a\nexcept ImportError:\n    a = None\n",
            Severity.INFO,
            "the guarded import always fails",
        ),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.a\n",
            Severity.INFO,
            "type checkers take it for Any",
        ),
        (
            "import pytest\nwith pytest.raises(ImportError):\n    import shop.a\n",
            Severity.INFO,
            "the guarded import always fails",
        ),
    ],
)
def test_severity_says_when_it_fails(cart: str, severity: Severity, message: str) -> None:
    (finding,) = found(cart)
    assert finding.severity is severity
    assert finding.message == f"there is no module shop.a: {message}"


def test_only_the_broken_statement_is_blamed() -> None:
    (finding,) = found(
        "from shop.api import Basket\n",
        {"shop/api.py": "from shop.orders import Basket\n"},
    )
    assert [site.location.path for site in finding.sites] == ["shop/api.py"]


def test_test_code_is_judged_too() -> None:
    (finding,) = found("", {"tests/test_cart.py": "from shop.cart import pay\n"})
    assert finding.message == "shop.cart has no `pay`: importing tests.test_cart raises ImportError"


def test_the_package_counts_not_the_module_it_shadows() -> None:
    (finding,) = found(
        "from shop.models import Order\n",
        {"shop/models.py": "class Order: ...\n", "shop/models/__init__.py": ""},
    )
    assert finding.subject == "shop.models.Order"


@pytest.mark.parametrize(
    "extra",
    [
        {"shop/orders.py": "from other import *\n"},
        {"shop/orders.py": "def __getattr__(name): ...\n"},
        {"shop/orders.py": "globals()['Basket'] = 1\n"},
        {"shop/orders.py": "def broken(:\n"},
        {"shop/orders.py": "if flag():\n    Basket = 1\n"},
        {"shop/orders.py": "for Basket in names(): pass\n"},
        {"shop/orders.py": "def setup():\n    global Basket\n    Basket = 1\n"},
    ],
    ids=["unknown star", "getattr", "globals", "unparsable", "condition", "loop", "global"],
)
def test_what_may_exist_is_not_accused(extra: dict[str, str]) -> None:
    assert found("from shop.orders import Basket\n", extra) == []


def test_a_package_may_take_modules_from_elsewhere() -> None:
    path = "from pkgutil import extend_path\n__path__ = extend_path(__path__, __name__)\n"
    assert found("from shop.elsewhere import x\n", {"shop/__init__.py": path}) == []


def test_generated_modules_may_be_missing() -> None:
    cart = "from shop._version import version\nimport shop.wire_pb2\n"
    assert found(cart) == []
    strict = BrokenImport(generated=())
    assert len(findings(strict, SHOP | {"shop/cart.py": cart})) == 2
