"""What can be fixed, row by row: the whole command, before and after."""

from __future__ import annotations

import pytest

from tests.fix.projects import Fix, files_of

DETOUR = """
    # shop/orders.py
    class Order:
        prices = ()
    # shop/cart.py
    from shop.orders import Order

    def total(order: Order) -> int:
        return sum(order.prices)
    # shop/report.py
    from shop.cart import Order
    # shop/export.py
    from shop.orders import Order
"""

SHIM = """
    # shop/models/order.py
    class Order:
        paid = False

    class Item:
        price = 1
    # shop/order.py
    import warnings

    from shop.models.order import Item, Order

    warnings.warn("shop.order is deprecated, use shop.models.order", DeprecationWarning, stacklevel=2)
    # shop/cart.py
    {imports}
"""

COPIES = """
    # shop/orders.py
    import math

    def shipping_cost(weight, zone):
        cost = 3.5
        if weight > 10:
            cost += math.floor(weight - 10) * 0.4
        if zone == "island":
            cost += 12
        return round(cost, 2)
    # shop/billing.py
    from shop.orders import shipping_cost

    def billed(order):
        return shipping_cost(order.weight, order.zone)
    # shop/quotes.py
    import math

    # How much it costs.
    def shipping_cost(weight, zone):
        cost = 3.5
        if weight > 10:
            cost += math.floor(weight - 10) * 0.4
        if zone == "island":
            cost += 12
        return round(cost, 2)


    {use}
    # shop/offers.py
    from shop.quotes import shipping_cost

    def offered(order):
        return shipping_cost(order.weight, order.zone)
"""


def test_importers_of_a_detour_import_the_definition(fix: Fix) -> None:
    done = fix(DETOUR)
    assert done.changed == {"shop/report.py": "from shop.orders import Order\n"}
    assert done.code == 0
    assert "step 1: SSOT301 shop.orders:Order: done, 1 violation, shop/report.py" in done.out
    assert "1 step done, 0 steps refused, 1 file changed; score 88.9 -> 100.0" in done.out


@pytest.mark.parametrize(
    ("imports", "after"),
    [
        ("from shop.order import Order", "from shop.models.order import Order\n"),
        ("from .order import Item, Order", "from .models.order import Item, Order\n"),
        (
            "import shop.order\n\n    paid = shop.order.Order.paid",
            "import shop.models.order\n\npaid = shop.models.order.Order.paid\n",
        ),
        ("import shop.order as o\n\n    paid = o.Order.paid", "import shop.models.order as o\n\npaid = o.Order.paid\n"),
        (
            "from shop import order\n\n    paid = order.Order.paid",
            "from shop.models import order\n\npaid = order.Order.paid\n",
        ),
    ],
)
def test_importers_of_a_deprecated_module_move(fix: Fix, imports: str, after: str) -> None:
    done = fix(SHIM.format(imports=imports))
    assert done.changed == {"shop/cart.py": after}


@pytest.mark.parametrize(
    ("imports", "reason"),
    [
        ("import shop.order\n\n    handed = shop.order", "it hands on the module `shop.order` itself"),
        ("import shop.order as o\n\n    x = o.warnings", "`warnings` is not the same in shop.models.order"),
        (
            "from shop import order\n\n    def f(order):\n        return order.Order",
            "`order` means something else in a part of the file",
        ),
        ("from shop.order import *", "a star import takes it, which names nothing that could move"),
    ],
)
def test_what_a_module_is_used_for_may_stand_in_the_way(fix: Fix, imports: str, reason: str) -> None:
    done = fix(SHIM.format(imports=imports), "--select", "SSOT306")
    assert not done.changed
    assert done.code == 1
    assert f"refused, {reason}" in done.out


def test_a_front_is_left_until_somebody_asks(fix: Fix) -> None:
    files = {**files_of(SHIM.format(imports="from shop.order import Order, Item"))}
    files["shop/order.py"] = "from shop.models.order import Item\nfrom shop.models.order import Order as Order\n"
    assert not fix(files).changed
    assert fix(files, "--select", "thin-reexport-module").changed == {
        "shop/cart.py": "from shop.models.order import Order, Item\n"
    }


def test_a_copy_goes_and_its_importers_move(fix: Fix) -> None:
    before = COPIES.format(use="def quoted(order):\n        return shipping_cost(order.weight, order.zone)")
    done = fix(before, "--unsafe")
    assert done.changed == {
        "shop/offers.py": "from shop.orders import shipping_cost\n\ndef offered(order):\n"
        "    return shipping_cost(order.weight, order.zone)\n",
        "shop/quotes.py": "from shop.orders import shipping_cost\n\n\ndef quoted(order):\n"
        "    return shipping_cost(order.weight, order.zone)\n",
    }


def test_a_copy_is_not_touched_without_unsafe(fix: Fix) -> None:
    done = fix(COPIES.format(use="x = 1"))
    assert not done.changed
    assert done.code == 0
    assert "left: 1 violation for --unsafe, 0 for a decision" in done.out
    assert fix(COPIES.format(use="x = 1"), "--step", "1").code == 1


