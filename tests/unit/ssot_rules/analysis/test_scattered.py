"""What becomes of copies in different folders that ask for a new module."""

from __future__ import annotations

import pytest

from ssot_lint.model.finding import NEW_MODULE, Finding, Home, Location, Severity, Site
from ssot_lint.rules.rule import Rule
from ssot_lint.testing import findings
from ssot_rules.analysis.remedies import listed_where_scattered
from ssot_rules.definitions.copied_module import CopiedModule
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.definitions.duplicate_method import DuplicateMethod

STEPS = "".join(f"{{indent}}order.step_{at}()\n" for at in range(14))
FUNCTION = f"def settle(order):\n{STEPS.format(indent='    ')}    return order.id\n"
METHODS = "    def settle(self, order):\n{}        return order.id\n".format(STEPS.format(indent="        "))
CLASS = f"class Order:\n{METHODS}"
TILL, BANK = f"class Till:\n{METHODS}", f"class Bank:\n{METHODS}"
MORE = METHODS.replace("step", "part").replace("settle", "deliver")
WHOLE = f"{FUNCTION}\n\n{CLASS}"
FUNCTIONS = "".join(
    FUNCTION.replace("step", f"{name}_step").replace("settle", name) for name in ("pay", "send", "bill")
)
CLASSES = "".join(CLASS.replace("step", f"{name}_step").replace("Order", name) for name in ("Order", "Parcel", "Bill"))
UTILS = {"shop/utils.py": "def lent():\n    return 1\n"}
NO_PLACE = "a package that all of them can import"
MODELS = {"shop/models.py": "class Shown:\n    def show(self):\n        return repr(self)\n"}
USERS = {
    f"shop/{folder}/use.py": f"from shop.{folder}.{name} import Order, settle\nDONE = settle(Order())\n"
    for folder, name in (("till", "a"), ("bank", "b"))
}


def marked(text: str) -> str:
    return text.replace(":\n", ":  # ssot-lint: canonical\n", 1)


def finding_in(home: str, *paths: str, remedy: str, home_stays: bool = False) -> Finding:
    return DuplicateClass.finding(
        subject="Order",
        message="class `Order` is defined in 2 modules",
        remedy=remedy,
        home=Home(Location(home, 1, 1, 2), "shop", "shop:Order", "first in alphabetical order"),
        sites=tuple(Site(Location(path, 1, 1, 2), "shop", "shop:Order", "identical copy") for path in paths),
        evidence={},
        home_stays=home_stays,
    )


@pytest.mark.parametrize(
    ("paths", "package", "at_top", "severity"),
    [
        (("shop/till/a.py", "shop/bank/b.py"), "shop", False, Severity.INFO),
        (("shop/till/a.py", "shop/bank/b.py"), "shop", True, Severity.INFO),
        (("shop/parts/till/a.py", "shop/parts/bank/b.py"), "shop.parts", False, Severity.INFO),
        (("shop/parts/till/a.py", "shop/parts/bank/b.py"), "shop.parts", True, None),
        (("shop/a.py", "shop/b.py"), "shop", False, None),
        (("shop/a.py", "shop/b.py", "shop/till/c.py"), "shop", False, Severity.INFO),
        (("shop/a.py", "shop/till/c.py"), "shop", False, Severity.INFO),
        (("a.py", "b.py"), "shop", False, None),
    ],
)
def test_what_lies_in_different_folders_is_information(
    paths: tuple[str, ...], package: str, at_top: bool, severity: Severity | None
) -> None:
    finding = finding_in(*paths, remedy=f"Move `Order` to {NEW_MODULE} `{package}` and import it from there.")
    assert listed_where_scattered(finding, at_top=at_top).severity is severity


@pytest.mark.parametrize(
    ("remedy", "home_stays"),
    [
        ("Move `Order` to `shop.utils` and import it from there.", False),
        (
            f"Move `Order` to `shop.utils`. Leave desk/a.py alone until there is {NO_PLACE}: it is another program.",
            False,
        ),
        ("Delete it from shop/bank/b.py, unless other projects take it from there: no code here does.", False),
        ("Write `from shop.base import Order` in shop/till/a.py, shop/bank/b.py and use that.", False),
        (f"Keep `Order` in shop/till/a.py. Put what differs into {NEW_MODULE} `shop`.", True),
    ],
)
def test_where_the_way_out_needs_no_new_module_for_copies_they_count(remedy: str, home_stays: bool) -> None:
    finding = finding_in("shop/till/a.py", "shop/bank/b.py", remedy=remedy, home_stays=home_stays)
    assert listed_where_scattered(finding) is finding


