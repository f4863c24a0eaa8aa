from __future__ import annotations

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.definitions.near_duplicate_function import NearDuplicateFunction

PRICE = """
def price(weight, zone):
    cost = 3.5
    if weight > 10:
        cost += weight
    if zone:
        cost += {fee}
    return cost
"""


def found(
    *paths: str, rule: type[NearDuplicateFunction] | type[DuplicateFunction] = NearDuplicateFunction
) -> list[Finding]:
    sources = {path: PRICE.format(fee=fee) for fee, path in enumerate(paths)}
    return findings(rule(), {"shop/__init__.py": ""} | sources)


def test_versions_are_told_how_much_they_share() -> None:
    (finding,) = found("shop/a.py", "shop/b.py")
    assert finding.message == (
        "function `price` is defined in 2 modules with nearly the same body: keep shop/a.py, "
        "first by name, all else equal"
    )
    assert finding.remedy == (
        "Keep `price` in shop/a.py or, as nothing sets the copies apart, move it to a module of `shop`. Give it a "
        "parameter for what differs, delete the versions in shop/b.py and write `from shop.a import price` there."
    )
    assert [site.message for site in finding.sites] == ["83% of the lines are those of `shop.a:price`"]


def test_parallel_folders_are_exempt() -> None:
    assert found("shop/north/api.py", "shop/south/api.py") == []


def test_hooks_are_exempt() -> None:
    assert found("shop/a/cli.py", "shop/b/c/cli.py", "shop/b/c/d/cli.py") == []
    assert len(found("shop/a/cli.py", "shop/b/c/cli.py", "shop/b/rest.py")) == 1


def test_equal_bodies_are_left_to_the_other_rule() -> None:
    sources = {path: PRICE.format(fee=12) for path in ("shop/a.py", "shop/b.py")} | {"shop/__init__.py": ""}
    assert findings(NearDuplicateFunction(), sources) == []
    assert len(findings(DuplicateFunction(), sources)) == 1


def test_of_equal_bodies_one_stands_for_all() -> None:
    sources = {"shop/__init__.py": "", "shop/a.py": PRICE.format(fee=1)}
    sources |= {path: PRICE.format(fee=2) for path in ("shop/b.py", "shop/c.py")}
    (finding,) = findings(NearDuplicateFunction(), sources)
    assert [site.symbol for site in finding.sites] == ["shop.b:price"]


def test_little_in_common_is_no_finding() -> None:
    other = "def price(zone):\n    rate = zone.rate\n    fee = 3\n    if rate:\n        fee = 4\n    return fee\n"
    sources = {"shop/__init__.py": "", "shop/a.py": PRICE.format(fee=1), "shop/b.py": other}
    assert findings(NearDuplicateFunction(), sources) == []
