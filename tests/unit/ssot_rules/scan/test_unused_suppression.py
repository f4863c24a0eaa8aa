from __future__ import annotations

from ssot_lint.model.finding import Location
from ssot_lint.model.record import DirectiveMistake, ScanRecord, Suppression, SuppressionKind, SuppressionUse
from ssot_lint.model.source import Zone
from ssot_lint.testing import project_from, scan_of
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.scan.unused_suppression import UnusedSuppression

PROJECT = project_from({"mill/a.py": "x = 1\n", "tests/test_a.py": "x = 1\n"})
PLACE = Location("mill/a.py", 3, 5, 3)


def use(*unused: str, path: str = "mill/a.py") -> SuppressionUse:
    place = Location(path, 3, 5, 3)
    codes = ("SSOT101", "SSOT104")
    return SuppressionUse(Suppression(SuppressionKind.IGNORE, place, "mill.a", codes, "to do"), unused)


def test_a_comment_without_effect_is_deleted() -> None:
    (finding,) = UnusedSuppression().review(PROJECT, ScanRecord(suppressions=(use("SSOT101", "SSOT104"),)))
    assert finding.subject == "ignore[SSOT101, SSOT104]"
    assert finding.message == "mill/a.py: `ignore[SSOT101, SSOT104]` silences nothing"
    assert finding.remedy == "Delete the comment."
    assert finding.home is None
    (site,) = finding.sites
    assert (site.location, site.symbol) == (PLACE, "mill.a")
    assert finding.evidence == {"text": ["its reason: to do"], "reason": "to do"}


def test_of_several_codes_the_unused_ones_are_deleted() -> None:
    (finding,) = UnusedSuppression().review(PROJECT, ScanRecord(suppressions=(use("SSOT104"), use())))
    assert (finding.subject, finding.remedy) == ("ignore[SSOT104]", "Delete SSOT104 from the comment.")


def test_a_mistake_is_told_with_its_remedy() -> None:
    mistake = DirectiveMistake(PLACE, "mill.a", "ignore it", "it names no rule", "Write ignore[CODE].")
    (finding,) = UnusedSuppression().review(PROJECT, ScanRecord(mistakes=(mistake,)))
    assert finding.message == "mill/a.py: `ssot-lint: ignore it` has no effect: it names no rule"
    assert (finding.subject, finding.remedy) == ("ignore it", "Write ignore[CODE].")


def test_zones_are_an_option() -> None:
    record = ScanRecord(suppressions=(use("SSOT101"), use("SSOT101", path="tests/test_a.py")))
    assert len(list(UnusedSuppression().review(PROJECT, record))) == 2
    assert len(list(UnusedSuppression(zones=(Zone.PRODUCTION,)).review(PROJECT, record))) == 1


TOTAL = "class OrderTotal:\n    a = 1\n    b = 2\n    c = 3\n"
UNUSED = "# ssot-lint: ignore[SSOT101]\nx = 1\n"


def codes(sources: dict[str, str]) -> list[str]:
    return [each.rule.code for each in scan_of(sources, (UnusedSuppression, DuplicateClass))]


def test_a_scan_that_could_not_read_everything_proves_nothing() -> None:
    assert codes({"mill/a.py": UNUSED}) == ["SSOT002"]
    assert codes({"mill/a.py": UNUSED, "mill/b.py": "def ("}) == []


def test_a_finding_about_a_suppression_can_be_silenced() -> None:
    (judged,) = scan_of({"mill/a.py": UNUSED.replace("]", ", SSOT002]")}, (UnusedSuppression, DuplicateClass))
    assert judged.sites[0].suppression is not None


def test_canonical_pins_the_home() -> None:
    sources = {"mill/a.py": TOTAL, "mill/b.py": f"# ssot-lint: canonical\n{TOTAL}"}
    (judged,) = scan_of(sources, (UnusedSuppression, DuplicateClass))
    assert judged.finding.home is not None
    assert (judged.finding.home.symbol, judged.finding.home.reason) == ("mill.b:OrderTotal", "marked canonical")