def test_an_import_that_something_else_needs_stays(fix: Fix) -> None:
    done = fix(COPIES.format(use="PI = math.pi"), "--unsafe")
    assert done.changed["shop/quotes.py"] == "import math\n\n\nPI = math.pi\n"


def test_what_is_listed_in_all_stays_importable(fix: Fix) -> None:
    done = fix(COPIES.format(use='__all__ = ["shipping_cost"]\n    LIMIT = [3]'), "--unsafe")
    assert done.changed["shop/quotes.py"] == (
        'from shop.orders import shipping_cost\n\n\n__all__ = ["shipping_cost"]\nLIMIT = [3]\n'
    )


def test_a_step_that_would_bring_another_finding_is_refused(fix: Fix) -> None:
    done = fix(COPIES.format(use='__all__ = ["shipping_cost"]'), "--unsafe")
    assert not done.changed
    assert done.code == 1
    assert "refused, it would bring SSOT309 in shop/quotes.py:1" in done.out


def test_a_copy_that_reads_other_things_is_refused(fix: Fix) -> None:
    before = COPIES.format(use="x = 1").replace(
        "    # shop/quotes.py\n    import math", "    # shop/quotes.py\n    from shop import math"
    )
    done = fix(
        {**files_of(before), "shop/math.py": "from math import ceil as floor\n"}, "--unsafe", "--select", "SSOT12"
    )
    assert not done.changed


def test_a_repeat_goes(fix: Fix) -> None:
    body = "def parcel(weight):\n    first = weight\n    second = first\n    return [first, second]\n"
    done = fix({"shop/__init__.py": "", "shop/parcels.py": f"LIMIT = 3\n\n\n{body}\n\n{body}"}, "--unsafe")
    assert done.changed == {"shop/parcels.py": f"LIMIT = 3\n\n\n{body}"}


def test_a_coroutine_is_awaited(fix: Fix) -> None:
    done = fix(
        """
        # shop/mail.py
        async def send(address):
            return address

        async def send_all(addresses):
            for address in addresses:
                send(address)
            return send("last").upper()
        """,
        "--unsafe",
    )
    after = done.changed["shop/mail.py"]
    assert after is not None
    assert "        await send(address)\n" in after
    assert '    return (await send("last")).upper()\n' in after


def test_a_shadowed_file_is_deleted_if_nothing_is_lost(fix: Fix) -> None:
    files = {"shop/__init__.py": "", "shop/models.py": "TAX = 19\n", "shop/models/__init__.py": "TAX = 21\n"}
    assert fix(files, "--unsafe").changed == {"shop/models.py": None}


def test_a_broken_import_goes_to_the_only_place_that_has_the_name(fix: Fix) -> None:
    before = """
        # shop/orders.py
        LIMIT = 3
        # shop/warehouse.py
        class PurchaseOrder:
            lines = ()
        # shop/cart.py
        from shop.orders import LIMIT, PurchaseOrder
    """
    assert fix(before, "--unsafe").changed == {
        "shop/cart.py": "from shop.orders import LIMIT\nfrom shop.warehouse import PurchaseOrder\n"
    }


def test_a_comment_that_does_nothing_goes(fix: Fix) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/a.py": "# ssot-lint: ignore[SSOT101] gone\nA = 1\nB = 2  # ssot-lint: ignore[SSOT101]\n",
    }
    assert fix(files).changed == {"shop/a.py": "A = 1\nB = 2\n"}


EVENTS = {
    "ssot-lint.toml": '[[components]]\nname = "orders"\nhome = "shop.events:OrderEvent"\nevents = ["order_paid"]\n',
    "shop/__init__.py": "",
    "shop/checkout.py": 'def pay(bus, order):\n    bus.send("order_paid", order)\n',
}


def test_a_literal_becomes_the_member_of_its_home(fix: Fix) -> None:
    home = 'from enum import Enum\n\n\nclass OrderEvent(Enum):\n    PAID = "order_paid"\n'
    assert fix({**EVENTS, "shop/events.py": home}).changed == {
        "shop/checkout.py": "from shop.events import OrderEvent\n\n\ndef pay(bus, order):\n"
        "    bus.send(OrderEvent.PAID.value, order)\n"
    }


def test_a_member_that_is_a_text_is_another_type(fix: Fix) -> None:
    home = 'from enum import Enum\n\n\nclass OrderEvent(str, Enum):\n    PAID = "order_paid"\n'
    files = {**EVENTS, "shop/events.py": home}
    assert not fix(files).changed
    assert "OrderEvent.PAID, order" in (fix(files, "--unsafe").changed["shop/checkout.py"] or "")


