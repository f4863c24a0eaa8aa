"""A pack of somebody else offers fixes, and the example of the page is what really happens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from ssot_lint.config.load import load_settings
from ssot_lint.fix.engine import Engine
from ssot_lint.fix.journal import FileChange
from ssot_lint.fix.tasks import Wish
from ssot_lint.model.edits import Fix as SiteFix
from ssot_lint.model.edits import ReplaceLiteral, RetargetImport, Safety
from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.model.plan import Plan
from ssot_lint.project.project import Project, site_within
from ssot_lint.rules.registry import Registered, RuleSet
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ALL, activate
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.workers.extract_files import WorkerPool
from ssot_lint.workers.inline import open_inline
from tests.command_line import Run
from tests.fix.projects import files_of, read_files, write_files

PAGE = Path(__file__).parents[2] / "docs" / "fix.md"


@dataclass(frozen=True)
class OldName(Rule):
    """A name is imported from the old place.

    Why:
        It moved.
    """

    code: ClassVar[str] = "ACME1"
    name: ClassVar[str] = "old-name"
    family: ClassVar[str] = "acme"
    severity: ClassVar[Severity] = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        for use in project.imports:
            if use.source is not None and use.source.name == "shop.old" and use.fact.name == "Order":
                edit = RetargetImport(use.importer.path, use.fact.line, use.fact.column, "shop.new", "Order")
                fix = SiteFix(Safety.SAFE, (edit,))
                place = site_within(use.importer, 0, Location(use.importer.path, use.fact.line), "old", fix)
                yield self.finding("Order", message="old", remedy="write new", sites=[place])


@dataclass(frozen=True)
class BadFix(OldName):
    """A fix that makes nothing better.

    Why:
        Packs may be wrong.
    """

    code: ClassVar[str] = "ACME2"
    name: ClassVar[str] = "bad-fix"

    def check(self, project: Project) -> Iterator[Finding]:
        for module in project.modules:
            for use in module.facts.strings:
                edit = ReplaceLiteral(module.path, use.line, use.column, use.value, "Order.name", "shop.new", "Order")
                fix = SiteFix(Safety.SAFE, (edit,))
                place = site_within(module, 0, Location(module.path, use.line), "text", fix)
                yield self.finding(use.value, message="text", remedy="write a name", sites=[place])
            if not module.facts.strings and module.path == "shop/user.py":
                place = site_within(module, 0, Location(module.path, 1), "no text")
                yield self.finding("none", message="there is no text", remedy="write one", sites=[place])


SHOP = """
    # shop/new.py
    class Order:
        name = "order"
    # shop/old.py
    from shop.new import Order
    # shop/user.py
    from shop.old import Order

    def told(log):
        log.info("an-order")
        return Order
"""


def outcome(root: Path, rule: type[Rule]) -> tuple[list[FileChange], list[str]]:
    """What the engine writes for the fixes of one rule, and why it refuses others."""
    write_files(root, files_of(SHOP))
    settings = load_settings(root, options={"select": [ALL]}, environment={})
    known = RuleSet((Registered(rule, "acme"),))
    request = Request(root, [root], settings.config, activate(known, settings), "", known.codes())
    written: list[FileChange] = []

    def write(changes: Sequence[FileChange]) -> str:
        written.extend(changes)
        return ""

    with Scan.open(request, pool=WorkerPool(open_inline, 1)) as scan:
        done = Engine(scan, Wish(), write, lambda _: "").run(Plan((), 0, 0))
    return written, [each.reason for each in done.refused]


def test_a_rule_of_a_pack_offers_edits(tmp_path: Path) -> None:
    written, refused = outcome(tmp_path, OldName)
    assert [(each.path, each.new and each.new.splitlines()[0]) for each in written] == [
        ("shop/user.py", b"from shop.new import Order")
    ]
    assert refused == []


def test_a_fix_that_makes_nothing_better_is_refused(tmp_path: Path) -> None:
    written, refused = outcome(tmp_path, BadFix)
    assert written == []
    assert any("ACME2" in reason or "means something else" in reason for reason in refused)


def test_the_example_of_the_page_is_what_happens(
    ssot_lint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGE.read_text().partition("\n## An example\n")[2].partition("\n## ")[0]
    files = dict(re.findall(r"```python\n# (\S+)\n(.*?)```", page, re.DOTALL))
    packages = {f"{folder}/__init__.py": "" for folder in ("shop", "shop/models")}
    write_files(tmp_path, {**files, **packages, "shop/prices.py": "LIMIT = 100\n"})
    monkeypatch.chdir(tmp_path)
    _, out, _ = ssot_lint("fix", "--diff", "--no-cache", "--no-progress")
    (shown,) = re.findall(r"```diff\n\$ ssot-lint fix --diff\n(.*?)```", page, re.DOTALL)
    assert out == shown
    assert read_files(tmp_path)["shop/cart.py"] == files["shop/cart.py"]
