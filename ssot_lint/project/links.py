"""What is known of single modules in a project, as long as neither they nor what they rest on change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from ssot_lint.project.symbols import Module, SymbolT

T = TypeVar("T")
R = TypeVar("R")

_Compute = Callable[[Module], object]


@dataclass
class _Combined:
    """What was made of the ``parts`` of all modules, and which of them may have changed since."""

    parts: dict[Module, object]
    result: object
    stale: set[Module] = field(default_factory=set)


class Links:
    """Answers by module, kept until a module is forgotten. ``compute`` is given as a key and as what to call."""

    def __init__(self) -> None:
        self._known: dict[object, dict[Module, object]] = defaultdict(dict)
        self._combined: dict[object, _Combined] = {}
        self._compared: dict[Module, dict[object, tuple[int, object]]] = defaultdict(dict)
        self._renewals: Counter[Module] = Counter()

    def of(self, key: object, compute: Callable[[Module], T], module: Module) -> T:
        """What ``compute`` says of ``module``."""
        known = self._known[key]
        if module not in known:
            known[module] = compute(module)
        return cast(T, known[module])

    def combined(
        self,
        key: tuple[object, object],
        compute: Callable[[Module], T],
        combine: Callable[[Mapping[Module, T]], R],
        modules: Iterable[Module],
    ) -> R:
        """What ``combine`` makes of the parts that ``compute`` finds, by module: made anew where one differs."""
        known = self._combined.get(key)
        if known is None:
            parts = {module: self.of(key[0], compute, module) for module in modules}
            self._combined[key] = _Combined(cast(dict[Module, object], parts), combine(parts))
            return cast(R, self._combined[key].result)
        new = {module: self.of(key[0], compute, module) for module in known.stale}
        if any(known.parts[module] != part for module, part in new.items()):
            known.parts.update(new)
            known.result = combine(cast(Mapping[Module, T], known.parts))
        known.stale.clear()
        return cast(R, known.result)

    def compared(self, compute: Callable[[SymbolT, SymbolT], T], one: SymbolT, other: SymbolT) -> T:
        """What ``compute`` says of two definitions, until a module of theirs is forgotten."""
        known = self._compared[one.module]
        renewals = self._renewals[other.module]
        at, value = known.get((compute, one, other), (-1, None))
        if at != renewals:
            value = compute(one, other)
            known[compute, one, other] = renewals, value
        return cast(T, value)

    def forget(self, module: Module) -> None:
        """Drop what is known of a module."""
        for known in self._known.values():
            known.pop(module, None)
        self._compared.pop(module, None)
        self._renewals[module] += 1
        for combined in self._combined.values():
            combined.stale.add(module)
