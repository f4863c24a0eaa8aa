"""Extraction in worker processes that may be killed by what they read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ssot_lint import workers
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceFile, Zone


def source(path: str) -> SourceFile:
    return SourceFile(path, "", path.removesuffix(".py"), False, False, Zone.PRODUCTION)


def extract(
    root: Path, texts: dict[str, str], jobs: int = 2
) -> tuple[dict[str, ModuleFacts | ParseFailure], list[tuple[int, int]]]:
    for name, text in texts.items():
        (root / name).write_text(text)
    steps: list[tuple[int, int]] = []
    files = [source(name) for name in sorted(texts)]
    results = workers.extract_files(root, files, jobs=jobs, progress=lambda done, total: steps.append((done, total)))
    return {file.path: result for file, result in zip(files, results, strict=True)}, steps


def test_results_come_in_the_order_of_the_files_and_progress_ends_at_all(tmp_path: Path) -> None:
    texts = {f"m{number}.py": f"class C{number}: pass\n" for number in range(30)}
    results, steps = extract(tmp_path, texts)
    for name, facts in results.items():
        assert isinstance(facts, ModuleFacts)
        assert facts.classes[0].name == "C" + name.removeprefix("m").removesuffix(".py")
    assert steps[-1] == (30, 30)


def test_the_number_of_workers_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CHUNK_BYTES", 40)
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
    monkeypatch.setattr(workers, "DEADLINE_SECONDS", 2.0)
    endless = "match x:\n    case " + "C(" * 40 + "1" + ")" * 40 + ":\n        pass\n"
    results, _ = extract(tmp_path, {"a.py": "class A: pass\n", "endless.py": endless})
    assert results["endless.py"] == ParseFailure("the parser did not finish in time")
    assert isinstance(results["a.py"], ModuleFacts)


def test_what_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_text("x = 1\n")
    (tmp_path / "link.py").symlink_to(tmp_path / "target.txt")
    os.mkfifo(tmp_path / "pipe.py")
    files = [source("gone.py"), source("link.py"), source("pipe.py")]
    results = workers.extract_files(tmp_path, files, jobs=1, progress=lambda done, total: None)
    assert all(isinstance(result, ParseFailure) and result.reason.startswith("cannot be read") for result in results)


def test_no_files_no_workers(tmp_path: Path) -> None:
    assert workers.extract_files(tmp_path, [], jobs=4, progress=lambda done, total: None) == []


def test_modules_of_the_scanned_folder_are_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = "from pathlib import Path\nPath(__file__).with_name('sprung').touch()\nraise SystemExit\n"
    monkeypatch.chdir(tmp_path)
    results, _ = extract(tmp_path, {"multiprocessing.py": trap, "pebble.py": trap, "site.py": trap, "msgspec.py": trap})
    assert all(isinstance(result, ModuleFacts) for result in results.values())
    assert not (tmp_path / "sprung").exists()
