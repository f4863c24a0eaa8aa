"""What SSOT307 tells people to do about imports that miss something."""

from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.broken_import import BrokenImport

SHOP = {
    "run.py": "import shop.old.cart, shop.old.report, shop.cart\n",
    "shop/__init__.py": "__version__ = '1'\n",
    "shop/cart.py": "",
    "shop/orders.py": "class Order: ...\nclass Basket: ...\n",
    "shop/old/__init__.py": "",
    "shop/old/cart.py": "",
    "shop/old/report.py": "",
}


def found(files: dict[str, str]) -> list[Finding]:
    return findings(BrokenImport(), SHOP | files)


def test_names_that_one_file_misses_of_one_module_are_one_finding() -> None:
    (finding,) = found({"shop/cart.py": "from shop.orders import Bill, Order, Cheque\nfrom shop.orders import Slip\n"})
    assert finding.subject == "shop.orders.Bill shop.orders.Cheque shop.orders.Slip"
    assert finding.message == (
        "shop.orders has no `Bill`, `Cheque` or `Slip`, but 2 statements in 1 module import them: importing shop.cart "
        "raises ImportError"
    )
    assert finding.evidence["text"] == ["shop/orders.py neither defines nor imports Bill, Cheque, Slip"]
    assert [site.message for site in finding.sites] == [
        "shop.orders.Bill, shop.orders.Cheque do not exist",
        "shop.orders.Slip does not exist",
    ]


def test_files_that_share_one_of_the_names_are_one_finding_and_others_are_not() -> None:
    files = {
        "shop/cart.py": "from shop.orders import Bill, Cheque\n",
        "shop/a.py": "from shop.orders import Cheque, Slip\n",
        "shop/b.py": "from shop.orders import Voucher\n",
    }
    assert [finding.subject for finding in found(files)] == [
        "shop.orders.Bill shop.orders.Cheque shop.orders.Slip",
        "shop.orders.Voucher",
    ]


def test_modules_that_one_file_misses_of_one_package_are_one_finding() -> None:
    files = {
        "shop/models.py": "class Row: ...\n",
        "shop/config.py": "LIMIT = 1\n",
        "shop/utils.py": "def clean(): ...\n",
        "shop/old/cart.py": "from .models import Row\nfrom .config import LIMIT\nfrom .utils import *\n"
        "import shop.old.orders\n",
    }
    (finding,) = found(files)
    assert finding.message == (
        "there are no modules shop.old.config, shop.old.models, shop.old.orders and shop.old.utils, but 4 statements "
        "in 1 module import them: importing shop.old.cart raises ImportError"
    )
    assert finding.remedy == (
        "Write `from shop.models import Row`, `from shop.config import LIMIT`, where alone they are defined; write "
        "`from shop.utils import *`, `import shop.orders`, where they are, one package up"
    )


TWO_ROWS = {"shop/models.py": "class Row: ...\n", "shop/tables.py": "class Row: ...\n"}


@pytest.mark.parametrize(
    ("files", "remedy"),
    [
        (
            TWO_ROWS | {"shop/old/cart.py": "from .models import Row\n"},
            "Write `from shop.models import Row`, where it is, one package up",
        ),
        (
            {"shop/old/cart.py": "from . import __version__\n"},
            "Write `from shop import __version__`, the only place that defines it",
        ),
        (
            {"lib/__init__.py": "__version__ = '2'\n", "shop/old/cart.py": "from . import __version__\n"},
            "Write `from shop import __version__`, where it is, one package up",
        ),
        (
            {"shop/parts/__init__.py": "", "shop/parts/labels.py": "", "shop/cart.py": "import shop.labels\n"},
            "Write `import shop.parts.labels`, where it is, one package down",
        ),
        (
            {
                "shop/a/__init__.py": "",
                "shop/a/b/__init__.py": "",
                "shop/a/b/rows.py": "from shop.models import Row\nfrom shop.tables import Row\n",
                "shop/cart.py": "from shop.rows import Row\n",
            }
            | TWO_ROWS,
            "Write `from shop.a.b.rows import Row`, the only module of that name that has it",
        ),
        (
            {
                "shop/a/__init__.py": "",
                "shop/a/b/__init__.py": "",
                "shop/a/b/rows.py": "",
                "shop/cart.py": "import shop.rows\n",
            },
            "Import what took its place, or delete the import and what depends on it",
        ),
    ],
    ids=["up", "the only one", "up, a name", "down", "elsewhere", "elsewhere, nothing is asked for"],
)
def test_the_module_of_that_name_is_the_way_out(files: dict[str, str], remedy: str) -> None:
    (finding,) = found(files)
    assert finding.remedy == remedy


