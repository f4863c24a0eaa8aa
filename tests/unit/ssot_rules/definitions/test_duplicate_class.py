from __future__ import annotations

import posixpath
from collections.abc import Iterable

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.model.source import Zone
from ssot_lint.testing import findings, project_from, scan_of
from ssot_rules.analysis.bodies import Grade
from ssot_rules.definitions._duplicates import NamesakeAnalysis
from ssot_rules.definitions.divergent_class import DivergentClass
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.definitions.near_duplicate_class import NearDuplicateClass
from ssot_rules.definitions.related_class import RelatedClass

TOTAL = """
class OrderTotal:
    def __init__(self, net, tax):
        self.net = net
        self.tax = tax

    def gross(self):
        return self.net + self.tax
"""
USER = "from shop.orders.total import OrderTotal\n"
PACKAGES = {"shop/__init__.py": "", "shop/orders/__init__.py": "", "shop/billing/__init__.py": ""}


def found(sources: dict[str, str], *components: Component) -> list[Finding]:
    return findings(DuplicateClass(), PACKAGES | sources, components)


def all_found(sources: dict[str, str]) -> list[tuple[str, str]]:
    rules = (DuplicateClass(), NearDuplicateClass(), RelatedClass(), DivergentClass())
    return [(rule.code, each.subject) for rule in rules for each in findings(rule, PACKAGES | sources)]


def test_a_copy_is_a_site_and_the_most_imported_one_the_home() -> None:
    (finding,) = found(
        {
            "shop/billing/total.py": TOTAL,
            "shop/orders/total.py": TOTAL,
            "shop/app.py": USER,
            "shop/tools.py": USER,
            "shop/x.py": "import shop.billing.total\nshop.billing.total.OrderTotal(1, 2)\n",
        }
    )
    assert finding.subject == "OrderTotal"
    assert finding.message == (
        "class `OrderTotal` is defined in 2 modules (2 identical): keep shop/orders/total.py, imported by 2 modules"
    )
    assert finding.remedy == (
        "Keep `OrderTotal` in shop/orders/total.py. "
        "Delete it from shop/billing/total.py and write `from shop.orders.total import OrderTotal` there."
    )
    assert finding.home is not None
    assert finding.home.symbol == "shop.orders.total:OrderTotal"
    (site,) = finding.sites
    assert site.location == Location("shop/billing/total.py", 2, 1, 8)
    assert site.symbol == "shop.billing.total:OrderTotal"
    assert site.message == "identical copy of `shop.orders.total:OrderTotal`"
    assert len(site.body) == 12


def test_a_copy_that_nothing_uses_is_deleted_though_the_home_cannot_be_imported_there() -> None:
    mixins, views = "shop/mixins.py", "shop/views.py"
    users = {"shop/app.py": "from shop.views import View\n"}
    view = f"from shop import mixins\n{TOTAL}class View(mixins.Named, OrderTotal): ...\n"
    (finding,) = found({mixins: f"class Named: ...\n{TOTAL}", views: view} | users)
    assert finding.message.endswith(": keep shop/views.py, the only one that is used")
    assert finding.remedy == (
        "Keep `OrderTotal` in shop/views.py. Delete it from shop/mixins.py, unless other projects take it from there: "
        "no code here does."
    )
    used = {mixins: f"class Named: ...\n{TOTAL}class Paid(OrderTotal): ...\n", views: view}
    (finding,) = found(used | users)
    assert finding.message.endswith(": keep shop/mixins.py, the only one that the others can import without a circle")


def test_a_copied_file_that_nothing_imports_is_deleted() -> None:
    more = {f"shop/billing/{name}.py": "RATE = 1\n" for name in ("rates", "zones")}
    sources = {
        "shop/orders/total.py": TOTAL,
        "shop/billing/total.py": TOTAL,
        "shop/app.py": USER + "from shop.billing import rates, zones\n",
    }
    deleted = (
        "Keep `OrderTotal` in shop/orders/total.py. Delete shop/billing/total.py, unless other projects use it: no "
        "code here does."
    )
    (finding,) = found(sources | more)
    assert finding.remedy == deleted
    assert finding.sites_unused
    (finding,) = found(sources)
    assert "Delete it from shop/billing/total.py" in finding.remedy
    loaded = {"shop/loader.py": "from app import load\nload('shop.billing.total')\n"}
    (finding,) = found(sources | more | loaded)
    assert "Delete it from shop/billing/total.py" in finding.remedy
    (finding,) = found(sources | more | {"shop/billing/total.py": f"{TOTAL}def main(): ...\n"})
    assert "Delete it from shop/billing/total.py" in finding.remedy


@pytest.mark.parametrize(
    ("more", "remedy"),
    [
        ("class Quota:\n    limit = 3\n", "Delete it from shop/billing/total.py, unless other projects take it"),
        ("def quota(pod):\n    return pod.limit\n", "Delete it from shop/billing/total.py, unless other projects take"),
        ("QUOTAS = {'pod': 3}\n", "Delete it from shop/billing/total.py, unless other projects take it"),
        ("class Quota(OrderTotal):\n    limit = 3\n", "Delete it from shop/billing/total.py and write `from shop"),
        ("__all__ = []\n", "Delete shop/billing/total.py, unless other projects use it"),
        ("class Tax:\n    rate = 1\n", "Delete shop/billing/total.py, unless other projects use it"),
    ],
)
def test_a_file_goes_only_if_it_has_nothing_of_its_own(more: str, remedy: str) -> None:
    sources = {
        "shop/orders/total.py": f"{TOTAL}class Tax:\n    rate = 1\n",
        "shop/billing/total.py": f"{TOTAL}{more}",
        "shop/billing/rates.py": "RATE = 1\n",
        "shop/billing/zones.py": "RATE = 1\n",
        "shop/app.py": USER + "from shop.billing import rates, zones\n",
    }
    (finding,) = (each for each in found(sources) if each.subject == "OrderTotal")
    assert remedy in finding.remedy
    assert finding.sites_unused is remedy.startswith("Delete shop")


def test_clusters_say_how_the_other_definitions_relate() -> None:
    longer = TOTAL + "\n    def is_free(self):\n        return self.net == 0\n"
    other = "class OrderTotal:\n    columns = 3\n    rows = 7\n    def draw(self):\n        print(self.rows)\n"
    (finding,) = found(
        {
            "shop/a.py": TOTAL,
            "shop/b.py": TOTAL,
            "shop/c.py": TOTAL,
            "shop/longer.py": longer,
            "shop/other.py": other,
        }
    )
    assert finding.message == (
        "class `OrderTotal` is defined in 5 modules (3 identical, 1 similar, 1 different): no code here uses them"
    )
    assert [site.location.path for site in finding.sites] == [
        "shop/b.py",
        "shop/c.py",
        "shop/longer.py",
    ]
    assert finding.evidence["clusters"] == [
        {"grade": "identical", "symbols": ["shop.a:OrderTotal", "shop.b:OrderTotal", "shop.c:OrderTotal"]},
        {"grade": "similar", "symbols": ["shop.longer:OrderTotal"]},
        {"grade": "different", "symbols": ["shop.other:OrderTotal"]},
    ]
    assert finding.evidence["text"] == [
        "3 identical: shop/a.py, shop/b.py, shop/c.py",
        "1 similar: shop/longer.py",
        "1 different: shop/other.py",
        "shop/longer.py adds `is_free`",
    ]


