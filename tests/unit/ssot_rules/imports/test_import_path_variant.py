from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.import_path_variant import ImportPathVariant

ORDERS = "class Order: ...\ndef net(order): ...\nLIMIT = 1\n"
CART = "from shop.orders import Order, net, LIMIT\ndef total(order): ...\n"
REPORT = "from shop.cart import Order\n"
SHOP = {
    "shop/__init__.py": "",
    "shop/orders.py": ORDERS,
    "shop/cart.py": CART,
    "shop/report.py": REPORT,
    "shop/export.py": "from shop.orders import Order, net\n",
}


def found(extra: dict[str, str] | None = None, rule: ImportPathVariant | None = None) -> list[Finding]:
    return findings(rule or ImportPathVariant(), SHOP | (extra or {}))


def test_names_the_module_in_between_and_the_path_to_write() -> None:
    (finding,) = found()
    assert finding.subject == "shop.orders:Order"
    assert finding.message == (
        "class `Order` of shop.orders is imported through shop.cart by 1 module, from shop.orders by 2"
    )
    assert finding.remedy == (
        "Write `from shop.orders import Order` instead of importing it through shop.cart (1 module); "
        "a module that is meant to offer it says so in its `__all__`"
    )
    assert finding.home is not None
    assert finding.home.symbol == "shop.orders:Order"
    assert finding.home.reason == "the definition; imported from shop.orders by 2 modules"
    (site,) = finding.sites
    assert (site.location, site.symbol) == (Location("shop/report.py", 1, 23, 1), "shop.report")
    assert site.message == (
        "takes `Order` from shop.cart, which only passes it on: write `from shop.orders import Order`"
    )
    assert site.body
    assert finding.rests_on == ("shop/cart.py",)


@pytest.mark.parametrize(
    "anew", ["net = partial(net, 3)\n", "net = wrapped(net)\n", "if FAST:\n    net = None\n", "net += 1\n"]
)
def test_what_the_module_in_between_binds_anew_is_not_only_passed_on(anew: str) -> None:
    extra = {"shop/cart.py": CART + anew, "shop/report.py": "from shop.cart import net\n"}
    assert found(extra) == []


def test_evidence_tells_what_to_rewrite() -> None:
    (finding,) = found()
    assert finding.evidence["rewrites"] == [
        {"name": "Order", "old": "shop.cart", "new": "shop.orders", "path": "shop/report.py", "line": 1}
    ]
    assert finding.evidence["text"] == [
        "shop.orders (definition): 2 modules, first in shop/cart.py:1",
        "shop.cart (detour): 1 module, first in shop/report.py:1",
    ]


def test_evidence_tells_a_facade_from_a_detour() -> None:
    (finding,) = found(
        {
            "shop/api.py": "from shop.orders import Order\n__all__ = ['Order']\n",
            "shop/mail.py": "from shop.api import Order\n",
        }
    )
    assert finding.evidence["paths"] == [
        {"module": "shop.orders", "role": "definition", "importers": ["shop.api", "shop.cart", "shop.export"]},
        {"module": "shop.cart", "role": "detour", "importers": ["shop.report"]},
        {"module": "shop.api", "role": "other", "importers": ["shop.mail"]},
    ]


def test_each_statement_that_takes_it_from_a_detour_is_a_site() -> None:
    mail = "from shop.report import Order\ndef send():\n    from shop.cart import Order as Mailed\n"
    (finding,) = found({"shop/mail.py": mail})
    assert [(site.symbol, site.location.line) for site in finding.sites] == [
        ("shop.mail:send", 3),
        ("shop.report", 1),
        ("shop.mail", 1),
    ]
    assert finding.sites[0].message.endswith("write `from shop.orders import Order as Mailed`")


