"""Which classes do what a declared component is for: its ``methods``, told apart by role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ssot_lint.model.component import Component
from ssot_lint.model.facts import ResultUse
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.containers import attribute_changes
from ssot_lint.project.project import Project
from ssot_lint.project.roles import roles_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.declared_components import ComponentHome
from ssot_rules.analysis.factories import is_called_by_framework
from ssot_rules.analysis.forwarding import containers_of, passed_on, passes_on_unseen
from ssot_rules.analysis.vocabulary import ABSTRACT_DECORATORS

_ENOUGH_ROLES = 2
_ENOUGH_METHODS = 2
_NO_ANSWER = frozenset({ValueKind.CONSTANT, ValueKind.NONE})


@dataclass(frozen=True, slots=True)
class Part:
    """A class that does what a component is for. ``methods`` are those that it implements, in the order declared;
    ``containers`` the attributes in which they keep things, sorted."""

    cls: ClassSymbol
    methods: tuple[str, ...]
    containers: tuple[str, ...]


def parts_of(
    project: Project, component: Component, candidates: Iterable[ClassSymbol], home: ComponentHome | None
) -> Iterator[Part]:
    """Those of ``candidates`` that do what the component is for, in their order: they implement methods of two roles
    or more; where all of its methods have one role, two of them, or the only one.

    What a class inherits counts where no ancestor has enough by itself. Methods that are abstract or pass the call on
    to another object do not count, nor does what ``home`` inherits too. Bare verbs (``get``, ``close``) do not say what
    they are done to: classes that have no others must be called what the component says.
    """
    implemented = _Implementations(project, component.methods)
    shared = frozenset(project.ancestry(home.cls)[1:]) if home and home.cls else frozenset[ClassSymbol]()
    for cls in candidates:
        found = implemented.by(cls)
        if not _is_enough(component, cls, found):
            ancestors = [each for each in project.ancestry(cls)[1:] if each not in shared]
            if any(_is_enough(component, each, implemented.by_all(project.ancestry(each))) for each in ancestors):
                continue
            found = implemented.by_all((cls, *ancestors))
        if _is_enough(component, cls, found):
            ordered = tuple(method for method in component.methods if method in found)
            yield Part(cls, ordered, _containers_in_use(project, cls, found))


def is_worked_by_others(project: Project, component: Component, cls: ClassSymbol) -> bool:
    """Whether a class does nothing of what the component is for itself, and who does it for it cannot be told."""
    done = _Implementations(project, component.methods).by_all(project.ancestry(cls))
    return not done and passes_on_unseen(project, cls, component.methods)


def is_interface(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class only says what others are to do: a protocol, or all methods but the special ones are abstract;
    those of its ancestors, where it has none of its own."""
    if any(base.external.rpartition(".")[2] == "Protocol" for base in project.resolver.bases(cls)):
        return True
    own = _ordinary_methods(cls)
    methods = own or [method for ancestor in project.ancestry(cls)[1:] for method in _ordinary_methods(ancestor)]
    return bool(methods) and all(_is_abstract(method) for method in methods)


def _ordinary_methods(cls: ClassSymbol) -> list[FunctionSymbol]:
    return [method for method in cls.module.methods(cls) if not method.name.startswith("__")]


def _is_enough(component: Component, cls: ClassSymbol, found: Collection[str]) -> bool:
    """Whether a class that implements the methods ``found`` does what the component is for."""
    if len(roles_of(component.methods)) >= _ENOUGH_ROLES:
        suffices = len(roles_of(found)) >= _ENOUGH_ROLES
    else:
        suffices = bool(found) and len(found) >= min(_ENOUGH_METHODS, len(component.methods))
    return suffices and (component.is_played_by(cls.name) or any(map(names_its_object, found)))


def names_its_object(method: str) -> bool:
    """Whether the name of a method says more than what is done: ``add_user``, not ``async_add``."""
    return len(set(words(method)) - {"async"}) > 1


class _Implementations:
    """Which of ``methods`` each class implements; worked out when asked for."""

    def __init__(self, project: Project, methods: Collection[str]) -> None:
        self._project = project
        self._methods = methods
        self._memo: dict[ClassSymbol, frozenset[str]] = {}

    def by(self, cls: ClassSymbol) -> frozenset[str]:
        """What the body of a class implements itself."""
        known = self._memo.get(cls)
        if known is None:
            own = [method for method in cls.module.methods(cls) if method.name in self._methods]
            containers = containers_of(self._project, cls) if own else frozenset[str]()
            known = self._memo[cls] = frozenset(
                method.name
                for method in own
                if not (_is_abstract(method) or is_called_by_framework(method))
                and not passed_on(cls, method, self._methods, containers)
            )
        return known

    def by_all(self, classes: Iterable[ClassSymbol]) -> frozenset[str]:
        """What any of some classes implements."""
        return frozenset().union(*(self.by(cls) for cls in classes))


def _is_abstract(method: FunctionSymbol) -> bool:
    """Whether a method leaves the work to others: declared abstract, empty, or one statement that neither answers nor
    changes anything (``raise NotImplementedError``)."""
    fact = method.fact
    if any(decorator.name.rpartition(".")[2] in ABSTRACT_DECORATORS for decorator in fact.decorators):
        return True
    if fact.body.statements != 1:
        return fact.body.statements == 0
    if any(value.kind not in _NO_ANSWER for value in fact.returned):
        return False
    module = method.module
    if module.mutations(method) or module.attributes(method):
        return False
    return all(call.usage is ResultUse.OTHER for call in module.calls(method))


def _containers_in_use(project: Project, cls: ClassSymbol, methods: Collection[str]) -> tuple[str, ...]:
    """The containers that ``methods`` of a class, inherited ones too, change in place."""
    containers = containers_of(project, cls)
    changed = {
        name
        for ancestor in project.ancestry(cls)
        for name, method, _ in attribute_changes(ancestor)
        if method.name in methods
    }
    return tuple(sorted(changed & containers))
