"""What star imports bring, over the whole program: through chains, diamonds and cycles."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence, Set

from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.modules import ModuleIndex
from ssot_lint.project.symbols import Module


class StarImports:
    """``names``: for each module the names it gets by star imports, each with the module that provides it.

    ``sources`` are the modules that others take all names of. ``open``: the modules that get unknown names that way,
    from outside or from a module that hides some.
    """

    def __init__(self, modules: Sequence[Module], index: ModuleIndex) -> None:
        takers: dict[Module, list[Module]] = defaultdict(list)
        unknown = []
        for module in (each for each in modules if each.takes_stars):
            for source in _star_sources(module, index):
                if source is None:
                    unknown.append(module)
                elif source is not module:
                    takers[source].append(module)
        hiding = [module for module in modules if module.is_dynamic]
        self.sources: Set[Module] = frozenset(takers)
        self.names: Mapping[Module, Mapping[str, Module]] = _spread_names(modules, takers)
        self.open: Set[Module] = _spread(unknown, hiding, takers)


def _star_sources(module: Module, index: ModuleIndex) -> list[Module | None]:
    """The modules that ``module`` takes everything from; None for one that is not part of the project, or is not read:
    ``from .core import *`` in ``core/core/__init__.py`` is no import of that file, whatever folder its path begins
    with, but of an extension module."""
    stars = [fact for fact in module.facts.imports if fact.name == "*" and fact.scope == MODULE_SCOPE]
    dotted = [index.absolute_name(module, fact) for fact in stars]
    found = [index.find_module(module, name) if name else None for name in dotted]
    return [None if each is module and name != module.name else each for each, name in zip(found, dotted, strict=True)]


def _spread_names(
    modules: Sequence[Module], takers: Mapping[Module, Sequence[Module]]
) -> Mapping[Module, Mapping[str, Module]]:
    """A fixpoint: each name travels each star import once."""
    names: dict[Module, dict[str, Module]] = {module: {} for module in modules}
    queue = deque((source, name) for source in takers for name in source.namespace if _exports(source, name))
    while queue:
        source, name = queue.popleft()
        for taker in takers.get(source, ()):
            if name not in taker.namespace and name not in names[taker]:
                names[taker][name] = source
                if _exports(taker, name):
                    queue.append((taker, name))
    return names


def _spread(
    unknown: Sequence[Module], hiding: Sequence[Module], takers: Mapping[Module, Sequence[Module]]
) -> Set[Module]:
    """The modules of ``unknown``, and all that take names from them or from ``hiding``."""
    found = set(unknown)
    queue = deque([*unknown, *hiding])
    while queue:
        for taker in takers.get(queue.popleft(), ()):
            if taker not in found:
                found.add(taker)
                queue.append(taker)
    return found


def _exports(module: Module, name: str) -> bool:
    """Whether ``from module import *`` takes ``name``; an ``__all__`` with computed parts may list any name."""
    facts = module.facts
    if facts.exports is not None and not facts.exports_more:
        return name in facts.exports
    hidden = "__" if facts.exports_more else "_"
    return not name.startswith(hidden) or name in (facts.exports or ())