def test_a_name_that_the_module_has_already_is_not_imported_twice() -> None:
    (finding,) = found({"shop/report.py": "from shop.orders import Order\ndef f():\n    from shop.cart import Order\n"})
    assert [site.message for site in finding.sites] == [
        "takes `Order` from shop.cart, which only passes it on: delete it, line 1 imports the same"
    ]


def test_where_all_have_the_name_already_it_only_goes() -> None:
    (finding,) = found({"shop/report.py": "from .cart import Order, total\nfrom .orders import Order\n"})
    assert finding.sites[0].message.endswith("delete `Order` there, line 2 imports the same")
    assert finding.remedy == (
        "Delete `Order` from the imports of shop.cart (1 module): another line has it from its home; "
        "a module that is meant to offer it says so in its `__all__`"
    )


@pytest.mark.parametrize(
    ("report", "statement"),
    [
        ("from .cart import Order\n", "from .orders import Order"),
        ("from .cart import Order as Bill\n", "from .orders import Order as Bill"),
        ("from shop.cart import Order\n", "from shop.orders import Order"),
        ("def f():\n    from .cart import Order\n", "from .orders import Order"),
    ],
)
def test_the_import_to_write_has_dots_where_that_one_has(report: str, statement: str) -> None:
    (finding,) = found({"shop/report.py": report})
    assert finding.sites[0].message.endswith(f": write `{statement}`")
    assert finding.remedy.startswith(f"Write `{statement.removesuffix(' as Bill')}` instead of")


def test_dots_lead_up_from_a_package_below() -> None:
    nested = {"shop/desk/__init__.py": "", "shop/desk/till.py": "from ..cart import Order\n", "shop/report.py": ""}
    (finding,) = found(nested)
    assert finding.sites[0].message.endswith(": write `from ..orders import Order`")


TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.orders import Order\n"
LATE = "def f(x):\n    from shop.cart import Order\n    return isinstance(x, Order)\n"


@pytest.mark.parametrize(
    ("report", "is_there"),
    [
        ("from shop.orders import Order\n" + LATE, True),
        ("from shop.orders import Order\nfrom shop.cart import Order\n", True),
        ("from shop.cart import Order\nimport sys\nfrom shop.orders import Order\n", True),
        ("from shop.cart import Order\nX = Order()\nfrom shop.orders import Order\n", False),
        ("from shop.cart import Order\nclass X(Order): ...\nfrom shop.orders import Order\n", False),
        (TYPES + LATE, False),
        ("try:\n    from shop.orders import Order\nexcept ImportError:\n    pass\n" + LATE, False),
        ("import sys\nif sys.argv:\n    from shop.orders import Order\n" + LATE, False),
        ("def g():\n    from shop.orders import Order\n" + LATE, False),
        (LATE + "from shop.orders import Order\n", False),
        ("from shop.orders import Order\ndel Order\n" + LATE, False),
        ("from shop.orders import Order\nOrder = None\n" + LATE, False),
    ],
)
def test_what_is_deleted_is_there_when_it_is_needed(report: str, is_there: bool) -> None:
    (finding,) = found({"shop/report.py": report})
    (site,) = finding.sites
    assert ("delete it" in site.message, "write `" in site.message) == (is_there, not is_there)


def test_functions_count_too() -> None:
    (finding,) = found({"shop/report.py": "from shop.cart import net\n"})
    assert finding.message.startswith("function `net` of shop.orders")


def test_a_star_import_is_a_way_too() -> None:
    (finding,) = found({"shop/cart.py": "from shop.orders import *\nX = 1\n"})
    assert finding.rests_on == ("shop/cart.py",)


def test_a_path_that_all_others_take_is_no_detour() -> None:
    assert found({"shop/export.py": ""}) == []
    assert found({"shop/export.py": "", "tests/test_orders.py": "from shop.orders import Order\n"}) == []
    assert len(found({"shop/export.py": "", "shop/api.py": CART, "shop/mail.py": "from shop.api import Order\n"})) == 1


