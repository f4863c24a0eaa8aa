"""What a file has to know of the project to be changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from ssot_lint.fix.import_statement import Origin


@dataclass(frozen=True)
class FileContext:
    """``module`` is the name of the file, ``package`` what relative imports in it count from, ``beside`` the modules
    that it can reach by them, ``tops`` the top-level packages of the project; ``line_length`` is how long a line may
    get. ``wanted`` are the names that others are known to take from the file, ``is_open``: they may take any."""

    package: str
    module: str = ""
    beside: frozenset[str] = frozenset()
    tops: frozenset[str] = frozenset()
    line_length: int = 88
    wanted: frozenset[str] = field(default_factory=frozenset)
    is_open: bool = False

    def origin(self, module: str, *, is_relative: bool) -> Origin:
        """How the file names ``module`` in an import: with dots, if ``is_relative`` and that can be."""
        here, there = self.package.split("."), module.split(".")
        common = sum(1 for _ in _common(here, there))
        is_beside = not self.beside.isdisjoint((module, module.rpartition(".")[0]))
        if not is_relative or not common or not is_beside:
            return Origin(0, module)
        return Origin(len(here) - common + 1, ".".join(there[common:]))

    def absolute(self, origin: Origin) -> str:
        """The dotted name of what an import names; empty where the dots leave the package."""
        if not origin.level:
            return origin.module
        parts = self.package.split(".") if self.package else []
        kept = parts[: len(parts) - origin.level + 1]
        return ".".join((*kept, origin.module)).rstrip(".") if kept and origin.level <= len(parts) else ""

    def is_own(self, origin: Origin) -> bool:
        """Whether an import is one of this project."""
        return bool(origin.level) or origin.module.partition(".")[0] in self.tops


def _common(here: list[str], there: list[str]) -> list[str]:
    found = []
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        found.append(one)
    return found
