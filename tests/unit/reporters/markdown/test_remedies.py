from __future__ import annotations

import msgspec

from ssot_lint.model.edits import Safety
from ssot_lint.model.plan import Action, Plan, Step
from ssot_lint.model.report import Report
from ssot_lint.reporters.markdown.remedies import plan_section


def step(number: int, priority: int, *, points: float = 0.5, after: tuple[int, ...] = ()) -> Step:
    return Step(
        number=number,
        priority=priority,
        action=Action.EDIT,
        title=f"Mend `name_{number}` of part_{number}",
        code="SSOT101",
        subject="Name",
        ids=(f"SSOT101-{number:04}", "SSOT101-beef"),
        resolves=(("SSOT101", "Name"),),
        keep=None,
        delete=(),
        importers=(),
        files=1_200,
        points=points,
        after=after,
    )


def test_first_priority_is_open_and_the_others_are_to_be_opened() -> None:
    plan = Plan((step(1, 1), step(2, 1, points=0.01), step(3, 2, after=(1, 2))), 93.66, 100.0)
    assert list(plan_section(plan)) == [
        "## Plan",
        "Score 93.7 now, 100.0 after 3 steps. A step is worth its points once those above it are done. "
        "The worst come first, what is only in tests last.",
        "### Priority 1: 2 steps, 0.5 points",
        "| Step | What to do | Finding | Files | Points | Fix |\n"
        "| ---: | --- | --- | ---: | ---: | --- |\n"
        r"| 1 | Mend `name_1` of part\_1 | `SSOT101-0001` | 1,200 | 0.5 | by hand |"
        "\n"
        r"| 2 | Mend `name_2` of part\_2 | `SSOT101-0002` | 1,200 | \<0.1 | by hand |",
        "<details>\n<summary><b>Priority 2: 1 step, 0.5 points</b></summary>\n\n"
        "| Step | What to do | Finding | Files | Points | Fix | After |\n"
        "| ---: | --- | --- | ---: | ---: | --- | --- |\n"
        r"| 3 | Mend `name_3` of part\_3 | `SSOT101-0003` | 1,200 | 0.5 | by hand | 1, 2 |"
        "\n\n</details>",
    ]


def test_each_step_says_whether_fix_can_do_it() -> None:
    kinds = [(Safety.SAFE, ""), (Safety.UNSAFE, "`__module__` changes"), (Safety.MANUAL, "the two differ")]
    steps = [
        msgspec.structs.replace(step(at, 1), fix=safety, obstacle=why) for at, (safety, why) in enumerate(kinds, 1)
    ]
    table = list(plan_section(Plan(tuple(steps), 50.0, 100.0)))[3]
    assert [row.rpartition(" | ")[2] for row in table.splitlines()[2:]] == [
        "`ssot-lint fix --step 1` |",
        r"`ssot-lint fix --step 2 --unsafe`\: `__module__` changes |",
        "by hand: the two differ |",
    ]


def test_long_priorities_are_cut_with_a_line() -> None:
    plan = Plan(tuple(step(number, 1) for number in range(1, 41)), 50.0, 100.0)
    _, _, title, table, left_out = plan_section(plan)
    assert title == "### Priority 1: 40 steps, 20.0 points"
    assert table.count("\n") == 16
    assert left_out == "and 25 more"


def test_long_lists_of_steps_before_are_cut() -> None:
    plan = Plan((step(20, 1, after=tuple(range(1, 12))),), 50.0, 100.0)
    assert list(plan_section(plan))[-1].endswith("| 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... |")


def test_gain_too_small_to_show_stays_text() -> None:
    plan = Plan((step(1, 1, points=0.01), step(2, 3, points=0.01)), 99.9, 100.0)
    blocks = list(plan_section(plan))
    assert blocks[2] == r"### Priority 1: 1 step, \<0.1 points"
    assert "<b>Priority 3: 1 step, &lt;0.1 points</b>" in blocks[4]


def test_no_plan_is_no_section(sample: Report) -> None:
    assert list(plan_section(sample.plan)) == []
    assert list(plan_section(Plan((), 100.0, 100.0))) == []


def test_step_without_ids_names_no_finding() -> None:
    nameless = msgspec.structs.replace(step(1, 1), ids=())
    assert r"of part\_1 |  | 1,200 |" in list(plan_section(Plan((nameless,), 1.0, 2.0)))[3]
