"""Begins a rule of the built-in pack: writes all files that it consists of, ready to be filled in.

    python scripts/new_rule.py SSOT310 renamed-module imports

docs/adding-a-rule.md tells how to go on.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ssot_rules import RULES

ROOT = Path(__file__).parents[1]
REGISTER = Path("rules", "ssot_rules", "__init__.py")
FAMILIES: Mapping[str, str] = {
    "0": "scan",
    "1": "definitions",
    "2": "factories",
    "3": "imports",
    "4": "state",
    "5": "components",
    "6": "settings",
}
"""The family by the first digit of the code."""

RULE = '''\
"""{code}: TODO what it finds, in a few words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule


@dataclass(frozen=True)
class {class_name}(Rule):
    """TODO what is found, in one sentence of at most 120 characters.

    Why:
        TODO what goes wrong because of it.

    Bad:
        # shop/orders.py
        # TODO the smallest code that is found exactly once

    Good:
        # shop/orders.py
        # TODO the same code put right

    Fix:
        TODO the way from Bad to Good.
    """

    code: ClassVar[str] = "{code}"
    name: ClassVar[str] = "{name}"
    family: ClassVar[str] = "{family}"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per TODO."""
        del project  # TODO ask it: docs/adding-a-rule.md
        yield from ()
'''

UNIT_TEST = """\
from __future__ import annotations

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.{family}.{module} import {class_name}


def found(sources: dict[str, str]) -> list[Finding]:
    return findings({class_name}(), {{"shop/__init__.py": ""}} | sources)


def test_nothing_is_found_in_nothing() -> None:
    assert found({{}}) == []


def test_the_rule_is_written() -> None:
    (finding,) = found({{"shop/orders.py": "# TODO the smallest code that is found\\n"}})
    assert finding.subject == "TODO"
    assert finding.message == "TODO"
    assert [site.symbol for site in finding.sites] == ["TODO"]
"""

BAD_HOME = """\
# TODO the place that is to stay: no mark here.
"""

BAD = """\
# TODO code that is found; end each line that is a site with the mark in the next line.
TODO = None  # expect: {code}
"""

GOOD = """\
# TODO code that looks like what is found and is right; rename the folder after what makes it right.
"""


@dataclass(frozen=True)
class NewRule:
    """A rule to be begun: code, name in kebab-case, family."""

    code: str
    name: str
    family: str

    @property
    def module(self) -> str:
        return self.name.replace("-", "_")

    @property
    def source(self) -> Path:
        """The rule itself."""
        return Path("rules", "ssot_rules", self.family, f"{self.module}.py")

    @property
    def unit_test(self) -> Path:
        return Path("tests", "unit", "ssot_rules", self.family, f"test_{self.module}.py")

    @property
    def fixtures(self) -> Path:
        """The folder of its trees of example code."""
        return Path("fixtures", f"{self.code}_{self.module}")

    @property
    def class_name(self) -> str:
        return self.name.title().replace("-", "")

    def filled(self, template: str) -> str:
        return template.format(
            code=self.code, name=self.name, family=self.family, module=self.module, class_name=self.class_name
        )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Begin a rule of the built-in pack.")
    parser.add_argument("code", help="SSOT and three digits, the first of them that of the family")
    parser.add_argument("name", help="in kebab-case: what is found")
    parser.add_argument(
        "family", choices=list(FAMILIES.values()), help="; ".join(f"{digit} {name}" for digit, name in FAMILIES.items())
    )
    given = parser.parse_args(arguments)
    rule = NewRule(given.code, given.name, given.family)
    files = {ROOT / path: text for path, text in new_files(rule).items()}
    if mistakes := [*problems(rule), *(f"{path} exists" for path in files if path.exists())]:
        sys.stderr.write("".join(f"error: {mistake}\n" for mistake in mistakes))
        return 2
    files[ROOT / REGISTER] = registered((ROOT / REGISTER).read_text(encoding="utf-8"), rule)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"written: {path.relative_to(ROOT)}\n")
    sys.stdout.write(next_steps(rule))
    return 0


def next_steps(rule: NewRule) -> str:
    """How to go on: what to write first, and what says in seconds how far it is."""
    tests = f"tests/test_rules_contract.py tests/test_fixtures.py {rule.unit_test.as_posix()}"
    return f"""
Begin with what is to be found, then with what finds it:
    {(rule.fixtures / "bad" / "shop").as_posix()}/
    {rule.source.as_posix()}
Replace every TODO. What remains, in seconds:
    pytest -n0 {tests} -k "{rule.code} or {rule.module}"
docs/adding-a-rule.md tells the rest.
"""


def problems(rule: NewRule) -> Iterator[str]:
    """Why there cannot be such a rule."""
    digits = {family: digit for digit, family in FAMILIES.items()}
    if not re.fullmatch(rf"SSOT{digits[rule.family]}\d\d", rule.code):
        yield f"{rule.code}: codes of {rule.family} are SSOT{digits[rule.family]}00 to SSOT{digits[rule.family]}99"
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name):
        yield f"{rule.name}: names are words of small letters, joined by hyphens"
    for other in RULES:
        if rule.code == other.code:
            yield f"{rule.code} is {other.name}"
        if rule.name == other.name:
            yield f"{rule.name} is {other.code}"


def new_files(rule: NewRule) -> dict[Path, str]:
    """The files to be written, by their path in the repository."""
    trees = {"bad": BAD, **{f"good_todo_{number}": GOOD for number in ("one", "two", "three")}}
    return {
        rule.source: rule.filled(RULE),
        rule.unit_test: rule.filled(UNIT_TEST),
        **{rule.fixtures / tree / "shop" / "__init__.py": "" for tree in trees},
        **{rule.fixtures / tree / "shop" / "orders.py": rule.filled(text) for tree, text in trees.items()},
        rule.fixtures / "bad" / "shop" / "billing.py": BAD_HOME,
    }


def registered(text: str, rule: NewRule) -> str:
    """``text`` of the pack with the import of the rule and its line in ``RULES``, both where they belong."""
    head, opening, rest = text.partition("RULES: tuple[type[Rule], ...] = (\n")
    names, closing, tail = rest.partition(")\n")
    line = f"from ssot_rules.{rule.family}.{rule.module} import {rule.class_name}\n"
    imports = sorted([*re.findall(r"^from ssot_rules\..*\n", head, re.MULTILINE), line])
    begin, end = head.index("from ssot_rules."), head.rindex("\n\n")
    codes = {other.__name__: other.code for other in RULES} | {rule.class_name: rule.code}
    members = sorted([*re.findall(r"\w+", names), rule.class_name], key=lambda name: codes[name])
    listed = "".join(f"    {member},\n" for member in members)
    return "".join([head[:begin], *imports, head[end + 1 :], opening, listed, closing, tail])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
