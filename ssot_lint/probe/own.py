"""Which classes are the project's own."""

from __future__ import annotations

import sys

from ssot_lint.probe.stack import Sources
from ssot_lint.probe.static import namespace


class OwnClasses:
    """Knows classes by the modules they were defined in."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._known: dict[int, tuple[type, bool]] = {}

    def is_own(self, cls: type) -> bool:
        """Whether a class is defined in a file of the project."""
        known = self._known.get(id(cls))
        if known is None:  # the class is kept with the answer: its id is then nobody else's
            known = self._known[id(cls)] = (cls, self._is_defined_here(namespace(cls).get("__module__")))
        return known[1]

    def _is_defined_here(self, module: object) -> bool:
        if type(module) is not str:
            return False
        file = getattr(sys.modules.get(module), "__file__", None)
        return type(file) is str and bool(self._sources.path(file))
