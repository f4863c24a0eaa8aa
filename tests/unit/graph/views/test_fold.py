from __future__ import annotations

import pytest

from ssot_lint.graph.views.fold import common_folder, fold, folder_among

PATHS = {
    "app/a.py": 5,
    "app/b.py": 1,
    "app/core/x.py": 1,
    "app/core/y.py": 1,
    "app/core/z.py": 1,
    "app/web/views/one.py": 1,
    "app/web/views/two.py": 1,
    "setup.py": 1,
}


def drawn(room: int | None) -> list[str]:
    return sorted(set(fold(PATHS, room).values()))


def test_what_fits_is_not_folded() -> None:
    assert drawn(None) == drawn(8) == sorted(PATHS)


def test_the_deepest_folder_is_folded_first_then_the_fullest() -> None:
    assert drawn(7) == [
        "app/a.py",
        "app/b.py",
        "app/core/x.py",
        "app/core/y.py",
        "app/core/z.py",
        "app/web/views/",
        "setup.py",
    ]
    assert drawn(6) == drawn(5) == ["app/a.py", "app/b.py", "app/core/", "app/web/views/", "setup.py"]


def test_a_folder_with_one_file_is_that_file() -> None:
    assert fold({"a/b/c.py": 1, "d.py": 1, "e.py": 1}, 2) == {"a/b/c.py": "a/b/c.py", "d.py": "d.py", "e.py": "e.py"}


def test_files_in_no_folder_stay() -> None:
    assert drawn(2) == ["app/", "setup.py"]


def test_a_folder_that_holds_nearly_all_takes_the_lightest_only() -> None:
    paths = {f"app/{name}.py": weight for weight, name in enumerate("edcba")} | {"app/f.py": 0}
    folded = fold({**paths, **{f"app/{at}.py": 9 for at in range(10)}}, 12)
    assert {path for path, place in folded.items() if place == "app/"} == {
        "app/c.py",
        "app/d.py",
        "app/e.py",
        "app/f.py",
        "app/b.py",
    }
    assert len(set(folded.values())) == 12


@pytest.mark.parametrize(
    ("paths", "folder"),
    [(["a/b/c.py", "a/b/d/e.py"], "a/b/"), (["a/x.py", "ab/x.py"], ""), (["a.py"], ""), ([], "")],
)
def test_the_common_folder(paths: list[str], folder: str) -> None:
    assert common_folder(paths) == folder


def test_the_folder_a_file_is_drawn_in() -> None:
    assert folder_among("a/b/c.py", {"a/", "a/b/"}) == "a/b/"
    assert folder_among("a/b/c.py", {"a/"}) == "a/"
    assert folder_among("a/b/c.py", {"b/"}) is None
