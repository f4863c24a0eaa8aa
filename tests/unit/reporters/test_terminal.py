from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
import pytest
from rich.text import Text

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Comparison, Diagnostic, FixedViolation, JudgedFinding, Report, Status
from ssot_lint.reporters.interface import Listing
from ssot_lint.reporters.phrases import severity_remark
from ssot_lint.reporters.terminal import render_text

ANSI = re.compile(r"\x1b\[[\d;]*m")

Golden = Callable[[str, str], None]


def with_status(report: Report, status: Status) -> Report:
    """``report`` with every site of every finding in ``status``."""

    def judged(finding: JudgedFinding) -> JudgedFinding:
        sites = tuple(msgspec.structs.replace(site, status=status) for site in finding.sites)
        return msgspec.structs.replace(finding, sites=sites)

    return msgspec.structs.replace(report, findings=tuple(judged(finding) for finding in report.findings))


@pytest.mark.parametrize("width", [80, 120])
def test_text_without_colour(sample: Report, golden: Golden, width: int) -> None:
    golden(f"text_{width}.txt", render_text(sample, width=width, color=False))


@pytest.mark.parametrize("width", [80, 120])
def test_text_with_colour(sample: Report, golden: Golden, width: int) -> None:
    golden(f"text_{width}_color.txt", render_text(sample, width=width, color=True))


@pytest.mark.parametrize("width", [80, 120])
def test_colour_adds_nothing_but_colour(sample: Report, width: int) -> None:
    coloured = render_text(sample, width=width, color=True)
    assert ANSI.sub("", coloured) == render_text(sample, width=width, color=False)


def test_plain_text_is_ascii_without_trailing_blanks_and_fits(sample: Report) -> None:
    text = render_text(sample, width=80, color=False)
    assert text.isascii()
    assert all(len(line) <= 80 and line == line.rstrip() for line in text.splitlines())
    assert text.endswith("known\n")


