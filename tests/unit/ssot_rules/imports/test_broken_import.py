from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.broken_import import BrokenImport

SHOP = {
    "shop/__init__.py": "",
    "shop/orders.py": "class Order: ...\ndef net_price(): ...\n",
    "shop/prices.py": "def gross(): ...\n",
    "run.py": "import shop.cart\n",
}


def found(cart: str, extra: dict[str, str] | None = None) -> list[Finding]:
    return findings(BrokenImport(), SHOP | {"shop/cart.py": cart} | (extra or {}))


def test_a_missing_name() -> None:
    (finding,) = found("from shop.orders import Order, Basket\n")
    assert finding.subject == "shop.orders.Basket"
    assert finding.message == "shop.orders has no `Basket`: importing shop.cart raises ImportError"
    assert finding.remedy == "Import what took its place, or delete the import and what depends on it"
    assert finding.home is None
    assert finding.severity is None
    (site,) = finding.sites
    assert (site.location, site.symbol) == (Location("shop/cart.py", 1, 32, 1), "shop.cart")
    assert finding.evidence == {
        "text": ["shop/orders.py neither defines nor imports Basket"],
        "missing": ["shop.orders.Basket"],
        "rewrites": [],
    }
    assert finding.rests_on == ("shop/orders.py",)


def test_a_missing_module_is_one_finding_however_many_names() -> None:
    (finding,) = found("from shop.billing.tax import A, B\n")
    assert finding.subject == "shop.billing"
    assert finding.message == "there is no module shop.billing: importing shop.cart raises ImportError"
    assert finding.evidence["text"] == ["no file is named shop.billing"]
    assert finding.evidence["missing"] == ["shop.billing.tax"]
    assert [site.message for site in finding.sites] == ["shop.billing.tax does not exist"]
    assert finding.rests_on == ("shop/billing.py", "shop/billing/__init__.py")


def test_what_is_missing_is_a_finding_and_each_statement_a_site() -> None:
    cart = "from shop.billing.tax import A\ndef f():\n    from shop.billing import B\n"
    (finding,) = found(cart, {"shop/a.py": "import shop.billing.tax\n"})
    assert finding.message == (
        "there is no module shop.billing, but 3 statements in 2 modules import it: importing shop.a raises ImportError"
    )
    assert finding.severity is None
    assert [(site.location.path, site.symbol) for site in finding.sites] == [
        ("shop/a.py", "shop.a"),
        ("shop/cart.py", "shop.cart"),
        ("shop/cart.py", "shop.cart:f"),
    ]


def test_sites_are_known_again_by_the_text_of_the_statement() -> None:
    (finding,) = found("from shop.gone import A\ndef t():\n    from shop.gone import A\n    import shop.gone\n")
    first, second, third = (site.body for site in finding.sites)
    assert first == second != third


def test_each_missing_thing_is_a_finding() -> None:
    assert [finding.subject for finding in found("import shop.a\nfrom shop.orders import b\n")] == [
        "shop.a",
        "shop.orders.b",
    ]


def test_the_only_definition_of_the_name_is_the_way_out() -> None:
    (finding,) = found("from shop.orders import gross\n")
    assert finding.remedy == "Write `from shop.prices import gross`, the only place that defines it"
    assert finding.home is not None
    assert finding.home.symbol == "shop.prices:gross"


def test_a_definition_in_the_same_program_is_preferred() -> None:
    other = {"other/pyproject.toml": "[project]\nname = 'other'\n", "other/lib/__init__.py": "def gross(): ...\n"}
    (finding,) = found("from shop.orders import gross\n", other)
    assert finding.home is not None
    assert finding.home.symbol == "shop.prices:gross"


def test_a_name_nearly_right_is_a_hint() -> None:
    (finding,) = found("from shop.orders import net_prices\n")
    assert finding.remedy.startswith("Import `net_price` if that is what is meant")
    (finding,) = found("from shop.orders import net_price, net_prices\n")
    assert finding.remedy == "Import what took its place, or delete the import and what depends on it"


@pytest.mark.parametrize(
    ("path", "before", "severity"),
    [
        ("shop.plugins.mail", "if has('mail'):\n    ", Severity.INFO),
        ("shop.hooks.paid", "def f():\n    if has('paid'):\n        ", Severity.INFO),
        ("shop.plugins.mail", "", None),
        ("shop.mail", "if has('mail'):\n    ", Severity.MEDIUM),
    ],
)
def test_a_plugin_that_others_add_is_asked_for_first(path: str, before: str, severity: Severity | None) -> None:
    folders = {f"shop/{name}__init__.py": "" for name in ("", "plugins/", "hooks/")}
    (finding,) = findings(BrokenImport(), folders | {"shop/a.py": f"{before}from {path} import send\n"})
    assert finding.severity is severity


def test_a_plugin_that_most_ask_for_is_one_in_an_early_exit_too() -> None:
    folders = {"shop/__init__.py": "", "shop/plugins/__init__.py": ""}
    asked = "if has('mail'):\n    from shop.plugins.mail import send\n"
    late = "def f(mail):\n    if not mail:\n        return\n    from shop.plugins.mail import send\n"
    (finding,) = findings(BrokenImport(), folders | {"shop/a.py": asked, "shop/b.py": late})
    assert finding.severity is Severity.INFO
    (finding,) = findings(BrokenImport(), folders | {"shop/b.py": late})
    assert finding.severity is Severity.MEDIUM
    always = {"shop/c.py": "from shop.plugins.mail import send\n"}
    (finding,) = findings(BrokenImport(), folders | {"shop/a.py": asked, "shop/b.py": late} | always)
    assert finding.severity is None


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("docs/site/versioned_docs/v18/test_order.py", Severity.INFO),
        ("versioned_docs/v1/snippets/test_cart.py", Severity.INFO),
        ("docs/test_order.py", None),
        ("tests/test_versioned_docs.py", None),
    ],
)
def test_code_for_an_old_release_may_import_what_is_gone(path: str, severity: Severity | None) -> None:
    files = {"shop/__init__.py": "", "shop/orders.py": "class Order: ...\n", path: "from shop.gone import Order\n"}
    (finding,) = findings(BrokenImport(), files)
    assert finding.severity is severity


