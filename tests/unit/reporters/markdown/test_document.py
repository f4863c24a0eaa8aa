from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.plan import Action, Plan, Step
from ssot_lint.model.report import (
    Comparison,
    ComponentResult,
    Diagnostic,
    FixedViolation,
    JudgedFinding,
    JudgedSite,
    LeftOut,
    PartlyJudged,
    Report,
    RuleInfo,
    RuleResult,
    Score,
    Status,
)
from ssot_lint.reporters.markdown.blocks import prose
from ssot_lint.reporters.markdown.document import MAX_CHARACTERS, render_markdown

Judge = Callable[..., JudgedFinding]
ReportOf = Callable[..., Report]

HEADINGS = [
    "Single source of truth report", "Plan", "Priority 1: 1 step, 1.2 points", "Rules", "Components", "Duplication",
    "Homes and sites", "Findings", "New findings", "Known findings", "Scan problems", "Reproduce",
]  # fmt: skip

ATTACKS = (
    "|", "`", "``` ```", "<b>", "</details>", "<details>", "<!--", "-->", "]]>", "&lt;", "\\|", "\n\n# head\n\n",
    "\x1b[31m", "\u202e", "\u200b", "\udc80", "\U000e0041", "@all", "#1", "GH-1", "a@b.cd", "https://x.y", "www.x.y",
    "[x](y)", "![x](y)", "*a*", "_a_", "~~a~~", "$x$", "- ", "1. ", ":100:", "::error::", "==", "%%{init}%%", "\t", " ",
    "<script>alert(1)</script>", "javascript:x", "\r\n", "\0", "🐍", "name",
)  # fmt: skip

nasty_text = st.lists(st.sampled_from(ATTACKS), max_size=8).map("".join) | st.text(st.characters(exclude_categories=()))
long_text = st.builds(lambda text, times: text * times, st.sampled_from(ATTACKS), st.integers(1, 5_000))
any_text = nasty_text | long_text

LINKED = re.compile(r"(?<!\w)@[a-z0-9]|(?<!\w)#\d|\bgh-\d|\w@\w+\.|\w://|\bwww\.|:[\w+-]+:", re.IGNORECASE)
"""What GitHub makes links, mentions and pictures of."""


def parse(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)


def headings(page: list[Token]) -> list[str]:
    return [after.content for token, after in pairwise(page) if token.type == "heading_open"]


def table_shapes(page: list[Token]) -> list[list[int]]:
    """For every table the number of cells of each of its rows."""
    shapes: list[list[int]] = []
    for token in page:
        if token.type == "table_open":
            shapes.append([])
        elif token.type == "tr_open":
            shapes[-1].append(0)
        elif token.type in {"td_open", "th_open"}:
            shapes[-1][-1] += 1
    return shapes


def html_blocks(page: list[Token]) -> list[str]:
    return [token.content for token in page if token.type == "html_block"]


def fences(page: list[Token]) -> list[str]:
    """The languages of all code blocks."""
    return [token.info for token in page if token.type in {"fence", "code_block"}]


def inline_elements(page: list[Token]) -> set[str]:
    """What stands in the lines beside text and code: kinds of elements, and HTML tags."""
    children = [child for token in page for child in token.children or []]
    tags = {child.content for child in children if child.type == "html_inline"}
    return tags | {child.type for child in children} - {"text", "text_special", "html_inline", "code_inline"}


def texts(page: list[Token]) -> Iterator[str]:
    """Every piece of text between two elements, which is where GitHub looks for something to link; not in code."""
    for token in page:
        text, is_code = "", False
        for child in token.children or []:
            if child.type in {"text", "text_special"}:
                text += "" if is_code else child.content
            else:
                yield text
                text, is_code = "", child.content == "<code>" or (is_code and child.content != "</code>")
        yield text


def planned_and_compared(report: Report, text: str) -> Report:
    """``report`` with a plan and a comparison that say ``text`` everywhere."""
    step = Step(1, 1, Action.EDIT, text, text, text, (text,), (), None, (), (text,), 1, 1.25, ())
    fixed = (FixedViolation(text, text, text),)
    return msgspec.structs.replace(report, plan=Plan((step,), 50.0, 100.0), comparison=Comparison(text, fixed))


