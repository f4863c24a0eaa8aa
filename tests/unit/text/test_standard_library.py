from __future__ import annotations

import sys

import pytest

from ssot_lint.text.standard_library import STANDARD_LIBRARY


@pytest.mark.parametrize(
    "name", ["os", "asyncore", "distutils", "imp", "binhex", "telnetlib", "tomllib", "compression"]
)
def test_a_name_that_any_supported_python_has(name: str) -> None:
    assert name in STANDARD_LIBRARY


def test_it_has_all_that_this_python_has() -> None:
    assert sys.stdlib_module_names <= STANDARD_LIBRARY
    assert "requests" not in STANDARD_LIBRARY
