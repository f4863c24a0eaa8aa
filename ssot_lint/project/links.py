"""What is known of single modules in a project, as long as neither they nor what they rest on change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from ssot_lint.project.groups import Fold
from ssot_lint.project.kept import is_same
from ssot_lint.project.symbols import Module, SymbolT
from ssot_lint.project.watch import Watch

T = TypeVar("T")
R = TypeVar("R")
FoldT = TypeVar("FoldT", bound=Fold[Any])

ComputeT = TypeVar("ComputeT", bound=Callable[..., Any])


@dataclass
class _Combined:
    """What was made of the ``parts`` of all modules, and which of them may have changed since."""

    parts: dict[Module, object]
    result: object
    stale: set[Module] = field(default_factory=set)


@dataclass
class _Folded:
    """What was made of the ``parts`` of all modules, one by one, and which of them may have changed since."""

    parts: dict[Module, object]
    fold: object
    stale: set[Module] = field(default_factory=set)


class Links:
    """Answers by module, kept until a module is forgotten. What something is made of is kept only where modules will be
    forgotten while it is asked for (``keeps_parts``)."""

    def __init__(self, watch: Watch, *, keeps_parts: bool) -> None:
        self._watch = watch
        self._keeps_parts = keeps_parts
        self._known: dict[object, dict[Module, object]] = defaultdict(dict)
        self._combined: dict[object, _Combined] = {}
        self._folded: dict[object, _Folded] = {}
        self._compared: dict[Module, dict[object, tuple[int, Any]]] = defaultdict(dict)
        self._renewals: Counter[Module] = Counter()

    def of(self, compute: ComputeT, ask: Callable[[ComputeT, Module], T], module: Module) -> T:
        """What ``compute`` says of ``module``, if ``ask`` asks it."""
        if self._watch.files is not None:
            self._watch.files.add(module)
        known: dict[Module, Any] = self._known[compute]
        if module not in known:
            known[module] = self._watch.aside(ask, compute, module)
        answer: T = known[module]
        return answer

    def combined(
        self,
        key: tuple[ComputeT, object],
        ask: Callable[[ComputeT, Module], T],
        combine: Callable[[Mapping[Module, T]], R],
        modules: Iterable[Module],
    ) -> R:
        """What ``combine`` makes of the parts that are found, by module: made anew where one differs. The first of
        ``key`` finds them, the second stands for ``combine``."""
        known = self._combined.get(key)
        if not self._keeps_parts:
            with self._watch.paused():
                return combine(dict(self._parts(key[0], ask, modules)))
        if known is None:
            with self._watch.paused():
                parts = {module: self.of(key[0], ask, module) for module in modules}
                self._combined[key] = _Combined(cast(dict[Module, object], parts), combine(parts))
            return cast(R, self._combined[key].result)
        if known.stale:
            with self._watch.paused():
                new = {module: self.of(key[0], ask, module) for module in known.stale}
                if any(not is_same(known.parts[module], part) for module, part in new.items()):
                    known.parts.update(new)
                    result = combine(cast(Mapping[Module, T], known.parts))
                    known.result = known.result if is_same(known.result, result) else result
                known.stale.clear()
        return cast(R, known.result)

    def folded(
        self,
        key: tuple[ComputeT, object],
        ask: Callable[[ComputeT, Module], T],
        make: Callable[[], FoldT],
        modules: Iterable[Module],
    ) -> FoldT:
        """What ``make`` makes, with the parts that are found: those that differ are exchanged. The first of ``key``
        finds them, the second stands for ``make``."""
        known = self._folded.get(key)
        if known is None and not self._keeps_parts:
            made = make()
            for module, part in self._parts(key[0], ask, modules):
                made.add(module, part)
            known = self._folded[key] = _Folded({}, made)
        elif known is None:
            known = self._folded[key] = _Folded({}, make(), set(modules))
        fold = cast(FoldT, known.fold)
        for module in known.stale:
            part = self.of(key[0], ask, module)
            if module in known.parts:
                if is_same(known.parts[module], part):
                    continue
                fold.remove(module, cast(T, known.parts[module]))
            fold.add(module, part)
            known.parts[module] = part
        known.stale.clear()
        return fold

    def fold_of(self, key: object) -> object:
        """What :meth:`folded` made, None where nobody asked."""
        known = self._folded.get(key)
        return None if known is None else known.fold

    def _parts(
        self, compute: ComputeT, ask: Callable[[ComputeT, Module], T], modules: Iterable[Module]
    ) -> Iterator[tuple[Module, T]]:
        """What :meth:`of` says of each, not kept for this."""
        known: dict[Module, Any] = self._known.get(compute, {})
        for module in modules:
            yield module, known[module] if module in known else ask(compute, module)

    def compared(self, compute: Callable[[SymbolT, SymbolT], T], one: SymbolT, other: SymbolT) -> T:
        """What ``compute`` says of two definitions, until a module of theirs is forgotten."""
        if (files := self._watch.files) is not None:
            files.add(one.module)
            files.add(other.module)
        if not self._keeps_parts:  # hardly any two are asked about twice
            return compute(one, other)
        known, key = self._compared[one.module], (compute, one, other)
        renewals = self._renewals.get(other.module, 0)
        entry: tuple[int, T] | None = known.get(key)
        if entry is None or entry[0] != renewals:
            entry = known[key] = renewals, compute(one, other)
        return entry[1]

    def forget(self, module: Module) -> None:
        """Drop what is known of a module."""
        for known in self._known.values():
            known.pop(module, None)
        self._compared.pop(module, None)
        self._renewals[module] += 1
        for combined in self._combined.values():
            combined.stale.add(module)
        for folded in self._folded.values():
            folded.stale.add(module)
