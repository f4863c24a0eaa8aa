"""Which third-party packages have to be installed before a module can be imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from ssot_lint.model.facts import Import
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, BranchKind, Exit, Guard
from ssot_lint.project.import_reach import ImportReach
from ssot_lint.project.symbols import Module
from ssot_lint.text.standard_library import STANDARD_LIBRARY

_COMMON_SHARE = 0.1
_COMMON_MODULES = 3
"""What that share of the modules, and that many, import themselves is at hand everywhere."""

_SHARED_ROOTS = frozenset({"azure", "google"})
"""Top-level packages that many distributions share: two names tell which one is meant."""

_NEVER_RUN = Guard.TYPE_CHECKING | Guard.EXCEPT_IMPORT | Guard.MAIN


class OutsideReach:
    """What modules load from outside the project and the standard library, over any number of modules, by the
    packages that each module imports itself, see :func:`packages_imported_by`, and by what it leads to."""

    def __init__(self, reach: ImportReach) -> None:
        self._reach = reach
        self._packages: Mapping[str, Module] | None = None
        self._direct: dict[Module, frozenset[str]] = {}
        self._counts: Counter[str] = Counter()
        self._counted = 0
        self._common: frozenset[str] | None = None
        self._loaded: dict[Module, tuple[int, frozenset[str]]] = {}

    def load(self, module: Module, packages: frozenset[str]) -> None:
        """Have a module import these packages itself, and no others."""
        if _counts(module):
            self._counted += module not in self._direct
            self._counts.subtract(self._direct.get(module, ()))
            self._counts.update(packages)
        self._packages = self._packages if module in self._direct else None
        self._direct[module] = packages
        self._common = None

    def forget(self, bits: int) -> None:
        """Find out anew what such modules load as load one of those in a row of bits."""
        self._loaded = {module: known for module, known in self._loaded.items() if not known[0] & bits}

    def brought(self, site: Module, home: Module) -> frozenset[str]:
        """What an import of ``home`` would load that ``site`` does without, and most of the project too."""
        return self.loaded_by(home) - self.loaded_by(site) - self._at_hand()

    def lacks(self, module: Module, packages: Collection[str]) -> bool:
        """Whether ``module`` does without one of ``packages``, as does most of the project."""
        return not self.loaded_by(module) | self._at_hand() >= set(packages)

    def _at_hand(self) -> frozenset[str]:
        if self._common is None:
            least = max(_COMMON_MODULES, _COMMON_SHARE * self._counted)
            self._common = frozenset(name for name, count in self._counts.items() if count >= least)
        return self._common

    def loaded_by(self, module: Module) -> frozenset[str]:
        """The packages that an import of ``module`` loads."""
        if module not in self._loaded:
            started = self._with_packages([module])
            reached = {each for start in started for each in self._reach.reached(start)}
            loaded = self._with_packages([*started, *reached])
            found = frozenset[str]().union(*(self._direct.get(each, frozenset()) for each in loaded))
            self._loaded[module] = self._reach.bits(loaded), found
        return self._loaded[module][1]

    def _with_packages(self, modules: Iterable[Module]) -> set[Module]:
        if self._packages is None:
            fronts = (each for each in self._direct if each.source.is_package)
            self._packages = {each.name: each for each in sorted(fronts, key=lambda each: each.path)}
        found = set(modules)
        seen: set[str] = set()
        for name in {module.name for module in found}:
            while (name := name.rpartition(".")[0]) and name not in seen:
                seen.add(name)
                if name in self._packages:
                    found.add(self._packages[name])
        return found


def packages_imported_by(module: Module, is_outside: Callable[[str], bool]) -> frozenset[str]:
    """The third-party packages that a module imports when it is loaded; ``is_outside`` tells of a dotted name whether
    it lies outside the project."""
    tolerates = not _insists(module)
    return frozenset(
        _package(fact.module)
        for fact in module.facts.imports
        if _runs(fact, tolerates) and _is_third_party(fact) and is_outside(fact.module)
    )


def packages_taken_by(module: Module, names: Collection[str], is_outside: Callable[[str], bool]) -> frozenset[str]:
    """The packages from outside that ``module`` takes one of ``names`` from when it is loaded; ``is_outside`` as
    above."""
    return frozenset(
        _package(fact.module)
        for fact in module.facts.imports
        if fact.bound_name in names and _runs(fact, tolerates=False) and _is_third_party(fact)
        if is_outside(fact.module)
    )


def _runs(fact: Import, tolerates: bool) -> bool:
    """Whether an import has to succeed when its module is loaded."""
    if fact.scope != MODULE_SCOPE or fact.level or fact.guard & _NEVER_RUN:
        return False
    return not (tolerates and fact.guard & Guard.TRY_IMPORT)


def _insists(module: Module) -> bool:
    """Whether a module raises an error of its own where an import fails."""
    return any(
        branch.kind is BranchKind.EXCEPT
        and branch.scope == MODULE_SCOPE
        and branch.exit is Exit.RAISE
        and ("ImportError" in branch.test or "ModuleNotFoundError" in branch.test)
        for branch in module.facts.branches
    )


def _is_third_party(fact: Import) -> bool:
    return fact.module.partition(".")[0] not in STANDARD_LIBRARY


def _package(dotted: str) -> str:
    parts = dotted.split(".")
    return ".".join(parts[: 2 if parts[0] in _SHARED_ROOTS else 1])


def _counts(module: Module) -> bool:
    return module.zone is Zone.PRODUCTION
