from __future__ import annotations

from dataclasses import replace

import pytest

from ssot_lint.init.candidate import Candidate, Sign, families, merged, production_classes
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.testing import project_from

SOURCE = """
class Base: ...
class One(Base): ...
class Two(Base): ...
class Three: ...
class Four(Three): ...
class Five: ...

def make(): ...
"""


@pytest.fixture
def project() -> Project:
    return project_from({"app/m.py": SOURCE, "tests/t.py": "class Test: ...\n"})


@pytest.fixture
def classes(project: Project) -> dict[str, ClassSymbol]:
    return {cls.name: cls for cls in project.classes()}


def candidate(sign: Sign, *classes: ClassSymbol, weight: int = 1) -> Candidate:
    return Candidate(
        sign=sign,
        title=classes[0].name,
        classes=classes,
        home=classes[0],
        reason="first",
        evidence=(sign.name,),
        weight=weight,
        names=frozenset(cls.name for cls in classes),
        methods=(f"{sign.name.lower()}_{classes[0].name}",),
    )


def test_production_classes_are_those_outside_tests(project: Project) -> None:
    assert [cls.name for cls in production_classes(project)] == ["Base", "One", "Two", "Three", "Four", "Five"]


def test_a_family_is_what_inherits_from_one_source(project: Project, classes: dict[str, ClassSymbol]) -> None:
    members = [classes[name] for name in ("One", "Five", "Four", "Two", "Three")]
    found = families(project, members)
    assert [[cls.name for cls in family] for family in found] == [["One", "Two"], ["Five"], ["Four", "Three"]]


def test_candidates_about_the_same_classes_become_one_led_by_the_clearest_sign(classes: dict[str, ClassSymbol]) -> None:
    one, two, three, four = (classes[name] for name in ("One", "Two", "Three", "Four"))
    editions = candidate(Sign.EDITIONS, one, two)
    responsibility = candidate(Sign.RESPONSIBILITY, three, two, weight=3)
    (united,) = merged([responsibility, candidate(Sign.FACTORIES, one), editions])
    assert (united.sign, united.title, united.home, united.weight) == (Sign.EDITIONS, "One", one, 5)
    assert united.classes == (one, two, three)
    assert united.names == {"One", "Two"}
    assert united.evidence == ("EDITIONS", "RESPONSIBILITY", "FACTORIES")
    assert united.methods == ("editions_One", "responsibility_Three", "factories_One")
    assert four not in united.classes


def test_other_candidates_stay_apart_the_heaviest_first(classes: dict[str, ClassSymbol]) -> None:
    light = candidate(Sign.EDITIONS, classes["One"], weight=1)
    heavy = candidate(Sign.FACTORIES, classes["Three"], weight=2)
    assert merged([light, heavy]) == [heavy, light]


def test_a_factory_is_taken_over_for_the_same_home_only(project: Project, classes: dict[str, ClassSymbol]) -> None:
    one, two = classes["One"], classes["Two"]
    (make,) = project.functions()
    editions = candidate(Sign.EDITIONS, one, two)
    of_home = replace(candidate(Sign.FACTORIES, one), factory=make, factory_reason="why")
    of_other = replace(candidate(Sign.FACTORIES, two), factory=make, factory_reason="why")
    assert [(each.factory, each.factory_reason) for each in merged([editions, of_home])] == [(make, "why")]
    assert [(each.factory, each.factory_reason) for each in merged([editions, of_other])] == [(None, "")]
