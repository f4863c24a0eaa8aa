"""Copies that nothing needs."""

from __future__ import annotations

import pytest

from ssot_lint.testing import project_from
from ssot_rules.analysis.files_that_go import goes_whole
from ssot_rules.analysis.idle_copies import is_outlived, is_unused, stood_in_for

PRICE = "def price(weight):\n    return weight * 2\n"
COST = "def cost(weight):\n    return weight * 3\n"
HOME = {"shop/__init__.py": "", "shop/home.py": PRICE, "shop/user.py": "from shop.home import price\n"}
TAKING = "from importlib import import_module\nfrom shop.home import price\n"


@pytest.mark.parametrize(
    ("copy", "more", "expected"),
    [
        (PRICE, {}, True),
        (f"import logging\nlogger = logging.getLogger(__name__)\n{PRICE}", {}, True),
        (PRICE, {"shop/other.py": "import shop.copy\n"}, True),
        (PRICE, {"shop/other.py": "import shop.copy\nfound = shop.copy.price(1)\n"}, False),
        (PRICE, {"shop/other.py": "import shop.copy\nfound = getattr(shop.copy, 'price')\n"}, False),
        (PRICE, {"shop/other.py": "from app import load\nload('shop.copy:price')\n"}, False),
        (f"{PRICE}found = list(globals())\n", {}, False),
        (f"{PRICE}# used by price lists\n", {}, False),
        (f"{PRICE}def tax():\n    return 1\n", {"shop/other.py": "from shop.copy import tax\n"}, True),
        (f"{PRICE}def tax():\n    return 1\n", {"shop/other.py": "from shop.copy import *\nprice(1)\n"}, False),
        (PRICE, {"shop/other.py": "from shop import copy\ncopy.price(2)\n"}, False),
        (PRICE, {"shop/other.py": "from shop import copy\n"}, True),
        (PRICE, {"tests/test_copy.py": "from shop.copy import price\n"}, False),
        (f"{PRICE}def total(weight):\n    return price(weight)\n", {}, False),
        (f"{PRICE}TABLE = {{'a': price}}\n", {}, False),
        (f"from app import register\n{PRICE}register(price)\n", {}, False),
        (f"__all__ = ['price']\n{PRICE}", {}, False),
        (f"@app.route\n{PRICE}", {}, False),
        (PRICE, {"shop/user.py": ""}, False),
        (PRICE, {"shop/user.py": "", "tests/test_home.py": "from shop.home import price\nprice(1)\n"}, False),
        (PRICE, {"shop/user.py": "", "shop/use.py": "import shop.home\nshop.home.price(1)\n"}, True),
        (PRICE, {"shop/load.py": "from importlib import import_module\nfound = import_module(NAME).price\n"}, False),
        (PRICE, {"shop/load.py": "found = __import__(NAME).price\n"}, False),
        (PRICE, {"shop/load.py": "from importlib import import_module\nfound = import_module(NAME).cost\n"}, True),
        (PRICE, {"shop/load.py": f"{TAKING}import_module(NAME).load(price)\n"}, True),
        (PRICE, {"shop/load.py": f"{TAKING}import_module(NAME).price(price)\n"}, False),
        (PRICE, {"shop/load.py": "import lib\nfrom importlib import import_module\nlib.price(import_module)\n"}, True),
        (PRICE, {"shop/load.py": "from importlib import import_module\nimport_module(NAME)\nx.price(1)\n"}, False),
        (
            PRICE,
            {"tests/test_load.py": "from importlib import import_module\nfound = import_module(NAME).price\n"},
            True,
        ),
    ],
)
def test_what_nobody_takes_is_unused(copy: str, more: dict[str, str], expected: bool) -> None:
    project = project_from(HOME | {"shop/copy.py": copy} | more)
    symbols = {function.id: function for function in project.functions()}
    assert is_unused(project, symbols["shop.copy:price"], symbols["shop.home:price"]) is expected


@pytest.mark.parametrize(
    ("guard", "more", "expected"),
    [
        ("except ImportError", "", True),
        ("except ModuleNotFoundError", "", True),
        ("except ValueError", "", False),
        ("except ImportError", "from shop.copy import price\n", False),
    ],
)
def test_what_is_imported_where_the_home_fails_stands_in_for_it(guard: str, more: str, expected: bool) -> None:
    user = f"try:\n    from shop.home import price\n{guard}:\n    from shop.copy import price\n{more}"
    project = project_from(HOME | {"shop/copy.py": PRICE, "shop/user.py": user})
    modules = {module.name: module for module in project.modules}
    assert stood_in_for(project, modules["shop.copy"], modules["shop.home"]) is expected


