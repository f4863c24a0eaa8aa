from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.commands.excerpts import CodeLines, read_source_lines
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.record import Suppression, SuppressionKind
from ssot_lint.model.report import JudgedFinding, JudgedSite, Report, RuleInfo, Score, Status

RULE = RuleInfo("TEST101", "test-rule", "tests", Severity.HIGH, "Finds.", "Finds.")


def report(severity: Severity, home: Location | None, *sites: Location, comment: Location | None = None) -> Report:
    suppression = Suppression(SuppressionKind.IGNORE, comment, "a", (RULE.code,), "") if comment else None
    judged = tuple(
        JudgedSite(Site(location, "a", "a:A", ""), Status.NEW, "0", "TEST101-0", suppression) for location in sites
    )
    place = Home(home, "a", "a:A", "because") if home else None
    finding = Finding(RULE.code, "A", "message", "remedy", place, (), {})
    return Report(
        tool_version="0",
        files=1,
        lines=1,
        score=Score(100.0, 1, 1, {}, 1),
        rules=(),
        components=(),
        findings=(JudgedFinding(finding, RULE, severity, judged),),
        diagnostics=(),
        command="",
    )


def test_sites_homes_and_comments_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\ny = 2\nz = 3\n")
    (tmp_path / "b.py").write_text("b = 1\n")
    found = report(
        Severity.HIGH, Location("b.py", 1), Location("a.py", 1), Location("a.py", 9), comment=Location("a.py", 3)
    )
    assert {place: line.text for place, line in read_source_lines(tmp_path, found).items()} == {
        ("a.py", 1): "x = 1",
        ("a.py", 3): "z = 3",
        ("b.py", 1): "b = 1",
    }


def test_an_inventory_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    assert read_source_lines(tmp_path, report(Severity.INFO, None, Location("a.py", 1))) == {}


@pytest.mark.parametrize("kind", ["missing", "folder", "symlink", "huge"])
def test_what_cannot_be_read_is_missing(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "a.py"
    if kind == "folder":
        file.mkdir()
    elif kind == "symlink":
        (tmp_path / "b.py").write_text("x = 1\n")
        file.symlink_to(tmp_path / "b.py")
    elif kind == "huge":
        file.write_bytes(b"x" * 1_000_001)
    assert read_source_lines(tmp_path, report(Severity.HIGH, None, Location("a.py", 1))) == {}


def test_one_line_of_code_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1\r\ny = 2\r\n")
    code = CodeLines(tmp_path)
    places = [Location("a.py", 2), Location("a.py", 99), Location("a.py", 0), Location("gone.py", 1)]
    assert [code.at(place) for place in places] == ["y = 2", "", "", ""]


def test_a_file_that_is_too_large_has_no_code_to_show(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    assert CodeLines(tmp_path, largest=3).at(Location("a.py", 1)) == ""