def test_a_package_with_a_finder_makes_its_modules_up() -> None:
    alias = "import sys\n\n\nclass Finder: ...\n\n\nsys.meta_path.insert(0, Finder())\n"
    files = {"shop/__init__.py": "", "shop/alias/__init__.py": alias, "shop/a.py": "from shop.alias.cart import Cart\n"}
    assert findings(BrokenImport(), files) == []
    assert len(findings(BrokenImport(), files | {"shop/alias/__init__.py": ""})) == 1


@pytest.mark.parametrize(
    ("cart", "severity", "message"),
    [
        ("def pay():\n    import shop.a\n", Severity.MEDIUM, "shop.cart:pay raises ImportError when it gets there"),
        (
            "if flag():\n    import shop.a\n",
            Severity.MEDIUM,
            "importing shop.cart raises ImportError under some condition",
        ),
        (
            "try:\n    import shop.a\nexcept ImportError:\n    a = None\n",
            Severity.INFO,
            "the guarded import always fails",
        ),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.a\n",
            Severity.INFO,
            "type checkers take it for Any",
        ),
        (
            "import pytest\nwith pytest.raises(ImportError):\n    import shop.a\n",
            Severity.INFO,
            "the guarded import always fails",
        ),
    ],
)
def test_severity_says_when_it_fails(cart: str, severity: Severity, message: str) -> None:
    (finding,) = found(cart)
    assert finding.severity is severity
    assert finding.message == f"there is no module shop.a: {message}"


def test_only_the_broken_statement_is_blamed() -> None:
    (finding,) = found(
        "from shop.api import Basket\n",
        {"shop/api.py": "from shop.orders import Basket\n"},
    )
    assert [site.location.path for site in finding.sites] == ["shop/api.py"]


@pytest.mark.parametrize(
    "prices",
    [
        "try:\n    import shop.fast as net\nexcept ImportError:\n    try:\n        import fastnet as net\n"
        "    except ImportError as error:\n        raise RuntimeError from error\n",
        "try:\n    from shop.fast import net\nexcept ImportError:\n    from fastnet import net\n",
        "try:\n    from shop.fast import net\nexcept ImportError:\n    net = None\n",
        "import sys\nif sys.platform == 'win32':\n    from shop.win import net\nelse:\n    from fastnet import net\n",
    ],
)
def test_a_name_that_another_branch_binds_is_there(prices: str) -> None:
    blamed = {
        site.location.path
        for each in found("from shop.net import net\n", {"shop/net.py": prices})
        for site in each.sites
    }
    assert "shop/cart.py" not in blamed


def test_test_code_is_judged_too() -> None:
    (finding,) = found("", {"tests/test_cart.py": "from shop.cart import pay\n"})
    assert finding.message == "shop.cart has no `pay`: importing tests.test_cart raises ImportError"


def test_the_package_counts_not_the_module_it_shadows() -> None:
    (finding,) = found(
        "from shop.models import Order\n",
        {"shop/models.py": "class Order: ...\n", "shop/models/__init__.py": ""},
    )
    assert finding.subject == "shop.models.Order"


@pytest.mark.parametrize(
    "extra",
    [
        {"shop/orders.py": "from other import *\n"},
        {"shop/orders.py": "def __getattr__(name): ...\n"},
        {"shop/orders.py": "globals()['Basket'] = 1\n"},
        {"shop/orders.py": "def broken(:\n"},
        {"shop/orders.py": "if flag():\n    Basket = 1\n"},
        {"shop/orders.py": "for Basket in names(): pass\n"},
        {"shop/orders.py": "def setup():\n    global Basket\n    Basket = 1\n"},
    ],
    ids=["unknown star", "getattr", "globals", "unparsable", "condition", "loop", "global"],
)
def test_what_may_exist_is_not_accused(extra: dict[str, str]) -> None:
    assert found("from shop.orders import Basket\n", extra) == []


def test_a_package_may_take_modules_from_elsewhere() -> None:
    path = "from pkgutil import extend_path\n__path__ = extend_path(__path__, __name__)\n"
    assert found("from shop.elsewhere import x\n", {"shop/__init__.py": path}) == []


def test_generated_modules_may_be_missing() -> None:
    cart = "from shop._version import version\nimport shop.wire_pb2\n"
    assert found(cart) == []
    strict = BrokenImport(generated=())
    (finding,) = findings(strict, SHOP | {"shop/cart.py": cart})
    assert finding.subject == "shop._version shop.wire_pb2"


@pytest.mark.parametrize(
    ("cart", "remedy"),
    [
        (
            "from shop.gone import gross, Order\n",
            "Write `from shop.prices import gross`, `from shop.orders import Order`, where alone they are defined",
        ),
        ("from shop.gone import net_price, Order\n", "Write `from shop.orders import net_price, Order`, where"),
        (
            "from shop.gone import gross, nowhere\n",
            "Write `from shop.prices import gross`, the only place that defines it; delete the import of `nowhere` and "
            "what depends on it",
        ),
        (
            "from shop.gone import gross\nimport shop.gone\n",
            "Write `from shop.prices import gross`, the only place that defines it; delete the import of `shop.gone` "
            "and what depends on it",
        ),
    ],
)
def test_the_way_out_of_a_module_that_moved(cart: str, remedy: str) -> None:
    (finding,) = found(cart)
    assert finding.remedy.startswith(remedy)


