"""A scan that takes over what the last one concluded says what one says that judges everything."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.cache import store as store_module
from ssot_lint.cache.folder import CacheError
from ssot_lint.cache.store import STORE_FILE
from ssot_lint.config.load import load_settings
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, site_of
from ssot_lint.rules.registry import Registered, RuleSet
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import activate
from ssot_lint.scan import last_scan
from ssot_lint.scan import scan as scan_module
from ssot_lint.scan.later_facts import FactsOnDemand, LostFactsError
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan, ScanResult
from ssot_lint.scan.scan_cache import NO_CACHE, CacheChoice
from ssot_lint.scan.unused_settings import config_file
from ssot_rules import RULES
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from tests.unit.query.shop import FILES, TOTAL

KNOWN = RuleSet(tuple(Registered(rule, "tests") for rule in RULES))
PROJECT = FILES | {
    "shop/again.py": TOTAL,
    "shop/base.py": "class Base:\n    rows = []\n\n    def add(self, row):\n        self.rows.append(row)\n",
    "shop/way.py": "from shop import OrderBook\n\nBOOKS = {}\n\n\ndef book(name):\n    BOOKS[name] = OrderBook(name)\n",
    "shop/io.py": "import os\n\nRETRIES = 7\n\n\nasync def load(path):\n    return os.environ['ROOT'] + path\n",
    "shop/sync.py": "from shop.io import load\n\nRETRIES = 7\n\n\ndef read(path):\n    return load(path)\n",
}


def request(root: Path, jobs: int = 1, rules: RuleSet = KNOWN, *, plan: bool = False) -> Request:
    found = load_settings(root, options={"jobs": jobs, "select": ["ALL"]}, environment={})
    file = config_file(root, rules, found)
    return Request(root, [root], found.config, activate(rules, found), "", rules.codes(), file, plan=plan)


def scan(asked: Request, choice: CacheChoice = NO_CACHE, note: Callable[[str], None] = print) -> ScanResult:
    with Scan.open(asked, choice, note=note) as opened:
        return opened.result


def outcome(result: ScanResult) -> bytes:
    return msgspec.json.encode([result.report, list(result.stale)], order="deterministic")


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_SETTLED_NANOSECONDS", -(10**12))  # files of a test have just changed
    monkeypatch.setattr(scan_module, "_WORTH_NOTES", 0)
    monkeypatch.setattr(scan_module, "_WORTH_TWO_PROCESSES", 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "project", PROJECT)
    return tmp_path / "project"


@pytest.fixture
def cache(tmp_path: Path) -> CacheChoice:
    return CacheChoice(tmp_path / "cache")


@pytest.fixture
def no_judging(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on a rule that judges copies of functions fails."""

    def check(self: Rule, project: Project) -> Iterator[Finding]:
        raise AssertionError("judged again")

    return lambda: monkeypatch.setattr(DuplicateFunction, "check", check)


INSIDE = {"shop/till.py": PROJECT["shop/till.py"].replace("    return", "    name = 'till'\n    return")}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "edit",
    [
        INSIDE,
        {"shop/till.py": "# a comment\n\n" + PROJECT["shop/till.py"]},
        {"shop/till.py": PROJECT["shop/till.py"] + "\n\nclass Drawer:\n    def open(self):\n        return 1\n"},
        {
            "shop/till.py": "import json\n" + PROJECT["shop/till.py"],
            "shop/kinds.py": "class Kind(Enum):\n    PAID = 2\n",
        },
    ],
)
def test_what_an_edit_does_not_concern_is_not_judged_again(
    root: Path, cache: CacheChoice, no_judging: Callable[[], None], edit: dict[str, str], jobs: int
) -> None:
    scan(request(root, jobs), cache)
    write(root, edit)
    expected = outcome(scan(request(root)))
    no_judging()
    result = scan(request(root, jobs), cache)
    assert not result.crashes
    assert outcome(result) == expected


def test_a_copy_that_an_edit_makes_is_found_and_one_that_it_ends_is_not(root: Path, cache: CacheChoice) -> None:
    first = outcome(scan(request(root), cache))
    write(root, {"shop/desk.py": PROJECT["shop/desk.py"] + TOTAL})
    with_copy = scan(request(root), cache)
    assert outcome(with_copy) == outcome(scan(request(root))) != first
    write(root, {"shop/desk.py": PROJECT["shop/desk.py"]})
    assert outcome(scan(request(root), cache)) == first


