from __future__ import annotations

import msgspec
import pytest

from ssot_lint.model.plan import Action
from ssot_lint.model.report import Report
from ssot_lint.reporters.ways_out import ways_out


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (Action.MERGE, "no copy but another thing"),
        (Action.EDIT, "right as it is, and costs no points"),
        (Action.MOVE_IMPORTS, "right as it is, and costs no points"),
    ],
)
def test_what_is_no_violation_can_be_called_so(action: Action, why: str, sample: Report) -> None:
    judged = sample.findings[0]
    judged = msgspec.structs.replace(judged, rule=msgspec.structs.replace(judged.rule, action=action))
    comment = f"`# ssot-lint: distinct[{judged.rule.code}] reason`"
    assert dict(ways_out(judged))["distinct"] == f"{comment} at a site says that it is {why}"


def test_the_command_names_all_sites(sample: Report) -> None:
    judged = next(each for each in sample.findings if len(each.sites) > 3)
    ids = " ".join(site.id for site in judged.sites)
    assert dict(ways_out(judged))["accept"] == f"`ssot-lint baseline accept {ids} --reason TEXT` keeps it as known"


def test_why_no_module_that_is_there_fits_is_told_where_a_new_one_is_advised(sample: Report) -> None:
    judged = sample.findings[0]
    assert "place" not in dict(ways_out(judged))
    moved = msgspec.structs.replace(
        judged.finding, remedy="Move `pay` to a module that all can import (a new one in `shop`, say)."
    )
    assert dict(ways_out(msgspec.structs.replace(judged, finding=moved)))["place"].startswith("a new module, for none")
