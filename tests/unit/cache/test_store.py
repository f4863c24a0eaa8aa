"""The memory of scans, and what may be wrong with it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_lint.cache import store as store_module
from ssot_lint.cache.folder import CacheError
from ssot_lint.cache.store import MOST_RESULTS, STORE_FILE, CacheUpdate, DamagedCacheError, Store

LONG_AGO = 1_700_000_000


def opened(folder: Path, project: str, code: str = "0123456789") -> Store:
    return Store(folder, project, code)


def seen(tree: Path, *names: str) -> dict[str, os.stat_result]:
    return {name: os.lstat(tree / name) for name in names if os.path.lexists(tree / name)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    for name in ("a.py", "b.py"):
        (root / name).write_text(name)
        os.utime(root / name, (LONG_AGO, LONG_AGO))
    return root


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files made by a test have changed just now."""
    monkeypatch.setattr(store_module, "_SETTLED_NANOSECONDS", -(10**12))
    monkeypatch.setattr(store_module, "_PATIENCE_SECONDS", 0.01)


def remembered(folder: Path, tree: Path) -> Store:
    store = opened(folder, "p")
    store.unchanged(seen(tree, "a.py", "b.py"))
    store.save(CacheUpdate({"a.py": "1", "b.py": "2"}, {"1": b"one", "2": b"two"}, "key", b"result"))
    store.close()
    return opened(folder, "p")


def test_what_was_saved_is_known_again(folder: Path, tree: Path) -> None:
    store = remembered(folder, tree)
    assert store.unchanged(seen(tree, "a.py", "b.py")) == {"a.py": "1", "b.py": "2"}
    assert store.recall(["1", "2", "3"]) == {"1": b"one", "2": b"two"}
    assert (store.knows("1"), store.knows("3")) == (True, False)
    assert store.result("key") == b"result"
    assert store.result("other") is None


def test_the_folder_says_what_it_is(folder: Path) -> None:
    opened(folder, "p").close()
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (folder / ".gitignore").read_text() == "*\n"


def test_a_file_that_shows_a_change_is_not_unchanged(folder: Path, tree: Path) -> None:
    store = remembered(folder, tree)
    (tree / "a.py").write_text("A.py")
    os.utime(tree / "a.py", (LONG_AGO, LONG_AGO))  # the inode still tells
    (tree / "b.py").unlink()
    assert store.unchanged(seen(tree, "a.py", "b.py")) == {}


