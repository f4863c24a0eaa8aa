"""Which classes and functions send which events of a set, and which events they leave to others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.declared_components import is_definition
from ssot_rules.components._event_words import is_named_after, is_sent, may_be_sent, sends_by_name
from ssot_rules.components._events import EventSet, EventUse


@dataclass(frozen=True, slots=True)
class Emitter:
    """A class, or a function outside all classes, that sends events in its own body: the first use of each by which it
    does so, in the order of the set."""

    symbol: ClassSymbol | FunctionSymbol
    sent: Mapping[str, EventUse]


def emitters_of(event_set: EventSet) -> list[Emitter]:
    """Who sends any of a set of events in production code, by place. Test doubles and generated code are out."""
    found: dict[ClassSymbol | FunctionSymbol, dict[str, EventUse]] = defaultdict(dict)
    for event, uses in event_set.uses.items():
        for use in uses:
            sender = _sender(use)
            if sender is not None and is_sent(use.fact):
                found[sender].setdefault(event, use)
    return [Emitter(symbol, found[symbol]) for symbol in sorted(found, key=lambda symbol: symbol.sort_key)]


def _sender(use: EventUse) -> ClassSymbol | FunctionSymbol | None:
    if use.module.zone is not Zone.PRODUCTION:
        return None
    cls = use.module.enclosing_class(use.fact.scope)
    if cls is not None:
        return cls if is_definition(cls) else None
    return _outermost(use.module, use.fact.scope)


def _outermost(module: Module, scope: int) -> FunctionSymbol | None:
    """The function at the top of the module that a scope outside all classes belongs to."""
    for around in _scopes_around(module, scope):
        symbol = module.scope_symbol(around)
        if isinstance(symbol, FunctionSymbol) and symbol.fact.parent == MODULE_SCOPE:
            return symbol
    return None


def families(project: Project, classes: Collection[ClassSymbol]) -> Mapping[ClassSymbol, Sequence[ClassSymbol]]:
    """Each of ``classes`` with its ancestors, its subclasses and what these inherit from: whose methods its instances,
    or those of a subclass, have."""
    found: dict[ClassSymbol, dict[ClassSymbol, None]] = {cls: {} for cls in classes}
    for module in project.modules:
        for cls in module.classes:
            ancestry = project.ancestry(cls)
            for ancestor in ancestry:
                if ancestor in found:
                    found[ancestor].update(dict.fromkeys(ancestry))
    return {cls: list(family) for cls, family in found.items()}


class Reach:
    """Which events of a set a class may send in some way, directly or through others.

    That is what it and its relatives mention where it may be passed on; what tables of their modules hold; and what the
    functions send that they call: those that resolve, with all that these call in turn; of the others those that are
    called after sending something (``notify_done``), wherever a function of that name stands.
    """

    def __init__(self, project: Project, event_set: EventSet) -> None:
        self._events = event_set.events
        self._mentioned: dict[tuple[Module, int], set[str]] = defaultdict(set)
        self._by_function: dict[str, set[str]] = defaultdict(set)
        for uses in event_set.uses.values():
            for use in uses:
                if may_be_sent(use.fact):
                    self._note(use)
        self._callees: dict[tuple[Module, int], list[FunctionSymbol]] = defaultdict(list)
        self._resolved: set[tuple[Module, int, str]] = set()
        for call in project.calls:
            self._resolved.add((call.module, call.fact.scope, call.fact.callee))
            if isinstance(call.symbol, FunctionSymbol):
                self._callees[call.module, call.fact.scope].append(call.symbol)

    def of(self, family: Iterable[ClassSymbol]) -> set[str]:
        """The events that a class may send, given with its relatives."""
        reached: set[str] = set()
        pending: list[tuple[Module, int]] = []
        for cls in family:
            scopes = _scopes_in(cls)
            pending += [(cls.module, scope) for scope in scopes]
            reached |= self._mentioned.get((cls.module, MODULE_SCOPE), set()) | self._named(cls.module, scopes)
        seen = set(pending)
        while pending:
            place = pending.pop()
            reached |= self._mentioned.get(place, set())
            for function in self._callees.get(place, ()):
                inside = {(function.module, scope) for scope in _scopes_in(function)} - seen
                seen |= inside
                pending += inside
        return reached

    def _note(self, use: EventUse) -> None:
        self._mentioned[use.module, use.fact.scope].add(use.event)
        for scope in _scopes_around(use.module, use.fact.scope):
            function = use.module.scope_symbol(scope)
            if isinstance(function, FunctionSymbol):
                self._by_function[function.name].add(use.event)

    def _named(self, module: Module, scopes: Collection[int]) -> set[str]:
        """What functions send that are called in some scopes and do not resolve, as far as their names tell."""
        callees = {
            call.callee.rpartition(".")[2]
            for call in module.facts.calls
            if call.scope in scopes and (module, call.scope, call.callee) not in self._resolved
        }
        # `send` and `emit` send what they are given.
        senders = {name for name in callees if sends_by_name(name) and len(words(name)) > 1}
        found = {event for name in senders for event in self._by_function.get(name, ())}
        return found | {event for event in self._events for name in senders if is_named_after(name, event)}


def _scopes_around(module: Module, scope: int) -> Iterator[int]:
    """A scope and those it stands in, innermost first, without the module's."""
    while scope != MODULE_SCOPE:
        yield scope
        scope = module.facts.scopes[scope].parent


def _scopes_in(symbol: ClassSymbol | FunctionSymbol) -> set[int]:
    """The scope of a definition and all within it."""
    scopes = symbol.module.facts.scopes
    found = {symbol.fact.scope}
    # Scopes are numbered as they open: what stands in one comes right after it.
    for index in range(symbol.fact.scope + 1, len(scopes)):
        if scopes[index].parent not in found:
            break
        found.add(index)
    return found
