"""What holds for any baseline and any change of the code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.baseline.edit import pruned, updated
from ssot_lint.baseline.entry import Baseline, BaselineEntry, entries_of, fresh, union
from ssot_lint.baseline.matching import match
from ssot_lint.baseline.present import NOTHING_KNOWN, Present
from ssot_lint.baseline.reference import Reference
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.report import JudgedFinding, JudgedSite, RuleInfo, Status

pytestmark = pytest.mark.slow

PATHS = ["app/a.py", "app/b.py", "lib/c.py", "lib/d.py"]
MODULES = {path: path.removesuffix(".py").replace("/", ".") for path in PATHS}


class Violation(msgspec.Struct, frozen=True):
    """A violation in a made-up project; ``owner`` is the path of the module its subject is defined in, if any."""

    rule: str
    name: str
    owner: str | None
    path: str
    qualname: str
    body: str


def violations(bodies: st.SearchStrategy[str]) -> st.SearchStrategy[list[Violation]]:
    one = st.builds(
        Violation,
        rule=st.sampled_from(["TEST101", "TEST102"]),
        name=st.sampled_from(["Order", "Invoice"]),
        owner=st.sampled_from([None, *PATHS]),
        path=st.sampled_from(PATHS),
        qualname=st.sampled_from(["Order", "run", "Shop.run"]),
        body=bodies,
    )
    return st.lists(one, max_size=12)


some_violations = violations(st.sampled_from(["", "aa", "bb", "cc"]))
with_bodies = violations(st.sampled_from(["aa", "bb", "cc"]))
moves = st.sets(st.sampled_from(PATHS)).map(lambda paths: {path: f"moved/{path}" for path in paths})
seeds = st.integers(0, 1_000)


def module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def findings(given_violations: Sequence[Violation], seed: int = 0) -> list[Finding]:
    """The violations as findings, at lines and in an order that depend on ``seed``."""
    random = Random(seed)  # noqa: S311 - an order, not a secret
    by_subject: dict[tuple[str, str], list[Site]] = {}
    for each in random.sample(given_violations, len(given_violations)):
        subject = f"{module(each.owner)}:{each.name}" if each.owner else each.name
        place = Location(each.path, random.randint(1, 500))
        site = Site(place, module(each.path), f"{module(each.path)}:{each.qualname}", str(seed), each.body)
        by_subject.setdefault((each.rule, subject), []).append(site)
    found = [
        Finding(rule, subject, "", "", None, tuple(sorted(sites, key=lambda site: site.location)), {})
        for (rule, subject), sites in by_subject.items()
    ]
    return random.sample(found, len(found))


def entries(given_violations: Sequence[Violation], seed: int = 0) -> list[BaselineEntry]:
    return [entry for group in entries_of(findings(given_violations, seed)) for entry in group]


def moved(given_violations: Sequence[Violation], files: Mapping[str, str]) -> list[Violation]:
    return [
        msgspec.structs.replace(
            each, path=files.get(each.path, each.path), owner=each.owner and files.get(each.owner, each.owner)
        )
        for each in given_violations
    ]


def counts(
    old: Sequence[BaselineEntry],
    new: Sequence[BaselineEntry],
    renames: Mapping[str, str] | None = None,
    present: Present = NOTHING_KNOWN,
) -> tuple[int, int]:
    """How many are new, and how many are gone."""
    found = match(new, union(old), renames or {}, present)
    return sum(each.entry is None for each in found.matches), len(found.stale)


@given(some_violations, seeds)
def test_moved_lines_and_another_order_are_nothing_new(project: list[Violation], seed: int) -> None:
    assert counts(entries(project), entries(project, seed)) == (0, 0)


@given(some_violations, seeds)
def test_edited_bodies_are_nothing_new(project: list[Violation], seed: int) -> None:
    edited = [msgspec.structs.replace(each, body=f"{at:02x}") for at, each in enumerate(project)]
    assert counts(entries(project), entries(edited, seed)) == (0, 0)


@given(with_bodies, moves, seeds)
def test_moved_files_are_nothing_new(project: list[Violation], files: dict[str, str], seed: int) -> None:
    assert counts(entries(project), entries(moved(project, files), seed)) == (0, 0)


@given(some_violations, moves, seeds, st.sets(st.integers(0, 11)))
def test_renamed_files_are_nothing_new_even_if_edited(
    project: list[Violation], files: dict[str, str], seed: int, edits: set[int]
) -> None:
    edited = [
        msgspec.structs.replace(each, body=f"new {at}") if at in edits else each
        for at, each in enumerate(moved(project, files))
    ]
    assert counts(entries(project), entries(edited, seed), files) == (0, 0)


@given(with_bodies, st.lists(moves, max_size=4))
def test_a_sequence_of_moves_is_nothing_new_if_the_baseline_follows(
    project: list[Violation], steps: list[dict[str, str]]
) -> None:
    baseline = entries(project)
    for files in steps:
        project = moved(project, files)
        assert counts(baseline, entries(project)) == (0, 0)
        baseline = entries(project)


CLASSES = {"Order": "Purchase", "Invoice": "Bill", "Shop": "Store"}
class_renames = st.sets(st.sampled_from(sorted(CLASSES))).map(lambda names: {name: CLASSES[name] for name in names})


def renamed(given_violations: Sequence[Violation], names: Mapping[str, str]) -> list[Violation]:
    """The violations after classes have got other names, wherever these stand."""
    return [
        msgspec.structs.replace(
            each,
            name=names.get(each.name, each.name),
            qualname=".".join(names.get(part, part) for part in each.qualname.split(".")),
        )
        for each in given_violations
    ]


def after(names: Mapping[str, str]) -> Present:
    """What a scan knows of the code when classes have been renamed."""
    return Present(has_name=lambda name: name not in names, has_class=lambda name: name in names.values())


@given(with_bodies, class_renames, seeds)
def test_renamed_classes_are_nothing_new(project: list[Violation], names: dict[str, str], seed: int) -> None:
    assert counts(entries(project), entries(renamed(project, names), seed), present=after(names)) == (0, 0)


@given(with_bodies, class_renames, moves, seeds)
def test_renamed_classes_in_renamed_files_are_nothing_new(
    project: list[Violation], names: dict[str, str], files: dict[str, str], seed: int
) -> None:
    new = entries(renamed(moved(project, files), names), seed)
    assert counts(entries(project), new, files, after(names)) == (0, 0)


@given(some_violations, class_renames, st.sets(st.integers(0, 11)), seeds)
def test_renamed_classes_are_nothing_new_where_code_that_names_them_differs(
    project: list[Violation], names: dict[str, str], edits: set[int], seed: int
) -> None:
    """Where something but the names of the classes is left to go by: an edited one has no twin of the same code, which
    could as well be the other one."""
    told = [each for each in project if each.qualname.partition(".")[0] not in names or "." in each.qualname]
    twins = Counter((each.rule, each.name, each.body) for each in told)
    alone = [twins[each.rule, each.name, each.body] == 1 for each in told]
    new = [
        msgspec.structs.replace(each, body=f"new {at}") if at in edits and alone[at] else each
        for at, each in enumerate(renamed(told, names))
    ]
    assert counts(entries(told), entries(new, seed), present=after(names)) == (0, 0)


@given(some_violations, st.sampled_from(["", "aa", "bb"]), class_renames, seeds)
def test_a_package_that_moves_takes_its_entries_along_without_git(
    project: list[Violation], body: str, names: dict[str, str], seed: int
) -> None:
    everywhere = {path: f"moved/{path}" for path in PATHS}
    same = [msgspec.structs.replace(each, body=body) for each in project]
    present = Present(has_file=lambda path: path.startswith("moved/"))
    assert counts(entries(same), entries(moved(same, everywhere), seed), present=present) == (0, 0)


@given(with_bodies, class_renames, st.lists(st.sampled_from(PATHS), max_size=4, unique=True), seeds)
def test_another_class_beside_renamed_ones_is_new(
    project: list[Violation], names: dict[str, str], paths: list[str], seed: int
) -> None:
    others = [Violation("TEST101", "Receipt", None, path, "Receipt", f"other {at}") for at, path in enumerate(paths)]
    present = Present(has_name=lambda name: name not in names, has_class=lambda name: name not in CLASSES)
    new = entries([*renamed(project, names), *others], seed)
    assert counts(entries(project), new, present=present) == (len(others), 0)


@given(with_bodies, st.lists(st.sampled_from(PATHS), max_size=4, unique=True), seeds)
def test_another_class_in_the_place_of_one_that_was_deleted_is_new(
    project: list[Violation], paths: list[str], seed: int
) -> None:
    rest = [each for each in project if "Order" not in (each.name, each.qualname)]
    others = [Violation("TEST101", "Receipt", None, path, "Receipt", f"other {at}") for at, path in enumerate(paths)]
    present = Present(has_name=lambda name: name != "Order", has_class=lambda name: name != "Order")
    found = counts(entries(project), entries([*rest, *others], seed), present=present)
    assert found == (len(others), len(project) - len(rest))


@given(some_violations, st.sets(st.sampled_from(PATHS)), st.integers(1, 5), seeds)
def test_entries_that_were_not_scanned_pay_for_nothing(
    project: list[Violation], unseen: set[str], added: int, seed: int
) -> None:
    seen = [each for each in project if each.path not in unseen]
    others = [
        msgspec.structs.replace(each, path=f"other/{at}/{each.path}")
        for at, each in enumerate([each for each in project if each.path in unseen][:added])
    ]
    present = Present(is_unseen=lambda path: path in unseen)
    stale = len(project) - len(seen)
    assert counts(entries(project), entries([*seen, *others], seed), present=present) == (len(others), stale)


@given(some_violations, some_violations, seeds)
def test_each_added_violation_is_new(project: list[Violation], added: list[Violation], seed: int) -> None:
    assert counts(entries(project), entries([*project, *added], seed)) == (len(added), 0)


@given(some_violations, st.sets(st.integers(0, 11)), seeds)
def test_each_fixed_violation_is_gone(project: list[Violation], fixes: set[int], seed: int) -> None:
    rest = [each for at, each in enumerate(project) if at not in fixes]
    assert counts(entries(project), entries(rest, seed)) == (0, len(project) - len(rest))


@given(some_violations, st.sets(st.integers(0, 11)), st.integers(0, 5), seeds)
def test_a_swap_is_new(project: list[Violation], fixes: set[int], added: int, seed: int) -> None:
    rest = [each for at, each in enumerate(project) if at not in fixes]
    others = [Violation("TEST101", "Order", None, f"other/{at}.py", "Order", f"other {at}") for at in range(added)]
    assert counts(entries(project), entries([*rest, *others], seed)) == (added, len(project) - len(rest))


@given(some_violations, some_violations, moves)
def test_every_entry_is_used_once(old: list[Violation], new: list[Violation], files: dict[str, str]) -> None:
    baseline = union(entries(old))
    found = match(entries(new), baseline, files)
    used = [each.entry for each in found.matches if each.entry is not None]
    assert Counter([*used, *found.stale]) == Counter(baseline.entries)


RULES = {
    code: RuleInfo(code, code.lower(), "tests", severity, "", "")
    for code, severity in (("TEST101", Severity.HIGH), ("TEST102", Severity.INFO))
}


def judged(project: Sequence[Violation], suppressed: int = 0) -> list[JudgedFinding]:
    """The violations judged: those of TEST102 are an inventory, every ``suppressed``-th site is silenced."""
    found = []
    for finding in findings(project):
        sites = tuple(
            JudgedSite(site, Status.SUPPRESSED if suppressed and at % suppressed == 0 else Status.NEW, "", "")
            for at, site in enumerate(finding.sites)
        )
        found.append(JudgedFinding(finding, RULES[finding.code], RULES[finding.code].severity, sites))
    return found


def reference(baseline: Baseline) -> Reference:
    return Reference(baseline=baseline, against="", today=date(2025, 1, 1))


@given(some_violations, some_violations, st.integers(0, 3), st.integers(0, 3))
def test_an_updated_and_pruned_baseline_is_a_fresh_one(
    old: list[Violation], new: list[Violation], was_suppressed: int, is_suppressed: int
) -> None:
    baseline, now = fresh(judged(old, was_suppressed)), judged(new, is_suppressed)
    update = updated(reference(baseline), now)
    assert pruned(reference(update), now) == fresh(now)
    assert updated(reference(update), now) == update


@given(some_violations, some_violations)
def test_a_pruned_baseline_knows_what_it_knew_of_today(old: list[Violation], new: list[Violation]) -> None:
    baseline, now = fresh(judged(old)), judged(new)
    rest = pruned(reference(baseline), now)
    assert set(rest.entries) <= set(updated(reference(baseline), now).entries)
    all_now = [entry for group in entries_of([each.finding for each in now]) for entry in group]
    assert match(all_now, rest, {}).stale == ()