MODEL = """
class RowEncoder:
    def __init__(self, size):
        self.size = size
        self.layers = build(size)
        self.head = build(1)

    def forward(self, rows):
        rows = self.layers(rows)
        rows = rows.reshape(self.size, -1)
        rows = rows.permute(0, 2)
        rows = self.norm(rows)
        return self.head(rows)
"""
OF_SERIES = MODEL.replace("        rows = rows.permute(0, 2)\n", "")
WITH_DROPOUT = MODEL.replace("size):", "size, dropout=0.1):")
WITH_RATE = MODEL.replace("    def __init__", "    rate = 3\n\n    def __init__")
TRAINED = "from shop.a import RowEncoder\nRowEncoder(3)\n"
TWINS = {"shop/a.py": MODEL, "shop/b.py": MODEL, "shop/use.py": "from shop.b import RowEncoder\nRowEncoder(2)\n"}


@pytest.mark.parametrize(
    ("similar", "remedy"),
    [
        (
            OF_SERIES,
            "Leave it in shop/c.py, which differs, or let it derive from that one and keep only what is its own.",
        ),
        (
            WITH_DROPOUT,
            "In shop/c.py write `from shop.a import RowEncoder`, take from it what is the same, by inheritance or as a "
            "helper, and leave only what differs.",
        ),
    ],
)
def test_a_similar_copy_beside_equal_ones_is_not_given_up(similar: str, remedy: str) -> None:
    """As `GRUModel` of qlib, one of which takes time series: it has nothing to merge."""
    users = {f"shop/use{number}.py": TRAINED for number in range(3)} | {
        "shop/d.py": "from shop.c import RowEncoder\nRowEncoder(1)\n"
    }
    (finding,) = found(TWINS | users | {"shop/c.py": similar})
    assert finding.remedy == (
        "Keep `RowEncoder` in shop/a.py. Delete it from shop/b.py and write `from shop.a import RowEncoder` there. "
        + remedy
    )


@pytest.mark.parametrize("similar", [OF_SERIES, WITH_DROPOUT, WITH_RATE])
def test_a_similar_copy_does_not_move_with_equal_ones(similar: str) -> None:
    """As `PositionalEncoding` of qlib, one of which has dropout: who calls it would pass that as another thing."""
    users = {f"shop/use{name}.py": f"from shop.{name} import RowEncoder\nRowEncoder(2)\n" for name in "abc"}
    (finding,) = found({"shop/a.py": MODEL, "shop/b.py": MODEL, "shop/c.py": similar} | users)
    assert finding.remedy == (
        "Move `RowEncoder` to a module that all can import "
        "(a new one in `shop`, say) and import it from there in shop/a.py, shop/b.py. Leave it in "
        "shop/c.py, which differs, or let it derive from that one and keep only what is its own."
    )


def test_a_similar_copy_that_nothing_uses_goes() -> None:
    users = {f"shop/use{name}.py": f"from shop.{name} import RowEncoder\nRowEncoder(2)\n" for name in "ab"}
    (finding,) = found({"shop/a.py": MODEL, "shop/b.py": MODEL, "shop/c.py": OF_SERIES} | users)
    assert "Delete shop/c.py, unless other projects use it: no code here does." in finding.remedy


def test_what_is_no_code_makes_no_difference() -> None:
    said_differently = TOTAL.replace(
        ":\n        return", ':\n        """Net and tax."""\n        # why not\n        return'
    )
    assert [each.subject for each in found({"shop/a.py": TOTAL, "shop/b.py": said_differently})] == ["OrderTotal"]


def test_a_class_attribute_makes_a_difference() -> None:
    one = TOTAL.replace("    def __init__", '    unit = "EUR"\n\n    def __init__')
    other = one.replace("EUR", "CHF")
    assert all_found({"shop/a.py": one, "shop/b.py": other}) == [("SSOT102", "OrderTotal")]


def test_a_signature_makes_a_difference() -> None:
    assert all_found(
        {"shop/a.py": TOTAL, "shop/b.py": TOTAL.replace("gross(self)", "gross(self, *, rounded=False)")}
    ) == [("SSOT102", "OrderTotal")]


@pytest.mark.parametrize("name", ["Total", "_OrderTotal"])
def test_one_word_and_private_names_count_when_identical_only(name: str) -> None:
    source = TOTAL.replace("OrderTotal", name)
    changed = source + "\n    def is_free(self):\n        return self.net == 0\n"
    (finding,) = found({"shop/a.py": source, "shop/b.py": source, "shop/c.py": changed})
    assert [site.location.path for site in finding.sites] == ["shop/b.py"]
    assert all_found({"shop/a.py": source, "shop/c.py": changed}) == []


@pytest.mark.parametrize("body", ["    pass\n", '    """Nothing."""\n', "    ...\n"])
def test_empty_bodies_are_nobodys_copy(body: str) -> None:
    source = f"class NotFound(Exception):\n{body}"
    assert all_found({"shop/a.py": source, "shop/b.py": source}) == []


def test_a_small_body_counts_on_equal_bases_only() -> None:
    base = "class Label:\n    def show(self):\n        return self.text\n"
    label = 'from shop.{base} import Label\nclass PrintedLabel(Label):\n    text = "label"\n'
    one, other = label.format(base="one"), label.format(base="other")
    assert [each.subject for each in found({"shop/one.py": base, "shop/a.py": one, "shop/b.py": one})] == [
        "PrintedLabel"
    ]
    assert "PrintedLabel" not in {
        subject
        for _, subject in all_found({"shop/one.py": base, "shop/other.py": base, "shop/a.py": one, "shop/b.py": other})
    }


def test_equal_bodies_on_other_bases_are_not_deleted() -> None:
    source = TOTAL.replace("OrderTotal:", "OrderTotal(Frame):")
    sources = {"shop/a.py": f"from one import Frame\n{source}", "shop/b.py": f"from two import Frame\n{source}"}
    (finding,) = found(sources | {"shop/c.py": "from shop.a import OrderTotal\nimport shop.b\n"})
    assert finding.sites[0].message == "identical copy of `shop.a:OrderTotal`; inherits from `two.Frame`"
    assert finding.remedy == (
        "Move `OrderTotal` to a module that all can import "
        "(a new one in `shop`, say) and import it from there in shop/a.py, shop/b.py: shop.a loads "
        "`one`, which shop.b does without."
    )


def test_a_subclass_is_no_copy_of_its_base() -> None:
    subclass = "from shop import a\n" + TOTAL.replace("OrderTotal:", "OrderTotal(a.OrderTotal):")
    assert all_found({"shop/a.py": TOTAL, "shop/b.py": subclass}) == []


@pytest.mark.parametrize(
    "path", ["shop/total_pb2.py", "shop/migrations/m1.py", "tests/test_total.py", "shop/total.pyi", "docs/total.py"]
)
def test_generated_frozen_and_test_code_is_not_judged(path: str) -> None:
    assert all_found({"shop/a.py": TOTAL, path: TOTAL}) == []


def test_a_definition_for_a_failed_import_is_another_rules_matter() -> None:
    fallback = "try:\n    from fast import x\nexcept ImportError:\n" + TOTAL.replace("\n", "\n    ")
    assert all_found({"shop/a.py": TOTAL, "shop/b.py": fallback}) == []


