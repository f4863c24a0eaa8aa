from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ssot_lint import __version__
from ssot_lint.cache.store import STORE_FILE, holdings
from ssot_lint.config.settings import Config
from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.report import RULE_CRASHED, ComponentResult
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan, ScanResult
from ssot_lint.scan.scan_cache import CacheChoice

SOURCES = {
    "app/__init__.py": "",
    "app/a.py": "class Order:\n    total = 1\n",
    "app/b.py": "class Order:\n    total = 2\n",
    "tests/test_a.py": "x = 1\n",
}


@dataclass(frozen=True)
class Classes(Rule):
    """Every class is a violation."""

    code = "TEST101"
    name = "classes"
    family = "tests"
    severity = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        for cls in project.classes():
            site = Site(cls.location, cls.module.name, cls.id, "a class")
            yield Finding(self.code, cls.name, "a class", "none", None, (site,), {})


@dataclass(frozen=True)
class Inventory(Classes):
    """Every class is listed."""

    code = "TEST102"
    name = "inventory"
    severity = Severity.INFO


@dataclass(frozen=True)
class Crashing(Classes):
    """Crashes after its first finding."""

    code = "TEST103"
    name = "crashing"

    def check(self, project: Project) -> Iterator[Finding]:
        yield from list(super().check(project))[:1]
        raise RuntimeError("on purpose")


@dataclass(frozen=True)
class Impostor(Classes):
    """Yields what is no finding of its own."""

    code = "TEST104"
    name = "impostor"

    def check(self, project: Project) -> Iterator[Finding]:
        yield from Classes().check(project)


@dataclass(frozen=True)
class Liar(Classes):
    """Yields what is no finding at all."""

    code = "TEST105"
    name = "liar"

    def check(self, project: Project) -> Iterator[Finding]:
        yield from project.modules  # type: ignore[misc]


@dataclass(frozen=True)
class Quitting(Classes):
    """Ends the process."""

    code = "TEST106"
    name = "quitting"

    def check(self, project: Project) -> Iterator[Finding]:
        raise SystemExit(len(project.failures))


@dataclass(frozen=True)
class Unparsable(Classes):
    """Reports what could not be parsed."""

    code = "TEST107"
    name = "unparsable"

    def check(self, project: Project) -> Iterator[Finding]:
        for source, failure in project.failures:
            site = Site(Location(source.path, failure.line), source.module, f"{source.module}:", failure.reason)
            yield Finding(self.code, source.path, "unparsable", "repair", None, (site,), {})


def scan(root: Path, *rules: Rule, config: Config | None = None, sources: dict[str, str] | None = None) -> ScanResult:
    for path, text in (sources or SOURCES).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    active = [ActiveRule(rule, rule.info(), "pack") for rule in rules]
    codes = {word: rule.code for rule in rules for word in (rule.code, rule.name)}
    request = Request(root, [root], config or Config(), active, "ssot-lint scan .", codes)
    with Scan.open(request) as opened:
        return opened.result


def test_the_report_has_all_figures(tmp_path: Path) -> None:
    report = scan(tmp_path, Classes(), Inventory()).report
    assert (report.tool_version, report.files, report.lines, report.command) == (__version__, 4, 5, "ssot-lint scan .")
    assert [(each.rule.code, each.findings, each.violations) for each in report.rules] == [
        ("TEST101", 2, 2),
        ("TEST102", 2, 0),
    ]
    assert (report.score.clean_modules, report.score.modules) == (1, 3)
    assert report.rules[0].points_lost == pytest.approx(100 - report.score.value)
    assert [(each.severity, each.finding.sites[0].location.path) for each in report.findings] == [
        (Severity.HIGH, "app/a.py"),
        (Severity.HIGH, "app/b.py"),
        (Severity.INFO, "app/a.py"),
        (Severity.INFO, "app/b.py"),
    ]
    assert report.diagnostics == ()


