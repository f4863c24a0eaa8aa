"""What git tells the replay of the baseline, and what the replay makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.origins import carried, places_of
from benchmarks.replay import Step, extent_table, scheme_table
from benchmarks.schemes import SCHEMES, violations
from benchmarks.snapshots import Change, Line, Snapshots
from ssot_lint.baseline.present import NOTHING_KNOWN
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.report import JudgedFinding, JudgedSite, RuleInfo, Status

RULE = RuleInfo("TEST101", "copies", "tests", Severity.HIGH, "", "")
ORDER = (
    "class Order:\n    def total_of_all_lines(self):\n        return sum(line.price_in_cents for line in self.lines)\n"
)
OTHER = "def something_else_that_is_long_enough():\n    return 'and has nothing to do with it at all'\n\n\n"


def finding(home: Location, *places: Location, subject: str = "app.models:Order") -> JudgedFinding:
    sites = [Site(place, place.path, f"{place.path}:Order", "", "aa") for place in places]
    return JudgedFinding(
        Finding("TEST101", subject, "", "", Home(home, "", "", ""), tuple(sites), {}),
        RULE,
        Severity.HIGH,
        tuple(JudgedSite(site, Status.NEW, "", "") for site in sites),
    )


def at(path: str, line: int = 1) -> Location:
    return Location(path, line, 1, line + ORDER.count("\n") - 1)


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


def change(folder: Path, old: dict[str, str], new: dict[str, str]) -> Change:
    snapshots = Snapshots(folder)
    return Change(snapshots, snapshots.check_in("one", encoded(old)), snapshots.check_in("two", encoded(new)))


def files_of(changed: Change, commit: str) -> dict[str, bytes]:
    paths = changed.snapshots.run("ls-tree", "-r", "--name-only", commit).splitlines()
    return encoded({path: changed.snapshots.run("show", f"{commit}:{path}") for path in paths})


def carried_places(changed: Change, old: JudgedFinding, new: JudgedFinding) -> list[tuple[str, str]]:
    before, after = (
        places_of([found], files_of(changed, commit)) for found, commit in ((old, changed.old), (new, changed.new))
    )
    pairs = carried(changed, before, after)
    return sorted((now.location.path, was.location.path) for now, was in pairs.items())


def test_lines_are_traced_to_the_release_before_and_through_a_move(tmp_path: Path) -> None:
    changed = change(tmp_path, {"a.py": ORDER}, {"b.py": f"{OTHER}{ORDER}"})
    assert changed.origins("b.py", [range(2, 4), range(5, 8)]) == {
        2: None,
        5: Line("a.py", 1),
        6: Line("a.py", 2),
        7: Line("a.py", 3),
    }
    assert changed.origins("b.py", []) == {}


def test_a_line_that_was_edited_replaces_the_one_that_stood_there(tmp_path: Path) -> None:
    changed = change(tmp_path, {"a.py": "x = 1\n--- y\nz = 3\n"}, {"a.py": "x = 1\ny = 4\nz = 3\n"})
    assert changed.replaced_by(Line("a.py", 2)) == [Line("a.py", 2)]
    assert changed.replaced_by(Line("a.py", 3)) == []
    assert changed.replaced_by(Line("gone.py", 1)) == []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"a.py": ORDER, "b.py": OTHER + ORDER}, [("b.py", "b.py")]),
        ({"a.py": ORDER, "c.py": OTHER + ORDER}, [("c.py", "b.py")]),
        ({"a.py": ORDER, "b.py": OTHER, "c.py": OTHER + ORDER}, [("c.py", "b.py")]),
    ],
    ids=["it stays", "its file is renamed", "it moves to a new file"],
)
def test_a_violation_is_where_its_lines_are(
    tmp_path: Path, new: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    changed = change(tmp_path, {"a.py": ORDER, "b.py": ORDER}, new)
    (path,) = (path for path in new if path != "a.py" and "Order" in new[path])
    old = finding(at("a.py"), at("b.py"))
    assert carried_places(changed, old, finding(at("a.py"), at(path, 5))) == expected


def test_copies_that_move_together_are_told_apart(tmp_path: Path) -> None:
    """git traces the lines of both to one of them."""
    before, after = (dict.fromkeys(paths, OTHER + ORDER) for paths in (("a.py", "b.py"), ("pkg/a.py", "pkg/b.py")))
    changed = change(tmp_path, before, after)
    new = finding(at("pkg/a.py", 5), at("pkg/b.py", 5))
    assert len(carried_places(changed, finding(at("a.py", 5), at("b.py", 5)), new)) == 1


def test_a_copy_of_what_still_stands_is_new(tmp_path: Path) -> None:
    changed = change(tmp_path, {"a.py": ORDER, "b.py": ORDER}, {"a.py": ORDER, "b.py": ORDER, "c.py": ORDER})
    new = finding(at("a.py"), at("b.py"), at("c.py"))
    assert carried_places(changed, finding(at("a.py"), at("b.py")), new) == [("b.py", "b.py")]


def test_another_choice_of_the_home_makes_nothing_new(tmp_path: Path) -> None:
    files = {"a.py": ORDER, "b.py": ORDER}
    changed = change(tmp_path, files, files)
    assert carried_places(changed, finding(at("a.py"), at("b.py")), finding(at("b.py"), at("a.py"))) == [
        ("a.py", "b.py")
    ]


def method(path: str) -> Location:
    return Location(path, 2, 5, 3)


def group(home: str, site: str) -> JudgedFinding:
    """A finding about a method of two classes, whose home is one of the classes."""
    original = Home(method(home), home, f"{home}:Order.total_of_all_lines", "")
    copy = Site(method(site), site, f"{site}:Order.total_of_all_lines", "", "aa", original=original)
    return JudgedFinding(
        Finding("SSOT124", "Order, Order", "", "", Home(at(home), home, f"{home}:Order", ""), (copy,), {}),
        RULE,
        Severity.HIGH,
        (JudgedSite(copy, Status.NEW, "", ""),),
    )


def test_another_class_as_the_home_of_methods_makes_nothing_new(tmp_path: Path) -> None:
    files = {"a.py": ORDER, "b.py": ORDER}
    changed = change(tmp_path, files, files)
    assert carried_places(changed, group("a.py", "b.py"), group("b.py", "a.py")) == [("a.py", "b.py")]
    assert carried_places(changed, group("a.py", "b.py"), group("a.py", "b.py")) == [("b.py", "b.py")]


def test_a_home_that_becomes_a_violation_of_a_new_copy_is_new(tmp_path: Path) -> None:
    rewritten = (
        "class Order:\n    def lines_that_nobody_has_written_before(self):\n        return 'a string of its own'\n"
    )
    changed = change(tmp_path, {"a.py": ORDER, "b.py": ORDER}, {"a.py": ORDER, "b.py": OTHER, "c.py": rewritten})
    assert carried_places(changed, finding(at("a.py"), at("b.py")), finding(at("c.py"), at("a.py"))) == []


def test_another_name_is_another_violation(tmp_path: Path) -> None:
    files = {"a.py": ORDER, "b.py": ORDER}
    new = finding(at("a.py"), at("b.py"), subject="app.models:Invoice")
    assert carried_places(change(tmp_path, files, files), finding(at("a.py"), at("b.py")), new) == []


def known(scheme: str, old: Sequence[JudgedFinding], new: Sequence[JudgedFinding]) -> list[bool]:
    return SCHEMES[scheme](old, new, {}, NOTHING_KNOWN)


def test_schemes_differ_where_code_moves_and_where_one_is_fixed_and_another_added() -> None:
    old = [finding(at("a.py"), at("b.py"))]
    moved = [finding(at("a.py"), at("b.py", 9))]
    swapped = [finding(at("a.py"), at("b.py"), subject="Invoice")]
    assert {name: (known(name, old, moved), known(name, old, swapped)) for name in SCHEMES} == {
        "one entry per site, this tool": ([True], [True]),
        "the same, no renames from git": ([True], [True]),
        "rule, subject and site only": ([True], [False]),
        "set of rule and subject": ([True], [False]),
        "count per rule and file": ([True], [True]),
        "path and line": ([False], [True]),
    }


def test_tables_count_what_git_contradicts(tmp_path: Path) -> None:
    changed = change(tmp_path, {"a.py": ORDER, "b.py": ORDER}, {"a.py": ORDER, "b.py": OTHER + ORDER, "c.py": ORDER})
    old, new = [finding(at("a.py"), at("b.py"))], [finding(at("a.py"), at("b.py", 5), at("c.py"))]
    places = [places_of(found, files_of(changed, commit)) for found, commit in ((old, changed.old), (new, changed.new))]
    origins = {id(after.site): before for after, before in carried(changed, *places).items()}
    found = violations(new)
    step = Step(
        "one to two",
        found,
        [origins.get(id(each.site)) for each in found],
        {name: scheme(old, new, {}, NOTHING_KNOWN) for name, scheme in SCHEMES.items()},
    )
    assert extent_table({"shop": [step]}).splitlines()[2:] == ["| shop | 1 | 2 | 1 |"]
    assert [row.split(" | ")[1:] for row in scheme_table({"shop": [step]}).splitlines()[2:]] == [
        ["0 of 1 (0.0%)", "0 of 1 (0.0%) |"],
        ["0 of 1 (0.0%)", "0 of 1 (0.0%) |"],
        ["0 of 1 (0.0%)", "0 of 1 (0.0%) |"],
        ["0 of 1 (0.0%)", "1 of 1 (100.0%) |"],
        ["0 of 1 (0.0%)", "0 of 1 (0.0%) |"],
        ["1 of 1 (100.0%)", "0 of 1 (0.0%) |"],
    ]
