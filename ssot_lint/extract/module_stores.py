"""Notes stores into ``sys.modules`` and into modules that are read out of it: they add names that no source shows."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst

from ssot_lint.extract.expressions import dotted

_TABLE = "sys.modules"
_STORING = frozenset({"update", "setdefault", "__setitem__", "__setattr__"})


class ModuleStores:
    """``found``: there is a store. Whoever only asks what is loaded adds nothing."""

    def __init__(self) -> None:
        self.found = False
        self._aliases: set[str] = set()

    def assigned(self, targets: Iterable[cst.BaseExpression], value: cst.BaseExpression | None) -> None:
        """Remember the names that stand for a module out of the table."""
        if type(value) is cst.Subscript and _root(value) == _TABLE:
            self._aliases.update(target.value for target in targets if type(target) is cst.Name)

    def stored(self, target: cst.BaseExpression) -> None:
        """Note a store if an item or attribute of the table, or of a module in it, is set."""
        if type(target) in (cst.Subscript, cst.Attribute):
            self.found |= self._leads_to_module(target)

    def called(self, node: cst.Call) -> None:
        """Note a store if a call makes one."""
        function = node.func
        if type(function) is cst.Name:
            if function.value == "setattr" and node.args:
                self.found |= self._leads_to_module(node.args[0].value)
        elif type(function) is cst.Attribute and function.attr.value in _STORING:
            self.found |= self._leads_to_module(function.value)

    def _leads_to_module(self, node: cst.BaseExpression) -> bool:
        root = _root(node)
        return root == _TABLE or root in self._aliases


def _root(node: cst.BaseExpression) -> str:
    """The name that a chain of attributes, items and ``vars()`` begins with; that of the table if it leads there."""
    while True:
        if type(node) is cst.Attribute:
            if dotted(node) == _TABLE:
                return _TABLE
            node = node.value
        elif type(node) is cst.Subscript:
            node = node.value
        elif type(node) is cst.Call and dotted(node.func) == "vars" and node.args:
            node = node.args[0].value
        else:
            return node.value if type(node) is cst.Name else ""
