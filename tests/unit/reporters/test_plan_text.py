from __future__ import annotations

import msgspec
import pytest
from rich.text import Text

from ssot_lint.model.plan import Plan
from ssot_lint.model.report import Report
from ssot_lint.reporters.layout import Layout
from ssot_lint.reporters.plan_text import plan_lines
from ssot_lint.reporters.terminal import render_text

EXPECTED = """\
Plan: 3 steps, score from 63.1 to 100.0.
priority 1: 1 step, 1.2 points
  1. Merge 14 copies of `ValidationResult` into backend/core/validation.py
     keep:   backend/core/validation.py:10:1
     delete: auth/api/checks.py:203:1
             backend/services/domain_00/validation.py:14:1
             backend/services/domain_01/validation.py:15:1
             ... and 11 more (-f json lists all)
     move:   backend/a.py
     fix:    by hand: the copies differ
     SSOT101-198c: 14 violations, 15 files, 1.2 points
priority 2: 1 step, <0.1 points
  2. Import `AgentState` from `backend.schemas.agent` in 4 files
     keep:   backend/schemas/agent.py:22:1
     move:   backend/a.py
             backend/b.py
             backend/c.py
             ... and 1 more (-f json lists all)
     fix:    `ssot-lint fix --step 2`
     SSOT301-5374: 1 violation, 4 files, <0.1 points, after step 1
priority 3: 1 step, 1.2 points
  3. Await it, or make it a plain function
     edit:   backend/routes/health.py:17:12
             backend/routes/ws.py:91:24
     fix:    `ssot-lint fix --step 3 --unsafe`: what did not run until now runs
     SSOT206-da1f: 2 violations, 2 files, 1.2 points, after steps 1, 2
"""


def lines(report: Report, width: int = 80) -> list[str]:
    return Text("\n").join(plan_lines(Layout(width), report)).plain.splitlines()


def with_steps(report: Report, count: int) -> Report:
    """``report`` with the first step of its plan ``count`` times."""
    assert report.plan is not None
    first = report.plan.steps[-1]
    steps = tuple(msgspec.structs.replace(first, number=number, priority=2) for number in range(1, count + 1))
    return msgspec.structs.replace(report, plan=msgspec.structs.replace(report.plan, steps=steps))


def test_steps_by_priority_with_what_they_keep_delete_move_and_edit(planned: Report) -> None:
    assert lines(planned) == EXPECTED.splitlines()


def test_the_plan_stands_between_the_findings_and_the_figures(planned: Report) -> None:
    assert f"\n\n{EXPECTED}\nrule  " in render_text(planned, width=80, color=False)


@pytest.mark.parametrize("plan", [None, Plan((), 100.0, 100.0)])
def test_without_steps_there_is_nothing_to_say(sample: Report, plan: Plan | None) -> None:
    assert lines(msgspec.structs.replace(sample, plan=plan)) == []


def test_20_steps_are_shown_and_all_are_counted(planned: Report) -> None:
    shown = lines(with_steps(planned, 20))
    assert sum(" Await it" in line for line in shown) == 20
    assert "more" not in shown[-1]
    cut = lines(with_steps(planned, 1_022))
    assert cut[:2] == ["Plan: 1,022 steps, score from 63.1 to 100.0.", "priority 2: 1,022 steps, 1277.5 points"]
    assert cut[2:-1] == shown[2:]
    assert cut[-1] == "... and 1,002 more (-f json lists all)"


def test_long_titles_wrap_below_themselves(planned: Report) -> None:
    assert lines(planned, 40)[2:5] == [
        "  1. Merge 14 copies of",
        "     `ValidationResult` into",
        "     backend/core/validation.py",
    ]


def test_nothing_from_the_tree_moves_the_cursor(planned: Report, nasty: str) -> None:
    assert planned.plan is not None
    assert planned.plan.steps[0].keep is not None
    step = msgspec.structs.replace(planned.plan.steps[0], title=nasty, importers=(nasty,))
    text = "\n".join(lines(msgspec.structs.replace(planned, plan=Plan((step,), 1.0, 2.0))))
    assert "\x1b" not in text
    assert "\u202e" not in text
    text.encode()
