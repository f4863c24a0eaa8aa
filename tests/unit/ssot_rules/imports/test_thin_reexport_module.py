from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.imports.thin_reexport_module import ThinReexportModule


def found(files: dict[str, str]) -> list[Finding]:
    base = {"shop/__init__.py": "", "shop/models.py": "class Order: ...\nclass Item: ...\n"}
    return findings(ThinReexportModule(), base | files)


def test_a_module_that_only_imports_names() -> None:
    thin = "from shop.models import Item, Order\n__all__ = ['Item', 'Order']\n"
    (finding,) = found({"shop/orders.py": thin, "shop/a.py": "from shop.orders import Order\nX = 1\n"})
    assert finding.subject == "shop.orders"
    assert finding.message == "shop/orders.py defines nothing: it passes on names of shop.models to 1 module"
    assert finding.remedy == (
        "Import from shop.models wherever shop.orders is imported, then delete shop/orders.py; "
        "keep it if it is meant as a front"
    )
    assert finding.evidence["text"] == ["from shop.models: 2 imports", "imported by shop/a.py"]


@pytest.mark.parametrize(
    "thin",
    ["from shop.models import *\n", "from shop.models import Order\nPurchase = Order\n", "from enum import StrEnum\n"],
)
def test_stars_aliases_and_names_from_outside_count_too(thin: str) -> None:
    assert [finding.subject for finding in found({"shop/orders.py": thin})] == ["shop.orders"]


@pytest.mark.parametrize(
    "other",
    [
        "",
        "import shop.models\n",
        "from shop import models\n",
        "from shop.models import Order\nLIMIT = 3\n",
        "from shop.models import Order\nORDER_CLASS = Order\n",
        "from shop.models import Order\nOrder()\n",
        "from shop.models import Order\ndef f(): ...\n",
        "try:\n    from shop.models import Order\nexcept ImportError:\n    from shop.models import Item as Order\n",
    ],
)
def test_modules_that_do_something_else(other: str) -> None:
    assert found({"shop/orders.py": other}) == []


def test_packages_are_fronts() -> None:
    assert found({"shop/api/__init__.py": "from shop.models import Order\n"}) == []