@pytest.mark.parametrize(
    ("path", "more", "expected"),
    [
        ("shop/home_obsolete.py", {}, True),
        ("shop/deprecated.py", {}, True),
        ("shop/obsolete/parts.py", {}, False),
        ("shop/other.py", {}, False),
        ("shop/home_obsolete.py", {"shop/late.py": "from shop import home_obsolete\n"}, False),
        ("shop/home_obsolete.py", {"tests/test_it.py": "from shop.home_obsolete import price\n"}, False),
    ],
)
def test_a_module_that_is_past_by_its_name_and_that_nothing_imports(
    path: str, more: dict[str, str], expected: bool
) -> None:
    project = project_from(HOME | {path: PRICE} | more)
    by_path = {module.path: module for module in project.modules}
    assert is_outlived(project, by_path[path], by_path["shop/home.py"]) is expected


REFUSED = "class Refused(Exception):\n    def __init__(self, answer):\n        {}\n        self.answer = answer\n"
TAKEN = "from shop.home import Refused\n\ndef ask(answer):\n    raise Refused(answer)\n"


@pytest.mark.parametrize(
    ("own", "more", "expected"),
    [
        ("super(Refused, self).__init__()", "", True),
        ("Refused.made += 1", "", True),
        ('"""Refused is for what nobody wants."""', "", True),
        ("super().__init__()", "def ask(answer):\n    raise Refused(answer)\n", False),
        ("super(Refused, self).__init__()", "# Refused\nasked = 1\n", False),
        ("super().__init__()", 'CHOSEN = "Refused"\n', False),
        ("other.Refused.made += 1", "", False),
    ],
)
def test_what_a_class_says_of_itself_is_no_use_of_it(own: str, more: str, expected: bool) -> None:
    sources = {
        "shop/__init__.py": "",
        "shop/home.py": REFUSED.format("super().__init__()"),
        "shop/copy.py": REFUSED.format(own) + more,
        "shop/late.py": "import shop.copy\n",
        "shop/user.py": TAKEN,
    }
    project = project_from(sources)
    symbols = {cls.module.name: cls for module in project.modules for cls in module.top_level_classes}
    assert is_unused(project, symbols["shop.copy"], symbols["shop.home"]) is expected


@pytest.mark.parametrize(
    ("path", "text", "copies", "expected"),
    [
        ("shop/quota.py", f"{PRICE}{COST}", ["price", "cost"], True),
        ("shop/quota.py", f"{PRICE}{COST}", ["price"], True),
        ("shop/quota.py", f"import shop\nLIMIT = 3\n{PRICE.replace('2', 'LIMIT')}", ["price"], True),
        ("shop/quota.py", f"__all__ = ['price']\n_CACHE = {{}}\n{PRICE}", ["price"], True),
        ("shop/quota.py", f"{PRICE}{COST}class Quota:\n    pods = 3\n", ["price", "cost"], False),
        ("shop/quota.py", f"{PRICE}{COST.replace('3', '4')}", ["price"], False),
        ("shop/quota.py", f"{PRICE}def fee(weight):\n    return weight * 3\n", ["price"], False),
        ("shop/quota.py", f"LIMITS = {{'pod': 3}}\n{PRICE}", ["price"], False),
        ("shop/old_quota.py", f"{PRICE}class Quota:\n    pods = 3\n", ["price"], True),
    ],
)
def test_a_file_goes_whole_only_if_it_has_nothing_of_its_own(
    path: str, text: str, copies: list[str], expected: bool
) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/home.py": f"{PRICE}{COST}",
        "shop/rates.py": "RATE = 1\n",
        "shop/user.py": "from shop import home, rates\n",
        "shop/web/page.py": "from shop import user\n",
    }
    project = project_from(files | {path: text})
    by_path = {module.path: module for module in project.modules}
    found = [each for each in by_path[path].top_level_functions if each.name in copies]
    assert goes_whole(project, found, by_path["shop/home.py"]) is expected
