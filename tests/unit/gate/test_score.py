from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.gate.score import (
    SCORE_VERSION,
    Tally,
    Violation,
    compute_score,
    judged_paths,
    rounded_score,
    score_component,
)
from ssot_lint.model.finding import Severity

PRODUCTION = [f"app/{name}.py" for name in "abcdef"]
ELSEWHERE = ["tests/test_a.py", "scripts/run.py"]

violation = st.builds(
    Violation,
    code=st.sampled_from(["SSOT101", "SSOT201", "SSOT301", "SSOT405"]),
    severity=st.sampled_from(Severity),
    path=st.sampled_from(PRODUCTION + ELSEWHERE),
)
violations = st.lists(violation, max_size=40)
modules = st.integers(0, 40).map(lambda count: [*PRODUCTION, *(f"app/clean_{at}.py" for at in range(count))])


def high(path: str, code: str = "SSOT101") -> Violation:
    return Violation(code, Severity.HIGH, path)


def test_no_violation_scores_100() -> None:
    score = compute_score([], PRODUCTION)
    assert (score.value, score.clean_modules, score.modules, score.points_lost) == (100.0, 6, 6, {})
    assert score.version == SCORE_VERSION == 1


def test_an_unread_file_is_not_judged_unless_it_is_held_against_the_score() -> None:
    unread = {"app/b.py", "app/c.py", "tests/test_a.py"}
    assert judged_paths(PRODUCTION, unread, [high("app/b.py")]) == {*PRODUCTION} - {"app/c.py"}
    assert judged_paths(PRODUCTION, unread, [Violation("SSOT001", Severity.INFO, "app/b.py")]) == {*PRODUCTION} - unread


def test_empty_project_scores_100() -> None:
    assert compute_score([], []).value == 100.0


def test_formula_on_two_rules() -> None:
    score = compute_score([high("app/a.py"), Violation("SSOT301", Severity.LOW, "app/a.py")], PRODUCTION)
    shares = 0.4 / 2.6, 0.1 / 1.4  # five modules are clean, so x is 2/5 and 0.5/5
    assert score.clean_modules == 5
    assert score.value == pytest.approx(100 / (1 + sum(shares)))
    lost = 100 - score.value
    assert score.points_lost == pytest.approx(
        {"SSOT101": lost * shares[0] / sum(shares), "SSOT301": lost * shares[1] / sum(shares)}
    )


@pytest.mark.parametrize(
    ("severity", "weight"),
    [(Severity.CRITICAL, 4.0), (Severity.HIGH, 2.0), (Severity.MEDIUM, 1.0), (Severity.LOW, 0.5)],
)
def test_severity_weighs(severity: Severity, weight: float) -> None:
    x = weight / 5
    score = compute_score([Violation("SSOT101", severity, "app/a.py")], PRODUCTION)
    assert score.value == pytest.approx(100 / (1 + x / (1 + 4 * x)))


def test_info_neither_costs_points_nor_makes_a_module_unclean() -> None:
    score = compute_score([Violation("SSOT401", Severity.INFO, "app/a.py")], PRODUCTION)
    assert (score.value, score.clean_modules, score.points_lost) == (100.0, 6, {})


def test_violation_outside_production_costs_points_and_leaves_the_clean_modules() -> None:
    score = compute_score([high("tests/test_a.py")], PRODUCTION)
    assert score.clean_modules == 6
    assert score.value == pytest.approx(100 / (1 + 2 / (6 + 8)))


def test_without_clean_modules_every_violated_rule_counts_a_quarter() -> None:
    score = compute_score([high("app/a.py"), high("app/a.py", "SSOT405")], ["app/a.py"])
    assert score.clean_modules == 0
    assert score.value == 100 / 1.5
    assert score.points_lost == pytest.approx({"SSOT101": 50 / 3, "SSOT405": 50 / 3})


@given(violations, modules)
def test_points_lost_add_up(found: list[Violation], paths: list[str]) -> None:
    score = compute_score(found, paths)
    assert sum(score.points_lost.values()) == pytest.approx(100 - score.value)
    assert set(score.points_lost) == {one.code for one in found if one.is_scored}


@given(st.lists(violation, max_size=400), modules)
def test_one_rule_costs_at_most_20_points(found: list[Violation], paths: list[str]) -> None:
    score = compute_score(found, paths)
    assert 0 < score.value <= 100
    assert all(0 < points <= 20 + 1e-9 for points in score.points_lost.values())