def test_two_definitions_in_one_module_are_another_rules_matter() -> None:
    assert all_found({"shop/a.py": TOTAL + TOTAL}) == []


def test_nested_classes_are_not_compared() -> None:
    nested = "class Outer:\n" + TOTAL.replace("\n", "\n    ")
    assert all_found({"shop/a.py": TOTAL, "shop/b.py": nested}) == []


def test_a_declared_home_wins() -> None:
    component = Component(name="total", home="shop.z:OrderTotal")
    (finding,) = found({"shop/a.py": TOTAL, "shop/z.py": TOTAL}, component)
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.z:OrderTotal", "declared in the configuration")


def test_zones_are_an_option() -> None:
    rule = DuplicateClass(zones=(Zone.TEST,))
    sources = {"shop/a.py": TOTAL, "tests/test_a.py": TOTAL, "tests/test_b.py": TOTAL}
    (finding,) = findings(rule, PACKAGES | sources)
    assert [site.location.path for site in finding.sites] == ["tests/test_b.py"]


def test_each_body_of_many_copies_has_its_own_home() -> None:
    sources = {
        f"shop/m{number}.py": TOTAL.replace("self.net + self.tax", f"self.net + {number % 50}") for number in range(200)
    }
    report = NamesakeAnalysis((Zone.PRODUCTION,))(project_from(sources))
    *copies, homes = report.namesakes
    assert [(each.grade, len(each.sites)) for each in copies] == [(Grade.IDENTICAL, 3)] * 50
    assert (homes.grade, len(homes.sites)) == (Grade.DIFFERENT, 49)


PLUGINS = ("shop/plugins/a/one.py", "shop/plugins/a/two.py", "shop/plugins/b/one.py", "shop/plugins/b/two.py")


def homes_and_sites(*paths: str) -> list[list[str]]:
    found = findings(DuplicateClass(), dict.fromkeys(paths, TOTAL), plugin_root="shop/plugins/*")
    return [[each.home.location.path if each.home else "", *(s.location.path for s in each.sites)] for each in found]


def test_plugins_are_not_compared_with_each_other() -> None:
    assert homes_and_sites(*PLUGINS[::2]) == []
    assert homes_and_sites(*PLUGINS) == [list(PLUGINS[:2]), list(PLUGINS[2:])]


def test_plugins_are_compared_with_the_core() -> None:
    paths = ("shop/core/deep/total.py", *PLUGINS[::2])
    assert homes_and_sites(*paths) == [list(paths)]


def test_something_else_of_that_name_is_no_site_of_a_copy() -> None:
    other = "class OrderTotal:\n    columns = 3\n    rows = 7\n    def draw(self):\n        print(self.rows)\n"
    sources = {"shop/a.py": TOTAL, "shop/b.py": TOTAL, "shop/c.py": other}
    assert all_found(sources) == [("SSOT101", "OrderTotal"), ("SSOT104", "OrderTotal")]
    assert [site.location.path for site in found(sources)[0].sites] == ["shop/b.py"]


def test_two_pairs_of_copies_have_two_homes() -> None:
    other = "class OrderTotal:\n    columns = 3\n    rows = 7\n    def draw(self):\n        print(self.rows)\n"
    sources = {"shop/a.py": TOTAL, "shop/b.py": TOTAL, "shop/c.py": other, "shop/d.py": other}
    assert [
        (each.home.location.path if each.home else "", [site.location.path for site in each.sites])
        for each in found(sources)
    ] == [("shop/a.py", ["shop/b.py"]), ("shop/c.py", ["shop/d.py"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LIMIT = 3\n", "LIMIT = 4\n"),
        ("from one import LIMIT\n", "from two import LIMIT\n"),
        ("def LIMIT(x):\n    return x + 1\n", "def LIMIT(x):\n    return x + 2\n"),
    ],
)
def test_equal_text_that_means_other_things_is_nearly_equal(one: str, other: str) -> None:
    text = TOTAL + "\n    def due(self):\n        return self.rounded(LIMIT)\n"
    sources = {"shop/a.py": one + text, "shop/b.py": other + text}
    assert all_found(sources) == [("SSOT102", "OrderTotal")]
    (finding,) = findings(NearDuplicateClass(), PACKAGES | sources)
    assert finding.sites[0].message == (
        "100% of the lines are those of `shop.a:OrderTotal`; means something else by `LIMIT`"
    )
    assert all_found({"shop/a.py": one + text, "shop/b.py": one + text}) == [("SSOT101", "OrderTotal")]


def test_another_default_makes_a_near_copy() -> None:
    text = TOTAL + "\n    def due(self, days=DAYS):\n        return days\n"
    assert all_found({"shop/a.py": "DAYS = 3\n" + text, "shop/b.py": "DAYS = 4\n" + text}) == [
        ("SSOT102", "OrderTotal")
    ]


STORE = """
class OrderStore:
    def get(self, key: str) -> str: ...
    def put(self, key: str, value: str) -> None: ...
    def drop(self, key: str) -> None: ...
"""


def test_interfaces_are_compared_by_their_signatures() -> None:
    assert all_found({"shop/a.py": STORE, "shop/b.py": STORE}) == [("SSOT101", "OrderStore")]
    longer = STORE + "    def keys(self) -> list[str]: ...\n"
    assert all_found({"shop/a.py": STORE, "shop/b.py": longer}) == [("SSOT102", "OrderStore")]
    other = STORE.replace("key: str", "item: int")
    assert all_found({"shop/a.py": STORE, "shop/b.py": other}) == [("SSOT104", "OrderStore")]


QUEUE = """
class {name}({base}):
    def __init__(self{given}):
        self.rows = []
        self.seen = set(){kept}

    def add(self, row):
        if row in self.seen:
            return False
        self.seen.add(row)
        self.rows.append(row)
        return True

    def take(self):
        row = self.rows.pop(0)
        self.seen.discard(row)
        return row

    def peek(self):
        return self.rows[0] if self.rows else None

    def size(self):
        return len(self.rows)
"""
EQUAL = QUEUE.format(name="Rows", base="", given="", kept="") + QUEUE.format(name="Lines", base="", given="", kept="")


def _queue(given: str, kept: str = "\n        self.limit = limit", base: str = "") -> str:
    return QUEUE.format(name="Jobs", base=base, given=given, kept=kept if given else "")


@pytest.mark.parametrize(
    ("one", "other", "ending"),
    [
        (_queue(""), _queue(", limit"), "Of `Jobs` first merge what shop/a.py has of its own, or give it another"),
        (_queue("", base="dict"), _queue(", limit=3"), "Of `Jobs` first merge what shop/a.py has of its own"),
        (_queue("", kept=""), _queue(", limit, *, rate=1"), "Of `Jobs` first merge what shop/a.py has of its own"),
        (_queue(""), _queue(""), "delete them from shop/a.py and import them there."),
        (_queue(", limit"), _queue(", limit"), "delete them from shop/a.py and import them there."),
        (_queue(", size=1"), _queue(", size=1"), "delete them from shop/a.py and import them there."),
    ],
)
def test_of_a_copied_file_only_what_is_equal_is_deleted(one: str, other: str, ending: str) -> None:
    user = "from shop.b import Rows, Lines, Jobs\n"
    (finding,) = found({"shop/a.py": EQUAL + other, "shop/b.py": EQUAL + one, "shop/c.py": user})
    assert finding.remedy.startswith("Keep the classes in shop/b.py, delete ")
    assert ending in finding.remedy
    assert ("`Lines`, `Rows`" in finding.remedy) is ("first merge" in finding.remedy)


def test_what_moves_is_merged_first_where_it_is_not_equal() -> None:
    remedies = [
        each.remedy for each in found({"shop/a.py": EQUAL + _queue(", limit"), "shop/b.py": EQUAL + _queue("")})
    ]
    (moved,) = [remedy for remedy in remedies if remedy.startswith("Move the classes")]
    assert " Of `Jobs` first merge what shop/b.py has of its own, or give it another name there." in moved


def test_a_copied_file_is_one_finding() -> None:
    names = ("OrderTotal", "BillTotal", "ParcelTotal")
    text = "".join(TOTAL.replace("OrderTotal", name) for name in names)
    user = "from shop.b import BillTotal\n"
    (finding,) = found({"shop/a.py": text, "shop/b.py": text, "shop/app.py": user})
    assert finding.subject == "shop.a and shop.b"
    assert finding.message == (
        "shop/b.py and shop/a.py define 3 classes alike (3 identical): `BillTotal`, `OrderTotal`, `ParcelTotal`"
    )
    assert finding.remedy == "Keep the classes in shop/b.py, delete them from shop/a.py and import them there."
    assert [site.symbol for site in finding.sites] == ["shop.a:BillTotal", "shop.a:OrderTotal", "shop.a:ParcelTotal"]


def test_services_side_by_side_are_told_to_share_a_package() -> None:
    sources = {f"{name}/app/{file}.py": "" for name in ("alpha", "beta") for file in ("__init__", "main")}
    sources |= {f"{name}/app/models.py": TOTAL for name in ("alpha", "beta")}
    sources |= {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in ("alpha", "beta")}
    (finding,) = findings(DuplicateClass(), sources)
    assert finding.message == ("class `OrderTotal` is defined in 2 modules (2 identical): no code here uses them")
    assert finding.remedy == (
        "If no other project uses `OrderTotal`, delete all of them: no code here does. "
        "Else move `OrderTotal` to a package that all of them can import and import it from there in "
        "alpha/app/models.py, beta/app/models.py: in beta/app/models.py `app.models` means that file itself."
    )
    assert finding.severity is Severity.INFO


def test_an_overlay_is_no_rival_but_an_equal_copy_is() -> None:
    folders = ("paid", "paid/shop", "shop")
    packages = {f"{folder}/__init__.py": "" for folder in folders}
    longer = TOTAL + "\n    def is_free(self):\n        return self.net == 0\n"
    rules = (DuplicateClass(), NearDuplicateClass(), RelatedClass(), DivergentClass())
    both = packages | {"shop/total.py": TOTAL, "paid/shop/total.py": longer}
    assert [each for rule in rules for each in findings(rule, both)] == []
    same = packages | {"shop/total.py": TOTAL, "paid/shop/total.py": TOTAL}
    assert len(findings(DuplicateClass(), same)) == 1


FIELDS = "from pydantic import BaseModel\nclass RateReply(BaseModel):\n    rate: float\n    reason: str\n"


def place_for(paths: Iterable[str], text: str = "") -> dict[str, str]:
    """A module in the innermost folder around files that takes what they share, and imports what ``text`` does: without
    one, copies in different folders are information whatever they are."""
    around = posixpath.commonpath([posixpath.dirname(path) for path in paths])
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("from "))
    return {f"{around}/models.py": f"{head}class Shown:\n    def show(self):\n        return repr(self)\n"}