def test_a_successor_that_fails_itself_is_to_be_mended_first() -> None:
    files = {
        "shop/old/texts.py": "from .logs import log\nclass Texts: ...\n",
        "shop/old/cart.py": "from shop.old.texts import Texts\n",
        "shop/old/report.py": "import shop.old.texts\n",
        "shop/cart.py": "from shop.texts import Texts\n",
    }
    _, finding = sorted(found(files), key=lambda finding: finding.subject)
    assert finding.subject == "shop.texts"
    assert finding.remedy == (
        "Write `from shop.old.texts import Texts`, the only place that defines it, once shop.old.texts can be imported"
    )


@pytest.mark.parametrize("texts", ["", "try:\n    from .logs import log\nexcept ImportError:\n    log = None\n"])
def test_a_successor_that_can_be_imported_is_to_be_written_at_once(texts: str) -> None:
    files = {"shop/old/texts.py": f"{texts}class Texts: ...\n", "shop/cart.py": "from shop.texts import Texts\n"}
    (finding,) = (finding for finding in found(files) if finding.subject == "shop.texts")
    assert finding.remedy == "Write `from shop.old.texts import Texts`, the only place that defines it"


def test_a_file_that_nothing_imports_may_go() -> None:
    (finding,) = found({"shop/extra.py": "from shop.orders import Bill\n"})
    assert finding.remedy == (
        "Delete shop/extra.py if it is dead: nothing that can be loaded imports it; else import what took its place, "
        "or delete the import and what depends on it"
    )
    files = {"shop/extra.py": "from shop.orders import Bill\n", "shop/more.py": "import shop.extra, shop.gone\n"}
    finding = next(finding for finding in found(files) if finding.subject == "shop.orders.Bill")
    assert finding.remedy.startswith("Delete shop/extra.py if it is dead: nothing that can be loaded imports it; else ")


@pytest.mark.parametrize(
    "files",
    [
        {"shop/extra.py": "from shop.orders import Bill\nif __name__ == '__main__':\n    print(Bill())\n"},
        {"shop/extra.py": "from shop.orders import Bill\n", "shop/more.py": "import shop.extra\n"},
        {"shop/extra.py": "def pay():\n    from shop.orders import Bill\n"},
        {"tests/test_extra.py": "from shop.orders import Bill\n"},
        {"shop/management/commands/bill.py": "from shop.orders import Bill\n"},
        {"shop/plugins/bill.py": "from shop.orders import Bill\n"},
        {"shop/urls.py": "from shop.orders import Bill\n"},
    ],
    ids=["a script", "imported", "in a function", "a test", "a command", "a plug-in", "loaded by its name"],
)
def test_a_file_that_is_of_use_may_not_go(files: dict[str, str]) -> None:
    (finding,) = found(files)
    assert finding.remedy == "Import what took its place, or delete the import and what depends on it"


BASE = "class Filter: ...\nclass PriceFilter(Filter): ...\nclass OrderChain: ...\n"


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("FastOrderChain", "Import `OrderChain` if that is what is meant, else"),
        ("OrderChian", "Import `OrderChain` if that is what is meant, else"),
        ("PriceFilters", "Import `PriceFilter` if that is what is meant, else"),
        ("AFilter", "Import what took its place, or"),
        ("TableFilter", "Import what took its place, or"),
    ],
    ids=["a word more", "a slip", "a plural", "the base of a family", "another word"],
)
def test_what_is_called_nearly_so_may_be_meant(name: str, way: str) -> None:
    (finding,) = found({"shop/cart.py": f"from shop.filters import {name}\n", "shop/filters.py": BASE})
    assert finding.remedy == f"{way} delete the import and what depends on it"


def test_several_names_nearly_right_are_one_hint() -> None:
    files = {"shop/cart.py": "from shop.filters import FastOrderChain, PriceFilters\n", "shop/filters.py": BASE}
    (finding,) = found(files)
    assert finding.remedy == (
        "Import `OrderChain`, `PriceFilter` if those are what is meant, else delete the import and what depends on it"
    )


