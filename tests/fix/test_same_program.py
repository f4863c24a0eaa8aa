"""Generated programs print the same before and after ``fix --unsafe``, and a second run changes nothing."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssot_lint.cli.main import run
from tests.fix.projects import read_files, write_files

NAMES = ("Alpha", "Beta", "gamma", "delta")
STYLES = st.sampled_from(["plain", "alias", "brackets", "comment", "late", "relative", "module", "module alias"])
COPY = """
def {name}(value):
    first = math.floor(value) + 1
    second = first * 2
    if second > {limit}:
        second -= 1
    return [first, second, "{name}"]
"""


def definition(name: str) -> str:
    if name[0].isupper():
        return f'\n\nclass {name}:\n    """{name}."""\n\n    size = {len(name)}\n'
    return f"\n\ndef {name}():\n    return '{name}'\n"


def use(name: str, bound: str) -> str:
    return f"{bound}.size" if name[0].isupper() else f"{bound}()"


def importer(source: str, name: str, style: str) -> str:
    """A module that takes ``name`` from ``app.source`` and makes ``value`` of it."""
    statement = {
        "plain": f"from app.{source} import {name}\n",
        "alias": f"from app.{source} import {name} as Other\n",
        "brackets": f"from app.{source} import (\n    {name},  # that\n)\n",
        "comment": f"# Why.\nfrom app.{source} import {name}  # noqa: F401\n",
        "late": "",
        "relative": f"from .{source} import {name}\n",
        "module": f"import app.{source}\n",
        "module alias": f"import app.{source} as source\n",
    }[style]
    bound = {"alias": "Other", "module": f"app.{source}.{name}", "module alias": f"source.{name}"}.get(style, name)
    late = f"    from app.{source} import {name}\n\n" if style == "late" else ""
    return f'"""A module."""\n\nimport os\n{statement}\n\ndef value():\n{late}    return {use(name, bound)}, os.sep\n'


@st.composite
def programs(draw: st.DrawFn) -> Mapping[str, str]:
    """A package with definitions, a module that uses and passes them on, a front that warns, copies, and importers."""
    core = "import math\n" + "".join(map(definition, NAMES)) + "\n" + COPY.format(name="copied", limit=3)
    passed = "from app.core import " + ", ".join(NAMES) + "\n\n\ndef used():\n    return " + ", ".join(NAMES) + "\n"
    front = (
        "import warnings\n\nfrom app.core import Alpha, Beta, delta, gamma\n\n"
        'warnings.warn("app.front is deprecated, use app.core", DeprecationWarning, stacklevel=2)\n'
    )
    limit = draw(st.sampled_from([3, 4]))
    twin = "import math\nimport os\n" + "\n" + COPY.format(name="copied", limit=limit)
    twin += "\n\ndef value():\n    return copied(3.5), os.sep\n"
    taker = "from app.twin import copied\n\n\ndef value():\n    return copied(1.5)\n"
    files = {"app/__init__.py": "", "app/core.py": core, "app/passed.py": passed, "app/front.py": front}
    files |= {"app/twin.py": twin, "app/taker.py": taker}
    sources = st.sampled_from(["core", "passed", "front"])
    count = draw(st.integers(2, 5))
    for number in range(count):
        files[f"app/user{number}.py"] = importer(draw(sources), draw(st.sampled_from(NAMES)), draw(STYLES))
    modules = ["passed", "twin", "taker", *(f"user{number}" for number in range(count))]
    lines = [f"from app import {module}\n" for module in modules[1:]]
    lines += [f"print({module}.value())\n" for module in modules[1:]]
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return {path: text.replace("\n", newline) for path, text in {**files, "main.py": "".join(lines)}.items()}


def printed(root: Path) -> str:
    command = [sys.executable, "-W", "ignore", "-B", "main.py"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def fixed(root: Path) -> None:
    code = run(["fix", str(root), "--unsafe", "--allow-dirty", "--no-progress", "--select", "ALL", "--isolated"])
    assert code in (0, 1)


def check(files: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        write_files(root, files)
        before = printed(root)
        fixed(root)
        first = read_files(root)
        assert printed(root) == before
        fixed(root)
        assert read_files(root) == first
        ends = {"\r\n" if text.count("\r\n") == text.count("\n") else "\n" for text in first.values() if text}
        assert len(ends) == 1


QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=6, deadline=None, suppress_health_check=QUIET)
@given(programs())
def test_a_program_prints_the_same(files: Mapping[str, str]) -> None:
    check(files)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(programs())
def test_many_programs_print_the_same(files: Mapping[str, str]) -> None:
    check(files)