NO_WAY = "Import what took its place, or delete the import and what depends on it"


@pytest.mark.parametrize(
    "extra",
    [
        {"shop/prices.py": "", "shop/_hidden/__init__.py": "", "shop/_hidden/prices.py": "def gross(): ...\n"},
        {"shop/prices.py": "", "tests/prices.py": "def gross(): ...\n"},
        {"shop/prices.py": "", "shop/new-prices/prices.py": "def gross(): ...\n"},
        {"shop/other.py": "def gross(): ...\n"},
    ],
    ids=["private", "test code", "no Python", "two"],
)
def test_what_cannot_be_written_is_no_way_out(extra: dict[str, str]) -> None:
    files = {"app/__init__.py": "import app.use\n", "app/use.py": "from shop.orders import gross\n"} | extra
    (finding,) = findings(BrokenImport(), SHOP | files)
    assert (finding.remedy, finding.home) == (NO_WAY, None)


def test_what_would_close_a_circle_of_imports_is_no_way_out() -> None:
    (finding,) = found(
        "from shop.orders import gross\ndef pay(): ...\n",
        {"shop/prices.py": "from shop.cart import pay\ndef gross(): ...\n"},
    )
    assert finding.remedy == NO_WAY


def test_a_name_that_another_statement_takes_is_only_to_be_deleted() -> None:
    (finding,) = found("from shop.orders import gross\nfrom shop.prices import gross\n")
    assert finding.remedy == "Delete `gross` from the import: line 2 takes it from shop.prices already"
    assert (finding.home, finding.evidence["rewrites"]) == (None, [])


def test_a_name_that_many_modules_are_asked_for_is_no_way_out() -> None:
    (finding,) = found("from shop.gone import main\n", {"shop/run.py": "def main(): ...\n"})
    assert finding.home is None


def test_a_name_that_two_modules_import_from_each_other() -> None:
    (finding,) = found("from shop.basket import Token\n", {"shop/basket.py": "from shop.cart import Token\n"})
    assert finding.subject == "shop.basket.Token"
    assert finding.message == (
        "shop.basket and shop.cart import `Token` from each other, and nothing defines it: importing shop.basket "
        "raises ImportError"
    )
    assert [site.location.path for site in finding.sites] == ["shop/basket.py", "shop/cart.py"]
    assert finding.rests_on == ("shop/basket.py", "shop/cart.py")


def test_a_relative_import_beyond_the_top() -> None:
    (finding,) = found("from ..other import x\n")
    assert finding.subject == "shop:..other"
    assert finding.message == "`..other` is beyond the top-level package shop: importing shop.cart raises ImportError"


def test_a_module_that_is_no_package() -> None:
    (finding,) = found("import shop.orders.old\n", {"shop/orders/old.py": ""})
    assert finding.message.startswith("shop.orders is a module, not a package: there is no shop.orders.old")
    assert finding.rests_on == ("shop/orders.py",)


def test_a_module_missing_from_a_folder_without_init() -> None:
    (finding,) = found("from shop.plugins import gone\n", {"shop/plugins/there.py": ""})
    assert finding.subject == "shop.plugins.gone"
    assert finding.rests_on == ("shop/plugins/gone.py", "shop/plugins/gone/__init__.py")


GUARDED = "try:\n    from shop.fast import total\nexcept ImportError{}\n"


@pytest.mark.parametrize(
    ("cart", "severity"),
    [
        (GUARDED.format(":\n    total = None"), Severity.INFO),
        (GUARDED.format(":\n    HAS_FAST = False"), Severity.INFO),
        (GUARDED.format(":\n    def total(): ..."), Severity.INFO),
        (GUARDED.format(":\n    pass"), Severity.MEDIUM),
        (GUARDED.format(" as e:\n    raise RuntimeError from e"), Severity.MEDIUM),
        ("try:\n    import fast\nexcept ImportError:\n    from shop.fast import total\n", Severity.MEDIUM),
        ("try:\n    from shop.local_settings import X\nexcept ImportError:\n    pass\n", Severity.INFO),
    ],
)
def test_a_guarded_import_is_an_inventory_where_something_takes_its_place(cart: str, severity: Severity) -> None:
    (finding,) = found(cart)
    assert finding.severity is severity


def test_what_may_fail_and_what_may_not_are_told_apart() -> None:
    both = found("import shop.fast\n", {"shop/a.py": GUARDED.format(":\n    total = None")})
    assert [(finding.subject, finding.severity) for finding in both] == [
        ("shop.fast", None),
        ("shop.fast", Severity.INFO),
    ]


def test_a_package_of_that_name_below_another_root_proves_nothing() -> None:
    sources = {
        "pyproject.toml": "[project]\nname = 'wallet'\n",
        "wallet/__init__.py": "",
        "wallet/gui.py": "from android.storage import path\n",
        "contrib/recipes/android/__init__.py": "",
        "contrib/recipes/android/build.py": "from android import steps\n",
    }
    found = findings(BrokenImport(), sources)
    assert [site.location.path for finding in found for site in finding.sites if "wallet" in site.location.path] == []