def severities(text: str, *places: str) -> list[Severity | None]:
    return [finding.severity for finding in found(place_for(places, text) | dict.fromkeys(places, text))]


def test_a_few_fields_that_modules_of_one_kind_declare_are_information() -> None:
    assert severities(FIELDS, "shop/north/schema.py", "shop/south/schema.py") == [Severity.INFO]
    assert severities(FIELDS, "shop/north.py", "shop/south.py") == [Severity.INFO]
    row = "from typing import NamedTuple\nclass _Row(NamedTuple):\n    a: int\n    b: int\n    c: int\n"
    assert severities(row, "shop/orders/rate.py", "shop/app.py") == [Severity.INFO]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (
            'class LockFailed(Exception):\n    """Cannot lock {}."""\n    exit_code = 70\n    traces = True\n',
            Severity.INFO,
        ),
        ("class RateTable:\n    a = 1\n    b = 2\n    c = 3\n    d = 4\n", Severity.INFO),
        ("class RateTable:\n    a = 1\n    b = 2\n    c = 3\n    d = 4\n    e = 5\n", Severity.MEDIUM),
        ("class RateTable:\n    a = 1\n    b = 2\n    def rate(self):\n        return self.a\n", Severity.MEDIUM),
    ],
)
def test_a_few_lines_without_a_method_are_information(text: str, severity: Severity | None) -> None:
    assert severities(text, "shop/orders/rate.py", "shop/app.py") == [severity]
    assert severities(text, *(f"shop/{name}/rate.py" for name in "abcd")) == [Severity.MEDIUM]


def test_many_fields_many_copies_and_settings_count() -> None:
    places = [f"shop/{name}.py" for name in ("north", "south", "east", "west")]
    assert severities(FIELDS, *places) == [Severity.MEDIUM]
    assert severities(FIELDS + "    unit: str\n    zone: str\n    until: str\n", *places[:2]) == [Severity.MEDIUM]
    assert severities(
        FIELDS.replace("BaseModel", "BaseSettings").replace("pydantic", "pydantic_settings"), *places[:2]
    ) == [Severity.MEDIUM]


def test_schemas_of_three_vendors_are_the_contract_of_their_modules() -> None:
    event = FIELDS + "".join(f"    field_{place}: int\n" for place in range(4))
    places = [f"shop/services/{name}/events.py" for name in ("openai", "inworld", "xai")]
    assert severities(event, *places) == [Severity.INFO]
    assert severities(event, *places[:2]) == [Severity.MEDIUM]


def test_several_small_schemas_of_two_modules_are_copies() -> None:
    text = FIELDS + "".join(f"class {name}Reply(BaseModel):\n    text: str\n" for name in ("Date", "Place"))
    assert severities(text, "shop/recall/schema.py", "shop/turn_recall/schema.py") == [Severity.MEDIUM]


def test_what_comes_over_the_wire_is_no_copy_of_what_the_program_works_with() -> None:
    fields = ":\n    id: str\n    event: str\n    matcher: str\n    timeout: int\n"
    wire = f"from pydantic import BaseModel\nclass HookSubscription(BaseModel){fields}"
    domain = f"from dataclasses import dataclass\n@dataclass\nclass HookSubscription{fields}"
    assert all_found({"shop/orders/wire.py": wire, "shop/engine.py": domain}) == []
    assert all_found({"shop/orders/wire.py": domain, "shop/engine.py": domain}) == [("SSOT101", "HookSubscription")]


