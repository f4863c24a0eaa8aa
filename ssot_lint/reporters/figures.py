"""The figures of a report that more than one reporter prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.report import JudgedFinding, JudgedSite, Report, RuleInfo, Status
from ssot_lint.rules.evidence import TEXT


class ViolationCounts(NamedTuple):
    """Violations by status. Sites of info findings are an inventory, not violations."""

    total: int
    new: int
    baselined: int
    suppressed: int


class RuleFigures(NamedTuple):
    """What one rule found, without its info findings; ``severity`` is that of its worst finding."""

    rule: RuleInfo
    severity: Severity
    findings: int
    violations: int
    points_lost: float


class InventoryCount(NamedTuple):
    """How many info findings a rule has."""

    rule: RuleInfo
    findings: int


def is_violation(finding: JudgedFinding) -> bool:
    """Whether the sites of ``finding`` are violations, not an inventory."""
    return finding.severity is not Severity.INFO


def violations_in(finding: JudgedFinding) -> list[JudgedSite]:
    """The sites of ``finding`` that are violations: none of an inventory, nor what a comment calls none."""
    return [site for site in finding.sites if site.is_scored] if is_violation(finding) else []


def count_distinct(report: Report) -> int:
    """How many sites a comment calls no violation."""
    return sum(not site.is_scored for finding in filter(is_violation, report.findings) for site in finding.sites)


def count_violations(report: Report) -> ViolationCounts:
    """Count the sites of all findings that are violations."""
    statuses = Counter(judged.status for finding in report.findings for judged in violations_in(finding))
    return ViolationCounts(
        total=statuses.total(),
        new=statuses[Status.NEW],
        baselined=statuses[Status.BASELINED],
        suppressed=statuses[Status.SUPPRESSED],
    )


def count_information(report: Report) -> int:
    """How many findings are information: what they list may be a copy all the same."""
    return sum(not is_violation(finding) for finding in report.findings)


def sites_by_severity(report: Report) -> dict[Severity, int]:
    """The number of sites for every severity, worst first, info included."""
    counts = dict.fromkeys(Severity, 0)
    for finding in report.findings:
        counts[finding.severity] += len(violations_in(finding) if is_violation(finding) else finding.sites)
    return counts


def rule_figures(report: Report) -> list[RuleFigures]:
    """The rules that found violations, most points lost first."""
    by_code: dict[str, list[JudgedFinding]] = {}
    for finding in filter(violations_in, report.findings):
        by_code.setdefault(finding.rule.code, []).append(finding)
    figures = [
        RuleFigures(
            rule=findings[0].rule,
            severity=min((finding.severity for finding in findings), key=lambda severity: severity.rank),
            findings=len(findings),
            violations=sum(len(violations_in(finding)) for finding in findings),
            points_lost=report.score.points_lost.get(code, 0.0),
        )
        for code, findings in by_code.items()
    ]
    return sorted(figures, key=lambda row: (-row.points_lost, row.rule.code))


def inventory(report: Report) -> list[InventoryCount]:
    """The rules that have info findings, by code."""
    rules = {finding.rule.code: finding.rule for finding in report.findings if not is_violation(finding)}
    counts = Counter(finding.rule.code for finding in report.findings if not is_violation(finding))
    return [InventoryCount(rules[code], counts[code]) for code in sorted(rules)]


def remark(judged: JudgedSite) -> str:
    """What is to be said of a site beside its place: the rule's message, and what the baseline has to do with it."""
    return "; ".join(filter(None, (judged.site.message, judged.hint)))


def home_word(finding: Finding) -> str:
    """What the place of the home is called: where all move to a place of their own, it is only the first of them."""
    return "home" if finding.home_stays else "first"


def short_remark(finding: Finding, site: Site) -> str:
    """The rule's message on a site beside the line of the home: that is not named, and what the site alone is a copy of
    goes without its module. What the message says of the only site is not said again."""
    if site.original is not None:
        name = site.original.symbol
        return site.message.replace(f"`{name}`", f"`{name.rpartition(':')[2]}`")
    if finding.home is None:
        return "" if len(finding.sites) == 1 and site.message in finding.message else site.message
    return site.message.replace(f"`{finding.home.symbol}`", f"the {home_word(finding)}")


def new_first(sites: Sequence[JudgedSite]) -> list[JudgedSite]:
    """The sites with the new ones in front, so that cutting the list never hides one for a known one."""
    return sorted(sites, key=lambda judged: judged.status is not Status.NEW)


def claim(finding: Finding) -> str:
    """The message without what the line of the home says: which place stays, and why."""
    return finding.message if finding.home is None else finding.message.partition(": keep ")[0]


def deed(finding: Finding) -> str:
    """The remedy without its first sentence, if that only names the home."""
    kept = "" if finding.home is None else f" in {finding.home.location.path}. "
    first, sentence_end, rest = finding.remedy.partition(kept) if kept else (finding.remedy, "", "")
    return rest if sentence_end and first.startswith("Keep ") and "." not in first else finding.remedy


def evidence_text(finding: Finding) -> list[str]:
    """The lines of a finding's evidence meant for people: its key :data:`TEXT`, a list of strings."""
    lines = finding.evidence.get(TEXT)
    return [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
