from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.gate.score import compute_score, violations_of
from ssot_lint.model.edits import DeleteDefinition, Fix, Safety
from ssot_lint.model.finding import Finding, Home, Json, Location, Severity, Site
from ssot_lint.model.plan import Action, Plan, Step
from ssot_lint.model.record import Suppression, SuppressionKind
from ssot_lint.model.report import JudgedFinding, JudgedSite, RuleInfo, Status
from ssot_lint.plan.planning import make_plan
from ssot_lint.testing import project_from

ORDER = "class Order:\n    def total(self):\n        return 1\n"
PROJECT = project_from(
    {
        "app/__init__.py": "",
        "app/a.py": ORDER,
        "app/b.py": ORDER,
        "app/c.py": "class Order:\n    def total(self):\n        return 2\n\n\nLegacy = Order\n",
        "app/shim.py": "from app.a import Order\n",
        "app/other.py": "from app.b import Order as Other\n\n\ndef late():\n    from app.shim import Order\n",
        "app/old/__init__.py": "from app.old.inner import Thing\n",
        "app/old/inner.py": "class Thing: ...\n\n\ndef again():\n    from app import old\n",
        "app/new.py": "class Thing: ...\n",
        "app/user.py": "from app.old import Thing\nfrom app.c import Legacy\n",
        "app/nested.py": "def outer():\n    def helper(): ...\n",
        "tests/test_b.py": "from app.b import Order\nfrom app.b import Order as Again\n",
    }
)
PATHS = [module.path for module in PROJECT.modules if module.path.startswith("app")]


def home(symbol: str, path: str, line: int = 1) -> Home:
    return Home(Location(path, line), symbol.partition(":")[0], symbol, "a reason")


def site(symbol: str, path: str, line: int = 1) -> Site:
    return Site(Location(path, line), symbol.partition(":")[0], symbol, "")


HOME = home("app.a:Order", "app/a.py")
COPY = site("app.b:Order", "app/b.py")
DRIFTED = site("app.c:Order", "app/c.py")
INSIDE = site("app.b:Order.total", "app/b.py", 2)
SHIM = site("app.shim:Order", "app/shim.py")


def judged(
    code: str,
    action: Action,
    sites: Sequence[Site],
    *,
    keep: Home | None = None,
    home_stays: bool = True,
    severity: Severity = Severity.MEDIUM,
    remedy: str = "repair it. Or not",
    evidence: dict[str, Json] | None = None,
    distinct: int = 0,
) -> JudgedFinding:
    """A finding; the first ``distinct`` of its sites are judged to be no violations."""
    comment = Suppression(SuppressionKind.DISTINCT, Location("app/a.py", 1), "app.a", (code,), "")
    rule = RuleInfo(code, code.lower(), "tests", severity, "", "", action)
    finding = Finding(code, "subject", "wrong", remedy, keep, tuple(sites), evidence or {}, home_stays=home_stays)
    standing = tuple(
        JudgedSite(each, Status.NEW, f"{code}{at}", f"{code}-{at}", comment if at < distinct else None)
        for at, each in enumerate(sites)
    )
    return JudgedFinding(finding, rule, severity, standing)


def plan_of(*findings: JudgedFinding) -> Plan:
    return make_plan(findings, PROJECT, PATHS)


def step_of(finding: JudgedFinding) -> Step:
    (step,) = plan_of(finding).steps
    return step


def test_a_merge_deletes_the_copies_and_moves_their_imports() -> None:
    finding = judged("T1", Action.MERGE, [COPY], keep=HOME)
    score = compute_score(violations_of(finding), PATHS).value
    assert plan_of(finding) == Plan(
        (
            Step(
                number=1,
                priority=1,
                action=Action.MERGE,
                title="Merge the copy of `Order` in app/b.py into app/a.py",
                code="T1",
                subject="subject",
                ids=("T1-0",),
                resolves=(("T1", "subject"),),
                keep=HOME,
                delete=(Location("app/b.py", 1, 1, 3),),
                importers=("app/other.py", "tests/test_b.py"),
                files=3,
                points=100 - score,
                after=(),
                obstacle="it takes a decision",
            ),
        ),
        score,
        100.0,
    )