def test_an_alias_of_another_class_is_not_what_is_meant() -> None:
    files = {
        "shop/metrics.py": "class RunMetrics: ...\nclass MessageMetrics: ...\nMetrics = RunMetrics\n",
        "shop/message.py": "from shop.metrics import MessageMetrics\n",
        "shop/cart.py": "from shop.message import Metrics\n",
    }
    (finding,) = found(files)
    way_out = "if that is what is meant, else delete the import and what depends on it"
    assert finding.remedy == f"Import `MessageMetrics` {way_out}"
    (finding,) = found(files | {"shop/message.py": ""})
    assert finding.remedy == "Write `from shop.metrics import Metrics`, the only place that defines it"


def test_a_script_of_another_folder_is_no_way_out() -> None:
    script = {"deploy/docker/pool.py": "def crawler(): ...\n", "deploy/docker/server.py": "from pool import crawler\n"}
    files = script | {"shop/cart.py": "from shop.orders import crawler\n"}
    (finding,) = found(files)
    assert finding.remedy == "Import what took its place, or delete the import and what depends on it"


@pytest.mark.parametrize(
    ("files", "is_broken"),
    [
        ({"bench/bench.py": "def clean(): ...\n", "bench/plots.py": "from bench import clean\n"}, False),
        ({"bench/bench.py": "def wash(): ...\n", "bench/plots.py": "from bench import clean\n"}, True),
        ({"bench/bench.py": "def clean(): ...\n", "bench/plots.py": "from . import clean\n"}, True),
        ({"bench/bench.py": "def clean(): ...\n", "shop/cart.py": "from bench import clean\n"}, True),
    ],
    ids=["a script beside", "it lacks the name", "relative", "another folder"],
)
def test_a_script_beside_may_be_meant_by_the_name_of_its_folder(files: dict[str, str], is_broken: bool) -> None:
    assert bool(found(files | {"bench/__init__.py": ""})) is is_broken


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("shop/test_jobs/invalid_import.py", Severity.INFO),
        ("tests/data/broken/orders.py", Severity.INFO),
        ("tests/nonexistent_module.py", Severity.INFO),
        ("shop/invalid_orders.py", None),
        ("tests/test_orders.py", None),
    ],
)
def test_what_fails_on_purpose_is_info(path: str, severity: Severity | None) -> None:
    (finding,) = found({path: "from shop.orders import Bill\n"})
    assert finding.severity is severity


PLUGINS = {f"shop/plugin/{name}.py": "" for name in ("a", "b")} | {"shop/plugin/bills.py": "class Bill: ...\n"}


@pytest.mark.parametrize(
    ("files", "remedy"),
    [
        ({}, "Import what took its place, or delete the import and what depends on it"),
        ({"shop/plugin/a.py": "from .bills import Bill\n"}, "Import what took its place, or delete the import and"),
        ({"shop/load.py": "from shop.plugin import a\n"}, "Write `from shop.plugin.bills import Bill`, the only place"),
        ({"shop/load.py": "import shop.plugin.b\n"}, "Write `from shop.plugin.bills import Bill`, the only place"),
    ],
    ids=["never imported", "only beside itself", "a plug-in is imported", "another plug-in"],
)
def test_plug_ins_that_are_loaded_by_path_are_no_way_out(files: dict[str, str], remedy: str) -> None:
    (finding,) = found(PLUGINS | {"shop/cart.py": "from shop.orders import Bill\n"} | files)
    assert finding.remedy.startswith(remedy)


@pytest.mark.parametrize(("value", "is_told"), [("None", True), ("int", False), ("make()", False)])
def test_a_name_that_waits_for_the_import_is_told_where_it_is(value: str, is_told: bool) -> None:
    cart = f"Bill = {value}\ndef pay():\n    global Bill\n    from shop.gone import Bill\n"
    (finding,) = found({"shop/bills.py": "class Bill: ...\n", "shop/cart.py": cart})
    assert (finding.home is not None) is is_told


