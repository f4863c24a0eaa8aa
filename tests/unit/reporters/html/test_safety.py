"""Hostile names run nothing and break nothing, whatever is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec
import pytest

from ssot_lint.model.finding import Location
from ssot_lint.model.plan import Action, Plan
from ssot_lint.model.report import JudgedFinding, Report
from ssot_lint.reporters.html.document import render_html
from tests.browser import Open
from tests.unit.reporters.builders import finding, home, report, site, step
from tests.unit.reporters.html.views import around, view_of

ATTACKS = (
    "</script><script>window.canary=1</script>",
    "<!--<script>window.canary=1//",
    "<img src=x onerror=window.canary=1>",
    '"><svg onload=window.canary=1>',
    "javascript:window.canary=1",
    "';window.canary=1;//${window.canary=1}`{{7*7}}",
    "__proto__",
    "constructor",
)
GO = "hash => new Promise(done => { addEventListener('hashchange', done, {once: true}); location.hash = hash; })"
VIEWS = ("", "#view=findings", "#view=plan&first=1", "#view=map", "#about=SSOT101")


def attack(text: str) -> JudgedFinding:
    return finding(
        "SSOT101",
        text,
        f"`{text}` and {text}",
        text,
        [site(f"{text}/{text}.py", 1, text, code="SSOT101")],
        source=home(f"app/{text}.py", 1, f"app:{text}", text),
        evidence={"text": [text]},
    )


def attacked() -> Report:
    found = [msgspec.structs.replace(attack(text), components=(text,)) for text in ATTACKS]
    plain = report(found)
    steps = tuple(step(at + 1, each, each.finding.subject, action=Action.MERGE) for at, each in enumerate(found))
    return msgspec.structs.replace(around(plain), plan=Plan(steps, 90.0, 100.0), command=ATTACKS[0])


def hostile_code(location: Location) -> Sequence[str]:
    return [f"def f(): # {text}" for text in ATTACKS] + [location.path]


@pytest.fixture(scope="module")
def attacked_page() -> str:
    return render_html(view_of(attacked(), hostile_code, url="https://example.org/{path}?line={line}"))


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_runs_what_the_scanned_code_says(open_page: Open, attacked_page: str, view: str) -> None:
    page = open_page(attacked_page, view)
    assert page.evaluate("window.canary") is None
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, [onerror], [onload], a[href^=javascript]").count() == 0


def test_every_finding_shows_its_name_and_nothing_else_happens(open_page: Open, attacked_page: str) -> None:
    page = open_page(attacked_page, "#view=findings")
    links = page.locator("a.open")
    assert links.count() == len(ATTACKS)
    for at in range(len(ATTACKS)):
        name = links.nth(at).inner_text()
        links.nth(at).click()
        assert page.locator("h1 .name").inner_text() == name
        hrefs = page.locator("a.place").evaluate_all("links => links.map(link => link.href)")
        assert all(href.startswith("https://example.org/") for href in hrefs)
        page.go_back()
    assert page.evaluate("window.canary") is None


@pytest.mark.parametrize("name", ["finding", "about", "q", "path", "view", "graph", "folder", "sort", "severity"])
def test_the_address_is_data_too(open_page: Open, attacked_page: str, name: str) -> None:
    page = open_page(attacked_page)
    for text in ATTACKS:
        for view in ("map", "findings", "plan"):
            page.evaluate(GO, f"#{urlencode({name: text})}&view={view}")
            assert page.evaluate("window.canary") is None
            assert page.locator("h1:visible").count() == 1
