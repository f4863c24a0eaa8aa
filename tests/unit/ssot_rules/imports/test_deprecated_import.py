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
    (site,) = finding.sites
    assert site.location == Location("shop/old.py", 3)
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


def test_without_a_replacement_the_severity_is_the_rules_own() -> None:
    text = 'def price():\n    """Deprecated."""\n'
    (finding,) = found({"shop/prices.py": text, "shop/a.py": "from shop.prices import price\n"})
    assert finding.severity is None
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
    assert finding.evidence["importers"] == [{"module": "shop.a", "line": 5}]


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
