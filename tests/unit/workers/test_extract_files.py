"""From files to facts, in processes that may be killed by what they read."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ssot_lint.cache.interface import NullCache
from ssot_lint.cache.store import Store
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceFile, Zone
from ssot_lint.workers import extract_files as extraction_run
from ssot_lint.workers.extract_files import ExtractionResult, WorkerPool, extract_all, extract_files
from ssot_lint.workers.interface import A, Executor, OpenExecutor, R
from ssot_lint.workers.processes import open_processes


def source(path: str) -> SourceFile:
    return SourceFile(path, "", path.removesuffix(".py"), False, False, Zone.PRODUCTION)


def extract(
    root: Path, texts: dict[str, str], jobs: int = 2, open_executor: OpenExecutor = open_processes
) -> tuple[dict[str, ModuleFacts | ParseFailure], list[tuple[int, int]]]:
    for name, text in texts.items():
        (root / name).write_text(text)
    steps: list[tuple[int, int]] = []
    files = [source(name) for name in sorted(texts)]
    pool = WorkerPool(open_executor, jobs)
    found = extract_files(root, files, pool, NullCache(), lambda done, total: steps.append((done, total)))
    return dict(zip(sorted(texts), found.results(sorted(texts)), strict=True)), steps


def test_results_come_in_the_order_of_the_files_and_progress_ends_at_all(tmp_path: Path) -> None:
    texts = {f"m{number}.py": f"class C{number}: pass\n" for number in range(30)}
    results, steps = extract(tmp_path, texts)
    for name, facts in results.items():
        assert isinstance(facts, ModuleFacts)
        assert facts.classes[0].name == "C" + name.removeprefix("m").removesuffix(".py")
    assert steps[-1] == (sum(map(len, texts.values())),) * 2


def test_the_number_of_workers_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_run, "CHUNK_BYTES", 40)
    texts = {f"m{number}.py": f"x = {number}\ndef f(): return {number}\n" for number in range(9)}
    assert extract(tmp_path, texts, jobs=1)[0] == extract(tmp_path, texts, jobs=3)[0]


def test_a_file_that_kills_the_worker_costs_nobody_else(tmp_path: Path) -> None:
    depth = 20_000
    results, _ = extract(
        tmp_path, {"a.py": "class A: pass\n", "bomb.py": "(" * depth + ")" * depth, "c.py": "class C: pass\n"}
    )
    assert isinstance(results["bomb.py"], ParseFailure)
    assert isinstance(results["a.py"], ModuleFacts)
    assert isinstance(results["c.py"], ModuleFacts)


def test_a_file_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_run, "DEADLINE_SECONDS", 2.0)
    endless = "match x:\n    case " + "C(" * 40 + "1" + ")" * 40 + ":\n        pass\n"
    results, _ = extract(tmp_path, {"a.py": "class A: pass\n", "endless.py": endless})
    assert results["endless.py"] == ParseFailure("the parser did not finish in time", is_given_up=True)
    assert isinstance(results["a.py"], ModuleFacts)


def test_what_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_text("x = 1\n")
    (tmp_path / "link.py").symlink_to(tmp_path / "target.txt")
    os.mkfifo(tmp_path / "pipe.py")
    files = [source("gone.py"), source("link.py"), source("pipe.py")]
    found = extract_files(tmp_path, files, WorkerPool(nobody, 1), NullCache(), lambda done, total: None)
    assert {path: failure.reason for path, failure in found.failures.items()} == {
        "gone.py": "cannot be read: No such file or directory",
        "link.py": "cannot be read: Too many levels of symbolic links",
        "pipe.py": "cannot be read: not a regular file",
    }


def nobody(jobs: int) -> AbstractContextManager[Executor]:
    raise AssertionError("no worker is needed")


def test_small_tame_files_need_no_worker(tmp_path: Path) -> None:
    results, steps = extract(tmp_path, {"a.py": "class A: pass\n", "b.py": "x = = 1\n"}, open_executor=nobody)
    assert isinstance(results["a.py"], ModuleFacts)
    assert steps[-1] == (22, 22)


def test_many_files_go_to_workers_and_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"a.py": "class A: pass\n", "b.py": "def f(x=[]):\n    return A(x)\n"}
    here, _ = extract(tmp_path, texts, open_executor=nobody)
    monkeypatch.setattr(extraction_run, "SMALL_BYTES", 0)
    assert extract(tmp_path, texts)[0] == here


def test_files_of_one_content_are_extracted_once(tmp_path: Path) -> None:
    results, _ = extract(tmp_path, dict.fromkeys(("a.py", "b.py", "c.py"), "class A: pass\n"), open_executor=nobody)
    assert results["a.py"] == results["b.py"] == results["c.py"]


@dataclass
class Counting:
    """An executor in this process that notes the contents that it gets, and dies of those with ``bomb`` in them."""

    contents: list[bytes] = field(default_factory=list)

    @contextmanager
    def open(self, jobs: int) -> Iterator[Executor]:  # noqa: ARG002
        yield self

    def submit(self, task: Callable[[A], R], argument: A, deadline: float) -> Future[R]:  # noqa: ARG002
        assert isinstance(argument, list)
        self.contents.extend(argument)
        future: Future[R] = Future()
        if any(b"bomb" in content for content in argument):
            future.set_exception(TimeoutError())
        else:
            future.set_result(task(argument))
        return future


@pytest.mark.parametrize("jobs", [0, 1])
@pytest.mark.parametrize("chunk_bytes", [1, 300_000])
def test_each_content_is_sent_once_and_its_end_is_that_of_all_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, chunk_bytes: int
) -> None:
    """Without jobs ``b.py`` has ended before ``d.py`` is read, with one it is still on its way."""
    monkeypatch.setattr(extraction_run, "SMALL_BYTES", 0)
    monkeypatch.setattr(extraction_run, "CHUNK_BYTES", chunk_bytes)
    good, bad, other, empty = "class A: pass\n", "bomb = 123456\n", "class C: pass\n", ""
    counting = Counting()
    texts = {"a.py": good, "b.py": bad, "c.py": other, "d.py": bad, "e.py": empty, "f.py": empty, "g.py": good}
    results, steps = extract(tmp_path, texts, jobs=jobs, open_executor=counting.open)
    # A chunk that fails is sent again, file by file.
    times = 1 if chunk_bytes == 1 else 2
    assert Counter(counting.contents) == dict.fromkeys(map(str.encode, texts.values()), times)
    assert {path: isinstance(result, ParseFailure) for path, result in results.items()} == {
        path: text == bad for path, text in texts.items()
    }
    assert results["b.py"] == results["d.py"] == ParseFailure("the parser did not finish in time", is_given_up=True)
    assert results["a.py"] == results["g.py"]
    assert results["e.py"] == results["f.py"]
    assert steps[-1] == (sum(map(len, texts.values())),) * 2


def test_a_file_is_asked_for_its_size_and_times_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [source("a.py"), source("b.py")]
    (tmp_path / "a.py").write_text("x = 1\n")
    asked: list[str] = []
    real = os.lstat

    def lstat(path: str) -> os.stat_result:
        asked.append(path)
        return real(path)

    store = Store(tmp_path / "cache", "p", "0123456789")
    monkeypatch.setattr(os, "lstat", lstat)
    found = extract_files(tmp_path, files, WorkerPool(nobody, 1), store, lambda done, total: None)
    store.close()
    assert found.digests.keys() == {"a.py"}
    assert asked == [f"{tmp_path}/a.py", f"{tmp_path}/b.py"]


class Remembers(NullCache):
    """Knows the content of one path without reading it, and of another when it is read."""

    def __init__(self, encoded: bytes, content: str) -> None:
        self.encoded = encoded
        self.digest = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()

    def unchanged(self, seen: Mapping[str, os.stat_result]) -> Mapping[str, str]:  # noqa: ARG002
        return {"unread.py": self.digest}

    def knows(self, digest: str) -> bool:
        return digest == self.digest

    def recall(self, digests: Iterable[str]) -> Mapping[str, bytes]:
        return dict.fromkeys(set(digests) & {self.digest}, self.encoded)


def test_what_is_known_is_not_extracted_again(tmp_path: Path) -> None:
    (encoded,) = extract_all([b"class Known: pass\n"])
    (tmp_path / "read.py").write_text("kept as Known")
    memory = Remembers(encoded, "kept as Known")
    files = [source("read.py"), source("unread.py")]
    found = extract_files(tmp_path, files, WorkerPool(nobody, 1), memory, lambda done, total: None)
    assert found.fresh == {}
    for facts in found.results(["read.py", "unread.py"]):
        assert isinstance(facts, ModuleFacts)
        assert facts.classes[0].name == "Known"


def test_an_interruption_ends_the_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_run, "SMALL_BYTES", 0)
    (tmp_path / "a.py").write_text("x = 1\n")

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    kept: list[ExtractionResult] = []
    pool = WorkerPool(open_processes, 1)
    with pytest.raises(KeyboardInterrupt):
        extract_files(tmp_path, [source("a.py")], pool, NullCache(), interrupt, keep=kept.append)
    assert multiprocessing.active_children() == []
    assert [sorted(found.digests) for found in kept] == [["a.py"]]
    assert len(kept[0].fresh) == 1


def test_modules_of_the_scanned_folder_are_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = "from pathlib import Path\nPath(__file__).with_name('sprung').touch()\nraise SystemExit\n"
    monkeypatch.chdir(tmp_path)
    results, _ = extract(tmp_path, {"multiprocessing.py": trap, "pebble.py": trap, "site.py": trap, "msgspec.py": trap})
    assert all(isinstance(result, ModuleFacts) for result in results.values())
    assert not (tmp_path / "sprung").exists()


def test_what_the_cache_knows_as_well_is_let_go_of_once_it_is_read(tmp_path: Path) -> None:
    (encoded,) = extract_all([b"class Known: pass\n"])
    (tmp_path / "a.py").write_text("class Known: pass\n")
    (tmp_path / "b.py").write_text("class Known: pass\n")
    files = [source("a.py"), source("b.py")]
    found = extract_files(tmp_path, files, WorkerPool(nobody, 1), NullCache(), lambda done, total: None)
    assert found.results(["a.py"]) == found.results(["a.py"])
    found.cache = Remembers(encoded, "class Known: pass\n")
    found.note_kept()
    first, second = found.results(["a.py", "b.py"])
    assert first is second
    assert (found.fresh, found.passing) == ({}, {})
    assert found.results(["b.py"]) == [first]