def test_a_finding_moves_with_its_lines(root: Path, cache: CacheChoice) -> None:
    before = lines_in("shop/again.py", scan(request(root), cache))
    write(root, {"shop/again.py": "# one\n# two\n" + TOTAL})
    result = scan(request(root), cache)
    assert outcome(result) == outcome(scan(request(root)))
    assert before
    assert lines_in("shop/again.py", result) == {line + 2 for line in before}


def lines_in(path: str, result: ScanResult) -> set[int]:
    """The lines of a file that findings are about."""
    found = [finding.finding for finding in result.report.findings]
    places = [site.location for each in found for site in each.sites]
    places += [each.home.location for each in found if each.home is not None]
    return {place.line for place in places if place.path == path}


def test_a_comment_that_silences_counts(root: Path, cache: CacheChoice) -> None:
    scan(request(root), cache)
    marked = TOTAL.replace("def order_total", "# ssot-lint: ignore[SSOT120] known\ndef order_total")
    write(root, {"shop/again.py": marked})
    assert outcome(scan(request(root), cache)) == outcome(scan(request(root)))


def test_the_plan_is_made_of_what_was_taken_over(root: Path, cache: CacheChoice) -> None:
    scan(request(root), cache)
    write(root, INSIDE)
    assert outcome(scan(request(root, plan=True), cache)) == outcome(scan(request(root, plan=True)))


def test_edits_that_concern_much_lead_to_new_notes(
    root: Path, cache: CacheChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_scan, "_USUAL", -5.0)  # as if much had been judged again
    scan(request(root), cache)
    has_past = []
    for number in range(3):
        write(root, {"shop/till.py": f"{INSIDE['shop/till.py']}\n# {number}\n"})
        with Scan.open(request(root), cache) as opened:
            assert outcome(opened.result) == outcome(scan(request(root)))
            has_past.append(opened.project.has_past)
    assert has_past == [True, False, True]


@pytest.mark.parametrize("part", ["files", "notes", "evidence", "seconds"])
@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x90", msgspec.msgpack.encode(["x"] * 12)])
def test_notes_that_cannot_be_read_cost_time_only(root: Path, cache: CacheChoice, part: str, data: bytes) -> None:
    scan(request(root), cache)
    with sqlite3.connect(f"{cache.folder}/{STORE_FILE}") as file:
        file.execute("UPDATE notes SET data = ? WHERE part = ?", (store_module._sealed(data), part))
    write(root, {"shop/till.py": "import json\n" + INSIDE["shop/till.py"]})
    assert outcome(scan(request(root), cache)) == outcome(scan(request(root)))


def test_parts_of_another_scan_are_not_put_together(root: Path, cache: CacheChoice) -> None:
    def notes() -> bytes:
        with sqlite3.connect(f"{cache.folder}/{STORE_FILE}") as file:
            return bytes(file.execute("SELECT data FROM notes WHERE part = 'notes'").fetchone()[0])

    scan(request(root), cache)
    first = notes()
    write(root, {"shop/more.py": TOTAL})
    scan(request(root), cache)
    assert notes() != first
    with sqlite3.connect(f"{cache.folder}/{STORE_FILE}") as file:
        file.execute("UPDATE notes SET data = ? WHERE part = 'notes'", (first,))
    write(root, INSIDE)
    with Scan.open(request(root), cache) as opened:
        assert outcome(opened.result) == outcome(scan(request(root)))
        assert not opened.project.has_past


def test_a_damaged_note_is_said_and_costs_time_only(root: Path, cache: CacheChoice) -> None:
    scan(request(root), cache)
    with sqlite3.connect(f"{cache.folder}/{STORE_FILE}") as file:
        file.execute("UPDATE notes SET data = x'00' WHERE part = 'notes'")
    write(root, INSIDE)
    said: list[str] = []
    result = scan(request(root), cache, said.append)
    assert outcome(result) == outcome(scan(request(root)))
    assert "checksum" in "".join(said)


