"""Corpora made of the files of wheels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.corpora import Unit, build, nearest_prefix, renamed, split


def a_unit(lines: int, name: str = "a") -> Unit:
    return Unit({f"{name}/x.py": b"x\n" * lines})


def test_a_wheel_is_split_into_its_core_and_its_integrations() -> None:
    core = ["homeassistant/__init__.py", "homeassistant/components/__init__.py", "homeassistant/core.py"]
    plugins = [f"homeassistant/components/{name}" for name in ("b/x.py", "a/x.py", "a/deep/y.py", "c.py")]
    units = list(split(dict.fromkeys([*plugins, *core], b"")))
    assert [sorted(unit.files) for unit in units] == [
        core,
        ["homeassistant/components/a/deep/y.py", "homeassistant/components/a/x.py"],
        ["homeassistant/components/b/x.py"],
        ["homeassistant/components/c.py"],
    ]
    assert [sorted(unit.files) for unit in split({"requests/api.py": b""})] == [["requests/api.py"]]


@pytest.mark.parametrize(("lines", "taken"), [(1, 1), (10, 1), (13, 1), (17, 2), (20, 2), (24, 2), (26, 3), (99, 3)])
def test_a_corpus_is_the_prefix_that_comes_nearest(lines: int, taken: int) -> None:
    assert len(nearest_prefix([a_unit(10)] * 3, lines)) == (taken if lines > 5 else 0)


def test_no_unit_is_asked_for_once_there_is_enough() -> None:
    def units() -> Iterator[Unit]:
        yield a_unit(10)
        raise AssertionError("the next wheel would be downloaded")

    assert [unit.lines for unit in nearest_prefix(units(), 10)] == [10]


def test_a_renamed_package_imports_itself_and_no_copy_of_a_file_is_equal_to_another() -> None:
    unit = renamed({"app/core/x.py": b"import app.core\nfrom app import app_x\n", "app/y.py": b""}, "app", "app_1")
    assert unit.files == {
        "app_1/core/x.py": b"import app_1.core\nfrom app_1 import app_x\n# app_1\n",
        "app_1/y.py": b"# app_1\n",
    }


def test_a_corpus_is_a_project_that_is_kept_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    files = {"b/x.py": b"x\n" * 3, "a.py": b"", "b/y.py": b"y\n"}
    corpus = build("small", files)
    assert (corpus.paths, corpus.lines, corpus.packages) == (("a.py", "b/x.py", "b/y.py"), 4, ["a.py", "b"])
    assert corpus.middle == corpus.root / "b" / "y.py"
    assert sorted(path.name for path in corpus.root.iterdir()) == ["a.py", "b", "pyproject.toml"]
    before = (corpus.root / "b" / "x.py").stat().st_mtime_ns
    assert build("small", files) == corpus
    assert (corpus.root / "b" / "x.py").stat().st_mtime_ns == before
    (corpus.root / "a.py").write_text("left behind by a run that was killed\n")
    assert build("small", files) == corpus
    assert (corpus.root / "a.py").read_bytes() == b""
