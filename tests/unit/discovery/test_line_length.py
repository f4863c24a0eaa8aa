"""How long lines may be, by what formatters and linters are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.discovery.line_length import line_length


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, 88),
        ({"pyproject.toml": "[tool.ruff]\nline-length = 100\n[tool.black]\nline-length = 70\n"}, 100),
        ({"pyproject.toml": "[tool.black]\nline-length = 70\n", "setup.cfg": "[flake8]\nmax-line-length = 99\n"}, 70),
        ({"pyproject.toml": "[tool.flake8]\nmax-line-length = 99\n"}, 99),
        ({"ruff.toml": "line-length = 110\n", "pyproject.toml": "[tool.ruff]\nline-length = 100\n"}, 110),
        ({"setup.cfg": "[metadata]\nname = x\n\n[flake8]\nignore = E1\nmax-line-length = 99\n"}, 99),
        ({"tox.ini": "[tox]\nmax_line_length = 70\n[pycodestyle]\nmax_line_length = 95\n"}, 95),
        ({"pyproject.toml": '[tool.ruff]\nline-length = "x"\n'}, 88),
        ({"pyproject.toml": "[tool.ruff]\nline-length = 100000\n"}, 88),
        ({"pyproject.toml": "no TOML", ".flake8": "[flake8]\nmax-line-length=79\n"}, 79),
    ],
)
def test_the_first_tool_that_says_a_length_is_believed(tmp_path: Path, files: dict[str, str], expected: int) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert line_length(tmp_path) == expected
