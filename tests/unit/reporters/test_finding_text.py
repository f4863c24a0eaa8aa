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


def test_a_site_is_compared_with_its_own_home_where_it_has_one() -> None:
    original = PlaceView(Home(Location("app/a.py", 9), "app.a", "app.a:pay", ""), ("def pay():", "    return 1"), {})
    site = Site(Location("app/b.py", 3), "app.b", "app.b:pay", "")
    rule = RuleInfo("T1", "t1", "tests", Severity.HIGH, "", "", Action.MERGE)
    finding = Finding("T1", "pay", "wrong", "repair it", HOME, (site,), {})
    judged = JudgedFinding(finding, rule, Severity.HIGH, (JudgedSite(site, Status.NEW, "1", "T1-1"),))
    place = PlaceView(site, ("def pay():", "    return 2"), {}, original=original)
    text = render_finding(FindingView(judged, PlaceView(HOME, CODE, {}), [place]), width=80, color=False)
    assert "  -    return 1\n  +    return 2\n" in text


def text_of(home: PlaceView, *sites: PlaceView) -> str:
    rule = RuleInfo("T1", "t1", "tests", Severity.HIGH, "", "", Action.MERGE)
    places = [place.place for place in sites if isinstance(place.place, Site)]
    finding = Finding("T1", "pay", "wrong", "repair it", HOME, tuple(places), {})
    judged = [JudgedSite(each, Status.NEW, str(at), f"T1-{at}") for at, each in enumerate(places)]
    view = FindingView(JudgedFinding(finding, rule, Severity.HIGH, tuple(judged)), home, sites)
    return render_finding(view, width=80, color=False)


PAY = ("    def pay(self):", "        return 1")


def method(symbol: str, original: PlaceView | None = None) -> PlaceView:
    return PlaceView(Site(Location("app/b.py", 7, 5), "app.b", symbol, ""), PAY, {}, original=original)


def test_a_method_is_not_compared_with_the_class_that_is_to_have_it() -> None:
    text = text_of(PlaceView(HOME, CODE, {}), method("app.b:Cart.pay"))
    assert "---" not in text
    assert "      1 | class Order:" in text
    assert "      7 |     def pay(self):" in text


def test_code_that_stands_at_the_home_is_not_repeated() -> None:
    home = PlaceView(
        Home(Location("app/a.py", 3), "app.a", "app.a:pay", ""), ("async def pay(self):", "    return 1"), {}
    )
    assert "the same text" not in text_of(home, method("app.b:Cart.pay"))
    home = PlaceView(Home(Location("app/a.py", 3), "app.a", "app.a:pay", ""), ("def pay(self):", "    return 1"), {})
    text = text_of(home, method("app.b:Cart.pay"))
    assert text.count("return 1") == 1
    assert "T1-0 app/b.py:7:5 (new)\n  the same text as app/a.py:3:1\n" in text


def test_the_code_of_sites_with_homes_of_their_own_stands_there_alone() -> None:
    original = PlaceView(Home(Location("app/a.py", 9, 5), "app.a", "app.a:Order.pay", ""), PAY, {})
    text = text_of(PlaceView(HOME, CODE, {}), method("app.b:Cart.pay", original))
    assert "class Order:" not in text
    assert "      8 |         return 1\n  the same text as app/a.py:9:5\n" in text


def test_a_statement_is_marked_in_the_lines_around_it() -> None:
    site = Site(Location("app/b.py", 2), "app.b", "app.b", "")
    rule = RuleInfo("T1", "t1", "tests", Severity.HIGH, "", "", Action.EDIT)
    finding = Finding("T1", "app.b", "wrong", "repair it", None, (site,), {})
    judged = JudgedFinding(finding, rule, Severity.HIGH, (JudgedSite(site, Status.NEW, "1", "T1-1"),))
    place = PlaceView(site, ("    import fast",), {}, ("try:",), ("except ImportError:", "    pass"))
    text = render_finding(FindingView(judged, None, [place]), width=80, color=False)
    assert "      1 | try:\n >    2 |     import fast\n      3 | except ImportError:\n      4 |     pass\n" in text


def test_tabs_are_blanks_and_no_difference() -> None:
    home, copy = (
        ("class Order:", "\ttotal = 1", "\tcount = 1"),
        ("    class Order:", "        total = 1", "        n = 1"),
    )
    site = Site(Location("app/b.py", 3), "app.b", "app.b:Order", "")
    rule = RuleInfo("T1", "t1", "tests", Severity.HIGH, "", "", Action.MERGE)
    finding = Finding("T1", "Order", "wrong", "repair it", HOME, (site,), {})
    judged = JudgedFinding(finding, rule, Severity.HIGH, (JudgedSite(site, Status.NEW, "1", "T1-1"),))
    view = FindingView(judged, PlaceView(HOME, home, {}), [PlaceView(site, copy, {})])
    text = render_finding(view, width=80, color=False)
    assert "      2 |     total = 1\n" in text
    assert "   class Order:\n       total = 1\n  -    count = 1\n  +    n = 1\n" in text
