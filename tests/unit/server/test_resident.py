"""The findings of a resident project are those of a scan from scratch, whatever happened to its files."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssot_lint.config.load import load_settings
from ssot_lint.model.report import Report
from ssot_lint.rules.registry import installed_packs, load_rules
from ssot_lint.rules.selection import activate
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.scan_cache import NO_CACHE
from ssot_lint.scan.unused_settings import config_file
from ssot_lint.server import memory
from ssot_lint.server.resident import OutdatedError, ResidentProject
from tests.unit.query.shop import FILES, TOTAL

RULES = load_rules([pack for pack in installed_packs() if pack.name == "builtin"])
COPY = FILES["shop/book.py"]


def request_for(root: Path) -> Request:
    found = load_settings(root, options={}, environment={})
    file = config_file(root, RULES, found)
    return Request(root, [root], found.config, activate(RULES, found), "", RULES.codes(), file)


@contextmanager
def resident_in(root: Path) -> Iterator[ResidentProject]:
    """A project in memory, ended at the end."""
    resident = resident_at(root)
    try:
        yield resident
    finally:
        resident.close()


def resident_at(root: Path, note: Callable[[str], None] = print) -> ResidentProject:
    return ResidentProject(lambda: request_for(root), [root / "ssot-lint.toml"], NO_CACHE, note)


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def from_scratch(root: Path) -> Report:
    with Scan.open(request_for(root)) as scan:
        return scan.report


def encoded(report: Report) -> bytes:
    return msgspec.json.encode(report)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


def subjects(report: Report) -> set[tuple[str, str]]:
    return {(each.rule.code, each.finding.subject) for each in report.findings}


def test_an_edit_on_the_disk_counts(root: Path) -> None:
    resident = resident_at(root)
    before = resident.scan().report
    assert encoded(before) == encoded(from_scratch(root))
    write(root, {"shop/again.py": TOTAL})
    after = resident.scan().report
    assert encoded(after) == encoded(from_scratch(root))
    assert ("SSOT120", "order_total") in subjects(after) - subjects(before)


def test_the_scan_stays_the_same_one_as_long_as_nothing_changes(root: Path) -> None:
    resident = resident_at(root)
    assert resident.scan() is resident.scan()


def test_text_that_is_not_saved_counts_and_ends_with_the_editor(root: Path) -> None:
    with resident_in(root) as resident:
        before = resident.scan().report
        resident.set_text("shop/till.py", TOTAL.encode())
        assert ("SSOT120", "order_total") in subjects(resident.scan().report)
        for half in (b"def broken(:\n", b"x = '''\n"):
            resident.set_text("shop/till.py", half)
            assert ("SSOT001", "shop/till.py") in subjects(resident.scan().report)
        resident.set_text("shop/till.py", None)
        assert encoded(resident.scan().report) == encoded(before)


def test_a_file_whose_facts_were_dropped_while_an_editor_held_it_is_read_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_SETTLED_NANOSECONDS", -time.time_ns())
    resident = resident_at(root)
    before = resident.scan().report
    resident.set_text("shop/till.py", b"")
    assert encoded(resident.scan().report) != encoded(before)
    resident.set_text("shop/till.py", None)
    assert encoded(resident.scan().report) == encoded(before)


def test_another_configuration_counts_and_a_broken_one_is_said(root: Path) -> None:
    resident = resident_at(root)
    assert any(code == "SSOT101" for code, _ in subjects(resident.scan().report))
    write(root, {"ssot-lint.toml": "ignore = ['SSOT101']\n"})
    assert not any(code == "SSOT101" for code, _ in subjects(resident.scan().report))
    write(root, {"ssot-lint.toml": "ignore = 3\n"})
    resident.scan()
    assert "ignore" in resident.problem
    write(root, {"ssot-lint.toml": ""})
    assert encoded(resident.scan().report) == encoded(from_scratch(root))
    assert resident.problem == ""


def test_packaging_metadata_counts(root: Path) -> None:
    write(root, {"one/one/a.py": TOTAL, "two/two/a.py": TOTAL})
    resident = resident_at(root)
    resident.scan()
    write(root, {"one/pyproject.toml": "[project]\nname='one'\n", "two/setup.py": "setup(name='two')\n"})
    assert encoded(resident.scan().report) == encoded(from_scratch(root))
    write(root, {"two/setup.py": "setup(name='two', install_requires=['one'])\n"})
    assert encoded(resident.scan().report) == encoded(from_scratch(root))


def test_attributes_of_git_count(root: Path) -> None:
    write(root, {"one/a.py": TOTAL, "two/a.py": TOTAL, "two/.gitattributes": ""})
    resident = resident_at(root)
    assert resident.scan().report.left_out.not_judged == {}
    for path in (".gitattributes", "two/.gitattributes"):
        write(root, {path: "a.py linguist-vendored"})
        report = resident.scan().report
        assert encoded(report) == encoded(from_scratch(root))
        assert report.left_out.not_judged == {"vendored": 2 if path == ".gitattributes" else 1}
        write(root, {path: ""})
        assert resident.scan().report.left_out.not_judged == {}


def test_outdated_work_stops_and_can_be_taken_up_again(root: Path) -> None:
    resident = resident_at(root)
    with pytest.raises(OutdatedError):
        _ = resident.scan(lambda: True).report
    assert encoded(resident.scan().report) == encoded(from_scratch(root))


def test_the_catalogue_follows(root: Path) -> None:
    resident = resident_at(root)
    first = resident.catalogue()
    assert resident.catalogue() is first
    resident.set_text("shop/till.py", b"class Newcomer:\n    pass\n")
    file = resident.catalogue().file_at("shop/till.py")
    assert file is not None
    assert [entry.name for entry in file.entries] == ["Newcomer"]


def test_an_edit_that_other_files_cannot_see_builds_no_project_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with resident_in(root) as resident:
        _ = resident.scan().report
        monkeypatch.setattr(Scan, "of_files", None)
        for text in (f"# moved\n{COPY}", COPY + PIECES[0], COPY + PIECES[0] + PIECES[1], COPY):
            resident.set_text("shop/book.py", text.encode())
            _ = resident.scan(looks=False).report
    with copy_with(root, {"shop/book.py": COPY}) as copy:
        assert encoded(resident.scan(looks=False).report) == encoded(from_scratch(copy))


def test_without_a_look_only_what_editors_hold_counts(root: Path) -> None:
    with resident_in(root) as resident:
        before = resident.scan().report
        write(root, {"shop/again.py": TOTAL})
        assert resident.scan(looks=False).report is before
        assert resident.scan().report is not before
        resident.set_text("shop/again.py", b"")
        assert subjects(resident.scan(looks=False).report) == subjects(before)
        resident.set_text("shop/again.py", None)
        assert ("SSOT120", "order_total") in subjects(resident.scan(looks=False).report)


PIECES = (
    "\n\ndef helper(value):\n    kept = {}\n    kept[value] = 1\n    return kept\n",
    "\n\nclass Piece:\n    def total(self, order):\n        return order.total()\n",
    "\nimport json\nfrom shop.book import OrderBook\n",
    "\n\n# a comment\n",
    "\nREGISTRY = {}\n\n\ndef register(key, value):\n    REGISTRY[key] = value\n",
    TOTAL,
)
PATHS = ("shop/book.py", "shop/new.py", "shop/sub/__init__.py", "legacy/book.py", "tests/test_new.py", "other/book.py")
TEXTS = ("", COPY, TOTAL, "from shop.book import OrderBook\n", "from shop.gone import thing\n", "def broken(:\n")
CONFIGURATIONS = ("", "ignore = ['SSOT101']\n", "select = ['ALL']\n", "extend-exclude = ['legacy']\n")
EDITS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(PATHS), st.sampled_from(TEXTS)),
    st.tuples(st.just("type"), st.sampled_from(PATHS), st.sampled_from(TEXTS)),
    st.tuples(st.just("append"), st.sampled_from(PATHS), st.sampled_from(PIECES)),
    st.tuples(st.just("append"), st.sampled_from(PATHS), st.sampled_from(PIECES)),
    st.tuples(st.just("rename"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    st.tuples(st.just("configure"), st.just("ssot-lint.toml"), st.sampled_from(CONFIGURATIONS)),
    st.tuples(st.just("close"), st.sampled_from(PATHS), st.just("")),
    st.tuples(st.just("delete"), st.sampled_from((*PATHS, "shop", "legacy")), st.just("")),
)


@contextmanager
def copy_with(root: Path, texts: dict[str, str]) -> Iterator[Path]:
    """The project with what editors hold, saved: what a scan from scratch can see of it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(root, copy)
        for path, text in texts.items():
            if (copy / path).exists():
                (copy / path).write_text(text)
        yield copy


