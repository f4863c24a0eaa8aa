from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.imports.declared_path_variants import DeclaredPathVariants

SHOP = {
    "shop/__init__.py": "",
    "shop/orders.py": "class Order: ...\n",
    "shop/api.py": "from shop.orders import Order\n__all__ = ['Order']\n",
    "shop/report.py": "from shop.api import Order\n",
    "shop/mail.py": "from shop.api import Order\n",
    "shop/export.py": "from shop.orders import Order\n",
}


def found(extra: dict[str, str]) -> list[Finding]:
    return findings(DeclaredPathVariants(), SHOP | extra)


def test_lists_the_paths_with_their_importers() -> None:
    (finding,) = found({})
    assert finding.subject == "shop.orders:Order"
    assert finding.message == "class `Order` is imported by 2 paths: shop.api (2 modules), shop.orders (2 modules)"
    assert finding.remedy == "Nothing, if all are wanted; else import `Order` from one of them everywhere"
    assert [(site.location.path, site.message) for site in finding.sites] == [
        ("shop/mail.py", "takes `Order` from shop.api"),
        ("shop/report.py", "takes `Order` from shop.api"),
    ]
    assert finding.evidence["paths"] == [
        {"module": "shop.api", "role": "other", "importers": ["shop.mail", "shop.report"]},
        {"module": "shop.orders", "role": "definition", "importers": ["shop.api", "shop.export"]},
    ]


@pytest.mark.parametrize(
    "api",
    [
        "from shop.orders import Order as Order\n",
        "from shop.orders import Order  # noqa: F401\n",
        "from shop.orders import *\n",
        "from shop.orders import Order\n__all__ = names()\n",
    ],
)
def test_every_declaration_counts(api: str) -> None:
    assert len(found({"shop/api.py": api})) == 1


@pytest.mark.parametrize(
    "extra",
    [
        {"shop/export.py": ""},
        {"shop/export.py": "", "tests/test_orders.py": "from shop.orders import Order\n"},
        {"shop/report.py": "", "shop/mail.py": ""},
        {"shop/api.py": "from shop.orders import Order\ndef place(order: Order): ...\n"},
        {"shop/api.py": '"""DEPRECATED"""\nfrom shop.orders import Order\n__all__ = ["Order"]\n'},
    ],
    ids=["one path", "the other in tests", "the definition alone", "not declared", "deprecated"],
)
def test_nothing_to_list(extra: dict[str, str]) -> None:
    assert found(extra) == []