def test_a_merge_changes_the_home_if_a_copy_has_another_body() -> None:
    step = step_of(judged("T1", Action.MERGE, [COPY, DRIFTED], keep=HOME))
    assert (step.title, step.files) == ("Merge 2 copies of `Order` into app/a.py", 6)
    assert step.importers == ("app/other.py", "app/user.py", "tests/test_b.py")


def test_a_merge_changes_a_home_that_nobody_can_import() -> None:
    nested = home("app.nested:outer.helper", "app/nested.py", 2)
    step = step_of(judged("T1", Action.MERGE, [site("app.c:Order.total", "app/c.py", 2)], keep=nested))
    assert (step.title, step.files) == ("Merge `Order.total` into `outer.helper` of app/nested.py", 2)


def test_callers_that_have_to_follow_an_edit_are_counted() -> None:
    plain = judged("T4", Action.EDIT, [COPY])
    finding = msgspec.structs.replace(plain.finding, also_changes=("app/other.py", "app/user.py"))
    assert step_of(msgspec.structs.replace(plain, finding=finding)).files == 3


def test_a_site_that_is_no_definition_is_not_deleted() -> None:
    call = site("app.c", "app/c.py", 6)
    step = step_of(judged("T1", Action.MERGE, [COPY, call], keep=HOME))
    assert [location.path for location in step.delete] == ["app/b.py"]
    assert step.importers == ("app/other.py", "tests/test_b.py")
    assert step_of(judged("T1", Action.MERGE, [call], keep=HOME)).title == "Repair it"


def test_imports_move_to_the_home_and_the_file_between_stays_as_it_is() -> None:
    step = step_of(judged("T3", Action.MOVE_IMPORTS, [SHIM], keep=HOME))
    assert step.title == "Import `Order` from `app.a` in 1 file"
    assert (step.keep, step.delete, step.importers, step.files) == (HOME, (), ("app/other.py",), 1)


def test_the_evidence_may_say_which_import_to_write() -> None:
    evidence: dict[str, Json] = {"import": "from app import Order"}
    step = step_of(judged("T3", Action.MOVE_IMPORTS, [SHIM], keep=HOME, evidence=evidence))
    assert step.title == "Write `from app import Order` in 1 file"


def test_an_alias_goes_when_its_importers_have_moved() -> None:
    alias = site("app.c:Legacy", "app/c.py", 6)
    step = step_of(judged("T3", Action.MOVE_IMPORTS, [alias], keep=home("app.c:Order", "app/c.py")))
    assert step.title == "Import `Order` from `app.c` in 1 file and delete `app.c:Legacy`"
    assert (step.importers, step.files) == (("app/user.py",), 2)


def test_a_whole_module_is_left_by_its_importers_but_not_by_its_own_package() -> None:
    old = site("app.old", "app/old/__init__.py")
    step = step_of(judged("T3", Action.MOVE_IMPORTS, [old], keep=home("app.new", "app/new.py")))
    assert step.title == "Import from `app.new` instead of `app.old` in 1 file"
    assert (step.importers, step.files) == (("app/user.py",), 2)


@pytest.mark.parametrize("keep", [None, home("app.new:Thing", "app/new.py")])
def test_where_the_home_is_not_what_importers_need_the_remedy_says_what_to_do(keep: Home | None) -> None:
    step = step_of(judged("T3", Action.MOVE_IMPORTS, [SHIM], keep=keep, remedy="leave `x` to y; rename z"))
    assert (step.title, step.importers, step.files) == ("Leave `x` to y", ("app/other.py",), 2)


def test_an_edit_touches_its_sites_only() -> None:
    step = step_of(judged("T4", Action.EDIT, [COPY, INSIDE], keep=HOME, remedy=""))
    assert (step.title, step.keep, step.importers, step.files) == ("Wrong", None, (), 1)