def hostile_report(text: str, *, findings: int, sites: int, known: bool) -> Report:
    """A report in which everything is ``text`` that may come from a scanned tree or a rule pack."""
    rule = RuleInfo(text, text, text, Severity.HIGH, text, text)
    status = Status.BASELINED if known else Status.NEW
    places = tuple(Site(Location(f"{text}{at}.py", at), text, f"{text}:{text}{at}", text) for at in range(sites))
    home = Home(Location(text, 1), text, f"{text}:{text}", text)
    finding = Finding(text, text, text, text, home, places, {"text": [text] * sites})
    judged = tuple(JudgedSite(place, status, text, text) for place in places)
    report = Report(
        tool_version=text,
        files=1,
        lines=1,
        score=Score(50.0, 1, 2, {text: 50.0}, 1),
        rules=(RuleResult(rule, findings, findings * sites, 50.0),),
        components=(ComponentResult(text, 50.0, sites),) * findings,
        findings=(JudgedFinding(finding, rule, Severity.HIGH, judged, (text,) * (sites % 2)),) * findings,
        diagnostics=(Diagnostic(text, 1, text, text),) * findings,
        command=text,
    )
    steps = tuple(
        Step(at, 1 + at % 3, Action.EDIT, text, text, text, (text,), (), None, (), (), 1, 0.5, (1,) * sites)
        for at in range(findings)
    )
    fixed = (FixedViolation(text, text, text),) * findings
    return msgspec.structs.replace(report, plan=Plan(steps, 50.0, 100.0), comparison=Comparison(text, fixed))


def test_markdown(planned: Report, golden: Callable[[str, str], None]) -> None:
    golden("report.md", render_markdown(planned))


def test_without_baseline_and_plan(sample: Report, golden: Callable[[str, str], None]) -> None:
    golden("report_plain.md", render_markdown(msgspec.structs.replace(sample, comparison=None)))


def test_nothing_found(clean: Report) -> None:
    assert render_markdown(clean) == (
        "# Single source of truth report\n"
        "\n"
        "Made by ssot-lint 0.1.0.\n"
        "\n"
        "**Everything has one home: no violations in 1,204 files, 214,870 lines.** "
        "Score 100.0 of 100: 40 of 40 modules clean.\n"
        "\n"
        "## Reproduce\n"
        "\n"
        "```sh\n"
        "ssot-lint scan . -f markdown\n"
        "```\n"
        "\n"
        "`ssot-lint explain CODE` says why a rule is one and how to resolve what it finds. "
        "ssot-lint 0.1.0, score version 1.\n"
    )


def test_tables_and_sections_are_as_written(planned: Report) -> None:
    page = parse(render_markdown(planned))
    assert headings(page) == [*HEADINGS[:8], *HEADINGS[10:]]
    assert table_shapes(page) == [
        [7] * 6, [3] * 3, [6] * 2, [7] * 2, [7] * 2, [7] * 7, [3] * 2, [6] * 5,
        [2] * 2, [3] * 6, [2] * 3, [3] * 3, [2] * 2, [2] * 2,
    ]  # fmt: skip
    assert len(html_blocks(page)) == 2 * (1 + 2 + 6)
    assert fences(page) == ["mermaid", "sh"]


def test_findings_with_something_new_come_first_and_the_worst_first(judged: Judge, report_of: ReportOf) -> None:
    known = (Status.BASELINED,) * 3
    findings = [
        judged("Known", 3, severity=Severity.CRITICAL, statuses=known),
        judged("One", 1),
        judged("Mixed", 3, statuses=known[:1]),
        judged("Low", 9, severity=Severity.LOW),
    ]
    markdown = render_markdown(report_of(findings))
    found = re.findall(r"^## .* findings|duplicate-class: <code>\w+</code>, .*(?=</summary>)", markdown, re.MULTILINE)
    assert found == [
        "## New findings",
        "duplicate-class: <code>Mixed</code>, 3 violations (2 new)",
        "duplicate-class: <code>One</code>, 1 violation",
        "duplicate-class: <code>Low</code>, 9 violations",
        "## Known findings",
        "duplicate-class: <code>Known</code>, 3 violations",
    ]


def test_finding_names_its_components(judged: Judge, report_of: ReportOf) -> None:
    markdown = render_markdown(report_of([judged("A", components=("a_b", "c|d"))]))
    assert "\n\n**Component:** `a_b`, <code>c&#124;d</code>\n\n" in markdown


def test_it_says_of_what_it_is(sample: Report) -> None:
    markdown = render_markdown(msgspec.structs.replace(sample, project="a_shop"), commit="`ce448dfb8d`, with changes")
    assert markdown.startswith(
        "# Single source of truth report: a\\_shop\n\nMade by ssot-lint 0.1.0 of commit `ce448dfb8d`, with changes.\n"
    )


