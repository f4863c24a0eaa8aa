"""What must hold after every step: each promise, and the step that would break it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.testing import example_files
from tests.command_line import Run
from tests.fix.projects import Fix, files_of, read_files, write_files
from tests.fix.test_rows import COPIES, DETOUR, EVENTS

MONOREPO = Path(__file__).parents[2] / "fixtures" / "monorepo" / "bad"


def test_an_import_that_closes_a_circle_is_no_way_out(fix: Fix) -> None:
    before = files_of(COPIES.format(use="x = 1"))
    canonical = before["shop/orders.py"].replace("def ship", "# ssot-lint: canonical\ndef ship")
    before["shop/orders.py"] = "import shop.offers\n" + canonical
    before["shop/offers.py"] = "import shop.quotes\n" + before["shop/offers.py"]
    done = fix(before, "--unsafe", "--select", "SSOT120")
    assert (done.code, done.changed) == (1, {})
    assert "leads to shop.quotes when it is imported" in done.out


def test_a_name_is_not_captured(fix: Fix) -> None:
    home = 'ORDER_PAID = "order_paid"\n'
    files = {**EVENTS, "shop/events.py": home + "\n\nclass OrderEvent:\n    pass\n"}
    files["ssot-lint.toml"] = files["ssot-lint.toml"].replace("shop.events:OrderEvent", "shop.events:ORDER_PAID")
    files["shop/checkout.py"] = 'def pay(bus, ORDER_PAID):\n    bus.send("order_paid", ORDER_PAID)\n'
    done = fix(files, "--select", "SSOT503")
    assert (done.code, done.changed) == (1, {})
    assert "`ORDER_PAID` means something else there" in done.out


def test_texts_follow_where_the_old_address_does_nothing_any_more(fix: Fix) -> None:
    before = files_of(DETOUR)
    before["shop/report.py"] = "def report():\n    from shop.cart import Order\n\n    return Order\n"
    before["shop/shown.py"] = "from shop.cart import Order\n"
    before["tests/test_report.py"] = (
        "from unittest import mock\n\n\n@mock.patch('shop.cart.Order')\ndef test_it(order):\n"
        '    with mock.patch("shop.cart.Order.prices"), mock.patch("shop.cart.total"):\n        pass\n'
    )
    before["docs/shop.md"] = "See `shop.cart.Order`.\n"
    done = fix(before)
    assert done.changed["shop/report.py"] == "def report():\n    from shop.orders import Order\n\n    return Order\n"
    assert done.changed["tests/test_report.py"] == (
        "from unittest import mock\n\n\n@mock.patch('shop.orders.Order')\ndef test_it(order):\n"
        '    with mock.patch("shop.orders.Order.prices"), mock.patch("shop.cart.total"):\n        pass\n'
    )
    assert "look at docs/shop.md:1: it names shop.cart.Order" in done.out
    assert "docs/shop.md" not in done.changed


def test_texts_that_still_act_are_only_listed(fix: Fix) -> None:
    before = {**files_of(DETOUR), "tests/test_cart.py": "PATCHED = ['shop.cart.Order']\n"}
    done = fix(before)
    assert done.changed.keys() == {"shop/report.py"}
    assert "look at tests/test_cart.py:1: it names shop.cart.Order" in done.out


def test_a_file_that_is_not_as_it_was_scanned_is_refused(fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    from ssot_lint.fix.contents import Contents

    read = Contents.read

    def changed(self: Contents, path: str) -> bytes:
        (self.root / path).write_text("from shop.cart import Order  # somebody\n")
        return read(self, path)

    monkeypatch.setattr(Contents, "read", changed)
    done = fix(DETOUR)
    assert done.code == 1
    assert "refused, shop/report.py has changed since it was scanned" in done.out
    assert done.changed == {"shop/report.py": "from shop.cart import Order  # somebody\n"}


def test_a_silenced_violation_stays(fix: Fix) -> None:
    before = files_of(DETOUR)
    before["shop/report.py"] = "from shop.cart import Order  # ssot-lint: ignore[SSOT301] on purpose\n"
    assert not fix(before).changed


def test_the_monorepo_gains_what_the_plan_said(ssot_lint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, read_files(MONOREPO))
    monkeypatch.chdir(tmp_path)
    _, out, _ = ssot_lint("scan", "-f", "json", "--plan", "--no-cache")
    (tmp_path / "before.json").write_text(out)
    code, out, _ = ssot_lint("fix", "--unsafe", "--allow-dirty", "--no-progress")
    assert code == 0
    assert [line.partition(": ")[2].partition(":")[0] for line in out.splitlines() if ": done" in line] == [
        "SSOT206 backend.websocket.manager",
        "SSOT503 agent_completed",
        "SSOT503 agent_started",
        "SSOT306 backend.compat",
        "SSOT301 backend.store.records",
    ]
    assert out.splitlines()[-1] == "5 steps done, 0 steps refused, 4 files changed; score 38.4 -> 47.0"
    after = read_files(tmp_path)
    assert ssot_lint("fix", "--unsafe", "--allow-dirty", "--no-progress")[0] == 0
    assert read_files(tmp_path) == after


@pytest.mark.slow
def test_order_of_files_workers_and_hash_seed_do_not_matter(tmp_path: Path) -> None:
    files = {**read_files(MONOREPO), **example_files(DETOUR.replace("\n    ", "\n").lstrip())}
    seen = set()
    for seed, jobs in (("0", "1"), ("1", "2"), ("2", "3")):
        root = tmp_path / seed
        write_files(root, files)
        command = [sys.executable, "-m", "ssot_lint", "fix", ".", "--diff", "--unsafe", "--no-cache", "--jobs", jobs]
        ended = subprocess.run(
            command, cwd=root, env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, check=False
        )
        assert ended.returncode == 1, ended.stderr
        seen.add(ended.stdout)
    assert len(seen) == 1


TWICE = """
    # shop/prices.py
    import math

    {above}
    def rounded(value, step):
        {doc}
        count = math.floor(value / step)
        return count * step


    def rounded(value, step):
        count = math.floor(value / step)

        return count * step
