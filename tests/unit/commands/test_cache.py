from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.cache import store as store_module
from ssot_lint.cache.store import STORE_FILE, CacheUpdate, Store
from ssot_lint.cli.main import run
from ssot_lint.errors import ExitCode
from ssot_lint.workers import extract_files as extraction_run

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store(tmp_path / "cache", "p", "0123456789")
    store.save(CacheUpdate({}, {"1": b"one", "2": b"two"}, "key", b"result"))
    store.close()
    return tmp_path / "cache"


def test_info_says_what_the_cache_holds(folder: Path, capsys: Capture) -> None:
    assert run(["cache", "info", "--cache-dir", str(folder)]) == ExitCode.OK
    assert capsys.readouterr().out == f"{folder}: 0.0 MB, 2 contents, 1 result\n"


def test_info_of_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ssot-lint.toml").write_text('cache-dir = "build/cache"\n')
    assert run(["cache", "info"]) == ExitCode.OK
    assert capsys.readouterr().out == f"{tmp_path}/build/cache: no cache\n"


def test_info_of_a_damaged_cache(folder: Path, capsys: Capture) -> None:
    (folder / STORE_FILE).write_text("no database")
    assert run(["cache", "info", "--cache-dir", str(folder)]) == ExitCode.USAGE
    assert capsys.readouterr().err.endswith("file is not a database. `ssot-lint cache clear` deletes it\n")


def test_clear_deletes_the_cache(folder: Path, capsys: Capture) -> None:
    assert run(["cache", "clear", "--cache-dir", str(folder)]) == ExitCode.OK
    assert not (folder / STORE_FILE).exists()
    assert run(["cache", "clear", "--cache-dir", str(folder)]) == ExitCode.OK


def test_clear_deletes_nothing_but_a_cache(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / STORE_FILE).write_text("precious")
    assert run(["cache", "clear", "--cache-dir", str(tmp_path)]) == ExitCode.USAGE
    assert (tmp_path / STORE_FILE).read_text() == "precious"
    assert (
        capsys.readouterr().err
        == f"error: {tmp_path} is not a cache of ssot-lint. Delete it by hand to get rid of it\n"
    )


def test_a_configured_cache_cannot_leave_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (root / "link").symlink_to(tmp_path / "elsewhere")
    (root / "ssot-lint.toml").write_text('cache-dir = "link/cache"\n')
    (root / "a.py").write_text("x = 1\n")
    monkeypatch.chdir(root)
    assert run(["cache", "info"]) == ExitCode.USAGE
    assert "leads out of the project" in capsys.readouterr().err
    assert run(["scan"]) == ExitCode.OK
    assert capsys.readouterr().err.count("cache not used: ") == 1
    assert run(["scan", "-q"]) == ExitCode.OK
    assert capsys.readouterr().err == ""
    assert list((tmp_path / "elsewhere").iterdir()) == []
    (root / "ssot-lint.toml").write_text('cache-dir = "../elsewhere"\n')
    assert run(["scan"]) == ExitCode.USAGE


def test_a_damaged_cache_is_made_anew_with_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    monkeypatch.chdir(tmp_path)
    assert run(["scan"]) == ExitCode.OK
    expected = capsys.readouterr().out
    (tmp_path / ".ssot_lint_cache" / STORE_FILE).write_text("no database")
    assert run(["scan"]) == ExitCode.OK
    out, err = capsys.readouterr()
    assert out == expected
    assert err.startswith("cache made anew: ")
    assert run(["scan"]) == ExitCode.OK
    assert capsys.readouterr() == (expected, "")


ORDER = "class Order:\n    def __init__(self, net, tax):\n        self.net = net\n        self.tax = tax\n"
SCAN = ("scan", "-q", "-f", "concise", "--select", "SSOT101")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    """Two files, scanned once, in a file system that shows no change but of the size."""
    monkeypatch.setattr(store_module, "_stamp", lambda status: str(status.st_size))
    monkeypatch.setattr(store_module, "_SETTLED_NANOSECONDS", -(10**12))
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "a.py").write_text(ORDER)
    (tmp_path / "b.py").write_text(ORDER.replace("Order", "Other"))
    monkeypatch.chdir(tmp_path)
    assert run(SCAN) == ExitCode.OK
    capsys.readouterr()
    return tmp_path


def test_a_change_that_no_stamp_shows_is_found_by_its_content(project: Path, capsys: Capture) -> None:
    (project / "b.py").write_text(ORDER)
    assert run(SCAN) == ExitCode.OK
    capsys.readouterr()
    assert run([*SCAN, "--check-content"]) == ExitCode.GATE_FAILED
    found = capsys.readouterr()
    assert found.out.startswith("b.py:1:1: medium SSOT101-")
    assert run(SCAN) == ExitCode.GATE_FAILED
    assert capsys.readouterr() == found
    assert run([*SCAN, "--no-cache"]) == ExitCode.GATE_FAILED
    assert capsys.readouterr() == found


def test_where_contents_are_checked_and_unchanged_nothing_is_extracted(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert run([*SCAN, "--no-cache"]) == ExitCode.OK
    expected = capsys.readouterr()
    monkeypatch.setattr(extraction_run, "extract_all", lambda _: pytest.fail("extracted again"))
    assert run([*SCAN, "--check-content"]) == ExitCode.OK
    assert capsys.readouterr() == expected


@pytest.mark.parametrize("command", ["update", "prune"])
def test_commands_of_the_baseline_check_contents_too(project: Path, command: str) -> None:
    baseline = project / "ssot-lint-baseline.jsonl"
    (project / "b.py").write_text(ORDER)
    assert run(["baseline", "update", "-q", "--no-cache"]) == ExitCode.OK
    known = baseline.read_text()
    if command == "update":
        baseline.unlink()
    assert run(["baseline", command, "-q"]) == ExitCode.OK
    assert ("SSOT101" in known, "SSOT101" in baseline.read_text()) == (True, False)
    baseline.write_text(known)
    assert run(["baseline", command, "-q", "--check-content"]) == ExitCode.OK
    assert baseline.read_text() == known


def test_a_violation_is_accepted_by_what_its_content_is(project: Path, capsys: Capture) -> None:
    (project / "b.py").write_text(ORDER)
    assert run([*SCAN, "--no-cache"]) == ExitCode.GATE_FAILED
    id_ = capsys.readouterr().out.split()[2]
    assert run(["baseline", "accept", "-q", id_]) == ExitCode.USAGE
    assert run(["baseline", "accept", "-q", id_, "--check-content"]) == ExitCode.OK


@pytest.mark.parametrize("command", ["graph", "init"])
@pytest.mark.parametrize(
    ("options", "caches"),
    [([], [".ssot_lint_cache"]), (["--no-cache"], []), (["--cache-dir", "there", "--check-content"], ["there"])],
)
def test_commands_that_only_look_keep_facts_where_they_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, options: list[str], caches: list[str]
) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "a.py").write_text(ORDER)
    monkeypatch.chdir(tmp_path)
    assert run([command, "-q", *options]) == ExitCode.OK
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == caches


def test_a_dry_run_of_init_writes_no_cache_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "-q", "--dry-run", "--cache-dir", "there"]) == ExitCode.OK
    assert list(tmp_path.iterdir()) == []


def test_a_graph_is_drawn_by_contents_if_they_are_checked(project: Path, capsys: Capture) -> None:
    (project / "b.py").write_text(ORDER)
    assert run(["graph", "--symbol", "b:Order"]) == ExitCode.USAGE
    assert run(["graph", "--symbol", "b:Order", "--check-content"]) == ExitCode.OK
    assert "Order" in capsys.readouterr().out