def test_a_package_that_is_used_more_is_the_path_to_write() -> None:
    package = {
        "shop/__init__.py": "from shop.orders import Order\n",
        "shop/report.py": "",
        "app/__init__.py": "",
        "app/a.py": "from shop import Order\n",
        "app/b.py": "from shop import Order\n",
        "app/c.py": "from shop import Order\n",
        "app/d.py": "from shop.cart import Order\n",
    }
    (finding,) = found(package)
    assert finding.remedy.startswith("Write `from shop import Order` instead")


def test_modules_within_a_package_are_not_sent_to_the_package() -> None:
    package = {
        "shop/__init__.py": "from shop.orders import Order\n",
        "app/__init__.py": "",
        "app/a.py": "from shop import Order\n",
        "app/b.py": "from shop import Order\n",
        "app/c.py": "from shop import Order\n",
    }
    (finding,) = found(package)
    assert finding.remedy.startswith("Write `from shop.orders import Order` instead")


@pytest.mark.parametrize(
    "cart",
    [
        CART + "__all__ = ['Order']\n",
        CART + "__all__ = names()\n",
        "from shop.orders import *\n",
        "from shop.orders import Order  # noqa: F401\n",
        "# Kept for backwards compatibility\nfrom shop.orders import Order\n",
        "from shop.orders import Order as Order\n",
        "try:\n    from shop.orders import Order\nexcept ImportError:\n    Order = None\n",
        '"""DEPRECATED: use shop.orders."""\n' + CART,
        '"""Carts.\n\nHere are compatibility exports for Order.\n"""\n' + CART,
        '"""This module re-exports what orders need."""\n' + CART,
        '"""Facade of orders and carts."""\n' + CART,
        '# MIT\n"""This module is a thin facade over shop.orders."""\n' + CART,
        "import shop.orders\nOrder = shop.orders.Order\n",
        "import shop.orders as o\nOrder = o.Order\ndef total(): ...\n",
        "from shop import orders\nOrder: type = orders.Order\n",
    ],
    ids=[
        "listed",
        "computed",
        "only stars",
        "marked",
        "commented",
        "renamed to itself",
        "chosen",
        "deprecated",
        "compatibility exports",
        "re-exports",
        "facade",
        "facade by a sentence",
        "assigned",
        "assigned in code",
        "assigned with an annotation",
    ],
)
def test_a_module_that_says_what_it_offers_is_a_facade(cart: str) -> None:
    assert found({"shop/cart.py": cart}) == []


def test_a_configured_module_is_a_facade() -> None:
    assert found(rule=ImportPathVariant(facades=("shop.c*",))) == []
    assert len(found(rule=ImportPathVariant(facades=("shop.orders",)))) == 1


def test_a_package_around_the_definition_is_a_proper_path() -> None:
    assert (
        found({"shop/__init__.py": "from shop.orders import Order\n", "shop/report.py": "from shop import Order\n"})
        == []
    )


def test_a_public_module_may_front_a_private_one_of_its_package() -> None:
    private = {"shop/_orders.py": ORDERS, "shop/cart.py": "from shop._orders import Order\n"}
    assert found(private) == []
    (finding,) = found(
        {
            "shop/_impl/__init__.py": "",
            "shop/_impl/a.py": ORDERS,
            "shop/_impl/b.py": "from shop._impl.a import Order\n",
            "shop/report.py": "from shop._impl.b import Order\n",
            "shop/export.py": "from shop._impl.a import Order\n",
        }
    )
    assert [site.symbol for site in finding.sites] == ["shop.report"]


def test_what_is_private_to_others_is_no_way_out() -> None:
    files = {
        "core/__init__.py": "",
        "core/_orders.py": ORDERS,
        "core/use.py": "from core._orders import Order\n",
        "shop/cart.py": "from core._orders import Order\n",
        "shop/export.py": "from core._orders import Order\n",
    }
    assert found(files) == []