@pytest.mark.parametrize(
    "remedy", [f"Move `Order` to {NO_PLACE} and import it.", f"Move it to a function in {NO_PLACE}."]
)
@pytest.mark.parametrize(
    ("paths", "severity"),
    [
        (("shop/till/a.py", "desk/bank/b.py"), Severity.INFO),
        (("one/a.py", "two/b.py", "three/c.py"), Severity.INFO),
        (("shop/a.py", "shop/b.py"), None),
    ],
)
def test_copies_that_no_package_is_around_are_information(
    remedy: str, paths: tuple[str, ...], severity: Severity | None
) -> None:
    assert listed_where_scattered(finding_in(*paths, remedy=remedy)).severity is severity


def severity_in(rule: Rule, sources: dict[str, str]) -> Severity:
    (finding,) = findings(rule, {"shop/__init__.py": ""} | sources)
    return finding.severity or rule.severity


SCATTERED = (
    (DuplicateClass(), {"shop/till/a.py": CLASS, "shop/bank/b.py": CLASS}, MODELS),
    (DuplicateFunction(), {"shop/till/a.py": FUNCTION, "shop/bank/b.py": FUNCTION}, UTILS),
    (DuplicateMethod(), {"shop/till/a.py": TILL, "shop/bank/b.py": BANK}, UTILS),
    (CopiedModule(), {"shop/till/a.py": WHOLE, "shop/bank/b.py": WHOLE} | USERS, UTILS),
    (DuplicateClass(), {"shop/till/a.py": CLASSES, "shop/bank/b.py": CLASSES}, MODELS),
    (DuplicateFunction(), {"shop/till/a.py": FUNCTIONS, "shop/bank/b.py": FUNCTIONS}, UTILS),
    (DuplicateMethod(), {"shop/till/a.py": TILL + MORE, "shop/bank/b.py": BANK + MORE}, UTILS),
)
"""Each rule with copies in two folders that have nothing in common, and a module that would take what they share."""


@pytest.mark.parametrize(("rule", "sources", "place"), SCATTERED)
def test_copies_without_a_home_count_in_one_folder_or_with_a_place_for_them(
    rule: Rule, sources: dict[str, str], place: dict[str, str]
) -> None:
    assert severity_in(rule, sources) is Severity.INFO
    assert severity_in(rule, sources | place) is Severity.MEDIUM
    together = {
        path.replace("/bank/", "/till/" if path.endswith("b.py") else "/bank/"): text.replace(".bank.b", ".till.b")
        for path, text in sources.items()
    }
    assert severity_in(rule, together) is Severity.MEDIUM


@pytest.mark.parametrize(
    ("rule", "sources", "severity"),
    [
        (DuplicateClass(), SCATTERED[0][1] | {"shop/till/a.py": marked(CLASS)}, Severity.HIGH),
        (DuplicateFunction(), SCATTERED[1][1] | {"shop/till/a.py": marked(FUNCTION)}, Severity.MEDIUM),
        (CopiedModule(), SCATTERED[3][1] | {"shop/app.py": USERS["shop/till/use.py"]}, Severity.HIGH),
    ],
)
def test_copies_in_different_folders_count_where_one_of_them_is_the_home(
    rule: Rule, sources: dict[str, str], severity: Severity
) -> None:
    assert severity_in(rule, sources) is severity


def test_methods_count_where_their_classes_have_more_than_the_outermost_package_in_common() -> None:
    sources = {"shop/parts/till/a.py": TILL, "shop/parts/bank/b.py": BANK}
    assert severity_in(DuplicateMethod(), sources) is Severity.MEDIUM


def test_a_copied_method_that_is_only_to_be_deleted_counts() -> None:
    use = "\n    def pay(self, order):\n        return self.settle(order)\n"
    private = {
        "shop/till/a.py": f"{TILL}{use}DONE = Till().pay(1)\n".replace("settle", "_settle"),
        "shop/bank/b.py": f"{BANK}\nDONE = Bank()\n".replace("settle", "_settle"),
    }
    (finding,) = findings(DuplicateMethod(), {"shop/__init__.py": ""} | private)
    assert finding.remedy.endswith("no code here calls it.")
    assert finding.severity is None
