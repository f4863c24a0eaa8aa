"""Whether ``ssot-lint fix`` can do a step, and what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.model.edits import Fix, Safety
from ssot_lint.model.report import JudgedSite

DECISION = "it takes a decision"
"""What is said where a rule says nothing."""

_RANKS = (Safety.SAFE, Safety.UNSAFE, Safety.MANUAL)


def outlook(sites: Sequence[JudgedSite]) -> tuple[Safety, str]:
    """The least that is to be said of the fixes of some sites, and why it is no better, as a clause. Sites without a
    fix go with the others, if there are any."""
    fixes = [each.site.fix for each in sites if each.site.fix is not None]
    if not fixes:
        return Safety.MANUAL, DECISION
    worst = max(fixes, key=lambda fix: _RANKS.index(_safety(fix)))
    if _safety(worst) is not Safety.MANUAL:
        return worst.safety, worst.note
    able = sum(fix.is_automatic for fix in fixes)
    note = worst.note or DECISION
    return (Safety.MANUAL, note) if not able else (_best(fixes), f"at {able:,} of {len(fixes):,} places; else {note}")


def _safety(fix: Fix) -> Safety:
    return fix.safety if fix.is_automatic else Safety.MANUAL


def _best(fixes: Sequence[Fix]) -> Safety:
    return max((fix.safety for fix in fixes if fix.is_automatic), key=_RANKS.index)
