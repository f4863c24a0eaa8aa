"""What can be done about a finding, the same in every report that shows one whole."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.finding import NEW_MODULE
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, RuleInfo
from ssot_lint.reporters.figures import is_violation

_WHY_NEW = (
    "a new module, for none that is there is known to fit: neither one of helpers around them nor one that they import "
    "already which all can import without a circle, and which loads nothing they do without"
)


def ways_out(judged: JudgedFinding) -> Iterator[tuple[str, str]]:
    """Each way with its label. Commands and comments are in backticks."""
    code = judged.rule.code
    if judged.finding.remedy:
        yield "fix", judged.finding.remedy
    if NEW_MODULE in judged.finding.remedy:
        yield "place", _WHY_NEW
    if is_violation(judged) and judged.sites:
        yield from ways_to_keep(judged.rule, " ".join(site.id for site in judged.sites))
        if judged.finding.home is not None:
            yield way_to_pin()
    yield way_to_learn(code)


def ways_to_keep(rule: RuleInfo, ids: str) -> Iterator[tuple[str, str]]:
    """How to live with violations of a rule; ``ids`` are those of all sites. A copy that is
    none is another thing; whatever else is no violation is right as it is."""
    yield "accept", f"`ssot-lint baseline accept {ids} --reason TEXT` keeps it as known"
    yield "ignore", f"`# ssot-lint: ignore[{rule.code}] reason` at a site says that it is debt"
    why = "no copy but another thing" if rule.action is Action.MERGE else "right as it is, and costs no points"
    yield "distinct", f"`# ssot-lint: distinct[{rule.code}] reason` at a site says that it is {why}"


def way_to_pin() -> tuple[str, str]:
    """How to have another home."""
    return "pin", "`# ssot-lint: canonical` at a definition makes it the home"


def way_to_learn(code: str) -> tuple[str, str]:
    """Where the rule is explained."""
    return "explain", f"`ssot-lint explain {code}` says why it matters"
