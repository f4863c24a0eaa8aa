from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.constant_drift import ConstantDrift


def found(one: str, other: str, rule: ConstantDrift | None = None) -> list[Finding]:
    return findings(rule or ConstantDrift(), {"shop/__init__.py": "", "shop/a.py": one, "shop/b.py": other})


def test_it_is_off_by_default() -> None:
    assert ConstantDrift.on_by_default is False


def test_values_are_listed() -> None:
    (finding,) = found("MAX_LINES = 50\n", "MAX_LINES: int = 40\n")
    assert finding.message == (
        "constant `MAX_LINES` has 2 values in 2 modules: keep shop/a.py, first by name, all else equal"
    )
    assert finding.remedy == (
        "Keep MAX_LINES = 50 in shop/a.py and write `from shop.a import MAX_LINES` in shop/b.py, "
        "or give the others names of their own"
    )
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.b:MAX_LINES", "40 here, 50 in `shop.a:MAX_LINES`")
    ]
    assert finding.evidence["text"] == ["shop/a.py:1 MAX_LINES = 50", "shop/b.py:1 MAX_LINES = 40"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LINE_END = 'a'", 'LINE_END = "a"'),
        ("MAX_LINES = 1000", "MAX_LINES = 1_000"),
        ("LIMIT = 1", "LIMIT = 2"),  # one word
        ("max_lines = 1", "max_lines = 2"),
        ("MAX_LINES = 1", "MAX_LINES = int('2')"),
        ("MAX_LINES = 1", "MAX_LINES = f'{__name__}'"),
        ("MAX_LINES = 1", "try:\n    MAX_LINES = 2\nexcept ValueError:\n    MAX_LINES = 3"),
    ],
)
def test_equal_computed_and_conditional_values_are_exempt(one: str, other: str) -> None:
    assert found(one + "\n", other + "\n") == []


def test_only_the_names_asked_for_are_judged() -> None:
    rule = ConstantDrift(names=("*_TIMEOUT", "MAX_*"))
    assert len(found("MAX_LINES = 1\n", "MAX_LINES = 2\n", rule)) == 1
    assert found("MIN_LINES = 1\n", "MIN_LINES = 2\n", rule) == []