def test_a_file_that_may_go_is_told_first_where_the_name_is() -> None:
    files = {
        "shop/prices.py": "def gross(net): ...\n",
        "shop/extra.py": "from shop.orders import gross\nx = gross(1)\n",
    }
    (finding,) = found(files)
    assert finding.remedy == (
        "Write `from shop.prices import gross`, the only place that defines it; delete shop/extra.py if it is dead: "
        "nothing that can be loaded imports it"
    )


NOTHING_TELLS = "Import what took its place, or delete the import and what depends on it"
PRICES = {
    "shop/prices.py": "from dataclasses import dataclass\n"
    "class Client:\n    def __init__(self, http, *, retries=1): ...\n"
    "@dataclass\nclass Side:\n    amount: int\n    fees: list\n    note: str = ''\n"
    "def gross(net, rate, *extras): ...\n"
}


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("Client", "Client()"),
        ("Client", "Client(1, timeout=3)"),
        ("Client", "Client(1, 2)"),
        ("Side", "Side(1)"),
        ("Side", "Side(1, note='x')"),
        ("gross", "gross(1)"),
        ("gross", "gross(1, 2), gross(1, rate=2, net=1, percent=3)"),
    ],
)
def test_what_cannot_be_called_like_that_is_no_successor(name: str, call: str) -> None:
    (finding,) = found(PRICES | {"shop/cart.py": f"from shop.orders import {name}\nx = {call}\n"})
    assert finding.remedy == NOTHING_TELLS
    assert finding.home is None


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("Client", "Client(1, retries=2)"),
        ("Client", "Client(*given)"),
        ("Client", "print(Client)"),
        ("Side", "Side(1, fees=[])"),
        ("gross", "gross(1, 2, 3, 4)"),
        ("gross", "gross(**given)"),
    ],
)
def test_what_can_be_called_like_that_is_the_successor(name: str, call: str) -> None:
    (finding,) = found(PRICES | {"shop/cart.py": f"from shop.orders import {name}\nx = {call}\n"})
    assert finding.remedy == f"Write `from shop.prices import {name}`, the only place that defines it"


def test_a_module_of_which_one_name_cannot_be_called_like_that_took_the_place_of_none() -> None:
    """`Proposal` of the other strategy fits, `Side` has one argument more: it is the other strategy's."""
    types = (
        "class Side:\n    def __init__(self, amount, fees): ...\nclass Proposal:\n    def __init__(self, side): ...\n"
    )
    files = {
        "shop/amm/__init__.py": "",
        "shop/amm/types.py": types,
        "shop/old/types.py": types,
        "shop/perp/__init__.py": "",
        "shop/perp/utils.py": "from .types import Proposal, Side\nx = Proposal(Side(1))\n",
    }
    (finding,) = found(files | {"shop/cart.py": "import shop.perp.utils\n"})
    assert finding.remedy == NOTHING_TELLS
    del files["shop/old/types.py"]
    (finding,) = found(files | {"shop/cart.py": "import shop.perp.utils\n"})
    assert finding.remedy == NOTHING_TELLS


def test_a_dead_file_that_misses_things_of_several_modules_is_one_finding_and_goes() -> None:
    text = "from shop.orders import Bill\nfrom shop.prices import gross\nimport shop.taxes\n"
    (finding,) = found({"shop/extra.py": text})
    assert finding.severity is Severity.MEDIUM
    assert finding.message == (
        "shop/extra.py cannot be imported: it takes shop.orders.Bill, shop.prices, shop.taxes, which are gone, and "
        "nothing that can be loaded imports it"
    )
    assert finding.remedy == "Delete shop/extra.py: nothing that can be loaded imports it"
    assert len(finding.sites) == 3


def test_dead_files_that_share_what_is_missing_are_one_finding() -> None:
    text = "from shop.orders import Bill\nfrom shop.prices import gross\n"
    more = {"shop/extra.py": text, "shop/more.py": "from shop.prices import net\nfrom shop.orders import Slip\n"}
    (finding,) = found(more)
    assert finding.remedy.startswith("Delete shop/extra.py, shop/more.py: nothing that can be")


def test_what_else_can_be_done_about_a_dead_file_comes_second_where_all_of_it_is_known() -> None:
    text = "from shop.orders import gross\nfrom shop.prices import Order\n"
    (finding,) = found({"shop/extra.py": text, "shop/rates.py": "def gross(): ...\n"})
    assert finding.remedy.startswith(
        "Delete shop/extra.py: nothing that can be loaded imports it; where somebody runs it all the same, write "
    )


