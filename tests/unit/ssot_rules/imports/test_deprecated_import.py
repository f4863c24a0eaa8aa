from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.deprecated_import import DeprecatedImport

ORDER = "class Order:\n    paid = False\n"
SHIM = (
    "import warnings\nfrom shop.models import Order\n"
    "warnings.warn('shop.old is deprecated, use shop.models', DeprecationWarning)\n"
)


def found(files: dict[str, str], rule: DeprecatedImport | None = None) -> list[Finding]:
    return findings(rule or DeprecatedImport(), {"shop/__init__.py": "", "shop/models.py": ORDER} | files)


def test_a_deprecated_module_with_many_importers_is_one_finding() -> None:
    importers = {f"shop/{name}.py": "from shop.old import Order\n" for name in "abc"}
    (finding,) = found({"shop/old.py": SHIM, "tests/test_order.py": "import shop.old\n"} | importers)
    assert finding.subject == "shop.old"
    assert finding.message == "shop.old is deprecated and still imported by 3 modules and 1 test module"
    assert finding.remedy == "Import from shop.models in the 4 importers, then delete shop.old"
    assert finding.severity is Severity.HIGH
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.models", "named by the deprecation")
    assert [(site.location, site.message) for site in finding.sites] == [
        *(
            (Location(f"shop/{name}.py", 1, 22, 1), "imports shop.old, which is deprecated: import from shop.models")
            for name in "abc"
        ),
        (Location("shop/old.py", 3), "deprecated, imported by 3 modules and 1 test module"),
    ]
    assert finding.rests_on == ("shop/old.py",)
    assert finding.evidence["text"] == [
        "it says: shop.old is deprecated, use shop.models",
        "imported in shop/a.py:1",
        "imported in shop/b.py:1",
        "imported in shop/c.py:1",
    ]


def test_importers_in_tests_alone_are_an_inventory() -> None:
    (finding,) = found({"shop/old.py": SHIM, "tests/test_order.py": "from shop.old import Order\n"})
    assert finding.severity is Severity.INFO
    assert finding.message == "shop.old is deprecated and still imported by 1 test module"
    assert [site.location.path for site in finding.sites] == ["tests/test_order.py", "shop/old.py"]


def test_a_shim_without_a_hint_is_replaced_by_the_module_it_takes_from() -> None:
    shim = '"""DEPRECATED"""\nfrom shop.models import *\n'
    (finding,) = found({"shop/old.py": shim, "shop/a.py": "from shop.old import Order\n"})
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.models", "all names come from there")


@pytest.mark.parametrize(
    "definition",
    [
        'def price():\n    """Deprecated: use net."""\n',
        'def price():\n    """.. deprecated:: 2.0"""\n',
        "import warnings\ndef price():\n    warnings.warn('use net', DeprecationWarning)\n",
        "from warnings import deprecated\n@deprecated('use net')\ndef price(): ...\n",
        "from typing_extensions import deprecated\n@deprecated('use net')\nclass price: ...\n",
        "from warnings import warn\nclass price:\n    def __init__(self):\n"
        "        warn('use net', DeprecationWarning)\n",
    ],
)
def test_names_declare_themselves_deprecated(definition: str) -> None:
    files = {"shop/prices.py": definition + "def net(): ...\n", "shop/a.py": "from shop.prices import price\n"}
    (finding,) = found(files)
    assert finding.subject == "shop.prices:price"
    assert finding.message == "`price` of shop.prices is deprecated and still imported by 1 module"


def test_the_replacement_is_named_by_the_text() -> None:
    text = 'def price():\n    """Deprecated: use net."""\ndef net(): ...\n'
    (finding,) = found({"shop/prices.py": text, "shop/a.py": "from shop.prices import price\n"})
    assert finding.remedy == "Write `from shop.prices import net` in the 1 importer, then delete shop.prices:price"


