from __future__ import annotations

import msgspec
import pytest

from ssot_lint.model.plan import Action
from ssot_lint.model.report import Report
from ssot_lint.reporters.ways_out import ways_out


@pytest.mark.parametrize(
    ("action", "is_copy"), [(Action.MERGE, True), (Action.EDIT, False), (Action.MOVE_IMPORTS, False)]
)
def test_only_a_copy_can_be_called_another_thing(action: Action, is_copy: bool, sample: Report) -> None:
    judged = sample.findings[0]
    judged = msgspec.structs.replace(judged, rule=msgspec.structs.replace(judged.rule, action=action))
    assert ("distinct" in dict(ways_out(judged))) is is_copy


def test_the_command_names_all_sites(sample: Report) -> None:
    judged = next(each for each in sample.findings if len(each.sites) > 3)
    ids = " ".join(site.id for site in judged.sites)
    assert dict(ways_out(judged))["accept"] == f"`ssot-lint baseline accept {ids} --reason TEXT` keeps it as known"