@pytest.mark.parametrize("user", ["run.py", "shop/cart.py"])
def test_a_file_that_something_loads_is_mended_thing_by_thing(user: str) -> None:
    text = "from shop.orders import Bill\nfrom shop.prices import gross\n"
    found_here = found({"shop/extra.py": text, user: f"{SHOP[user]}\nimport shop.extra\n"})
    assert [finding.severity for finding in found_here] == [None, None]
    assert not any("dead" in finding.remedy for finding in found_here)


def test_files_of_relative_imports_are_told_relative_ones() -> None:
    files = {"shop/layers/__init__.py": "", "shop/layers/moe.py": "class Block: ...\n"}
    (finding,) = found({**files, "shop/cart.py": "from .orders import Block\n"})
    assert finding.remedy == "Write `from .layers.moe import Block`, the only place that defines it"
    (finding,) = found({**files, "shop/cart.py": "from shop.orders import Block\n"})
    assert finding.remedy == "Write `from shop.layers.moe import Block`, the only place that defines it"


@pytest.mark.parametrize("name", ["run_from_cli", "cli_entry", "main_loop"])
def test_what_somebody_starts_takes_no_other_s_place(name: str) -> None:
    files = {"shop/inspect.py": f"def {name}(): ...\n"}
    (finding,) = found({**files, "shop/cart.py": f"def run():\n    from shop.api import {name}\n    {name}()\n"})
    assert finding.remedy == "Import what took its place, or delete the import and what depends on it"


def test_what_was_tried_first_is_no_way_out() -> None:
    tries = (
        "def run():\n    try:\n        from shop.rates import Rate\n    except ImportError:\n"
        "        from shop.src.rates import Rate\n    return Rate\n"
    )
    (finding,) = found({"shop/rates.py": "class Rate: ...\n", "shop/cart.py": tries})
    assert "shop.rates import" not in finding.remedy


SEVERAL = "from shop.orders import Bill\nfrom shop.prices import gross\n"


@pytest.mark.parametrize("path", ["tests/test_extra.py", "shop/test_extra.py", "tests/unit/extra_test.py"])
def test_a_test_that_misses_several_things_is_one_finding_of_its_file(path: str) -> None:
    (finding,) = found({path: SEVERAL})
    assert finding.severity is Severity.MEDIUM
    assert finding.message == f"{path} cannot be imported: it takes shop.orders.Bill, shop.prices, which are gone"
    assert finding.remedy == f"Delete {path} if what it tests is gone; else write it anew for what is there"


def test_tests_are_mended_where_all_has_a_successor_or_they_help_others() -> None:
    moved = {"shop/bills.py": "class Bill: ...\n", "shop/rates.py": "def gross(): ...\n"}
    assert [each.severity for each in found({**moved, "tests/test_extra.py": SEVERAL})] == [None, None]
    assert [each.severity for each in found({"tests/conftest.py": SEVERAL})] == [None, None]
    helped = {"tests/__init__.py": "", "tests/helps.py": SEVERAL, "tests/test_a.py": "from tests.helps import gross\n"}
    assert [each.severity for each in found(helped)] == [None, None]


@pytest.mark.parametrize("folder", ["contrib/extra", "contrib", "more/contrib/extra/tests"])
def test_tests_of_contributions_are_listed(folder: str) -> None:
    (finding,) = found({f"{folder}/test_extra.py": "from shop.orders import Bill\n", f"{folder}/run.py": "x = 1\n"})
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize("more", [{"shop/contrib/__init__.py": ""}, {}])
def test_tests_of_contributions_that_are_part_of_the_product_are_judged(more: dict[str, str]) -> None:
    files = {"shop/contrib/extra.py": "x = 1\n", "shop/cart.py": "import shop.contrib.extra\n"} if more else {}
    path = "shop/contrib/test_extra.py" if more else "tests/test_contrib.py"
    (finding,) = found({**more, **files, path: "from shop.orders import Bill\n"})
    assert finding.severity is None


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("price_util", "price_utils"),
        ("rates", "rate"),
        ("bill", "bills"),
        ("helper", "helpers"),
        ("rates_3f", "deprecated_rates_3f"),
        ("rates_3f", "rates_3f_old"),
        ("bill", "legacy_bill"),
        ("rates_gen_0283c3", "rates_gen_f990de"),
    ],
)
def test_a_module_beside_that_is_called_so_but_for_the_plural_took_its_place(asked: str, there: str) -> None:
    files = {f"shop/{there}.py": "def load(): ...\n", "shop/more/other.py": "def load(): ...\n"}
    (finding,) = found({**files, "shop/cart.py": f"from shop.{asked} import load\n"})
    assert finding.remedy == f"Write `from shop.{there} import load`, beside it, which has nearly its name"
    (finding,) = found({**files, "shop/cart.py": f"import shop.{asked} as x\n"})
    assert finding.remedy == f"Write `import shop.{there}`, beside it, which has nearly its name"


