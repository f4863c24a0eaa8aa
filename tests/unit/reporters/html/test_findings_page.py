"""Findings in a browser: the table, its filters, a finding, keyboard, links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import msgspec
from playwright.sync_api import Page, expect

from ssot_lint.model.finding import Home, Location, Severity
from ssot_lint.model.report import JudgedFinding, Report
from ssot_lint.reporters.html.document import render_html
from tests.browser import Open
from tests.unit.reporters.html.views import view_of

Judge = Callable[..., JudgedFinding]
ReportOf = Callable[..., Report]


def subjects(page: Page) -> list[str]:
    return page.locator("table.findings a.open").all_inner_texts()


def test_filters_narrow_the_table_and_the_address_keeps_them(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample)
    page.get_by_role("link", name="Findings", exact=True).click()
    assert len(subjects(page)) == 6
    page.get_by_label("Search").type("validation")
    assert subjects(page) == ["ValidationResult"]
    expect(page.get_by_role("status")).to_contain_text("1 finding, 14 sites")
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Rule", exact=True).select_option("SSOT301")
    page.get_by_label("Folder or file").type("backend/schemas")
    assert subjects(page) == ["backend.schemas.agent:AgentState"]
    assert page.url.endswith("#view=findings&rule=SSOT301&path=backend%2Fschemas")
    page.get_by_label("Search").type("nothing like it")
    expect(page.get_by_role("status")).to_have_text("Nothing matches these filters.")


def test_each_filter(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=findings")
    page.get_by_label("Severity", exact=True).select_option("info")
    assert subjects(page) == ["backend.core.cache:cache"]
    page.get_by_label("Severity", exact=True).select_option("")
    page.get_by_label("Zone").select_option("test")
    assert subjects(page) == ["WebSocketManager", "backend.websocket.manager:get_websocket_manager"]
    page.get_by_label("Zone").select_option("")
    page.get_by_label("Standing").select_option("suppressed")
    assert subjects(page) == ["ExecutionEngine"]


def test_a_link_with_filters_can_be_sent(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#rule=SSOT101&path=auth/")
    assert subjects(page) == ["ValidationResult"]
    assert page.get_by_label("Folder or file").input_value() == "auth/"


def test_columns_sort(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=findings")
    page.get_by_role("button", name="Subject").click()
    found = subjects(page)
    assert found == sorted(found, key=str.lower)
    assert page.get_by_role("columnheader", name="Subject").get_attribute("aria-sort") == "ascending"
    expect(page.get_by_role("button", name="Subject")).to_be_focused()


def test_arrow_keys_go_through_the_table_and_escape_leads_back(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=findings&severity=high")
    page.get_by_label("Search").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.open").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert "#finding=SSOT101-" in page.url
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Findings")
    assert len(subjects(page)) == 2


def test_home_and_site_stand_side_by_side_with_what_differs(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=findings&q=ValidationResult")
    page.get_by_role("link", name="ValidationResult").click()
    page.locator(".site-list .choose").last.click()
    expect(page.locator(".differs").first).to_contain_text("lines differ")
    table = page.locator("table.both")
    expect(table.locator("del").first).to_contain_text("def merge(self, other: ValidationResult)")
    expect(table.locator("ins").first).to_contain_text("def report(self, stream):")
    members = page.locator(".members li").all_inner_texts()
    assert members == [
        "only in the home: def merge(self, other: ValidationResult) -> ValidationResult",
        "only at the site: def first(self) -> str",
        "other signature: def report(self, stream, width=80) at home, def report(self, stream) at the site",
    ]


def test_an_identical_copy_is_called_that(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=findings&q=ValidationResult")
    page.get_by_role("link", name="ValidationResult").click()
    expect(page.locator(".differs").first).to_have_text("The same text.")
    assert page.locator("table.both del, table.both ins").count() == 0


def test_what_has_nothing_in_common_stands_below_each_other(open_page: Open, planned: Report) -> None:
    def code(location: Location) -> list[str]:
        return ["def home():", "    return 1"] if location.path.endswith("core/validation.py") else ["home = late()"]

    page = open_page(render_html(view_of(planned, code)), "#rule=SSOT101")
    page.locator("a.open").click()
    page.locator("table.alone").nth(1).wait_for()
    captions = page.locator("table.alone caption").all_inner_texts()
    assert captions == ["home backend/core/validation.py", "site backend/services/domain_00/validation.py"]
    assert page.locator("table.both").count() == 0


def test_long_equal_parts_are_folded(open_page: Open, planned: Report) -> None:
    def code(location: Location) -> list[str]:
        last = "return 1" if location.path.endswith("core/validation.py") else "return 2"
        return [*(f"line_{at}()" for at in range(30)), last]

    page = open_page(render_html(view_of(planned, code)), "#rule=SSOT101")
    page.locator("a.open").click()
    expect(page.locator("table.both tr:visible")).to_have_count(1 + 6 + 1 + 1)
    page.get_by_role("button", name="Show 24 equal lines").first.click()
    expect(page.locator("table.both tr:visible")).to_have_count(1 + 30 + 1)


def test_a_finding_has_its_importers_and_every_way_out(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=findings&rule=SSOT301")
    page.get_by_role("link", name="backend.schemas.agent:AgentState").click()
    expect(page.locator(".importers")).to_contain_text("imported by 41 files")
    expect(page.locator(".importers")).to_contain_text("web/views.py:5 from backend.schemas.agent")
    expect(page.locator(".importers")).to_contain_text("and 38 more files")
    ways = page.locator(".ways dt").all_inner_texts()
    assert ways == ["fix", "command", "accept", "ignore", "distinct", "pin", "explain"]
    expect(page.get_by_role("link", name="step 2 of the plan")).to_be_visible()


def test_places_lead_to_the_repository(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#rule=SSOT301")
    page.locator("a.open").click()
    link = page.get_by_role("link", name="backend/schemas/legacy.py:7")
    assert link.get_attribute("href") == "https://example.org/shop/blob/main/shop/backend/schemas/legacy.py#L7"


def test_a_rule_has_its_page(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#rule=SSOT301")
    page.locator("a.open").click()
    page.get_by_role("link", name="SSOT301 import-path-variant").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("import-path-variant")
    page.get_by_role("link", name="1 finding of this rule").click()
    assert subjects(page) == ["backend.schemas.agent:AgentState"]


def test_a_finding_that_is_not_there_is_no_dead_end(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#finding=SSOT101-none")
    expect(page.get_by_role("heading", level=1)).to_have_text("No such finding")
    page.get_by_role("link", name="All findings").click()
    assert len(subjects(page)) == 6


def test_the_browser_goes_back(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample)
    page.get_by_role("link", name=re.compile("SSOT101 duplicate-class")).click()
    page.locator("a.open").click()
    page.go_back()
    assert subjects(page) == ["ValidationResult"]
    page.go_back()
    expect(page.locator("#overview")).to_be_visible()


def test_a_site_stands_beside_its_own_home_where_it_has_one(open_page: Open, planned: Report) -> None:
    judged = next(each for each in planned.findings if each.finding.subject == "ValidationResult")
    own = Home(Location("backend/core/validation.py", 30), "backend.core.validation", "backend.core.validation:pay", "")
    sites = [
        msgspec.structs.replace(each, site=msgspec.structs.replace(each.site, original=own)) for each in judged.sites
    ]
    report = msgspec.structs.replace(planned, findings=(msgspec.structs.replace(judged, sites=tuple(sites)),))
    code = {30: ("def pay(self):", "    return 1"), 203: ("def pay(self):", "    return 2")}
    html = render_html(view_of(report, lambda location: code.get(location.line, ("class ValidationResult:",))))
    page = open_page(html, f"#finding={next(each.id for each in sites if each.site.location.line == 203)}")
    head = page.locator(".comparison table.both thead")
    expect(head).to_contain_text("home backend/core/validation.py")
    lines = page.locator(".comparison table.both tbody tr.differs td.line").all_inner_texts()
    assert lines == ["31", "204"]


def test_the_list_has_the_place_to_edit_and_the_home(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=findings&q=ValidationResult")
    assert page.locator("table.findings p.path").all_inner_texts() == [
        "site backend/services/domain_00/validation.py:14 and 13 more",
        "home backend/core/validation.py:10",
    ]


def test_a_home_that_does_not_stay_is_called_the_first(open_page: Open, judged: Judge, report_of: ReportOf) -> None:
    found = judged("A", 1)
    moved = msgspec.structs.replace(found, finding=msgspec.structs.replace(found.finding, home_stays=False))
    html = render_html(view_of(report_of([moved])))
    page = open_page(html, "#view=findings")
    assert page.locator("table.findings p.path").all_inner_texts()[1].startswith("first app/home.py:1")
    page = open_page(html, f"#finding={found.sites[0].id}")
    expect(page.locator(".home-line .role")).to_have_text("first")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Sites")


def test_the_page_says_of_what_it_is(open_page: Open, planned: Report) -> None:
    view = view_of(msgspec.structs.replace(planned, project="a <shop>"))
    page = open_page(render_html(replace(view, find_commit=lambda: "`ce448dfb8d`, with changes")))
    assert page.title().startswith("Single source of truth of a <shop>: score ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Single source of truth of a <shop>")
    expect(page.locator("#overview")).to_contain_text("Commit ce448dfb8d, with changes.")
    expect(page.locator("#overview code", has_text="ce448dfb8d")).to_have_text("ce448dfb8d")


def test_where_nothing_is_scored_the_list_says_what_there_is(open_page: Open, planned: Report, clean: Report) -> None:
    listed = tuple(each for each in planned.findings if each.severity is Severity.INFO)
    html = render_html(view_of(msgspec.structs.replace(clean, findings=listed)))
    page = open_page(html, "#view=findings")
    expect(page.locator("p.count")).to_have_text("Nothing is scored; 1 is information: show it.")
    expect(page.get_by_label("Severity")).to_be_visible()
    page.get_by_role("link", name="show it").click()
    expect(page.locator("table.findings tbody tr")).to_have_count(1)
    page = open_page(html, "#view=findings&q=nowhere")
    expect(page.locator("p.count")).to_have_text("Nothing matches these filters.")
    page = open_page(render_html(view_of(clean)), "#view=findings")
    expect(page.locator("p.count")).to_have_text("Nothing to show.")


def test_points_that_do_not_add_up_are_called_rounded(open_page: Open, judged: Judge, report_of: ReportOf) -> None:
    exact = msgspec.structs.replace(report_of([judged("A", 1), judged("B", 1), judged("C", 1, code="SSOT120")]))
    for lost, rounded in (({"SSOT101": 1.0, "SSOT120": 0.5}, False), ({"SSOT101": 0.28, "SSOT120": 0.14}, True)):
        score = msgspec.structs.replace(exact.score, points_lost=lost)
        page = open_page(render_html(view_of(msgspec.structs.replace(exact, score=score))), "#view=findings")
        assert ("(those of each are rounded)" in page.locator("p.count").inner_text()) is rounded