@pytest.mark.parametrize(
    "extra",
    [
        {"tests/api/conftest.py": "from common import client\n", "tests/api/common.py": "client = 1\n"},
        {"tests/api/v1/test_a.py": "from common import client\n", "tests/api/common/__init__.py": "client = 1\n"},
        {"tools/report.py": "import common.client\n", "tools/common/__init__.py": "", "tools/common/client.py": ""},
    ],
)
def test_a_folder_that_a_runner_puts_on_the_path_may_have_it(extra: dict[str, str]) -> None:
    top = {"common/__init__.py": "", "common/text.py": "def clean(): ...\n"}
    assert findings(BrokenImport(), top | extra) == []


def test_a_package_around_the_importer_is_not_on_the_path() -> None:
    top = {"common/__init__.py": ""}
    inside = {"shop/common.py": "client = 1\n", "shop/cart.py": "from common import client\n"}
    (finding,) = findings(BrokenImport(), SHOP | top | inside)
    assert finding.subject == "common.client"


@pytest.mark.parametrize("dependency", ["kit", "kit-base", "kit[extra]>=1"])
@pytest.mark.parametrize("folder", ["voice", "voice/deep"])
def test_a_package_that_shares_its_name_with_a_dependency_has_its_own_modules(dependency: str, folder: str) -> None:
    inner = f"core/kit/agents/{folder}"
    sources = {
        "core/pyproject.toml": f'[project]\nname = "kit-agents"\nversion = "1"\ndependencies = ["{dependency}"]\n',
        "core/kit/agents/__init__.py": "",
        "core/kit/agents/voice/__init__.py": "",
        f"{inner}/__init__.py": "from .io import Room\n",
        f"{inner}/io.py": "class Room: ...\n",
        "plug/pyproject.toml": '[project]\nname = "kit-plug"\nversion = "1"\ndependencies = ["kit-agents"]\n',
        "plug/kit/plug/__init__.py": f"from kit.agents.{folder.replace('/', '.')} import io\n",
    }
    assert findings(BrokenImport(), sources) == []


BROKEN = "from shop.billing import tax\n"


@pytest.mark.parametrize(
    "cart",
    [
        f"import os\nif 'ANDROID_DATA' in os.environ:\n    {BROKEN}",
        f"import sys\nif sys.platform == 'win32':\n    {BROKEN}",
        f"import os\nif os.name == 'nt':\n    {BROKEN}",
        f"import unittest\n@unittest.skip('broken')\ndef test():\n    {BROKEN}",
        f"import pytest\n@pytest.mark.skip\nclass TestCart:\n    def test(self):\n        {BROKEN}",
        f"import pytest\npytest.skip('later', allow_module_level=True)\n{BROKEN}",
        f"import pytest\npytestmark = pytest.mark.skip(reason='later')\ndef test():\n    {BROKEN}",
        f"import pytest\npytestmark = [pytest.mark.skip('later'), pytest.mark.slow]\ndef test():\n    {BROKEN}",
        f"import pytest\npytestmark = [pytest.mark.slow, pytest.mark.skip]\ndef test():\n    {BROKEN}",
        f"import logging\nlog = logging.getLogger()\ntry:\n    {BROKEN}except ImportError as e:\n    log.warning(e)\n",
    ],
)
def test_what_does_not_run_here_is_an_inventory(cart: str) -> None:
    (finding,) = found(cart)
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    "cart",
    [
        f"import pytest\npytestmark = pytest.mark.skip\n{BROKEN}",
        f"import pytest\npytestmark = pytest.mark.skipif(True, reason='')\ndef test():\n    {BROKEN}",
        f"import pytest\npytestmark = pytest.mark.slow\ndef test():\n    {BROKEN}",
    ],
)
def test_what_runs_although_something_is_skipped_is_scored(cart: str) -> None:
    (finding,) = found(cart)
    assert finding.severity is not Severity.INFO


@pytest.mark.parametrize("path", ["shop_templates/model.py", "shop/template/model.py", "shop/model_template.py"])
def test_templates_are_an_inventory(path: str) -> None:
    (finding,) = found("", {path: "from shop.orders import YourOrder\n"})
    assert finding.severity is Severity.INFO


def test_a_template_that_is_imported_is_code() -> None:
    extra = {"shop/template.py": BROKEN, "shop/a.py": "import shop.template\n"}
    (finding,) = found("", extra)
    assert finding.severity is None


MAKES_STUBS = (
    "def make():\n    head = 'shop/stubs/stub_head.py'\n    with open(head) as lines:\n        print(lines.read())\n"
)


@pytest.mark.parametrize(
    ("path", "maker", "severity"),
    [
        ("shop/stubs/stub_head.py", MAKES_STUBS, Severity.INFO),
        (
            "shop/stubs/stub_head.py",
            "import pathlib\nTEXT = pathlib.Path('x/stub_head.py').read_text()\n",
            Severity.INFO,
        ),
        ("shop/stubs/stub_head.py", "import shutil\nshutil.copyfile('x/stub_head.py', 'y')\n", Severity.INFO),
        ("shop/stubs/head.py", MAKES_STUBS.replace("stub_head", "head"), None),
        ("shop/stubs/stub_head.py", MAKES_STUBS.replace("stub_head", "other_head"), None),
        ("shop/stubs/stub_head.py", "import runpy\nrunpy.run_path('x/stub_head.py')\n", None),
        ("shop/stubs/stub_head.py", f"{MAKES_STUBS}load('shop.stubs.stub_head')\n", None),
    ],
)
def test_a_file_that_is_read_as_text_imports_nothing(path: str, maker: str, severity: Severity | None) -> None:
    (finding,) = found("", {path: "from .config import Head\n", "shop/make_stubs.py": maker})
    assert finding.severity is severity


