"""SSOT601 setting-drift."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.vocabulary import SYSTEM_VARIABLES, UNSET_WORDS
from ssot_rules.settings._defaults import Absence
from ssot_rules.settings._environment import EnvironmentRead
from ssot_rules.settings._reads import described, module_count, preferred, read_home, read_site, reads_by_variable

_TELLING_CASTS = frozenset({"bool", "float", "int"})


@dataclass(frozen=True)
class SettingDrift(Rule):
    """One environment variable has different defaults, or different types, where it is read.

    Why:
        Where nobody sets the variable, one part of the program believes this and another part that. It shows only on
        the machine that lacks it. Defaults that mean the same are equal: "1", 1 and True, or "" and none at all. A read
        that raises without the variable, beside one with a default, differs too, and so do different types. What the
        operating system sets (HOME, TERM) is no setting of the program. An inventory, as parts of a program may each
        want a default of their own.

    Bad:
        # shop/server.py
        import os

        def server_name():
            return os.getenv("SHOP_NAME", "shop")
        # shop/traces.py
        from os import environ

        SERVICE = environ.get("SHOP_NAME", "local")

    Good:
        # shop/settings.py
        import os

        SHOP_NAME = os.getenv("SHOP_NAME", "shop")
        # shop/server.py
        from shop.settings import SHOP_NAME

        def server_name():
            return SHOP_NAME

    Fix:
        Read the variable in one module and import the result. Where two programs want different defaults, give them
        variables of their own.
    """

    code: ClassVar[str] = "SSOT601"
    name: ClassVar[str] = "setting-drift"
    family: ClassVar[str] = "settings"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per variable, for the first way in which its reads differ."""
        for variable, reads in reads_by_variable(project, self):
            if module_count(reads) > 1 and variable not in SYSTEM_VARIABLES:
                finding = (
                    _different_defaults(project, variable, reads)
                    or _default_beside_none(project, variable, reads)
                    or _different_types(project, variable, reads)
                )
                if finding is not None:
                    yield finding


def _different_defaults(project: Project, variable: str, reads: Sequence[EnvironmentRead]) -> Finding | None:
    with_default = _telling([read for read in reads if read.default.absence is Absence.DEFAULT])
    if len({read.default.meaning for read in with_default}) < 2:
        return None
    home, reason = preferred(project, with_default)
    others = [
        read for read in with_default if read.default.meaning != home.default.meaning and read.module is not home.module
    ]
    if not others:
        return None
    texts = list(dict.fromkeys(read.default.text for read in (home, *others)))
    return _finding(
        variable,
        f"`{variable}` has {len(texts)} defaults in {module_count([home, *others])} modules: {listed(texts)}",
        (home, reason),
        [(read, f"{read.default.text} here, {home.default.text} in {home.module.path}") for read in others],
    )


def _telling(reads: Sequence[EnvironmentRead]) -> Sequence[EnvironmentRead]:
    """The reads whose default is a value. An empty text, False or a word such as ``NOT_SET`` only asks whether the
    variable is set, unless all of them switch something on or off."""
    if {read.default.meaning for read in reads} <= {"on", "off"}:
        return reads
    return [read for read in reads if read.default.text.strip("'\"").strip().lower() not in UNSET_WORDS]


def _default_beside_none(project: Project, variable: str, reads: Sequence[EnvironmentRead]) -> Finding | None:
    """A read that surely raises without the variable, beside one with a default that says something."""
    with_default = [read for read in reads if read.default.absence is Absence.DEFAULT]
    insisting = [read for read in reads if read.default.absence is Absence.REQUIRED and _is_unconditional(read)]
    if not with_default or not insisting or any(read.default.meaning == "off" for read in with_default):
        return None
    home, reason = preferred(project, with_default)
    others = [read for read in insisting if read.module is not home.module]
    if not others or variable in _set_here(project):
        return None
    required = counted(module_count(others), "module")
    return _finding(
        variable,
        f"`{variable}` is required in {required} and has the default {home.default.text} elsewhere",
        (home, reason),
        [(read, f"raises without the variable, {home.default.text} in {home.module.path}") for read in others],
    )


def _is_unconditional(read: EnvironmentRead) -> bool:
    return read.fact is None or read.fact.guard is Guard.NONE


def _set_here(project: Project) -> frozenset[str]:
    """The variables that the program sets itself, for its own parts and its children."""
    return project.derived(_variables_set)


def _variables_set(project: Project) -> frozenset[str]:
    return frozenset(project.gathered(_variables_set_in))


def _variables_set_in(_: Project, module: Module) -> tuple[str, ...]:
    return tuple(
        fact.key.strip("\"'")
        for fact in module.facts.mutations
        if fact.operation in ("setitem", "setdefault") and fact.target.rpartition(".")[2] == "environ"
    )


def _different_types(project: Project, variable: str, reads: Sequence[EnvironmentRead]) -> Finding | None:
    typed = [read for read in reads if read.cast in _TELLING_CASTS]
    types = list(dict.fromkeys(read.cast for read in typed))
    if len(types) < 2:
        return None
    home, reason = preferred(project, typed)
    others = [read for read in typed if read.cast != home.cast and read.module is not home.module]
    if not others:
        return None
    return _finding(
        variable,
        f"`{variable}` is read as {listed(types)}",
        (home, reason),
        [(read, f"{read.cast} here, {home.cast} in {home.module.path}") for read in others],
    )


def _finding(
    variable: str,
    what: str,
    home: tuple[EnvironmentRead, str],
    others: Sequence[tuple[EnvironmentRead, str]],
) -> Finding:
    kept, reason = home
    modules = list(dict.fromkeys(read.module.path for read, _ in others))
    return SettingDrift.finding(
        subject=variable,
        message=f"{what}; keep {kept.module.path}, {reason}",
        remedy=f"Read {variable} once, in {kept.module.path}, and import the result in {listed(modules)}",
        home=read_home(kept, reason),
        sites=[read_site(read, message) for read, message in others],
        evidence={
            "variable": variable,
            "reads": [
                {
                    "path": read.location.path,
                    "line": read.location.line,
                    "default": read.default.text or None,
                    "absence": read.default.absence.value,
                    "type": read.cast or None,
                }
                for read in (kept, *(read for read, _ in others))
            ],
            "text": [described(read) for read in (kept, *(read for read, _ in others))],
        },
    )
