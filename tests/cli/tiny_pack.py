"""A pack of two rules, and what a scan of the fixture ``project`` with it prints."""

from __future__ import annotations

PACK = '''
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from ssot_lint.model.finding import Finding, Home, Severity, Site
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule


@dataclass(frozen=True)
class Namesakes(Rule):
    """Finds classes of one name
    in several modules.

    Why:
        Nobody knows
        which one to change.
    Bad:
        # b.py
        class Order: ...
    Good:
        # b.py
        from a import Order
    Fix:
        Keep one and import it.
    """

    code = "TINY101"
    name = "namesakes"
    family = "tiny"
    severity = Severity.HIGH

    least: Annotated[int, Meta(ge=2, description="how many classes make a finding")] = 2

    def check(self, project: Project) -> Iterator[Finding]:
        classes = defaultdict(list)
        for cls in project.classes():
            classes[cls.name].append(cls)
        for name, (home, *copies) in classes.items():
            if len(copies) + 1 < self.least:
                continue
            yield Finding(
                code=self.code,
                subject=name,
                message=f"class `{name}` is defined in {len(copies) + 1} modules",
                remedy=f"import it from {home.module.name}",
                home=Home(home.location, home.module.name, home.id, "first by path"),
                sites=tuple(Site(each.location, each.module.name, each.id, "copy") for each in copies),
                evidence={},
            )


@dataclass(frozen=True)
class Crashing(Rule):
    """Crashes on purpose."""

    code = "TINY900"
    name = "crashing"
    family = "tiny"
    severity = Severity.LOW
    on_by_default = False

    def check(self, project: Project) -> Iterator[Finding]:
        raise RuntimeError("on purpose")


RULES = (Namesakes, Crashing)
'''
REPORT = """\
1 violation in 1 finding.
Score 83.3 of 100: 2 of 3 modules clean. Scanned 3 files, 4 lines.
Next:
  ssot-lint show TINY101-1ace  one finding whole, with every way out
  ssot-lint scan --plan        what to do first
  ssot-lint baseline update    take what is there today as known

rule               severity  findings  violations  points lost
TINY101 namesakes  high             1           1         16.7

high TINY101-1ace namesakes
  class `Order` is defined in 2 modules
  home  app/a.py:1:1  first by path
  site  app/b.py:1:1  copy
  fix   import it from app.a
"""
FAILED = "failed: 1 new violation of severity low or worse\n"