def test_a_finding_has_the_first_lines_of_its_code(judged: Judge, report_of: ReportOf) -> None:
    lines = ["    def pay(self):", *(f"        self.paid = {number}" for number in range(20))]
    markdown = render_markdown(report_of([judged("A")]), lambda _: lines)
    shown = [line[4:] for line in lines[:8]]
    assert "\n\n```python\n" + "\n".join(shown) + "\n...\n```\n" in markdown
    assert "```python" not in render_markdown(report_of([judged("A")]))


def test_code_says_of_which_site_it_is(judged: Judge, report_of: ReportOf) -> None:
    markdown = render_markdown(report_of([judged("A", 3)]), lambda _: ["def pay(self):", "    return 1"])
    assert markdown.count("```python\ndef pay(self):\n") == 1, "what is the same is there once"
    assert "`:\n\n```python\ndef pay(self):\n" in markdown


def test_code_of_the_home_and_of_the_first_sites(judged: Judge, report_of: ReportOf) -> None:
    found = judged("A", 5)
    for action, names in ((Action.MERGE, ("home", "site_0", "site_1")), (Action.EDIT, ("site_0", "site_1", "site_2"))):
        rule = msgspec.structs.replace(found.rule, action=action)
        report = report_of([msgspec.structs.replace(found, rule=rule)])
        markdown = render_markdown(report, lambda place: [f"def pay(self):  # {place.path}"])
        shown = [line for line in markdown.splitlines() if line.startswith("def pay")]
        assert [line.rpartition("/")[2].removesuffix(".py") for line in shown] == [*names]


def test_information_is_there_where_it_is_asked_for(sample: Report) -> None:
    assert "SSOT401-" not in render_markdown(sample)
    markdown = render_markdown(sample, show_info=True)
    assert "\n\n## Information, not scored\n\n<details>\n<summary><b>info</b> <code>SSOT401-" in markdown


def test_a_path_in_a_sentence_is_code() -> None:
    text = "keep shop/my_order.py, not `shop/b_c.py` nor __init__.py:3; app.pyx, a_b"
    assert prose(text) == "keep `shop/my_order.py`, not `shop/b_c.py` nor `__init__.py:3`; app.pyx, a\\_b"


def test_tabs_of_code_can_be_copied(judged: Judge, report_of: ReportOf) -> None:
    lines = ["\tdef pay(self):", "\t\tself.paid = 1"]
    assert "\n```python\ndef pay(self):\n\tself.paid = 1\n```\n" in render_markdown(
        report_of([judged("A")]), lambda _: lines
    )


@given(st.lists(any_text, min_size=1, max_size=3))
def test_hostile_code_stays_in_its_block(lines: list[str]) -> None:
    report = hostile_report("A", findings=1, sites=1, known=False)
    page = parse(render_markdown(report, lambda _: [part for line in lines for part in line.splitlines() or [""]]))
    assert fences(page).count("python") == 1
    assert headings(page)[-1] == "Reproduce"


def test_remark_of_a_site_ends_with_its_hint(judged: Judge, report_of: ReportOf) -> None:
    finding = judged("A", 2)
    first, second = finding.sites
    told = msgspec.structs.replace(first.site, message="identical")
    sites = (
        msgspec.structs.replace(first, site=told, hint="87 % like `app/x.py::A`"),
        msgspec.structs.replace(second, hint="moved?"),
    )
    markdown = render_markdown(report_of([msgspec.structs.replace(finding, sites=sites)]))
    assert "\n| `app/site_0.py:1` | identical; 87 % like `app/x.py::A` |\n| `app/site_1.py:2` | moved? |\n" in markdown


def test_hostile_names_break_nothing(hostile: Report, nasty: str, golden: Callable[[str, str], None]) -> None:
    markdown = render_markdown(planned_and_compared(hostile, nasty))
    golden("hostile.md", markdown)
    page = parse(markdown)
    assert headings(page) == [*HEADINGS[:8], *HEADINGS[10:]]
    assert table_shapes(page) == [[6, 6, 6], [3, 3], [6, 6], [7, 7, 7], [3, 3], [6, 6, 6], [3] * 6, [2, 2]]
    assert fences(page) == ["mermaid", "sh"]
    assert inline_elements(page) == {"<code>", "</code>", "<!-- -->", "strong_open", "strong_close"}
    assert not [text for text in texts(page) if LINKED.search(text)]


def test_command_cannot_end_its_fence(clean: Report) -> None:
    report = msgspec.structs.replace(clean, command="ssot-lint scan '````'\n# x")
    tokens = [token for token in parse(render_markdown(report)) if token.type == "fence"]
    assert [(token.info, token.content) for token in tokens] == [("sh", "ssot-lint scan '````'\\n# x\n")]


