"""Notes stores into ``sys.modules`` and into modules that are read out of it: they add names that no source shows."""

from __future__ import annotations

from collections.abc import Iterable, Set

import libcst as cst

from ssot_lint.extract.expressions import dotted

_TABLE = "modules"
_STORING = frozenset({"update", "setdefault", "__setitem__", "__setattr__"})


class ModuleStores:
    """Into which tables, by their text, something is stored. Whoever only asks what is loaded adds nothing."""

    def __init__(self) -> None:
        self._stored: set[str] = set()
        self._aliases: dict[str, str] = {}

    def found_in(self, tables: Set[str]) -> bool:
        """Whether there is a store into one of ``tables``, the texts that stand for ``sys.modules``."""
        return not self._stored.isdisjoint(tables)

    def assigned(self, targets: Iterable[cst.BaseExpression], value: cst.BaseExpression | None) -> None:
        """Remember the names that stand for a module out of the table."""
        if type(value) is cst.Subscript:
            root = _root(value)
            self._aliases.update((target.value, root) for target in targets if type(target) is cst.Name)

    def stored(self, target: cst.BaseExpression) -> None:
        """Note a store if an item or attribute of the table, or of a module in it, is set."""
        if type(target) in (cst.Subscript, cst.Attribute):
            self._note(target)

    def called(self, node: cst.Call) -> None:
        """Note a store if a call makes one."""
        function = node.func
        if type(function) is cst.Name:
            if function.value == "setattr" and node.args:
                self._note(node.args[0].value)
        elif type(function) is cst.Attribute and function.attr.value in _STORING:
            self._note(function.value)

    def _note(self, node: cst.BaseExpression) -> None:
        root = _root(node)
        self._stored.add(self._aliases.get(root, root))


def _root(node: cst.BaseExpression) -> str:
    """The name that a chain of attributes, items and ``vars()`` begins with, with ``modules`` where that is read off
    it."""
    while True:
        if type(node) is cst.Attribute:
            if node.attr.value == _TABLE and type(node.value) is cst.Name:
                return dotted(node)
            node = node.value
        elif type(node) is cst.Subscript:
            node = node.value
        elif type(node) is cst.Call and dotted(node.func) == "vars" and node.args:
            node = node.args[0].value
        else:
            return node.value if type(node) is cst.Name else ""
