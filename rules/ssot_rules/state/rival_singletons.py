"""SSOT405 rival-singletons."""

from __future__ import annotations

import builtins
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from typing import ClassVar

from ssot_lint.model.finding import Finding, Home, Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted
from ssot_rules.analysis.class_instances import constructs_once
from ssot_rules.analysis.kept_apart import is_specimen
from ssot_rules.analysis.singletons import (
    Singleton,
    SingletonKind,
    cached_singletons,
    class_singletons,
    judged_singletons,
    lazy_singletons,
    module_singletons,
)
from ssot_rules.analysis.variants import are_independent
from ssot_rules.analysis.vocabulary import CONFIGURING_VERBS, PER_MODULE_WORDS
from ssot_rules.state._kept_state import keeps_state

_CHOICE = Guard.CONDITION | Guard.ELSE
# A name that is no attribute, no keyword and no word of a text.
_FREE_NAME = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*(?!\w|=|[\"'])")
_LEFT_OUT = "..."
"""Stands for a part of the arguments that facts do not tell."""

_GENERIC = frozenset({"typing.Generic", "typing_extensions.Generic"})


@dataclass(frozen=True)
class RivalSingletons(Rule):
    """Two modules each keep a process-wide instance of one class.

    Why:
        Each part of the program believes its object is the one: what is registered with one is missing in the other,
        connections are opened twice, and a message sent through the wrong one reaches nobody. Only objects that are
        made with the same arguments count, not each with a logger of its module, and that their modules do not set up
        for different things, and in distributions of which one knows the other. Routers, loggers and parsers are one a
        module by design; instances that are each named after a purpose (``order_bus``, ``bill_bus``) are information,
        and so are those of a class of which other modules make objects as they need them, or whose objects keep
        nothing.

    Bad:
        # shop/events.py
        class EventBus:
            def __init__(self):
                self.handlers = []

            def subscribe(self, handler):
                self.handlers.append(handler)

        bus = EventBus()
        # shop/orders.py
        from shop.events import EventBus

        order_bus = EventBus()

    Good:
        # shop/events.py
        class EventBus:
            def __init__(self):
                self.handlers = []

            def subscribe(self, handler):
                self.handlers.append(handler)

        bus = EventBus()
        # shop/orders.py
        from shop.events import bus

        bus.subscribe(print)

    Fix:
        Keep one instance and import it, or pass it, wherever the other is used; delete the other.
    """

    code: ClassVar[str] = "SSOT405"
    name: ClassVar[str] = "rival-singletons"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.HIGH
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per class."""
        for cls, singletons in self._by_class(project).items():
            rivals = _of_one_program(project, _without_distinct(singletons))
            files = {rival.holder.module.path for rival in rivals}
            is_own = all(_is_private(project, rival) for rival in rivals)
            if len(files) > 1 and not is_own and not _are_many_on_purpose(project, cls, rivals):
                yield _finding(project, cls, rivals, is_made_at_need=_is_made_at_need(project, cls, singletons))

    def _by_class(self, project: Project) -> dict[ClassSymbol, list[Singleton]]:
        found: dict[ClassSymbol, list[Singleton]] = defaultdict(list)
        for analysis in (module_singletons, lazy_singletons, class_singletons, cached_singletons):
            for singleton in judged_singletons(project.derived(analysis), self.zones):
                is_shown = singleton.holder.module.derived(is_specimen)
                if len(singleton.products) == 1 and not is_shown and not _is_the_same_object(project, singleton):
                    found[singleton.products[0]].append(singleton)
        return {cls: sorted(found[cls], key=_order) for cls in sorted(found, key=lambda cls: cls.sort_key)}


def _order(singleton: Singleton) -> tuple[str, int, int]:
    return singleton.holder.sort_key


def _is_the_same_object(project: Project, singleton: Singleton) -> bool:
    """Whether the class's own guard makes this one more name of its only instance."""
    cls = singleton.products[0]
    return singleton.kind is not SingletonKind.CLASS and constructs_once(project, cls)


def _is_private(project: Project, singleton: Singleton) -> bool:
    """Whether a module keeps the object to itself: where all do, each has its own on purpose."""
    is_own = singleton.kind is SingletonKind.MODULE and singleton.holder.name.startswith("_")
    return is_own and project.importer_count(singleton.holder) == 0


def _are_many_on_purpose(project: Project, cls: ClassSymbol, rivals: Sequence[Singleton]) -> bool:
    """Whether a class is made to have several objects: one for each type argument, one for each part of a program that
    is put together from such parts, some in one module, or one for each back end of which somebody takes the one that
    is set."""
    modules = Counter(rival.holder.module for rival in rivals)
    is_generic = not _GENERIC.isdisjoint(project.base_names(cls))
    is_part = not PER_MODULE_WORDS.isdisjoint(words(cls.name))
    return is_generic or is_part or max(modules.values()) > 1 or _are_chosen_from(project, modules.keys())


def _are_chosen_from(project: Project, modules: Collection[Module]) -> bool:
    """Whether some scope imports two of the modules, each under a condition."""
    found: dict[tuple[Module, int], set[Module]] = defaultdict(set)
    for use in project.imports:
        if use.fact.guard & _CHOICE:
            taken = {use.resolution.module, use.source} & set(modules)
            found[use.importer, use.fact.scope] |= {module for module in taken if module is not None}
    return any(len(taken) > 1 for taken in found.values())


def _without_distinct(singletons: Sequence[Singleton]) -> list[Singleton]:
    """The singletons that are not told apart by what they are made with, or what their module then sets them up for."""
    alike: dict[tuple[str, frozenset[str]], list[Singleton]] = defaultdict(list)
    for singleton in singletons:
        alike[_made_with(singleton), _set_up_by(singleton)].append(singleton)
    return max(alike.values(), key=lambda group: len({entry.holder.module.path for entry in group}))


def _of_one_program(project: Project, singletons: Sequence[Singleton]) -> list[Singleton]:
    """The singletons beside one whose distribution is the same, or knows theirs or is known by it: two programs that
    are installed apart have one each."""
    modules = [singleton.holder.module for singleton in singletons]
    return [
        singleton
        for singleton, own in zip(singletons, modules, strict=True)
        if any(other is not own and not are_independent(project, own, other) for other in modules)
    ]


def _made_with(singleton: Singleton) -> str:
    """The arguments, in which the name of the module, its own variables, and what nothing in it binds are others in
    each: that is handed to a function, or put in by what loads the module."""
    module = singleton.holder.module

    def in_full(name: re.Match[str]) -> str:
        bound = module.namespace.get(name[0])
        is_handed_in = bound is None and not hasattr(builtins, name[0]) and not iskeyword(name[0])
        is_own = name[0] == "__name__" or isinstance(bound, VariableSymbol) or is_handed_in
        return f"{module.name}.{name[0]}" if is_own else name[0]

    # What is only hinted at, as in `Handlers({...})`, may be anything.
    told = singleton.holder.id if _LEFT_OUT in singleton.arguments else singleton.arguments
    return _FREE_NAME.sub(in_full, told)


def _set_up_by(singleton: Singleton) -> frozenset[str]:
    """The calls of configuring methods by which a module sets up its object: ``parser.add_argument(...)``."""
    prefix = f"{singleton.holder.name}."
    return frozenset(
        call.callee.removeprefix(prefix) + call.arguments_text
        for call in singleton.holder.module.facts.calls
        if call.scope == MODULE_SCOPE and call.callee.startswith(prefix)
        if CONFIGURING_VERBS & set(words(call.callee.removeprefix(prefix))[:1])
    )


def _are_named_apart(cls: ClassSymbol, rivals: Sequence[Singleton]) -> bool:
    """Whether each instance is named after a purpose of its own: ``order_bus`` and ``bill_bus``. One of three or more
    may be the plain ``bus``."""
    purposes = [
        frozenset(words(rival.holder.name)) - set(words(cls.name))
        for rival in rivals
        if rival.kind is SingletonKind.MODULE
    ]
    named = [each for each in purposes if each]
    return (
        len(purposes) == len(rivals) and len(named) >= max(2, len(rivals) - 1) and len(set(purposes)) == len(purposes)
    )


def _home(project: Project, cls: ClassSymbol, rivals: Sequence[Singleton]) -> tuple[Singleton, Home]:
    """The instance in the module of the class, else the usual choice."""
    own = [rival for rival in rivals if rival.holder.module is cls.module]
    pinned = project.pinned_among([rival.holder for rival in rivals])
    symbol, reason = pinned or project.home_among([rival.holder for rival in own or rivals])
    chosen = next(rival for rival in rivals if rival.holder is symbol)
    return chosen, home_of(symbol, f"stands in the module of `{cls.name}`" if own and pinned is None else reason)


def _is_made_at_need(project: Project, cls: ClassSymbol, singletons: Sequence[Singleton]) -> bool:
    """Whether production code makes further objects of a class, as it needs them: then nobody relies on one."""
    made = [
        call
        for call in project.calls_of(cls)
        if call.module.zone is Zone.PRODUCTION and call.fact.scope != MODULE_SCOPE
    ]
    return any(call.module is not cls.module and not _is_kept(singletons, call) for call in made)


def _is_kept(singletons: Sequence[Singleton], call: CallReference) -> bool:
    """Whether a call in a function makes one of the singletons: the function keeps it, or fills the variable."""
    function = call.module.scope_symbol(call.fact.scope)
    filled = function.fact.global_names if isinstance(function, FunctionSymbol) else ()
    return any(
        singleton.kind is SingletonKind.CLASS or singleton.holder is function or singleton.holder.name in filled
        for singleton in singletons
        if singleton.holder.module is call.module
    )


def _finding(project: Project, cls: ClassSymbol, rivals: Sequence[Singleton], *, is_made_at_need: bool) -> Finding:
    chosen, home = _home(project, cls, rivals)
    is_harmless = _are_named_apart(cls, rivals) or is_made_at_need or not keeps_state(project, cls)
    is_new = _belongs_beside_class(project, cls, chosen)
    others = [rival for rival in rivals if is_new or rival.holder.module is not chosen.holder.module]
    names = ", ".join(rival.holder.id for rival in others)
    count, modules = len(others) + (not is_new), len({rival.holder.module for rival in (chosen, *others)})
    kept = f"one beside `{cls.name}`" if is_new else _handed_out(chosen)
    lines = [
        f"{rival.holder.id}, {rival.kind.value}, imported by {counted(project.importer_count(rival.holder), 'module')}"
        for rival in (others if is_new else (chosen, *others))
    ]
    return RivalSingletons.finding(
        subject=cls.id,
        message=(
            f"`{cls.name}` has {count} process-wide instances in {counted(modules, 'module')}: "
            f"{'make' if is_new else 'keep'} {kept}"
        ),
        remedy=(
            f"Make one in {cls.module.path}, beside the class, and use it in place of {names}; delete those"
            if is_new
            else f"Keep {kept} and use it in place of {names}; delete those"
        ),
        home=home_of(cls, "none of the instances stands beside it, and nobody imports one") if is_new else home,
        sites=tuple(other.site(f"one more process-wide `{cls.name}`: use {kept}") for other in others),
        severity=Severity.INFO if is_harmless else None,
        evidence={
            "class": cls.id,
            "instances": [
                {"symbol": rival.holder.id, "kind": rival.kind.name.lower(), "arguments": rival.arguments}
                for rival in rivals
            ],
            "text": lines,
        },
    )


def _handed_out(singleton: Singleton) -> str:
    """How to get at an object: a variable that is filled when it is first asked for is None before, so by the function
    that fills it."""
    holder, place = singleton.holder, singleton.location
    around = [each for each in holder.module.facts.functions if each.line <= place.line <= each.end_line]
    if singleton.kind is not SingletonKind.LAZY or not holder.name.startswith("_") or not around:
        return holder.id
    function = max(around, key=lambda each: each.line)
    if function.name == "__getattr__":
        return f"what `__getattr__` of {holder.module.name} hands out"
    return f"{holder.id}, by {function.name}()"


def _belongs_beside_class(project: Project, cls: ClassSymbol, chosen: Singleton) -> bool:
    """Whether the instance is to be made where its class is: the one that was chosen stands in another module for no
    better reason than that it has to stand somewhere. One that takes arguments is made where these are."""
    pinned = project.pinned_among([chosen.holder])
    is_elsewhere = pinned is None and chosen.holder.module is not cls.module and not chosen.arguments
    is_plain = chosen.kind is SingletonKind.MODULE and project.importer_count(chosen.holder) == 0
    return is_elsewhere and is_plain