def test_facts_that_are_lost_while_rules_ask_for_them_are_read_again(
    root: Path, cache: CacheChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(request(root), cache)
    write(root, {"shop/desk.py": PROJECT["shop/desk.py"] + TOTAL})

    def lost(self: FactsOnDemand, path: str) -> None:
        raise LostFactsError(CacheError("gone"))

    monkeypatch.setattr(FactsOnDemand, "of", lost)
    said: list[str] = []
    result = scan(request(root), cache, said.append)
    assert outcome(result) == outcome(scan(request(root)))
    assert "gone" in "".join(said)


@dataclass(frozen=True)
class LongNames(Rule):
    """A rule that asks no more than what all modules define."""

    code: ClassVar[str] = "T001"
    name: ClassVar[str] = "long-name"
    family: ClassVar[str] = "tests"
    severity: ClassVar[Severity] = Severity.LOW

    def check(self, project: Project) -> Iterator[Finding]:
        for function in project.functions():
            if len(function.name) > 8:
                yield self.finding(function.id, message="long", remedy="Shorten it", sites=[site_of(function, "long")])


def test_a_rule_that_only_checks_the_project_is_right_too(root: Path, cache: CacheChoice) -> None:
    rules = RuleSet((Registered(LongNames, "tests"), *(Registered(rule, "builtin") for rule in RULES)))
    scan(request(root, rules=rules), cache)
    write(root, {"shop/till.py": INSIDE["shop/till.py"] + "\n\ndef quite_a_long_name():\n    return 3\n"})
    result = scan(request(root, rules=rules), cache)
    assert outcome(result) == outcome(scan(request(root, rules=rules)))
    assert "T001" in {each.rule.code for each in result.report.findings}


def test_more_files_than_a_few_are_judged_from_the_beginning(
    root: Path, cache: CacheChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_scan, "MOST_CHANGED", 1)
    scan(request(root), cache)
    write(root, {path: f"{PROJECT[path]}\n\nX = 1\n" for path in ("shop/till.py", "shop/desk.py")})
    assert outcome(scan(request(root), cache)) == outcome(scan(request(root)))


INSERTED = ("edited = 1", "import json", "self.rows = []", "return None", "load(1)", "global RETRIES", "BOOKS.clear()")
ENDS = (
    TOTAL,
    "\n\nclass Added(Base):\n    rows = []\n",
    "\nRETRIES = 7\n",
    "\nfrom shop.sums import order_total\n",
    "\n\nasync def load(path):\n    return path\n",
    "\n# ssot-lint: ignore[SSOT101] known\nclass OrderBook:\n    pass\n",
    "\nx = (\n",
)
TOPS = ("# ssot-lint: ignore-file[SSOT120] known\n", "import json\n", "from shop import *\n", "\n\n", '"""Doc."""\n')
Edit = Callable[[Path], None]


def inserted(path: str, place: int, statement: str) -> Edit:
    """A statement in a function."""

    def edit(root: Path) -> None:
        lines = text_of(root, path).splitlines(keepends=True)
        inner = [number for number, line in enumerate(lines) if re.match(r" +\w", line)]
        if inner:
            at = inner[place % len(inner)]
            indent = re.match(" +", lines[at])
            lines.insert(at, f"{indent.group() if indent else ''}{statement}\n")
        write(root, {path: "".join(lines)})

    return edit


def text_of(root: Path, path: str) -> str:
    return (root / path).read_text() if (root / path).is_file() else ""


def renamed(path: str, other: str) -> Edit:
    def edit(root: Path) -> None:
        if (root / path).is_file():
            (root / other).parent.mkdir(parents=True, exist_ok=True)
            (root / path).replace(root / other)

    return edit


def ending(path: str, end: str) -> Edit:
    return lambda root: write(root, {path: text_of(root, path) + end})


def beginning(path: str, top: str) -> Edit:
    return lambda root: write(root, {path: top + text_of(root, path)})


def written(path: str, text: str) -> Edit:
    return lambda root: write(root, {path: text})


def deleted(path: str) -> Edit:
    return lambda root: (root / path).unlink(missing_ok=True)


PATHS = st.sampled_from([*PROJECT, "shop/new.py"])
EDITS = (
    st.builds(inserted, PATHS, st.integers(0, 9), st.sampled_from(INSERTED))
    | st.builds(ending, PATHS, st.sampled_from(ENDS))
    | st.builds(beginning, PATHS, st.sampled_from(TOPS))
    | st.builds(written, PATHS, st.sampled_from([*PROJECT.values()]))
    | st.builds(deleted, PATHS)
    | st.builds(renamed, PATHS, PATHS)
    | st.builds(
        written,
        st.just("ssot-lint.toml"),
        st.sampled_from(("", 'ignore = ["SSOT101"]\n', "[severity]\nduplicate-function = 'high'\n")),
    )
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.lists(EDITS, min_size=1, max_size=2), st.sampled_from((1, 2)), st.booleans()), max_size=8))
def test_after_any_edits_the_result_is_that_of_a_scan_without_memory(
    steps: Sequence[tuple[Sequence[Edit], int, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, choice = Path(folder) / "project", CacheChoice(Path(folder) / "cache")
        write(root, PROJECT)
        scan(request(root), choice)
        for edits, jobs, plan in steps:
            for edit in edits:
                edit(root)
            assert outcome(scan(request(root, jobs, plan=plan), choice)) == outcome(scan(request(root, plan=plan)))
