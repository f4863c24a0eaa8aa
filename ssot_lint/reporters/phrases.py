"""Figures in words, the same in every report that people read."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.gate.score import rounded_score
from ssot_lint.model.edits import Safety
from ssot_lint.model.finding import Severity
from ssot_lint.model.plan import Step
from ssot_lint.model.report import UNREAD, JudgedFinding, JudgedSite, Report, ReportFilter, Status
from ssot_lint.reporters.figures import count_information, count_violations, is_violation, violations_in
from ssot_lint.text.wording import counted, listed


def shown_score(value: float) -> str:
    """A score with one decimal; 100.0 only for a score of exactly 100."""
    return f"{rounded_score(value, 1):.1f}"


def shown_points(points: float) -> str:
    """Points of the score with one decimal; ``<0.1`` for what would read as nothing."""
    return "<0.1" if 0 < points < 0.05 else f"{points:.1f}"


def verdict(report: Report) -> str:
    """How many violations there are and how they stand with the gate; without any, what was scanned."""
    if not report.files:
        return "Nothing to scan: no Python files found."
    standing = _violations(report) if count_violations(report).total else _praise(report)
    return f"{standing}{_fixed(report)}{_hidden(report)}"


def score_sentence(report: Report) -> str:
    """The score and what it counts against: it moves in big steps where few modules are clean."""
    score = report.score
    clean = f"{score.clean_modules:,} of {counted(score.modules, 'module')} clean"
    unread = f", {score.unread_modules:,} not read" if score.unread_modules else ""
    return f"Score {shown_score(score.value)} of 100: {clean}{unread}."


def unread_sentence(paths: Sequence[str]) -> str:
    """Which files are missing in an answer."""
    what = "what it defines" if len(paths) == 1 else "what they define"
    return f"{listed(paths)} could not be read, and {what} is not known."


def fix_mark(site: JudgedSite) -> str:
    """What is said of a violation that `ssot-lint fix` can put right; empty for others."""
    fix = site.site.fix
    if fix is None or not fix.is_automatic:
        return ""
    return "[fixable]" if fix.safety is Safety.SAFE else "[fixable: --unsafe]"


def finding_fix_mark(judged: JudgedFinding) -> str:
    """The same of all violations of a finding, and of how many if not of all."""
    marks = [mark for site in judged.sites if (mark := fix_mark(site))]
    if not marks:
        return ""
    count = "" if len(marks) == len(judged.sites) else f" at {len(marks):,} of {len(judged.sites):,}"
    return max(marks, key=len).replace("fixable", f"fixable{count}")


def fix_outlook(step: Step) -> str:
    """Whether `ssot-lint fix` can do a step, and what stands in its way."""
    if step.fix is Safety.MANUAL:
        return f"by hand: {step.obstacle}" if step.obstacle else "by hand"
    command = f"`ssot-lint fix --step {step.number}{' --unsafe' if step.fix is Safety.UNSAFE else ''}`"
    return f"{command}: {step.obstacle}" if step.obstacle else command


def next_steps(report: Report) -> list[tuple[str, str]]:
    """The commands that help with new violations, each with what it does; empty without any."""
    new = next((site.id for each in report.findings if is_violation(each) for site in each.sites if _is_new(site)), "")
    if not new:
        return []
    return [
        (f"ssot-lint show {new}", "one finding whole, with every way out"),
        *([("ssot-lint scan --plan", "what to do first")] if report.plan is None else []),
        *_fixing(report),
        *([("ssot-lint baseline update", "take what is there today as known")] if _may_be_accepted(report) else []),
    ]


def known_word(report: Report) -> str:
    """What violations are called that the report is compared with."""
    return "baselined" if _may_be_accepted(report) else "there before"


def _may_be_accepted(report: Report) -> bool:
    """Whether a baseline counts: where a revision says what is known, none is read."""
    return report.comparison is None or report.comparison.is_file


def _fixing(report: Report) -> list[tuple[str, str]]:
    """What the marks of new violations mean, by the command that they are about."""
    marks = {fix_mark(site) for each in report.findings for site in violations_in(each) if _is_new(site)} - {""}
    if not marks:
        return []
    if "[fixable]" in marks:
        more = "; with --unsafe also what code may notice" if len(marks) > 1 else ""
        return [("ssot-lint fix --diff", f"what [fixable] comes to{more}")]
    return [("ssot-lint fix --diff --unsafe", "what [fixable] comes to; code may notice it")]


def severity_remark(judged: JudgedFinding) -> str:
    """Why a finding has another severity than its rule; empty where it has not."""
    if judged.severity is judged.rule.severity:
        return ""
    usual = f"{judged.rule.severity.value} as a rule"
    if judged.severity is judged.finding.severity:
        return usual
    if judged.severity is Severity.CRITICAL and judged.components:
        return f"{usual}, component {judged.components[0]} is critical"
    return f"{usual}, configured"


def scan_sentence(report: Report) -> str:
    return f"Scanned {_extent(report)}."


def _is_new(site: JudgedSite) -> bool:
    return site.status is Status.NEW


def _praise(report: Report) -> str:
    if report.diagnostics:
        unread = sum(each.kind in UNREAD for each in report.diagnostics)
        others = "the scan had problems"
        what = f"{counted(unread, 'file')} could not be read" if unread == len(report.diagnostics) else others
        return f"No violations found, but {what}."
    if report.filter is not None:
        return "No new violations." if report.filter.since else f"No violations {_about(report.filter)}."
    if information := count_information(report):
        are = "is" if information == 1 else "are"
        return f"Nothing is scored in {_extent(report)}: {counted(information, 'finding')} {are} information."
    return f"Everything has one home: no violations in {_extent(report)}."


def _violations(report: Report) -> str:
    counts = count_violations(report)
    findings = sum(bool(violations_in(finding)) for finding in report.findings)
    found = f"{counted(counts.total, 'violation')} in {counted(findings, 'finding')}"
    if counts.new == counts.total:
        return f"{found}."
    known = ((counts.baselined, known_word(report)), (counts.suppressed, "suppressed"))
    standing = [f"{counts.new:,} new", *(f"{count:,} {word}" for count, word in known if count)]
    return f"{found}: {', '.join(standing)}."


def _fixed(report: Report) -> str:
    if report.comparison is None or not report.fixed:
        return ""
    return f" {report.fixed:,} fixed {'since the baseline' if report.comparison.is_file else 'by the change'}."


def _hidden(report: Report) -> str:
    """What a report about a part leaves out."""
    if report.filter is None or not report.filter.hidden:
        return ""
    are = "is" if report.filter.hidden == 1 else "are"
    return f" {counted(report.filter.hidden, 'finding')} that {are} not {_about(report.filter)} {are} hidden."


def _about(shown: ReportFilter) -> str:
    """What a report is about. The revision is not named: a branch may be called anything."""
    return "new" if shown.since else "about these paths"


def _extent(report: Report) -> str:
    return f"{counted(report.files, 'file')}, {counted(report.lines, 'line')}"
