"""What the commands make of a baseline and a scan."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from ssot_lint.baseline.edit import Difference, accepted, difference, pruned, updated
from ssot_lint.baseline.entry import Baseline, BaselineEntry, union
from ssot_lint.baseline.reference import Reference
from ssot_lint.errors import UsageError
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.report import JudgedFinding, JudgedSite, RuleInfo, Status

RULE = RuleInfo("TEST101", "alpha", "tests", Severity.HIGH, "", "")
TODAY = date(2025, 3, 1)


def judged_site(path: str, fingerprint: str, body: str = "aa", status: Status = Status.NEW) -> JudgedSite:
    site = Site(Location(path, 1), path.removesuffix(".py"), f"{path.removesuffix('.py')}:Order", "copy", body)
    return JudgedSite(site, status, fingerprint, f"TEST101-{fingerprint[:4]}")


def judged(*sites: JudgedSite, severity: Severity = Severity.HIGH, subject: str = "Order") -> JudgedFinding:
    finding = Finding("TEST101", subject, "", "", None, tuple(each.site for each in sites), {})
    return JudgedFinding(finding, RULE, severity, sites)


def entry(path: str, body: str = "aa", reason: str = "", until: date | None = None) -> BaselineEntry:
    return BaselineEntry("TEST101", "Order", f"{path}::Order", body, reason, until)


def reference(*entries: BaselineEntry) -> Reference:
    return Reference(baseline=union(entries), against="known.jsonl", today=TODAY, renames={"old.py": "new.py"})


A, B, NEW = judged_site("a.py", "aaaa1111"), judged_site("b.py", "bbbb2222", "bb"), judged_site("new.py", "cccc3333")
SILENCED = judged_site("s.py", "dddd4444", "ss", Status.SUPPRESSED)


def test_an_update_adds_what_is_new_and_keeps_what_is_gone() -> None:
    assert updated(reference(), [judged(A, B)]) == Baseline((entry("a.py"), entry("b.py", "bb")))
    gone = entry("gone.py", "gg")
    assert updated(reference(gone), [judged(A)]) == Baseline((entry("a.py"), gone))


def test_an_update_follows_what_moved_or_was_edited_with_its_reason_and_end() -> None:
    end = date(2025, 12, 31)
    known = reference(entry("old.py", "before", "later", end), entry("a.py", "before"))
    assert updated(known, [judged(A, NEW)]) == Baseline((entry("a.py"), entry("new.py", "aa", "later", end)))


def test_an_update_begins_anew_with_what_is_over() -> None:
    known = reference(entry("a.py", "aa", "until spring", date(2025, 2, 28)), entry("b.py", "bb", "", TODAY))
    assert updated(known, [judged(A, B)]) == Baseline((entry("a.py"), entry("b.py", "bb", "", TODAY)))


def test_an_update_adds_neither_what_is_silenced_nor_an_inventory() -> None:
    found = [judged(SILENCED), judged(A, severity=Severity.INFO, subject="Inventory")]
    assert updated(reference(), found) == Baseline(())
    known = entry("s.py", "ss", "debt", date(2020, 1, 1))
    assert updated(reference(known), found) == Baseline((known,))


def test_pruning_drops_what_is_gone_or_silenced_or_an_inventory() -> None:
    known = [entry("a.py", "before"), entry("s.py"), entry("gone.py", "gg")]
    assert pruned(reference(*known), [judged(A, B, SILENCED)]) == Baseline((entry("a.py"),))
    assert pruned(reference(*known), [judged(A, severity=Severity.INFO)]) == Baseline(())


def test_what_moved_is_not_pruned_but_written_where_it_is() -> None:
    known = entry("old.py", "before", "debt", date(2020, 1, 1))
    moved = entry("new.py", "aa", "debt", date(2020, 1, 1))
    assert pruned(reference(known), [judged(NEW)]) == Baseline((moved,))
    assert accepted(reference(known), [judged(B, NEW)], ["TEST101-bbbb"], "", None) == Baseline(
        (entry("b.py", "bb"), moved)
    )


@pytest.mark.parametrize("id_", ["TEST101-bbbb", "TEST101-bbbb2222", "TEST101-b"])
def test_a_violation_is_accepted_by_its_id(id_: str) -> None:
    end = date(2025, 4, 1)
    assert accepted(reference(entry("x.py", "xx")), [judged(A, B)], [id_], "two teams", end) == Baseline(
        (entry("b.py", "bb", "two teams", end), entry("x.py", "xx"))
    )


def test_accepting_what_is_known_replaces_its_entry() -> None:
    known = [entry("old.py", "before", "once"), entry("b.py", "bb", "over", date(2020, 1, 1))]
    result = accepted(reference(*known), [judged(B, NEW)], ["TEST101-cccc", "TEST101-bbbb"], "again", None)
    assert result == Baseline((entry("b.py", "bb", "again"), entry("new.py", "aa", "again")))


@pytest.mark.parametrize(
    ("id_", "message"),
    [
        ("TEST101-aaab", 'no violation has the id "TEST101-aaab". Did you mean TEST101-aaaa?'),
        ("Order", 'no violation has the id "Order". `ssot-lint scan` prints the ids'),
        (
            "TEST101-",
            '"TEST101-" is the id of several violations. Choose from TEST101-aaaa, TEST101-bbbb, TEST101-dddd',
        ),
        ("TEST101-dddd", "TEST101-dddd fails no scan. It is silenced by a comment, or an inventory"),
    ],
)
def test_an_id_that_means_nothing_to_accept_is_refused(id_: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        accepted(reference(), [judged(A, B, SILENCED)], ["TEST101-aaaa", id_], "", None)
    assert str(caught.value) == message


def test_an_end_that_is_over_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        accepted(reference(), [judged(A)], ["TEST101-aaaa"], "", date(2025, 2, 28))
    assert str(caught.value) == "2025-02-28 is over. Name a later day"
    assert accepted(reference(), [judged(A)], ["TEST101-aaaa"], "", TODAY) == Baseline((entry("a.py", until=TODAY),))


def test_a_difference_tells_growth_from_moves() -> None:
    old = union([entry("a.py"), entry("b.py", "bb"), entry("old.py", "oo"), entry("gone.py", "gg")])
    moved, extended = entry("new.py", "edited"), msgspec.structs.replace(entry("b.py", "bb"), reason="why")
    added = entry("more.py", "mm")
    new = union([entry("a.py"), extended, moved, added])
    assert difference(old, new, {"old.py": "new.py"}) == Difference(
        added=(added,),
        removed=(entry("gone.py", "gg"),),
        changed=((entry("b.py", "bb"), extended), (entry("old.py", "oo"), moved)),
    )
    assert difference(old, old, {}) == Difference((), (), ())