"""


@pytest.mark.parametrize(("above", "doc"), [("# In cents.", ""), ("", "# In cents."), ("", '"""In cents."""')])
def test_a_repeat_that_says_more_stays(fix: Fix, above: str, doc: str) -> None:
    fixed = fix(TWICE.format(above=above, doc=doc), "--unsafe")
    assert fixed.changed == {}
    assert "the comments or the docstring of `rounded` would be lost with it" in fixed.out


def test_a_repeat_in_another_layout_goes(fix: Fix) -> None:
    assert fix(TWICE.format(above="", doc=""), "--unsafe").changed.keys() == {"shop/prices.py"}


def test_the_only_docstring_is_not_thrown_away(fix: Fix) -> None:
    before = files_of(COPIES.format(use="x = 1"))
    before["shop/quotes.py"] = before["shop/quotes.py"].replace("zone):", 'zone):\n    """In euros."""')
    fixed = fix(before, "--unsafe", "--select", "SSOT120")
    assert (fixed.code, fixed.changed) == (1, {})
    assert "only the copy has a docstring" in fixed.out


TWO_TASKS = """
    # shop/tasks.py
    from luigi import Task


    class Nightly{bases}:
        def run(self):
            count = sum(self.sold)
            return count * self.price


    class Nightly{bases}:
        def run(self):
            count = sum(self.sold)
            return count * self.price
"""


@pytest.mark.parametrize("bases", ["(Task)", "(Task, object)", "(metaclass=Task)"])
def test_a_repeat_that_something_may_count_stays(fix: Fix, bases: str) -> None:
    fixed = fix(TWO_TASKS.format(bases=bases), "--unsafe")
    assert (fixed.code, fixed.changed) == (1, {})
    assert "what `Nightly` inherits from may keep a list of its subclasses" in fixed.out


@pytest.mark.parametrize("bases", ["", "(Exception)", "(object)"])
def test_a_repeat_that_nothing_counts_goes(fix: Fix, bases: str) -> None:
    assert fix(TWO_TASKS.format(bases=bases), "--unsafe").changed.keys() == {"shop/tasks.py"}


EXAMPLE = """
class {name}:
    rate = 3
    limit = 10

    def brew(self, ingredient):
        amount = self.rate * len(ingredient)
        if amount > self.limit:
            amount = self.limit
        return f"brewing {{ingredient}} with {{amount}}"