def test_a_file_changed_just_now_is_read_again(folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_SETTLED_NANOSECONDS", 10**12)
    assert remembered(folder, tree).unchanged(seen(tree, "a.py", "b.py")) == {}


def tell_size_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file system be one that shows no change but of the size."""
    monkeypatch.setattr(store_module, "_stamp", lambda status: str(status.st_size))


def test_no_stamp_counts_where_contents_are_checked_and_all_are_made_anew(
    folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_size_only(monkeypatch)
    remembered(folder, tree).close()
    (tree / "a.py").write_text("A.py")
    store = opened(folder, "p")
    assert store.unchanged(seen(tree, "a.py", "b.py")) == {"a.py": "1", "b.py": "2"}
    store.close()

    checking = Store(folder, "p", "0123456789", checks_content=True)
    assert checking.unchanged(seen(tree, "a.py", "b.py")) == {}
    assert (checking.knows("1"), checking.recall(["2"])) == (True, {"2": b"two"})
    checking.save(CacheUpdate({"a.py": "3", "b.py": "2"}, {"3": b"three"}))
    checking.close()
    assert opened(folder, "p").unchanged(seen(tree, "a.py", "b.py")) == {"a.py": "3", "b.py": "2"}


def test_a_stamp_of_another_content_does_not_outlive_a_file_changed_just_now(
    folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered(folder, tree).close()
    monkeypatch.setattr(store_module, "_SETTLED_NANOSECONDS", 10**18)  # the clock was set back
    checking = Store(folder, "p", "0123456789", checks_content=True)
    checking.unchanged(seen(tree, "a.py"))
    checking.save(CacheUpdate({"a.py": "2"}, {}))
    checking.close()
    assert opened(folder, "p").unchanged(seen(tree, "a.py", "b.py")) == {"b.py": "2"}


def test_links_and_pipes_are_never_unchanged(folder: Path, tree: Path) -> None:
    store = remembered(folder, tree)
    (tree / "a.py").unlink()
    (tree / "a.py").symlink_to(tree / "b.py")
    (tree / "b.py").unlink()
    os.mkfifo(tree / "b.py")
    assert store.unchanged(seen(tree, "a.py", "b.py")) == {}


def test_two_projects_share_facts_but_not_files(folder: Path, tree: Path) -> None:
    remembered(folder, tree).close()
    other = opened(folder, "q")
    assert other.unchanged(seen(tree, "a.py")) == {}
    assert other.recall(["1"]) == {"1": b"one"}


def test_names_that_are_not_utf8_are_kept(folder: Path, tree: Path) -> None:
    name = os.fsdecode(b"\xff.py")
    (tree / name).write_text("x")
    store = opened(folder, "p")
    store.unchanged(seen(tree, name))
    store.save(CacheUpdate({name: "1"}, {"1": b"one"}))
    store.close()
    assert opened(folder, "p").unchanged(seen(tree, name)) == {name: "1"}


def test_what_other_code_left_behind_is_dropped(folder: Path, tree: Path) -> None:
    remembered(folder, tree).close()
    other = opened(folder, "p", "fedcba9876")
    assert (other.recall(["1"]), other.result("key"), other.unchanged(seen(tree, "a.py"))) == ({}, None, {})
    other.close()
    assert opened(folder, "p", "fedcba9876").recall(["1"]) == {}


def test_only_the_latest_results_are_kept(folder: Path) -> None:
    store = opened(folder, "p")
    for number in range(MOST_RESULTS + 2):
        store.save(CacheUpdate({}, {}, f"key {number}", b"x"))
    assert [store.result(f"key {number}") for number in (0, 1, 2)] == [None, None, b"x"]


def test_what_no_file_needs_goes_when_the_store_is_too_large(
    folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered(folder, tree).close()
    monkeypatch.setattr(store_module, "MAX_BYTES", 0)
    store = opened(folder, "q")
    store.unchanged(seen(tree, "a.py"))
    store.save(CacheUpdate({"a.py": "1"}, {}))
    assert store.recall(["1", "2"]) == {"1": b"one"}


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 4_000])
def test_a_damaged_file_is_told_and_gone(folder: Path, content: bytes) -> None:
    opened(folder, "p").close()
    (folder / STORE_FILE).write_bytes(content)
    with pytest.raises(DamagedCacheError):
        opened(folder, "p")
    opened(folder, "p").close()


def test_a_truncated_file_is_told_and_gone(folder: Path, tree: Path) -> None:
    store = opened(folder, "p")
    store.save(CacheUpdate({}, {str(number): b"x" * 5_000 for number in range(50)}))
    store.close()
    size = (folder / STORE_FILE).stat().st_size
    os.truncate(folder / STORE_FILE, size // 2 // 4096 * 4096)
    with pytest.raises(CacheError):
        opened(folder, "p").recall(map(str, range(50)))
    assert opened(folder, "p").recall(map(str, range(50))) == {}


def test_a_flipped_bit_is_noticed(folder: Path, tree: Path) -> None:
    remembered(folder, tree).close()
    connection = sqlite3.connect(folder / STORE_FILE)
    with connection:
        connection.execute("UPDATE facts SET data = CAST(substr(data, 1, 8) || 'onf' AS BLOB) WHERE digest = '1'")
    connection.close()
    with pytest.raises(DamagedCacheError):
        opened(folder, "p").recall(["1"])


def test_a_database_of_somebody_else_is_not_trusted(folder: Path) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / STORE_FILE)
    with connection:
        connection.execute("CREATE VIEW facts AS SELECT 'a' AS digest, 'b' AS data")
    connection.close()
    with pytest.raises(DamagedCacheError, match="holds something else"):
        opened(folder, "p")


def test_a_store_in_use_is_left_alone(folder: Path, tree: Path) -> None:
    store = remembered(folder, tree)
    other = sqlite3.connect(folder / STORE_FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CacheError, match="locked"):
        store.save(CacheUpdate({}, {"3": b"three"}))
    other.execute("ROLLBACK")
    other.close()
    store.save(CacheUpdate({}, {"3": b"three"}))
    store.close()
    assert opened(folder, "p").recall(["1", "3"]) == {"1": b"one", "3": b"three"}


def test_a_save_that_fails_leaves_nothing_behind(folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = remembered(folder, tree)

    def facts() -> Iterator[bytes]:
        yield b"three"
        raise KeyboardInterrupt

    sealed = facts()
    monkeypatch.setattr(store_module, "_sealed", lambda _: next(sealed))
    with pytest.raises(KeyboardInterrupt):
        store.save(CacheUpdate({}, {"3": b"three", "4": b"four"}))
    store.close()
    monkeypatch.undo()
    assert opened(folder, "p").recall(["1", "3"]) == {"1": b"one"}


def test_a_link_is_no_cache_folder(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CacheError, match="is a link"):
        opened(folder, "p")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_is_no_store(tmp_path: Path, folder: Path) -> None:
    folder.mkdir()
    (tmp_path / "precious").write_text("x")
    (folder / STORE_FILE).symlink_to(tmp_path / "precious")
    with pytest.raises(CacheError, match="not a regular file"):
        opened(folder, "p")
    assert (tmp_path / "precious").read_text() == "x"


def test_a_cache_that_the_repository_brings_along_is_refused(tmp_path: Path, folder: Path) -> None:
    opened(folder, "p").close()
    for command in (["init", "--quiet"], ["add", "--force", "cache"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    with pytest.raises(CacheError, match="part of the repository"):
        opened(folder, "p")


def test_a_file_in_the_way_is_told(folder: Path) -> None:
    folder.write_text("x")
    with pytest.raises(CacheError, match="File exists"):
        opened(folder, "p")
