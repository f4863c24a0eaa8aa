"""Several recorders may want to know of one class of nodes."""

from __future__ import annotations

import libcst as cst
import pytest

from ssot_lint.extract.dispatch import Recorder, dispatch_table
from ssot_lint.extract.normal_form import WORD_END
from ssot_lint.extract.walk import Handler, Walk

SOURCE = "f(x)\n"


class Passing(Recorder):
    def __init__(self, walk: Walk, log: list[str]) -> None:
        self._walk, self._log = walk, log

    def handlers(self) -> dict[type[cst.CSTNode], Handler]:
        return {cst.Call: self._call}

    def _call(self, node: cst.Call) -> None:
        self._log.append("passed")
        self._walk.descend(node)


class Observing(Recorder):
    def __init__(self, name: str, log: list[str]) -> None:
        self._name, self._log = name, log

    def observers(self) -> dict[type[cst.CSTNode], Handler]:
        return {cst.Call: self._note, cst.Name: lambda node: self._log.append(f"{self._name}: {node.value}")}

    def _note(self, _: cst.Call) -> None:
        self._log.append(self._name)


def run(*recorders: Recorder, walk: Walk) -> None:
    walk.run(cst.parse_module(SOURCE), dispatch_table(walk, recorders))


def test_who_passes_a_node_comes_first_then_its_observers_in_the_order_of_registration() -> None:
    log: list[str] = []
    walk = Walk(SOURCE)
    run(Observing("one", log), Passing(walk, log), Observing("two", log), walk=walk)
    assert log[:3] == ["passed", "one", "two"]


def test_children_of_what_is_only_observed_are_visited() -> None:
    log: list[str] = []
    run(Observing("one", log), walk=(walk := Walk(SOURCE)))
    assert log[0] == "one"
    assert walk.lines == ["Module SimpleStatementLine Expr Call Name Arg Name".replace(" ", WORD_END)]


def test_a_single_handler_is_called_without_a_wrapper() -> None:
    walk = Walk(SOURCE)
    recorder = Passing(walk, [])
    assert dispatch_table(walk, [recorder]) == recorder.handlers()


def test_two_that_pass_one_class_are_refused() -> None:
    walk = Walk(SOURCE)
    with pytest.raises(ValueError, match="Call is passed by two recorders"):
        dispatch_table(walk, [Passing(walk, []), Passing(walk, [])])
