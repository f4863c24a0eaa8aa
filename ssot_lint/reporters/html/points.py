"""What each violation costs: the points that a rule takes from the score, shared out among its sites by weight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ssot_lint.gate.score import WEIGHTS
from ssot_lint.model.report import JudgedFinding, JudgedSite, Report


class Points:
    """The points lost in a report, by finding, site and folder. What is judged to be no violation costs nothing."""

    def __init__(self, report: Report) -> None:
        weights: defaultdict[str, float] = defaultdict(float)
        for judged in report.findings:
            weights[judged.rule.code] += _weight(judged) * sum(site.is_scored for site in judged.sites)
        lost = report.score.points_lost
        self._each = {code: lost.get(code, 0.0) / weight for code, weight in weights.items() if weight}

    def of_site(self, judged: JudgedFinding, site: JudgedSite) -> float:
        """What ``site`` of ``judged`` costs."""
        return self._each.get(judged.rule.code, 0.0) * _weight(judged) if site.is_scored else 0.0

    def of(self, judged: JudgedFinding) -> float:
        """What all its sites cost."""
        return sum(self.of_site(judged, site) for site in judged.sites)

    def by_folder(self, findings: Iterable[JudgedFinding]) -> dict[str, float]:
        """What the sites in each folder cost, those in folders below it not counted."""
        found: defaultdict[str, float] = defaultdict(float)
        for judged in findings:
            for site in judged.sites:
                found[folder_of(site.site.location.path)] += self.of_site(judged, site)
        return dict(found)


def folder_of(path: str) -> str:
    """The folder a file lies in, empty for the root."""
    return path.rpartition("/")[0]


def _weight(judged: JudgedFinding) -> float:
    return WEIGHTS[judged.severity]