def test_a_site_outside_of_the_code_is_edited() -> None:
    entry = site("pyproject.toml", "pyproject.toml", 3)
    assert step_of(judged("T4", Action.MERGE, [entry])).files == 1


def test_what_is_judged_distinct_is_left_alone() -> None:
    step = step_of(judged("T1", Action.MERGE, [COPY, DRIFTED], keep=HOME, distinct=1))
    assert (step.ids, [location.path for location in step.delete]) == (("T1-1",), ["app/c.py"])
    assert plan_of(judged("T1", Action.MERGE, [COPY], keep=HOME, distinct=1)) == Plan((), 100.0, 100.0)


def test_an_inventory_is_no_work() -> None:
    assert plan_of(judged("T1", Action.MERGE, [COPY], keep=HOME, severity=Severity.INFO)).steps == ()


def test_merges_between_the_same_two_files_are_one_step() -> None:
    project = project_from(
        {
            "app/a.py": "def one(): ...\ndef two(): ...\n",
            "app/b.py": "def one(): ...\ndef two(): ...\n",
            "app/user.py": "from app.b import two\n",
        }
    )
    pairs = [(site(f"app.b:{name}", "app/b.py", line), name, line) for line, name in enumerate(("one", "two"), 1)]
    findings = [
        judged(f"T{line}", Action.MERGE, [copy], keep=home(f"app.a:{name}", "app/a.py", line))
        for copy, name, line in pairs
    ]
    (step,) = make_plan(findings, project, ["app/a.py", "app/b.py"]).steps
    assert step.title == "Merge `one`, `two` of app/b.py into app/a.py"
    assert (step.ids, step.resolves) == (("T1-0", "T2-0"), (("T1", "subject"), ("T2", "subject")))
    assert (step.importers, step.files) == (("app/user.py",), 2)
    apart = [findings[0], judged("T2", Action.MERGE, [pairs[1][0]], keep=home("app.c:two", "app/c.py"))]
    assert len(make_plan(apart, project, ["app/b.py"]).steps) == 2


CLASSES = project_from(
    {
        "app/base.py": "class Base: ...\n",
        "app/a.py": "class A:\n    def run(self): ...\n    def stop(self): ...\n",
        "app/b.py": "class B:\n    def run(self): ...\n    def stop(self): ...\n",
        "app/user.py": "from app.a import A\n",
    }
)
RUN = site("app.b:B.run", "app/b.py", 2)
STOP = site("app.b:B.stop", "app/b.py", 3)


def test_what_methods_have_in_common_is_not_merged_into_one_of_them() -> None:
    findings = [
        judged("T1", Action.MERGE, [RUN], keep=home("app.a:A.run", "app/a.py", 2), home_stays=False),
        judged("T2", Action.MERGE, [STOP], keep=home("app.a:A.stop", "app/a.py", 3), home_stays=False),
    ]
    (step,) = make_plan(findings[:1], CLASSES, ["app/b.py"]).steps
    assert (step.title, step.keep, step.files) == ("Bring together `run` of `A`, `B` in one place", None, 3)
    assert [place.path for place in step.delete] == ["app/a.py", "app/b.py"]
    (step,) = make_plan(findings, CLASSES, ["app/b.py"]).steps
    assert (step.title, step.files) == ("Bring together `run`, `stop` of `A`, `B` in one place", 3)


def test_an_ancestor_takes_the_methods_of_its_heirs() -> None:
    base = home("app.base:Base", "app/base.py")
    own = site("app.a:A.run", "app/a.py", 2)
    findings = [judged("T1", Action.MERGE, [own, RUN], keep=base)]
    (step,) = make_plan(findings, CLASSES, ["app/b.py"]).steps
    assert (step.title, step.files) == ("Move `run` of `A`, `B` to `Base` of app/base.py", 3)
    findings.append(judged("T2", Action.MERGE, [site("app.a:A.stop", "app/a.py", 3), STOP], keep=base))
    (step,) = make_plan(findings, CLASSES, ["app/b.py"]).steps
    assert (step.title, step.files) == ("Move `run`, `stop` of `A`, `B` to `Base` of app/base.py", 3)


