"""Which violations an entry knows, case by case."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ssot_lint.baseline.entry import BaselineEntry, union
from ssot_lint.baseline.matching import Matching, match


def entry(site: str, body: str = "aa", subject: str = "Order", rule: str = "TEST101") -> BaselineEntry:
    return BaselineEntry(rule, subject, site, body)


def matched(
    old: list[BaselineEntry], new: list[BaselineEntry], renames: Mapping[str, str] | None = None
) -> tuple[list[BaselineEntry | None], tuple[BaselineEntry, ...]]:
    found = match(new, union(old), renames or {})
    return [each.entry for each in found.matches], found.stale


def is_known(old: BaselineEntry, new: BaselineEntry, renames: Mapping[str, str] | None = None) -> bool:
    known, stale = matched([old], [new], renames)
    assert (known, stale) in (([old], ()), ([None], (old,)))
    return known == [old]


def test_without_a_baseline_all_is_new_and_without_violations_all_is_stale() -> None:
    one = entry("a.py::Order")
    assert matched([], [one]) == ([None], ())
    assert matched([one], []) == ([], (one,))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (entry("a.py::Order", "aa"), True),
        (entry("a.py::Order", "bb"), True),
        (entry("a.py::Order", ""), True),
        (entry("a.py::Order", "bb", rule="TEST102"), False),
        (entry("a.py::Order", "bb", subject="Invoice"), False),
        (entry("a.py::Outer.Order", "bb"), False),
        (entry("b.py::Order", "bb"), False),
    ],
)
def test_a_site_is_known_whatever_became_of_its_body(new: BaselineEntry, expected: bool) -> None:
    assert is_known(entry("a.py::Order"), new) is expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (entry("b.py::Order"), True),
        (entry("a.py::Renamed"), True),
        (entry("b.py::Order", "bb"), False),
        (entry("b.py::Order", subject="Invoice"), False),
        (entry("b.py::Order", rule="TEST102"), False),
    ],
)
def test_code_that_moved_is_known_by_its_body(new: BaselineEntry, expected: bool) -> None:
    assert is_known(entry("a.py::Order"), new) is expected


def test_what_has_no_body_is_not_known_by_it() -> None:
    assert not is_known(entry("a.py::Order", ""), entry("b.py::Order", ""))


def test_a_copy_of_what_still_stands_is_new() -> None:
    old, copy = entry("a.py::Order"), entry("b.py::Order")
    assert matched([old], [old, copy]) == ([old, None], ())
    assert matched([old], [entry("a.py::Order", "bb"), copy]) == ([old, None], ())


def test_a_fixed_site_does_not_pay_for_another_one() -> None:
    gone, stays, added = entry("a.py::Order"), entry("b.py::Order"), entry("c.py::Order", "cc")
    assert matched([gone, stays], [stays, added]) == ([stays, None], (gone,))


def test_one_of_two_sites_in_a_definition_pays_for_none_elsewhere() -> None:
    first, second = entry("a.py::run"), entry("a.py::run#2")
    assert matched([first, second], [first, entry("b.py::run")]) == ([first, None], (second,))


def test_numbers_of_sites_may_shift() -> None:
    assert is_known(entry("a.py::run#2"), entry("a.py::run"))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (entry("b.py::Order", "bb"), True),
        (entry("b.py::Order#2", ""), True),
        (entry("b.py::Other", "bb"), False),
        (entry("c.py::Order", "bb"), False),
        (entry("b.py::Order", "bb", subject="Invoice"), False),
    ],
)
def test_a_renamed_file_keeps_its_entries(new: BaselineEntry, expected: bool) -> None:
    assert is_known(entry("a.py::Order"), new, {"a.py": "b.py", "x.py": "c.py"}) is expected


def test_of_two_renamed_copies_the_edited_one_is_known_too() -> None:
    old = [entry("a.py::Order"), entry("c.py::Order")]
    new = [entry("b.py::Order", "edited"), entry("d.py::Order")]
    assert matched(old, new, {"a.py": "b.py", "c.py": "d.py"}) == (old, ())


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (entry("a.py::f", "aa", subject="f, g, h"), True),
        (entry("a.py::f", "bb", subject="f, g, h"), True),
        (entry("a.py::f", "bb", subject="e, g"), False),
        (entry("a.py::f", "bb", subject="f"), False),
        (entry("a.py::f", "aa", subject="f, g, h", rule="TEST102"), False),
        (entry("b.py::f", "aa", subject="f, g, h"), False),
    ],
)
def test_a_site_is_known_under_another_subject_by_its_body_or_by_both_subjects(
    new: BaselineEntry, expected: bool
) -> None:
    assert is_known(entry("a.py::f", "aa", subject="f, g"), new) is expected


def test_a_renamed_file_keeps_its_copies_although_others_have_left_them() -> None:
    old, new = (
        entry(f"{path}::f", body, subject=of) for path, body, of in (("a.py", "aa", "f, g"), ("b.py", "bb", "e, f"))
    )
    assert is_known(old, new, {"a.py": "b.py"})
    assert not is_known(old, new)


@pytest.mark.parametrize("subject", ["A, B, C", "A.f, B.f, C.f", "B, D"])
@pytest.mark.parametrize("before", ["A, B", "A.f, B.f"])
def test_a_class_that_joins_a_group_is_new_and_the_others_are_not(subject: str, before: str) -> None:
    old = [entry("b.py::B.f", "aa", subject=before)]
    edited, joined = entry("b.py::B.f", "bb", subject=subject), entry("c.py::C.f", "bb", subject=subject)
    assert matched(old, [edited, joined]) == ([old[0], None], ())
    assert matched(old, [joined]) == ([None], (old[0],))


def test_a_copy_in_a_class_that_joins_is_new_although_another_one_has_left() -> None:
    old = [entry("b.py::B.f", subject="A, B"), entry("c.py::C.f", subject="A, B, C")]
    assert matched(old[:1], [entry("c.py::C.f", subject="A, C")]) == ([None], (old[0],))
    assert matched(old[1:], [entry("d.py::D.f", subject="A, B, D")]) == ([None], (old[1],))


def test_a_subject_that_is_still_there_gives_nothing_to_another_one() -> None:
    old = [entry("a.py::run", subject="f"), entry("b.py::run", subject="f")]
    new = [entry("a.py::run", subject="f"), entry("b.py::run", subject="g")]
    assert matched(old, new) == ([old[0], None], (old[1],))


def test_a_module_that_moves_takes_its_subjects_along() -> None:
    old = entry("app/x.py::make", subject="app.x:make")
    assert is_known(old, entry("app/y.py::make", subject="app.y:make"))
    caller = entry("app/run.py::main", "", subject="app.x:make")
    assert is_known(caller, entry("app/run.py::main", "", subject="app.y:make"))
    whole = entry("app/x.py::<module>", "", subject="app.x")
    renamed = entry("lib/y.py::<module>", "", subject="lib.y")
    assert is_known(whole, renamed, {"app/x.py": "lib/y.py"})
    assert not is_known(whole, renamed)


def test_a_place_is_gone_when_another_subject_has_moved_in() -> None:
    old = [entry("a.py::f", subject="f, g"), entry("c.py::f", "cc", subject="f, h")]
    new = [entry("b.py::f", subject="f, g"), entry("a.py::f", "cc", subject="f, h")]
    assert matched(old, new) == (old, ())


def test_another_subject_does_not_take_the_entry_of_a_moved_one() -> None:
    old = [entry("p.py::f", subject="a:Thing"), entry("q.py::f", subject="z:Thing")]
    new = [entry("p.py::f", subject="a2:Thing"), entry("q2.py::f", subject="z:Thing")]
    assert matched(old, new) == (old, ())


def lookalikes(found: Matching) -> list[BaselineEntry | None]:
    return [each.lookalike for each in found.matches]


@pytest.mark.parametrize(
    "new",
    [
        entry("b.py::Order", "bb"),
        entry("a.py::Invoice", "bb"),
        entry("a.py::Order", "bb", rule="TEST102"),
    ],
)
def test_a_new_violation_may_resemble_what_is_gone(new: BaselineEntry) -> None:
    gone = entry("a.py::Order", "aa")
    assert lookalikes(match([new], union([gone]), {})) == [gone]


def test_what_is_gone_lends_its_looks_to_one_new_violation_at_most() -> None:
    gone, new = entry("a.py::Order"), [entry("c.py::Order", "cc"), entry("b.py::Order", "bb")]
    assert lookalikes(match(new, union([gone]), {})) == [None, gone]
    assert lookalikes(match([entry("b.py::Invoice", "bb", subject="Invoice")], union([gone]), {})) == [None]


def test_the_order_of_violations_does_not_matter() -> None:
    old = [entry("a.py::Order"), entry("b.py::Order")]
    new = [entry("c.py::Order"), entry("d.py::Order"), entry("e.py::Order")]
    assert matched(old, new) == ([*old, None], ())
    assert matched(old, new[::-1]) == ([None, *old[::-1]], ())
