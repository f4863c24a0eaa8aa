"""Corpora made of the files of wheels."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.corpora import WORKSPACE, Unit, build, member, nearest_prefix, split


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


def test_a_member_of_the_workspace_is_a_folder_of_what_python_can_compile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    files = {
        "shop/a.py": b"x = 1\n",
        "tests/wrong.py": b"def\n",
        "tests/latin.py": b"# \xe9\n",
        "setup.cfg": b"[metadata]\n",
        "shop/setup.cfg": b"",
        "README.md": b"",
    }
    archive = tmp_path / "ssot-lint" / "sdists" / "my-shop==1" / "my-shop-1.tar.gz"
    archive.parent.mkdir(parents=True)
    with tarfile.open(archive, "w:gz") as tar:
        for path, content in files.items():
            entry = tarfile.TarInfo(f"my_shop-1/{path}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    unit = member("my-shop==1")
    assert unit.files == {"my-shop/setup.cfg": b"[metadata]\n", "my-shop/shop/a.py": b"x = 1\n"}


def test_metadata_of_a_member_are_written_and_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    corpus = build(WORKSPACE, {"shop/setup.cfg": b"[metadata]\n", "shop/a.py": b"x = 1\n"})
    assert (corpus.paths, corpus.lines) == (("shop/a.py",), 1)
    assert (corpus.root / "shop" / "setup.cfg").read_bytes() == b"[metadata]\n"
    assert 'members = ["*"]' in (corpus.root / "pyproject.toml").read_text()


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