def test_without_a_replacement_it_is_an_inventory() -> None:
    text = 'def price():\n    """Deprecated."""\n'
    (finding,) = found({"shop/prices.py": text, "shop/a.py": "from shop.prices import price\n"})
    assert finding.severity is Severity.INFO
    assert finding.home is None


def test_names_that_getattr_warns_about() -> None:
    text = (
        "import warnings\ndef __getattr__(name):\n    if name == 'OLD':\n"
        "        warnings.warn('OLD is deprecated', DeprecationWarning)\n        return 1\n"
    )
    (finding,) = found({"shop/prices.py": text, "shop/a.py": "from shop.prices import OLD, NEW\n"})
    assert finding.subject == "shop.prices:OLD"


TYPED = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.prices import Price\n"


def test_a_name_without_a_replacement_that_only_annotations_use() -> None:
    prices = 'class Price:\n    """DEPRECATED: read from old files."""\n'
    assert found({"shop/prices.py": prices, "shop/a.py": TYPED}) == []
    (finding,) = found({"shop/prices.py": prices, "shop/a.py": TYPED + "def f():\n    from shop.prices import Price\n"})
    assert [site.symbol for site in finding.sites] == ["shop.a:f", "shop.prices:Price"]


def test_a_name_with_a_replacement_is_replaced_in_annotations_too() -> None:
    prices = 'class Price:\n    """Deprecated: use Net."""\nclass Net: ...\n'
    (finding,) = found({"shop/prices.py": prices, "shop/a.py": TYPED})
    assert finding.severity is Severity.HIGH


def test_modules_declared_in_the_configuration() -> None:
    files = {"shop/old.py": "class Thing: ...\n", "shop/a.py": "from shop.old import Thing\n"}
    (finding,) = found(files, DeprecatedImport(deprecated=("shop.old",)))
    assert finding.subject == "shop.old"


@pytest.mark.parametrize(
    "files",
    [
        {"shop/old.py": SHIM},
        {"shop/old.py": SHIM, "shop/older.py": '"""DEPRECATED"""\nfrom shop.old import Order\n'},
        {"shop/old.py": '"""Deprecated constants."""\nX = 1\n', "shop/a.py": "from shop.old import X\n"},
        {
            "shop/old.py": "from warnings import warn\ndef f(x):\n    if x:\n        return\n"
            "    warn('', DeprecationWarning)\n",
            "shop/a.py": "from shop.old import f\n",
        },
        {
            "shop/p/__init__.py": "from shop.p.m import f\n",
            "shop/p/m.py": 'def f():\n    """Deprecated."""\n',
        },
        {
            "shop/old.py": "from warnings import warn\ndef warn_of(x):\n    warn('use net', DeprecationWarning)\n",
            "shop/a.py": "from shop.old import warn_of\n",
        },
        {
            "shop/old.py": "from warnings import warn\ndef tell(x):\n    warn(x, DeprecationWarning)\n",
            "shop/a.py": "from shop.old import tell\n",
        },
        {
            "shop/old.py": "def deprecated(f):\n    return f\n@deprecated\ndef f(): ...\n",
            "shop/a.py": "from shop.old import f\n",
        },
    ],
)
def test_no_use_of_anything_deprecated(files: dict[str, str]) -> None:
    assert found(files) == []


HELPER = (
    "from warnings import warn\n"
    "def warn_of(name, instead):\n    warn(f'{name} is old, use {instead}', DeprecationWarning)\n"
)
WRAPPER = (
    "import functools, warnings\n"
    "def goes_away(instead):\n    def wrap(f):\n        @functools.wraps(f)\n        def inner(*args):\n"
    "            warnings.warn(f'use {instead}', DeprecationWarning)\n            return f(*args)\n"
    "        return inner\n    return wrap\n"
)