def test_the_environment_has_no_say(sample: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [render_text(sample, width=80, color=color) for color in (False, True)]
    for name, value in {"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "dumb", "COLUMNS": "30", "LINES": "5"}.items():
        monkeypatch.setenv(name, value)
    assert [render_text(sample, width=80, color=color) for color in (False, True)] == before


def test_locations_are_never_broken(sample: Report) -> None:
    lines = render_text(sample, width=20, color=False).splitlines()
    assert "  site  backend/routes/websocket_unified_enhanced.py:58:1" in lines


def test_nothing_found_is_a_friendly_line_and_the_score(clean: Report) -> None:
    assert render_text(clean, width=80, color=False) == (
        "Everything has one home: no violations in 1,204 files, 214,870 lines.\n"
        "Score 100.0 of 100: 40 of 40 modules clean.\n"
    )


def test_copies_that_are_information_are_no_praise(clean: Report, sample: Report) -> None:
    listed = tuple(each for each in sample.findings if each.severity is Severity.INFO)
    report = msgspec.structs.replace(clean, findings=listed)
    text = render_text(report, width=80, color=False)
    assert "\nNothing is scored in 1,204 files, 214,870 lines: 1 finding is information.\n" in text
    twice = msgspec.structs.replace(clean, findings=(*listed, *listed))
    assert ": 2 findings are information.\n" in render_text(twice, width=80, color=False)


def test_nothing_to_scan_is_no_praise(clean: Report) -> None:
    empty = msgspec.structs.replace(clean, files=0, lines=0)
    assert render_text(empty, width=80, color=False) == "Nothing to scan: no Python files found.\n"


def test_a_scan_with_problems_is_no_praise(clean: Report, sample: Report) -> None:
    report = msgspec.structs.replace(clean, diagnostics=sample.diagnostics)
    assert render_text(report, width=80, color=False) == (
        "problem: backend/odd.py:3: crashed-rule: SSOT121 of pack builtin: KeyError: 'x'\n"
        "\n"
        "No violations found, but the scan had problems.\n"
        "Score 100.0 of 100: 40 of 40 modules clean. Scanned 1,204 files, 214,870 lines.\n"
    )


def test_unread_files_are_counted_where_nothing_else_is_wrong(clean: Report) -> None:
    score = msgspec.structs.replace(clean.score, clean_modules=39, unread_modules=1)
    unread = (Diagnostic("shop/a.py", 3, "unparsable", "invalid syntax"),)
    text = render_text(msgspec.structs.replace(clean, score=score, diagnostics=unread), width=80, color=False)
    assert "No violations found, but 1 file could not be read.\n" in text
    assert "Score 100.0 of 100: 39 of 40 modules clean, 1 not read." in text


def test_fixed_violations_are_told_when_nothing_is_left(clean: Report) -> None:
    gone = tuple(FixedViolation("SSOT101", "Order", f"shop/orders_{at}.py::Order") for at in range(3))
    report = msgspec.structs.replace(clean, comparison=Comparison("ssot-lint-baseline.jsonl", gone))
    assert render_text(report, width=100, color=False) == (
        "Everything has one home: no violations in 1,204 files, 214,870 lines. 3 fixed since the baseline.\n"
        "Score 100.0 of 100: 40 of 40 modules clean.\n"
    )


def test_statistics_show_no_less_with_information_than_without(sample: Report) -> None:
    shown = render_text(sample, width=80, color=False, listing=Listing(show_info=True, statistics=True))
    assert re.search(r"SSOT401 module-singleton +info +1 +0 +0\.0\n", shown)
    assert "inventory:" in render_text(sample, width=80, color=False, listing=Listing(statistics=True))


def test_what_a_revision_had_is_no_baseline(sample: Report, clean: Report) -> None:
    gone = (FixedViolation("SSOT101", "Order", "shop/orders.py::Order"),)
    comparison = Comparison("main at 1234567890", gone, is_file=False)
    for report in (sample, clean):
        text = render_text(msgspec.structs.replace(report, comparison=comparison), width=100, color=False)
        assert " 1 fixed by the change.\n" in text
        assert "baseline update" not in text
        assert "since the baseline" not in text
        assert "suppressed" not in text or re.search(r"(?m)^\d+ violations in .*, 1 there before, 1 suppressed", text)
    assert "baseline update" in render_text(sample, width=100, color=False)


def test_info_findings_are_counted_until_asked_for(sample: Report) -> None:
    hidden = render_text(sample, width=80, color=False)
    assert "inventory: 1 module-singleton (--show-info)" in hidden
    assert "backend/core/cache.py" not in hidden
    shown = render_text(sample, width=80, color=False, listing=Listing(show_info=True))
    assert "inventory:" not in shown
    assert "  at   backend/core/cache.py:101:1  built at import\n" in shown


def test_known_findings_are_counted(sample: Report) -> None:
    text = render_text(with_status(sample, Status.BASELINED), width=80, color=False)
    assert "known: 6 findings wholly baselined or suppressed (-f json lists all)\n" in text
    assert "21 violations in 6 findings: 0 new, 21 baselined. 2 fixed since the baseline.\n" in text
    assert "sites:" not in text


def test_new_sites_come_before_known_ones(sample: Report) -> None:
    text = render_text(sample, width=80, color=False)
    assert "auth/api/checks.py:203" not in text
    assert "  14 sites  backend/services/domain_00/validation.py:14:1" in text


def test_text_from_the_tree_cannot_act(hostile: Report, golden: Golden) -> None:
    text = render_text(hostile, width=80, color=False)
    golden("text_hostile.txt", text)
    assert text.isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
    coloured = render_text(hostile, width=80, color=True)
    assert ANSI.sub("", coloured) == text


def test_markup_and_emoji_of_the_tree_are_only_text(hostile: Report) -> None:
    joined = "".join(render_text(hostile, width=80, color=False).split())
    assert "[bold]no[/bold]:smile:" in joined


def test_wide_characters_are_counted_in_cells(sample: Report) -> None:
    finding = sample.findings[0]
    wide = msgspec.structs.replace(finding.finding, message="名前" * 40)
    report = msgspec.structs.replace(
        sample, findings=(msgspec.structs.replace(finding, finding=wide), *sample.findings[1:])
    )
    lines = render_text(report, width=80, color=False).splitlines()
    assert all(Text(line).cell_len <= 80 for line in lines)


def test_same_report_same_bytes(sample: Report) -> None:
    assert render_text(sample, width=80, color=True) == render_text(sample, width=80, color=True)


def test_a_pipe_has_the_summary_first(sample: Report) -> None:
    last = render_text(sample, width=80, color=False)
    first = render_text(sample, width=80, color=False, listing=Listing(summary_first=True))
    assert first.startswith("21 violations in 6 findings")
    assert sorted(first.splitlines()) == sorted(last.splitlines())


def test_the_worst_findings_are_shown_and_the_others_counted(sample: Report) -> None:
    text = render_text(sample, width=80, color=False, listing=Listing(top=2))
    assert "SSOT101-198c" in text
    assert "high SSOT206" not in text
    assert "\n... and 4 more (without --top)\n" in text


def test_statistics_are_rules_by_count_and_no_findings(sample: Report) -> None:
    text = render_text(sample, width=80, color=False, listing=Listing(statistics=True))
    assert "fix:" not in text
    rules = [line.split()[0] for line in text.splitlines() if line.startswith("SSOT")]
    assert rules == ["SSOT101", "SSOT201", "SSOT206", "SSOT002", "SSOT301", "SSOT405"]


def test_violations_by_file_are_a_line_each_with_severity_and_id(sample: Report) -> None:
    text = render_text(sample, width=120, color=False, listing=Listing(by_file=True, shown=lambda path: f"../{path}"))
    assert "\n../backend/core/ids.py\n  12:20  low SSOT002-8135  `ignore[SSOT101]` matches nothing\n" in text
    assert "auth/api/checks.py" not in text  # known to the baseline


def test_the_reason_of_another_severity_is_told(judged: Callable[..., JudgedFinding]) -> None:
    usual = judged("A", severity=Severity.LOW)
    configured = msgspec.structs.replace(usual, finding=msgspec.structs.replace(usual.finding, severity=None))
    critical = msgspec.structs.replace(usual, severity=Severity.CRITICAL, components=("carts",))
    own = msgspec.structs.replace(usual, finding=msgspec.structs.replace(usual.finding, severity=Severity.LOW))
    assert [severity_remark(each) for each in (own, configured, critical)] == [
        "high as a rule",
        "high as a rule, configured",
        "high as a rule, component carts is critical",
    ]


def test_no_path_is_broken_in_two(judged: Callable[..., JudgedFinding], report_of: Callable[..., Report]) -> None:
    path = "packages/a-long-name-of-a-package/src/a_long_name/of/a/module/that/is_deep/inside.py:12"
    finding = judged("A")
    finding = msgspec.structs.replace(finding, finding=msgspec.structs.replace(finding.finding, remedy=f"Keep {path}"))
    assert path in render_text(report_of([finding]), width=80, color=False)


def test_past_a_thousand_findings_each_has_one_line(
    judged: Callable[..., JudgedFinding], report_of: Callable[..., Report]
) -> None:
    report = report_of([judged(f"Name{at}") for at in range(1_002)])
    for color in (False, True):
        text = ANSI.sub("", render_text(report, width=80, color=color))
        more = text[text.index("and 2 more findings, a line each:") :].splitlines()[1:3]
        assert [line.split()[0] for line in more] == ["high", "high"]
        assert text.count("\n  fix ") == 1_000
