"""Files that say where their code is from, and code that says what it does without."""

from __future__ import annotations

import pytest

from tests.unit.extract.parsing import parse

LICENCE = '# Licensed under the Apache License (the "License");\n# You may obtain a copy of the License at\n#\n' + (
    "#     http://www.apache.org/licenses/LICENSE-2.0\n"
)


@pytest.mark.parametrize(
    ("source", "project"),
    [
        (
            f"{LICENCE}# Adapted from https://github.com/EleutherAI/lm-eval/blob/main/utils.py\nx = 1\n",
            "eleutherai/lm-eval",
        ),
        ('"""\nGrading.\n\nFrom: https://github.com/openai/prm800k/blob/main/normalize.py\n"""\n', "openai/prm800k"),
        ("# Copied from the vllm project:\n# https://github.com/vllm-project/vllm.git\n", "vllm-project/vllm"),
        ("# This code is based on https://gitlab.com/group/thing/-/tree/main\n", "group/thing"),
        ('"""Ported to asyncio from https://huggingface.co/org/model"""\n', "org/model"),
    ],
)
def test_a_file_that_is_from_elsewhere(source: str, project: str) -> None:
    assert parse(source).provenance == project


@pytest.mark.parametrize(
    "source",
    [
        LICENCE,
        "x = 1\n# Adapted from https://github.com/a/b\n",
        '"""Client of https://github.com/a/b."""\n',
        '"""Reads what was copied from the shop."""\n',
        "# Adapted from the manual, https://docs.example.org/a/b\n",
        '"""Loads."""\nx = 1\n"""Adapted from https://github.com/a/b"""\n',
    ],
)
def test_a_file_that_says_no_project(source: str) -> None:
    assert parse(source).provenance == ""


@pytest.mark.parametrize(
    "source",
    [
        'def f():\n    """Find the version\n    without importing the package."""\n',
        'class A:\n    def f(self):\n        """Truncate (matches traceloop SDK)"""\n',
        "# Duplicated here on purpose.\nx = 1\n",
        "def f():\n    # deliberately copied: the core must stay free of it\n    return 1\n",
        '"""Helpers.\n\nThe worker cannot import from the server.\n"""\n',
        "x = 1  # repeated to avoid a hard dependency\n",
    ],
)
def test_code_that_stands_apart(source: str) -> None:
    assert parse(source).stands_apart


@pytest.mark.parametrize(
    "source",
    [
        "x = 'without importing it'\n",
        'x = """a"""\ny = "cannot import a name"\n',
        'def f():\n    """Import it, and copy what is there."""\n',
        "# matches the pattern of the SDK\n",
        'class A(Exception):\n    """Raised where a plug-in cannot import a module."""\n',
    ],
)
def test_code_that_says_nothing_of_the_kind(source: str) -> None:
    assert not parse(source).stands_apart
