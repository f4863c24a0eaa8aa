"""Pins of the lowest versions of what we use, for the tests that run with them."""

from __future__ import annotations

import runpy
from importlib.metadata import requires
from pathlib import Path

import pytest

SCRIPT = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "lowest.py"))


@pytest.mark.parametrize(
    ("requirement", "pin"),
    [
        ("libcst>=1.8.4", "libcst==1.8.4"),
        ("rich>=13.7,<16", "rich==13.7,<16"),
        ("tomli>=2.0.1; python_version >= '3.10'", "tomli==2.0.1; python_version >= '3.10'"),
    ],
)
def test_a_lower_bound_becomes_a_pin(requirement: str, pin: str) -> None:
    assert SCRIPT["lowest"](requirement) == pin


def test_an_extra_brings_those_of_ours_that_it_names() -> None:
    optional = {
        "dask": ["distributed>=2"],
        "test": ["ssot-lint[dask]", "pytest>=8"],
        "dev": ["ssot-lint[test]", "mypy"],
    }
    assert list(SCRIPT["of_extra"]("dev", optional)) == ["distributed>=2", "pytest>=8", "mypy"]


def test_everything_that_users_install_has_a_lower_bound(capsys: pytest.CaptureFixture[str]) -> None:
    assert SCRIPT["main"]([]) == 0
    pins = capsys.readouterr().out.splitlines()
    assert len(pins) == sum("extra ==" not in line for line in requires("ssot-lint") or [])


def test_an_extra_of_ours_may_name_several_others() -> None:
    optional = {"html": ["jinja2>=3.1"], "probe": ["wrapt>=1.14"], "test": ["ssot-lint[html,probe]", "pytest>=8.2"]}
    assert list(SCRIPT["of_extra"]("test", optional)) == ["jinja2>=3.1", "wrapt>=1.14", "pytest>=8.2"]


def test_every_extra_can_be_pinned(capsys: pytest.CaptureFixture[str]) -> None:
    optional = SCRIPT["tomllib"].loads(SCRIPT["PYPROJECT"].read_text("utf-8"))["project"]["optional-dependencies"]
    assert SCRIPT["main"](list(optional)) == 0
    assert "wrapt==" in capsys.readouterr().out
