"""SSOT401 module-singleton."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.singletons import Singleton, inventory_entry, judged_singletons, module_singletons


@dataclass(frozen=True)
class ModuleSingleton(Rule):
    """A module creates an instance of a stateful class when it is imported.

    Why:
        Everything in the process shares that object: what one user, request or test leaves in it, the next one finds.
        It is made before any configuration is read, and importing the module is enough to make it. An inventory: know
        them, and decide for each whether it is meant.

    Bad:
        # shop/basket.py
        class Basket:
            def __init__(self):
                self.items = []

            def add(self, item):
                self.items.append(item)

        basket = Basket()

    Good:
        # shop/basket.py
        class Basket:
            def __init__(self):
                self.items = []

            def add(self, item):
                self.items.append(item)

        def checkout(items):
            basket = Basket()
            for item in items:
                basket.add(item)
            return basket

    Fix:
        Create the object where the program starts and pass it to those who need it.
    """

    code: ClassVar[str] = "SSOT401"
    name: ClassVar[str] = "module-singleton"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per variable."""
        for singleton in judged_singletons(project.derived(module_singletons), self.zones):
            yield self._finding(singleton)

    def _finding(self, singleton: Singleton) -> Finding:
        cls = singleton.products[0]
        return inventory_entry(
            self,
            singleton,
            message=f"`{singleton.holder.name}` is a process-wide instance of `{cls.name}`, created at import",
            remedy=f"Create the `{cls.name}` where the program starts and pass it on, or keep it knowingly",
        )