def test_equal_text_about_classes_with_other_bases_is_no_copy() -> None:
    text = (
        "from library import Proxied, {view}\nclass ProxiedBase(Proxied, {view}):\n    pass\n"
        "class ProxiedView:\n    default = ProxiedBase\n"
    )
    old, new = text.format(view="OldView"), text.format(view="NewView")
    assert all_found({"shop/orders/views.py": old, "shop/views.py": new}) == []
    assert all_found({"shop/orders/views.py": new, "shop/views.py": new}) == [("SSOT101", "ProxiedView")]


def test_what_class_bodies_are_made_of_has_a_meaning() -> None:
    text = "from lib import Config\nfrom .names import NAME\n" + TOTAL.replace(
        "class OrderTotal:\n", "class OrderTotal:\n    config = Config(title=NAME)\n"
    )
    files = {f"shop/{area}/__init__.py": "" for area in ("north", "south")}
    files |= {f"shop/{area}/total.py": text for area in ("north", "south")}
    names = {f"shop/{area}/names.py": f"NAME = '{area}'\n" for area in ("north", "south")}
    assert found(files | names) == []
    assert len(found(files | dict.fromkeys(names, "NAME = 'shop'\n"))) == 1


NODE = "class QueryNode:\n    def __init__(self, tokens):\n        self.tokens = tokens[0]\n        self.size = 1\n"


def test_small_bases_of_what_parallel_modules_have_of_their_own_are_information() -> None:
    files = {f"shop/{area}/parser.py": NODE + f"class {area.title()}(QueryNode): ...\n" for area in ("mongo", "maria")}
    files |= place_for(files)
    assert [finding.severity for finding in found(files)] == [Severity.INFO]
    longer = {
        path: text.replace("size = 1", "size = 1\n        self.a = 2\n        self.b = 3\n        self.c = 4")
        for path, text in files.items()
    }
    assert [finding.severity for finding in found(longer)] == [Severity.MEDIUM]
    user = {"shop/app.py": "from shop.mongo.parser import QueryNode\n"}
    assert [finding.severity for finding in found(files | user)] == [None]
    elsewhere = {path.replace("maria/parser", "tree"): text for path, text in files.items()}
    assert [finding.severity for finding in found(elsewhere)] == [Severity.MEDIUM]
    assert severities(NODE, *(path for path in files if path.endswith("parser.py"))) == [Severity.MEDIUM]


STUB = """
from pydantic import BaseModel
class OrderReply(BaseModel):
    config = 1

    def to_dict(self):
        return dump(self)
"""


def test_schemas_of_a_family_that_have_next_to_nothing_yet_are_information() -> None:
    family = [f"shop/{name}/schemas.py" for name in ("north", "south", "east")]
    assert severities(STUB, *family) == [Severity.INFO]
    assert severities(STUB, family[0], "shop/app.py", "shop/depot/reply.py") == [Severity.MEDIUM]
    fuller = STUB.replace("config = 1", "config = 1\n    net: int\n    tax: int\n    gross: int")
    assert severities(fuller, *family) == [Severity.MEDIUM]


UPDATES = "from typing import TypedDict\nclass Update(TypedDict, total=False):\n    {}: int\n"
CHANGE = "from shop.{}.base import Update\nclass QueueChange(Update):\n    a: int\n    b: int\n    c: int\n    d: int\n"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("at", "is_late", []),
        ("at", "at", [("SSOT101", "QueueChange")]),
    ],
)
def test_fields_on_other_bases_are_other_fields(one: str, other: str, expected: list[tuple[str, str]]) -> None:
    sources = {
        "shop/orders/base.py": UPDATES.format(one),
        "shop/billing/base.py": UPDATES.format(other),
        "shop/orders/queue.py": CHANGE.format("orders"),
        "shop/billing/queue.py": CHANGE.format("billing"),
    }
    assert [each for each in all_found(sources) if each[1] == "QueueChange"] == expected


def test_methods_on_other_bases_are_similar_only() -> None:
    classes = "{}class OrderTotal(Sum):" + TOTAL.partition("OrderTotal:")[2]
    sources = {
        "shop/orders/total.py": classes.format("class Sum:\n    def tell(self): print(1)\n"),
        "shop/billing/total.py": classes.format("class Sum:\n    def show(self): return 2\n"),
    }
    assert all_found(sources)[0] == ("SSOT102", "OrderTotal")


LOADER = """
class Plugin:
    def __init__(self, name):
        from {core} import Core as plugin

        self.name = name
        self.plugin = plugin

    def close(self):
        self.plugin.close(self.name)
"""


@pytest.mark.parametrize("core", [".core", "..{folder}.core", ".core.main"])
def test_what_a_body_imports_from_beside_it_is_another_thing_in_each_package(core: str) -> None:
    module = ".core.main" in core
    sources = {}
    for folder in ("label", "stats"):
        path = "core/main" if module else "core"
        sources[f"mill/{folder}/{path}.py"] = (
            f"class Core:\n    def close(self, name):\n        return {folder!r}, name\n"
        )
        sources[f"mill/{folder}/__init__.py"] = LOADER.format(core=core.format(folder=folder))
        sources[f"mill/{folder}/core/__init__.py" if module else f"mill/{folder}/other.py"] = ""
    assert findings(DuplicateClass(), {"mill/__init__.py": ""} | sources) == []


def test_what_bodies_import_from_one_place_is_one_thing() -> None:
    sources = {f"mill/{folder}/__init__.py": LOADER.format(core="..core") for folder in ("label", "stats")}
    core = "class Core:\n    def close(self, name):\n        return name\n"
    assert len(findings(DuplicateClass(), {"mill/__init__.py": "", "mill/core.py": core} | sources)) == 1


LONG = TOTAL + "".join(f"\n    def part_{number}(self):\n        return self.net * {number}\n" for number in range(8))


def test_identical_classes_are_high_where_one_is_the_home() -> None:
    places = ("shop/orders/total.py", "shop/app.py")
    assert severities(TOTAL, *places) == [Severity.MEDIUM]
    used = dict.fromkeys(places, TOTAL) | {"shop/user.py": USER}
    assert [finding.severity for finding in found(used)] == [None]


def test_editions_and_what_variants_have_for_themselves_are_information() -> None:
    assert severities(LONG, "shop/total_v1.py", "shop/total_v2.py") == [Severity.INFO]
    assert severities(LONG, "shop/tax_2021/total.py", "shop/tax_current/total.py") == [Severity.INFO]
    assert severities(LONG, "shop/tax_post_1_0_0_rates.py", "shop/tax_pre_1_0_0_rate.py") == [Severity.INFO]
    assert severities(LONG, "shop/pre_v2.py", "shop/post_v2.py") == [Severity.INFO]
    assert severities(LONG, "shop/pre_total.py", "shop/post_total.py") == [Severity.MEDIUM]
    assert severities(LONG, "shop/hue/_internal/total.py", "shop/lifx/_internal/total.py") == [Severity.INFO]
    assert severities(LONG, "shop/v1_0/tax/total.py", "shop/v2_x/tax/total.py") in ([], [Severity.INFO])
    assert severities(LONG, "shop/legacy/ui/total.py", "shop/ui/service/total.py") == [Severity.INFO]
    assert severities(LONG, "shop/legacy/total.py", "shop/legacy/sums.py") != [Severity.INFO]
    assert severities(LONG, "shop/hue/total.py", "shop/lifx/total.py") == [Severity.MEDIUM]