def test_imports_that_choose_between_sources_are_left_alone() -> None:
    assert (
        found({"shop/report.py": "try:\n    from shop.cart import Order\nexcept ImportError:\n    Order = 1\n"}) == []
    )


def test_constants_do_not_count() -> None:
    assert found({"shop/report.py": "from shop.cart import LIMIT\n"}) == []


def test_another_name_is_no_path() -> None:
    assert (
        found(
            {
                "shop/cart.py": "from shop.orders import Order as Basket\n",
                "shop/report.py": "from shop.cart import Basket\n",
            }
        )
        == []
    )


def test_importers_in_tests_alone_are_no_reason() -> None:
    assert found({"shop/report.py": "", "tests/test_cart.py": "from shop.cart import Order\n"}) == []


def test_a_package_offers_what_its_own_modules_have() -> None:
    market = {
        "market/__init__.py": "from market.base import Order\n",
        "market/base.py": "from shop.orders import Order\ndef trade(order: Order): ...\n",
        "shop/report.py": "",
    }
    assert found(market) == []


@pytest.mark.parametrize(
    ("docstring", "line", "count"),
    [
        ("Old place of the orders.", "from shop.orders import Order  # noqa: F401", 1),
        ("The former home of Order.", "from shop.orders import Order, net  # noqa: F401", 1),
        ("Previous import path, for plug-ins.", "from shop.orders import *  # noqa: F403", 1),
        ("Kept under the old path", "from shop.orders import Order  # noqa", 1),
        ("Old place of the orders.", "from shop.orders import Order as Order", 0),
        ("Old place of the orders.", "from shop.orders import Order\n__all__ = ['Order']", 0),
        ("The place of the orders.", "from shop.orders import Order  # noqa: F401", 0),
        ("How old the path of an order is.", "from shop.orders import Order  # noqa: F401", 0),
    ],
)
def test_an_old_place_offers_nothing_by_a_comment(docstring: str, line: str, count: int) -> None:
    old = {"shop/cart.py": f'"""{docstring}"""\n{line}\n'}
    assert len(found(old)) == count


STAR = {"lib/__init__.py": "from lib.cart import *\nX = 1\n", "shop/report.py": "from lib import Order\n"}


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"lib/cart.py": CART + "__all__ = ['Order']\n"}, 0),
        ({"lib/cart.py": "from lib.deep import *\nY = 1\n", "lib/deep.py": CART + "__all__ = ['Order']\n"}, 0),
        ({"lib/cart.py": CART + "__all__ = ['total']\n"}, 0),
        ({"lib/cart.py": CART}, 1),
        (
            {
                "lib/cart.py": CART + "__all__ = ['Order']\n",
                "lib/__init__.py": "",
                "lib/face.py": "from lib.cart import *\nX = 1\n",
                "shop/report.py": "from lib.face import Order\n",
            },
            1,
        ),
    ],
    ids=["listed", "listed further down", "not listed, so not taken", "no list", "by no package"],
)
def test_a_package_offers_what_it_takes_by_a_star_from_a_list(files: dict[str, str], count: int) -> None:
    assert len(found(STAR | files)) == count


def test_one_more_name_from_where_most_of_a_statement_is_on_offer_is_info() -> None:
    cart = "from shop.orders import Order, net, Bill, Gift\n__all__ = ['net', 'Bill']\nX = 1\n"
    files = {"shop/orders.py": ORDERS + "class Bill: ...\nclass Gift: ...\n", "shop/cart.py": cart}
    (finding,) = found(files | {"shop/report.py": "from shop.cart import Bill, Order, net\n"})
    assert finding.severity is Severity.INFO
    for few in ("Order, net", "Order, Gift, net"):
        assert None in [each.severity for each in found(files | {"shop/report.py": f"from shop.cart import {few}\n"})]
    (finding,) = found(files | {"shop/report.py": "from shop.cart import Bill, Order, net\n", "shop/mail.py": REPORT})
    assert (finding.severity, [site.module for site in finding.sites]) == (None, ["shop.mail"])


