from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.definitions.divergent_enum import DivergentEnum

ENUM = "from enum import Enum\n\nclass {name}(Enum):\n    {one} = 1\n    {other} = 2\n"


def found(name: str) -> list[Finding]:
    sources = {
        "shop/__init__.py": "",
        "shop/a.py": ENUM.format(name=name, one="OPEN", other="SENT"),
        "shop/b.py": ENUM.format(name=name, one="DRAFT", other="BOOKED"),
    }
    return findings(DivergentEnum(), sources)


def test_it_is_an_inventory() -> None:
    assert DivergentEnum.severity is Severity.INFO


def test_different_enums_of_one_name() -> None:
    (finding,) = found("OrderState")
    assert finding.message == (
        "enum `OrderState` is defined in 2 modules with different members: keep shop/a.py, "
        "first by name, all else equal"
    )
    assert finding.remedy == (
        "Keep `OrderState` in shop/a.py. Give `OrderState` in shop/b.py a name that says what it lists, or mark it "
        "`# ssot-lint: distinct[SSOT142] reason`."
    )
    assert [site.message for site in finding.sites] == [
        "0 of 2 members are those of `shop.a:OrderState`; lacks `OPEN`, `SENT`; adds `DRAFT`, `BOOKED`"
    ]


@pytest.mark.parametrize("name", ["State", "_OrderState"])
def test_one_word_and_private_names_say_little(name: str) -> None:
    assert found(name) == []
