from __future__ import annotations

import pytest

from ssot_lint.query.answer import Way
from ssot_lint.query.by_name import where_named
from tests.unit.query.shop import FILES, asked_from


def way(text: str, path: str, files: dict[str, str] | None = None) -> Way:
    return where_named(asked_from(path, files), text).answers[0].way


def test_its_own_file_needs_no_import() -> None:
    assert way("OrderBook", "shop/book.py") == Way("", "it is defined in this file")


def test_an_import_that_would_close_a_circle_is_none() -> None:
    files = {"shop/sums.py": "from shop.till import open_till\n" + FILES["shop/sums.py"]}
    assert way("order_total", "shop/till.py", files) == Way("", "shop.sums leads to shop.till when it is imported")


def test_a_facade_that_leads_to_the_asker_is_passed_by() -> None:
    files = {"shop/__init__.py": "from shop.book import OrderBook\nfrom shop.till import open_till\n"}
    assert way("OrderBook", "shop/till.py", files) == Way("from shop.book import OrderBook")


def test_what_is_private_elsewhere_is_not_imported() -> None:
    files = {"shop/hidden.py": "def _secret_sum(): ...\n"}
    assert way("_secret_sum", "tests/test_book.py", files) == Way("", "`_secret_sum` is private to shop")
    assert way("_secret_sum", "shop/till.py", files) == Way("from shop.hidden import _secret_sum")


def test_another_distribution_is_out_of_reach_unless_it_is_required() -> None:
    files = {
        "one/pyproject.toml": "[project]\nname = 'one'\n",
        "one/one/__init__.py": "",
        "one/one/thing.py": "class Thing: ...\n",
        "two/pyproject.toml": "[project]\nname = 'two'\n",
        "two/two/__init__.py": "",
        "two/two/user.py": "",
    }
    assert way("Thing", "two/two/user.py", files) == Way("", "two does not depend on one")
    files["two/pyproject.toml"] += "dependencies = ['one']\n"
    assert way("Thing", "two/two/user.py", files) == Way("from one.thing import Thing")


@pytest.mark.parametrize("name", ["my-script", "class"])
def test_a_module_that_no_statement_can_name_is_not_imported(name: str) -> None:
    files = {f"{name}.py": "class Script: ...\n"}
    assert way("Script", "shop/till.py", files) == Way("", f"`{name}` is no name that an import statement can have")