def test_what_readers_are_to_copy_is_no_copy() -> None:
    assert severities(LONG, "shop/total.py", "shop/example_tax/total.py") == []
    assert severities(LONG, "shop/total.py", "shop/example_total.py") == []
    assert severities(LONG, "shop/total.py", "shop/_template_files/total.py") == []
    told = {"shop/total.py": LONG, "shop/app.py": f'"""Template of a total, to be filled in."""\n{LONG}'}
    assert found(told) == []
    assert severities(LONG, "shop/total.py", "shop/templates/total.py") == [Severity.MEDIUM]
    assert severities(LONG, "shop/total.py", "shop/demo_form.py") == [Severity.MEDIUM]
    assert severities(LONG, "shop/total.py", "shop/resample.py") == [Severity.MEDIUM]


@pytest.mark.parametrize("folder", ["tool_sandbox", "sandbox_runner", "code_sandboxes"])
def test_a_place_to_run_things_in_holds_code(folder: str) -> None:
    assert severities(LONG, "shop/total.py", f"shop/{folder}/total.py") == [Severity.MEDIUM]


@pytest.mark.parametrize(
    ("folder", "user", "count"),
    [
        ("demo", "shop/app.py", 1),
        ("sandbox", "shop/app.py", 1),
        ("playground", "shop/app.py", 1),
        ("demo", "tests/test_shop.py", 0),
        ("sandbox", "tests/test_shop.py", 0),
        ("examples", "shop/app.py", 0),
        ("tutorials", "shop/app.py", 0),
    ],
)
def test_what_the_product_takes_from_a_demo_is_code(folder: str, user: str, count: int) -> None:
    sources = {
        "shop/__init__.py": "",
        f"shop/{folder}/__init__.py": "",
        "shop/total.py": LONG,
        f"shop/{folder}/total.py": LONG,
        user: f"from shop.{folder} import total\n",
    }
    assert len(findings(DuplicateClass(), sources)) == count


def test_short_classes_of_distributions_that_know_nothing_of_each_other_are_information() -> None:
    apart = {
        f"libs/{name}/pyproject.toml": f'[project]\nname = "{name}"\ndependencies = ["rich"]\n'
        for name in ("one", "two")
    }
    files = {"libs/one/one/total.py": LONG, "libs/two/two/total.py": LONG}
    empty = {"libs/one/one/__init__.py": "", "libs/two/two/__init__.py": ""}
    assert {finding.severity for finding in findings(DuplicateClass(), apart | files | empty)} <= {Severity.INFO}


def test_classes_that_no_code_names_are_to_be_deleted_first() -> None:
    (finding,) = found({"shop/north.py": TOTAL, "shop/south.py": TOTAL})
    assert finding.remedy.startswith(
        "If no other project uses `OrderTotal`, delete all of them: no code here does. Else move"
    )
    (finding,) = found({"shop/north.py": TOTAL, "shop/south.py": f"{TOTAL}\nmade = OrderTotal(1, 2)\n"})
    assert "If no other project" not in finding.remedy
    kept = TOTAL.replace("class OrderTotal:", "from app import register\n@register\nclass OrderTotal:")
    (finding,) = found({"shop/north.py": kept, "shop/south.py": kept})
    assert "If no other project" not in finding.remedy


def test_functions_that_were_copied_with_a_class_are_its_finding_s() -> None:
    function = (
        "\n\ndef price(weight):\n    cost = 3\n    cost += weight\n    cost *= 2\n    cost -= 1\n    return cost\n"
    )
    both = {"shop/north.py": LONG + function, "shop/south.py": LONG + function}
    told = scan_of(PACKAGES | both, [DuplicateClass, DuplicateFunction])
    assert [each.rule.code for each in told] == ["SSOT101"]
    apart = {"shop/north.py": LONG, "shop/south.py": LONG + function, "shop/east.py": function}
    told = scan_of(PACKAGES | apart, [DuplicateClass, DuplicateFunction])
    assert sorted(each.rule.code for each in told) == ["SSOT101", "SSOT120"]


@pytest.mark.parametrize(
    ("user", "severity"),
    [
        ({}, Severity.INFO),
        ({"shop/legacy/app.py": "from shop.legacy.total import OrderTotal\n"}, Severity.INFO),
        ({"tests/test_old.py": "from shop.legacy.total import OrderTotal\n"}, Severity.INFO),
        ({"shop/app.py": "from shop.legacy.total import OrderTotal\n"}, None),
    ],
)
def test_a_copy_in_a_legacy_folder_counts_where_other_code_takes_it(
    user: dict[str, str], severity: Severity | None
) -> None:
    sources = {"shop/legacy/__init__.py": "", "shop/legacy/total.py": LONG, "shop/total.py": LONG}
    (finding,) = found(sources | {"shop/use.py": "from shop.total import OrderTotal\n"} | user)
    assert finding.severity is severity


CONFIG = """
class Config:
    exception_logger = None
    use_legacy_attributes = True
    timeout = 30
    retries = 3
    is_verbose = False
"""
SET_UP = "from shop.{name}.config import Config\n\ndef set_up(logger):\n    Config.exception_logger = logger\n"


@pytest.mark.parametrize(
    ("setters", "text", "is_state"),
    [
        (("billing", "orders"), SET_UP, True),
        (("billing",), SET_UP, False),
        (("billing", "orders"), "from shop.{name}.config import Config\n\nprint(Config.timeout)\n", False),
        (("billing", "orders"), "from shop.{name} import config\n\nconfig.Config.timeout = 1\n", True),
    ],
)
def test_classes_that_each_package_sets_are_the_state_of_each(
    setters: tuple[str, ...], text: str, is_state: bool
) -> None:
    sources = {f"shop/{name}/config.py": CONFIG for name in ("billing", "orders")}
    sources |= place_for(sources)
    (finding,) = found(sources | {f"shop/{name}/api.py": text.format(name=name) for name in setters})
    assert (finding.severity is Severity.INFO) is is_state


ONE_SERVER = """
class Server:
    _instance = None
    _is_set = False
    def __new__(cls):
        if cls._instance is None:
            cls._instance = super(Server, cls).__new__(cls)
        return cls._instance
    def __init__(self):
        if not self._is_set:
            self.window = None
            Server._is_set = True
"""
OWN_REGISTRY = """
class Server:
    _known = {}
    @classmethod
    def add(cls, name, tool):
        if name in cls._known:
            raise ValueError(name)
        cls._known[name] = tool
    @classmethod
    def get(cls, name):
        return cls._known[name]
"""
OWN_COUNT = """
class Server:
    count = 0
    @staticmethod
    def begin(tool):
        tool.open()
        Server.count += 1
        if Server.count > 3:
            raise RuntimeError(tool)
        return tool
"""
OF_OBJECTS = """
class Server:
    count = 0
    def begin(self, tool):
        tool.open()
        self.count += 1
        if self.count > 3:
            raise RuntimeError(tool)
        return tool
"""


