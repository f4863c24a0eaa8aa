"""Copies that say themselves that they are some: of another project, or of a distribution they do without."""

from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.rules.rule import Rule
from ssot_lint.testing import findings
from ssot_rules.definitions.copied_module import CopiedModule
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.definitions.duplicate_method import DuplicateMethod

PARTS = """    total = sum(each.weight for each in parcel.parts)
    if zone == "island":
        total += 12
    if total > {most}:
        total = {most}
    for each in parcel.extras:
        total += each.weight
        if each.is_heavy:
            total += 1
    parcel.total = round(total, 2)
    if parcel.label:
        parcel.label = parcel.label.strip()
    return parcel
"""
FUNCTIONS = "".join(f"def {name}(parcel, zone):\n{PARTS.format(most=100)}" for name in ("weigh",))
CLASS = "class Scale:\n    def __init__(self, zone):\n        self.zone = zone\n" + (
    "    def weigh(self, parcel, zone):\n" + "".join(f"    {line}\n" for line in PARTS.format(most=100).splitlines())
)
NEAR = FUNCTIONS.replace("100", "90")
HARNESS = "# Adapted from https://github.com/eval/harness/blob/main/weights.py\n"
GRADER = '"""Grading.\n\nFrom: https://github.com/openai/grader\n"""\n'
APART = '"""Weighs parcels without importing the engine."""\n'


def found(rule: Rule, one: str, other: str) -> list[Finding]:
    sources = {"shop/__init__.py": "", "shop/one.py": one, "shop/two.py": other}
    name = "weigh" if "class" not in one else "Scale"
    users = {f"shop/use{number}.py": f"from shop.one import {name}\n{name}(1, 2)\n" for number in range(4)}
    return findings(rule, sources | users | {"shop/use.py": "import shop.two\n"})


def across(rule: Rule, one: str, other: str, requires: str = "engine") -> list[Finding]:
    sources = {
        "engine/pyproject.toml": '[project]\nname = "engine"\n',
        "engine/engine/__init__.py": "",
        "engine/engine/weights.py": one,
        "tool/pyproject.toml": f'[project]\nname = "tool"\ndependencies = ["{requires}"]\n',
        "tool/tool/__init__.py": "",
        "tool/tool/weights.py": other,
        "tool/tool/use.py": "import tool.weights, engine\n",
    }
    return findings(rule, sources)


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        (DuplicateFunction(), FUNCTIONS, FUNCTIONS),
        (DuplicateClass(), CLASS, CLASS),
        (DuplicateMethod(), CLASS, CLASS.replace("class Scale", "class Weigher").replace("zone)", "place)", 1)),
    ],
)
def test_copies_in_two_files_that_are_from_elsewhere_are_info(rule: Rule, one: str, other: str) -> None:
    scored = [finding.severity for finding in found(rule, one, other)]
    assert Severity.INFO not in scored
    assert scored
    assert {finding.severity for finding in found(rule, HARNESS + one, GRADER + other)} <= {Severity.INFO}
    assert Severity.INFO not in [finding.severity for finding in found(rule, HARNESS + one, other)]


def test_what_is_equal_in_two_files_from_one_project_was_copied_here() -> None:
    text = FUNCTIONS + "LIMIT = 100\n" + CLASS
    assert [finding.severity for finding in found(CopiedModule(), text, text)] == [None]
    assert [finding.severity for finding in found(CopiedModule(), HARNESS + text, HARNESS + text)] == [None]
    assert found(CopiedModule(), HARNESS + text, GRADER + text) == []


@pytest.mark.parametrize(
    "told",
    [
        '"""Weighs parcels without importing the engine."""\n',
        "# Duplicated here on purpose: the tool starts where the engine is broken.\n",
        "class Probe:\n    def where(self):\n        '''Where it lies (matches engine SDK)'''\n",
    ],
)
def test_what_a_distribution_says_to_do_without_another_is_info(told: str) -> None:
    assert [finding.severity for finding in across(DuplicateFunction(), FUNCTIONS, FUNCTIONS)] == [None]
    assert [finding.severity for finding in across(DuplicateFunction(), FUNCTIONS, told + FUNCTIONS)] == [Severity.INFO]


def test_a_method_that_says_so_of_the_function_that_it_repeats_is_info() -> None:
    method = 'class Scale:\n    def weigh(self, parcel, zone):\n        """{}"""\n' + "".join(
        f"    {line}\n" for line in PARTS.format(most=100).splitlines()
    )
    severities = [
        [finding.severity for finding in across(DuplicateMethod(), FUNCTIONS, method.format(told))]
        for told in ("Weigh it.", "Weigh it (matches engine SDK).")
    ]
    assert severities == [[None], [Severity.INFO]]


def test_within_a_distribution_that_is_no_reason() -> None:
    assert [finding.severity for finding in found(DuplicateFunction(), FUNCTIONS, APART + FUNCTIONS)] == [None]


NOTE = "# Duplicated here to keep the two apart.\n"
REGISTER = CLASS.replace("class Scale", "class Register")


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        (DuplicateFunction(), FUNCTIONS, FUNCTIONS),
        (DuplicateClass(), CLASS, CLASS),
        (DuplicateMethod(), CLASS, REGISTER),
    ],
)
def test_copies_that_say_of_themselves_that_they_repeat_are_information(rule: Rule, one: str, other: str) -> None:
    """As `FletDartBridgeServer.__on_message`, and `viewer_for` of CAPEv2, which says so in the comment above."""
    assert Severity.INFO not in [finding.severity for finding in found(rule, one, other)]
    noted = _noted(other)
    assert {finding.severity for finding in found(rule, one, noted)} == {Severity.INFO}
    assert {finding.severity for finding in found(rule, noted, one)} == {Severity.INFO}


@pytest.mark.parametrize(
    "note",
    [
        "# Copied from transformers.models.fern.modeling_fern.FernScale with Fern->Moss\n",
        "# Copied from https://github.com/acme/fern/blob/main/scale.py\n",
        NOTE,
    ],
)
def test_what_a_class_says_holds_for_its_methods(note: str) -> None:
    assert {finding.severity for finding in found(DuplicateMethod(), CLASS, f"{note}{REGISTER}")} == {Severity.INFO}
    assert {finding.severity for finding in found(DuplicateMethod(), f"{note}{CLASS}", REGISTER)} == {Severity.INFO}
    assert Severity.INFO not in {
        finding.severity for finding in found(DuplicateMethod(), CLASS, f"{note}X = 1\n\n\n{REGISTER}")
    }


def _noted(source: str) -> str:
    """``source`` with a note at each definition."""
    lines = source.splitlines(keepends=True)
    starts = ("def ", "class ", "    def ")
    return "".join(
        f"{' ' * (len(line) - len(line.lstrip()))}{NOTE}{line}" if line.startswith(starts) else line for line in lines
    )