@pytest.mark.parametrize(
    "there",
    ["shop/price_util_f990de.py", "shop/price_utilities.py", "shop/more/price_utils.py", "tests/price_utils.py"],
)
def test_other_modules_took_no_place(there: str) -> None:
    (finding,) = found({there: "X = 1\n", "shop/cart.py": "import shop.price_util as x\nprint(x)\n"})
    assert finding.remedy == NOTHING_TELLS


def test_a_module_called_so_but_for_the_plural_that_lacks_the_name_took_no_place() -> None:
    (finding,) = found({"shop/rates.py": "X = 1\n", "shop/cart.py": "from shop.rate import load\n"})
    assert finding.remedy == NOTHING_TELLS


@pytest.mark.parametrize("line", ["@torch.no_grad()", "@lru_cache", "@functools.wraps(f)"])
def test_decorators_that_leave_the_call_as_it_is_hide_no_parameters(line: str) -> None:
    files = {
        "shop/kv.py": f"import functools, torch\nfrom functools import lru_cache\n{line}\ndef copy_kv(k, d, o): ...\n"
    }
    (finding,) = found({**files, "shop/cart.py": "from shop.old import copy_kv\ncopy_kv(1, 2, 3, 4, 5)\n"})
    assert finding.remedy == NOTHING_TELLS
    (finding,) = found({**files, "shop/cart.py": "from shop.old import copy_kv\ncopy_kv(1, 2, 3)\n"})
    assert finding.remedy == "Write `from shop.kv import copy_kv`, the only place that defines it"


def test_one_name_of_a_missing_module_that_is_somewhere_may_be_anything() -> None:
    files = {"shop/layers.py": "class Variable: ...\n"}
    (finding,) = found({**files, "shop/cart.py": "from shop.graph import Reshape, Variable, Dense\n"})
    assert finding.remedy == NOTHING_TELLS
    (finding,) = found({**files, "shop/cart.py": "from shop.graph import Variable, Dense\n"})
    assert finding.remedy.startswith("Write `from shop.layers import Variable`")


def test_of_several_definitions_that_in_the_folder_that_was_asked_is_meant() -> None:
    files = {"shop/api/a.py": "class Bill: ...\n", "shop/db/b.py": "class Bill: ...\n", "shop/db/c.py": "X = 1\n"}
    (finding,) = found({**files, "shop/cart.py": "from shop.db.c import Bill\n"})
    assert finding.remedy == "Write `from shop.db.b import Bill`, the one of that name in the same folder"
    (finding,) = found({**files, "shop/cart.py": "from shop.orders import Bill\n"})
    assert finding.remedy == NOTHING_TELLS


def test_of_several_modules_that_beside_the_others_that_are_missing_is_meant() -> None:
    stage = "def decode(): ...\n"
    files = {
        "shop/a/stage.py": stage,
        "shop/b/stage.py": stage,
        "shop/b/config.py": "class Config: ...\n",
        "shop/cart.py": "from .old.stage import decode\nfrom .old.config import Config\n",
    }
    (finding,) = found({**files, "shop/old/__init__.py": ""})
    assert "`from .b.config import Config`" in finding.remedy
    assert "`from .b.stage import decode`" in finding.remedy


@pytest.mark.parametrize(("path", "is_deleted"), [("shop/configs/extra.py", False), ("shop/extra.py", True)])
def test_what_is_chosen_by_its_name_is_not_told_to_be_deleted(path: str, is_deleted: bool) -> None:
    (finding,) = found({path: "from shop.orders import Bill\n"})
    assert ("Delete" in finding.remedy) is is_deleted