def test_methods_go_to_the_class_that_has_them_already() -> None:
    findings = [
        judged("T1", Action.MERGE, [RUN], keep=home("app.a:A.run", "app/a.py", 2)),
        judged("T2", Action.MERGE, [STOP], keep=home("app.a:A.stop", "app/a.py", 3)),
    ]
    (step,) = make_plan(findings, CLASSES, ["app/b.py"]).steps
    assert step.title == "Merge `run`, `stop` of `B` into `A` of app/a.py"


def test_what_moves_to_a_place_of_its_own_takes_all_importers_along() -> None:
    remedy = "Move `Order` to a module that all can import (a new one in `app`, say) and import it. What differs stays"
    finding = judged("T1", Action.MERGE, [COPY], keep=HOME, home_stays=False, remedy=remedy)
    step = step_of(finding)
    assert step.title == "Move `Order` to a module that all can import (a new one in `app`, say) and import it"
    assert step.importers == ("app/other.py", "app/shim.py", "tests/test_b.py")
    assert step.files == 6  # the importers, both places, and the new module


def test_a_fix_that_only_merges_says_that_nothing_moves() -> None:
    edit = DeleteDefinition("app/b.py", 1, "Order", "app.a", "Order", "app/a.py")
    copy = msgspec.structs.replace(COPY, fix=Fix(Safety.UNSAFE, (edit,), "its type changes"))
    step = step_of(judged("T1", Action.MERGE, [copy], keep=HOME, home_stays=False))
    assert step.obstacle == "it stays in app/a.py, from where the others take it; its type changes"
    assert step_of(judged("T1", Action.MERGE, [copy], keep=HOME)).obstacle == "its type changes"


def test_imports_leave_one_detour_in_one_step() -> None:
    def through(code: str, name: str, *paths: str) -> JudgedFinding:
        rows: list[Json] = [{"old": "app.shim"}]
        sites = [site(path, path, 1) for path in paths]
        evidence: dict[str, Json] = {"import": f"from app.a import {name}", "rewrites": rows}
        return judged(code, Action.REWRITE_IMPORTS, sites, keep=HOME, evidence=evidence)

    (step,) = plan_of(through("T3", "Order", "app/b.py", "app/c.py"), through("T3", "Other", "app/b.py")).steps
    assert step.title == "Import `subject` from where they are defined, not through `app.shim` (2 files)"
    assert (step.files, len(step.ids)) == (2, 3)
    assert len(plan_of(through("T3", "Order", "app/b.py"), through("T4", "Other", "app/b.py")).steps) == 2


def test_tests_come_last_and_the_worst_first() -> None:
    plan = plan_of(
        judged("T1", Action.EDIT, [site("tests.test_b", "tests/test_b.py")], severity=Severity.CRITICAL),
        judged("T2", Action.EDIT, [SHIM], severity=Severity.MEDIUM),
        judged("T3", Action.EDIT, [COPY, DRIFTED], severity=Severity.HIGH),
    )
    assert [step.code for step in plan.steps] == ["T3", "T2", "T1"]


def test_most_points_per_file_come_first() -> None:
    plan = plan_of(
        judged("T1", Action.EDIT, [SHIM]),
        judged("T2", Action.EDIT, [COPY, DRIFTED], severity=Severity.HIGH),
        judged("T3", Action.EDIT, [COPY]),
        judged("T4", Action.EDIT, [SHIM], severity=Severity.CRITICAL),
    )
    assert [step.code for step in plan.steps] == ["T4", "T2", "T1", "T3"]


def test_priorities_end_at_half_and_at_80_percent() -> None:
    plan = plan_of(*(judged(f"T{at}", Action.EDIT, [COPY]) for at in range(10)))
    assert [step.priority for step in plan.steps] == [1] * 5 + [2] * 3 + [3] * 2


