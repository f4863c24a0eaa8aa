from __future__ import annotations

from ssot_lint.graph.views.findings import picture_finding
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.picture import PictureEdge
from ssot_lint.model.report import JudgedFinding, JudgedSite, RuleInfo, Status
from ssot_lint.project.project import Project

RULE = RuleInfo("SSOT301", "some-rule", "imports", Severity.LOW, "", "")
HOME = Home(Location("shop/cart.py", 2), "shop.cart", "shop.cart:Cart", "the only one")


def judged(home: Home | None, *sites: Site) -> JudgedFinding:
    finding = Finding("SSOT301", "Cart", "", "", home, sites, {})
    return JudgedFinding(finding, RULE, Severity.LOW, tuple(JudgedSite(site, Status.NEW, "f", "i") for site in sites))


def test_sites_lead_to_the_home_with_the_name_of_the_rule_unless_something_else_connects_them(shop: Project) -> None:
    path = Site(Location("shop/api.py", 1), "shop.api", "shop.api:Cart", "")
    copy = Site(Location("shop/extra/cart.py", 1), "shop.extra.cart", "shop.extra.cart:ExtraCart", "")
    module = Site(Location("alone.py", 1), "alone", "alone", "")
    picture = picture_finding(shop, judged(HOME, path, copy, module), 40)
    assert picture.title == "SSOT301 some-rule: Cart"
    assert [(node.id, node.kind, node.role.value) for node in picture.nodes[:4]] == [
        ("shop/cart.py::Cart", "class", "home"),
        ("alone.py", "module", "site"),
        ("shop/api.py::Cart", "re-export", "site"),
        ("shop/extra/cart.py::ExtraCart", "class", "site"),
    ]
    assert PictureEdge("shop/api.py::Cart", "shop/cart.py::Cart", "re-exports") in picture.edges
    assert picture.edges[-2:] == (
        PictureEdge("shop/extra/cart.py::ExtraCart", "shop/cart.py::Cart", "some-rule"),
        PictureEdge("alone.py", "shop/cart.py::Cart", "some-rule"),
    )


def test_a_site_that_is_no_definition_is_a_symbol(shop: Project) -> None:
    site = Site(Location("shop/cart.py", 4), "shop.cart", "shop.cart:Cart._rows", "")
    (node,) = picture_finding(shop, judged(None, site), 40).nodes
    assert (node.id, node.label, node.kind, node.role.value) == (
        "shop/cart.py::Cart._rows",
        "Cart._rows",
        "symbol",
        "site",
    )
