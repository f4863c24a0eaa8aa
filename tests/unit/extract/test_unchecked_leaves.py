"""Leaves are not checked in workers, and the trees are the same."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import libcst as cst
import pytest

from ssot_lint.extract.unchecked_leaves import LEAVES, leave_leaves_unchecked
from ssot_lint.workers.extract_files import extract_all
from ssot_lint.workers.processes import prepare_worker

_SOURCES = sorted(Path(__file__).parents[3].glob("ssot_lint/**/*.py"))[::9]
_REFUSED = (b"x = b'a' 'b'\n", b"x = 1 +\n", b"def f(:\n", b"x = 0777\n", b"lambda*a: a\n", b"x = 1if y else 2\n")
"""Some of them Python takes, and LibCST's checks of what is more than a leaf do not."""


def _unchecked(sources: list[bytes], out: multiprocessing.Queue[list[bytes]]) -> None:
    prepare_worker()
    out.put(extract_all(sources))


def _made_freely(out: multiprocessing.Queue[str]) -> None:
    leave_leaves_unchecked()
    out.put(cst.SimpleWhitespace("x").value)


def _in_another_process(target: object, *arguments: object) -> object:
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    process = context.Process(target=target, args=(*arguments, out))  # type: ignore[arg-type]
    process.start()
    answer = out.get(timeout=120)
    process.join()
    return answer


def test_facts_and_refusals_are_those_of_a_process_that_checks_everything() -> None:
    sources = [*(path.read_bytes() for path in _SOURCES), *_REFUSED]
    assert _in_another_process(_unchecked, sources) == extract_all(sources)


def test_a_leaf_can_be_made_of_anything_there_and_not_here() -> None:
    assert _in_another_process(_made_freely) == "x"
    with pytest.raises(cst.CSTValidationError):
        cst.SimpleWhitespace("x")


@pytest.mark.parametrize("leaf", LEAVES)
def test_what_is_left_out_is_a_leaf(leaf: type[cst.CSTNode]) -> None:
    values = {cst.Name: ("x",), cst.Comment: ("#",), cst.SimpleWhitespace: (" ",)}
    made = leaf(*values.get(leaf, ()))
    assert all(isinstance(child, LEAVES) for child in made.children)
