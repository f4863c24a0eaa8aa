"""SSOT208 async-drift."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.layout import are_async_twins
from ssot_rules.analysis.signatures import required_names
from ssot_rules.factories._coroutines import gives_coroutine
from ssot_rules.factories._namesakes import (
    calls_namesake,
    can_be_confused,
    found_among_namesakes,
    has_telling_name,
    is_accessor,
    is_one_role,
)

_ASYNC_VERSION = re.compile(r"\basync(?:hronous)?\s+(?:copy|counterpart|edition|twin|variant|version)\b", re.IGNORECASE)


@dataclass(frozen=True)
class AsyncDrift(Rule):
    """Public functions of one name are async in some modules and not in others.

    Why:
        Whether `await` is right or wrong depends on the import at the top of the file. Without it nothing runs, with it
        too many TypeError is raised, and moving a caller from one to the other breaks it. Scored are namesakes of one
        package of which one needs no argument that the other does not, and that say that they return the same, or that
        one is the async version, unless only its own module uses each; any others are only listed, those of two
        distributions not at all.

    Bad:
        # shop/mailer.py
        def get_mail_server(region) -> str:
            return region + ".mail"
        # shop/signup.py
        async def get_mail_server(region) -> str:
            return "mail." + region

    Good:
        # shop/mailer.py
        def get_mail_server(region) -> str:
            return region + ".mail"
        # shop/signup.py
        async def find_free_mail_server(region) -> str:
            return "mail." + region

    Fix:
        Keep one of them and import it everywhere. If both are needed, give the async one a name that says so.
    """

    code: ClassVar[str] = "SSOT208"
    name: ClassVar[str] = "async-drift"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per name; info unless all shows that the functions are meant to be the same."""
        return found_among_namesakes(project, self, _counts, _found_among)


def _found_among(project: Project, group: tuple[FunctionSymbol, ...]) -> Finding | None:
    """For :func:`found_among_namesakes`."""
    if len({gives_coroutine(project, function) for function in group}) < 2:
        return None
    functions = [function for function in group if not calls_namesake(project, function, group)]
    home, reason = project.home_among(functions or group)
    drifted = [other for other in functions if _drifts(project, home, other)]
    return _finding(project, home, reason, functions, drifted) if drifted else None


def _counts(function: FunctionSymbol) -> bool:
    """Whether a name says enough to be one thing: that of a factory, or of anything that is called in three words."""
    return is_accessor(function) or has_telling_name(function)


def _drifts(project: Project, home: FunctionSymbol, other: FunctionSymbol) -> bool:
    if gives_coroutine(project, home) == gives_coroutine(project, other) or not can_be_confused(home, other):
        return False
    if project.distribution_of(home.module) != project.distribution_of(other.module):
        return False
    if not is_accessor(home) and not is_one_role(home, other):
        return False
    async_one, sync_one = (home, other) if home.fact.is_async else (other, home)
    return not are_async_twins(async_one.module, sync_one.module)


def _is_scored(project: Project, home: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two namesakes of one package are one function, once async: what the one needs the other needs as well,
    and both say that they return the same, or one that it is the async version. What each module
    has for itself is not taken for the other."""
    if _is_own_affair(project, home) and _is_own_affair(project, other):
        return False
    needed, needed_there = required_names(home), required_names(other)
    is_near = home.module.source.package == other.module.source.package
    is_alike = needed <= needed_there or needed_there <= needed
    return is_near and is_alike and is_one_role(home, other) and _says_the_same(home, other)


def _is_own_affair(project: Project, function: FunctionSymbol) -> bool:
    """Whether only the module of a function uses it: calls it, or hands it to what will."""
    if project.importer_count(function):
        return False
    handed = (argument.text for call in function.module.facts.calls for argument in call.arguments)
    return bool(project.calls_of(function)) or function.name in handed


def _says_the_same(home: FunctionSymbol, other: FunctionSymbol) -> bool:
    is_told = any(_ASYNC_VERSION.search(function.fact.docstring) for function in (home, other))
    return is_told or bool(home.fact.returns and other.fact.returns)


def _finding(
    project: Project,
    home: FunctionSymbol,
    reason: str,
    functions: Sequence[FunctionSymbol],
    drifted: Sequence[FunctionSymbol],
) -> Finding:
    coroutines = [function for function in functions if function.fact.is_async]
    is_serious = any(_is_scored(project, home, other) for other in drifted)
    names = listed([other.id for other in drifted])
    lines = [
        f"{function.module.path}:{function.fact.line} `{_kind(function)} {function.name}`, imported by "
        f"{counted(project.importer_count(function), 'module')}"
        for function in (home, *drifted)
    ]
    return AsyncDrift.finding(
        subject=home.name,
        message=(
            f"`{home.name}` is async in {counted(len({each.module for each in coroutines}), 'module')} and sync in "
            f"{counted(len({each.module for each in functions} - {each.module for each in coroutines}), 'module')}: "
            f"keep {home.id}, {reason}"
        ),
        remedy=(
            f"Let the callers of {names} import {home.id}, or give the async ones a name of their own"
            if is_serious
            else f"Name {names} for what sets it apart from {home.id}; if it is the same thing, keep only that"
        ),
        home=home_of(home, reason),
        sites=tuple(
            site_of(other, f"`{_kind(other)}` here, `{_kind(home)}` in {home.module.name}") for other in drifted
        ),
        evidence={
            "async": [function.id for function in coroutines],
            "sync": [function.id for function in functions if not function.fact.is_async],
            "returns": {function.id: function.fact.returns for function in functions},
            "text": lines,
        },
        severity=None if is_serious else Severity.INFO,
    )


def _kind(function: FunctionSymbol) -> str:
    return "async def" if function.fact.is_async else "def"
