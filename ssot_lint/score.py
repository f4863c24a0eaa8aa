"""The score: how far a codebase is from one source of truth for everything, as one number.

The score describes the code, not the display: it is computed before any filter, baseline or suppression.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import ComponentResult, Score

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


def compute_score(violations: Iterable[Violation], production_paths: Collection[str]) -> Score:
    """Score ``violations`` against the files of the production zone.

    With P the summed weights of a rule's violations and H the production files that hold no scored violation,
    a rule contributes t = x / (1 + 4x) for x = P / H, and the score is 100 / (1 + sum of all t). t is
    computed as P / (H + 4P), which is the same number and also covers H = 0, where it is 1/4. Violations
    outside the production zone count in P.

    A rule costs at most 20 points. Removing a violation, or a file that holds one, never lowers the score and
    raises it unless H is 0 before and after and the rule stays violated. Removing a clean file makes H
    smaller and can lower it.
    """
    penalties: defaultdict[str, float] = defaultdict(float)
    violating: set[str] = set()
    for violation in violations:
        if violation.is_scored:
            penalties[violation.code] += WEIGHTS[violation.severity]
            violating.add(violation.path)
    paths = frozenset(production_paths)
    clean = len(paths - violating)
    shares = {code: penalty / (clean + 4 * penalty) for code, penalty in sorted(penalties.items())}
    total = math.fsum(shares.values())
    value = 100 / (1 + total)
    return Score(
        value=value,
        clean_modules=clean,
        modules=len(paths),
        points_lost={code: (100 - value) * share / total for code, share in shares.items()},
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
