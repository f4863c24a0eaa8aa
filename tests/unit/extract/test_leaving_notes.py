from __future__ import annotations

import pytest

from ssot_lint.extract.leaving_notes import leaving_scopes
from tests.unit.extract.parsing import parse


@pytest.mark.parametrize(
    ("comment", "count"),
    [
        ("# Needed to avoid circular imports before removal in\n# Shop 3.0.0", 1),
        ("# Remove in 3.0.0", 1),
        ("# TODO: remove this after v2", 1),
        ("# Will be removed in Shop 3", 1),
        ("# To be dropped in the next release", 1),
        ("# DEPRECATED, use Order", 1),
        ("# This is deprecated", 1),
        ("# Rows that are to be deleted", 0),
        ("# What will be removed after the run", 0),
        ("# Drops it in 3 places", 0),
        ("# Remove in 3.0.0\n", 0),
        ("# Copies the price", 0),
    ],
)
def test_a_comment_says_that_what_is_below_is_to_go(comment: str, count: int) -> None:
    source = f"{comment}\n@final\nclass Order:\n    def total(self): ...\n"
    facts = parse(source)
    assert len(facts.leaving) == count
    assert facts.leaving == leaving_scopes(source, facts.classes)
