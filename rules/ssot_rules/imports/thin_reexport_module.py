"""SSOT309 thin-reexport-module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.edits import Fix, Safety
from ssot_lint.model.facts import Binding
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.edits import STAR, detours, manual
from ssot_rules.analysis.imports import importers, is_class_name
from ssot_rules.analysis.unread import may_be_in_unread


@dataclass(frozen=True)
class ThinReexportModule(Rule):
    """A module defines nothing and only passes on what other modules define.

    Why:
        Each name it passes on has a second address. Such files are what moves leave behind: they keep old imports
        working, and nobody learns that they could go. An inventory: know them, and decide for each whether it is a
        front or a leftover.

    Bad:
        # shop/models/order.py
        class Order:
            paid = False
        # shop/order.py
        from shop.models.order import Order
        # shop/cart.py
        from shop.order import Order

        order = Order()

    Good:
        # shop/models/order.py
        class Order:
            paid = False
        # shop/cart.py
        from shop.models.order import Order

        order = Order()

    Fix:
        Import from the modules that define the names, then delete the file. To offer them under one roof, let the
        package's ``__init__`` do it.
    """

    code: ClassVar[str] = "SSOT309"
    name: ClassVar[str] = "thin-reexport-module"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MOVE_IMPORTS

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per module."""
        yield from project.in_modules(self._found_in)

    def _found_in(self, project: Project, module: Module) -> tuple[Finding, ...]:
        sources = _sources(project, module) if self.applies_to(module) and _only_imports(module) else {}
        is_known = bool(sources) and not may_be_in_unread(project, module.name.rpartition(".")[2])
        return (_finding(project, module, sources),) if is_known else ()


def _users(project: Project) -> Mapping[Module, tuple[ImportReference, ...]]:
    """The imports of each module or something from it, by path."""
    found: dict[Module, list[ImportReference]] = defaultdict(list)
    for use in project.imports:
        target = use.resolution.module or use.source
        if target is not None and target is not use.importer:
            found[target].append(use)
    return {module: tuple(users) for module, users in found.items()}


def _only_imports(module: Module) -> bool:
    """Whether a file holds nothing but imports, further names of what it imports, and ``__all__``."""
    facts = module.facts
    if module.source.is_package or module.source.is_stub or module.is_opaque or facts.is_dynamic:
        return False
    if facts.classes or facts.functions or facts.calls or facts.mutations or facts.deprecations:
        return False
    return all(binding.name == "__all__" or _is_alias(binding) for binding in facts.bindings)


def _is_alias(binding: Binding) -> bool:
    """Whether a name is one more of a class; other names for classes are settings."""
    return is_class_name(binding.name) and binding.value is not None and binding.value.kind is ValueKind.NAME


def _sources(project: Project, module: Module) -> Mapping[str, int]:
    """How many names a module takes from each other; empty if it imports modules, for what they do or contain."""
    found: dict[str, int] = defaultdict(int)
    for fact in module.facts.imports:
        if fact.module == "__future__":
            continue
        dotted = project.resolver.index.absolute_name(module, fact)
        if dotted is None or fact.name is None or fact.scope != MODULE_SCOPE or fact.guard is not Guard.NONE:
            return {}
        if fact.name != "*" and project.resolver.resolve_import(module, fact).module is not None:
            return {}
        found[dotted] += 1
    return found


def _finding(project: Project, module: Module, sources: Mapping[str, int]) -> Finding:
    uses = project.derived(_users).get(module, ())
    users = importers(uses)
    origins = listed(list(sources))
    message = f"{module.path} defines nothing: it passes on names of {origins} to {counted(len(users), 'module')}"
    text = [f"from {source}: {counted(count, 'import')}" for source, count in list(sources.items())[:3]]
    text += [f"imported by {user.path}" for user in users[:3]]
    return ThinReexportModule.finding(
        subject=module.name,
        message=message,
        remedy=(
            f"Import from {origins} wherever {module.name} is imported, then delete {module.path}; "
            "keep it if it is meant as a front"
        ),
        sites=(
            Site(
                Location(module.path, 1),
                module.name,
                module.name,
                f"only passes on names of {origins}",
                fix=_fix(project, module, uses),
            ),
        ),
        evidence={
            "text": text,
            "sources": list(sources),
            "importers": [user.name for user in users],
        },
    )


def _fix(project: Project, module: Module, uses: Sequence[ImportReference]) -> Fix:
    """Its importers take the names from where it does; the file stays, for others may import it."""
    edits = tuple(detours(project, module, uses))
    if not edits:
        return manual("whether anything outside the project imports it is not known here" if not uses else STAR)
    return Fix(Safety.SAFE, edits, leaves_site=True)
