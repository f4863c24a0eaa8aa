"""The score: how far a codebase is from one source of truth for everything, as one number.

The score describes the code, not the display: it is computed before any filter, baseline or suppression.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import ComponentResult, JudgedFinding, Score

SCORE_VERSION = 1
"""Raised whenever the same violations would give another score."""

WEIGHTS: Mapping[Severity, float] = MappingProxyType(
    {
        Severity.CRITICAL: 4.0,
        Severity.HIGH: 2.0,
        Severity.MEDIUM: 1.0,
        Severity.LOW: 0.5,
        Severity.INFO: 0.0,
    }
)


class Violation(NamedTuple):
    """One site, as far as the score cares. ``path`` is that of the file the site lies in."""

    code: str
    severity: Severity
    path: str

    @property
    def is_scored(self) -> bool:
        return WEIGHTS[self.severity] > 0


class Tally:
    """What the score counts, kept up to date while violations come and go.

    Sums of weights are exact in binary, so the order of changes leaves no trace. ``clean`` is H of the formula in
    :func:`compute_score`, ``modules`` the number of production files.
    """

    def __init__(self, violations: Iterable[Violation], production_paths: Collection[str]) -> None:
        self._production = frozenset(production_paths)
        self._penalties: defaultdict[str, float] = defaultdict(float)
        self._held: Counter[str] = Counter()
        self.modules = self.clean = len(self._production)
        self.add(violations)

    def add(self, violations: Iterable[Violation]) -> None:
        """Count ``violations``; those that are not scored change nothing."""
        self._change(violations, 1)

    def remove(self, violations: Iterable[Violation]) -> None:
        """Count ``violations``, which have been added, no longer."""
        self._change(violations, -1)

    def shares(self) -> dict[str, float]:
        """t of the formula for every violated rule, by code."""
        return {code: share for code, share in zip(self._penalties, self._shares(), strict=True) if share}

    @property
    def value(self) -> float:
        """The score."""
        return 100 / (1 + math.fsum(self._shares()))

    def _shares(self) -> list[float]:
        clean = self.clean
        return [penalty / (clean + 4 * penalty) if penalty else 0.0 for penalty in self._penalties.values()]

    def _change(self, violations: Iterable[Violation], by: int) -> None:
        for violation in violations:
            if violation.is_scored:
                self._penalties[violation.code] += by * WEIGHTS[violation.severity]
                was_clean = not self._held[violation.path]
                self._held[violation.path] += by
                is_clean = not self._held[violation.path]
                if violation.path in self._production:
                    self.clean += is_clean - was_clean


def violations_of(finding: JudgedFinding) -> list[Violation]:
    """The sites of a finding that cost points, or would if the finding were no inventory."""
    return [
        Violation(finding.rule.code, finding.severity, judged.site.location.path)
        for judged in finding.sites
        if judged.is_scored
    ]


def judged_paths(
    production_paths: Iterable[str], unread_paths: Collection[str], violations: Iterable[Violation]
) -> frozenset[str]:
    """The files of the production zone of which something is known: those that were read, and those that are held
    against the score because they could not be."""
    held = {violation.path for violation in violations if violation.is_scored}
    return frozenset(path for path in production_paths if path in held or path not in unread_paths)


def compute_score(violations: Iterable[Violation], production_paths: Collection[str]) -> Score:
    """Score ``violations`` against the files of the production zone, but for those of which nothing is known: see
    :func:`judged_paths`.

    With P the summed weights of a rule's violations and H the production files that hold no scored violation,
    a rule contributes t = x / (1 + 4x) for x = P / H, and the score is 100 / (1 + sum of all t). t is
    computed as P / (H + 4P), which is the same number and also covers H = 0, where it is 1/4. Violations
    outside the production zone count in P.

    A rule costs at most 20 points. Removing a violation, or a file that holds one, never lowers the score and
    raises it unless H is 0 before and after and the rule stays violated. Removing a clean file makes H
    smaller and can lower it.
    """
    tally = Tally(violations, production_paths)
    shares = tally.shares()
    total = math.fsum(shares.values())
    value = tally.value
    return Score(
        value=value,
        clean_modules=tally.clean,
        modules=tally.modules,
        points_lost={code: (100 - value) * shares[code] / total for code in sorted(shares)},
        version=SCORE_VERSION,
    )


def score_component(
    name: str,
    component_paths: Collection[str],
    violations: Iterable[Violation],
    production_paths: Collection[str],
) -> ComponentResult:
    """Score the files of one component by themselves; violations elsewhere do not count."""
    paths = frozenset(component_paths)
    own = [violation for violation in violations if violation.path in paths]
    return ComponentResult(
        name=name,
        score=compute_score(own, paths.intersection(production_paths)).value,
        violations=sum(violation.is_scored for violation in own),
    )


def rounded_score(value: float, digits: int) -> float:
    """Round a score for display. 100 stays reserved for a score of exactly 100, as coverage.py does."""
    shown = round(value, digits)
    return shown if value == 100 or shown < 100 else 100 - 10.0**-digits
