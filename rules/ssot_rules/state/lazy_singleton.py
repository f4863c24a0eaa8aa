"""SSOT402 lazy-singleton."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.singletons import Singleton, inventory_entry, judged_singletons, lazy_singletons


@dataclass(frozen=True)
class LazySingleton(Rule):
    """A function fills a module global with an object on first use.

    Why:
        Whoever calls first decides how the object is made; all later callers get it, whatever they pass. Tests see
        each other's object unless they know the global's name. An inventory: know them.

    Bad:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def use(self, host):
                self.host = host

        _mailer = None

        def get_mailer(host):
            global _mailer
            if _mailer is None:
                _mailer = Mailer(host)
            return _mailer

    Good:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def use(self, host):
                self.host = host

        def create_mailer(host):
            return Mailer(host)

    Fix:
        Return a new object and let the caller keep it; where there must be one, create it where the program starts.
    """

    code: ClassVar[str] = "SSOT402"
    name: ClassVar[str] = "lazy-singleton"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per module global."""
        for singleton in judged_singletons(project.derived(lazy_singletons), self.zones):
            yield self._finding(singleton)

    def _finding(self, singleton: Singleton) -> Finding:
        names = " or ".join(f"`{cls.name}`" for cls in singleton.products)
        what = f"a process-wide instance of {names}" if names else "a process-wide object"
        return inventory_entry(
            self,
            singleton,
            message=f"`{singleton.holder.name}` is {what}, created on first use",
            remedy=f"Return a new object and let the caller keep it, or fill `{singleton.holder.name}` in one place",
        )
