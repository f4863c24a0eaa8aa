"""Equal text around modules of other contents: information, as moving it would take one of them from the others."""

from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.rules.rule import Rule
from ssot_lint.testing import findings
from ssot_rules.definitions.copied_module import CopiedModule
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.definitions.duplicate_method import DuplicateMethod

TABLES = {
    "shop/__init__.py": "",
    "shop/trade/__init__.py": "",
    "shop/trade/spot/__init__.py": "",
    "shop/trade/perp/__init__.py": "",
    "shop/trade/spot/tables.py": "URL = make('a')\nLIMITS = [1, 2]\nUNUSED = 1\n",
    "shop/trade/perp/tables.py": "URL = make('b')\nLIMITS = [1, 3]\nUNUSED = 2\n",
    "shop/run.py": "import shop.trade.spot.client, shop.trade.perp.client\n",
    # Places for what both sides share: without one, copies in different folders are information whatever they are.
    "shop/trade/utils.py": "def lent():\n    return 1\n",
    "shop/trade/models.py": "class Shown:\n    def show(self):\n        return repr(self)\n",
}
ALIKE = {"shop/trade/perp/tables.py": "UNUSED = 3\nURL = make('a')\nLIMITS = [1, 2]\n"}
HEAD = "import shop.trade.{}.tables as TABLES\n"
THROTTLER = "def throttler():\n    return Throttler(TABLES.LIMITS)\n"
BODY = """{name}(domain, throttler=None):
    throttler = throttler or make_throttler()
    client = Client(throttler)
    answer = client.ask(TABLES.URL, domain)
    if not answer:
        raise ValueError(domain)
    return float(answer)
"""
ASK = "def " + BODY.format(name="ask")
BESIDE = "def make_throttler():\n    return Throttler(TABLES.LIMITS)\n"
CALLER = """def build(auth, limit):
    made = make_throttler()
    client = Client(made, auth)
    client.limit = limit
    client.check()
    if client.is_open:
        client.close()
    return client
"""
PLAIN = """def weigh(parcel, zone):
    total = parcel.weight
    if zone == "island":
        total += 12
    if total > 100:
        total = 100
    for each in parcel.parts:
        total += each
    return round(total, 2)
"""
METHOD = """class {}Source:
    async def price(self, pairs, quote):
        client = Client(self.key)
        found = await client.ask(TABLES.URL, pairs)
        for pair in pairs:
            if pair.endswith(quote):
                found[pair] = self.round(found[pair])
        self.log(found)
        return found
"""
CLASS = (
    "class Feed:\n    def __init__(self):\n        self.url = TABLES.URL\n        self.limits = list(TABLES.LIMITS)\n"
    + ("    def ask(self, pair):\n        return fetch(self.url, pair)\n")
)


def found(rule: Rule, text: str, extra: dict[str, str] | None = None) -> list[Finding]:
    copies = {f"shop/trade/{side}/client.py": HEAD.format(side) + text for side in ("spot", "perp")}
    return findings(rule, TABLES | copies | (extra or {}))


@pytest.mark.parametrize("text", [ASK, ASK + BESIDE, CALLER + BESIDE])
def test_a_function_around_tables_of_its_own_is_info(text: str) -> None:
    assert [finding.severity for finding in found(DuplicateFunction(), text)] == [Severity.INFO]
    assert [finding.severity for finding in found(DuplicateFunction(), text, ALIKE)] == [None]


def test_many_statements_are_worth_a_parameter() -> None:
    long = ASK.replace("    if not", "    client.a()\n    client.b()\n    client.c()\n    client.d()\n    if not")
    assert [finding.severity for finding in found(DuplicateFunction(), long)] == [None]


def test_a_table_of_the_same_contents_is_no_other_one_nor_is_what_the_text_does_not_name() -> None:
    assert [finding.severity for finding in found(DuplicateFunction(), PLAIN)] == [None]
    same = {
        "shop/trade/perp/tables.py": "UNUSED = 7\n" + TABLES["shop/trade/spot/tables.py"].replace("UNUSED = 1\n", "")
    }
    assert [finding.severity for finding in found(DuplicateFunction(), ASK, same)] == [None]


def test_functions_in_common_are_info_where_all_are_around_tables() -> None:
    several = "".join("def " + BODY.format(name=name).replace("float", name) for name in ("ask", "tell", "hear"))
    (finding,) = found(DuplicateFunction(), several)
    assert "functions in common" in finding.message
    assert finding.severity is Severity.INFO
    (finding,) = found(DuplicateFunction(), several, ALIKE)
    assert finding.severity is None


def test_a_copied_file_around_tables_of_its_own_is_info_and_says_which() -> None:
    (finding,) = found(CopiedModule(), ASK + BESIDE + PLAIN)
    assert finding.severity is Severity.INFO
    assert finding.remedy == (
        "Move what is the same to `shop.trade.utils`, and let it be given what `TABLES` has: each of the "
        "files takes another module for that."
    )
    (site,) = finding.sites
    assert site.message == "the same as shop/trade/perp/client.py; `TABLES` is something else there"
    assert site.fix is not None
    assert not site.fix.is_automatic
    (finding,) = found(CopiedModule(), ASK + BESIDE + PLAIN, ALIKE)
    assert finding.severity is Severity.MEDIUM


def test_a_class_around_tables_of_its_own_is_info() -> None:
    assert [finding.severity for finding in found(DuplicateClass(), CLASS)] == [Severity.INFO]
    assert [finding.severity for finding in found(DuplicateClass(), CLASS, ALIKE)] != [Severity.INFO]


def test_a_method_around_tables_of_its_own_is_info() -> None:
    copies = {
        f"shop/trade/{side}/client.py": HEAD.format(side) + METHOD.format(side.title()) for side in ("spot", "perp")
    }
    third = {"shop/trade/third.py": "import shop.trade.spot.tables as TABLES\n" + METHOD.format("Third")}
    assert [finding.severity for finding in findings(DuplicateMethod(), TABLES | copies | third)] == [Severity.INFO]
    assert [finding.severity for finding in findings(DuplicateMethod(), TABLES | copies | third | ALIKE)] == [None]
