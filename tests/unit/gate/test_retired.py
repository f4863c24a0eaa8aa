"""What is on the way out as a whole is listed, and what lives on beside it stays scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ssot_lint.gate.retired import older_generations, retired_folder, with_retired_listed
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.project.project import Project
from ssot_lint.rules.evidence import TEXT
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.testing import project_from

PROJECT = {
    "shop/__init__.py": "",
    "shop/prices.py": "",
    "shop/legacy/__init__.py": "",
    "shop/legacy/cart.py": "from shop.legacy import orders\n",
    "shop/legacy/orders.py": "",
    "shop/legacy/users.py": "from shop.prices import net\n",
    "tests/test_cart.py": "from shop.legacy import cart, orders\n",
}


@dataclass(frozen=True)
class Copies(Rule):
    """Finds nothing by itself."""

    code = "TEST101"
    name = "copies"
    family = "tests"
    severity = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


def judged(
    *paths: str,
    home: str = "",
    more: dict[str, str] | None = None,
    severity: Severity | None = None,
    configured: Severity | None = None,
) -> Finding:
    """One finding with sites in the files ``paths`` of the project with ``more`` files."""
    rule = Copies()
    sites = tuple(Site(Location(path, 1), path, f"{path}:x", "") for path in paths)
    base = Home(Location(home, 1), home, f"{home}:x", "") if home else None
    finding = Finding(rule.code, "x", "m", "r", base, sites, {TEXT: ["own line"]}, severity)
    active = ActiveRule(rule, rule.info(), "tests", configured)
    [(_, after)] = with_retired_listed(project_from({**PROJECT, **(more or {})}), [(active, finding)])
    return after


def test_all_of_it_in_a_retired_folder_is_listed_with_the_reason() -> None:
    finding = judged("shop/legacy/orders.py", home="shop/legacy/cart.py", severity=Severity.HIGH)
    assert finding.severity is Severity.INFO
    assert finding.evidence[TEXT] == [
        "listed only: all of it is in shop/legacy/, which no other production code imports",
        "own line",
    ]


@pytest.mark.parametrize("folder", ["deprecated", "old_api", "api_legacy", "obsolete"])
def test_other_words_for_it(folder: str) -> None:
    path = f"shop/{folder}/orders.py"
    assert judged(path, more={path: ""}).severity is Severity.INFO


@pytest.mark.parametrize("folder", ["household", "gold", "compat", "legacybank", "find_old_sessions"])
def test_other_words(folder: str) -> None:
    path = f"shop/{folder}/orders.py"
    assert judged(path, more={path: ""}).severity is None


@pytest.mark.parametrize(
    ("paths", "home"),
    [
        (("shop/prices.py",), ""),
        (("shop/legacy/orders.py", "shop/prices.py"), ""),
        (("shop/legacy/orders.py",), "shop/prices.py"),
        (("shop/prices.py",), "shop/legacy/orders.py"),
    ],
)
def test_living_code_that_takes_part_keeps_it_scored(paths: tuple[str, ...], home: str) -> None:
    assert judged(*paths, home=home).severity is None


def test_what_living_code_imports_is_not_on_the_way_out() -> None:
    more = {"shop/checkout.py": "from shop.legacy.orders import Order\n"}
    assert judged("shop/legacy/orders.py", more=more).severity is None
    assert judged("shop/legacy/users.py", more=more).severity is Severity.INFO


def test_importers_that_are_on_the_way_out_themselves_do_not_count() -> None:
    more = {
        "app/__init__.py": "",
        "app/deprecated/__init__.py": "",
        "app/deprecated/a.py": "import shop.legacy.orders\n",
    }
    assert judged("shop/legacy/orders.py", more=more).severity is Severity.INFO


def test_configured_severity_stays() -> None:
    assert judged("shop/legacy/orders.py", configured=Severity.HIGH).severity is Severity.INFO
    assert judged("shop/legacy/orders.py", configured=Severity.INFO).severity is None


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("legacy/a.py", "legacy/"),
        ("shop/legacy/old/a.py", "shop/legacy/"),
        ("shop/legacy.py", ""),
        ("legacy.py", ""),
        ("shop/old_style/x/a.py", "shop/old_style/"),
        ("shop/a.py", ""),
    ],
)
def test_retired_folder(path: str, folder: str) -> None:
    assert retired_folder(path) == folder


@pytest.mark.parametrize(
    ("folders", "older"),
    [
        (["shop/s1", "shop/s2", "shop/s2_5", "shop/s3"], ["shop/s1", "shop/s2", "shop/s2_5"]),
        (["shop/engine_v9", "shop/engine_v10"], ["shop/engine_v9"]),
        (["v1/api", "v2/api"], ["v1"]),
        (["shop/s1", "more/s2"], []),
        (["shop/s1", "shop/t2"], []),
        (["shop/s", "shop/s2"], []),
        (["shop/1", "shop/2"], []),
    ],
)
def test_older_generations_have_a_lower_number(folders: list[str], older: list[str]) -> None:
    paths = [f"{folder}/{name}.py" for folder in folders for name in ("cart", "orders", "prices")]
    assert older_generations(paths) == {f"{folder}/" for folder in older}


@pytest.mark.parametrize(("names", "count"), [("a", 1), ("a b c", 1), ("a b c d", 0), ("x y", 0)])
def test_generations_have_files_in_common(names: str, count: int) -> None:
    first = [f"shop/s1/{name}.py" for name in names.split()]
    second = [f"shop/s2/{name}.py" for name in ("a", "e", "f", "g", "h")]
    assert len(older_generations(first + second)) == count


GENERATIONS = {f"shop/s{number}/{name}.py": "" for number in (1, 2) for name in ("cart", "orders")}


def test_what_nobody_imports_of_an_older_generation_is_listed() -> None:
    finding = judged("shop/s1/cart.py", home="shop/s1/orders.py", more=GENERATIONS)
    assert finding.severity is Severity.INFO
    assert finding.evidence[TEXT] == [
        "listed only: all of it is in shop/s1/, which no other production code imports",
        "own line",
    ]


@pytest.mark.parametrize(
    ("paths", "more"),
    [
        (("shop/s2/cart.py",), {}),
        (("shop/s1/cart.py", "shop/s2/cart.py"), {}),
        (("shop/s1/cart.py",), {"shop/checkout.py": "from shop.s1 import cart\n"}),
        (("shop/s1/cart.py",), {"shop/s2/till.py": "from shop.s1 import cart\n"}),
    ],
)
def test_the_newest_generation_and_what_is_in_use_stay_scored(paths: tuple[str, ...], more: dict[str, str]) -> None:
    assert judged(*paths, more={**GENERATIONS, **more}).severity is None