def test_a_rule_that_crashes_loses_its_findings_and_no_other_does(tmp_path: Path) -> None:
    analysis = scan(tmp_path, Crashing(), Classes())
    line = next(
        number for number, text in enumerate(Path(__file__).read_text().splitlines(), 1) if "on purpose" in text
    )
    assert {each.finding.code for each in analysis.report.findings} == {"TEST101"}
    assert [(each.kind, each.line, each.message) for each in analysis.report.diagnostics] == [
        (RULE_CRASHED, line, "rule TEST103 crashing of pack pack raised RuntimeError: on purpose")
    ]
    assert analysis.report.diagnostics[0].path.endswith("test_scan.py")
    assert not Path(analysis.report.diagnostics[0].path).is_absolute()
    assert "RuntimeError: on purpose" in analysis.crashes[0].traceback


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Impostor(), "ValueError: yielded a finding of TEST101"),
        (Liar(), "AttributeError: 'Module' object has no attribute 'code'"),
        (Quitting(), "SystemExit: 0"),
    ],
)
def test_a_rule_that_breaks_its_contract_has_crashed(tmp_path: Path, rule: Rule, reason: str) -> None:
    report = scan(tmp_path, rule, Classes()).report
    assert [each.message for each in report.diagnostics] == [
        f"rule {rule.code} {rule.name} of pack pack raised {reason}"
    ]
    assert len(report.findings) == 2


def test_an_unread_file_is_never_clean(tmp_path: Path) -> None:
    sources = {**SOURCES, "app/c.py": "x = 1\ndef (\n", "app/d.py": "x = 1\n", "tests/test_b.py": "def (\n"}
    score = scan(tmp_path, Classes(), sources=sources).report.score
    assert (score.clean_modules, score.modules, score.unread_modules) == (2, 5, 1)


def test_a_file_that_cannot_be_parsed_is_a_diagnostic_unless_a_finding_names_it(tmp_path: Path) -> None:
    sources = {**SOURCES, "app/c.py": "x = 1\ndef (\n"}
    assert [
        (each.path, each.line, each.kind) for each in scan(tmp_path, Classes(), sources=sources).report.diagnostics
    ] == [("app/c.py", 2, "unparsable")]
    assert scan(tmp_path, Unparsable(), sources=sources).report.diagnostics == ()


def test_components_are_scored_by_their_files(tmp_path: Path) -> None:
    config = Config(
        components=(
            Component(name="order", home="app.a:Order", critical=True),
            Component(name="none", home="app:Nothing"),
        )
    )
    report = scan(tmp_path, Classes(), config=config).report
    assert report.components == (ComponentResult("order", 80.0, 1), ComponentResult("none", 100.0, 0))
    assert [each.severity for each in report.findings] == [Severity.HIGH, Severity.HIGH]


def test_settings_reach_discovery(tmp_path: Path) -> None:
    config = Config(extend_exclude=("app/b.py",), test_paths=("app/a.py",))
    report = scan(tmp_path, Classes(), config=config).report
    assert (report.files, report.score.modules) == (3, 1)


def test_stages_and_rules_are_timed(tmp_path: Path) -> None:
    seconds = scan(tmp_path, Classes()).seconds
    assert list(seconds) == ["discover", "extract", "project", "TEST101 classes", "rules", "gate", "score"]
    assert min(seconds.values()) >= 0


def test_a_plan_is_made_when_it_is_wanted(tmp_path: Path) -> None:
    analysis = scan(tmp_path, Classes())
    assert analysis.report.plan is None
    request = Request(
        tmp_path, [tmp_path], Config(), [ActiveRule(Classes(), Classes.info(), "pack")], "", {}, plan=True
    )
    with Scan.open(request) as opened:
        planned = opened.result
    assert planned.report.plan is not None
    assert planned.report.plan.score_before == analysis.report.score.value
    assert [(step.ids, step.files) for step in planned.report.plan.steps] == [
        ((found.sites[0].id,), 1) for found in analysis.report.findings
    ]
    assert list(planned.seconds)[-1] == "plan"


def test_progress_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    calls: list[tuple[int, int]] = []
    request = Request(tmp_path, [tmp_path], Config(), [], "", {})
    with Scan.open(request, progress=lambda done, total: calls.append((done, total))):
        pass
    assert calls[-1] == (6, 6)


def test_an_interrupted_scan_keeps_what_it_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    request = Request(tmp_path, [tmp_path], Config(), [], "", {})
    choice = CacheChoice(tmp_path / "cache")

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Scan.open(request, choice, progress=interrupt):
        pass
    assert holdings(tmp_path / "cache" / STORE_FILE).facts == 1
