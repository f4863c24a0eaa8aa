"""One finding whole: what is compared with what."""

from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, JudgedSite, RuleInfo, Status
from ssot_lint.reporters.finding_text import FindingView, PlaceView, render_finding

HOME = Home(Location("app/a.py", 1), "app.a", "app.a:Order", "a reason")
CODE = ("class Order:", "    total = 1")


def shown(action: Action, symbol: str) -> str:
    site = Site(Location("app/b.py", 3), "app.b", symbol, "")
    rule = RuleInfo("T1", "t1", "tests", Severity.HIGH, "", "", action)
    finding = Finding("T1", "Order", "wrong", "repair it", HOME, (site,), {})
    judged = JudgedFinding(finding, rule, Severity.HIGH, (JudgedSite(site, Status.NEW, "1", "T1-1"),))
    view = FindingView(judged, PlaceView(HOME, CODE, {}), [PlaceView(site, ("from app.a import (", "    Order,"), {})])
    return render_finding(view, width=80, color=False)


@pytest.mark.parametrize(
    ("action", "symbol", "is_compared"),
    [
        (Action.MERGE, "app.b:Cart", True),
        (Action.EDIT, "app.b:Order", True),
        (Action.EDIT, "app.b:open_order", False),
        (Action.REWRITE_IMPORTS, "app.b", False),
        (Action.MOVE_IMPORTS, "app.b:Order", False),
    ],
)
def test_only_another_definition_of_it_is_compared_with_the_home(
    action: Action, symbol: str, is_compared: bool
) -> None:
    assert ("--- app/a.py" in shown(action, symbol)) is is_compared