@pytest.mark.parametrize(
    "definition",
    [
        "from shop.helper import warn_of\ndef price():\n    warn_of('price', 'net')\n",
        "from shop.helper import warn_of\nclass price:\n    def __init__(self):\n        warn_of('price', 'net')\n",
        "from shop.wrapper import goes_away\n@goes_away('net')\ndef price(): ...\n",
        'def price():\n    """The price.\n\n    DEPRECATED: call net().\n\n    More. Use net.\n    """\n',
        "import warnings as w\ndef price():\n    w.warn('price() is old; ' 'use net()', DeprecationWarning)\n",
    ],
    ids=["helper", "helper in constructor", "decorator", "later paragraph", "two literals"],
)
def test_the_projects_own_ways_to_deprecate(definition: str) -> None:
    files = {"shop/helper.py": HELPER, "shop/wrapper.py": WRAPPER, "shop/prices.py": definition + "def net(): ...\n"}
    (finding,) = found(files | {"shop/a.py": "from shop.prices import price\n"})
    assert finding.subject == "shop.prices:price"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("use net", "from shop.prices import net"),
        ("please use :func:`~shop.prices.net`", "from shop.prices import net"),
        ("use `prices.net` of the same package", "from shop.prices import net"),
        ("Use 'from shop.models import Order' now", "from shop.models import Order"),
        ("in favour of shop.models.Order.paid", "from shop.models import Order"),
        ("replaced by NetPrice", "from shop.net import NetPrice"),
        ("NetPrice does the same", "from shop.net import NetPrice"),
        ("moved to shop.net", "import from shop.net"),
    ],
)
def test_what_a_text_names_as_the_replacement(text: str, statement: str) -> None:
    files = {
        "shop/prices.py": f'def price():\n    """DEPRECATED: {text}"""\ndef net(): ...\nLIMIT = 1\n',
        "shop/net.py": "class NetPrice: ...\n",
        "shop/a.py": "from shop.prices import price\n",
    }
    (finding,) = found(files)
    assert statement in finding.remedy.replace("Import", "import")


@pytest.mark.parametrize(
    "text",
    ["use LIMIT", "use shop", "use shop.prices", "use price", "use Order2", "use older", "use shop._inner.hidden.f"],
    ids=["variable", "top package", "own module", "itself", "nothing", "deprecated too", "private"],
)
def test_what_is_no_replacement(text: str) -> None:
    older = 'def older():\n    """DEPRECATED"""\n'
    files = {
        "shop/prices.py": f'def price():\n    """DEPRECATED: {text}"""\nLIMIT = 1\n{older}',
        "shop/_inner/__init__.py": "",
        "shop/_inner/hidden.py": "def f(): ...\n",
        "app/__init__.py": "",
        "app/a.py": "from shop.prices import price\n",
    }
    (finding,) = found(files)
    assert (finding.home, finding.severity) == (None, Severity.INFO)


PRICE = 'def price():\n    """DEPRECATED: use shop.net.net."""\n'


@pytest.mark.parametrize(
    "importer",
    [
        {"shop/_compat.py": "from shop.prices import price\n"},
        {"shop/legacy/__init__.py": "", "shop/legacy/a.py": "from shop.prices import price\n"},
        {"shop/net.py": "from shop.prices import price\ndef net(): ...\n"},
        {"shop/a.py": 'def f():\n    """DEPRECATED"""\n    from shop.prices import price\n'},
        {"shop/a.py": "from shop.prices import price  # noqa: F401\n"},
        {"shop/a.py": "from shop.prices import price as price\n"},
    ],
    ids=["compat", "legacy", "the replacement", "deprecated function", "marked", "renamed to itself"],
)
def test_importers_that_do_their_job(importer: dict[str, str]) -> None:
    assert found({"shop/prices.py": PRICE, "shop/net.py": "def net(): ...\n"} | importer) == []


def test_one_deprecated_overload_deprecates_nothing() -> None:
    text = (
        "from typing import overload\nfrom warnings import deprecated\n"
        "@overload\n@deprecated('pass an int')\ndef price(x: str): ...\n@overload\ndef price(x: int): ...\n"
        "def price(x): ...\n"
    )
    assert found({"shop/prices.py": text, "shop/a.py": "from shop.prices import price\n"}) == []


