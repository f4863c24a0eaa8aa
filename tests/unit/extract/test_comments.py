"""Which comments are directives."""

from __future__ import annotations

import pytest

from tests.unit.extract.parsing import parse


def test_directives_are_comments_and_nothing_else() -> None:
    source = (
        "x = '# ssot-lint: ignore[SSOT101]'\n"
        "class A: pass  # ssot-lint: ignore[SSOT101] because\n"
        "# ssot-lint: canonical\n"
        "class B: pass\n"
        "# see ssot-lint: no directive\n"
        "import os  # noqa: F401  # ssot-lint: ignore[SSOT301]  # nosec\n"
        "#ssot-lint: file-ignore[x]"
    )
    assert [(fact.text, fact.own_line, fact.line, fact.column) for fact in parse(source).directives] == [
        ("ignore[SSOT101] because", False, 2, 16),
        ("canonical", True, 3, 1),
        ("ignore[SSOT301]  # nosec", False, 6, 26),
        ("file-ignore[x]", True, 7, 1),
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "#" * 300_000 + "x ssot-lint:",
        "# " + "pylint: disable=" * 20_000,
        "# " + "pyright: ignore[" * 20_000,
        "# noqa:" * 40_000,
        "# flake8" * 40_000,
    ],
    ids=["rulers", "pylint", "pyright", "noqa", "flake8"],
)
def test_a_long_comment_takes_no_time(comment: str) -> None:
    facts = parse(f"import os\nx = 1  {comment}\n{comment}\ny = 2\n")
    assert facts.directives == ()