def test_who_passes_the_name_on_is_info() -> None:
    (finding,) = found({"shop/report.py": REPORT + "__all__ = ['Order']\n"})
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(("names", "users", "count"), [(10, 3, 0), (9, 3, 1), (10, 1, 1)])
def test_a_package_that_most_take_its_long_list_from_is_a_face(names: int, users: int, count: int) -> None:
    listed = [f"Part{number}" for number in range(names)]
    files = {
        "parts/__init__.py": "",
        "parts/all.py": "".join(f"class {name}: ...\n" for name in listed),
        "lib/__init__.py": f"from parts.all import *\nfrom shop.orders import Order\n__all__ = {listed}\nX = 1\n",
        "shop/report.py": "from lib import Order\n",
        "shop/past.py": f"from parts.all import {', '.join(listed)}\n",
    }
    through = {f"shop/u{number}.py": f"from lib import {', '.join(listed)}\n" for number in range(users)}
    assert len([finding for finding in found(files | through) if finding.subject == "shop.orders:Order"]) == count


@pytest.mark.parametrize("offer", ["__ALL__ = ['Order']", "Order, net  # noqa", "Order"])
def test_what_does_nothing_but_name_an_import_offers_it(offer: str) -> None:
    assert found({"shop/cart.py": f"{CART}{offer}\n"}) == []
    assert len(found({"shop/cart.py": f"{CART}{offer.replace('Order', 'LIMIT')}\n"})) == 1


@pytest.mark.parametrize(
    ("statement", "direct", "severity"),
    [
        ("from shop.cart import Order, total", 2, Severity.INFO),
        ("from shop.cart import total, Order as Bill", 2, Severity.INFO),
        ("def f():\n    from shop.cart import Order, total", 2, Severity.INFO),
        ("from shop.cart import Order, total", 10, None),
        ("from shop.cart import Order, net", 2, None),
        ("from shop.cart import total\nfrom shop.cart import Order", 2, None),
    ],
)
def test_what_is_taken_along_is_info_unless_nearly_all_take_it_directly(
    statement: str, direct: int, severity: Severity | None
) -> None:
    others = {f"shop/user{number}.py": "from shop.orders import Order\n" for number in range(direct - 2)}
    results = found(others | {"shop/report.py": statement + "\n"})
    assert [each.severity for each in results if each.subject == "shop.orders:Order"] == [severity]


@pytest.mark.parametrize("mended", range(3))
def test_to_mend_some_of_what_is_taken_along_makes_no_violation_of_the_rest(mended: int) -> None:
    along, directly = (
        "from shop.cart import Order, total\n",
        "from shop.cart import total\nfrom shop.orders import Order\n",
    )
    takers = {f"shop/taker{number}.py": directly if number < mended else along for number in range(3)}
    others = {f"shop/user{number}.py": "from shop.orders import Order\n" for number in range(20)}
    results = found(takers | others | {"shop/report.py": ""})
    assert [each.severity for each in results if each.subject == "shop.orders:Order"] == [Severity.INFO]


@pytest.mark.parametrize("mended", range(3))
def test_to_mend_some_of_a_habit_makes_no_violation_of_the_rest(mended: int) -> None:
    through, directly = (
        "from shop.cart import Order, LIMIT\n",
        "from shop.cart import LIMIT\nfrom shop.orders import Order\n",
    )
    users = {f"shop/user{number}.py": directly if number < mended else through for number in range(5)}
    results = found(users | {"shop/report.py": ""})
    assert [each.severity for each in results if each.subject == "shop.orders:Order"] == [Severity.INFO]


