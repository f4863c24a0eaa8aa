"""The plan of a small project, carried out: each step gains the points it promised."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ssot_lint.gate.score import compute_score, violations_of
from ssot_lint.model.plan import Action, Plan
from ssot_lint.model.report import JudgedFinding
from ssot_lint.model.source import Zone
from ssot_lint.plan.planning import make_plan
from ssot_lint.project.project import Project
from ssot_lint.testing import project_at, scan_at
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.silent_redefinition import SilentRedefinition
from ssot_rules.imports.import_path_variant import ImportPathVariant
from ssot_rules.state.unstable_key import UnstableKey

RESULT = """\
class ValidationResult:
    def __init__(self, errors):
        self.errors = errors
        self.checked = True
        self.user_id = f"user-{hash(errors)}"

    def is_valid(self):
        return self.checked and not self.errors
"""
USE = "\n\ndef check():\n    return ValidationResult([])\n"
HOME = "from shop.models import ValidationResult\n"

SOURCES = {
    "shop/__init__.py": "",
    "shop/models.py": RESULT,
    "shop/orders.py": RESULT + USE,
    "shop/billing.py": RESULT + USE,
    "shop/report.py": f"from shop.billing import ValidationResult\n{USE}",
    "shop/mail.py": HOME + USE,
    "shop/web.py": HOME + USE,
    "shop/pages.py": f"from shop.web import ValidationResult\n{USE}",
    "shop/totals.py": "def total():\n    return 1\n\n\ndef total():\n    return 2\n",
    "shop/clean.py": "",
}

EDITS: Mapping[str, Mapping[str, str]] = {
    "Merge 2 copies of `ValidationResult` into shop/models.py": {
        "shop/orders.py": HOME + USE,
        "shop/billing.py": HOME + USE,
        "shop/report.py": HOME + USE,
    },
    "Write `from shop.models import ValidationResult` in 1 file": {"shop/pages.py": HOME + USE},
    "Decide which `total` in shop/totals.py is meant: Python uses the one at :5": {
        "shop/totals.py": "def total():\n    return 2\n"
    },
    "Make `user_id` of a hashlib digest, or of the value itself": {"shop/models.py": RESULT.replace("hash(", "len(")},
}
"""What is written to carry out each step."""

RULES = (DuplicateClass, ImportPathVariant, SilentRedefinition, UnstableKey)


def scanned(root: Path) -> tuple[list[JudgedFinding], Project]:
    return scan_at(root, RULES), project_at(root)


def production(project: Project) -> list[str]:
    return [module.path for module in project.modules if module.zone is Zone.PRODUCTION]


def plan_of(root: Path) -> Plan:
    findings, project = scanned(root)
    return make_plan(findings, project, production(project))


def score_of(root: Path) -> float:
    findings, project = scanned(root)
    return compute_score((each for found in findings for each in violations_of(found)), production(project)).value


def write(root: Path, sources: Mapping[str, str]) -> None:
    for path, text in sources.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)


def test_each_step_raises_the_score_by_its_points(tmp_path: Path) -> None:
    write(tmp_path, SOURCES)
    plan = plan_of(tmp_path)
    assert plan.score_before == score_of(tmp_path)
    assert [(step.action, len(step.ids), step.files, step.after) for step in plan.steps] == [
        (Action.EDIT, 1, 1, ()),
        (Action.MERGE, 4, 3, ()),  # two copies, and an unstable key in each of them
        (Action.EDIT, 1, 1, ()),
        (Action.REWRITE_IMPORTS, 1, 1, (2,)),
    ]
    score = plan.score_before
    for step in plan.steps:
        write(tmp_path, EDITS[step.title])
        score += step.points
        assert score_of(tmp_path) == pytest.approx(score)
    assert score == pytest.approx(plan.score_after)
    assert plan_of(tmp_path) == Plan((), 100.0, 100.0)