def test_a_plug_in_for_a_program_that_is_not_here() -> None:
    plugin = "from plugins import Plugin, register\nfrom plugins.event import Event\nfrom bridge import Reply\n"
    assert found("", {"tools/chat/plugins/__init__.py": "", "tools/chat/plugins/reply.py": plugin}) == []


def test_a_recipe_is_not_the_package_that_it_builds() -> None:
    recipe = {
        "contrib/recipes/android/__init__.py": "recipe = 1\n",
        "contrib/recipes/plyer/__init__.py": "recipe = 1\n",
    }
    cart = "def brighten():\n    from android.runnable import run\n    from android import activity\n"
    cart += "    from plyer import notification\n"
    assert found(cart, recipe) == []


@pytest.mark.parametrize("folder", ["obsolete", "legacy", "deprecated"])
def test_old_code_is_no_successor_where_the_module_has_a_similar_one(folder: str) -> None:
    old = {f"shop/{folder}/__init__.py": "", f"shop/{folder}/tables.py": "class OrderDataTable: ...\n"}
    files = old | {"shop/tables.py": "class OrderTable: ...\n"}
    (finding,) = found("from shop.tables import OrderDataTable\n", files)
    assert finding.remedy == "Look in shop.tables for the successor of `OrderDataTable`"
    assert (finding.home, finding.evidence["rewrites"]) == (None, [])
    moved = f"Write `from shop.{folder}.tables import OrderDataTable`, the only place that defines it"
    for source in ("class Basket: ...\n", "OrderTable = 1\n"):
        (finding,) = found("from shop.tables import OrderDataTable\n", files | {"shop/tables.py": source})
        assert finding.remedy == moved


def test_old_code_is_the_successor_within_old_code_and_where_the_module_is_gone() -> None:
    files = {"shop/legacy/__init__.py": "", "shop/legacy/tables.py": "class OrderDataTable: ...\n"}
    (finding,) = found("from shop.tables import OrderDataTable\n", files)
    assert finding.remedy.startswith("Write `from shop.legacy.tables import OrderDataTable`")
    inside = files | {"shop/legacy/views.py": "class OrderTable: ...\n"}
    (finding,) = found("from shop.legacy.views import OrderDataTable\n", inside)
    assert finding.remedy.startswith("Write `from shop.legacy.tables import OrderDataTable`")


@pytest.mark.parametrize(
    "call",
    [
        'relocated_attribute("Basket", "shop.baskets.Basket", version="5.7")',
        'deprecated(name="Basket", version=5)',
        'lazy.attach(__name__, "Basket")',
        'if True:\n    provide("Basket", make())',
    ],
)
def test_a_name_that_the_module_says_in_a_call_may_be_put_there(call: str) -> None:
    orders = f"from library import deprecated, lazy, provide, relocated_attribute\n\nclass Order: ...\n\n{call}\n"
    assert not found("from shop.orders import Basket\n", {"shop/orders.py": orders})


@pytest.mark.parametrize("text", ['def make():\n    return provide("Basket")\n', 'NAME = "Basket"\n', '"""Basket"""\n'])
def test_a_name_that_is_said_elsewhere_is_missing(text: str) -> None:
    assert found("from shop.orders import Basket\n", {"shop/orders.py": text})


def test_what_tests_read_and_nothing_loads_is_information() -> None:
    broken = "from shop.a import gone\n"
    files = {"shop/a.py": "x = 1\n", "tests/outlines/script_3.py": broken}
    assert [finding.severity for finding in findings(BrokenImport(), files)] == [Severity.INFO]
    assert [
        finding.severity
        for finding in findings(BrokenImport(), files | {"tests/test_a.py": "import tests.outlines.script_3\n"})
    ] == [None]
    loaded = {"shop/a.py": "x = 1\n", "tests/outlines/test_script.py": broken}
    assert [finding.severity for finding in findings(BrokenImport(), loaded)] == [None]


@pytest.mark.parametrize(
    "front",
    [
        "from .redwood import *\n",
        "from redwood.redwood import *\n",
        "from .redwood import *\n__doc__ = redwood.__doc__\n",
    ],
)
def test_what_an_extension_module_has_is_not_known(front: str) -> None:
    """No file is named from it, and the folder that the package lies in has its name."""
    sources = {"redwood/pyproject.toml": "[project]\nname = 'redwood'\n", "redwood/Cargo.toml": ""}
    sources |= {"redwood/redwood/__init__.py": front, "redwood/redwood/__init__.pyi": "class RedwoodError: ...\n"}
    assert found("from redwood import RedwoodError\n", sources) == []


def test_what_a_package_takes_from_itself_is_known() -> None:
    sources = {"redwood/redwood/__init__.py": "from redwood import *\nclass Error: ...\n", "redwood/redwood/a.py": ""}
    (finding,) = found(
        "from redwood import RedwoodError\n", sources | {"redwood/pyproject.toml": "[project]\nname = 'redwood'\n"}
    )
    assert finding.subject == "redwood.RedwoodError"


@pytest.mark.parametrize(
    ("cart", "severity"),
    [
        ("if __name__ == '__main__':\n    from shop.orders import Basket\n", Severity.INFO),
        ("if __name__ == '__main__':\n    import shop.demo\n    shop.demo.run()\n", Severity.INFO),
        ("if __name__ == '__main__':\n    print(1)\nfrom shop.orders import Basket\n", None),
    ],
)
def test_what_only_a_file_started_by_itself_imports_is_info(cart: str, severity: Severity | None) -> None:
    (finding,) = found(cart)
    assert finding.severity is severity


PLUGINS = {
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["numpy"]\n',
    "plugins/wh/pyproject.toml": '[project]\nname = "warehouse-connector"\n',
    "plugins/wh/snowflake/__init__.py": "",
    "plugins/wh/snowflake/connector.py": "def connect(): ...\n",
}


