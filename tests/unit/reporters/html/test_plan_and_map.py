"""Plan, map and overview in a browser."""

from __future__ import annotations

from datetime import date

import msgspec
from playwright.sync_api import expect

from ssot_lint.history.entry import HistoryEntry
from ssot_lint.model.report import Report
from ssot_lint.reporters.html.document import render_html
from tests.browser import Open
from tests.unit.reporters.html.views import around, view_of


def test_the_slider_moves_score_and_violations(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=plan")
    figures = page.locator(".slider dd")
    assert figures.all_inner_texts()[2:] == ["17", "0"]
    slider = page.get_by_label("Do the first steps")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert figures.all_inner_texts()[0] == "the first 1 of 3 steps"
    assert figures.all_inner_texts()[2:] == ["3", "15"]
    assert page.url.endswith("#view=plan&first=1")
    assert page.locator(".steps li.done").count() == 1
    assert "3 violations left" in (slider.get_attribute("aria-valuetext") or "")
    page.keyboard.press("End")
    assert figures.all_inner_texts()[2] == "0"


def test_the_score_at_the_end_is_that_of_the_plan(open_page: Open, planned: Report) -> None:
    assert planned.plan is not None
    each = (100 - 96.7) / 3
    steps = tuple(msgspec.structs.replace(step, points=each) for step in planned.plan.steps[:3])
    plan = msgspec.structs.replace(planned.plan, steps=steps, score_before=96.7, score_after=100.0)
    page = open_page(render_html(view_of(msgspec.structs.replace(planned, plan=plan))), "#view=plan&first=3")
    assert page.locator(".slider dd").all_inner_texts()[1] == "100.0"
    expect(page.locator(".ends")).to_contain_text("100.0 at the end")


def test_what_a_command_can_do_is_said(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=plan")
    expect(page.locator("#step-1")).to_contain_text("by hand: the copies differ")
    expect(page.locator("#step-2")).to_contain_text("ssot-lint fix --step 2")
    page.get_by_role("link", name="SSOT301-5374").click()
    expect(page.get_by_role("button", name="Copy ssot-lint fix --step 2")).to_be_visible()


def test_a_link_to_the_plan_keeps_the_number_of_steps(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=plan&first=2")
    assert page.get_by_label("Do the first steps").input_value() == "2"
    page.get_by_role("link", name="SSOT301-5374").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("AgentState")


def test_packages_can_be_entered_by_mouse_and_keyboard(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=map")
    expect(page.locator(".tile").nth(3)).to_be_visible()
    page.get_by_role("link", name="backend:").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".crumbs")).to_contain_text("backend")
    names = page.locator(".treemap tbody th").all_inner_texts()
    assert "calm" in names
    page.locator(".treemap td a").first.click()
    assert "#view=findings&path=backend%2F" in page.url
    expect(page.locator("a.open")).not_to_have_count(0)


def test_the_graph_folds_unfolds_and_moves(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=map")
    page.get_by_label("Component or subject").select_option(label="backend.schemas.agent:AgentState (SSOT301)")
    group = page.get_by_role("button", name="importers 41 importers")
    assert group.get_attribute("aria-expanded") == "false"
    group.focus()
    page.keyboard.press("Enter")
    group = page.get_by_role("button", name="importers 41 importers")
    assert group.get_attribute("aria-expanded") == "true"
    expect(group).to_be_focused()
    expect(page.locator(".node.importer")).to_have_count(3)
    home = page.locator(".node.home")
    before = home.get_attribute("transform")
    home.focus()
    page.keyboard.press("ArrowDown")
    assert home.get_attribute("transform") != before
    expect(home).to_be_focused()
    page.keyboard.press("Enter")
    assert "#finding=SSOT301" in page.url


def test_a_box_can_be_dragged(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=map")
    box = page.locator(".node.home")
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    assert place is not None
    before = box.get_attribute("transform")
    page.mouse.move(place["x"] + 20, place["y"] + 20)
    page.mouse.down()
    page.mouse.move(place["x"] + 60, place["y"] + 80, steps=4)
    page.mouse.up()
    assert box.get_attribute("transform") != before


def test_the_graph_stands_in_words_beside_it(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=map")
    page.get_by_label("Component or subject").select_option(label="ExecutionEngine (SSOT201)")
    text = page.locator(".listed").inner_text()
    assert "get_execution_engine backend/agents/execution_engine.py:88; imported by 41 files" in text


def test_the_trend_is_there_if_there_is_a_history(open_page: Open, planned: Report) -> None:
    moments = [(1, 70.0), (9, 75.5), (20, 80.25)]
    history = tuple(HistoryEntry(date(2026, 5, day), f"{day:040x}", score, 1, 1, 2, 3, 4) for day, score in moments)
    page = open_page(render_html(view_of(around(planned), history=history)))
    assert (
        page.locator("#trend svg").get_attribute("aria-label") == "Score from 70.0 on 2026-05-01 to 80.3 on 2026-05-20"
    )
    page.get_by_text("As a table").click()
    assert page.locator("#trend tbody tr").count() == 3


def test_the_theme_can_be_chosen(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, dark=True)
    color = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(color)
    page.get_by_role("button", name="Theme: as the system").click()
    assert page.evaluate(color) != dark
    page.get_by_role("button", name="Theme: light").click()
    assert page.evaluate(color) == dark