def test_a_second_run_changes_nothing(fix: Fix) -> None:
    first = fix(DETOUR)
    assert first.changed
    again = fix({**files_of(DETOUR), **{path: text for path, text in first.changed.items() if text is not None}})
    assert not again.changed
    assert again.code == 0


SINGLE = """
    # shop/quotes.py
    import math
    from shop.orders import Item
    from shop.orders import Order

    def shipping_cost(weight, zone):
        cost = 3.5
        if weight > 10:
            cost += math.floor(weight - 10) * 0.4
        if zone == "island":
            cost += 12
        return round(cost, 2)

    def quoted(weight):
        return Order, Item, shipping_cost(weight, "") + math.pi
    # shop/orders.py
    import math

    class Order:
        pass

    class Item:
        pass

    def shipping_cost(weight, zone):
        cost = 3.5
        if weight > 10:
            cost += math.floor(weight - 10) * 0.4
        if zone == "island":
            cost += 12
        return round(cost, 2)
    # shop/billing.py
    from shop.orders import shipping_cost

    def billed(order):
        return shipping_cost(order.weight, order.zone)
"""


def test_a_name_gets_a_statement_of_its_own_where_each_has_one(fix: Fix) -> None:
    quotes = fix(SINGLE, "--unsafe").changed["shop/quotes.py"]
    assert quotes is not None
    assert quotes.splitlines()[:4] == [
        "import math",
        "from shop.orders import Item",
        "from shop.orders import Order",
        "from shop.orders import shipping_cost",
    ]


ERRORS = """
    # shop/errors.py
    class ShopError(Exception):
        code = "shop"

        retry = False

        def __str__(self) -> str:
            return f"{self.code}: {self.args[0] if self.args else 'no reason is known'}"
    # shop/client.py
    from shop.errors import ShopError

    def failed(reason):
        raise ShopError(reason)
    # shop/remote.py
    import inspect
    import sys

    class ShopError(Exception):
        code = "shop"

        retry = False

        def __str__(self) -> str:
            return f"{self.code}: {self.args[0] if self.args else 'no reason is known'}"

    def raise_for(code):
        for _, cls in inspect.getmembers(WHERE, inspect.isclass):
            if cls.code == code:
                raise cls
"""


@pytest.mark.parametrize("where", ["sys.modules[__name__]", "globals()['__spec__'].loader", "sys.modules[ __name__ ]"])
def test_a_module_that_looks_its_own_names_up_keeps_them(fix: Fix, where: str) -> None:
    remote = fix(ERRORS.replace("WHERE", where), "--unsafe").changed["shop/remote.py"]
    assert remote is not None
    assert "from shop.errors import ShopError\n" in remote
    assert "class ShopError" not in remote


HELD = """
    # shop/orders.py
    import math

    def shipping_cost(weight, zone):
        cost = 3.5
        if weight > 10:
            cost += math.floor(weight - 10) * 0.4
        if zone == "island":
            cost += 12
        return round(cost, 2)
    # shop/billing.py
    from shop.orders import shipping_cost

    def billed(order):
        return shipping_cost(order.weight, order.zone)
    # shop/quotes.py
    import math

    def shipping_cost(weight, zone):
        cost = 3.5
        if weight > 10:
            cost += math.floor(weight - 10) * 0.4
        if zone == "island":
            cost += 12
        return round(cost, 2)

    def quote(weight):
        return shipping_cost(weight, "mainland")
    # shop/holder.py
    {holder}
"""
GONE = 'from shop.orders import shipping_cost\n\ndef quote(weight):\n    return shipping_cost(weight, "mainland")\n'


@pytest.mark.parametrize(
    "holder",
    [
        "from shop import quotes\n\n    PLACE = quotes.__file__",
        "import shop.quotes\n\n    QUOTE = shop.quotes.quote(3)",
        "import math\n\n    from shop import quotes as quoted\n\n    QUOTE = math.floor(quoted.quote(3))",
        'from unittest import mock\n\n    PATCH = mock.patch("shop.quotes.quote")',
    ],
)
def test_an_import_goes_that_nobody_reads_off_the_module(fix: Fix, holder: str) -> None:
    done = fix(HELD.format(holder=holder), "--unsafe", "--select", "SSOT120")
    assert done.code == 0, done.out
    assert done.changed == {"shop/quotes.py": GONE}


@pytest.mark.parametrize(
    "holder",
    [
        "from shop import quotes\n\n    FLOOR = quotes.math.floor",
        "import shop.quotes\n\n    FLOOR = getattr(shop.quotes, 'math')",
        "from shop.quotes import *",
        'from unittest import mock\n\n    PATCH = mock.patch("shop.quotes.math.floor")',
        "from shop.quotes import math",
    ],
)
def test_an_import_stays_that_somebody_reads_off_the_module(fix: Fix, holder: str) -> None:
    done = fix(HELD.format(holder=holder), "--unsafe", "--select", "SSOT120")
    assert done.code == 0, done.out
    assert (done.changed["shop/quotes.py"] or "").startswith("import math\n")