@pytest.mark.parametrize(
    ("text", "use", "is_state"),
    [
        (ONE_SERVER, "server = Server()\n", True),
        (OWN_REGISTRY, "Server.add('open', open)\n", True),
        (OWN_COUNT, "Server.begin(open)\n", True),
        (OF_OBJECTS, "server = Server()\n", False),
        (OWN_REGISTRY, "", False),
    ],
    ids=["instance", "registry", "count", "of objects", "used elsewhere"],
)
def test_classes_that_each_module_keeps_something_on_are_the_state_of_each(text: str, use: str, is_state: bool) -> None:
    sources = {f"shop/{name}/server.py": text + use for name in ("billing", "orders")}
    sources |= place_for(sources)
    others = {"shop/billing/api.py": "from shop.billing.server import Server\n"} if not use else {}
    (finding,) = found(sources | others)
    assert (finding.severity is Severity.INFO) is is_state


def test_a_class_with_methods_that_is_set_from_outside_is_a_copy_all_the_same() -> None:
    sources = {f"shop/{name}/config.py": TOTAL for name in ("billing", "orders")}
    sources |= place_for(sources)
    setter = "from shop.{name}.config import OrderTotal\n\nOrderTotal.rate = 1\n"
    (finding,) = found(sources | {f"shop/{name}/api.py": setter.format(name=name) for name in ("billing", "orders")})
    assert finding.severity is not Severity.INFO


CALL = "class Call(TypedDict):\n    function_name: str\n    arguments: dict\n    text: str\n    at: int\n\n"
OTHER_CALL = CALL.replace("function_name", "name").replace("dict", "str")
EVENTS = """
@dataclass
class ToolRequest:
    identity: str
    call: Call
    kind: str
    at: int
    tries: int

@dataclass
class ToolEvent:
    content: str
    role: str
    requests: list[ToolRequest]
    at: int
    tries: int
"""
TYPES = "from dataclasses import dataclass\nfrom typing import TypedDict\n\n"


def test_what_means_another_class_by_a_field_goes_without_the_copies() -> None:
    sources = {f"shop/{name}.py": TYPES + CALL + EVENTS for name in ("a", "b", "c")}
    by_subject = {each.subject: each for each in found(sources | {"shop/d.py": TYPES + OTHER_CALL + EVENTS})}
    for subject in ("ToolRequest", "ToolEvent"):
        finding = by_subject[subject]
        assert "3 modules (3 identical)" in finding.message
        assert finding.home is not None
        assert finding.home.location.path != "shop/d.py"
        assert not any(site.location.path == "shop/d.py" for site in finding.sites)
        assert "shop/d.py" not in finding.remedy


def test_two_that_mean_another_class_by_a_field_of_a_field_are_only_nearly_alike() -> None:
    sources = {"shop/a.py": TYPES + CALL + EVENTS, "shop/b.py": TYPES + OTHER_CALL + EVENTS}
    assert ("SSOT101", "ToolEvent") not in all_found(sources)
    alike = {"shop/a.py": TYPES + CALL + EVENTS, "shop/b.py": TYPES + CALL + EVENTS}
    assert [code for code, _ in all_found(alike)] == ["SSOT101"]


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [
        ("shop/llama3/text/model.py", "shop/llama4/vision/encoder.py", True),
        ("shop/till_v1/api.py", "shop/till_v2/wire/api.py", True),
        ("shop/gen-1.5/api.py", "shop/gen-2.0/api.py", True),
        ("shop/llama/model.py", "shop/llama4/model.py", False),
        ("shop/llama3/model.py", "shop/mistral3/model.py", False),
        ("shop/total1.py", "shop/total2.py", False),
        ("shop/llama3/a/model.py", "shop/llama3/b/model.py", False),
    ],
)
def test_generations_side_by_side_are_information(one: str, other: str, is_apart: bool) -> None:
    (severity,) = severities(TOTAL, one, other)
    assert (severity is Severity.INFO) is is_apart


SEGMENTS = "".join(
    f"\n\nclass {name}Segment(Base):\n    kind = {name!r}\n    grammar = Sequence({name!r}, Indent, Dedent)\n"
    for name in ("Less", "Greater", "Equal")
)


@pytest.mark.parametrize(
    ("names", "head", "is_apart"),
    [
        (("dialect_oracle", "dialect_tsql"), "", True),
        (("dialect_a", "dialect_b", "dialect_c", "dialect_d", "dialect_e"), "", True),
        (("oracle_reader", "tsql_reader"), "", True),
        (("dialect_oracle", "dialect_tsql"), "from shop.dialect_oracle import read\n", False),
        (("oracle", "tsql"), "", False),
        (("dialect_oracle", "reader_tsql"), "", False),
    ],
)
def test_a_few_lines_that_each_dialect_says_for_itself_are_information(
    names: tuple[str, ...], head: str, is_apart: bool
) -> None:
    base = {"shop/base.py": "class Base:\n    kind = ''\n\n    def read(self):\n        return self.kind\n"}
    text = f"from shop.base import Base\n{SEGMENTS}\n\ndef read():\n    return 1\n"
    sources = {f"shop/{name}.py": text for name in names[:-1]} | {f"shop/{names[-1]}.py": head + text}
    assert {each.severity is Severity.INFO for each in found(base | sources)} == {is_apart}


def test_equal_modules_of_distributions_that_know_nothing_of_each_other_are_information() -> None:
    names = ("Total", "Tax", "Rebate")
    text = "\n".join(LONG.replace("OrderTotal", f"Order{name}") for name in names)
    tools = {
        f"{folder}/tavily/pyproject.toml": '[project]\nname = "tavily"\ndependencies = ["rich"]\n'
        for folder in ("tools", "old_tools")
    }
    sources = {
        f"{folder}/tavily/tool/{file}.py": body
        for folder in ("tools", "old_tools")
        for file, body in (("__init__", ""), ("tavily", text))
    }
    assert {each.severity for each in findings(DuplicateClass(), tools | sources)} <= {Severity.INFO}
    one = {"shop/north.py": text, "shop/south.py": text}
    assert [each.severity for each in found(one)] == [Severity.MEDIUM]


SERVER_FIELDS = """
from dataclasses import dataclass

@dataclass
class ServerConfig:
    command: str
    url: str
    headers: dict
    timeout: int
    is_trusted: bool
    description: str
"""
LEAVING_STORE = "\n\n@deprecated('use the other one')\nclass Store:\n    def read(self):\n        return ServerConfig\n"


@pytest.mark.parametrize(
    ("place", "text", "ends"),
    [
        ("shop/old_stores/store.py", f"from typing_extensions import deprecated\n{SERVER_FIELDS}{LEAVING_STORE}", True),
        ("shop/legacy_config.py", SERVER_FIELDS, True),
        (
            "shop/stores/store.py",
            f"{SERVER_FIELDS}\n\nclass Store:\n    def read(self):\n        return ServerConfig\n",
            False,
        ),
        ("shop/archive.py", SERVER_FIELDS, False),
        ("shop/legacy_config.py", f"{SERVER_FIELDS}\n    def shown(self):\n        return self.url\n", False),
    ],
)
def test_what_goes_with_its_module_is_information(place: str, text: str, ends: bool) -> None:
    copy = SERVER_FIELDS if "shown" not in text else text
    user = f"from shop.{place.removeprefix('shop/').removesuffix('.py').replace('/', '.')} import ServerConfig\n"
    sources = {"shop/config.py": copy, place: text, "shop/app.py": user, "shop/stores/__init__.py": ""}
    (finding,) = found(sources)
    assert (finding.severity is Severity.INFO) is ends


REPLY = "from pydantic import BaseModel\nclass RateReply(BaseModel):\n" + "".join(f"    f{n}: str\n" for n in range(5))
LONG_REPLY = REPLY + "    last: str\n"