"""
COST = """
def {name}(weight, zone):
    cost = 3.5
    if weight > 10:
        cost += (weight - 10) * 0.4
    if zone == "island":
        cost += 12
    if weight > 100:
        cost *= 1.5
    return round(cost, 2)
"""


def examples(body: str, *files: str) -> dict[str, str]:
    """Files with one definition each, under a name of the folder."""
    return {f"tools/no-{file}": body.format(name=f"Fruit{file[0].upper()}") + USED[body == COST] for file in files}


USED = (
    "\n\nclass Apple(FruitA):\n    pass\n",
    "\n\ndef total(order):\n    return FruitA(order.weight, order.zone)\n",
)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (examples(EXAMPLE, "a/good.py", "a/bad.py", "b/good.py", "b/bad.py"), "SSOT101"),
        (examples(COST, "a/good.py", "a/bad.py", "b/bad.py", "b/good.py"), "SSOT120"),
    ],
)
def test_a_name_that_is_another_file_in_other_folders_is_no_address(fix: Fix, files: dict[str, str], code: str) -> None:
    done = fix(files, "--unsafe", "--select", code)
    assert done.changed == {}
    assert "is another file in other folders" in done.out


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (examples(EXAMPLE, "a/good/method.py", "a/bad/method.py", "b/good/method.py", "b/bad/method.py"), "SSOT101"),
        (examples(COST, "a/good.py", "a/bad/deep.py", "b/bad.py", "b/good.py"), "SSOT120"),
    ],
)
def test_copies_in_folders_that_no_package_is_around_are_left_alone(fix: Fix, files: dict[str, str], code: str) -> None:
    done = fix(files, "--unsafe", "--select", code)
    assert done.changed == {}
    assert done.out.startswith("0 steps done, 0 steps refused")


@pytest.mark.parametrize(
    "files",
    [
        examples(EXAMPLE, "a/good.py", "a/bad.py"),
        examples(COST, "a/good.py", "a/bad.py"),
        {
            **examples(EXAMPLE, "a/good.py", "a/bad.py", "b/bad.py"),
            "tools/no-a/run.py": "import good\n\ngood.FruitA()\n",
        },
    ],
)
def test_scripts_may_import_their_neighbours(fix: Fix, files: dict[str, str]) -> None:
    done = fix(files, "--unsafe", "--select", "SSOT101,SSOT120")
    assert any("import FruitA" in (text or "") for text in done.changed.values()), done.out


def test_a_step_that_makes_a_violation_of_what_is_only_listed_is_refused(
    fix: Fix, ssot_lint: Run, tmp_path: Path
) -> None:
    files = {
        "shop/cart.py": "class Cart:\n    pass\n",
        "shop/till.py": "from shop.cart import Cart\n\nTILL = Cart()\n",
        "shop/desk.py": "from shop.cart import Cart\n\n\nclass Desk:\n    cart = Cart()\n",
        **{f"shop/user{number}.py": "from shop.desk import Cart\n\nUSER = Cart()\n" for number in range(4)},
    }
    write_files(tmp_path, files)
    _, out, _ = ssot_lint("scan", str(tmp_path), "-q", "-f", "json", "--show-info", "--select", "SSOT301")
    (finding,) = json.loads(out)["findings"]
    done = fix(files, "--select", "SSOT301", finding["sites"][0]["id"])
    assert (done.code, done.changed) == (1, {})
    assert "which is only listed now, would be a violation" in done.out
    done = fix(files, "--select", "SSOT301", *(site["id"] for site in finding["sites"]))
    assert (done.code, len(done.changed)) == (0, 4)


@pytest.mark.parametrize(
    ("use", "is_done"), [("from shop.quotes import other", True), ("from shop.quotes import shipping_cost", False)]
)
def test_what_an_unread_file_may_use_is_not_deleted(fix: Fix, use: str, is_done: bool) -> None:
    before = files_of(COPIES.format(use="x = 1"))
    before["shop/odd.py"] = f"{use}\nif x:\n    (x): int = 1\n"
    done = fix(before, "--unsafe", "--select", "SSOT120")
    assert bool(done.changed) is is_done
    assert ("shop/odd.py, which could not be read, may use shipping_cost of shop/quotes.py" in done.out) is not is_done