@pytest.mark.parametrize(
    ("report", "home", "severity"),
    [
        ("shop/report.py", "engine/orders.py", Severity.INFO),
        ("desk/report.py", "engine/orders.py", None),
        ("shop/report.py", "shop/deep/orders.py", None),
    ],
)
def test_what_a_layer_takes_from_its_own_module_is_info(report: str, home: str, severity: Severity | None) -> None:
    dotted = home.removesuffix(".py").replace("/", ".")
    packages = {f"{folder}/__init__.py": "" for folder in ("shop", "shop/deep", "engine", "desk")}
    files = {
        home: "class Order: ...\n",
        "shop/cart.py": f"from {dotted} import Order\nclass Cart(Order): ...\n",
        report: "from shop.cart import Order\n",
        "desk/export.py": f"from {dotted} import Order\n",
    }
    (finding,) = findings(ImportPathVariant(), packages | files)
    assert finding.severity is severity


TYPES = "from typing import TYPE_CHECKING\n"


@pytest.mark.parametrize(
    ("report", "severity"),
    [
        (f"{TYPES}if TYPE_CHECKING:\n    from shop.cart import Order\n", Severity.INFO),
        (f"{TYPES}if TYPE_CHECKING:\n    from shop.cart import Order as OrderType\n", Severity.INFO),
        ("import typing\nif typing.TYPE_CHECKING:\n    from shop.cart import Order\n", Severity.INFO),
        (f"{TYPES}if TYPE_CHECKING:\n    pass\nfrom shop.cart import Order\n", None),
    ],
)
def test_what_only_type_checkers_see_is_info(report: str, severity: Severity | None) -> None:
    (finding,) = found({"shop/report.py": report})
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("through", "direct", "severity"),
    [(4, 1, Severity.INFO), (9, 2, Severity.INFO), (8, 4, Severity.INFO), (3, 1, None), (7, 4, None), (20, 11, None)],
)
def test_where_nearly_all_look_for_a_name_is_no_detour(through: int, direct: int, severity: Severity | None) -> None:
    users = {f"shop/user{number}.py": REPORT for number in range(through - 1)}
    others = {f"shop/other{number}.py": "from shop.orders import Order\n" for number in range(direct - 1)}
    (finding,) = found(users | others)
    assert finding.severity is severity


@pytest.mark.parametrize(("inside", "direct", "severity"), [(5, 4, Severity.INFO), (4, 4, None), (3, 2, None)])
def test_what_the_modules_of_a_package_take_from_its_front_is_their_habit(
    inside: int, direct: int, severity: Severity | None
) -> None:
    sources = {"shop/__init__.py": "", "shop/types.py": "class Kind:\n    name = ''\n"}
    sources |= {"shop/widgets/__init__.py": "from shop.types import Kind\ndef draw(kind):\n    return Kind(kind)\n"}
    sources |= {f"shop/widgets/part{number}.py": "from . import Kind\n" for number in range(inside)}
    sources |= {f"shop/other{number}.py": "from shop.types import Kind\n" for number in range(direct)}
    (finding,) = findings(ImportPathVariant(), sources)
    assert finding.severity is severity


def test_message_and_evidence_count_the_same_modules() -> None:
    """What a test takes from the module in between is not asked to change, and not counted."""
    users = {f"shop/user{number}.py": REPORT for number in range(2)}
    types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.cart import Order\n"
    (finding,) = found(users | {"shop/typed.py": types, "shop/third.py": "from shop.orders import Order\n"})
    assert "through shop.cart by 3 modules" in finding.message
    text = finding.evidence["text"]
    assert isinstance(text, list)
    assert "shop.cart (detour): 3 modules, first in shop/report.py:1" in text


def test_several_modules_in_between_are_no_habit() -> None:
    carrier = {"shop/basket.py": CART, "shop/list.py": "from shop.basket import Order\n"}
    (finding,) = found(carrier | {f"shop/user{number}.py": REPORT for number in range(8)})
    assert finding.severity is None