@pytest.mark.parametrize(
    "cart",
    [
        "import snowflake.connector\nfrom snowflake.connector.pandas_tools import write_pandas\n",
        "import snowflake.connector\nfrom snowflake.connector import DictCursor\n",
        "import snowflake\nimport snowflake.sqlalchemy\n",
    ],
)
def test_a_folder_of_a_distribution_that_is_not_asked_for_is_not_meant(cart: str) -> None:
    """The folder is called like what it adapts, and the distribution is not."""
    assert found(cart, PLUGINS) == []


@pytest.mark.parametrize(
    ("path", "metadata"),
    [
        ("pyproject.toml", '[project]\nname = "shop"\ndependencies = ["warehouse-connector"]\n'),
        ("pyproject.toml", '[project]\nname = "shop"\n[dependency-groups]\ndev = ["warehouse-connector"]\n'),
        ("pyproject.toml", '[project]\nname = "shop"\n'),
        ("plugins/wh/pyproject.toml", '[project]\nname = "snowflake"\n'),
        ("plugins/wh/pyproject.toml", '[project]\nname = "snowflake-connector"\n'),
    ],
)
def test_a_distribution_that_is_asked_for_or_called_like_it_is_meant(path: str, metadata: str) -> None:
    (finding,) = found(
        "from snowflake import connector\nimport snowflake.connector.cursor\n", PLUGINS | {path: metadata}
    )
    assert finding.subject == "snowflake.connector.cursor"


ADAPTERS = {
    "adapters/redis/__init__.py": "",
    "adapters/redis/client.py": "class Store: ...\n",
    "shop/run.py": "from adapters.redis.client import Store\n",
}


@pytest.mark.parametrize(
    ("cart", "more"),
    [
        ("import redis.client\nfrom redis.asyncio import Redis\nfrom redis.exceptions import ConnectionError\n", {}),
        ("from redis.client import Redis\nimport redis.asyncio\nimport redis.lock\n", {"shop/run.py": ""}),
        (
            "import redis.exceptions, redis.lock\n",
            {"adapters/redis/client.py": "import redis.client, redis.asyncio\nclass Store: ...\n"},
        ),
    ],
)
def test_a_folder_that_is_called_like_a_package_of_others_is_not_meant(cart: str, more: dict[str, str]) -> None:
    assert found(cart, ADAPTERS | more) == []


def test_a_folder_of_which_most_is_there_is_meant() -> None:
    more = {"adapters/redis/locks.py": "", "adapters/redis/pool.py": "", "shop/run.py": ""}
    (finding,) = found("import redis.client, redis.locks, redis.pool\nimport redis.gone\n", ADAPTERS | more)
    assert finding.subject == "redis.gone"


@pytest.mark.parametrize("folder", ["src", "backend"])
def test_a_source_root_that_is_declared_or_called_like_one_is_sure(folder: str) -> None:
    sources = {f"{folder}/redis/__init__.py": "", f"{folder}/redis/client.py": "class Store: ...\n"}
    sources["pyproject.toml"] = f'[project]\nname = "x"\n[tool.setuptools.packages.find]\nwhere = ["{folder}"]\n'
    (finding,) = found("import redis.client\nimport redis.gone, redis.lost\n", sources)
    assert finding.subject == "redis.gone redis.lost"


@pytest.mark.parametrize(
    "condition",
    [
        'os.path.exists("shop/local_orders.py") and DEBUG',
        'Path("shop", "local_orders.py").is_file()',
        'importlib.util.find_spec("shop.local_orders") is not None',
        'find_spec("shop.local_orders")',
    ],
)
def test_a_module_that_is_looked_for_first_may_be_missing(condition: str) -> None:
    (finding,) = found(f"if {condition}:\n    from shop.local_orders import Order\n")
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize("condition", ['find_spec("numpy")', "exists_already", "DEBUG"])
def test_another_condition_says_nothing_of_the_module(condition: str) -> None:
    (finding,) = found(f"if {condition}:\n    from shop.former_orders import Order\n")
    assert finding.severity is Severity.MEDIUM


PROGRAMS = {
    "bench/carts/__init__.py": "",
    "bench/carts/model.py": "class Cart: ...\nclass Basket: ...\n",
    "bench/stock/__init__.py": "",
    "bench/stock/model.py": "class Shelf: ...\n",
    "model.py": "class Other: ...\n",
    "use.py": "from model import Other\n",
}


@pytest.mark.parametrize(
    "run",
    ["from model import Cart\n", "from model import Cart, Basket\n", "import model\nfrom model import Cart\n"],
)
def test_a_script_takes_names_from_the_file_beside_it(run: str) -> None:
    """Its folder is a package, and `model` elsewhere another module."""
    assert not findings(BrokenImport(), PROGRAMS | {"bench/carts/run.py": run})


def test_what_the_file_beside_has_not_is_missing() -> None:
    (finding,) = findings(BrokenImport(), PROGRAMS | {"bench/carts/run.py": "from model import Shelf\n"})
    assert finding.subject == "model.Shelf"


@pytest.mark.parametrize(
    "script",
    [
        'from pathlib import Path\nPath("shop/tax_table.py").write_text("RATES = {}")\n',
        'TARGET = "./shop/tax_table.py"\nwith open(TARGET, "w") as file:\n    file.write("RATES = {}")\n',
        'import os\npath = os.path.join("shop", "tax_table.py")\nopen(path, "w").write("")\n',
        'def main(target="shop/tax_table"):\n    open(f"{target}.py", "w")\n',
    ],
)
def test_what_a_script_writes_may_be_missing(script: str) -> None:
    assert found("from shop.tax_table import RATES\n", {"scripts/update_rates.py": script}) == []


