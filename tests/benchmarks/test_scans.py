"""What is read from a scan that is measured."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks.scans import changed, edited, extended, files_of, heavy_modules, stages_of


def test_a_changed_file_is_put_back(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_bytes(b"x = 1\r\n")
    with changed(file, lambda text, number: f"{text}y = {number}\n", 7):
        assert file.read_bytes() == b"x = 1\r\ny = 7\n"
    assert file.read_bytes() == b"x = 1\r\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f():\n    g()\n    return 1\n", "def f():\n    g()\n    edited = 7\n    return 1\n"),
        (
            "class A:\n    async def f(self):\n        pass\n",
            "class A:\n    async def f(self):\n        edited = 7\n        pass\n",
        ),
        ("def f(): return 1\ndef g():\n    return 2\n", "def f(): return 1\ndef g():\n    edited = 7\n    return 2\n"),
        ("def f():\n    @g\n    def h(): ...\n", "def f():\n    edited = 7\n    @g\n    def h(): ...\n"),
        ("x = 1\n", "x = 1\nedited = 7\n"),
    ],
)
def test_an_edit_is_inside_the_first_function(text: str, expected: str) -> None:
    assert edited(text, 7) == expected


def test_an_extended_file_has_an_import_a_class_and_a_function_more() -> None:
    kinds = [type(each).__name__ for each in ast.parse(extended("x = 1\n", 7)).body]
    assert kinds == ["Assign", "Import", "ClassDef", "FunctionDef"]


def test_stages_are_read_without_the_rules() -> None:
    notes = (
        "project root /x, configuration none, 50 rules\n"
        "    0.012 s  discover\n   73.565 s  extract\n    0.010 s  SSOT101 duplicate-class\n    0.041 s  rules\n"
    )
    assert stages_of(notes) == {"discover": 0.012, "extract": 73.565, "rules": 0.041}


def test_the_files_of_a_report_are_counted_wherever_its_lines_are_broken() -> None:
    report = b"Copied in 3 files, 7 lines.\n\nScore 84.1 of 100: 1 of 2 clean. Scanned 6,826\nfiles, 999,487 lines.\n"
    assert files_of(report) == 6826
    assert files_of(b"Nothing to scan: no Python files found.\n") == 0


def test_heavy_modules_are_found_in_a_trace_of_imports() -> None:
    trace = (
        "import time: self | cumulative | package\nimport time:  1 |  2 |   libcst\nimport time:  1 | 3 | libcst.x\n"
    )
    assert heavy_modules(trace) == ["libcst"]
    assert heavy_modules("import time:  1 |  2 | networkx_like\n") == []
