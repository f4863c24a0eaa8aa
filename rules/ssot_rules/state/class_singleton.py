"""SSOT403 class-singleton."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.singletons import Singleton, class_singletons, inventory_entry, judged_singletons


@dataclass(frozen=True)
class ClassSingleton(Rule):
    """A class keeps its only instance: in a class variable, in ``__new__``, by metaclass or decorator.

    Why:
        The constructor no longer constructs: its arguments are ignored from the second call on, subclasses share or
        fight over the slot, and tests cannot have an object of their own. An inventory: know them.

    Bad:
        # shop/registry.py
        class Registry:
            _instance = None

            def __new__(cls):
                if cls._instance is None:
                    cls._instance = super().__new__(cls)
                return cls._instance

    Good:
        # shop/registry.py
        class Registry:
            def __init__(self):
                self.entries = {}

        def create_registry():
            return Registry()

    Fix:
        Let the class be a class; whoever needs one instance creates one and passes it on.
    """

    code: ClassVar[str] = "SSOT403"
    name: ClassVar[str] = "class-singleton"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per class."""
        for singleton in judged_singletons(project.derived(class_singletons), self.zones):
            yield self._finding(singleton)

    def _finding(self, singleton: Singleton) -> Finding:
        name = singleton.holder.name
        return inventory_entry(
            self,
            singleton,
            message=f"class `{name}` keeps its only instance itself",
            remedy=f"Let `{name}()` construct; create the one instance where the program starts and pass it on",
        )
