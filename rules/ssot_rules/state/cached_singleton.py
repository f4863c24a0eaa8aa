"""SSOT404 cached-singleton."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.singletons import Singleton, cached_singletons, inventory_entry, judged_singletons


@dataclass(frozen=True)
class CachedSingleton(Rule):
    """A cached function without arguments hands out one object for the whole process.

    Why:
        ``lru_cache`` on a getter is a global variable in disguise: the object lives until the process ends or somebody
        calls ``cache_clear``, and two threads that come first may each get one. An inventory: know them.

    Bad:
        # shop/mailer.py
        from functools import lru_cache

        class Mailer:
            def __init__(self):
                self.host = "localhost"

        @lru_cache
        def get_mailer():
            return Mailer()

    Good:
        # shop/mailer.py
        class Mailer:
            def __init__(self):
                self.host = "localhost"

        def create_mailer():
            return Mailer()

    Fix:
        Drop the cache and keep the object where the program starts.
    """

    code: ClassVar[str] = "SSOT404"
    name: ClassVar[str] = "cached-singleton"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per function."""
        for singleton in judged_singletons(project.derived(cached_singletons), self.zones):
            yield self._finding(singleton)

    def _finding(self, singleton: Singleton) -> Finding:
        names = " or ".join(f"`{cls.name}`" for cls in singleton.products)
        function = singleton.holder.qualname
        return inventory_entry(
            self,
            singleton,
            message=f"the cache of `{function}` keeps a process-wide instance of {names}",
            remedy=f"Drop the cache of `{function}` and keep the object where the program starts",
        )
