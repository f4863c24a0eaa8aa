from __future__ import annotations

import msgspec

from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.report import RULE_CRASHED, Diagnostic, Report, Status
from ssot_lint.reporters.concise import render_concise


def test_one_line_for_each_new_violation_the_worst_first(sample: Report) -> None:
    lines = render_concise(sample).splitlines()
    assert lines[:3] == [
        "backend/odd.py:3:1: crashed-rule: SSOT121 of pack builtin: KeyError: 'x'",
        "backend/routes/websocket_unified_enhanced.py:58:1: critical SSOT405-8b73 `WebSocketManager` has 2 "
        "process-wide instances; home: backend/websocket/manager.py:312",
        "backend/services/domain_00/validation.py:14:1: high SSOT101-ce70 class `ValidationResult` is defined in 15 "
        "modules (14 identical, 1 similar); home: backend/core/validation.py:10",
    ]
    assert lines[-1] == "backend/core/ids.py:12:20: low SSOT002-8135 `ignore[SSOT101]` matches nothing"
    # 13 copies, a rival, a factory, an import path, 2 coroutines, a comment; nothing baselined, suppressed or info
    assert len(lines) == 1 + 19


def test_information_is_there_where_it_is_asked_for(sample: Report) -> None:
    lines = render_concise(sample, show_info=True).splitlines()
    assert len(lines) == 1 + 19 + 1
    assert lines[-1].startswith("backend/core/cache.py:101:1: info SSOT401-")


def test_paths_are_those_of_the_working_directory(sample: Report) -> None:
    assert render_concise(sample, lambda path: f"../{path}").startswith("../backend/odd.py:3:1: ")


def test_nothing_to_say_is_no_line(clean: Report) -> None:
    assert render_concise(clean) == ""


def test_a_problem_without_a_place_in_the_project_has_none(clean: Report) -> None:
    problems = (
        Diagnostic("ssot_rules/odd.py", 7, RULE_CRASHED, "rule ODD1 raised KeyError: 'x'"),
        Diagnostic("", 0, "unreadable", "too many files"),
        Diagnostic("a.py", 0, "unparsable", "contains NUL bytes"),
    )
    assert render_concise(msgspec.structs.replace(clean, diagnostics=problems)) == (
        "rule-crashed: rule ODD1 raised KeyError: 'x' (ssot_rules/odd.py:7)\n"
        "unreadable: too many files\n"
        "a.py:1:1: unparsable: contains NUL bytes\n"
    )


def test_hostile_names_make_no_line_of_their_own(hostile: Report) -> None:
    text = render_concise(hostile)
    # the problem, the attack, the 13 copies that are new
    assert len(text.splitlines()) == 15
    assert text.replace("\n", "").isprintable()
    assert text.startswith(r"./#a|b`c\x1b[31m</code>")


def test_a_site_with_a_home_of_its_own_is_told_by_its_own_name(clean: Report, sample: Report) -> None:
    judged = next(each for each in sample.findings if each.rule.code == "SSOT101")
    home = Home(Location("shop/tools.py", 7), "shop.tools", "shop.tools:pay", "")
    site = Site(Location("shop/more.py", 3), "shop.more", "shop.more:pay", "the same body", original=home)
    sites = (msgspec.structs.replace(judged.sites[0], site=site, status=Status.NEW),)
    report = msgspec.structs.replace(clean, findings=(msgspec.structs.replace(judged, sites=sites),))
    (line,) = render_concise(report).splitlines()
    assert line.endswith("`pay`: the same body; home: shop/tools.py:7")
