"""Reports of code bases of millions of lines, as a scan would make them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ssot_lint.model.finding import Location
from ssot_lint.model.plan import Action, Plan
from ssot_lint.model.report import JudgedFinding, Report
from tests.unit.reporters.builders import finding, home, report, site, step

_RULES = ("SSOT120", "SSOT101", "SSOT201", "SSOT301")


def large_report(*, findings: int, sites: int, files: int) -> Report:
    """``findings`` with ``sites`` each, all with a home, and a plan with a step for each."""
    judged = [_finding(at, sites, files) for at in range(findings)]
    large = report(judged, modules=findings * sites + files)
    steps = tuple(
        step(at + 1, one, f"Merge the copies of `{one.finding.subject}`", action=Action.MERGE, importers=_importers(at))
        for at, one in enumerate(large.findings)
    )
    return msgspec.structs.replace(large, files=files, lines=400 * files, plan=Plan(steps, large.score.value, 100.0))


def long_code(location: Location) -> Sequence[str]:
    """Forty lines, others at each place."""
    return [f"        value_{line} = compute({location.path!r}, {location.line}, {line})" for line in range(40)]


def _finding(at: int, sites: int, files: int) -> JudgedFinding:
    code = _RULES[at % len(_RULES)]
    name = f"resolve_customer_order_{at:05}"
    source = f"packages/area_{at % 40}/service_{at % files % 400}/handlers/module_{at}.py"
    return finding(
        code,
        name,
        f"function `{name}` is defined in {sites + 1} modules with nearly the same body: keep {source}, imported by 7",
        f"Keep `{name}` in {source}. Delete the other versions and write `from area.service import {name}` there.",
        [
            site(f"packages/area_{at % 40}/service_{copy}/copies/copy_{at}.py", 14 + copy, "90% the same", code=code)
            for copy in range(sites)
        ],
        source=home(source, 10, f"packages.area.service.handlers.module_{at}:{name}", "imported by 7 modules", 50),
        evidence={"text": [f"{source}:10 `{name}(order, customer, at)`, 12 statements"]},
    )


def _importers(at: int) -> tuple[str, ...]:
    return tuple(f"packages/area_{at % 40}/users/user_{user}.py" for user in range(3))