@pytest.mark.parametrize(
    "script",
    [
        'from shop.tax_table import RATES\nopen("rates.txt", "w").write(str(RATES))\n',
        'print("shop/tax_table.py")\n',
        'open("stock/tax_table.py", "w")\n',
    ],
)
def test_what_no_script_writes_is_missing(script: str) -> None:
    assert "shop.tax_table" in {
        each.subject for each in found("from shop.tax_table import RATES\n", {"scripts/r.py": script})
    }


def test_a_common_word_in_a_script_says_nothing_of_a_module() -> None:
    script = 'open("shop/table.py", "w")\n'
    (finding,) = found("from shop.table import RATES\n", {"scripts/update_rates.py": script})
    assert finding.subject == "shop.table"


CLIENT = "def f():\n    from shop.orders import client\n    return client\n"


@pytest.mark.parametrize(
    "boot",
    [
        "import shop.orders\nshop.orders.client = object()\n",
        "from shop import orders\ndef boot():\n    orders.client = object()\n",
        "from shop import orders as o\ndef boot():\n    setattr(o, 'client', object())\n",
    ],
)
def test_a_name_that_another_module_puts_there_is_there(boot: str) -> None:
    assert found(CLIENT, {"shop/boot.py": boot}) == []


@pytest.mark.parametrize(
    "boot",
    [
        "from shop import prices\nprices.client = object()\n",
        "from shop import orders\norders.other = object()\n",
        "class Client: ...\nclient = Client()\nclient.orders = 1\n",
        "from shop import orders\nprint(orders, 'client')\n",
    ],
)
def test_other_code_puts_nothing_there(boot: str) -> None:
    (finding,) = found(CLIENT, {"shop/boot.py": boot})
    assert finding.severity is Severity.MEDIUM


EXTRA = "from shop.extra import draw\n"


@pytest.mark.parametrize(
    "boot",
    [
        "import sys, types\nsys.modules['shop.extra'] = types.ModuleType('shop.extra')\n",
        "import sys\nimport extra\nsys.modules.setdefault('shop.extra', extra)\n",
        'import sys\ndef boot(module):\n    sys.modules["shop.extra"] = module\n',
    ],
)
def test_a_module_that_code_puts_in_place_is_there(boot: str) -> None:
    assert found(EXTRA, {"shop/boot.py": boot}) == []
    (finding,) = found(EXTRA, {"tests/conftest.py": boot})
    assert finding.severity is Severity.INFO
    other = boot.replace("shop.extra", "shop.other")
    assert [each.severity for each in found(EXTRA, {"shop/boot.py": other})] == [None]


LATE = "def f():\n    from shop.extra import x\n    return x\n"
WITHOUT = "except ImportError:\n    extra = None\n"


@pytest.mark.parametrize(
    ("cart", "severity"),
    [
        (
            f"try:\n    import shop.extra\n    HAS = True\n{WITHOUT}if HAS:\n    from shop.extra import x\n",
            Severity.INFO,
        ),
        (f"try:\n    import shop.extra\n{WITHOUT}{LATE}", Severity.INFO),
        (f"try:\n    from shop.extra import y as extra\n{WITHOUT}{LATE}", Severity.INFO),
        ("import pytest\npytest.importorskip('shop.extra')\nfrom shop.extra import x\n", Severity.INFO),
        ("import sys\nif sys.version_info < (3, 8):\n    from shop.extra import x\n", Severity.INFO),
        ("if False:\n    from shop.extra import x\n", Severity.INFO),
        ("OK = False\ntry:\n    import shop.extra\n    OK = True\nexcept ImportError:\n    pass\n", Severity.INFO),
        ("try:\n    import shop.extra\n    OK = True\nexcept ImportError:\n    pass\n", Severity.MEDIUM),
        (f"try:\n    import shop.other\n{WITHOUT}{LATE}", Severity.MEDIUM),
        ("import pytest\npytest.importorskip('numpy')\nfrom shop.extra import x\n", None),
        ("if DEBUG:\n    from shop.extra import x\n", Severity.MEDIUM),
    ],
)
def test_a_file_that_knows_that_the_module_may_be_missing(cart: str, severity: Severity | None) -> None:
    severities = {each.subject: each.severity for each in found(cart)}
    assert severities["shop.extra"] is severity


@pytest.mark.parametrize(
    ("comment", "severity"),
    [
        ("# type: ignore", Severity.INFO),
        ("# type: ignore[import-not-found]", Severity.INFO),
        ("# pylint: disable=import-error,wrong-import-position", Severity.INFO),
        ("# pylint: disable=E0611", Severity.INFO),
        ("# noqa: E402  # pyright: ignore[reportMissingImports]", Severity.INFO),
        ("# ty: ignore[unresolved-import]", Severity.INFO),
        ("# noqa: F401", None),
        ("# pylint: disable=wrong-import-position", None),
        ("# type: ignore[misc]", None),
        ("# the type: ignore it", None),
    ],
)
def test_what_checkers_are_told_to_leave_is_only_listed(comment: str, severity: Severity | None) -> None:
    for cart in (f"from shop.extra import x  {comment}\n", f"from shop.extra import (  {comment}\n    x,\n)\n"):
        (finding,) = found(cart)
        assert finding.severity is severity