def read(root: Path, path: str) -> str:
    return (root / path).read_text() if (root / path).is_file() else ""


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(EDITS, min_size=1, max_size=12))
def test_after_any_edits_the_findings_are_those_of_a_scan_from_scratch(edits: list[tuple[str, str, str]]) -> None:
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "project"
        root.mkdir()
        write(root, FILES)
        resident = stack.enter_context(resident_in(root))
        texts: dict[str, str] = {}
        for kind, path, text in edits:
            if kind in ("write", "configure"):
                write(root, {path: text})
            elif kind == "append":
                held = texts.get(path)
                texts[path] = (held if held is not None else read(root, path)) + text
                resident.set_text(path, texts[path].encode())
            elif kind == "rename":
                if path != text and (root / path).is_file():
                    (root / text).parent.mkdir(parents=True, exist_ok=True)
                    (root / path).replace(root / text)
            elif kind == "type":
                texts[path] = text
                resident.set_text(path, text.encode())
            elif kind == "close":
                texts.pop(path, None)
                resident.set_text(path, None)
            elif (root / path).is_dir():
                shutil.rmtree(root / path)
            else:
                (root / path).unlink(missing_ok=True)
            with copy_with(root, texts) as copy:
                assert encoded(resident.scan().report) == encoded(from_scratch(copy))