def test_steps_without_worth_are_of_the_first_priority() -> None:
    twice = [COPY, COPY]
    plan = make_plan([judged("T1", Action.EDIT, twice), judged("T1", Action.EDIT, twice)], PROJECT, ["app/b.py"])
    assert [(step.priority, step.points) for step in plan.steps] == [(1, 0.0), (1, 20.0)]


def test_imports_move_after_the_merge_into_their_home() -> None:
    merge = judged("T1", Action.MERGE, [COPY, DRIFTED], keep=HOME, severity=Severity.LOW)
    move = judged("T2", Action.MOVE_IMPORTS, [SHIM], keep=HOME, severity=Severity.CRITICAL)
    edit = judged("T3", Action.EDIT, [SHIM], keep=HOME, severity=Severity.CRITICAL)
    assert [(step.code, step.after) for step in plan_of(move, merge, edit).steps] == [
        ("T3", ()),
        ("T1", ()),
        ("T2", (2,)),
    ]


def test_nothing_is_changed_in_code_that_a_merge_deletes() -> None:
    merge = judged("T1", Action.MERGE, [COPY], keep=HOME, severity=Severity.LOW)
    inside = judged("T2", Action.EDIT, [INSIDE, SHIM], severity=Severity.CRITICAL)
    at_home = judged("T3", Action.EDIT, [SHIM], keep=home("app.b:Order", "app/b.py"), severity=Severity.CRITICAL)
    elsewhere = judged("T4", Action.EDIT, [site("app.b:Ordering", "app/b.py", 9)], severity=Severity.CRITICAL)
    assert [(step.code, step.after) for step in plan_of(inside, merge, at_home, elsewhere).steps] == [
        ("T4", ()),
        ("T1", ()),
        ("T3", (2,)),
        ("T2", (2,)),
    ]


def test_what_lies_in_deleted_code_goes_with_the_merge() -> None:
    merge = judged("T1", Action.MERGE, [COPY], keep=HOME)
    method = judged("T2", Action.EDIT, [INSIDE], severity=Severity.LOW)
    both = judged("T3", Action.EDIT, [INSIDE, SHIM], severity=Severity.LOW)
    first, second = plan_of(merge, method, both).steps
    assert (first.code, first.ids) == ("T1", ("T1-0", "T2-0", "T3-0"))
    assert (second.code, second.ids, second.files, second.after) == ("T3", ("T3-1",), 1, (1,))
    rest = compute_score(violations_of(both)[1:], PATHS).value
    assert second.points == pytest.approx(100 - rest)


def test_of_two_merges_the_second_has_what_the_first_leaves() -> None:
    both = judged("T1", Action.MERGE, [COPY, DRIFTED], keep=HOME)
    one = judged("T2", Action.MERGE, [COPY], keep=HOME, severity=Severity.CRITICAL)
    first, second = plan_of(both, one).steps
    assert (first.code, first.ids, first.after) == ("T2", ("T2-0", "T1-0"), ())
    assert (second.title, second.ids, second.after) == (
        "Merge the copy of `Order` in app/c.py into app/a.py",
        ("T1-1",),
        (),
    )
    assert [step.code for step in plan_of(one, one).steps] == ["T2"]


def test_of_two_merges_that_delete_each_others_home_the_better_one_goes_first() -> None:
    away = judged("T1", Action.MERGE, [COPY], keep=HOME)
    back = judged(
        "T2",
        Action.MERGE,
        [site("app.a:Order", "app/a.py")],
        keep=home("app.b:Order", "app/b.py"),
        severity=Severity.CRITICAL,
    )
    assert [(step.code, step.after) for step in plan_of(away, back).steps] == [("T2", ()), ("T1", (1,))]


PLACES = [
    COPY,
    DRIFTED,
    SHIM,
    site("app.a:Order", "app/a.py"),
    INSIDE,
    site("app.old", "app/old/__init__.py"),
    site("tests.test_b", "tests/test_b.py"),
]
HOMES = [None, HOME, home("app.b:Order", "app/b.py"), home("app.c:Order", "app/c.py"), home("app.new", "app/new.py")]
finding = st.builds(
    judged,
    st.sampled_from(["T1", "T2", "T3"]),
    st.sampled_from(Action),
    st.lists(st.sampled_from(PLACES), min_size=1, max_size=4),
    keep=st.sampled_from(HOMES),
    severity=st.sampled_from(Severity),
    distinct=st.integers(0, 2),
)