def test_long_reports_are_cut_between_findings(crowded: Report) -> None:
    markdown = render_markdown(crowded)
    shown = markdown.count("<details>")
    assert MAX_CHARACTERS - 4_000 < len(markdown) < MAX_CHARACTERS
    assert markdown.count("</details>") == shown
    assert f"\n\n{200 - shown} more findings are left out to stay below 60,000 characters" in markdown
    assert markdown.endswith("ssot-lint 0.1.0, score version 1.\n")


def test_long_lists_of_a_finding_are_cut(crowded: Report) -> None:
    details = render_markdown(crowded).split("<details>")[1]
    assert details.count("identical") == 5
    assert details.count("\nand 25 more\n") == 1
    assert details.count("\n- line ") == 15
    assert "\n- and 25 more\n" in details


def test_picture_that_is_too_large_is_left_out() -> None:
    markdown = render_markdown(hostile_report("_" * 100, findings=1, sites=30, known=False))
    assert fences(parse(markdown)) == ["sh"]
    assert f"\n\nThe picture of `{'_' * 80}` is left out: its names are too long.\n\n" in markdown


@pytest.mark.parametrize("text", ["x" * 70_000, "|" * 70_000, "\u202e" * 70_000, "`a" * 40_000])
def test_no_single_text_bursts_the_limit(hostile: Report, text: str) -> None:
    finding = hostile.findings[0]
    fact = msgspec.structs.replace(finding.finding, subject=text, message=text, remedy=text)
    diagnostics = tuple(msgspec.structs.replace(one, path=text, message=text) for one in hostile.diagnostics * 40)
    report = msgspec.structs.replace(
        hostile,
        findings=(msgspec.structs.replace(finding, finding=fact),) * 30,
        diagnostics=diagnostics,
        command=text,
    )
    markdown = render_markdown(report)
    assert len(markdown) < MAX_CHARACTERS
    assert "<details>" in markdown


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(text=any_text, findings=st.integers(0, 40), sites=st.integers(0, 30), known=st.booleans())
def test_any_report_is_short_enough_and_well_formed(text: str, findings: int, sites: int, known: bool) -> None:
    markdown = render_markdown(hostile_report(text, findings=findings, sites=sites, known=known))
    assert len(markdown) < MAX_CHARACTERS
    markdown.encode()
    page = parse(markdown)
    titles = [re.sub(r"Priority 1: .*", HEADINGS[2], title) for title in headings(page)]
    assert titles == [title for title in HEADINGS if title in titles]
    assert all(len(set(shape)) == 1 for shape in table_shapes(page))
    opened, closed = re.compile(r"<details>\n<summary>[^\n]*</summary>\n"), "</details>\n"
    blocks = html_blocks(page)
    assert all(opened.fullmatch(block) for block in blocks[::2])
    assert blocks[1::2] == [closed] * (len(blocks) // 2)
    assert fences(page) in (["sh"], ["mermaid", "sh"])
    assert inline_elements(page) <= {"<code>", "</code>", "<!-- -->", "strong_open", "strong_close"}
    assert not [each for each in texts(page) if LINKED.search(each)]


def test_same_report_same_bytes(planned: Report) -> None:
    assert render_markdown(planned) == render_markdown(planned)


def test_each_rule_is_shown_once_before_any_is_shown_twice(judged: Judge, report_of: ReportOf) -> None:
    findings = [judged(f"Many{at}", 3) for at in range(3)] + [judged("one", code="SSOT120", severity=Severity.LOW)]
    summaries = [
        part.partition("</summary>")[0] for part in render_markdown(report_of(findings)).split("<summary>")[1:]
    ]
    assert [summary.rpartition("<code>")[2].partition("</code>")[0] for summary in summaries] == [
        "Many0",
        "one",
        "Many1",
        "Many2",
    ]


def test_what_was_not_judged_is_counted(clean: Report) -> None:
    omitted = LeftOut(64, {"script": 1533, "vendored": 1}, {"test": PartlyJudged(64, 6)}, links=3, ignored=2)
    text = render_markdown(msgspec.structs.replace(clean, left_out=omitted))
    assert "Not judged: 1,533 script files, 1 vendored file, 3 symlinks (`ssot-lint files --not-judged` says" in text
    assert "Judged by 6 of 64 rules only: 64 test files." in text
    assert "Ignored: 2 violations in paths of per-path-ignores." in text