def test_a_helper_that_is_called_under_a_condition_deprecates_nothing() -> None:
    text = "from shop.helper import warn_of\ndef price(x=None):\n    if x:\n        warn_of('x', 'y')\n"
    files = {"shop/helper.py": HELPER, "shop/prices.py": text, "shop/a.py": "from shop.prices import price\n"}
    assert found(files) == []


@pytest.mark.parametrize(
    "shim",
    [
        "def order(old=None):\n    if old is not None:\n        warnings.warn('old goes', DeprecationWarning)\n",
        "class Cart:\n    def __init__(self, old=None):\n        warnings.warn('gone', DeprecationWarning)\n",
        "if not TYPED:\n    warnings.warn('shop.cart takes typed orders', DeprecationWarning)\n",
    ],
)
def test_a_module_that_warns_of_what_is_deprecated_still_serves_it(shim: str) -> None:
    cart = "import warnings\nfrom shop.old import Order\n"
    assert len(found({"shop/old.py": SHIM, "shop/cart.py": cart})) == 1
    assert found({"shop/old.py": SHIM, "shop/cart.py": cart + shim}) == []


@pytest.mark.parametrize(
    "importer",
    [
        '"""Deprecated module.\n\n.. deprecated:: 2.0\n    Use models.\n"""\nfrom shop.prices import Price\n',
        "from shop.prices import Price\n__all__ = ['Price']\n",
        "from shop.prices import Price\ndef pay(price: Price | None = None):\n    return price.net\n",
        "from shop.prices import Price\nclass Till:\n    def pay(self, *, price: 'Price' = None):\n        pass\n",
    ],
)
def test_importers_that_are_there_for_old_callers(importer: str) -> None:
    prices = 'class Price:\n    """Deprecated: use Net."""\nclass Net: ...\n'
    assert found({"shop/prices.py": prices, "shop/a.py": importer}) == []
    used = importer + "def make():\n    return Price()\n"
    results = found({"shop/prices.py": prices, "shop/a.py": used})
    assert bool(results) == ("def pay" in importer)


def test_what_is_kept_for_users_outside_is_not_to_be_deleted() -> None:
    text = (
        'def price():\n    """Deprecated: use `await net()`, this shim is kept for plug-ins."""\nasync def net(): ...\n'
    )
    (finding,) = found({"shop/prices.py": text, "shop/a.py": "from shop.prices import price\n"})
    assert finding.remedy == (
        "Write `from shop.prices import net` in the 1 importer; it is to be awaited; "
        "leave it to users outside, for whom it is kept"
    )


def test_callers_at_home_and_another_type_of_the_result() -> None:
    text = (
        'def price() -> str:\n    """Deprecated: use net."""\ndef net() -> int: ...\ndef total():\n    return price()\n'
    )
    (finding,) = found({"shop/prices.py": text, "shop/a.py": "from shop.prices import price\n"})
    assert finding.remedy == (
        "Write `from shop.prices import net` in the 1 importer and at 1 call in shop.prices; "
        "it returns `int`, not `str`, then delete shop.prices:price"
    )
    assert [site.symbol for site in finding.sites] == ["shop.a", "shop.prices:total", "shop.prices:price"]


@pytest.mark.parametrize(
    "statement",
    [
        "from shop.old.links import link\n",
        "import shop.old.links\n",
        "from shop.old import links\n",
        "from shop.old.deep.far import link\n",
        "def help():\n    from shop.old.links import link\n",
    ],
)
@pytest.mark.parametrize(
    "package",
    ['"""Deprecated: moved to shop.new."""\n', "import warnings\nwarnings.warn('use shop.new', DeprecationWarning)\n"],
)
def test_a_module_of_a_deprecated_package_runs_it(package: str, statement: str) -> None:
    link = "def link(): ...\n"
    files = {
        "shop/old/__init__.py": package,
        "shop/old/links.py": "from shop.old.deep import far\n" + link,
        "shop/old/deep/__init__.py": "",
        "shop/old/deep/far.py": link,
        "shop/older.py": link,
        "shop/a.py": "from shop.older import link\n" + statement,
    }
    (finding,) = found(files)
    assert finding.message == "shop.old is deprecated and still imported by 1 module"
    assert [site.location.path for site in finding.sites] == ["shop/a.py", "shop/old/__init__.py"]