@pytest.mark.parametrize(
    ("report", "severity"),
    [
        ("from shop.cart import net, Order\n", Severity.INFO),
        ("from shop.cart import net\nfrom shop.cart import Order\n", None),
        ("from shop.cart import Order\n", None),
    ],
)
def test_a_name_that_would_be_torn_from_another_of_its_home_is_info(report: str, severity: Severity | None) -> None:
    users = {f"shop/user{number}.py": "from shop.cart import net\n" for number in range(12)}
    results = found(users | {"shop/report.py": report})
    assert [each.severity for each in results if each.subject == "shop.orders:Order"] == [severity]


@pytest.mark.parametrize("docstring", ["Carts, with a facade for each.", "What orders export.", "Exports carts."])
def test_a_docstring_that_speaks_of_something_else_makes_no_front(docstring: str) -> None:
    assert len(found({"shop/cart.py": f'"""{docstring}"""\n{CART}'})) == 1


@pytest.mark.parametrize(
    ("package", "severity"),
    [
        ("from .cart import Order, total\n", Severity.INFO),
        ("from shop.cart import Order\n", Severity.INFO),
        ("TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from .cart import Order\n", Severity.INFO),
        ("from .cart import net, total\n", None),
        ("from .orders import Order\nfrom .cart import total\n", None),
        ("from .cart import *\n", None),
    ],
    ids=["with others", "absolute", "for types", "another name", "from its home", "star"],
)
def test_what_the_package_has_from_the_same_module_is_only_listed(package: str, severity: Severity | None) -> None:
    assert [each.severity for each in found({"shop/__init__.py": package})] == [severity]


@pytest.mark.parametrize(
    ("star", "home", "count"),
    [
        ("from shop.cart_orders import *  # noqa", "cart_orders", 0),
        ("from .cart_orders import *  # noqa: F403", "cart_orders", 0),
        ("from ._cart import *  # NOQA", "_cart", 0),
        ("from .cart_orders import *", "cart_orders", 1),
        ("from .orders import *  # noqa", "orders", 1),
        ("from .cart_parts import *  # noqa", "orders", 1),
    ],
    ids=["absolute", "by code", "private", "not silenced", "called otherwise", "at second hand"],
)
def test_a_silenced_star_passes_on_what_a_module_of_the_same_name_defines(star: str, home: str, count: int) -> None:
    sources = {
        "shop/__init__.py": "",
        f"shop/{home}.py": ORDERS,
        "shop/cart_parts.py": "from shop.orders import Order\ndef part(): ...\n",
        "shop/cart.py": f"{star}\ndef total(order, rate):\n    return order * rate\n",
        "shop/report.py": "from shop.cart import Order\n",
        "shop/export.py": f"from shop.{home} import Order\n",
    }
    assert len(findings(ImportPathVariant(), sources)) == count


@pytest.mark.parametrize(
    ("stray", "modules"),
    [
        ("from shop.desk import Order\n", ["shop.stray"]),
        ("def f():\n    from shop.desk import Order\n    return Order\n", ["shop.stray"]),
        ("from shop.desk import Order as Bill\n", ["shop.stray"]),
    ],
)
def test_beside_a_habit_others_stay_detours(stray: str, modules: list[str]) -> None:
    habit = {f"shop/user{number}.py": REPORT for number in range(10)}
    desk = {"shop/desk.py": "from shop.orders import Order\ndef serve(order: Order): ...\n"}
    (finding,) = found(habit | desk | {"shop/stray.py": stray, "shop/export.py": "from shop.orders import Order\n"})
    assert (finding.severity, [site.module for site in finding.sites]) == (None, modules)


def test_a_habit_alone_stays_info() -> None:
    habit = {f"shop/user{number}.py": REPORT for number in range(10)}
    (finding,) = found(habit | {"shop/export.py": "from shop.orders import Order\n"})
    assert finding.severity is Severity.INFO
