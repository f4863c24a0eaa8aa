"""``fix --move`` and ``fix --mirrors``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import Run
from tests.fix.projects import Fix, files_of

SHOP = """
    # shop/prices.py
    LIMIT = 100
    # shop/items.py
    import json
    import os

    from .prices import LIMIT


    # What is sold.
    class Item:
        price = LIMIT

        def dump(self):
            return json.dumps(self.price)


    SEPARATOR = os.sep
    # shop/baskets.py
    {target}
    # shop/cart.py
    from shop.items import SEPARATOR, Item

    def shown(item: Item) -> str:
        return SEPARATOR
    # tests/test_cart.py
    from unittest import mock

    def test_it():
        with mock.patch("shop.items.Item"):
            pass
"""

BODY = """# What is sold.
class Item:
    price = LIMIT

    def dump(self):
        return json.dumps(self.price)
"""


def test_a_class_goes_with_all_that_it_needs(fix: Fix) -> None:
    done = fix(SHOP.format(target='"""Baskets."""\n\n    SIZE = 3'), "--move", "shop.items:Item", "shop.baskets")
    assert done.code == 0
    assert done.changed == {
        "shop/baskets.py": f'"""Baskets."""\n\nimport json\n\nfrom shop.prices import LIMIT\n\nSIZE = 3\n\n\n{BODY}',
        "shop/cart.py": "from shop.baskets import Item\nfrom shop.items import SEPARATOR\n\n"
        "def shown(item: Item) -> str:\n    return SEPARATOR\n",
        "shop/items.py": "import os\n\n\nSEPARATOR = os.sep\n",
        "tests/test_cart.py": 'from unittest import mock\n\ndef test_it():\n    with mock.patch("shop.baskets.Item"):\n'
        "        pass\n",
    }


def test_a_module_that_is_not_there_is_made(fix: Fix) -> None:
    done = fix(SHOP.format(target=""), "--move", "shop.items:Item", "shop.goods")
    assert done.changed["shop/goods.py"] == f"import json\n\nfrom shop.prices import LIMIT\n\n\n{BODY}"


def test_the_old_address_can_stay_with_a_warning(fix: Fix) -> None:
    done = fix(SHOP.format(target=""), "--move", "shop.items:Item", "shop.baskets", "--keep-alias")
    after = done.changed["shop/items.py"]
    assert after is not None
    assert after.startswith(
        "import os\nimport warnings\n\n\nSEPARATOR = os.sep\n\n\ndef __getattr__(name: str) -> object:\n"
    )
    assert "shop.items.Item is deprecated, use shop.baskets.Item" in after
    compile(after, "items.py", "exec")


def test_the_target_may_have_used_it_already(fix: Fix) -> None:
    target = "from shop.items import Item\n\n    class Basket:\n        first = Item()"
    done = fix(SHOP.format(target=target), "--move", "shop.items:Item", "shop.baskets")
    after = done.changed["shop/baskets.py"]
    assert after == f"import json\n\nfrom shop.prices import LIMIT\n\n\n{BODY}\n\nclass Basket:\n    first = Item()\n"


def test_what_the_target_has_for_type_checkers_is_imported(fix: Fix) -> None:
    target = "from typing import TYPE_CHECKING\n\n    if TYPE_CHECKING:\n        import json"
    done = fix(SHOP.format(target=target), "--move", "shop.items:Item", "shop.baskets")
    after = done.changed["shop/baskets.py"]
    assert after is not None
    assert after.splitlines()[:2] == ["import json", "from typing import TYPE_CHECKING"]


@pytest.mark.parametrize(
    "target",
    [
        "try:\n        import json\n    except ImportError:\n        pass",
        "import os\n    if os.name == 'nt':\n        import json",
        "import json\n    SIZE = json.loads('3')\n    del json",
    ],
)
def test_what_the_target_has_at_times_only_is_not_relied_on(fix: Fix, target: str) -> None:
    done = fix(SHOP.format(target=target), "--move", "shop.items:Item", "shop.baskets")
    assert (done.code, done.changed) == (1, {})
    assert "`json` is not always there in shop/baskets.py" in done.out


def test_what_both_have_for_type_checkers_stays_with_them(fix: Fix) -> None:
    head = "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import json\n"
    item = "class Item:\n    def dump(self, by: json.JSONEncoder) -> str:\n        return by.encode(self)\n"
    files = {"shop/__init__.py": "", "shop/items.py": f"{head}\n\n{item}", "shop/baskets.py": head}
    done = fix(files, "--move", "shop.items:Item", "shop.baskets")
    assert done.changed["shop/baskets.py"] == f"{head}\n\n{item}"


def test_a_move_that_closes_a_circle_is_refused(fix: Fix) -> None:
    before = """
        # shop/a.py
        from shop.c import C

        LIMIT = 3

        class A:
            limit = LIMIT

        class B(A):
            other = C
        # shop/c.py
        class C:
            size = 1
    """
    done = fix(before, "--move", "shop.a:A", "shop.c")
    assert (done.code, done.changed) == (1, {})
    assert "would import" in done.out
    assert "move what both need to a third module" in done.out


METHOD = """
    def rows(self, limit):
        lines = self.path.read_text().splitlines()
        if limit is not None:
            lines = lines[:limit]
        rows = [line.split("{mark}") for line in lines]
        rows.sort()
        rows.reverse()
        for row in rows:
            row.sort()
            row.append(len(rows))
        self.seen = len(rows)
        self.first = rows[0]
        self.last = rows[-1]
        self.note(self.first, self.last)
        print(self.seen)
        return rows