@given(st.lists(finding, max_size=12), st.lists(st.sampled_from(PATHS), unique=True))
def test_points_add_up_and_no_step_comes_before_those_it_waits_for(
    findings: list[JudgedFinding], production: list[str]
) -> None:
    plan = make_plan(findings, PROJECT, production)
    score = compute_score((each for found in findings for each in violations_of(found)), production).value
    assert (plan.score_before, plan.score_after) == (score, 100.0)
    assert sum(step.points for step in plan.steps) == pytest.approx(100 - score)
    assert all(step.points >= 0 and step.files > 0 for step in plan.steps)
    assert [step.number for step in plan.steps] == list(range(1, len(plan.steps) + 1))
    assert all(number < step.number for step in plan.steps for number in step.after)
    priorities = [step.priority for step in plan.steps]
    assert priorities == sorted(priorities)
    scored = [
        each.id for found in findings if found.severity is not Severity.INFO for each in found.sites if each.is_scored
    ]
    assert sorted(each for step in plan.steps for each in step.ids) == sorted(scored)


def test_imports_that_are_to_be_rewritten_are_all_that_is_touched() -> None:
    site = Site(Location("app/use.py", 1), "app.use", "app.use", "")
    step = step_of(judged("T3", Action.REWRITE_IMPORTS, [site], keep=HOME, evidence={"import": "from a import B"}))
    assert (step.title, step.files, list(step.importers)) == ("Write `from a import B` in 1 file", 1, ["app/use.py"])
    plain = step_of(judged("T3", Action.REWRITE_IMPORTS, [site], keep=None, remedy="move it; then rest"))
    assert plain.title == "Move it"


def test_what_nothing_uses_goes_in_the_words_of_the_remedy() -> None:
    def unused(code: str, remedy: str, place: Site = COPY) -> JudgedFinding:
        plain = judged(code, Action.MERGE, [place], keep=HOME, remedy=remedy)
        finding = msgspec.structs.replace(plain.finding, sites_unused=True)
        return msgspec.structs.replace(plain, finding=finding)

    step = step_of(unused("T1", "Delete app/c.py, unless other projects use it: no code here does.", DRIFTED))
    assert (step.title, step.files) == ("Delete app/c.py, unless other projects use it", 2)
    whole = "Keep `Order` in app/a.py. Delete app/b.py, unless other projects use it: no code here does."
    assert step_of(unused("T1", whole)).title == "Delete app/b.py, unless other projects use it"
    (step,) = plan_of(unused("T1", whole), unused("T2", whole)).steps
    assert step.title == "Delete app/b.py, unless other projects use it"
    (step,) = plan_of(unused("T1", whole), unused("T2", "Delete `Order` from app/b.py: no code here calls it.")).steps
    assert step.title == "Delete `Order` of app/b.py: nothing here uses them"
    several = (
        "Delete `Order` from app/b.py: no code here calls it. Delete `Order` from app/a.py: no code here calls it."
    )
    assert step_of(unused("T1", several)).title == "Delete `Order` of app/b.py: nothing here uses it"


def test_what_a_base_class_has_already_is_merged_into_it_not_moved_there() -> None:
    inherited = home("app.a:Order.total", "app/a.py", 2)
    own = site("app.b:Order.total", "app/b.py", 2)
    moved = step_of(judged("T1", Action.MERGE, [own], keep=HOME))
    assert moved.title == "Move `total` of `Order` to `Order` of app/a.py"
    merged = step_of(judged("T1", Action.MERGE, [msgspec.structs.replace(own, original=inherited)], keep=HOME))
    assert merged.title == "Merge `total` of `Order` into `Order` of app/a.py"