@pytest.mark.parametrize(
    ("text", "one", "other", "is_own"),
    [
        (REPLY, "shop/motors/damiao/api.py", "shop/motors/robstride/api.py", True),
        (REPLY, "shop/adapters/openai/serve/types.py", "shop/adapters/watsonx/api.py", True),
        (REPLY, "shop/motors/damiao/damiao.py", "shop/motors/robstride/robstride.py", True),
        (REPLY, "shop/motors/damiao/damiao.py", "shop/motors/robstride/state.py", False),
        (REPLY, "shop/providers/one.py", "shop/providers/other.py", False),
        (REPLY, "shop/openai/serve/types.py", "shop/watsonx/api.py", False),
        (LONG_REPLY, "shop/motors/damiao/api.py", "shop/motors/robstride/api.py", False),
        (LONG_REPLY, "shop/adapters/openai/serve/types.py", "shop/adapters/watsonx/api.py", False),
    ],
)
def test_a_few_fields_that_each_adapter_exchanges_are_information(
    text: str, one: str, other: str, is_own: bool
) -> None:
    (severity,) = severities(text, one, other)
    assert (severity is Severity.INFO) is is_own
    several = "\n".join(text.replace("RateReply", f"{name}Reply") for name in ("Rate", "Price", "Tax"))
    (severity,) = severities(several, one, other)
    if "adapters" in one:
        assert (severity is Severity.INFO) is is_own


@pytest.mark.parametrize(("longer", "is_own"), [(0, True), (1, True), (2, False)])
def test_the_fields_of_adapters_may_have_one_class_with_more_beside_them(longer: int, is_own: bool) -> None:
    texts = [REPLY.replace("RateReply", f"{name}Reply") for name in ("Rate", "Price", "Tax", "Rebate")]
    texts[:longer] = [f"{text}\n    def shown(self):\n        return self.f0\n" for text in texts[:longer]]
    places = ("shop/adapters/openai/serve/types.py", "shop/adapters/watsonx/api.py")
    (severity,) = severities("\n".join(texts), *places)
    assert (severity is Severity.INFO) is is_own


KEEPER = "class Keeper(Base):\n    def __init__(self, tracer, *args):\n        super().__init__(*args)\n{more}"
BASE = "class Base:\n    def __init__(self, *args): ...\n"


def across_plugins(text: str, *names: str) -> list[Severity | None]:
    """Plug-ins of one core, each a distribution that requires it and copies what is marked there as the home."""
    sources = {"core/pyproject.toml": '[project]\nname = "core"\n', "core/core/__init__.py": "", "core/core/a.py": BASE}
    home = text.replace(":\n", ":  # ssot-lint: canonical\n", 1)
    sources["core/core/keep.py"] = f"from core.a import Base\n{home}"
    for name in names:
        sources[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\ndependencies = ["core"]\n'
        sources |= {f"{name}/{name}/__init__.py": "", f"{name}/{name}/keep.py": f"from core.a import Base\n{text}"}
    return [finding.severity for finding in findings(DuplicateClass(), sources)]


@pytest.mark.parametrize(
    "text",
    [
        KEEPER.format(more="        self._tracer = tracer\n"),
        KEEPER.format(more=""),
        "class Entry:\n    def __init__(self):\n        from core.a import Base\n        self.made = Base()\n",
        "class Config:\n    logger = None\n    def log(self, error):\n        self.logger(error)\n",
    ],
)
def test_a_small_class_in_each_of_many_distributions_is_info(text: str) -> None:
    assert set(across_plugins(text, "one", "two", "three", "four", "five")) <= {Severity.INFO}


@pytest.mark.parametrize(
    "text",
    [
        KEEPER.format(more="        self._tracer = tracer\n        self.a = tracer.a\n        self.b = tracer.b\n"),
        "class Call(Base):\n    name: str\n    call_id: str\n    size: int\n",
    ],
)
def test_more_than_that_and_declarations_in_many_distributions_count(text: str) -> None:
    assert across_plugins(text, "one", "two", "three", "four", "five") == [None]


ENTRY = """
class {thing}:
    filters = Registry()

    def open(self):
        return self.filters.{thing}


@{thing}.filters.register("key")
class KeyFilter(RelatedFilter):
    field = "KeyId"
{more}"""


@pytest.mark.parametrize(
    ("texts", "severity"),
    [
        (
            [ENTRY.format(thing="Bucket", more=""), ENTRY.format(thing="Disk", more="")],
            Severity.INFO,
        ),
        ([ENTRY.format(thing=thing, more="") for thing in ("Bucket", "Disk", "Queue", "Table")], Severity.INFO),
        (
            [
                ENTRY.format(thing=thing, more="\n    def get_client(self):\n        return self.host.get_client()\n")
                for thing in ("Bucket", "Disk")
            ],
            Severity.INFO,
        ),
        (
            [
                ENTRY.format(thing=thing, more="".join(f"    part_{at} = read({at})\n" for at in range(5)))
                for thing in ("Bucket", "Disk", "Queue", "Table")
            ],
            Severity.MEDIUM,
        ),
        (
            [
                ENTRY.format(thing=thing, more="").replace(f"@{thing}.filters", "@filters")
                for thing in ("Bucket", "Disk", "Queue", "Table")
            ],
            Severity.MEDIUM,
        ),
    ],
)
def test_a_few_lines_that_a_module_enters_for_a_thing_of_its_own_are_information(
    texts: list[str], severity: Severity
) -> None:
    """As the filters by key of cloud-custodian, one for each resource that has keys."""
    head = "from shop.host import Registry, RelatedFilter, filters\n"
    host = {"shop/host.py": "filters = []\nclass Registry: ...\nclass RelatedFilter:\n    def process(self): ...\n"}
    told = found(host | {f"shop/resources/{name}.py": head + text for name, text in zip("abcd", texts, strict=False)})
    assert [finding.severity for finding in told if finding.subject == "KeyFilter"] == [severity]


@pytest.mark.parametrize(
    ("docstring", "is_kept"),
    [
        ("Models for the legacy API aliases.", True),
        ("The legacy contract of version 1.", True),
        ("What stays of the backward-compatible request schema.", True),
        ("Backwards compatible types.", True),
        ("Totals of legacy orders.", False),
        ("Models of the API.", False),
        ("", False),
    ],
)
def test_what_keeps_a_legacy_contract_is_no_rival(docstring: str, is_kept: bool) -> None:
    """It stays as it is beside what took its place."""
    sources = {"shop/a.py": f'"""{docstring}"""\n{TOTAL}', "shop/b.py": TOTAL}
    users = {f"shop/use_{name}.py": f"from shop.{name} import OrderTotal\n" for name in "ab"}
    (finding,) = found({"shop/__init__.py": ""} | sources | users)
    assert (finding.severity is Severity.INFO) is is_kept


def test_bases_that_lead_round_in_a_circle_are_compared_once() -> None:
    body = "    def due(self, rows):\n        total = 0\n        for row in rows: total += row\n        return total\n"
    sources = {
        f"shop/{one}.py": f"from shop.{other} import Order as Other\nclass Order(Other):\n{body}"
        for one, other in ("ac", "ca", "bd", "db")
    }
    assert [finding.subject for finding in found(sources)] == ["Order"]