@given(violations, modules, st.randoms(use_true_random=False))
def test_order_does_not_matter(found: list[Violation], paths: list[str], random: Random) -> None:
    shuffled = random.sample(found, len(found))
    assert compute_score(shuffled, random.sample(paths, len(paths))) == compute_score(found, paths)


@given(violations, modules, st.integers(1, 7))
def test_copies_of_everything_score_the_same(found: list[Violation], paths: list[str], copies: int) -> None:
    many = [one._replace(path=f"{copy}/{one.path}") for copy in range(copies) for one in found]
    score = compute_score(many, [f"{copy}/{path}" for copy in range(copies) for path in paths])
    assert score.value == compute_score(found, paths).value


@given(st.lists(violation, min_size=1, max_size=40), modules, st.data())
def test_fixing_one_violation_raises_the_score(found: list[Violation], paths: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(found) - 1))
    before = compute_score(found, paths)
    after = compute_score(found[:at] + found[at + 1 :], paths)
    assert after.value >= before.value
    if found[at].is_scored and (after.clean_modules or found[at].code not in after.points_lost):
        assert after.value > before.value


@given(st.lists(violation, min_size=1, max_size=40), modules, st.data())
def test_deleting_a_violating_file_raises_the_score(
    found: list[Violation], paths: list[str], data: st.DataObject
) -> None:
    scored = [one for one in found if one.is_scored]
    if not scored:
        return
    path = data.draw(st.sampled_from(sorted({one.path for one in scored})))
    left = [one for one in found if one.path != path]
    before = compute_score(found, paths)
    after = compute_score(left, [one for one in paths if one != path])
    assert after.value >= before.value
    fixed_codes = {one.code for one in scored if one.path == path}
    if after.clean_modules or not fixed_codes <= set(after.points_lost):
        assert after.value > before.value


def test_without_clean_modules_a_fix_that_leaves_the_rule_violated_changes_nothing() -> None:
    """The one corner where a fix does not raise the score: H = 0 before and after."""
    before = compute_score([high("app/a.py"), high("app/a.py")], ["app/a.py"])
    after = compute_score([high("app/a.py")], ["app/a.py"])
    assert before.value == after.value == 80.0


def test_deleting_a_clean_home_can_lower_the_score() -> None:
    """Of 11 copies the clean one is deleted, not one of the 10 violating ones: H shrinks faster than P."""
    copies = [high(f"app/copy_{at}.py") for at in range(10)]
    others = [high(f"app/copy_{at}.py", "SSOT405") for at in range(10)]
    paths = ["app/home.py", "app/other.py", *(f"app/copy_{at}.py" for at in range(10))]
    before = compute_score(copies + others, paths)
    # copy_0 becomes the home and stays unclean because of SSOT405.
    after = compute_score(copies[1:] + others, [path for path in paths if path != "app/home.py"])
    assert (before.clean_modules, after.clean_modules) == (2, 1)
    assert after.value < before.value


@given(violations, violations, modules)
def test_a_tally_forgets_what_is_removed(kept: list[Violation], removed: list[Violation], paths: list[str]) -> None:
    tally = Tally(removed, paths)
    tally.add(kept)
    tally.remove(removed)
    score = compute_score(kept, paths)
    assert (tally.value, tally.clean, tally.modules) == (score.value, score.clean_modules, score.modules)


def test_component_is_scored_over_its_own_files() -> None:
    found = [high("ws/a.py"), high("app/b.py"), Violation("SSOT401", Severity.INFO, "ws/b.py")]
    result = score_component(
        "websocket", ["ws/a.py", "ws/b.py", "tests/ws.py"], found, ["ws/a.py", "ws/b.py", "app/b.py"]
    )
    assert (result.name, result.violations) == ("websocket", 1)
    assert result.score == compute_score([high("ws/a.py")], ["ws/a.py", "ws/b.py"]).value


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(100.0, 1, 100.0), (99.97, 1, 99.9), (99.999, 2, 99.99), (87.46, 1, 87.5), (99.94, 1, 99.9), (6.7, 1, 6.7)],
)
def test_only_a_perfect_score_is_shown_as_100(value: float, digits: int, shown: float) -> None:
    assert rounded_score(value, digits) == shown
