from __future__ import annotations

import pytest

from ssot_lint.text.path_lists import about

COPY = "Keep `A` in app/home.py. Delete it from {} and write `from app.home import A` there."


@pytest.mark.parametrize(
    ("named", "kept", "others", "expected"),
    [
        ("app/a.py, tools/b.py", ["app/a.py"], ["tools/b.py"], "app/a.py"),
        ("tools/b.py, app/a.py", ["app/a.py"], ["tools/b.py"], "app/a.py"),
        ("a.py, b.py, c.py and 2 more", ["b.py", "e.py"], ["a.py", "c.py", "d.py"], "b.py, e.py"),
        ("a.py, b.py, c.py and 2 more", ["e.py"], ["a.py", "b.py", "c.py", "d.py"], "a.py, b.py, c.py and 2 more"),
        ("a.py, b.py", ["a.py", "b.py"], [], "a.py, b.py"),
        ("a.py, b.py", [], ["a.py", "b.py"], "a.py, b.py"),
        ("app/a.pyi, app/a.py", ["app/a.py"], ["app/a.pyi"], "app/a.py"),
        ("lib/app/a.py, app/a.py", ["app/a.py"], ["lib/app/a.py"], "app/a.py"),
    ],
)
def test_only_what_is_kept_is_listed(named: str, kept: list[str], others: list[str], expected: str) -> None:
    assert about(COPY.format(named), kept, others) == COPY.format(expected)


def test_a_sentence_about_others_alone_is_left_out() -> None:
    text = "Delete it from a.py, b.py. In tools/c.py write `import home`. `x` stays private."
    assert about(text, ["a.py"], ["b.py", "tools/c.py"]) == "Delete it from a.py. `x` stays private."


def test_a_text_without_paths_stays() -> None:
    assert about("Give it a name. Then import it.", ["a.py"], ["b.py"]) == "Give it a name. Then import it."
