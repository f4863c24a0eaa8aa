"""Before and after: what became of the violations of the baseline, or of the revision, a report is compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeVar

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import FixedViolation, JudgedFinding, Report, Status
from ssot_lint.reporters.figures import violations_in

KeyT = TypeVar("KeyT", bound=Hashable)


class Change(NamedTuple):
    """Violations by what became of them. Those that a comment silences are neither before nor after."""

    new: int = 0
    fixed: int = 0
    unchanged: int = 0
    suppressed: int = 0

    @property
    def before(self) -> int:
        """What the comparison knows."""
        return self.unchanged + self.fixed

    @property
    def after(self) -> int:
        """What stands now."""
        return self.unchanged + self.new


def total_change(report: Report) -> Change:
    """All violations, with all that are fixed."""
    changes = _changes(report, lambda _: "", ("" for _ in _fixed(report)))
    return changes.get("", Change())


def changes_by_rule(report: Report) -> dict[str, Change]:
    """By code of the rule, those included of which everything is fixed."""
    return _changes(report, lambda finding: finding.rule.code, (gone.code for gone in _fixed(report)))


def changes_by_severity(report: Report) -> dict[Severity, Change]:
    """By severity, the worst first. A fixed violation has that of its rule, and is missing if the rule did not run or
    only takes an inventory."""
    severities = {result.rule.code: result.rule.severity for result in report.rules}
    fixed = [severities[gone.code] for gone in _fixed(report) if gone.code in severities]
    changes = _changes(report, lambda finding: finding.severity, fixed)
    return {severity: changes[severity] for severity in Severity if severity in changes and severity != Severity.INFO}


def _fixed(report: Report) -> tuple[FixedViolation, ...]:
    return report.comparison.fixed if report.comparison else ()


def _changes(report: Report, key: Callable[[JudgedFinding], KeyT], fixed: Iterable[KeyT]) -> dict[KeyT, Change]:
    statuses: dict[KeyT, Counter[Status]] = {}
    for finding in filter(violations_in, report.findings):
        statuses.setdefault(key(finding), Counter()).update(site.status for site in violations_in(finding))
    gone = Counter(fixed)
    return {
        each: Change(counts[Status.NEW], gone[each], counts[Status.BASELINED], counts[Status.SUPPRESSED])
        for each, counts in {**{each: Counter[Status]() for each in gone}, **statuses}.items()
    }
