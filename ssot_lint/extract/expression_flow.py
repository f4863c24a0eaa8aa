"""Says of the parts of an expression what becomes of their value, and under which condition they run."""

from __future__ import annotations

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import dotted, expression_text
from ssot_lint.extract.walk import Handler, Walk
from ssot_lint.model.facts import ResultUse
from ssot_lint.model.syntax import BranchKind, Guard


class ExpressionFlowRecorder(Recorder):
    """Knows conditional expressions, and what is tested and iterated over outside of the heads of statements."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk

    def handlers(self) -> dict[type[cst.CSTNode], Handler]:
        return {cst.IfExp: self._conditional, cst.BooleanOperation: self._operands}

    def observers(self) -> dict[type[cst.CSTNode], Handler]:
        return {
            cst.UnaryOperation: self._unary,
            cst.Comparison: self._comparison,
            cst.Assert: self._condition,
            cst.CompIf: self._condition,
            cst.StarredElement: self._starred,
        }

    def _conditional(self, node: cst.IfExp) -> None:
        walk = self._walk
        test = expression_text(node.test)
        before = walk.under(walk.guard, walk.branch)
        walk.word("IfExp")
        self._test(node.test)
        inside = walk.enter(Guard.CONDITION, BranchKind.IF, test, node.body)
        otherwise = walk.enter(Guard.CONDITION | Guard.ELSE, BranchKind.ELSE, test, node.orelse)
        walk.push(inside, node.body, before, node.test, otherwise, node.orelse, before)

    def _operands(self, node: cst.BooleanOperation) -> None:
        """``name or call()`` and ``name and call()`` are as frequent as conditional expressions; of others nobody asks
        when they run."""
        walk, name = self._walk, dotted(node.left)
        is_and = type(node.operator) is cst.And
        if is_and:
            self._test(node.left)
        if not name or type(node.right) is not cst.Call:
            walk.descend(node)
            return
        before = walk.under(walk.guard, walk.branch)
        inside = walk.enter(Guard.CONDITION, BranchKind.IF, name if is_and else f"not {name}", node.right)
        walk.word("BooleanOperation")
        walk.push(node.left, node.operator, inside, node.right, before)

    def _test(self, node: cst.BaseExpression) -> None:
        self._walk.used_as(node, ResultUse.TESTED)
        if type(node) is cst.Name:
            self._walk.scope.tested[node.value] += 1

    def _unary(self, node: cst.UnaryOperation) -> None:
        if type(node.operator) is cst.Not:
            self._walk.used_as(node.expression, ResultUse.TESTED)

    def _comparison(self, node: cst.Comparison) -> None:
        self._walk.used_as(node.left, ResultUse.TESTED)
        for target in node.comparisons:
            self._walk.used_as(target.comparator, ResultUse.TESTED)

    def _condition(self, node: cst.Assert | cst.CompIf) -> None:
        self._walk.used_as(node.test, ResultUse.TESTED)

    def _starred(self, node: cst.StarredElement) -> None:
        self._walk.used_as(node.value, ResultUse.ITERATED)
