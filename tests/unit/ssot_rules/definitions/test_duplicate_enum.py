from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.rules.rule import Rule
from ssot_lint.testing import findings
from ssot_rules.definitions.conflicting_enum import ConflictingEnum
from ssot_rules.definitions.divergent_class import DivergentClass
from ssot_rules.definitions.divergent_enum import DivergentEnum
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.duplicate_enum import DuplicateEnum
from ssot_rules.definitions.near_duplicate_class import NearDuplicateClass
from ssot_rules.definitions.related_class import RelatedClass

HEAD = "from enum import Enum, auto\n\nclass OrderState(Enum):\n"


def enum(*members: str) -> str:
    return HEAD + "".join(f"    {member}\n" for member in members)


STATES = enum("OPEN = 'open'", "PAID = 'paid'", "SENT = 'sent'")


def found(other: str, rule: Rule | None = None, one: str = STATES) -> list[Finding]:
    return findings(rule or DuplicateEnum(), {"shop/__init__.py": "", "shop/a.py": one, "shop/b.py": other})


def test_equal_members_are_a_copy() -> None:
    (finding,) = found(STATES.replace("'", '"'))
    assert finding.message == (
        "enum `OrderState` is defined in 2 modules with the same members: none of them is the home yet"
    )
    assert finding.remedy == (
        "Move `OrderState` to a module that all can import "
        "(a new one in `shop`, say) and import it from there in shop/a.py, shop/b.py."
    )
    assert [site.message for site in finding.sites] == ["3 of 3 members are those of `shop.a:OrderState`"]
    assert finding.evidence["text"] == [
        "shop/a.py:3 OPEN = 'open', PAID = 'paid', SENT = 'sent'",
        "shop/b.py:3 OPEN = 'open', PAID = 'paid', SENT = 'sent'",
    ]


def test_a_copy_that_fell_behind_is_told_what_it_lacks() -> None:
    (finding,) = found(enum("OPEN = 'open'", "PAID = 'paid'", "LATE = 'late'", "SENT = 'sent'"))
    assert "with nearly the same members" in finding.message
    assert [site.message for site in finding.sites] == ["3 of 4 members are those of `shop.a:OrderState`; adds `LATE`"]


def test_computed_values_conflict_with_nothing() -> None:
    computed = enum("OPEN = auto()", "PAID = auto()", "SENT = auto()")
    assert len(found(computed)) == 1
    assert found(computed, ConflictingEnum()) == []


@pytest.mark.parametrize("rule", [DuplicateClass(), NearDuplicateClass(), RelatedClass(), DivergentClass()])
def test_the_rules_on_classes_leave_enums_alone(rule: Rule) -> None:
    for other in (STATES, enum("OPEN = 'open'", "PAID = 'p'", "SENT = 'sent'"), enum("NEW = 1", "OLD = 2", "BAD = 3")):
        assert found(other, rule) == []


def test_enum_bases_without_members_are_classes_like_others() -> None:
    base = HEAD + "    def title(self):\n        text = self.name\n        return text.title()\n"
    assert found(base, one=base) == []
    assert len(found(base, DuplicateClass(), one=base)) == 1


@pytest.mark.parametrize(
    "other",
    [
        "class OrderState:\n    OPEN = 'open'\n    PAID = 'paid'\n    SENT = 'sent'\n",
        "try:\n    from library import OrderState\nexcept ImportError:\n    "
        + STATES.replace("\n", "\n    ").rstrip()
        + "\n",
        "from shop.a import OrderState\n",
    ],
)
def test_other_kinds_fallbacks_and_imports_are_exempt(other: str) -> None:
    for rule in (DuplicateEnum(), ConflictingEnum(), DivergentEnum()):
        assert found(other, rule) == []
