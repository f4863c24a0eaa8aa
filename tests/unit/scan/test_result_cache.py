"""A scan that remembers says what one says that does not."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.baseline.entry import Baseline, BaselineEntry
from ssot_lint.baseline.reference import Reference
from ssot_lint.cache import store as store_module
from ssot_lint.cache.store import CacheUpdate, Store
from ssot_lint.config.load import load_settings
from ssot_lint.model.report import Status
from ssot_lint.rules.registry import Registered, RuleSet
from ssot_lint.rules.selection import activate
from ssot_lint.scan import scan as scan_module
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan, ScanResult
from ssot_lint.scan.scan_cache import NO_CACHE, CacheChoice
from ssot_lint.scan.unused_settings import config_file
from ssot_rules import RULES

ORDER = """class OrderTotal:
    def __init__(self, net, tax):
        self.net = net
        self.tax = tax

    def gross(self):
        return self.net + self.tax
"""
# Different sizes: a file that changes twice in one tick of the clock with its size cached looks unchanged.
TEXTS = (
    "",
    ORDER,
    ORDER + "\n\ndef make_order_total(net):\n    return OrderTotal(net, 0)\n",
    "from app.a import OrderTotal\n\n\ndef double(order):\n    return OrderTotal(order.net * 2, order.tax * 2)\n",
    "from app.gone import Nothing\n",
    "# ssot-lint: ignore[SSOT101] known\n" + ORDER,
    "x = (\n",
    "x = 1\n" * 9,
)
NAMES = ("app/__init__.py", "app/a.py", "app/b.py", "app/sub/c.py", "tests/test_a.py")
CONFIGS = (
    "",
    'ignore = ["SSOT101"]\n',
    "[severity]\nduplicate-class = 'low'\n",
    "[rules.duplicate-class]\nzones = ['production', 'test']\n",
    "[[components]]\nname = 'orders'\nhome = 'app.a:OrderTotal'\nnames = ['*Total']\ncritical = true\n",
    "extend-exclude = ['app/sub']\n",
)
Change = Callable[[Path], None]


def write(path: str, text: str) -> Change:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return change


def delete(path: str) -> Change:
    return lambda root: (root / path).unlink(missing_ok=True)


CHANGES = (
    st.builds(write, st.sampled_from(NAMES), st.sampled_from(TEXTS))
    | st.builds(delete, st.sampled_from(NAMES))
    | st.builds(write, st.just("ssot-lint.toml"), st.sampled_from(CONFIGS))
)
KNOWN = RuleSet(tuple(Registered(rule, "tests") for rule in RULES))


class Asked(msgspec.Struct, frozen=True):
    """What is different from run to run beside the files."""

    select: tuple[str, ...] | None
    plan: bool
    baseline: bool
    part: bool
    today: date = date(2026, 1, 1)
    checks_content: bool = False


ASKED = st.builds(
    Asked,
    select=st.sampled_from((None, ("ALL",), ("SSOT1", "SSOT3"))),
    plan=st.booleans(),
    baseline=st.booleans(),
    part=st.booleans(),
    today=st.sampled_from((date(2026, 1, 1), date(2026, 1, 2))),
    checks_content=st.booleans(),
)
ENTRY = BaselineEntry("SSOT101", "OrderTotal", "app/b.py::OrderTotal", "", until=date(2026, 1, 1))


def request(root: Path, asked: Asked) -> Request:
    options = {"select": list(asked.select) if asked.select else None}
    found = load_settings(root, options=options, environment={})
    return Request(
        root=root,
        paths=[root / "app"] if asked.part else [root],
        config=found.config,
        rules=activate(KNOWN, found),
        command="ssot-lint scan",
        codes=KNOWN.codes(),
        file=config_file(root, KNOWN, found),
        plan=asked.plan,
        baseline=Reference(baseline=Baseline((ENTRY,)), against="b", today=asked.today) if asked.baseline else None,
    )


def scan(root: Path, asked: Asked, choice: CacheChoice = NO_CACHE) -> ScanResult:
    with Scan.open(request(root, asked), choice) as opened:
        return opened.result


def remembering(root: Path, folder: Path, asked: Asked) -> ScanResult:
    return scan(root, asked, CacheChoice(folder, checks_content=asked.checks_content))


def outcome(analysis: ScanResult) -> bytes:
    return msgspec.json.encode([analysis.report, list(analysis.stale), analysis.digests], order="deterministic")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.lists(CHANGES, max_size=3), ASKED), min_size=2, max_size=6))
def test_whatever_changes_the_result_is_that_of_a_scan_without_memory(
    steps: Sequence[tuple[Sequence[Change], Asked]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        # Files made by a test have changed just now.
        monkeypatch.setattr(store_module, "_SETTLED_NANOSECONDS", -(10**12))
        monkeypatch.setattr(scan_module, "_WORTH_NOTES", 0)
        root = Path(folder) / "project"
        write("app/a.py", ORDER)(root)
        for changes, asked in steps:
            for change in changes:
                change(root)
            expected = outcome(scan(root, asked))
            assert outcome(remembering(root, Path(folder) / "cache", asked)) == expected
            assert outcome(remembering(root, Path(folder) / "cache", asked)) == expected


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(store_module, "_SETTLED_NANOSECONDS", -(10**12))
    write("project/app/a.py", ORDER)(tmp_path)
    write("project/app/b.py", ORDER)(tmp_path)
    return tmp_path / "project"


PLAIN = Asked(select=None, plan=False, baseline=False, part=False)


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[CacheUpdate]:
    """What is kept of each scan that learned something."""
    updates: list[CacheUpdate] = []
    save = Store.save

    def note(store: Store, update: CacheUpdate) -> None:
        updates.append(update._replace(facts=dict(update.facts)))
        save(store, update)

    monkeypatch.setattr(Store, "save", note)
    return updates


def test_where_nothing_changed_nothing_is_done(project: Path, tmp_path: Path, saved: list[CacheUpdate]) -> None:
    first = remembering(project, tmp_path / "cache", PLAIN)
    again = remembering(project, tmp_path / "cache", PLAIN)
    assert "rules" in first.seconds
    assert list(again.seconds) == ["discover", "extract", "recall"]
    assert [(len(update.facts), bool(update.key)) for update in saved] == [(1, False), (0, True)]


def test_files_with_new_times_are_read_and_found_unchanged(
    project: Path, tmp_path: Path, saved: list[CacheUpdate]
) -> None:
    remembering(project, tmp_path / "cache", PLAIN)
    write("app/a.py", ORDER)(project)
    again = remembering(project, tmp_path / "cache", PLAIN)
    assert "rules" not in again.seconds
    assert [sorted(update.facts) for update in saved[2:]] == [[]]
    remembering(project, tmp_path / "cache", PLAIN)
    assert len(saved) == 3


def test_a_name_that_is_not_utf8_is_scanned_each_time(project: Path, tmp_path: Path) -> None:
    (project / "app" / "caf\udce9.py").write_text(ORDER)
    remembering(project, tmp_path / "cache", PLAIN)
    again = remembering(project, tmp_path / "cache", PLAIN)
    assert "rules" in again.seconds
    assert again.report.files == 3


def test_a_file_that_could_not_be_read_gets_another_chance(project: Path, tmp_path: Path) -> None:
    (project / "app" / "b.py").unlink()
    (project / "app" / "b.py").write_bytes(b"x" * 1_000_001)
    remembering(project, tmp_path / "cache", PLAIN)
    assert "rules" in remembering(project, tmp_path / "cache", PLAIN).seconds


def test_another_day_is_another_result_only_if_an_entry_ends_before_it(project: Path, tmp_path: Path) -> None:
    def statuses(day: int) -> tuple[list[Status], bool]:
        asked = msgspec.structs.replace(PLAIN, baseline=True, today=date(2026, 1, day))
        analysis = remembering(project, tmp_path / "cache", asked)
        found = [site.status for finding in analysis.report.findings for site in finding.sites]
        return found, "rules" in analysis.seconds

    assert (ENTRY.until, PLAIN.today) == (date(2026, 1, 1), date(2026, 1, 1))
    assert statuses(1) == ([Status.BASELINED], True)
    assert statuses(1) == ([Status.BASELINED], False)
    assert statuses(2) == ([Status.NEW], True)
    assert statuses(3) == ([Status.NEW], False)
    assert statuses(1) == ([Status.BASELINED], False)