def test_the_innermost_deprecated_module_is_the_one() -> None:
    files = {
        "shop/old/__init__.py": '"""Deprecated: moved to shop.new."""\n',
        "shop/old/links.py": '"""Deprecated: use urls."""\ndef link(): ...\n',
        "shop/a.py": "from shop.old.links import link\n",
    }
    assert [finding.subject for finding in found(files)] == ["shop.old.links"]


@pytest.mark.parametrize(
    ("prices", "severity"),
    [
        (
            'def price(net, tax=0):\n    """Deprecated: use due."""\ndef due(net, tax=0, zone=None): ...\n',
            Severity.HIGH,
        ),
        ('def price(net, tax=0):\n    """Deprecated: use due."""\ndef due(tax, net): ...\n', Severity.INFO),
        ('def price(net):\n    """Deprecated: use due."""\ndef due(net, zone): ...\n', Severity.INFO),
        ('def price(net: int):\n    """Deprecated: use due."""\ndef due(net: str): ...\n', Severity.INFO),
        (
            'def price(net):\n    """Deprecated: use Due."""\nclass Due:\n    def __init__(self, net): ...\n',
            Severity.INFO,
        ),
        ('class Due: ...\nclass price(Due):\n    """Deprecated: use Due."""\n', Severity.HIGH),
        (
            'class Due: ...\nclass price(Due):\n    """Deprecated: use Due."""\n    def kind(self): return 1\n',
            Severity.INFO,
        ),
        ('class Due: ...\nclass price:\n    """Deprecated: use Due."""\n    def net(self): return 1\n', Severity.INFO),
        (
            "from dataclasses import dataclass\n@dataclass\nclass Due:\n    key: int\n"
            '@dataclass\nclass price:\n    """Deprecated: use Due."""\n    name: str\n',
            Severity.INFO,
        ),
        ('def price():\n    """Deprecated: use due, kept for plug-ins (a shim)."""\ndef due(): ...\n', Severity.INFO),
    ],
)
def test_scored_is_what_takes_the_place_as_it_is(prices: str, severity: Severity) -> None:
    (finding,) = found({"shop/prices.py": prices, "shop/a.py": "from shop.prices import price\n"})
    assert finding.severity is severity


def test_a_module_of_which_the_replacement_does_not_have_all() -> None:
    shim = SHIM + "class Bill: ...\n"
    (finding,) = found({"shop/old.py": shim, "shop/a.py": "from shop.old import Order, Bill\n"})
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize("check", ["with pytest.warns(DeprecationWarning): ...", "pytest.deprecated_call(f)"])
def test_what_a_test_expects_the_warning_of_is_kept_on_purpose(check: str) -> None:
    tester = {"tests/test_old.py": f"import pytest\nfrom shop.old import Order\ndef test_it():\n    {check}\n"}
    (finding,) = found({"shop/old.py": SHIM, "shop/a.py": "from shop.old import Order\n"} | tester)
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    "importer",
    [
        {"shop/migration/__init__.py": "", "shop/migration/v3.py": "from shop.old import Order\n"},
        {"shop/migrate.py": "from shop.old import Order\n"},
        {"shop/a.py": "from shop.old import Order as LegacyOrder\n"},
    ],
)
def test_importers_that_know_that_it_is_old(importer: dict[str, str]) -> None:
    assert found({"shop/old.py": SHIM} | importer) == []


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        ({"shop/parts/__init__.py": "from .carts import Cart\n__all__ = ['Cart']\n"}, Severity.INFO),
        ({"shop/parts/__init__.py": "from .carts import Cart\nfrom . import carts\n"}, Severity.INFO),
        ({"shop/__init__.py": "from shop.parts.carts import Cart\n"}, Severity.INFO),
        (
            {"shop/parts/__init__.py": "from .carts import Cart\n", "shop/a.py": "from shop.parts.carts import Cart\n"},
            None,
        ),
        ({"app/__init__.py": "from shop.parts.carts import Cart\n"}, None),
    ],
    ids=["listed", "the module too", "a package further up", "used besides", "another package"],
)
def test_what_only_its_own_package_offers_is_kept_for_users_outside(
    files: dict[str, str], severity: Severity | None
) -> None:
    old = '"""DEPRECATED: use shop.carts.Cart."""\nfrom shop.carts import Cart\n'
    carts = {"shop/parts/__init__.py": "", "shop/parts/carts.py": old, "shop/carts.py": "class Cart: ...\n"}
    (finding,) = found(carts | files)
    assert finding.severity is (severity or Severity.HIGH)


