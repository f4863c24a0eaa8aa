from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
import pytest

from ssot_lint.init.candidate import Candidate, Sign
from ssot_lint.init.from_findings import candidates_from_findings
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import JudgedFinding
from ssot_lint.model.source import SourceTree
from ssot_lint.project.project import Project

Read = Callable[..., tuple[SourceTree, Project, list[JudgedFinding]]]


def cls(name: str, comment: str = "") -> str:
    return (
        f"class {name}:{comment}\n    def __init__(self):\n        self.a = 1\n        self.b = 2\n        self.c = 3\n"
        f"    def show_{name.lower()}(self):\n        return self.a\n"
    )


PLAIN = {"app/cart.py": cls("CartManager"), "app/use.py": "from app.cart import CartManager\n"}


@pytest.fixture
def found(read: Read) -> Callable[[Mapping[str, str]], list[Candidate]]:
    def candidates(sources: Mapping[str, str]) -> list[Candidate]:
        _, project, findings = read(sources)
        return list(candidates_from_findings(project, findings))

    return candidates


Found = Callable[[Mapping[str, str]], list[Candidate]]


def test_editions_of_one_thing_are_a_component(found: Found) -> None:
    (candidate,) = found({**PLAIN, "app/new.py": cls("UnifiedCartManager"), "app/v2.py": cls("CartManagerV2")})
    assert (candidate.sign, candidate.title, candidate.home.id) == (
        Sign.EDITIONS,
        "CartManager",
        "app.cart:CartManager",
    )
    assert candidate.reason == "imported by 1 module"
    assert candidate.names == {"CartManager", "UnifiedCartManager", "CartManagerV2"}
    assert candidate.weight == 3
    assert candidate.evidence[0].startswith("SSOT110: component `CartManager` exists in 3 independent editions")


def test_the_title_is_spelled_as_the_code_spells_it(found: Found) -> None:
    (candidate,) = found({"app/a.py": cls("HTTPClient"), "app/b.py": cls("ModernHTTPClient")})
    assert candidate.title == "HTTPClient"


def test_what_is_on_its_way_out_is_no_edition_to_choose_from(found: Found) -> None:
    assert found({**PLAIN, "app/old.py": cls("LegacyCartManager")}) == []


def test_a_word_within_the_name_makes_no_edition(found: Found) -> None:
    assert found({"app/a.py": cls("TitanModel"), "app/b.py": cls("TitanV2Model")}) == []


def test_an_edition_that_is_judged_to_be_distinct_does_not_count(found: Found) -> None:
    distinct = cls("UnifiedCartManager", "  # ssot-lint: distinct[SSOT110] of another shop")
    assert found({**PLAIN, "app/new.py": distinct}) == []


BUILT = {
    "app/mailer.py": cls("Mailer") + "def create_mailer():\n    return Mailer()\n",
    "app/a.py": "from app.mailer import Mailer\ndef make_mailer():\n    return Mailer()\n",
    "app/b.py": "from app.mailer import Mailer\ndef build_mailer():\n    return Mailer()\n",
}


def test_a_product_of_three_factories_is_a_component(found: Found) -> None:
    (candidate,) = found(BUILT)
    assert (candidate.sign, candidate.title, candidate.home.id) == (Sign.FACTORIES, "Mailer", "app.mailer:Mailer")
    assert candidate.factory is not None
    assert candidate.factory.id == "app.mailer:create_mailer"
    assert candidate.factory_reason == "stands in the module of `Mailer`"
    assert candidate.weight == 3
    assert candidate.evidence[0].startswith("SSOT201: `Mailer` is built by 3 factories in 3 modules")


def test_two_factories_are_a_finding_and_no_component(found: Found) -> None:
    assert found({path: text for path, text in BUILT.items() if path != "app/b.py"}) == []


def test_what_its_rule_takes_for_an_inventory_shows_no_component(read: Read) -> None:
    _, project, findings = read(BUILT)
    less = [msgspec.structs.replace(each.finding, severity=Severity.INFO) for each in findings]
    inventory = [msgspec.structs.replace(each, finding=finding) for each, finding in zip(findings, less, strict=True)]
    assert list(candidates_from_findings(project, findings))
    assert list(candidates_from_findings(project, inventory)) == []


def test_findings_of_other_rules_show_none(read: Read) -> None:
    _, project, findings = read(BUILT)
    finding = msgspec.structs.replace(findings[0].finding, component=None)
    others = [msgspec.structs.replace(findings[0], finding=finding)]
    assert list(candidates_from_findings(project, others)) == []