LIBRARIES = {
    "common/__init__.py": "",
    "lib/common.py": "client = 1\n",
    "lib/deep/common/tools.py": "client = 1\n",
    "use.py": "import common\n",
}
ADDS = "import os, sys\nsys.path.{}os.path.join(os.path.dirname(__file__), '..', 'lib'))\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/cart.py", ADDS.format("append(") + "from common import client\n"),
        ("shop/cart.py", ADDS.format("insert(0, ") + "from common import client\n"),
        ("shop/cart.py", "import site\nsite.addsitedir('lib/deep')\nfrom common.tools import client\n"),
        ("tests/test_cart.py", "from common import client\n"),
    ],
)
def test_who_changes_the_path_means_the_module_in_another_folder(path: str, text: str) -> None:
    conftest = {"tests/conftest.py": ADDS.format("append(")}
    assert findings(BrokenImport(), SHOP | LIBRARIES | conftest | {path: text}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/cart.py", "from common import client\n"),
        ("shop/cart.py", ADDS.format("append(") + "from common.other import client\n"),
        ("shop/cart.py", ADDS.format("append(") + "from .common import client\n"),
    ],
)
def test_without_a_module_of_that_name_elsewhere_it_is_missing(path: str, text: str) -> None:
    assert len(findings(BrokenImport(), SHOP | LIBRARIES | {path: text})) == 1


@pytest.mark.parametrize(
    ("home", "asked", "name", "is_told"),
    [
        ("stock/lab/fit.py", "shop.orders", "train", False),
        ("stock/lab/orders.py", "shop.orders", "run", False),
        ("stock/lab/fit.py", "shop.fitting", "train", False),
        ("shop/lab/fit.py", "shop.orders", "train", True),
        ("stock/lab/fit.py", "shop.orders", "train_model", True),
        ("stock/lab/fit.py", "shop.orders", "Trainer", False),
    ],
)
def test_one_everyday_word_in_another_package_is_no_successor(home: str, asked: str, name: str, is_told: bool) -> None:
    definition = f"class {name}: ...\n" if name[0].isupper() else f"def {name}(): ...\n"
    packages = {"stock/__init__.py": "", "stock/lab/__init__.py": "", "shop/lab/__init__.py": ""}
    (finding,) = found(f"from {asked} import {name}\n", packages | {home: definition})
    assert ("the only place that defines it" in finding.remedy) is is_told


@pytest.mark.parametrize("flag", ["not shop.__with_speedups__", "shop.orders.PLAIN", "not (shop.fast or shop.faster)"])
def test_what_comes_after_a_flag_of_the_package_is_listed(flag: str) -> None:
    (finding,) = found(f"import shop\nif {flag}:\n    raise ImportError('no speedups')\nfrom shop._fast import pack\n")
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    "cart",
    [
        "import sys\nif sys.version_info < (3, 8):\n    raise ImportError('old')\nfrom shop.fast import pack\n",
        "import shop\nfrom shop.fast import pack\nif not shop.fast:\n    raise ImportError('no speedups')\n",
        "import shop\nif not shop.fast:\n    print('no speedups')\nfrom shop.fast import pack\n",
    ],
)
def test_what_comes_after_no_such_flag_is_scored(cart: str) -> None:
    (finding,) = found(cart)
    assert finding.severity is None


LATE = (
    "class Cart:\n    def __init__(self, parser):\n        if parser:\n            from shop.parsers.fast import Fast\n"
)


@pytest.mark.parametrize(
    "note",
    [
        "# Copied without parsers/ and tests/, which are excluded: fast, slow.\n",
        '"""The shop; fast parsers are omitted."""\n',
        "# This copy omits parsers.fast.\n",
    ],
)
def test_what_the_package_says_it_leaves_out_is_listed(note: str) -> None:
    (finding,) = found(LATE, {"shop/__init__.py": note})
    assert finding.severity is Severity.INFO
    (finding,) = found("from shop.parsers.fast import Fast\n", {"shop/__init__.py": note})
    assert finding.severity is None


@pytest.mark.parametrize("note", ["", "# Some parts are excluded.\n", "# It is fast.\n"])
def test_what_the_package_does_not_say_it_leaves_out_is_scored(note: str) -> None:
    (finding,) = found(LATE, {"shop/__init__.py": note})
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("use", "severity"),
    [
        ("os.listdir(images.__path__[0])", Severity.INFO),
        ("from os import path\npath.join(images.__path__[0], 'logo.png')", Severity.INFO),
        ("ROOT = list(images.__path__)", Severity.INFO),
        ("os.listdir(images.logo)", None),
        ("os.listdir(more_images.__path__)", None),
        ("os.listdir(images.__path__more)", None),
    ],
)
def test_a_folder_of_data_is_listed(use: str, severity: Severity | None) -> None:
    text = f"import shop.assets.images as images\nimport shop.orders as more_images\nimport os\n{use}\n"
    (finding,) = found(text)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("front", "severity"),
    [
        ("from lib import redirect\nredirect('shop.old.rates', 'shop.new')\n", Severity.INFO),
        ("from lib import redirect\nredirect(name='shop.old.rates')\n", Severity.INFO),
        ("from lib import redirect\nredirect('shop.old.other', 'shop.new')\n", None),
        ("NAME = 'shop.old.rates'\n", None),
    ],
)
def test_a_name_that_the_package_hands_to_a_function_may_be_made(front: str, severity: Severity | None) -> None:
    (finding,) = found("from shop.old.rates import Rate\n", {"shop/__init__.py": front})
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("folder", "severity"), [("broken_parts", Severity.INFO), ("broken", Severity.INFO), ("unbroken", None)]
)
def test_what_lies_among_the_broken_is_listed(folder: str, severity: Severity | None) -> None:
    (finding,) = found("", {f"shop/{folder}/extra.py": "from shop.orders import Bill\n"})
    assert finding.severity is severity
