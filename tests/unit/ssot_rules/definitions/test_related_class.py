from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.related_class import RelatedClass

PLAN = """
class RoutePlan{bases}:
    def __init__(self, lorry, stops):
        self.lorry = lorry
        self.stops = stops
        self.driver = lorry.driver

    def length(self):
        return sum(stop.distance for stop in self.stops)
"""
SHEET = """
class RoutePlan{bases}:
    def __init__(self, lorry, stops, font):
        self.lorry = lorry
        self.stops = stops
        self.driver = lorry.driver
        self.font = font

    def lines(self):
        return [self.font.wrap(stop.address) for stop in self.stops]
"""


def found(
    one: str, other: str, *, paths: tuple[str, str] = ("depot/plan.py", "depot/sheet.py"), **more: str
) -> list[Finding]:
    extra = {f"depot/{name}.py": text for name, text in more.items()}
    return findings(RelatedClass(), {"depot/__init__.py": "", paths[0]: one, paths[1]: other} | extra)


def test_relatives_are_told_to_merge_or_to_part() -> None:
    (finding,) = found(PLAN.format(bases=""), SHEET.format(bases=""))
    assert finding.message == ("class `RoutePlan` is defined in 2 modules (2 related): no code here uses them")
    assert finding.remedy == (
        "If no other project uses `RoutePlan`, delete all of them: no code here does. "
        "Else if they play the same role, move `RoutePlan` to a module that all can import "
        "(a new one in `depot`, say) and import it from there in "
        "depot/plan.py, depot/sheet.py. If not, rename one."
    )
    assert [site.message for site in finding.sites] == [
        "67% of the lines are those of `depot.plan:RoutePlan`; lacks `length`; adds `lines`; "
        "other signature of `__init__`"
    ]


def test_a_common_first_party_ancestor_makes_a_family() -> None:
    head = "from depot.base import Sheet\n"
    base = "class Sheet:\n    size = 4\n"
    one, other = head + PLAN.format(bases="(Sheet)"), head + SHEET.format(bases="(Sheet)")
    assert found(one, other, base=base) == []


@pytest.mark.parametrize(
    ("line", "base", "count"),
    [
        ("from library import Sheet as Base", "Base", 0),
        ("import library", "library.Sheet", 0),
        ("from abc import ABC", "ABC", 1),
        ("from typing import Generic, TypeVar\nT = TypeVar('T')", "Generic[T]", 1),
        ("from pydantic import BaseModel as Model", "Model", 1),
        ("", "Exception", 1),
        ("", "object", 1),
    ],
)
def test_a_common_external_base_makes_a_family_unless_generic(line: str, base: str, count: int) -> None:
    one, other = (f"{line}\n{text.format(bases=f'({base})')}" for text in (PLAN, SHEET))
    assert len(found(one, other)) == count


@pytest.mark.parametrize(
    ("line", "bases"),
    [
        ("from pydantic import BaseModel", "(BaseModel)"),
        ("from sqlalchemy.orm import declarative_base\nBase = declarative_base()", "(Base)"),
        ("from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()", "(db.Model)"),
        ("from enum import Enum", "(Enum)"),
        ("from typing import Protocol", "(Protocol)"),
        ("from library import LibraryError", "(LibraryError)"),
    ],
)
def test_different_kinds_are_different_things(line: str, bases: str) -> None:
    assert found(PLAN.format(bases=""), f"{line}\n{SHEET.format(bases=bases)}") == []


@pytest.mark.parametrize("line", ["import dataclasses as d\n@d.dataclass", "import attrs\n@attrs.define(slots=True)"])
def test_a_dataclass_is_known_by_its_resolved_decorator(line: str) -> None:
    assert found(PLAN.format(bases=""), line + SHEET.format(bases="")) == []


def test_parallel_layout_is_exempt() -> None:
    one, other = PLAN.format(bases=""), SHEET.format(bases="")
    assert found(one, other, paths=("depot/north/api.py", "depot/south/api.py")) == []
    assert len(found(one, other, paths=("depot/north/plan/api.py", "depot/south/sheet/api.py"))) == 1
    assert len(found(one, other, paths=("depot/north/api.py", "depot/south/sheet.py"))) == 1


def test_small_bodies_are_no_relatives() -> None:
    small = "class RoutePlan:\n    def __init__(self, lorry):\n        self.lorry = lorry\n"
    assert found(PLAN.format(bases=""), small) == []


@pytest.mark.parametrize(
    ("sync", "aio", "count"),
    [
        ("depot/api.py", "depot/aio/api.py", 0),
        ("depot/_sync/api.py", "depot/_async/api.py", 0),
        ("depot/api.py", "depot/async_api.py", 0),
        ("depot/api.py", "depot/aio/sheet.py", 1),
        ("depot/api.py", "depot/sync/api.py", 1),
    ],
)
def test_the_two_halves_of_an_api_are_exempt(sync: str, aio: str, count: int) -> None:
    assert len(found(PLAN.format(bases=""), SHEET.format(bases=""), paths=(sync, aio))) == count


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ("key: str\n    size: int\n    price: int", 0),
        ("key: str\n    size: int\n    price: int\n    weight: int", 1),
    ],
)
def test_a_field_or_two_in_common_relate_no_lists_of_fields(fields: str, count: int) -> None:
    head = f"from typing import NamedTuple\nclass RoutePlan(NamedTuple):\n    {fields}\n"
    assert len(found(f"{head}    lorry: str\n    stops: int\n", f"{head}    font: str\n    ink: str\n")) == count
    method = "    def lines(self):\n        return [self.key]\n"
    assert len(found(f"{head}    lorry: str\n    stops: int\n", f"{head}    font: str\n{method}")) == count


def test_a_field_or_two_in_common_relate_classes_with_methods() -> None:
    head = "from typing import NamedTuple\nclass RoutePlan(NamedTuple):\n    key: str\n    size: int\n    price: int\n"
    one = "    def lines(self):\n        return [self.key]\n"
    other = "    font: str\n    def wrapped(self):\n        return self.font\n"
    assert len(found(head + one, head + other)) == 1


def test_a_few_equal_lines_of_many_are_chance() -> None:
    def plan(name: str, equal: int) -> str:
        shared = "".join(f"        self.shared{number} = {number}\n" for number in range(equal))
        own = "".join(f"        self.{name}{number} = {number}\n" for number in range(8))
        return f"class RoutePlan:\n    def __init__(self):\n{shared}{own}"

    assert found(plan("one", 4), plan("other", 4)) == []
    assert len(found(plan("one", 5), plan("other", 5))) == 1


def test_a_long_common_part_relates_whatever_stands_around_it() -> None:
    shared = "".join(f"        self.shared{number} = {number}\n" for number in range(20))
    own = "".join(f"        self.own{number} = {number}\n" for number in range(120))
    small = f"class RoutePlan:\n    def __init__(self):\n{shared}"
    assert len(found(small, small + own)) == 1
    assert len(found(small, small + own, paths=("depot/north/api.py", "depot/south/api.py"))) == 1


def test_what_two_services_have_in_part_is_nobodys_copy() -> None:
    sources = {f"{name}/app/__init__.py": "" for name in ("alpha", "beta")}
    sources |= {"alpha/app/plan.py": PLAN.format(bases=""), "beta/app/plan.py": SHEET.format(bases="")}
    sources |= {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in ("alpha", "beta")}
    assert findings(RelatedClass(), sources) == []