"""
FUNCTION = """
def {name}(path, limit):
    lines = path.read_text().splitlines()
    if limit is not None:
        lines = lines[:limit]
    rows = [line.split(";") for line in lines]
    rows.sort()
    rows.reverse()
    for row in rows:
        row.sort()
        row.append(len(rows))
    print(rows)
    return rows
"""


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (FUNCTION.format(name="A"), FUNCTION.format(name="A"), "SSOT120"),
        ("class A:" + METHOD.format(mark="|"), "class B:" + METHOD.format(mark="|"), "SSOT124"),
        (
            "from enum import Enum\n\n\nclass A(Enum):\n    OPEN = 1\n    PAID = 2\n    SENT = 3\n",
            "from enum import Enum\n\n\nclass A(Enum):\n    OPEN = 7\n    PAID = 2\n    SENT = 4\n",
            "SSOT141",
        ),
    ],
)
@pytest.mark.parametrize("source", ["one", "other"])
def test_what_was_found_of_it_is_nothing_new_in_another_file(
    fix: Fix, ssot_lint: Run, tmp_path: Path, one: str, other: str, rule: str, source: str
) -> None:
    users = {
        f"shop/use_{name}_{number}.py": f"from shop.{name} import {each}\n\nprint({each})\n"
        for name, each, count in (("one", "A", 3), ("other", "B" if "class B" in other else "A", 1))
        for number in range(count)
    }
    before = {"shop/__init__.py": "", "shop/one.py": one, "shop/other.py": other, **users}
    moved = "B" if source == "other" and "class B" in other else "A"
    done = fix(before, "--move", f"shop.{source}:{moved}", "shop.target")
    assert done.code == 0, done.out
    _, out, _ = ssot_lint("scan", str(tmp_path), "--no-progress", "--exit-zero", "--format", "concise")
    assert rule in out


@pytest.mark.parametrize(
    ("name", "target", "error"),
    [
        ("shop.items:Nothing", "shop.baskets", "there is no such class or function"),
        ("shop.items.Item", "shop.baskets", "there is no such class or function"),
        ("shop.items:Item", "shop.items", "it is there already"),
        ("shop.items:Item", "other.baskets", "there is neither a module other.baskets nor a package other"),
        ("shop.items:Item", "shop.not-a-name", "is no name of a module"),
    ],
)
def test_a_move_that_means_nothing_is_wrong_usage(fix: Fix, name: str, target: str, error: str) -> None:
    done = fix(SHOP.format(target=""), "--move", name, target)
    assert (done.code, done.changed) == (2, {})


def test_a_name_that_the_target_has_is_refused(fix: Fix) -> None:
    done = fix(SHOP.format(target="class Item:\n        size = 1"), "--move", "shop.items:Item", "shop.baskets")
    assert (done.code, done.changed) == (1, {})
    assert "refused, shop/baskets.py has a `Item` already" in done.out


MIRRORS = """
    # shop/orders.py
    import math

    def order_total(order):
        total = sum(item.price for item in order.items)
        if order.is_gift:
            total += math.pi
        return round(total, 2)
    # shop/parcels.py
    class Parcels:
        # ssot-lint: mirrors shop.orders:order_total [order->parcel]
        @staticmethod
        def parcel_total(parcel):
            total = sum(item.price for item in parcel.items)
            return round(total, 2)
"""


def test_the_original_is_copied_over_again_with_the_renames(fix: Fix) -> None:
    assert not fix(MIRRORS).changed
    done = fix(MIRRORS, "--mirrors")
    assert done.changed == {
        "shop/parcels.py": """import math


class Parcels:
    # ssot-lint: mirrors shop.orders:order_total [order->parcel]
    @staticmethod
    def parcel_total(parcel):
        total = sum(item.price for item in parcel.items)
        if parcel.is_gift:
            total += math.pi
        return round(total, 2)
"""
    }


def test_a_copy_that_would_need_what_only_the_original_has_is_refused(fix: Fix) -> None:
    files = files_of(MIRRORS)
    files["shop/orders.py"] = files["shop/orders.py"].replace("import math", "class math:\n    pi = 3\n")
    done = fix(files, "--mirrors")
    assert (done.code, done.changed) == (1, {})
    assert "refused, `math` is not there" in done.out