@pytest.mark.parametrize(
    ("taken", "severity"), [("Cart", Severity.HIGH), ("Cart, Basket", Severity.INFO), ("Basket", Severity.INFO)]
)
def test_a_class_is_no_replacement_of_a_module_with_other_names(taken: str, severity: Severity) -> None:
    old = '"""DEPRECATED: use shop.carts.Cart."""\nfrom shop.carts import Cart\nclass Basket(Cart): ...\n'
    files = {"shop/old.py": old, "shop/carts.py": "class Cart: ...\n", "shop/a.py": f"from shop.old import {taken}\n"}
    (finding,) = found(files)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("new", "end"),
    [
        ("def net(price):\n    return old(price) + 1\n", "then make shop.prices:old private: `net` calls it"),
        (
            "def net(price):\n    return max(old(each) for each in price)\n",
            "then make shop.prices:old private: `net` calls it",
        ),
        (
            "class Net:\n    def of(self, price):\n        return old(price)\n",
            "then make shop.prices:old private: `Net` calls it",
        ),
        ("def net(price):\n    return price + 1\n", "then delete shop.prices:old"),
    ],
)
def test_what_its_replacement_is_built_on_stays(new: str, end: str) -> None:
    name = "Net" if "class" in new else "net"
    old = f'def old(price):\n    """Deprecated. Please use {name} instead."""\n    return price\n'
    (finding,) = found({"shop/prices.py": old + new, "shop/cart.py": "from shop.prices import old\nx = old(1)\n"})
    assert finding.remedy.startswith(f"Write `from shop.prices import {name}` in the 1 importer")
    assert finding.remedy.endswith(end)
    assert not any(site.message.startswith("calls") for site in finding.sites)


MIXINS = (
    'class OldSums:\n    """DEPRECATED: Use NewSums instead."""\n    def add(self): ...\n\n\n'
    "class NewSums:\n    def add(self): ...\n"
)


@pytest.mark.parametrize(
    ("user", "severity"),
    [
        ("from shop.sums import NewSums, OldSums\nclass A(OldSums): ...\nclass B(NewSums): ...\n", Severity.INFO),
        ("from .sums import OldSums, NewSums\nclass A(OldSums, dict): ...\nclass B(NewSums): ...\n", Severity.INFO),
        ("from shop.sums import OldSums as Sums, NewSums\nclass A(Sums): ...\nclass B(NewSums): ...\n", Severity.INFO),
        ("from shop.sums import NewSums, OldSums\nNewSums()\nOldSums()\n", Severity.HIGH),
        ("from shop.sums import OldSums\nclass A(OldSums): ...\n", Severity.HIGH),
    ],
)
def test_who_has_a_subclass_of_the_old_beside_the_new_serves_both(user: str, severity: Severity) -> None:
    (finding,) = found({"shop/sums.py": MIXINS, "shop/totals.py": user})
    assert finding.severity is severity
